"""What is read of a PDF: the same words and numbers as of the Word file that LibreOffice printed it from."""

from __future__ import annotations

import io
from base64 import b64encode
from pathlib import Path

import pikepdf
import pytest
from weasyprint import HTML

from clausebook.edit.importers.blocks import Document, UnreadableError
from clausebook.edit.importers.readers import docx, pdf, read_document
from importing.documents import (
    ASK,
    PAGE,
    PNG,
    SPACED,
    convert,
    numbered_policy,
    p,
    part,
    plain_policy,
    r,
    ruled,
    table,
    word_file,
)


def said(document: Document) -> list[tuple[str, str]]:
    """Each mark with its words, without page heads and feet."""
    return [(block.mark, block.text) for block in document.all_blocks if block.kind != "furniture" and block.in_full]


def printed(data: bytes, tmp_path: Path) -> Document:
    return pdf.read(convert(data, "policy.docx", "pdf", tmp_path))


@pytest.mark.parametrize(
    "data", [numbered_policy(), numbered_policy(spacing=""), plain_policy()], ids=["numbered", "close", "plain"]
)
def test_a_printed_policy_says_what_its_word_file_says(data: bytes, tmp_path: Path) -> None:
    document = printed(data, tmp_path)
    assert said(document) == said(docx.read(data))
    assert not document.warnings
    assert not document.hidden


def test_heads_and_feet_are_told_with_the_reason_also_where_the_page_number_changes(tmp_path: Path) -> None:
    furniture = [
        (block.text, block.reason) for block in printed(numbered_policy(), tmp_path).blocks if block.kind == "furniture"
    ]
    assert furniture[0] == ("Larkhill Trust", "the head of each page")
    assert furniture[-1] == ("Version 3, page 1 of 4", "the foot of each page")


def test_a_table_over_two_pages_is_one_and_its_head_stands_once(tmp_path: Path) -> None:
    head = "<w:trPr><w:tblHeader/></w:trPr>"
    rows = [(f"Duty {row}", f"All staff, and the head within {row} days of it at the very latest") for row in range(80)]
    body = ruled(("Duty", "Who"), *rows).replace("<w:tr>", f"<w:tr>{head}", 1)
    document = printed(word_file(p("Before.") + body + p("After.")), tmp_path)
    (found,) = [block for block in document.blocks if block.kind == "table"]
    assert [tuple(cell.text for cell in row) for row in found.rows] == [("Duty", "Who"), *rows]
    assert [
        block.text for block in document.blocks if block.reason == "the head of a table, repeated on the next page"
    ][:2] == ["Duty", "Who"]


def test_a_table_without_lines_is_told_by_its_gaps_and_is_doubtful(tmp_path: Path) -> None:
    rows = [
        ("Informal", "The line manager talks with the member of staff about it, alone", "Within 5 days"),
        ("Formal", "A panel hears both sides", "Within 10 days"),
    ]
    grid = '<w:tbl><w:tblPr><w:tblW w:w="7500" w:type="dxa"/></w:tblPr><w:tblGrid><w:gridCol w:w="2500"/><w:gridCol w:w="2500"/><w:gridCol w:w="2500"/></w:tblGrid>'
    document = printed(word_file(p(ASK.format("")) + table(*rows).replace("<w:tbl>", grid) + p("After it.")), tmp_path)
    before, found, after = document.blocks
    assert (before.text, after.text) == (ASK.format(""), "After it.")
    assert [tuple(cell.text for cell in row) for row in found.rows] == rows
    assert "check which words belong to which cell" in found.doubts[0]


def test_a_list_of_contents_and_numbers_in_their_own_column_are_no_table() -> None:
    entries = ((1, "Scope", 2), (2, "Duties of staff", 3), (3, "Leave", 12))
    page = "".join(
        words_at(72, 700 - 14 * n, str(n)) + words_at(100, 700 - 14 * n, name) + words_at(480, 700 - 14 * n, str(at))
        for n, name, at in entries
    )
    page += "".join(
        words_at(72, 600 - 14 * n, f"4.{n}") + words_at(140, 600 - 14 * n, "Staff must ask.") for n in range(1, 4)
    )
    assert said(pdf.read(made_by_hand(page))) == [
        ("1", "Scope 2"),
        ("2", "Duties of staff 3"),
        ("3", "Leave 12"),
        *((f"4.{n}", "Staff must ask.") for n in range(1, 4)),
    ]


def test_cells_over_two_columns_and_empty_ones_keep_their_place(tmp_path: Path) -> None:
    wide = ruled(("Both", "x"), ("", "two"), ("three", "four")).replace(
        '<w:tcW w:w="3000" w:type="dxa"/>', '<w:tcW w:w="6000" w:type="dxa"/><w:gridSpan w:val="2"/>', 1
    )
    wide = wide.replace("<w:tbl>", '<w:tbl><w:tblGrid><w:gridCol w:w="3000"/><w:gridCol w:w="3000"/></w:tblGrid>')
    wide = wide.replace(wide[wide.index("<w:tc>", wide.index("Both")) : wide.index("</w:tr>")], "")
    (found,) = printed(word_file(wide), tmp_path).blocks
    assert [[(cell.text, cell.columns) for cell in row] for row in found.rows] == [
        [("Both", 2)],
        [("", 1), ("two", 1)],
        [("three", 1), ("four", 1)],
    ]


@pytest.mark.parametrize("count", [2, 3])
def test_columns_are_read_one_after_the_other(count: int, tmp_path: Path) -> None:
    columns = f'<w:sectPr><w:type w:val="continuous"/>{PAGE}<w:cols w:num="{count}" w:space="360"/></w:sectPr>'.replace(
        '"1440"', '"720"'
    )
    paragraphs = [ASK.format(f", says rule {rule}") for rule in range(1, 41)]
    body = p(
        "The whole width of the page is what this first paragraph takes, because it stands before the columns begin, as a title does."
    )
    body += (
        f"<w:p><w:pPr><w:sectPr>{PAGE}</w:sectPr></w:pPr></w:p>".replace('"1440"', '"720"')
        + "".join(p(text, more=SPACED) for text in paragraphs)
        + columns
    )
    document = printed(word_file(body), tmp_path)
    assert [block.text for block in document.blocks][1:] == paragraphs


def test_footnotes_are_parted_from_the_text(tmp_path: Path) -> None:
    small = '<w:sz w:val="18"/>'
    note = part(
        "footnotes",
        '<w:footnote w:id="2"><w:p>'
        + r("", '<w:vertAlign w:val="superscript"/>').replace("<w:t ", "<w:footnoteRef/><w:t ")
        + r(" Not at weekends.", small)
        + "</w:p></w:footnote>",
    )
    reference = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
    document = printed(
        word_file(
            p("Staff must answer calls", reference, " at once.") + p("More."),
            parts={"footnotes.xml": ("footnotes", note)},
        ),
        tmp_path,
    )
    assert [(block.kind, block.text, block.note) for block in document.blocks] == [
        ("paragraph", "Staff must answer calls¹ at once.", None), ("paragraph", "More.", None), ("note", "Not at weekends.", "¹"),
    ]  # fmt: skip


def test_looks_and_indents_are_seen(tmp_path: Path) -> None:
    body = p("Staff may ", r("ask", "<w:b/>"), r(" now", "<w:i/>"), ".") + p(
        r("All bold", '<w:b/><w:sz w:val="28"/>'), more='<w:ind w:left="720"/>'
    )
    body += p("Middle", more='<w:jc w:val="center"/>') + "".join(p("Plain text at the left.") for _ in range(3))
    first, second, third = printed(word_file(body), tmp_path).blocks[:3]
    assert first.text == "Staff may **ask** *now*."
    assert (second.text, second.look.bold, second.look.size, round(second.look.indent)) == ("All bold", True, 14, 36)
    assert third.look.centred


PRINTED = """<html lang="en"><title>Our policy</title><style>@page { size: A4; margin: 2cm; @bottom-center { content: "Page " counter(page) } } body { font: 11pt/1.4 sans-serif } h2 { font-size: 11pt }
th, td { border: 1px solid black }</style>
<h1>Social media</h1><p>See <a href="https://example.org/a">our site</a>, and ask.</p><h2>Duties</h2><ul><li>ask first</li><li>ask in writing</li></ul>
<table><tr><th>Duty</th><th>Who</th></tr><tr><td>Ask</td><td>All staff<br>And visitors who stay for longer</td></tr></table><p><img src="data:image/png;base64,{png}" style="width: 3cm; height: 3cm" alt="x"></p></html>"""


def test_a_page_that_was_printed_from_a_browser_keeps_links_headings_and_pictures() -> None:
    data = HTML(string=PRINTED.replace("{png}", b64encode(PNG).decode())).write_pdf(pdf_tags=True)
    document = pdf.read(data)
    assert [(block.kind, block.level, block.in_full) for block in document.blocks] == [
        ("heading", 1, "Social media"), ("paragraph", None, "See [our site](https://example.org/a), and ask."), ("heading", 2, "Duties"),
        ("paragraph", None, "• ask first"), ("paragraph", None, "• ask in writing"), ("table", None, ""), ("figure", None, ""), ("furniture", None, "Page 1"),
    ]  # fmt: skip
    assert [[cell.text for cell in row] for row in document.blocks[5].rows] == [
        ["Duty", "Who"],
        ["Ask", "All staff\n\nAnd visitors who stay for longer"],
    ]
    picture = document.blocks[6].picture
    assert picture
    assert picture.data.startswith(b"\x89PNG")
    assert document.title == "Our policy"


RUNNING = """<html><style>@page { size: A4; margin: 2cm; @top-left { content: string(section); font-size: 8pt } } body { font: 11pt/1.4 sans-serif } h2 { string-set: section content(); break-before: page }
.frame { border: 1px solid black; border-left-width: 6px }</style>{}</html>"""


def test_a_running_head_that_names_the_section_is_none_of_the_text() -> None:
    sections = "".join(
        f"<h2>About {name}</h2><p>{ASK.format('')}</p>" for name in ("scope", "duties", "leave", "trips")
    )
    document = pdf.read(HTML(string=RUNNING.replace("{}", sections)).write_pdf())
    assert [block.text for block in document.blocks if block.kind == "furniture"] == [
        "About scope",
        "About duties",
        "About leave",
        "About trips",
    ]
    assert [block.text for block in document.blocks if block.kind != "furniture"][:2] == ["About scope", ASK.format("")]


def test_a_frame_around_words_is_no_table() -> None:
    document = pdf.read(
        HTML(
            string=RUNNING.replace(
                "{}", f'<p>Before.</p><div class="frame"><p>{ASK.format("")}</p><p>Ask first.</p></div>'
            )
        ).write_pdf()
    )
    assert [(block.kind, block.text) for block in document.blocks] == [
        ("paragraph", "Before."),
        ("paragraph", ASK.format("")),
        ("paragraph", "Ask first."),
    ]


def test_a_locked_pdf_and_a_scan_are_told_with_what_to_do(tmp_path: Path) -> None:
    plain = HTML(string="<p>Staff must ask.</p>").write_pdf()
    scan = HTML(
        string=f'<img style="width: 15cm; height: 20cm" src="data:image/png;base64,{b64encode(PNG).decode()}">'
    ).write_pdf()
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain)) as opened:
        opened.save(locked, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    for data, what, fix in (
        (locked.getvalue(), "the file is locked with a password", "save a copy without one"),
        (scan, "the PDF holds pictures of pages and no text", "bring in the Word file"),
    ):
        (tmp_path / "policy.pdf").write_bytes(data)
        with pytest.raises(UnreadableError) as told:
            read_document(tmp_path / "policy.pdf")
        assert told.value.what == what
        assert fix in told.value.fix


def test_a_page_that_is_a_scan_among_others_is_named() -> None:
    picture = f'<img style="width: 15cm; height: 20cm" src="data:image/png;base64,{b64encode(PNG).decode()}">'
    document = pdf.read(
        HTML(string=f'<p>Staff must ask.</p><div style="break-before: page">{picture}</div>').write_pdf()
    )
    assert document.warnings == (
        "Page 2 is a picture without text, such as a scan. Nothing of it is in the draft but the picture.",
    )
    assert [block.kind for block in document.blocks] == ["paragraph", "figure"]


def made_by_hand(content: str, *, more: str = "", resources: str = "") -> bytes:
    """A PDF of one page from its drawing instructions."""
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>{resources}>>{more}>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]  # fmt: skip
    out, places = "%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{one}\nendobj\n"
    table_at = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{place:010} 00000 n \n" for place in places)
    return (out + f"trailer<</Root 1 0 R/Size {len(objects) + 1}>>\nstartxref\n{table_at}\n%%EOF").encode("latin-1")


def words_at(x: int, y: int, text: str, *, size: int = 11, matrix: str = "1 0 0 1") -> str:
    return f"BT /F {size} Tf {matrix} {x} {y} Tm ({text}) Tj ET "


def test_what_is_white_or_outside_the_page_is_told_and_what_lies_on_its_side_is_kept() -> None:
    page = words_at(72, 700, "Staff must ask.") + "1 g " + words_at(72, 650, "Nobody sees this.") + "0 g "
    page += words_at(-500, 600, "Off the page.") + words_at(30, 100, "Draft", matrix="0 1 -1 0")
    document = pdf.read(made_by_hand(page))
    assert [(block.kind, block.text, block.reason) for block in document.blocks] == [
        ("paragraph", "Staff must ask.", ""), ("furniture", "Draft", "words that are turned sideways"),
    ]  # fmt: skip
    assert document.hidden == ("hidden text on page 1: Nobody sees this.Off the page.",)


def test_white_words_on_a_dark_ground_are_seen() -> None:
    page = "0 0 1 rg 60 690 300 30 re f 1 1 1 rg " + words_at(72, 700, "Duties")
    assert [block.text for block in pdf.read(made_by_hand(page)).blocks] == ["Duties"]


def test_bullets_without_letters_and_numbers_in_a_column_of_their_own() -> None:
    page = (
        words_at(72, 700, "4.1")
        + words_at(140, 700, "Staff must ask.")
        + words_at(72, 680, "4.2")
        + words_at(140, 680, "Staff must wait.")
    )
    page += words_at(90, 660, "\\267") + words_at(110, 660, "in writing")
    assert said(pdf.read(made_by_hand(page))) == [
        ("4.1", "Staff must ask."),
        ("4.2", "Staff must wait."),
        ("•", "in writing"),
    ]


def test_a_hyphen_at_a_lines_end_goes_only_where_the_word_is_known_without_it() -> None:
    lines = ["Staff must not give information about pupils to any person, and this infor-", "mation is kept by the school for as long as the well-", "known law and self-", "imposed rules demand."]  # fmt: skip
    page = "".join(words_at(72, 700 - 14 * place, line) for place, line in enumerate(lines))
    page += words_at(72, 600, "What is well-known is told.")
    document = pdf.read(made_by_hand(page))
    assert "this information is kept" in document.blocks[0].text
    assert "the well-known law" in " ".join(block.text for block in document.blocks)


def test_a_scan_is_told_with_what_to_do() -> None:
    with pytest.raises(UnreadableError, match="the PDF holds no text") as told:
        pdf.read(made_by_hand("0 0 100 100 re f"))
    assert "Word file" in told.value.fix


def test_a_damaged_pdf_is_told(tmp_path: Path) -> None:
    (tmp_path / "half.pdf").write_bytes(b"%PDF-1.4\nnothing of it")
    with pytest.raises(UnreadableError, match="the PDF is damaged"):
        read_document(tmp_path / "half.pdf")


def test_comments_and_what_is_filled_into_a_form_are_told() -> None:
    note = "<</Type/Annot/Subtype/Highlight/Rect[70 695 200 715]/Contents(Too strict?)/T(Rep)/M(D:20260301090000)>>"
    filled = "<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(Ada Marsh)/Rect[70 600 200 620]>>"
    document = pdf.read(made_by_hand(words_at(72, 700, "Staff must ask."), more=f"/Annots[{note}{filled}]"))
    assert [(one.text, one.author, one.date, one.about, one.place.page) for one in document.comments] == [
        ("Too strict?", "Rep", "2026-03-01", "Staff must ask.", 1)
    ]
    assert document.warnings == ("A field of a form on page 1 is filled in: Ada Marsh",)
