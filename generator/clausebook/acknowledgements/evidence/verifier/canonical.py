"""The one form in which a value is written before a digest is taken of it, RFC 8785; whatever is written otherwise is refused."""

from __future__ import annotations

import hashlib
import json
from typing import Any

Json = Any
DEEPEST = 32  # lists and objects within each other
LARGEST = 2**53 - 1  # beyond it JSON's numbers do not mean the same to every program


def canonical(value: Json, depth: int = 0) -> str:
    """RFC 8785 of what a pack may hold: no fractions. Raises ValueError for anything else."""
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, int) and abs(value) <= LARGEST:
        return str(value)
    if isinstance(value, str):
        value.encode()  # half a pair of surrogates is no text
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list) and depth < DEEPEST:
        return "[" + ",".join(canonical(one, depth + 1) for one in value) + "]"
    if isinstance(value, dict) and depth < DEEPEST:
        parts = sorted((key.encode("utf-16-be", "surrogatepass"), key) for key in value)
        return "{" + ",".join(f"{canonical(key)}:{canonical(value[key], depth + 1)}" for _, key in parts) + "}"
    raise ValueError("this is nothing that a pack holds")


def read_json(data: bytes | str) -> Json:
    """What is written in that one form. Raises ValueError for any other way to write it: a key twice, a blank, 40.0, a BOM."""
    text = data.decode() if isinstance(data, bytes) else data
    try:
        value = json.loads(text)
    except RecursionError:
        raise ValueError("too deep") from None
    if canonical(value) != text:
        raise ValueError("not in canonical form")
    return value


def sha(data: bytes | str) -> str:
    return hashlib.sha256(data if isinstance(data, bytes) else data.encode()).hexdigest()


def lines_of(data: bytes) -> list[str]:
    """The lines of a file: only a line feed ends one, each has its end, and none is blank. Raises ValueError."""
    lines = data.decode().split("\n")
    if lines.pop() or "" in lines:
        raise ValueError("a line is blank, or the last one has no end")
    return lines
