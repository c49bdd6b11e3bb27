"""pdfplumber, and only here: what stands on each page of a PDF, as words with their places, tables, pictures and comments."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfparser import PDFSyntaxError
from pdfplumber.utils.exceptions import PdfminerException

from clausebook.edit.importers.blocks import Picture, UnreadableError
from clausebook.edit.importers.readers.packages import locked
from clausebook.edit.importers.readers.pdf_records import Grid, GridCell, Page, Pdf, Said, Shown, Word

Box = tuple[float, float, float, float]
for _name in ("pdfminer", "pdfplumber"):
    logging.getLogger(_name).setLevel(
        logging.CRITICAL
    )  # they tell HR's terminal of each small fault that they got over
TIGHT = 0.15
"""Of a letter's size: a wider space parts two words. The library's own measure, in points, glues words of some programs."""
BOLD = re.compile(r"bold|black|heavy|demi|\bbd\b|[-,]bd", re.IGNORECASE)
ITALIC = re.compile(r"italic|oblique|[-,]it\b", re.IGNORECASE)
HEADING = re.compile(r"H[1-6]")
LEAST_PICTURE = 20
"""In points: what is smaller is a bullet or a line."""
RESOLUTION, POINTS = 150, 72
NEARLY_WHITE = 245
FILLS = 0.7
DOUBLED = 0.98
MOST_PAGES = 2_000
EDGE = 0.15
DRAWING = 12
"""As many curves make a drawing, such as a chart of who asks whom; a logo has them too."""
SAID = ("Text", "FreeText", "Highlight", "Underline", "StrikeOut", "Squiggly", "Caret")


def read_pages(data: bytes) -> Pdf:
    """Raises UnreadableError for a file that is locked or damaged."""
    try:
        with pdfplumber.open(io.BytesIO(data), unicode_norm="NFC") as pdf:
            _hold_to_limit(len(pdf.pages))
            title = pdf.metadata.get("Title")
            return Pdf(
                tuple(_page(page) for page in _each(pdf.pages)),
                title.strip() or None if isinstance(title, str) else None,
            )
    except UnreadableError:
        raise
    except Exception as error:  # a damaged PDF fails in any part of the library, with any exception
        raise _reason(error) from error


def _hold_to_limit(pages: int) -> None:
    if pages > MOST_PAGES:
        raise UnreadableError(f"the file has {pages:,} pages", f"no more than {MOST_PAGES:,} are read", "divide it")


def _each(pages: list[Any]) -> Iterator[Any]:
    for page in pages:
        yield page
        page.close()


def _reason(error: Exception) -> UnreadableError:
    inner = error.args[0] if isinstance(error, PdfminerException) and error.args else error
    if isinstance(inner, PDFPasswordIncorrect | PDFEncryptionError):
        return locked()
    why = "it is no whole PDF" if isinstance(inner, PDFSyntaxError) else "part of it does not hold together"
    return UnreadableError(
        "the PDF is damaged",
        why,
        "open it, print it to a new PDF or save it as Word, and bring that in; or ask for a new copy",
    )


def _page(page: Any) -> Page:
    if len({(char["text"], round(char["x0"]), round(char["top"])) for char in page.chars}) < DOUBLED * len(page.chars):
        page = page.dedupe_chars()  # some programs print bold letters twice; slow, so only where it looks like that
    turned = "".join(char["text"] for char in page.chars if not char["upright"])
    hidden = _hidden(page)
    seen = page.filter(lambda one: _is_seen(one, hidden)) if turned or hidden else page
    words = _words(seen, page)
    tables = [(table, _cells(table)) for table in page.find_tables()]
    tables = [(table, cells) for table, cells in tables if _is_table(cells, words)]
    inside = [table.bbox for table, _ in tables]
    pictures = list(_pictures(page))
    return Page(
        page.page_number, float(page.width), float(page.height),
        tuple(word for word in words if not any(_is_in(word, box) for box in inside)),
        tuple(_grid(table, cells, words) for table, cells in tables),
        tuple(picture for picture in pictures if picture), tuple(_said(page, words)), tuple(_filled(page)), turned.strip(),
        "".join(char["text"] for char in page.chars if _key(char) in hidden).strip(), _holds_drawing(page), pictures.count(None),
    )  # fmt: skip


def _holds_drawing(page: Any) -> bool:
    """A chart or a picture of lines; the logo at a page's head and bullets that are drawn are none."""
    upper, lower = page.bbox[1] + EDGE * float(page.height), page.bbox[3] - EDGE * float(page.height)
    large = (
        one
        for one in page.curves
        if one["top"] > upper
        and one["bottom"] < lower
        and one["x1"] - one["x0"] + one["bottom"] - one["top"] > LEAST_PICTURE
    )
    return sum(1 for _ in large) >= DRAWING


def _annotations(page: Any) -> list[Any]:
    """Comments, fields and links; where the file's tree of them runs in a circle, none."""
    with suppress(Exception):
        return list(page.annots)
    return []


def _is_seen(one: Any, hidden: set[tuple[float, float, str]]) -> bool:
    return one["object_type"] != "char" or (one["upright"] and _key(one) not in hidden)


def _key(char: Any) -> tuple[float, float, str]:
    return char["x0"], char["top"], char["text"]


def _hidden(page: Any) -> set[tuple[float, float, str]]:
    """Letters outside the page, and letters as white as the paper, where the page as it is drawn shows nothing."""
    left, upper, right, lower = page.bbox
    found = {
        _key(char)
        for char in page.chars
        if char["x1"] < left or char["x0"] > right or char["bottom"] < upper or char["top"] > lower
    }
    white = [char for char in page.chars if _is_white(char.get("non_stroking_color")) and _key(char) not in found]
    return found | {_key(char) for char in _unseen(page, white)}


def _unseen(page: Any, chars: list[Any]) -> list[Any]:
    """Those of the letters that are drawn on white; all of them count as seen where the page cannot be drawn."""
    if not chars:
        return []
    with suppress(Exception):
        drawn = page.to_image(resolution=POINTS).original.convert("L")
        x, y = page.bbox[:2]
        boxes = [(char["x0"] - x, char["top"] - y, char["x1"] - x + 1, char["bottom"] - y + 1) for char in chars]
        darkest = [drawn.crop(tuple(map(int, box))).getextrema()[0] for box in boxes]
        return [char for char, least in zip(chars, darkest, strict=True) if least > NEARLY_WHITE]
    return []


def _is_white(colour: Any) -> bool:
    parts = tuple(colour) if isinstance(colour, tuple | list) else (colour,)
    return parts in ((1,), (1, 1, 1), (1.0,), (0, 0, 0, 0))


def _covers(one: Any, char: Any) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(one["x0"] <= x <= one["x1"] and one["top"] <= y <= one["bottom"])


def _words(seen: Any, page: Any) -> list[Word]:
    links = [(link, link["uri"]) for link in _annotations(page) if link.get("uri")]
    headings = _headings(page)
    found = seen.extract_words(
        x_tolerance_ratio=TIGHT, y_tolerance=2, extra_attrs=["fontname", "size", "tag", "mcid"], keep_blank_chars=False
    )
    return [_word(word, links, headings.get(word["mcid"])) for word in found]


def _headings(page: Any) -> dict[int, str]:
    """The marked content of a tagged PDF that is a heading: its number, and `H1` to `H6`. The tree of a broken one tells nothing."""
    with suppress(Exception):  # it fails in many ways, and the words do not depend on it
        return dict(_in_headings(page.structure_tree, None))
    return {}


def _in_headings(tree: list[Any], heading: str | None) -> Iterator[tuple[int, str]]:
    for one in tree:
        own = one["type"] if HEADING.fullmatch(one["type"]) else heading
        if own:
            yield from ((number, own) for number in one.get("mcids", ()))
        yield from _in_headings(one.get("children", []), own)


def _word(word: Any, links: list[tuple[Any, str]], heading: str | None) -> Word:
    font = word["fontname"].rpartition("+")[2] if isinstance(word["fontname"], str) else ""
    link = next((address for box, address in links if _covers(box, word)), None)
    return Word(
        word["text"], word["x0"], word["x1"], word["top"], word["bottom"], round(float(word["size"]), 1),
        bool(BOLD.search(font)), bool(ITALIC.search(font)), link, heading or word["tag"],
    )  # fmt: skip


def _is_in(word: Word, box: Box) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _is_table(rows: list[list[Box]], words: list[Word]) -> bool:
    """Whether there are words beside each other, or rows of a form to fill in; a frame around a text has neither."""
    said = [[any(_is_in(word, cell) for word in words) for cell in row] for row in rows]
    return any(sum(row) > 1 for row in said) or sum(len(row) > 1 and row[0] for row in said) > 1


def _cells(table: Any) -> list[list[Box]]:
    return [[cell for cell in row.cells if cell] for row in table.rows if any(row.cells)]


def _grid(table: Any, rows: list[list[Any]], words: list[Word]) -> Grid:
    edges = sorted({round(edge, 0) for row in rows for cell in row for edge in (cell[0], cell[2])})
    own = [word for word in words if _is_in(word, table.bbox)]
    return Grid(
        table.bbox[0], table.bbox[2], table.bbox[1], table.bbox[3], tuple(edges),
        tuple(tuple(_grid_row(row, own, edges)) for row in rows),
    )  # fmt: skip


def _grid_row(row: list[Any], words: list[Word], edges: list[float]) -> Iterator[GridCell]:
    """A cell that goes on from the row above leaves a gap, which an empty cell fills."""
    at = edges[0]
    for cell in row:
        skipped = sum(at <= edge < round(cell[0], 0) for edge in edges)
        if skipped:
            yield GridCell((), skipped, cell[0])
        columns = sum(round(cell[0], 0) <= edge < round(cell[2], 0) for edge in edges)
        yield GridCell(tuple(word for word in words if _is_in(word, cell)), max(1, columns), cell[2])
        at = round(cell[2], 0)
    if left := sum(at <= edge < edges[-1] for edge in edges):
        yield GridCell((), left, edges[-1])


def _pictures(page: Any) -> Iterator[Shown | None]:
    """Each as it is shown: drawn from the page, because a PDF stores its pictures in ways of its own. None for one that cannot be drawn."""
    left, upper, right, lower = page.bbox
    for place, image in enumerate(page.images, 1):
        x0, x1 = max(left, image["x0"]), min(right, image["x1"])
        top, bottom = max(upper, image["top"]), min(lower, image["bottom"])
        if x1 - x0 < LEAST_PICTURE or bottom - top < LEAST_PICTURE:
            continue
        drawn = _drawn(page, (x0, top, x1, bottom))
        fills = (x1 - x0) * (bottom - top) > FILLS * float(page.width) * float(page.height)
        name = f"page-{page.page_number}-{place}.png"
        yield Shown(x0, top, bottom, Picture(name, drawn), fills) if drawn else None


def _drawn(page: Any, box: Box) -> bytes:
    raw = io.BytesIO()
    with suppress(Exception):  # a picture that no library can draw must not cost the words beside it
        page.crop(box, strict=False).to_image(resolution=RESOLUTION).original.convert("RGB").save(raw, "PNG")
    return raw.getvalue()


def _said(page: Any, words: list[Word]) -> Iterator[Said]:
    for note in _annotations(page):
        kind = getattr(note["data"].get("Subtype"), "name", "")
        if kind in SAID and (note.get("contents") or "").strip():
            box = (note["x0"], note["top"], note["x1"], note["bottom"])
            about = "" if kind in ("Text", "FreeText") else " ".join(word.text for word in words if _is_in(word, box))
            yield Said(
                note["contents"].strip(), note.get("title") or None, _date(note["data"].get("M")), note["top"], about
            )


def _date(raw: Any) -> str | None:
    text = raw.decode("ascii", "replace") if isinstance(raw, bytes) else str(raw or "")
    found = re.match(r"D?:?(\d{4})(\d{2})(\d{2})", text)
    return f"{found[1]}-{found[2]}-{found[3]}" if found else None


def _filled(page: Any) -> Iterator[str]:
    for field in _annotations(page):
        value = field["data"].get("V")
        if getattr(field["data"].get("Subtype"), "name", "") == "Widget" and isinstance(value, bytes):
            text = value.decode("utf-16", "replace") if value.startswith(b"\xfe\xff") else value.decode("latin-1")
            if text.strip():
                yield text.strip()
