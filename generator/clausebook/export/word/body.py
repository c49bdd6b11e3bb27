"""Pieces as the body of a Word file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from clausebook.export.word.pieces import Contents, Grid, Paragraph, Picture, Piece, Row
from clausebook.export.word.runs import Assembly, runs_of
from clausebook.export.word.spans import Span, Tracked
from clausebook.export.word.xml import PIC, Element, make, text
from clausebook.model.word_identity import bookmark_of

WIDTH = 9070
"""Of the text on the page, in twentieths of a point: A4 with margins of 2.5 centimetres."""
CONTENTS = r' TOC \o "1-2" \n \h \z \u '
"""Headings of two levels as links; without page numbers, which only Word can know: it adds them when the list is updated."""


def make_document(pieces: Iterable[Piece], assembly: Assembly, sections: Iterable[tuple[str, str, str]]) -> Element:
    """The part document.xml; `sections` are the references to heads and feet: element, type and relationship."""
    body = make("w:body", *(element for piece in pieces for element in _elements(piece, assembly)))
    body.append(make(
        "w:sectPr", *(make(f"w:{name}", type=kind, r_id=rel) for name, kind, rel in sections),
        make("w:pgSz", w=11906, h=16838), make("w:pgMar", top=1418, right=1418, bottom=1418, left=1418, header=680, footer=680, gutter=0),
        make("w:titlePg"),
    ))  # fmt: skip
    return make("w:document", body)


def _elements(piece: Piece, assembly: Assembly) -> Iterator[Element]:
    if isinstance(piece, Paragraph):
        yield _paragraph(piece, assembly)
    elif isinstance(piece, Grid):
        yield _table(piece, assembly)
        yield _after_table()
    elif isinstance(piece, Picture):
        yield _picture(piece, assembly)
    else:
        yield _contents(piece)


def _paragraph(piece: Paragraph, assembly: Assembly) -> Element:
    about = make(
        "w:pPr", make("w:pStyle", val=piece.style),
        make("w:numPr", make("w:ilvl", val=piece.mark.level), make("w:numId", val=piece.mark.num)) if piece.mark else None,
        make("w:ind", left=piece.indent[0], hanging=piece.indent[1]) if piece.indent else None,
        _paragraph_mark(piece.tracked, assembly),
    )  # fmt: skip
    start = assembly.bookmark(piece.anchor) if piece.anchor else ()
    return make("w:p", about, *start, *runs_of(piece.spans, assembly))


def _paragraph_mark(tracked: Tracked | None, assembly: Assembly) -> Element | None:
    return make("w:rPr", assembly.tracked(tracked)) if tracked else None


def _table(grid: Grid, assembly: Assembly) -> Element:
    columns = max(len(row.cells) for row in grid.rows)
    room = WIDTH - grid.indent
    widths = [room * share // 100 for share in grid.widths] or [room // columns] * columns
    has_header = grid.rows[0].is_header
    about = make(
        "w:tblPr", make("w:tblStyle", val="PolicyTable"), make("w:tblW", w=sum(widths), type="dxa"), make("w:tblInd", w=grid.indent, type="dxa"),
        make("w:tblLayout", type="fixed"),
        make("w:tblLook", val="0420" if has_header else "0480", firstRow=int(has_header), lastRow=0, firstColumn=int(not has_header), lastColumn=0, noHBand=0, noVBand=1),
        make("w:tblCaption", val=grid.about) if grid.about else None,
    )  # fmt: skip
    anchor: str | None = grid.anchor
    table = make("w:tbl", about, make("w:tblGrid", *(make("w:gridCol", w=width) for width in widths)))
    for row in grid.rows:
        table.append(_row(row, widths, anchor, assembly))
        anchor = None
    return table


def _row(row: Row, widths: list[int], anchor: str | None, assembly: Assembly) -> Element:
    about = make(
        "w:trPr", make("w:cantSplit"), make("w:tblHeader") if row.is_header else None,
        assembly.tracked(row.tracked) if row.tracked else None,
    )  # fmt: skip
    found = make("w:tr", about)
    for place, cell in enumerate(row.cells):
        paragraphs = [_cell_paragraph(spans, row.tracked, anchor if not place else None, assembly) for spans in cell]
        found.append(make("w:tc", make("w:tcPr", make("w:tcW", w=widths[min(place, len(widths) - 1)], type="dxa")), *paragraphs))  # fmt: skip
    return found


def _cell_paragraph(spans: tuple[Span, ...], tracked: Tracked | None, anchor: str | None, assembly: Assembly) -> Element:  # fmt: skip
    about = make("w:pPr", make("w:pStyle", val="TableText"), _paragraph_mark(tracked, assembly))
    start = assembly.bookmark(anchor) if anchor else ()
    return make("w:p", about, *start, *runs_of(spans, assembly))


def _after_table() -> Element:
    """Room below a table, and what keeps two tables apart: Word makes one of neighbours."""
    return make("w:p", make("w:pPr", make("w:pStyle", val="TableText"), make("w:spacing", before=0, after=60, line=120, lineRule="exact")))  # fmt: skip


def _picture(piece: Picture, assembly: Assembly) -> Element:
    run = make("w:r", make("w:drawing", _inline(piece, assembly)))
    content = assembly.tracked(piece.tracked, run) if piece.tracked else run
    about = make("w:pPr", make("w:pStyle", val=piece.style), _paragraph_mark(piece.tracked, assembly))
    return make("w:p", about, content)


def _inline(piece: Picture, assembly: Assembly) -> Element:
    """A picture in the line of the text (ISO/IEC 29500-1, 20.4.2.8)."""
    drawing, number = piece.drawing, assembly.next_id()
    size = {"cx": drawing.width, "cy": drawing.height}
    shape = make(
        "pic:spPr", make("a:xfrm", make("a:off", x=0, y=0), make("a:ext", **size)),
        make("a:prstGeom", make("a:avLst"), prst="rect"),
    )  # fmt: skip
    fill = make("pic:blipFill", make("a:blip", r_embed=assembly.picture(drawing)), make("a:stretch", make("a:fillRect")))  # fmt: skip
    name = make("pic:nvPicPr", make("pic:cNvPr", id=number, name=drawing.name), make("pic:cNvPicPr"))
    data = make("a:graphicData", make("pic:pic", name, fill, shape), uri=PIC)
    return make(
        "wp:inline", make("wp:extent", **size), make("wp:docPr", id=number, name=f"Picture {number}", descr=piece.alternative),
        make("wp:cNvGraphicFramePr", make("a:graphicFrameLocks", noChangeAspect=1)), make("a:graphic", data),
        distT=0, distB=0, distL=0, distR=0,
    )  # fmt: skip


def _contents(piece: Contents) -> Element:
    """The list of the headings as Word makes it: a field, in the control that offers to update it."""
    paragraphs = [
        make("w:p", make("w:pPr", make("w:pStyle", val=f"TOC{level}")), _entry(name, words))
        for level, name, words in piece.entries
    ]
    if not paragraphs:
        return make("w:p")
    for at, element in enumerate((_field("begin"), make("w:r", _instruction(CONTENTS)), _field("separate")), 1):
        paragraphs[0].insert(at, element)
    paragraphs.append(make("w:p", _field("end")))
    gallery = make("w:docPartObj", make("w:docPartGallery", val="Table of Contents"), make("w:docPartUnique"))
    return make("w:sdt", make("w:sdtPr", gallery), make("w:sdtContent", *paragraphs))


def _entry(name: str, words: str) -> Element:
    number, tab, rest = words.partition("\t")
    runs = [make("w:r", text(number)), make("w:r", make("w:tab")), make("w:r", text(rest))] if tab else [make("w:r", text(words))]  # fmt: skip
    return make("w:hyperlink", *runs, anchor=bookmark_of(name), history=1)


def _field(kind: str) -> Element:
    return make("w:r", make("w:fldChar", fldCharType=kind))


def _instruction(words: str) -> Element:
    element = text(words)
    element.tag = element.tag.removesuffix("}t") + "}instrText"
    return element


def simple_field(words: str, shown: str) -> Element:
    """A field of a head or foot, such as PAGE, with what it shows until Word counts."""
    return make("w:fldSimple", make("w:r", text(shown)), instr=f" {words} ")
