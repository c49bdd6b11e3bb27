"""What a clause holds beside its sentences: a table, a figure, a form, a file, a footnote, and what goes on after its list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from clausebook.model.text import file_links
from clausebook.model.values import PolicyFileName, Record, Text

Cell = Annotated[
    str,
    BeforeValidator(lambda value: "" if value is None else value),
    StringConstraints(max_length=2000),
    Field(json_schema_extra={"type": ["string", "number", "boolean", "null"]}),
]
Way = tuple[str | int, ...]
FieldKind = Literal["text", "long-text", "date", "tick", "signature"]
KINDS: dict[FieldKind, str] = {
    "text": "to fill in",
    "long-text": "to fill in",
    "date": "date",
    "tick": "to tick",
    "signature": "to sign",
}
"""What is to be done with a field, where it is told in words."""


class Table(Record):
    """Rows under a row of headers."""

    caption: Text | None = Field(default=None, description="What the table is about.")
    header: tuple[Text, ...] = Field(min_length=1, description="The words above the columns say what each cell is.")
    rows: tuple[tuple[Cell, ...], ...] = Field(
        min_length=1, description="Each row as a list, with a cell for each column."
    )


class Figure(Record):
    """A picture."""

    file: PolicyFileName = Field(description="Its file in the folder files/ beside the revisions: PNG, JPEG or SVG.")
    alternative: Text = Field(description="Whoever cannot see the picture is told this instead: all that it says.")
    caption: Text | None = Field(default=None, description="The words below it.")


class FormField(Record):
    """Something to fill in."""

    label: Text = Field(description="It says what to fill in; a field without it cannot be understood, or read aloud.")
    kind: FieldKind = Field(default="text", description="text, long-text, date, tick or signature.")
    hint: Text | None = Field(default=None, description="How to fill it in.")


class Form(Record):
    """Fields to fill in, on paper or on the page."""

    title: Text = Field(description="What the form is called.")
    fields: tuple[FormField, ...] = Field(min_length=1, description="What it asks for, in order.")


class Attachment(Record):
    """A file to download."""

    file: PolicyFileName = Field(description="Its file in the folder files/ beside the revisions.")
    label: Text = Field(description="What it is, for whoever decides to open it.")


@dataclass(frozen=True)
class PolicyFile:
    """A file that a policy shows or offers."""

    name: str
    """Its path below the policy's folder files/, which is also its address there."""
    path: Path = field(repr=False)
    """Where it lies on this machine."""
    size: int
    sha256: str


@dataclass(frozen=True)
class Structures:
    """All that a clause holds beside its text and its items."""

    table: Table | None = None
    figure: Figure | None = None
    form: Form | None = None
    attachment: Attachment | None = None
    after: str | None = None
    note: str | None = None
    files: tuple[PolicyFile, ...] = ()
    """Those that the figure, the attachment or a link names."""

    def __bool__(self) -> bool:
        return self != NONE

    @property
    def canonical(self) -> dict[str, Any]:
        """What of them makes the clause the one that it is: all words, and what the files hold."""
        blocks = {name: getattr(self, name) for name in ("table", "figure", "form", "attachment")}
        said = {name: block.model_dump(mode="json", exclude_none=True) for name, block in blocks.items() if block}
        said |= {name: words for name, words in (("after", self.after), ("note", self.note)) if words}
        return said | ({"files": {file.name: file.sha256 for file in self.files}} if self.files else {})


NONE = Structures()


def texts_of(text: str | None, own: Structures) -> Iterator[tuple[Way, str]]:
    """Every run of words of a clause as it is written, each with the way to it from the clause."""
    found: list[tuple[Way, str | None]] = [(("text",), text), (("after",), own.after), (("note",), own.note)]
    if own.table:
        found.append((("table", "caption"), own.table.caption))
        found += [(("table", "header", i), cell) for i, cell in enumerate(own.table.header)]
        found += [(("table", "rows", i, j), cell) for i, row in enumerate(own.table.rows) for j, cell in enumerate(row)]
    if own.figure:
        found += [(("figure", "alternative"), own.figure.alternative), (("figure", "caption"), own.figure.caption)]
    if own.form:
        found.append((("form", "title"), own.form.title))
        for i, field in enumerate(own.form.fields):
            found += [(("form", "fields", i, "label"), field.label), (("form", "fields", i, "hint"), field.hint)]
    if own.attachment:
        found.append((("attachment", "label"), own.attachment.label))
    return ((way, words) for way, words in found if words)


def files_named(text: str | None, own: Structures) -> tuple[str, ...]:
    """The files of the policy that a clause names, each once."""
    named = [block.file for block in (own.figure, own.attachment) if block]
    return tuple(dict.fromkeys((*named, *(name for _, words in texts_of(text, own) for name in file_links(words)))))


def blocks_in_words(own: Structures) -> tuple[str, ...]:
    """Table, figure, form and file, each as a run of words: for redlines, spreadsheets, plain text."""
    told: list[str] = []
    if own.table:
        told += [f"{own.table.caption}."] if own.table.caption else []
        told += [_row_in_words(own.table.header, row) for row in own.table.rows]
    if own.figure:
        caption = f"{own.figure.caption}. " if own.figure.caption else ""
        told.append(f"Figure: {caption}{own.figure.alternative}")
    if own.form:
        told.append(f"Form: {own.form.title}. {'; '.join(map(_field_in_words, own.form.fields))}.")
    if own.attachment:
        told.append(f"File: {own.attachment.label} ({own.attachment.file}).")
    return tuple(told)


def _field_in_words(field: FormField) -> str:
    hint = f": {field.hint}" if field.hint else ""
    return f"{field.label} ({KINDS[field.kind]}{hint})"


def _row_in_words(header: tuple[str, ...], row: tuple[str, ...]) -> str:
    """Each cell after the words above its column: read alone, a cell says nothing."""
    return f"{'; '.join(f'{above}: {cell}' for above, cell in zip(header, row, strict=False) if cell)}."


def words_around_items(own: Structures, *, has_items: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What stands between a clause's text and its items, and what after them, in words: a list follows its lead-in at once."""
    blocks = blocks_in_words(own)
    after = (own.after,) if own.after else ()
    note = (f"Footnote: {own.note}",) if own.note else ()
    return ((), (*after, *blocks, *note)) if has_items else (blocks, (*after, *note))


def all_in_words(own: Structures) -> tuple[str, ...]:
    """All that stands beside the text of a clause, in words."""
    before, after = words_around_items(own, has_items=False)
    return (*before, *after)
