"""The one form in which a value is written before a digest is taken of it: RFC 8785."""

from __future__ import annotations

import hashlib
import json
from typing import Any

Json = Any


def canonical(value: Json) -> str:
    """RFC 8785: keys in the order of their UTF-16 code units, no blanks, whole numbers as such."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(f"{canonical(key)}:{canonical(value[key])}" for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return json.dumps(value, ensure_ascii=False)


def sha(data: bytes | str) -> str:
    return hashlib.sha256(data if isinstance(data, bytes) else data.encode()).hexdigest()


def lines_of(data: bytes) -> list[str]:
    """The lines of a file: only a line feed ends one, whatever else Python takes for an end."""
    return [line for line in data.decode().split("\n") if line]
