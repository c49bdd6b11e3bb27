"""Edits that somebody makes in LibreOffice, each told rightly when the file comes back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from clausebook.check.library import read_handbook
from clausebook.export.word import render_policy
from clausebook.model.handbook import Revision
from word.libreoffice import Steps, edit_in_libreoffice
from word.played import STARTER, take
from word.test_take import FIRST_AIDER, ITEM, JOINED, SPLIT, told

TRACKED = ("Tracked",)
OTHER = "No further step can be taken inside the trust after this stage."
BOTH = "The trust must offer both sides"
EDITS: dict[str, tuple[Steps, list[str]]] = {
    "words": ([("Reword", "within three months", "within six months")], ["reworded:within-three-months"]),
    "Enter within a clause": ([("EnterBefore", "It is not a term")], SPLIT),
    "a clause before one": ([("TypeBefore", "Staff who would rather", FIRST_AIDER)], ["added:staff-also-talk-mental-health"]),
    "a clause behind one": ([("TypeBehind", "Staff who would rather", FIRST_AIDER)], ["added:staff-also-talk-mental-health"]),
    "a clause taken out": ([("TakeOut", BOTH)], ["removed:support"]),
    "the last clause of a section taken out": ([("TakeOut", "What the panel decides")], ["removed:final"]),
    "two clauses joined": ([("JoinNext", "Either side may ask HR")], JOINED),
    "cut and pasted": ([("MoveBehind", BOTH, "Whoever is told of a problem")], ["moved:support"]),
    "an item more": ([("TypeBehind", "what happened, and when", "who else knows of it;")], ["added:else-knows"]),
    "an item taken out": ([("TakeOut", "what has been tried")], [f"removed:{ITEM}"]),
    "a cell": ([("Reword", "Letter that it has arrived", "Note that it has arrived")], ["reworded:time-limits"]),
}  # fmt: skip
ALL = {f"{name}{', tracked' if first else ''}": ([*first, *steps], expected)
       for name, (steps, expected) in EDITS.items() for first in ((), (TRACKED,))}  # fmt: skip


@pytest.fixture(scope="module")
def old() -> Revision:
    handbook, _ = read_handbook(STARTER)
    assert handbook
    return handbook.trusts[0].policy("grievance").current


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, old: Revision) -> Path:
    handbook, _ = read_handbook(STARTER)
    assert handbook
    made = render_policy(handbook.trusts[0], old, date(2026, 11, 21))
    found = tmp_path_factory.mktemp("office")
    edit_in_libreoffice(
        found,
        made,
        {name: steps for name, (steps, _) in ALL.items()} | {"over": [("TypeOver", "What the panel decides", OTHER)]},
    )
    return found


@pytest.mark.parametrize("name", ALL)
def test_an_edit_is_told_rightly_and_no_id_is_lost(name: str, folder: Path, old: Revision) -> None:
    played = take(folder / f"{name}.docx", old)
    expected = ALL[name][1]
    assert [one for one in told(played) if not one.startswith("renumbered:")] == expected
    assert not played.taken.alignment.questions
    assert len(set(old.by_id) - set(played.new.by_id)) == sum(
        one.startswith(("removed:", "joined:")) for one in expected
    )
    assert bool(played.returned.document.changes) == name.endswith("tracked")


def test_a_clause_that_was_typed_over_whole_is_asked_about(folder: Path, old: Revision) -> None:
    """LibreOffice takes the bookmark out with the words: it may be the same rule in other words, or another one."""
    (question,) = take(folder / "over.docx", old).taken.alignment.questions
    assert (question.part.of, [line.text for line in question.lines]) == ("final", [OTHER])
