"""markdown-it, and only here: Markdown files by CommonMark with tables and footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from clausebook.edit.importers.blocks import Block, BlockKind, Cell, Document, Place
from clausebook.edit.importers.marks import split_mark
from clausebook.edit.importers.readers.file_kinds import decode
from clausebook.edit.importers.readers.html import Reader as HtmlReader
from clausebook.edit.importers.readers.markup import parse_html
from clausebook.edit.importers.readers.words import Span, note_mark, plain
from clausebook.edit.importers.readers.writing import INDENT, BlockWriter

FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
TITLE = re.compile(r"(?m)^title:[ \t]*[\"']?(.+?)[\"']?[ \t]*$")
NOTE = re.compile(r"(?m)^\[\^([^\]\n]+)\]:[ \t]+(.+(?:\n(?:[ ]{2,}|\t)\S.*)*)")
REFERENCE = re.compile(r"\[\^([^\]\n]+)\]")
TICK = re.compile(r"\A\[([ xX])\]\s+")
FRONT_MATTER = "what the file says of itself before its text"
COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def read(data: bytes) -> Document:
    """The document in a Markdown file."""
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    writer, front = BlockWriter(), FRONT.match(text)
    found: list[Block] = []
    title = None
    if front:
        named = TITLE.search(front[1])
        title = named[1] if named else None
        for line, words in enumerate(front[1].split("\n"), 2):
            found += writer.write("furniture", line, [Span(words)], reason=FRONT_MATTER)
        text = "\n" * front[0].count("\n") + text[front.end() :]
    notes = [(text.count("\n", 0, one.start()) + 1, one[1], one[2]) for one in NOTE.finditer(text)]
    text = NOTE.sub(lambda one: "\n" * one[0].count("\n"), text)
    reader = _Reader(writer)
    found += reader.read(text)
    for line, name, words in notes:
        inside = reader.read(" ".join(words.split()))
        found += [
            replace(block, kind="note", place=Place(line), text=block.in_full, mark="", note=note_mark(name))
            for block in inside
        ]
    return writer.document("markdown", found, title)


@dataclass
class _List:
    marks: list[str]
    """Of each item; empty for bullets."""
    bullet: str = ""
    item: int = -1


@dataclass
class _Reader:
    writer: BlockWriter
    lists: list[_List] = field(default_factory=list)
    first: bool = False
    """Whether the next paragraph is the first of an item."""
    quotes: int = 0

    def read(self, text: str) -> list[Block]:
        # Indented text is no program here: it is how lists are written by hand.
        tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).disable("code").parse(text)
        return list(self._walk(tokens))

    def _walk(self, tokens: Sequence[Token]) -> Iterator[Block]:
        place = 0
        while place < len(tokens):
            token = tokens[place]
            line = (token.map[0] if token.map else 0) + 1
            if token.type == "table_open":
                end = next(at for at in range(place, len(tokens)) if tokens[at].type == "table_close")
                yield Block("table", Place(line), rows=tuple(self._rows(tokens[place:end])))
                place = end
            elif token.type in ("bullet_list_open", "ordered_list_open"):
                self.lists.append(_list(tokens[place:], token))
            elif token.type in ("bullet_list_close", "ordered_list_close"):
                self.lists.pop()
            elif token.type == "list_item_open":
                self.lists[-1].item += 1
                self.first = True
            elif token.type in ("blockquote_open", "blockquote_close"):
                self.quotes += 1 if token.nesting > 0 else -1
            elif token.type == "inline":
                before = tokens[place - 1]
                yield from self._paragraph(token, int(before.tag[1]) if before.type == "heading_open" else None, line)
            elif token.type in ("fence", "code_block"):
                yield from self.writer.write("paragraph", line, [Span(token.content.rstrip("\n"))], indent=self._indent)
            elif token.type == "html_block":
                yield from self._html(token.content, line)
            place += 1

    @property
    def _indent(self) -> float:
        return float(INDENT * (len(self.lists) + self.quotes))

    def _paragraph(self, token: Token, level: int | None, line: int) -> Iterator[Block]:
        children = token.children or []
        is_first, self.first = self.first, False
        own = self.lists[-1] if self.lists and is_first and level is None else None
        for place, (offset, lines) in enumerate(_parted(children)):
            spans, doubts = self._spans(lines)
            is_item = own is not None and place == 0
            mark = ""
            if own and is_item:
                spans = _ticked(spans)
                mark = own.marks[own.item] if own.marks else _unless_typed(own.bullet, spans)
            kind: BlockKind = "heading" if level else "item" if is_item else "paragraph"
            depth = level or (len(self.lists) - 1 if is_item else None)
            indent = self._indent - (INDENT if is_item else 0)
            yield from self.writer.write(
                kind, line + offset, spans, mark=mark, level=depth, indent=indent, doubts=tuple(doubts)
            )
        for image in (one for one in children if one.type == "image"):
            yield from self.writer.picture(line, str(image.attrs.get("src", "")), image.content)

    def _spans(self, children: Sequence[Token]) -> tuple[list[Span], list[str]]:
        spans: list[Span] = []
        doubts: list[str] = []
        bold = italic = struck = 0
        link: str | None = None
        for one in children:
            if one.type in ("strong_open", "strong_close"):
                bold += one.nesting
            elif one.type in ("em_open", "em_close"):
                italic += one.nesting
            elif one.type in ("s_open", "s_close"):
                struck += one.nesting
            elif one.type == "link_open":
                link = str(one.attrs.get("href", ""))
            elif one.type == "link_close":
                link = None
            elif one.type in ("softbreak", "hardbreak"):
                spans.append(Span(" " if one.type == "softbreak" else "\n", bool(bold), bool(italic), link))
            elif one.type == "html_inline":
                spans += [Span("\n")] if BREAK.fullmatch(one.content) else []
                self._tell_comment(one.content)
            elif one.type in ("text", "code_inline", "text_special"):
                doubts += [f"these words are struck through: {one.content}"] if struck and one.content.strip() else []
                words = REFERENCE.sub(lambda found: note_mark(found[1]), one.content)
                spans.append(Span(words, bool(bold), bool(italic), link))
        return spans, doubts

    def _tell_comment(self, text: str) -> None:
        self.writer.hidden += [
            f"a comment of the file: {found.strip()}" for found in COMMENT.findall(text) if found.strip()
        ]

    def _html(self, text: str, line: int) -> Iterator[Block]:
        self._tell_comment(text)
        root = parse_html(COMMENT.sub("", text))
        if root is not None:
            yield from HtmlReader(self.writer, line).read(root)

    def _rows(self, tokens: Sequence[Token]) -> Iterator[tuple[Cell, ...]]:
        row: list[Cell] = []
        for token in tokens:
            if token.type == "tr_open":
                row = []
            elif token.type == "inline":
                row.append(Cell(tuple(self._paragraph(token, None, (token.map[0] if token.map else 0) + 1))))
            elif token.type == "tr_close":
                yield tuple(row)


def _list(tokens: Sequence[Token], token: Token) -> _List:
    """The marks of a list's items: the numbers as written where each is greater than the one before it, as a page shows them else."""
    if token.type == "bullet_list_open":
        return _List([], "•")
    end = next(
        (place for place, one in enumerate(tokens) if one.type == "ordered_list_close" and one.level == token.level),
        len(tokens),
    )
    written = [int(one.info) for one in tokens[:end] if one.type == "list_item_open" and one.level == token.level + 1]
    rises = all(a < b for a, b in pairwise(written))
    numbers = written if rises else [written[0] + place for place in range(len(written))]
    return _List([f"{number}{token.markup}" for number in numbers])


def _parted(children: Sequence[Token]) -> Iterator[tuple[int, list[Token]]]:
    """A paragraph, or several where its lines are numbered by hand one by one; each with how many lines it begins below the first."""
    lines: list[list[Token]] = [[]]
    for one in children:
        if one.type == "softbreak":
            lines.append([])
        else:
            lines[-1].append(one)
    marked = [place for place, line in enumerate(lines) if split_mark("".join(one.content for one in line)).mark]
    begins = sorted({0, *marked}) if len(marked) > 1 else [0]
    for begin, end in zip(begins, [*begins[1:], len(lines)], strict=True):
        joined: list[Token] = []
        for line in lines[begin:end]:
            joined += [*([Token("softbreak", "br", 0)] if joined else []), *line]
        yield begin, joined


def _unless_typed(bullet: str, spans: Sequence[Span]) -> str:
    """No bullet before a number that is written by hand behind it."""
    typed = split_mark(plain(spans))
    return "" if typed.mark and not typed.is_bullet else bullet


def _ticked(spans: list[Span]) -> list[Span]:
    """A box to tick, as Markdown of some programs writes it."""
    found = TICK.match(spans[0].text) if spans else None
    if not found:
        return spans
    return [replace(spans[0], text=("☐ " if found[1] == " " else "☒ ") + spans[0].text[found.end() :]), *spans[1:]]
