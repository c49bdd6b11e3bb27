"""The five real policies: what was held against the sources by hand, so that no later edit loses it."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml

from clausebook.compare.matrix import topic_cell
from clausebook.export.comparison import comparison_sheets
from clausebook.findings.find import find_all
from clausebook.model.handbook import Handbook
from clausebook.pages.page import answered, guide_groups
from test_prose import STIFF

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
TODAY = date(2026, 11, 20)
TRUSTS = ["archway", "att", "catholic", "laat", "lwlat"]


def revision(handbook: Handbook, trust: str):
    return next(revision for revision in handbook.in_force if revision.trust == trust)


def test_all_five_are_here_and_every_core_question_is_answered(handbook: Handbook) -> None:
    assert [found.trust for found in handbook.in_force] == TRUSTS
    for found, policy in ((policy.in_force, policy) for trust in handbook.trusts for policy in trust.policies):
        assert policy.kind
        assert policy.kind.id == "social-media"
        assert set(policy.kind.core) <= found.record.positions.keys()
        assert len(found.record.positions) >= 51, "and all that were asked before there were subjects"


# Which statement of which source has which number, lines, force and topic: read off the sources.
HELD = [
    ("archway", "3.3.2", (109, 109), "must-not", "friends"),
    ("archway", "4.6.3", (150, 150), "must-not", "full name"),
    ("att", "6.1", (121, 121), "must-not", "pupil"),
    ("att", "6.10", (131, 131), "should-not", "LinkedIn"),
    ("att", "6.11", (132, 132), "must", "security settings"),
    ("att", "9.2", (152, 152), "states", "contract"),
    ("catholic", None, (202, 208), "should", "24 hours"),
    ("catholic", None, (443, 444), "should", "Designated Safeguarding Officer"),
    ("laat", None, (95, 95), "must-not", "personal device"),
    ("laat", None, (100, 100), "should", "private"),
    ("lwlat", "11.1", (95, 95), "may", "monitor"),
    ("lwlat", "10.1", (89, 89), "states", "parents"),
]


@pytest.mark.parametrize(("trust", "number", "lines", "force", "word"), HELD)
def test_a_statement_has_its_number_lines_and_force(handbook, trust, number, lines, force, word) -> None:
    found = [
        clause for clause in revision(handbook, trust).clauses
        if clause.number == number and clause.lines == lines and clause.modality == force and word in clause.text
    ]  # fmt: skip
    assert found


def test_numbers_are_inferred_only_where_the_source_lost_them(handbook: Handbook) -> None:
    inferred = {found.trust for found in handbook.in_force for clause in found.clauses if clause.number_inferred}
    assert inferred == {"archway"}
    printed = {
        clause.number
        for clause in revision(handbook, "archway").clauses
        if not clause.number_inferred and clause.number
    }
    assert printed == {*(f"3.3.{n}" for n in range(1, 6)), *(f"4.6.{n}" for n in range(1, 7))}
    assert not any(clause.number for clause in revision(handbook, "catholic").clauses)


def test_every_clause_says_whom_it_binds_what_about_and_where_it_stands(handbook: Handbook) -> None:
    for found in handbook.in_force:
        for clause in found.clauses:
            assert clause.binds, clause.id
            assert clause.topics, clause.id
            assert clause.lines, clause.id


def test_references_that_have_moved_on_are_found_and_no_others(handbook: Handbook) -> None:
    stale = {(found.trust, found.what) for found in find_all(handbook, TODAY) if found.kind == "stale"}
    names = {
        "archway": {"Equalities Act", "Nolan Principals", "Teacher Standards", "Twitter"},
        "att": {
            "Data Protection Act 1998", "Home-Academy Agreement", "Twitter", "E-Safety", "changing passwords as a routine",
            "no expectation of privacy",
        },
        "catholic": {
            "Data Protection Act 1998", "GDPR", "DDPR", "Twitter", "Office 365", "Designated Safeguarding Officer",
            "three kinds of allegation", "no headteacher is named",
        },
        "laat": {"Twitter", "Google+", "changing passwords as a routine"},
        "lwlat": {"consent to monitoring", "monitoring without notice"},
    }  # fmt: skip
    for trust, expected in names.items():
        told = [what for whose, what in stale if whose == trust]
        assert len(told) == len(expected), told
        for name in expected:
            assert any(name.lower() in what.lower() for what in told), f"{trust}: {name}"


def test_a_wrong_name_is_a_slip_and_not_out_of_date(handbook: Handbook) -> None:
    labels = {found.what: found.label for found in find_all(handbook, TODAY) if found.trust == "archway"}
    assert labels["The policy names “Equalities Act”."] == "Mistake in the document"
    assert labels["The policy names “Twitter”."] == "Out of date"


def test_the_equality_act_2010_is_not_stale(handbook: Handbook) -> None:
    assert any("Equality Act 2010" in clause.text for clause in revision(handbook, "catholic").clauses)
    assert not any("Equality Act" in found.what for found in find_all(handbook, TODAY) if found.kind == "stale")


def test_x_once_twitter_is_not_stale(handbook: Handbook) -> None:
    assert any("Twitter" in clause.text for clause in revision(handbook, "lwlat").clauses)
    assert not any("Twitter" in found.what for found in find_all(handbook, TODAY) if found.trust == "lwlat")


def overdue(handbook: Handbook, day: date) -> set[str]:
    return {found.trust for found in find_all(handbook, day) if found.kind == "overdue"}


def test_a_review_is_overdue_from_the_day_after_its_month(handbook: Handbook) -> None:
    assert overdue(handbook, date(2021, 9, 30)) == set()
    assert overdue(handbook, date(2021, 10, 1)) == {"att"}
    assert overdue(handbook, TODAY) == {"att", "lwlat"}


def test_what_the_sources_lost_is_a_gap_where_it_is(handbook: Handbook) -> None:
    gaps = {found.trust: {gap.lines.first for gap in found.record.gaps if gap.lines} for found in handbook.in_force}
    assert gaps["lwlat"] >= {63, 74, 79, 80, 100, 102}
    assert 73 in gaps["laat"]
    lost = {gap.section for gap in revision(handbook, "lwlat").record.gaps if not gap.lines}
    assert lost >= {"5", "6", "8"}


def test_what_a_source_does_not_state_is_listed(handbook: Handbook) -> None:
    assert set(revision(handbook, "archway").record.not_stated) >= {
        "titled",
        "approved",
        "approved_by",
        "review_due",
        "owner",
        "version",
    }
    assert set(revision(handbook, "laat").record.not_stated) >= {"review_due", "published"}
    assert revision(handbook, "laat").record.dates.approved == "2025-06-26"
    assert set(revision(handbook, "att").record.not_stated) >= {"approved", "approved_by"}


def test_contradictions_show_both_sides(handbook: Handbook) -> None:
    logo = revision(handbook, "att").record.positions["logo-on-profile"]
    assert logo.conflict
    numbers = {revision(handbook, "att").by_id[clause].number for clause in logo.clauses}
    assert numbers >= {"5.7", "6.9"}
    for found in handbook.in_force:
        for position in found.record.positions.values():
            assert not position.conflict or len(position.clauses) >= 2


ANSWERS = yaml.safe_load((Path(__file__).parent / "five-policies.yml").read_text(encoding="utf-8"))


def held(column: int, *, before: bool) -> dict[str, str]:
    """A trust's answers as they were held against its source; questions that its policy does not deal with are left out."""
    table = ANSWERS["before" if before else "since"]
    return {question: row[column] for question, row in table.items() if row[column] != "-"}


@pytest.mark.parametrize("trust", TRUSTS)
def test_no_answer_changes_without_its_reason(handbook: Handbook, trust: str) -> None:
    column = ANSWERS["trusts"].index(trust)
    told = {
        question: position.answer + " !" * position.conflict
        for question, position in revision(handbook, trust).record.positions.items()
    }
    assert told == held(column, before=True) | held(column, before=False)


def test_every_question_on_a_topic_that_a_policy_covers_is_answered(handbook: Handbook) -> None:
    assert sum(len(held(column, before=True)) for column in range(5)) == 255
    topics = {question.id: question.topic for question in handbook.questions}
    for found in handbook.in_force:
        open_still = {
            name for name, topic in topics.items() if topic in found.covers and name not in found.record.positions
        }
        assert not open_still, found.trust


# Cells of the question matrix, held by hand against the sources.
CELLS = {
    "pupil-connection": ("prohibited", "prohibited", "prohibited", "advised-against", "unreadable"),
    "linkedin-reference": ("silent", "advised-against", "silent", "silent", "unreadable"),
    "mfa": ("silent", "silent", "silent", "required", "silent"),
    "usb-stick": ("silent", "silent", "silent", "prohibited", "silent"),
    "contractual": ("silent", "prohibited", "silent", "silent", "silent"),
    "induction": ("silent", "silent", "silent", "required", "silent"),
    "yearly-reminder": ("silent", "silent", "required", "silent", "silent"),
    "union-advice": ("permitted", "silent", "silent", "silent", "unreadable"),
    "remove-post": ("required", "silent", "restricted", "silent", "unreadable"),
    "made-to-use-own-phone": ("silent", "silent", "silent", "prohibited", "silent"),
    "pupil-full-name": ("prohibited", "silent", "silent", "silent", "unreadable"),
}


@pytest.mark.parametrize("question", CELLS)
def test_cells_held_against_the_sources(handbook: Handbook, question: str) -> None:
    assert tuple(revision(handbook, trust).record.positions[question].answer for trust in TRUSTS) == CELLS[question]


def test_a_silent_answer_of_a_document_with_lost_sections_says_what_is_lost(handbook: Handbook) -> None:
    for position in revision(handbook, "lwlat").record.positions.values():
        assert position.answer != "silent" or position.because
    for question in ("mfa", "usb-stick", "personal-email-for-work", "phone-in-classroom"):
        assert "lost" in revision(handbook, "lwlat").record.positions[question].because


def test_front_matter_counts_for_the_topics_that_it_answers(handbook: Handbook) -> None:
    cells = {
        trust: topic_cell(handbook, "review-and-version", handbook.trust(trust)) for trust in ("laat", "archway", "att")
    }
    assert cells["laat"].unsaid == "front-matter"
    assert [str(part.lines) for part in cells["laat"].front_matter] == ["10–14", "20–23"]
    assert cells["archway"].unsaid == "unreadable", "its cover page is lost, with all that it would say of this"
    assert cells["att"].front_matter
    shown = next(sheet for sheet in comparison_sheets(handbook, ()) if "topic" in sheet.name.lower())
    assert ["In the front matter" in str(row) for row in shown.rows if "Version and review" in str(row)] == [True]


def test_who_should_follow_is_not_said_to_have_to(handbook: Handbook) -> None:
    """Lines 447 to 449: employees must keep to the principles, the others should."""
    found = [
        clause for clause in revision(handbook, "catholic").clauses
        if clause.section.id.startswith("principles") and clause.modality in ("must", "must-not")
    ]  # fmt: skip
    assert len(found) >= 9
    assert {role for clause in found for role in clause.binds} == {"staff", "agency-workers"}
    others = revision(handbook, "catholic").by_id["principles-for-others"]
    assert (others.modality, others.binds) == ("should", ("volunteers", "governors", "contractors"))


def test_topics_are_those_that_a_clause_speaks_of(handbook: Handbook) -> None:
    assert "historical-posts" not in revision(handbook, "laat").by_id["control-lost-after-sharing"].topics
    assert "email-and-internet" not in revision(handbook, "archway").by_id["what-is-monitored"].topics


def test_a_duty_to_ask_for_advice_and_who_judges_are_no_consequences(handbook: Handbook) -> None:
    told = {one for consequence in revision(handbook, "catholic").record.consequences for one in consequence.clauses}
    assert not told & {"who-judges-inappropriate-use", "safeguarding-advice"}
    assert "disciplinary-examples" in told


def test_a_clause_names_the_thing_that_it_speaks_of(handbook: Handbook) -> None:
    assert "such an account" not in revision(handbook, "catholic").by_id["business-case"].text
    assert "social media account" in revision(handbook, "catholic").by_id["two-staff-named"].in_full
    assert "all IT systems across the Trust" in revision(handbook, "archway").by_id["monitored-all-the-time"].text


def test_the_quick_guide_promises_no_cases_that_the_policy_does_not_name(handbook: Handbook) -> None:
    found = revision(handbook, "lwlat")
    groups = guide_groups(answered(found, handbook))
    group = next(group for group in groups if group.id == "in-some-cases")
    assert [line.question.id for line in group.lines] == ["photo-consent-official"]
    assert group.heading == "It depends: read what the policy says"


def test_a_restated_clause_is_in_short_sentences_and_plain_words(handbook: Handbook) -> None:
    """An item is read with the sentence that leads to it, so both count together."""
    found = [
        f"{policy.trust} {clause.id}: {sentence}"
        for policy in handbook.in_force
        for clause in policy.clauses
        for sentence in re.split(r"(?<=[.!?])[\"\]]?\s+(?=[A-Z'\"\[])", " ".join((*clause.lead_in, clause.text)))
        if len(sentence.split()) > 30 or any(word.search(sentence) for word, _ in STIFF)
    ]
    assert not found, "\n".join(found)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the sources stay out of the repository")
def test_no_sentence_is_copied_from_a_source() -> None:
    run = subprocess.run(
        [sys.executable, SHARED / "tools/copied_runs.py", "--root", ROOT], cwd=ROOT, capture_output=True, text=True
    )
    assert run.stdout.splitlines()[-1].startswith("0 copied runs"), run.stdout
