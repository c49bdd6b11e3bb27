"""The changes between two revisions as tracked changes: both texts stand in one file, and each reviewer can take either."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from clausebook.check.library import read_handbook
from clausebook.edit.importers.readers.docx import read
from clausebook.export.word import render_comparison
from clausebook.export.word.projections import DELETED, INSERTED, UnprovedError, lines_left, prove
from clausebook.model.handbook import Trust
from clausebook.model.outline import outline_of
from clausebook.model.text import plain_words
from word.test_word_schema import check_ids, check_order, check_package
from word.word_files import W, clause, revision_of, words_of, xml_of

STARTER = Path(__file__).parents[2] / "generator/clausebook/starter"
DAY = date(2026, 11, 21)
TABLE = {"header": ["Step", "Days"], "rows": [["Letter", "3"], ["Meeting", "15"]]}


@pytest.fixture(scope="module")
def trust() -> Trust:
    handbook, _ = read_handbook(STARTER)
    assert handbook
    return handbook.trusts[0]


def section(*clauses: dict[str, Any], **fields: Any) -> list[dict[str, Any]]:
    return [{"id": "one", "number": "1", "heading": "One", "clauses": list(clauses)} | fields]


def compared(trust: Trust, old: list[dict[str, Any]], new: list[dict[str, Any]]) -> Any:
    return xml_of(render_comparison(trust, revision_of(old), revision_of(new), DAY))


def marked(document: Any, tag: str) -> list[str]:
    """The words in each tracked insertion or deletion."""
    return [words_of(one) for one in document.iter(f"{W}{tag}") if words_of(one)]


def test_every_pair_of_revisions_of_the_starter_gives_both_texts_and_a_file_that_word_takes(trust: Trust) -> None:
    pairs = [pair for policy in trust.policies for pair in permutations(policy.by_id.values(), 2)]
    assert len(pairs) > 10
    for old, new in pairs:
        made = render_comparison(trust, old, new, DAY)  # which proves itself
        check_order(made)
        check_ids(made)
        check_package(made)


def test_words_that_changed_are_tracked_with_who_and_when(trust: Trust) -> None:
    document = compared(
        trust,
        section(clause("a", "You must ask first.", "1.1")),
        section(clause("a", "You must tell HR first.", "1.1")),
    )
    assert (marked(document, "del"), marked(document, "ins")) == (["ask"], ["tell HR"])
    change = next(document.iter(f"{W}ins"))
    assert (change.get(f"{W}author"), change.get(f"{W}date")) == (trust.record.name, "2026-11-21T00:00:00Z")


def test_a_clause_that_came_or_went_is_tracked_with_the_sign_at_its_end(trust: Trust) -> None:
    """Without it, accepting would leave an empty paragraph with a number."""
    kept = clause("a", "Stays.", "1.1")
    document = compared(
        trust,
        section(kept, clause("b", "Goes.", "1.2")),
        section(kept, clause("c", "Comes anew, and says more.", "1.2")),
    )
    ends = [one.tag.removeprefix(W) for one in document.iterfind(f".//{W}p/{W}pPr/{W}rPr/*")]
    assert ends == ["del", "ins"]


def test_a_number_that_changed_is_tracked(trust: Trust) -> None:
    one, other = clause("a", "First rule.", "1.1"), clause("b", "Second rule.", "1.2")
    document = compared(trust, section(one, other), section(other | {"number": "1.1"}))
    assert "1.2" in marked(document, "del")
    assert "1.1" in marked(document, "ins")


def test_a_row_and_a_cell_of_a_table_are_tracked_and_not_the_whole(trust: Trust) -> None:
    longer = TABLE | {"rows": [["Letter", "5"], ["Decision", "20"], ["Meeting", "15"]]}
    document = compared(
        trust, section(clause("a", "Times:", "1.1", table=TABLE)), section(clause("a", "Times:", "1.1", table=longer))
    )
    rows = [words_of(row) for row in document.iter(f"{W}tr") if row.find(f"{W}trPr/{W}ins") is not None]
    assert rows == ["Decision20"]
    assert (marked(document, "del"), marked(document, "ins")) == (["3"], ["5", "Decision", "20"])


def test_emphasis_that_changed_is_tracked_too(trust: Trust) -> None:
    document = compared(trust, section(clause("a", "You must not.")), section(clause("a", "You must **not**.")))
    assert (marked(document, "del"), marked(document, "ins")) == (["not"], ["not"])


def test_a_clause_that_moved_keeps_its_bookmark_where_it_stands_now(trust: Trust) -> None:
    clauses = [clause(name, f"The rule called {name} in full.") for name in "abc"]
    document = compared(trust, section(*clauses), section(clauses[2], *clauses[:2]))
    names = [one.get(f"{W}name") for one in document.iter(f"{W}bookmarkStart")]
    assert len(set(names)) == len(names)


def test_a_consultation_says_on_top_until_when_and_to_whom(trust: Trust) -> None:
    policy = trust.policy("social-media")
    document = xml_of(render_comparison(trust, policy.current, policy.draft, DAY))
    first = [words_of(one) for one in document.iter(f"{W}p")][:3]
    assert first[0].startswith("This is a draft for consultation. You can send comments until 4 December 2026 to ")
    assert first[2].startswith("Each change is tracked. The text before is September 2025 (version 3.0)")


def test_a_redline_that_lost_a_word_is_no_redline(trust: Trust) -> None:
    policy = trust.policy("social-media")
    document = xml_of(render_comparison(trust, policy.current, policy.draft, DAY))
    before = list(lines_left(document, INSERTED))
    next(document.iter(f"{W}delText")).text = "other"
    assert list(lines_left(document, INSERTED)) != before
    with pytest.raises(UnprovedError):
        prove(document, [], [])
    assert "other" not in " ".join(lines_left(document, DELETED))


@pytest.mark.parametrize("accepted", [True, False])
def test_the_reader_of_documents_finds_either_text(trust: Trust, accepted: bool) -> None:
    """The reader that documents are brought in with shares no code with the writer: accepted it reads the new text, refused the old one."""
    for policy in trust.policies:
        for old, new in permutations(policy.by_id.values(), 2):
            blocks = read(render_comparison(trust, old, new, DAY), accepted=accepted).blocks
            lines = iter(
                " ".join(plain_words(block.in_full).split())
                for block in blocks
                if block.kind not in ("furniture", "note")
            )
            for part in outline_of(new if accepted else old):
                if part.is_anchored:
                    wanted = f"{part.number or ('•–▪'[part.depth % 3] if part.kind == 'item' else '')} {plain_words(part.text)}".strip()
                    assert any(line.rstrip("¹²³") == wanted for line in lines), (
                        f"{policy.id} {old.id} {new.id}: {wanted}"
                    )
