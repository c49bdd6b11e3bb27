"""The PDF of a policy with a table, a figure and a form: what a screen reader is told, and fields that can be filled in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import page as page_validation
import pikepdf
import pytest

from clausebook.check.library import read_handbook
from clausebook.looks import Looks
from clausebook.pages.prints import trust_prints
from paper import write_pdf
from structured import write_structured
from test_pdfs import elements

DAY = date(2026, 11, 20)
LOOKS = Looks(Path(__file__).parent.parent)


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    handbook, problems = read_handbook(write_structured(tmp_path_factory.mktemp("structured")))
    assert handbook, problems
    prints = {one.path: one for one in trust_prints(handbook.trusts[0], handbook, (), LOOKS, DAY)}
    one, out = prints["sample/downloads/grievance/policy.pdf"], tmp_path_factory.mktemp("paper") / "policy.pdf"
    write_pdf(one.html, LOOKS, out, form=one.form)
    return out


def test_passes_the_checks_of_pdf_ua_1(pdf: Path) -> None:
    report = page_validation.validate_pdf(pdf, profile="ua1")
    assert report.is_compliant, [(failure.rule_id, failure.message) for failure in report.failures]


def test_headings_stand_below_headings(pdf: Path) -> None:
    with pikepdf.open(pdf) as opened:
        levels = [str(one.S) for one in elements(opened) if str(one.S).startswith("/H")]
        assert levels[-5:] == ["/H2", "/H2", "/H3", "/H3", "/H4"]
        with opened.open_outline() as outline:
            procedure = next(one for one in outline.root[0].children if "Procedure" in one.title)
            assert [one.title for one in procedure.children] == ["2.2 Informal stage", "2.3 Formal stage"]


def test_every_cell_of_the_table_names_its_header(pdf: Path) -> None:
    with pikepdf.open(pdf) as opened:
        found = list(elements(opened))
        headers = {str(one.ID) for one in found if one.S == "/TH"}
        cells = [one for one in found if one.S == "/TD" and "/Headers" in one.A]
        assert len(cells) >= 15
        assert all({str(name) for name in one.A.Headers} <= headers for one in cells)


def test_the_figure_says_in_words_what_it_shows(pdf: Path) -> None:
    with pikepdf.open(pdf) as opened:
        told = [str(one.Alt) for one in elements(opened) if one.S == "/Figure"]
    assert told == [
        "You write to the head teacher. A meeting follows within 10 working days, then a decision. You can appeal once."
    ]


def test_the_form_can_be_filled_in(pdf: Path) -> None:
    with pikepdf.open(pdf) as opened:
        fields = {str(field.TU): str(field.FT) for field in opened.Root.AcroForm.Fields}
    assert fields == {
        "Your name": "/Tx", "What happened: names, dates and places": "/Tx", "Date of the event: day, month, year": "/Tx",
        "I have talked to my line manager about it": "/Btn",
    }  # fmt: skip
