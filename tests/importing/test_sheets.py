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
from clausebook.model import RevisionRecord
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


def test_rows_that_are_new_or_gone_are_told_and_not_taken(handbook: Path) -> None:
    path = exported(handbook, "csv")
    edited(
        path,
        lambda rows: (
            [row for row in rows if row["Id"] != "talk-to-manager"] + [{**rows[1], "Id": "", "Text": "A new clause."}]
        ),
    )
    done = run(handbook, "take", path, "--trust", TRUST, "--policy", POLICY, "--yes")
    assert "`talk-to-manager` has no row any more, and stays" in done.stdout
    assert "“A new clause.”: it has no id of a clause that is there" in done.stdout
    assert "nothing was written" in done.stdout


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
