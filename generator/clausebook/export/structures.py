"""What stands with a clause, as published data: exactly what its fingerprint is made from, with a JSON Schema."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, SerializerFunctionWrapHandler, model_serializer

from clausebook.model.structures import FieldKind, Structures


class WithoutBlanks(BaseModel):
    """A record that leaves out what it does not have, as the canonical form does."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True, extra="forbid")

    @model_serializer(mode="wrap")
    def _leave_out(self, handler: SerializerFunctionWrapHandler):  # type: ignore[no-untyped-def]  # noqa: ANN202 — with a type there, the schema is that type's
        said: dict[str, Any] = handler(self)
        return {name: value for name, value in said.items() if value is not None}


class TableRecord(WithoutBlanks):
    caption: str | None = None
    header: list[str]
    rows: list[list[str]]


class FigureRecord(WithoutBlanks):
    file: str
    alternative: str
    caption: str | None = None


class FieldRecord(WithoutBlanks):
    label: str
    kind: FieldKind
    hint: str | None = None


class FormRecord(WithoutBlanks):
    title: str
    fields: list[FieldRecord]


class AttachmentRecord(WithoutBlanks):
    file: str
    label: str


class StructuresRecord(WithoutBlanks):
    table: TableRecord | None = None
    figure: FigureRecord | None = None
    form: FormRecord | None = None
    attachment: AttachmentRecord | None = None
    after: str | None = None
    """The words that go on after its list, and belong to all of it."""
    note: str | None = None
    """Its footnote."""
    files: dict[str, str] | None = None
    """The SHA-256 of each file that it names; a file is at <trust>/<policy>/files/<name>."""


def structures_record(structures: Structures) -> StructuresRecord | None:
    """None where nothing stands with the clause."""
    return StructuresRecord.model_validate(structures.canonical) if structures else None
