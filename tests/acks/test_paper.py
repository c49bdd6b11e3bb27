"""The paper form: a screen reader can follow it, and an office scanner reads its code."""

from __future__ import annotations

import page as page_validation
import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageFilter

from acks.conftest import Office

DPI = 100


@pytest.fixture
def printed(office: Office) -> Office:
    office.issue("2025-09-10", "--paper")
    return office


def scan(path: object) -> Image.Image:
    document = pypdfium2.PdfDocument(path)
    assert len(document) == 1
    return document[0].render(scale=DPI / 72).to_pil().convert("L")


def test_the_code_is_read_from_a_poor_scan(printed: Office) -> None:
    folder = printed.desk.root / "out/2025-09-10-issue/paper"
    assert sorted(path.name for path in folder.iterdir()) == [f"E10{n}-2025-26.pdf" for n in range(4)]
    for number in ("E100", "E101", "E102", "E103"):
        ref = printed.standing(number).asked[0].ref
        clean = scan(folder / f"{number}-2025-26.pdf")
        skewed = clean.rotate(4, expand=True, fillcolor=255, resample=Image.Resampling.BILINEAR)
        poor = skewed.filter(ImageFilter.GaussianBlur(1.1))
        for picture in (clean, poor, poor.rotate(180)):
            assert [found.text for found in zxingcpp.read_barcodes(picture)] == [ref]


def test_it_says_what_is_signed_and_passes_pdf_ua_1(printed: Office) -> None:
    path = printed.desk.root / "out/2025-09-10-issue/paper/E100-2025-26.pdf"
    report = page_validation.validate_pdf(path, profile="ua1")
    assert report.is_compliant, [(failure.rule_id, failure.message) for failure in report.failures]
    text = " ".join(pypdfium2.PdfDocument(path)[0].get_textpage().get_text_range().split())
    revision = printed.merged.policies[0].in_force
    for words in (
        "Aoife Ní Bhriain",
        revision.record.title,
        "2025-09",
        printed.merged.statement_for(revision),
        "Signature of the witness",
        "No law asks",
    ):
        assert words in text
    assert revision.digest in text.replace(" ", "")
