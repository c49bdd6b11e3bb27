"""PyYAML's events into a Document: every scalar is the text as written, and what YAML hides is a problem."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path as FilePath
from typing import Any

import yaml

from clausebook.load.document import Document, Path, Spot
from clausebook.load.kept import KeptDocuments
from clausebook.load.lookalikes import Lookalike, find_at_an_end, find_in_name, find_merge_marks, is_in_curly_quotes
from clausebook.load.syntax import syntax_problem
from clausebook.model.problems import Place, Problem, shown

MAX_BYTES = 2_000_000
MAX_DEPTH = 20
MAX_VALUES = 20_000  # seven times the largest that we know of
EMPTY = ("", "~", "null")
COMMENT = re.compile(r"\s*(#.*)")


class _StopError(Exception):
    """Nothing after this can be trusted; the problem is already noted."""


def read_document(
    path: FilePath, name: str, kept: KeptDocuments | None = None
) -> tuple[Document | None, list[Problem]]:
    """The file at `path` as a Document that calls itself `name`, with what is wrong in its YAML. It may be known from an earlier run.

    Duplicate keys, aliases, tags and deep nesting are problems; the rest of the file is still read where it can be.
    Returns no Document where the file cannot be read or is not YAML.
    """
    raw, problem = _read_raw(path, name)
    if problem:
        return None, [problem]
    if kept and (known := kept.find(raw)):
        return Document(name, raw, find_spots=partial(_find_spots, name, raw), **known), []
    document, problems = parse_document(name, raw)
    if kept and document and not problems:
        kept.keep(document)
    return document, problems


def parse_document(name: str, raw: bytes) -> tuple[Document | None, list[Problem]]:
    """As `read_document`, of bytes that are UTF-8."""
    builder = _Builder(name, raw)
    if marks := list(_merge_marks(builder.blank)):
        return None, marks
    try:
        value = builder.build()
    except _StopError:
        return None, builder.problems
    except yaml.YAMLError as error:
        told = (
            []
            if builder.problems and builder.problems[-1].code == "P008"
            else [syntax_problem(builder.blank, raw.decode("utf-8-sig"), error)]
        )
        return None, [*builder.problems, *told]
    if not isinstance(value, dict):
        problem = builder.blank.problem_at(
            Place(name), "P007", "this file holds no fields", "a file of a handbook is a list of `field: value` lines",
            "start it with the fields that trusts/README.md shows",
        )  # fmt: skip
        return None, [*builder.problems, problem]
    return builder.document(value), builder.problems


def _merge_marks(document: Document) -> Iterator[Problem]:
    for number in find_merge_marks(document.lines):
        mark = document.lines[number].split(" ")[0]
        yield document.problem_at(
            Place(document.file, number + 1, 1, len(mark)), "P008", f"`{mark}` is a mark of a merge that no one finished",
            "version control leaves both wordings in the file for someone to choose", "keep the lines that are right, and take the marks out",
        )  # fmt: skip


def _read_raw(path: FilePath, name: str) -> tuple[bytes, Problem | None]:
    def unreadable(what: str, why: str, fix: str, line: int = 1) -> tuple[bytes, Problem]:
        return b"", Problem(Place(name, line), "P001", what, why, fix)

    try:
        if not path.is_file():
            return unreadable("this is not an ordinary file", "every file of a handbook is needed",
                              "put the file itself here, and nothing else by this name")  # fmt: skip
        raw = path.read_bytes() if path.stat().st_size <= MAX_BYTES else None
    except OSError as error:
        return unreadable(f"this file cannot be read: {error.strerror}", "every file of a handbook is needed",
                          "check that it is an ordinary file that you may open")  # fmt: skip
    if raw is None:
        return unreadable(f"this file is larger than {MAX_BYTES // 1_000_000} MB", "a revision is a text of some pages",
                          "take out whatever is not the policy's text")  # fmt: skip
    try:
        raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return unreadable("from here on this is not UTF-8 text", "Clausebook reads UTF-8, which keeps every letter",
                          "in your editor choose “Save with encoding” and UTF-8", line)  # fmt: skip
    return raw, None


def _find_spots(name: str, raw: bytes) -> dict[Path, Spot]:
    """Where each value of a text stands that was read before."""
    builder = _Builder(name, raw)
    builder.build()
    return builder.spots


class _Builder:
    """Walks the events once and keeps, for every value, where it stood."""

    def __init__(self, name: str, raw: bytes) -> None:
        self.problems: list[Problem] = []
        self.spots: dict[Path, Spot] = {}
        self.blank = Document(name, raw, None, dict)
        self._name = name
        self._lines = self.blank.lines
        self._broken: set[Path] = set()
        self._count = 0
        self._misread: list[Path] = []
        self._cut_off: dict[Path, str] = {}
        self._events: Iterator[yaml.Event] = iter(yaml.parse(raw.decode("utf-8-sig"), Loader=yaml.CSafeLoader))

    def build(self) -> Any:
        """The value of the file's one document; raises yaml.YAMLError or _StopError."""
        value: Any = None
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._note(event, "P007", "a second document starts here", "a file holds one revision, one trust or one list",
                               "take the `---` line out, or move what follows it to a file of its own")  # fmt: skip
                    raise _StopError
                value = self._value(next(self._events), (), None)
        return value

    def document(self, value: Any) -> Document:
        """What was built."""
        return replace(
            self.blank, value=value, find_spots=partial(_find_spots, self._name, self.blank.raw),
            broken=frozenset(self._broken), misread=tuple(self._misread), cut_off=self._cut_off,
        )  # fmt: skip

    def _value(self, event: yaml.Event, path: Path, key: Place | None) -> Any:
        place = self._place(event)
        if len(path) > MAX_DEPTH:
            self._note(event, "P006", f"this is nested more than {MAX_DEPTH} levels deep", "no record of a handbook is that deep",
                       "check the brackets and the indentation above this line")  # fmt: skip
            raise _StopError
        self._count += 1
        if self._count > MAX_VALUES:
            self._note(event, "P006", f"more than {MAX_VALUES:,} values stand in this file, and here is the next", "a revision is a text of some pages",
                       "take out whatever is not the policy's text, or what was pasted many times")  # fmt: skip
            raise _StopError
        self.spots[path] = Spot(place, key or place, _last_line(event))
        if isinstance(event, yaml.AliasEvent):
            self._note(event, "P004", f"`*{event.anchor}` repeats another place of the file",
                       "a reader of this line must see what it says", "write the text out here")  # fmt: skip
            self._broken.add(path)
            return "?"
        assert isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent)
        self._refuse_hidden(event)
        if isinstance(event, yaml.ScalarEvent):
            if _is_plain(event) and not self._is_lookalike(event, path):
                self._look_at_plain(event, path)
                if event.value in EMPTY:
                    return None
            return event.value if event.value.strip() else ""
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return self._mapping(path)

    def _look_at_plain(self, event: yaml.ScalarEvent, path: Path) -> None:
        if _kind_of(event.value):
            self._misread.append(path)
        if comment := self._comment(event):
            self._cut_off[path] = comment

    def _is_lookalike(self, event: yaml.ScalarEvent, path: Path) -> bool:
        """Whether a value without quotes begins or ends with a sign that YAML takes for a letter, or stands in curly quotes."""
        value = str(event.value)
        if found := find_at_an_end(value):
            self._note_sign(event, found, "next to this value", "type a plain space there, or none")
        elif is_in_curly_quotes(value):
            self._note(event, "P009", f"`{shown(value)}` is in curly quotes", "YAML knows only straight quotes, so these would be printed with the words",
                       f'write "{shown(value[1:-1])}" in straight quotes; where they belong to the text, put straight ones around them')  # fmt: skip
        else:
            return False
        self._broken.add(path)
        return True

    def _note_sign(self, event: yaml.Event, found: Lookalike, where: str, fix: str) -> None:
        place = self._place(event)
        self._note_at(replace(place, column=place.column + found.at, length=1), found, where, fix)

    def _note_at(self, place: Place, found: Lookalike, where: str, fix: str) -> None:
        self.problems.append(self.blank.problem_at(
            place, "P008", f"{found.what} stands {where}", "it looks like a space or like nothing, and YAML reads it as a letter", fix,
        ))  # fmt: skip

    def _comment(self, event: yaml.Event) -> str:
        """What a `#` cuts off at the end of an unquoted value."""
        line = self._lines[event.end_mark.line] if event.end_mark and event.end_mark.line < len(self._lines) else ""
        found = COMMENT.match(line, event.end_mark.column) if event.end_mark else None
        return found[1] if found else ""

    def _refuse_hidden(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor:
            self._note(event, "P004", f"`&{event.anchor}` names this place to repeat it elsewhere",
                       "text that is repeated by name is easily changed in one place too many", "take the `&…` out")  # fmt: skip
        if event.tag:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._note(event, "P005", f"`{tag}` is a tag", "every value is plain text, a list or fields",
                       "take the `!…` out and put the value in quotes")  # fmt: skip

    def _sequence(self, path: Path) -> list[Any]:
        values: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            values.append(self._value(event, (*path, len(values)), None))
        return values

    def _mapping(self, path: Path) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._key(event)
            place = self._place(event)
            if key in values:
                self._note(event, "P003", f"`{key}` is given twice",
                           f"only one of them can count; the first is on line {self.spots[(*path, key)].key.line}",
                           "keep one of the two")  # fmt: skip
                self._value(next(self._events), (*path, key, "(again)"), place)
                continue
            values[key] = self._value(next(self._events), (*path, key), place)
        return values

    def _key(self, event: yaml.Event) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            self._note(event, "P002", "there is a list or fields where a field's name belongs",
                       "a field's name is one word", "write `field: value`, and quote text that starts with [ or {")  # fmt: skip
            raise _StopError
        self._refuse_hidden(event)
        name = str(event.value)
        if found := find_in_name(name):
            self._note_sign(event, found, "in the name of a field", "type the name again, with plain spaces before it")
            raise _StopError
        return name

    def _place(self, event: yaml.Event) -> Place:
        start, end = event.start_mark, event.end_mark
        assert start
        assert end
        line = self._lines[start.line] if start.line < len(self._lines) else ""
        length = (end.column if end.line == start.line else len(line.rstrip())) - start.column
        return Place(self._name, start.line + 1, start.column + 1, max(1, length))

    def _note(self, event: yaml.Event, code: str, what: str, why: str, fix: str) -> None:
        self.problems.append(self.blank.problem_at(self._place(event), code, what, why, fix))


def _last_line(event: yaml.Event) -> int:
    end = event.end_mark
    assert end
    return end.line + (end.column > 0)


def _is_plain(event: yaml.ScalarEvent) -> bool:
    return event.style not in ("'", '"', "|", ">")


def reads_as_other(value: str) -> str | None:
    """What a YAML 1.1 reader makes of `value` without quotes, in words; None where it stays text."""
    kind = _kind_of(value)
    if not kind:
        return None  # a date written in full stays the same text
    try:
        read = yaml.safe_load(value)
    except ValueError:  # digits without end, or none after 0x
        return "a number"
    return f"the word {str(read).lower()} (yes or no)" if kind == "bool" else f"the number {read}"


def _kind_of(value: str) -> str:
    found = _RESOLVER.resolve(yaml.ScalarNode, value, (True, False))  # type: ignore[no-untyped-call]
    kind = str(found).rsplit(":", 1)[-1]
    return kind if kind in ("int", "float", "bool") else ""


_RESOLVER = yaml.SafeLoader("")
