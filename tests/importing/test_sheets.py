"""A policy for other tools and back: a spreadsheet with a row a clause, and Akoma Ntoso XML."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest

from clausebook.check.walk import walk_clauses
from clausebook.edit.begin import begin_handbook
from clausebook.load import load_handbook
from clausebook.model import ClauseRecord, RevisionRecord
from importing.running import run

TRUST, POLICY = "larkhill-example", "grievance"
AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
Rows = list[dict[str, str]]


@pytest.fixture
def handbook(tmp_path: Path) -> Path:
    begin_handbook(tmp_path / "handbook", None)
    return tmp_path / "handbook"


def exported(handbook: Path, form: str) -> Path:
    path = handbook.parent / f"grievance.{form}"
    done = run(handbook, "export", TRUST, POLICY, "--format", form, "-o", path)
    assert (done.returncode, done.stderr) == (0, "")
    return path


def edited(path: Path, edit: Callable[[Rows], Rows]) -> None:
    rows = edit(list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def record_of(handbook: Path, policy: str, revision: str) -> RevisionRecord:
    loaded, _ = load_handbook(handbook)
    return next(one.file.record for one in loaded.revisions if (one.policy, one.id) == (policy, revision))


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_sheet_that_nobody_edited_changes_nothing(handbook: Path, form: str) -> None:
    done = run(handbook, "take", exported(handbook, form), "--trust", TRUST, "--policy", POLICY, "--yes")
    assert done.stdout == f"grievance.{form} says what 2025-01 says: nothing was written.\n"


def test_an_edited_cell_is_taken_and_tables_stay(handbook: Path) -> None:
    path = exported(handbook, "csv")

    def edit(rows: Rows) -> Rows:
        for row in rows:
            if row["Id"] == "talk-to-manager":
                row["Text"], row["Force"] = "Staff must first tell their line manager what is wrong.", "must"
        return rows

    edited(path, edit)
    done = run(handbook, "take", path, "--trust", TRUST, "--policy", POLICY, "--revision", "2027-01", "--yes")
    assert (done.returncode, done.stderr) == (0, "")
    before, after = record_of(handbook, POLICY, "2025-01"), record_of(handbook, POLICY, "2027-01")
    was, now = ({one.item.id: one.item for one in walk_clauses(record)} for record in (before, after))
    assert (now["talk-to-manager"].text, now["talk-to-manager"].modality) == (
        "Staff must first tell their line manager what is wrong.",
        "must",
    )
    assert {name: item for name, item in now.items() if item != was[name]}.keys() == {"talk-to-manager"}
    assert any(item.table for item in now.values())


def taken(handbook: Path, path: Path) -> str:
    done = run(handbook, "take", path, "--trust", TRUST, "--policy", POLICY, "--revision", "2027-01", "--yes")
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_new_rows_are_new_clauses_and_rows_that_are_gone_are_taken_out(handbook: Path) -> None:
    path = exported(handbook, "csv")
    before = record_of(handbook, POLICY, "2025-01")
    first = next(one.item for one in walk_clauses(before) if one.item.items)
    clause = {"Id": "", "Kind": "clause", "Text": "HR must keep a note of each talk.", "Topics": "", "Number": "2.9"}
    item = {"Id": "", "Kind": "item", "Level": "1", "Text": "a note of each talk", "Number": ""}

    def edit(rows: Rows) -> Rows:
        blank = dict.fromkeys(rows[0], "")
        kept = []
        for row in rows:
            if row["Id"] != "talk-to-manager":
                kept.append(row)
            else:
                kept.append({**blank, **clause})
            if row["Id"] == first.items[0].id:
                kept.append({**blank, **item})
        return kept

    edited(path, edit)
    said = taken(handbook, path)
    assert "Not taken" not in said
    assert "Then: clausebook review larkhill-example grievance" in said
    after = record_of(handbook, POLICY, "2027-01")
    was, now = ([one.item.id for one in walk_clauses(record)] for record in (before, after))
    assert set(was) - set(now) == {"talk-to-manager"}
    found = {one.item.id: one for one in walk_clauses(after)}
    new = found["hr-keep-note-each-talk"].item
    assert isinstance(new, ClauseRecord)
    assert (new.text, new.number, new.modality) == ("HR must keep a note of each talk.", "2.9", "must")
    assert new.topics
    assert new.suggested == ("modality", "topics")
    assert was.index("talk-to-manager") + (1 if was.index(first.id) < was.index("talk-to-manager") else 0) == now.index(
        new.id
    )
    assert [one.id for one in found["note-each-talk"].above] == [first.id]
    others = {one.item.id: one.item.model_copy(update={"items": ()}) for one in walk_clauses(before)}
    assert all(
        found[name].item.model_copy(update={"items": ()}) == item for name, item in others.items() if name in found
    )
    assert all("talk-to-manager" not in position.clauses for position in after.positions.values())
    assert next(position for position in before.positions.values() if "talk-to-manager" in position.clauses)


def sorted_by_words(rows: Rows) -> Rows:
    return sorted(rows, key=lambda row: row["Text"])[1:]


def a_few(rows: Rows) -> Rows:
    return rows[:5]


def above_all(rows: Rows) -> Rows:
    return [{**dict.fromkeys(rows[0], ""), "Kind": "clause", "Text": "A clause above all headings."}, *rows]


def without_a_lead_in(rows: Rows) -> Rows:
    place = next(at for at, row in enumerate(rows) if row["Kind"] == "item")
    return [row for at, row in enumerate(rows) if at != place - 1]


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        (sorted_by_words, "the rows are in another order"),
        (a_few, "most clauses have no row"),
        (above_all, "line 2 would have no heading above it"),
        (without_a_lead_in, "would be below another clause or heading than before"),
    ],
)
def test_a_sheet_that_was_sorted_cut_or_lost_a_lead_in_takes_nothing_out(
    handbook: Path, edit: Callable[[Rows], Rows], why: str
) -> None:
    path = exported(handbook, "csv")
    edited(path, edit)
    said = taken(handbook, path)
    assert f"{why}: no clause is added or taken out." in said
    assert ("A clause above all" if edit is above_all else "has no row any more, and stays") in said
    assert "nothing was written" in said


def test_a_sheet_comes_in_with_its_ids_forces_and_topics(handbook: Path) -> None:
    done = run(
        handbook,
        "import",
        exported(handbook, "xlsx"),
        "--trust",
        TRUST,
        "--policy",
        "grievance-2",
        "--kind",
        "grievance",
        "--revision",
        "2026-09",
    )
    assert (done.returncode, done.stderr) == (0, "")
    before, after = record_of(handbook, POLICY, "2025-01"), record_of(handbook, "grievance-2", "2026-09")
    facts = [[(one.item.id, one.item.number, one.item.text, one.item.modality, one.item.topics, one.item.suggested) for one in walk_clauses(record)] for record in (before, after)]  # fmt: skip
    assert facts[0] == facts[1]


def test_a_sheet_of_another_tool_comes_in_by_its_own_names_of_columns(handbook: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (
        ("uid", "level", "header", "text", "links"),
        ("REQ001", "1.0", "Keys", "", ""), ("REQ002", "1.1", "", "Staff must return their keys.", "REQ009"), ("REQ003", "1.2", "", "Staff must not lend them.", ""),
    ):  # fmt: skip
        book.active.append(row)
    book.save(tmp_path / "keys.xlsx")
    done = run(
        handbook, "import", tmp_path / "keys.xlsx", "--trust", TRUST, "--policy", "keys", "--revision", "2026-09"
    )
    assert (done.returncode, done.stderr) == (0, "")
    keys = record_of(handbook, "keys", "2026-09")
    assert [(section.heading, [clause.text for clause in section.clauses]) for section in keys.sections] == [
        ("Keys", ["Staff must return their keys.", "Staff must not lend them."])
    ]
    assert "These columns were not read: links." in keys.doubts


def test_akoma_ntoso_holds_every_clause_at_its_id_with_its_lead_in(handbook: Path) -> None:
    path = handbook.parent / "grievance.xml"
    run(handbook, "export", TRUST, POLICY, "--format", "akoma-ntoso", "-o", path)
    root = ElementTree.fromstring(path.read_bytes())
    record = record_of(handbook, POLICY, "2025-01")
    by_id = {element.get("eId"): element for element in root.iter() if element.get("eId")}
    for written in walk_clauses(record):
        element = by_id[written.item.id]
        assert element.tag == f"{AKN}{'point' if written.above else 'paragraph'}"
        words = " ".join("".join(element.itertext()).split())
        assert " ".join((written.item.text or "").split()[:3]) in words
        if written.above:
            assert element in by_id[written.above[-1].id].iter()
    assert len(root.findall(f".//{AKN}table")) == sum(1 for one in walk_clauses(record) if one.item.table)
