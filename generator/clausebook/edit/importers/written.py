"""Fields as YAML that an author can go on with: one field a line, short lists in one line, every text in quotes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

SHORT = 100
PLAIN = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")
NOT_TEXT = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


def written(fields: Mapping[str, Any], head: Sequence[str] = ()) -> str:
    """The text of a file with these fields, under lines of comment."""
    return "\n".join((*(f"# {line}" for line in head), *_lines(fields, ""))) + "\n"


def _lines(fields: Mapping[str, Any], indent: str) -> Iterator[str]:
    for name, value in fields.items():
        if isinstance(value, Mapping) and value and not all(_is_small(one) for one in value.values()):
            yield f"{indent}{name}:"
            yield from _lines(value, f"{indent}  ")
        elif isinstance(value, (list, tuple)) and value and not _fits(value, indent):
            yield f"{indent}{name}:"
            yield from _entries(value, f"{indent}  ")
        elif isinstance(value, Mapping) and value:
            yield f"{indent}{name}:"
            yield from (f"{indent}  {key}: {_scalar(one)}" for key, one in value.items())
        else:
            yield f"{indent}{name}: {_flow(value)}"


def _entries(values: Sequence[Any], indent: str) -> Iterator[str]:
    for value in values:
        if isinstance(value, Mapping):
            first, *others = _lines(value, f"{indent}  ")
            yield f"{indent}- {first.lstrip()}"
            yield from others
        else:
            yield f"{indent}- {_flow(value)}"


def _is_small(value: Any) -> bool:
    return isinstance(value, (str, bool, int)) and len(str(value)) <= SHORT


def _fits(values: Sequence[Any], indent: str) -> bool:
    return all(isinstance(value, (str, bool, int)) for value in values) and len(indent) + len(_flow(values)) <= SHORT


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key}: {_flow(one)}' for key, one in value.items())}}}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_flow, value))}]"
    return _scalar(value)


def _scalar(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)
    return text if PLAIN.fullmatch(text) and text not in NOT_TEXT else json.dumps(text, ensure_ascii=False)
