"""Every field of every file of a handbook, found by the records themselves: a field that is new is a field that is tested."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel, StringConstraints

from clausebook import model

# Which record each file holds, by the end of its path: the first that fits.
KINDS: dict[str, type[BaseModel]] = {
    "content/subjects/*.yml": model.SubjectRecord,
    "content/kinds.yml": model.Kinds,
    "content/roles.yml": model.Roles,
    "content/references.yml": model.References,
    "content/glossary.yml": model.Glossary,
    "content/everyday-words.yml": model.EverydayWords,
    "content/checklists/*.yml": model.Checklist,
    "quizzes/*.yml": model.Quiz,
    "models/*/provider.yml": model.ProviderRecord,
    "trusts/*/trust.yml": model.TrustRecord,
    "trusts/*/acknowledgements.yml": model.Acknowledgements,
    "trusts/*/quizzes.yml": model.QuizzesOfTrust,
    "trusts/*/keys.yml": model.KeysOfTrust,
    "trusts/*/academies/*.yml": model.AcademyRecord,
    "trusts/*/academies/*/appendix/*.yml": model.AppendixRecord,
    "trusts/*/*/policy.yml": model.PolicyRecord,
    "trusts/*/*/*.yml": model.RevisionRecord,
    "models/*/*/*.yml": model.RevisionRecord,
}


@dataclass(frozen=True)
class Field:
    """A field of text: `name` as Record.field.field, how long it may be, whether any text fits, whether it is a list."""

    name: str
    most: int
    free: bool
    many: bool = False


def fields_of(record: type[BaseModel], name: str = "", above: tuple[type, ...] = ()) -> Iterator[Field]:
    """Every field of `record` and of the records in it that holds text, each once."""
    for key, info in record.model_fields.items():
        yield from _fields_in(info.annotation, info.metadata, f"{name or record.__name__}.{key}", (*above, record))


def _fields_in(annotation: Any, metadata: Any, name: str, above: tuple[type, ...]) -> Iterator[Field]:
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        inner, *more = typing.get_args(annotation)
        yield from _fields_in(inner, [*metadata, *more], name, above)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if annotation not in above:  # items hang from items
            yield from fields_of(annotation, name, above)
    elif annotation is str:
        rules = [one for one in metadata if isinstance(one, StringConstraints)]
        yield Field(
            name, min((one.max_length or 4000 for one in rules), default=4000), not any(one.pattern for one in rules)
        )
    elif origin is typing.Literal or annotation in (int, bool, model.Lines):
        yield Field(name, 0, free=False)
    elif origin is dict:
        yield from _fields_in(typing.get_args(annotation)[0], (), f"{name}[key]", above)
        yield from _fields_in(typing.get_args(annotation)[1], (), name, above)
    else:
        for one in typing.get_args(annotation):
            if one not in (type(None), Ellipsis):
                for field in _fields_in(one, (), name, above):
                    yield replace(field, many=True) if origin is tuple and field.name == name else field


def values_of(record: type[BaseModel], value: dict[str, Any]) -> Iterator[tuple[tuple[str | int, ...], Field]]:
    """Where each text of a file of `record` stands in its `value`, with the field that it is."""
    known = {field.name: field for field in fields_of(record)}
    for path, name in _walk(value, record.__name__):
        yield path, known[_known_name(name, known)]


def _known_name(name: str, known: dict[str, Field]) -> str:
    for part in (".items", ".sections"):
        while name not in known and part + part in name:
            name = name.replace(part + part, part)
    if name in known:
        return name
    parts = name.split(".")  # one of them is a mapping's key, such as a question of `positions`
    return next(one for at in range(len(parts)) if (one := ".".join(parts[:at] + parts[at + 1 :])) in known)


def _walk(value: Any, name: str) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            for path, below in _walk(inner, f"{name}.{key}"):
                yield (key, *path), below
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            for path, below in _walk(inner, name):
                yield (index, *path), below
    elif isinstance(value, str):
        yield (), name
