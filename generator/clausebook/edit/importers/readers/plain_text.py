"""Plain text: its lines as paragraphs, by blank lines, by marks, and by whether the next word would still have fitted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clausebook.edit.importers.blocks import Block, Document
from clausebook.edit.importers.marks import split_mark
from clausebook.edit.importers.readers.file_kinds import decode
from clausebook.edit.importers.readers.words import Span
from clausebook.edit.importers.readers.writing import BlockWriter

DRAWN = re.compile(r"[=\-_*~#.]{3,}")
HEADINGS = {"=": 1, "-": 2, "~": 3}
DRAWN_LINE = "a line that is drawn with signs"
LONG = 120
"""A longer line was not broken by hand: then each line is a paragraph."""
TAB = 4
LETTER = 6
"""In points: about what a letter of a typewriter takes."""
SLACK = 4


@dataclass(frozen=True)
class _Line:
    number: int
    indent: int
    text: str


def read(data: bytes) -> Document:
    """The document in a file of plain text."""
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")
    lines = [_line(number, line) for number, line in enumerate(text.split("\n"), 1)]
    width = max((line.indent + len(line.text) for line in lines), default=0)
    writer = BlockWriter()
    blocks: list[Block] = []
    for paragraph in _paragraphs(lines, width):
        blocks += _written(writer, paragraph)
    return writer.document("text", blocks)


def _line(number: int, line: str) -> _Line:
    line = line.expandtabs(TAB) if line[:1] in (" ", "\t") else line
    return _Line(number, len(line) - len(line.lstrip()), line.strip())


def _paragraphs(lines: Sequence[_Line], width: int) -> Iterator[list[_Line]]:
    found: list[_Line] = []
    for line in lines:
        if found and not (line.text and _goes_on(found, line, width)):
            yield found
            found = []
        if line.text:
            found.append(line)
    if found:
        yield found


def _goes_on(found: Sequence[_Line], line: _Line, width: int) -> bool:
    last = found[-1]
    if DRAWN.fullmatch(line.text) or DRAWN.fullmatch(last.text):
        return _is_underlined(found, line)
    first_word = len(line.text.split(maxsplit=1)[0])
    fitted = last.indent + len(last.text) + 1 + first_word <= width - SLACK
    if width > LONG or fitted or split_mark(line.text).mark:
        return False
    return line.indent == last.indent or len(found) == 1


def _is_underlined(found: Sequence[_Line], line: _Line) -> bool:
    """Whether signs are drawn below one line of words, as long as it is."""
    return (
        len(found) == 1
        and not DRAWN.fullmatch(found[0].text)
        and line.text[0] in HEADINGS
        and abs(len(line.text) - len(found[0].text)) <= SLACK
    )


def _written(writer: BlockWriter, paragraph: Sequence[_Line]) -> Iterator[Block]:
    first, last = paragraph[0], paragraph[-1]
    if DRAWN.fullmatch(first.text):
        yield from writer.write("furniture", first.number, [Span(first.text)], reason=DRAWN_LINE)
        return
    is_heading = len(paragraph) > 1 and DRAWN.fullmatch(last.text) is not None
    words = " ".join(line.text for line in (paragraph[:-1] if is_heading else paragraph))
    level = HEADINGS[last.text[0]] if is_heading else None
    yield from writer.write(
        "heading" if is_heading else "paragraph", first.number, [Span(words)], level=level, indent=first.indent * LETTER
    )
    if is_heading:
        yield from writer.write("furniture", last.number, [Span(last.text)], reason=DRAWN_LINE)
