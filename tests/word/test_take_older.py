"""A file that was made of a revision that is not the newest any more: both what it changes and what changed since stay."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from clausebook.check.library import read_handbook
from clausebook.export.word import render_comparison, render_policy
from clausebook.model.handbook import Policy, Revision, Trust
from word import tampered as does
from word.played import STARTER, Edit, Played, add_after, play, remove, revision_of_text, reword, text_of, together

DAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def trust() -> Trust:
    handbook, _ = read_handbook(STARTER)
    assert handbook
    return handbook.trusts[0]


@pytest.fixture(scope="module")
def policy(trust: Trust) -> Policy:
    return trust.policy("grievance")


def since(policy: Policy, *changes: tuple[str, str]) -> tuple[str, Revision]:
    """The draft after somebody changed its file."""
    text = text_of(policy.current)
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    return text, revision_of_text(text, policy.current)


def played(tmp_path: Path, trust: Trust, policy: Policy, draft: tuple[str, Revision], edit: Edit) -> Played:
    made = render_policy(trust, policy.current, DAY)
    return play(tmp_path, made, draft[1], edit, text=draft[0])


OF_HR = ("within three months of what", "within four months of what")
ADDED = (
    "      - id: final\n",
    '      - {id: published, number: "4.4", modality: must, topics: [grievance-stages], text: "The panel must publish it."}\n      - id: final\n',
)


def test_what_changed_elsewhere_in_the_draft_stays(tmp_path: Path, trust: Trust, policy: Policy) -> None:
    draft = since(policy, OF_HR)
    found = played(tmp_path, trust, policy, draft, reword("final", "The panel decides for good."))
    assert found.text_of("within-three-months").startswith("Staff should write within four months of what")
    assert found.text_of("final") == "The panel decides for good."
    assert (found.taken.overtaken.conflicts, found.taken.overtaken.kept) == ((), 1)


def test_the_same_clause_changed_on_both_sides_is_told_and_not_decided(
    tmp_path: Path, trust: Trust, policy: Policy
) -> None:
    draft = since(policy, OF_HR)
    found = played(
        tmp_path, trust, policy, draft, reword("within-three-months", "Staff should write within six months.")
    )
    assert found.taken.overtaken.conflicts == (
        "`within-three-months` was changed in the draft, too, after the file was made",
    )


def test_a_clause_that_came_into_the_draft_since_stays_in_its_place(
    tmp_path: Path, trust: Trust, policy: Policy
) -> None:
    draft = since(policy, ADDED)
    found = played(
        tmp_path,
        trust,
        policy,
        draft,
        together(reword("final", "The panel decides for good."), add_after("support", "HR must tell both sides.")),
    )
    section = [clause.id for clause in found.new.clauses if clause.section.id == "appeal"]
    assert section == ["appeal-in-writing", "new-panel", "published", "final"]
    assert "hr-tell-both-sides" in found.new.by_id


def test_a_clause_that_went_from_the_draft_since_stays_away(tmp_path: Path, trust: Trust, policy: Policy) -> None:
    text = text_of(policy.current)
    first, end = text.index("      - id: final\n"), text.index("  - id: around-it\n")
    without = text[:first] + "\n" + text[end:]
    draft = without, revision_of_text(without, policy.current)
    found = played(tmp_path, trust, policy, draft, reword("support", "The trust must help."))
    assert "final" not in found.new.by_id
    assert found.text_of("support") == "The trust must help."
    both = played(tmp_path, trust, policy, draft, reword("final", "It is over."))
    assert both.taken.overtaken.conflicts == (
        "`final` was taken out of the draft after the file was made, and is changed in it",
    )


def test_nothing_that_was_only_in_the_draft_is_undone_by_a_file_that_nobody_edited(
    tmp_path: Path, trust: Trust, policy: Policy
) -> None:
    draft = since(policy, OF_HR, ADDED)
    assert played(tmp_path, trust, policy, draft, lambda _: None).taken.text == draft[0]


def test_a_consultation_paper_comes_back_as_the_draft(tmp_path: Path, trust: Trust) -> None:
    """With all its changes still tracked it says what the draft says; what a reviewer adds is the change."""
    social = trust.policy("social-media")
    assert social.draft
    made = render_comparison(trust, social.current, social.draft, DAY)
    same = play(tmp_path, made, social.draft, lambda _: None)
    assert same.taken.text == text_of(social.draft)
    edited = play(tmp_path, made, social.draft, does.track_words("privacy-settings", "should", "must"))
    assert edited.changes == ["stricter:privacy-settings"]


def test_a_removal_that_a_reviewer_refused_brings_the_clause_back_with_its_id(tmp_path: Path, trust: Trust) -> None:
    social = trust.policy("social-media")
    assert social.draft
    gone = next(clause for clause in social.current.clauses if clause.id not in social.draft.by_id)

    def refuse(document) -> None:
        w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
        for change in list(document.element.body.iter(f"{w}del")):
            if gone.text[:30] in "".join(one.text or "" for one in change.getparent().iter(f"{w}delText")):
                for run in list(change):
                    for words in run.iter(f"{w}delText"):
                        words.tag = f"{w}t"
                    change.addprevious(run)
                paragraph = next(change.iterancestors(f"{w}p"))
                for mark in list(paragraph.iterfind(f"{w}pPr/{w}rPr/{w}del")):
                    mark.getparent().remove(mark)
                change.getparent().remove(change)

    found = play(tmp_path, render_comparison(trust, social.current, social.draft, DAY), social.draft, refuse)
    assert [change for change in found.changes if not change.startswith("renumbered")] == [f"added:{gone.id}"]
    assert found.new.by_id[gone.id].text == gone.text


def test_remove_is_told_where_nothing_else_changed(tmp_path: Path, trust: Trust, policy: Policy) -> None:
    draft = text_of(policy.current), policy.current
    assert played(tmp_path, trust, policy, draft, remove("final")).changes == ["removed:final"]
