"""A trust's answer from all its policies: which one counts, what is a contradiction, what nobody has looked at, what each policy answers for itself."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml

from clausebook.check.library import read_handbook
from clausebook.compare.comparisons import Comparison, find_comparisons
from clausebook.compare.matrix import QuestionCell, compare_questions, question_cell
from clausebook.compare.strictness import answer_order, meaning
from clausebook.compare.summary import sum_up
from clausebook.export.comparison import question_sheet
from clausebook.findings.find import find_all
from clausebook.model.handbook import Handbook
from clausebook.pages.page import answered_elsewhere, not_looked_at
from clausebook.pages.script_data import page_data

ROOT = Path(__file__).parent.parent
ANY_POLICY = {
    "label": "Any policy",
    "about": "What every policy is asked.",
    "groups": [{"id": "status", "label": "Status", "topics": [{"id": "contract", "label": "Contract", "about": "Whether it is part of it."}]}],
    "questions": [
        {"id": "contractual", "ask": "May the trust treat this as part of my contract?", "asks": "trust-power", "asked_by": "union rep", "topic": "contract"},
        {"id": "told-first", "ask": "Must the trust tell me first?", "asks": "trust-duty", "asked_by": "union rep", "topic": "contract", "protects": "true"},
    ],
}  # fmt: skip


def policy(title: str, clauses: dict[str, str], positions: dict[str, str], **more: object) -> str:
    """A policy of clauses that must, each with its topic, and of positions that name one of them each."""
    return yaml.safe_dump({
        "title": title, "status": "in-force", "wording": "verbatim", "binds": ["staff"], "dates": {"titled": "2025-01"},
        "not_stated": ["version", "approved", "published", "effective", "review_due", "approved_by", "owner"],
        "sections": [{"id": "rules", "heading": "Rules", "clauses": [
            {"id": name, "modality": "must", "topics": [topic], "text": f"Staff must keep to what is said of {name}."} for name, topic in clauses.items()
        ]}],
        "positions": {
            question: {"answer": "silent", "searched": ["zebra", "kumquat"]} if said == "silent" else
            {"answer": said.split()[0], "clauses": [said.split()[1]], "because": "So it says."}
            for question, said in positions.items()
        },
    } | more, sort_keys=False)  # fmt: skip


@pytest.fixture
def several(handbook_folder: Path) -> Path:
    """The sample trust with a policy on whistleblowing beside its social media policy."""
    (handbook_folder / "content/subjects/any-policy.yml").write_text(yaml.safe_dump(ANY_POLICY, sort_keys=False))
    own = handbook_folder / "trusts/sample/whistleblowing"
    own.mkdir()
    (own / "2025-01.yml").write_text(policy(
        "Whistleblowing policy", {"tell-us": "friend-requests", "may-talk": "pupils", "in-contract": "contract"},
        {"report-request": "silent", "pupil-connection": "restricted may-talk", "contractual": "permitted in-contract"},
    ))  # fmt: skip
    return handbook_folder


def merged(folder: Path) -> Handbook:
    handbook, problems = read_handbook(folder)
    assert problems == []
    assert handbook
    return handbook


def comparison(handbook: Handbook, name: str) -> Comparison:
    return next(one for one in find_comparisons(handbook) if one.id == name)


def cell(handbook: Handbook, name: str, question: str) -> QuestionCell:
    row = next(row for row in compare_questions(comparison(handbook, name)) if row.question.id == question)
    return row.cells[0]


def test_the_strictest_answer_counts_and_two_that_differ_are_shown_with_all_clauses(several: Path) -> None:
    found = cell(merged(several), "online", "pupil-connection")
    assert found.answer == "prohibited"
    assert found.policies_differ
    assert [(clause.policy, clause.id) for clause in found.clauses] == [
        ("social-media", "no-contact"),
        ("social-media", "relatives"),
        ("whistleblowing", "may-talk"),
    ]


@pytest.mark.parametrize("unread", ["social-media", "whistleblowing"])
def test_what_nobody_can_read_in_one_policy_is_not_silence_of_the_trust(several: Path, unread: str) -> None:
    handbook = merged(several)
    question = next(one for one in handbook.questions if one.id == "report-request")
    trust = handbook.trusts[0]
    for policy_id in ("social-media", "whistleblowing"):
        policy = trust.policy(policy_id)
        position = policy.current.record.positions[question.id].model_copy(
            update={"answer": "unreadable" if policy_id == unread else "silent"}
        )
        record = policy.current.record.model_copy(
            update={"positions": policy.current.record.positions | {question.id: position}}
        )
        changed = replace(policy, in_force=replace(policy.current, record=record))
        trust = replace(trust, policies=tuple(changed if one.id == policy_id else one for one in trust.policies))
    assert question_cell(trust, question).answer == "unreadable"


def test_a_contradiction_between_policies_is_found_for_each_of_them(several: Path) -> None:
    found = [one for one in find_all(merged(several), date(2026, 11, 20)) if one.kind == "policies-differ"]
    assert [(one.policy, one.clauses) for one in found] == [
        ("social-media", ("no-contact", "relatives")), ("whistleblowing", ("may-talk",)),
    ]  # fmt: skip
    assert found[0].what == (
        "“May I be connected with a pupil?” Social media policy: prohibited; Whistleblowing policy: restricted."
    )


def test_a_matrix_that_a_script_makes_says_that_policies_differ(several: Path) -> None:
    library = dict(page_data(merged(several)))["library.js"]
    assert '"pupil-connection":["prohibited differ"]' in library


def test_a_date_on_the_first_page_is_evidence() -> None:
    handbook = merged(ROOT)
    question = handbook.question_by_id["review-within-set-time"]
    (answer,) = question_cell(handbook.trust("att"), question).said
    assert not answer.clauses
    assert [str(part.lines) for part in answer.front_matter]
    assert "Front matter" in str(question_sheet(handbook, handbook.trusts, question.id).rows)


def test_silence_of_one_policy_contradicts_nothing(several: Path) -> None:
    found = cell(merged(several), "online", "report-request")
    assert found.answer == "required"
    assert not found.policies_differ
    assert [one.revision.policy for one in found.said] == ["social-media"]


def test_a_guide_points_to_the_policy_that_answers(several: Path) -> None:
    handbook = merged(several)
    trust = handbook.trust("sample")
    elsewhere = answered_elsewhere(trust, trust.policy("whistleblowing").current, handbook)
    assert {name: [one.policy for one in found] for name, found in elsewhere.items()} == {
        "report-request": ["social-media"]
    }


def test_what_every_policy_is_asked_is_compared_kind_by_kind(several: Path) -> None:
    handbook = merged(several)
    asked = [one.id for one in find_comparisons(handbook)]
    assert asked == ["online", "any-policy-whistleblowing"], "the social media policy deals with none of it"
    assert cell(handbook, "any-policy-whistleblowing", "contractual").answer == "permitted"


def test_each_kind_has_its_brief_and_no_page_leads_to_one_that_is_not_there(several: Path, clausebook) -> None:
    done = clausebook("build", "--handbook", several, "--quiet")
    assert done.returncode == 0, done.stderr
    page = (several / "site/compare/questions/contractual/index.html").read_text(encoding="utf-8")
    assert 'href="../../../downloads/briefs/question-contractual--whistleblowing.pdf"' in page


def test_what_nobody_has_looked_at_is_never_called_silent(several: Path) -> None:
    handbook = merged(several)
    found = cell(handbook, "any-policy-whistleblowing", "told-first")
    assert found.answer == "not-looked-at"
    revision = handbook.trust("sample").policy("whistleblowing").current
    assert [question.id for question in not_looked_at(revision, handbook)] == ["told-first"]
    row = next(
        row
        for row in compare_questions(comparison(handbook, "any-policy-whistleblowing"))
        if row.question.id == "told-first"
    )
    assert sum_up(row, handbook.short_names).sentence.lower() == "not looked at yet: sample."


def test_two_ways_to_say_yes_to_a_fact_contradict_nothing() -> None:
    by_id = merged(ROOT).question_by_id
    fact, leave = by_id["monitor-systems"], by_id["pupil-connection"]
    assert meaning(fact, "required") == meaning(fact, "permitted") != meaning(fact, "restricted")
    assert meaning(leave, "required") != meaning(leave, "permitted")


def test_what_protects_staff_goes_by_the_strongest_promise() -> None:
    handbook = merged(ROOT)
    by_id = handbook.question_by_id
    assert answer_order(by_id["pupil-connection"])[0] == "prohibited"
    assert answer_order(by_id["monitoring-told-first"])[0] == "required"
    assert answer_order(by_id["monitoring-told-first"]).index("not-required") > answer_order(
        by_id["monitoring-told-first"]
    ).index("restricted")


def test_every_kind_names_ten_to_fifteen_core_questions_of_its_subjects() -> None:
    handbook = merged(ROOT)
    for kind in handbook.kinds.kinds:
        assert 10 <= len(set(kind.core)) == len(kind.core) <= 15, kind.id
        subjects = {handbook.subject_of[handbook.question_by_id[name].topic].id for name in kind.core}
        assert subjects <= set(kind.subjects), kind.id
        assert "any-policy" in kind.subjects


def test_compare_shows_a_subject_and_a_kind(several: Path, clausebook) -> None:
    shown = clausebook("compare", "--subject", "online", "--handbook", several, "--format", "json")
    assert json.loads(shown.stdout)["Social media"][0]["Sample"] == "No (prohibited, policies differ)"
    shown = clausebook("compare", "--kind", "whistleblowing", "--handbook", several, "--format", "json")
    assert [row["Question"] for row in next(iter(json.loads(shown.stdout).values()))] == [
        question["ask"] for question in ANY_POLICY["questions"]
    ]
    alone = clausebook("compare", "--question", "pupil-connection", "--kind", "whistleblowing", "--handbook", several, "--format", "csv")  # fmt: skip
    assert "Restricted" in alone.stdout
    assert "Prohibited" not in alone.stdout
    wrong = clausebook("compare", "--subject", "onlime", "--handbook", several)
    assert wrong.returncode == 2
    assert "online" in wrong.stderr
