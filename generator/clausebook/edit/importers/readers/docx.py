"""Word files: text, tables, notes, page heads and feet, what is tracked and commented."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from clausebook.edit.importers.blocks import Block, Document, Place
from clausebook.edit.importers.readers.docx_blocks import Findings, Source, StoryReader
from clausebook.edit.importers.readers.docx_changes import read_changes, read_comments
from clausebook.edit.importers.readers.docx_notes import Notes, read_notes
from clausebook.edit.importers.readers.docx_numbers import read_numbering
from clausebook.edit.importers.readers.docx_package import MC, R, W, WordPackage, open_word, switch
from clausebook.edit.importers.readers.docx_styles import read_styles
from clausebook.edit.importers.readers.markup import damaged
from clausebook.edit.importers.readers.packages import open_package
from clausebook.edit.importers.readers.words import is_right_to_left, told

MACROS = "The file holds macros. None was run, and none is in the draft."
OUTSIDE = "The file names something outside it ({}). Nothing was fetched."
SIDES = {"header": "the head", "footer": "the foot"}
PAGES = {"default": "each page", "first": "the first page", "even": "each even page"}


def read(data: bytes, *, accepted: bool = True) -> Document:
    """The document in a .docx or .docm file. Tracked changes are taken as accepted, or all as refused."""
    word = open_word(open_package(data))
    try:
        return _read(word, accepted=accepted)
    except RecursionError as error:
        raise damaged() from error


def _read(word: WordPackage, *, accepted: bool) -> Document:
    document = word.package.xml(word.main)
    body = document.find(f"{W}body")
    if body is None:
        raise damaged()
    styles, findings = read_styles(word.xml("styles")), Findings()
    notes = read_notes(word, document, accepted=accepted)
    numbering = read_numbering(word.xml("numbering"), styles)
    source = Source(word, styles, numbering, notes.marks, accepted, findings)
    lines = {paragraph: line for line, paragraph in enumerate(_paragraphs(document), 1)}
    heads = list(_page_furniture(source, body, "header", 1))
    blocks = StoryReader(source, word.main, lines).read(body)
    feet = list(_page_furniture(source, body, "footer", max(1, len(lines))))
    blocks = [*heads, *blocks, *_note_blocks(source, notes, lines), *feet]
    return Document(
        "docx", tuple(blocks), word.title(), read_changes(document, lines),
        read_comments(document, word.xml("comments"), lines), (*findings.hidden, *told(findings.unseen)),
        tuple(dict.fromkeys((*_warnings(word), *findings.warnings))), is_right_to_left(block.text for block in blocks),
    )  # fmt: skip


def _paragraphs(document: Any) -> Iterator[Any]:
    return (one for one in document.iter(f"{W}p") if next(one.iterancestors(f"{MC}Fallback"), None) is None)


def _note_blocks(source: Source, notes: Notes, lines: dict[Any, int]) -> Iterator[Block]:
    for note in notes.by_key.values():
        around = next((one for one in note.reference.iterancestors(f"{W}p") if one in lines), None)
        place = Place(lines.get(around, 1))
        for block in StoryReader(source, note.part, {}).read(note.element):
            text = block.in_full if block.mark_is == "typed" else block.text
            yield replace(
                block, kind="note", place=place, text=text.removeprefix(note.mark).strip(), mark="", note=note.mark
            )


def _page_furniture(source: Source, body: Any, side: str, line: int) -> Iterator[Block]:
    """What stands at the head or the foot of the pages; the same words in several sections are told once, and the same picture."""
    seen: set[tuple[str, str]] = set()
    for page, part in _page_parts(source.word, body, side):
        for block in StoryReader(source, part, {}).read(source.word.package.xml(part)):
            for one in block.walk():
                key = (page, one.in_full) if one.in_full else ("", one.picture.file if one.picture else "")
                if key[1] and key not in seen:
                    seen.add(key)
                    yield replace(
                        one,
                        kind="furniture",
                        place=Place(line),
                        reason=f"{SIDES[side]} of {PAGES[page]}",
                        anchors=(),
                        level=None,
                        rows=(),
                    )


def _page_parts(word: WordPackage, body: Any, side: str) -> Iterator[tuple[str, str]]:
    relationships, found = word.relationships(word.main), dict[tuple[str, str], None]()
    even = bool(switch(word.xml("settings"), "evenAndOddHeaders"))
    for section in body.iter(f"{W}sectPr"):
        for reference in section.iterfind(f"{W}{side}Reference"):
            page = reference.get(f"{W}type", "default")
            target = relationships.get(reference.get(f"{R}id", ""))
            shown = {"default": True, "first": bool(switch(section, "titlePg")), "even": even}.get(page, False)
            if shown and target and not target.is_outside and target.target in word.package:
                found[page, target.target] = None
    return iter(found)


def _warnings(word: WordPackage) -> Iterator[str]:
    if word.has_macros:
        yield MACROS
    yield from (OUTSIDE.format(target) for target in word.outside())
