"""What is read of an OpenDocument text: the same as of the Word file that LibreOffice made it from."""

from __future__ import annotations

from pathlib import Path

import pytest

from clausebook.edit.importers.blocks import Document, UnreadableError
from clausebook.edit.importers.readers import docx, odt, read_document
from importing.documents import (
    box,
    convert,
    convert_all,
    numbered_policy,
    p,
    packed,
    part,
    plain_policy,
    r,
    ruled,
    tc,
    tracked,
    word_file,
)  # fmt: skip
from importing.test_docx import NUMBERED, STYLED


def in_full(document: Document) -> list[str]:
    return [block.in_full for block in document.all_blocks if block.kind != "furniture" and block.in_full]


def opened(data: bytes, tmp_path: Path) -> Document:
    return odt.read(convert(data, "policy.docx", "odt", tmp_path))


@pytest.mark.parametrize("data", [numbered_policy(2), plain_policy()], ids=["numbered", "plain"])
def test_a_policy_says_what_its_word_file_says(data: bytes, tmp_path: Path) -> None:
    document, word = opened(data, tmp_path), docx.read(data)
    assert in_full(document) == in_full(word)
    assert [block.kind for block in document.blocks] == [block.kind for block in word.blocks]
    assert (document.blocks[0].text, document.blocks[0].reason) == (
        word.blocks[0].text,
        "the head of each page",
    )
    assert [block.look.bold for block in document.blocks] == [block.look.bold for block in word.blocks]
    assert [round(block.look.indent) for block in document.blocks if block.kind == "item"] == [
        round(block.look.indent) for block in word.blocks if block.kind == "item"
    ]


# LibreOffice writes neither of these as Word means it: figures under romans, a level that never starts again.
KNOWN = [what for what, case in NUMBERED.items() if "isLgl" not in case[1] and "lvlRestart" not in case[1]]


def test_each_number_stands_beside_its_words(tmp_path: Path) -> None:
    files = {
        f"{place}.docx": word_file(NUMBERED[what][0], numbering=NUMBERED[what][1], styles=STYLED)
        for place, what in enumerate(KNOWN)
    }
    for what, data in zip(KNOWN, convert_all(files, "odt", tmp_path).values(), strict=True):
        assert [block.mark for block in odt.read(data).all_blocks if block.text] == NUMBERED[what][2], what


def test_looks_links_notes_boxes_and_pictures(tmp_path: Path) -> None:
    link = '<w:hyperlink r:id="rel-a">' + r("our site") + "</w:hyperlink>"
    notes = part("footnotes", '<w:footnote w:id="2">' + p("Not at weekends.") + "</w:footnote>")
    body = p(
        "See ", link, " or ", r("ask", "<w:b/>"), r(" now", "<w:i/>"), '<w:r><w:footnoteReference w:id="2"/></w:r>'
    ) + p("Beside", box(p("In the box")))
    body += p("Staff may ", r("not", "<w:vanish/>"), "ask.") + p("one\ntwo\tthree") + p(r("Whole", "<w:b/>"))
    document = opened(
        word_file(body, parts={"https://example.org/a": ("hyperlink", ""), "footnotes.xml": ("footnotes", notes)}),
        tmp_path,
    )
    assert in_full(document) == [
        "See [our site](https://example.org/a) or **ask** now¹", "Beside", "In the box", "Staff may ask.", "one\ntwo three", "Whole", "Not at weekends.",
    ]  # fmt: skip
    assert document.hidden == ("hidden text: not",)
    assert [(block.note, block.place.line) for block in document.blocks if block.kind == "note"] == [("¹", 1)]


def test_tracked_changes_are_taken_as_accepted_and_listed_and_comments_come_with_their_words(tmp_path: Path) -> None:
    body = p("Staff ", tracked("del", r("may", tag="delText")), tracked("ins", r("must"), identity=2), " ask.")
    body += p(
        "Who ",
        '<w:commentRangeStart w:id="0"/>',
        r("asks"),
        '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>',
    )
    words = part(
        "comments",
        '<w:comment w:id="0" w:author="Rep" w:date="2026-03-01T09:00:00Z" w:initials="R">' + p("All?") + "</w:comment>",
    )
    document = opened(word_file(body, parts={"comments.xml": ("comments", words)}), tmp_path)
    assert in_full(document) == ["Staff must ask.", "Who asks"]
    assert sorted((one.kind, one.text, one.author, one.place.line) for one in document.changes) == [
        ("inserted", "must", "Ada Marsh", 1), ("removed", "may", "Ada Marsh", 1),
    ]  # fmt: skip
    assert [(one.text, one.author, one.about, one.place.line) for one in document.comments] == [
        ("All?", "Rep", "asks", 2)
    ]


def test_a_table_keeps_its_cells_and_what_they_span(tmp_path: Path) -> None:
    grid = '<w:tbl><w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/></w:tblGrid>'
    both = "<w:tr>" + tc(p("Both"), properties='<w:tcW w:w="4000" w:type="dxa"/><w:gridSpan w:val="2"/>') + "</w:tr>"
    rows = ruled(("one", "two"), ("three", "four"), width=2000).replace("<w:tbl>", grid + both)
    (found,) = opened(word_file(rows), tmp_path).blocks
    assert [[(cell.text, cell.columns) for cell in row] for row in found.rows] == [
        [("Both", 2)],
        [("one", 1), ("two", 1)],
        [("three", 1), ("four", 1)],
    ]


def test_a_list_of_contents_is_furniture(tmp_path: Path) -> None:
    control = '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>'
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        + r(' TOC \\o "1-3" ', tag="instrText")
        + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    inside = p(begin, r("Scope\t2"), style="TOC1") + p(
        r("Duties\t3"), '<w:r><w:fldChar w:fldCharType="end"/></w:r>', style="TOC1"
    )
    document = opened(
        word_file(control + inside + "</w:sdtContent></w:sdt>" + p("Scope", style="berschrift1")), tmp_path
    )
    assert [(block.kind, block.text, block.reason) for block in document.blocks] == [
        ("furniture", "Scope 2", "the list of contents"), ("furniture", "Duties 3", "the list of contents"), ("heading", "Scope", ""),
    ]  # fmt: skip


def test_a_locked_file_is_told(tmp_path: Path) -> None:
    manifest = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    (tmp_path / "locked.odt").write_bytes(
        packed(
            {
                "mimetype": "application/vnd.oasis.opendocument.text",
                "content.xml": "<x/>",
                "META-INF/manifest.xml": manifest,
            }
        )
    )
    with pytest.raises(UnreadableError, match="locked with a password"):
        read_document(tmp_path / "locked.odt")
