"""JSON of any shape: the strings in it, with the time and the mail address of the object that they stand in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from clausebook.acknowledgements.inbox.readers.rows import read_rows
from clausebook.acknowledgements.inbox.readers.submission import Arrival, Item, or_nothing
from clausebook.acknowledgements.inbox.readers.texts import decode_text, lines_in, may_hold_lines, read_text


def read_object(item: Item) -> Iterator[Arrival]:
    """The records of a list of objects as rows of a table; whatever else it is, every string in it."""
    try:
        value = json.loads(decode_text(item.raw))
    except (ValueError, RecursionError):
        return read_text(item)
    records = _records(value)
    if records:
        headings = tuple(dict.fromkeys(key for record in records for key in record))
        rows = [headings, *(tuple(_words(record.get(key)) for key in headings) for record in records)]
        return read_rows(item, rows)
    return or_nothing(item.origin, _strings(value, item))


def _records(value: Any) -> list[dict[str, Any]]:
    """The first list of flat objects, of which an export is made; none where strings stand deeper or elsewhere."""
    lists = [value] if isinstance(value, list) else list(value.values()) if isinstance(value, dict) else []
    for one in lists:
        if isinstance(one, list) and one and all(isinstance(record, dict) for record in one):
            flat = all(not isinstance(cell, dict | list) for record in one for cell in record.values())
            alone = one is value or all(not isinstance(other, str | dict | list) for other in lists if other is not one)
            return one if flat and alone and len({key for record in one for key in record}) <= 500 else []
    return []


def _words(cell: Any) -> str:
    return cell if isinstance(cell, str) else "" if cell is None else json.dumps(cell)


def _strings(value: Any, item: Item) -> Iterator[Arrival]:
    found, waiting = 0, [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting += [*one.values(), *one.keys()][::-1]
        elif isinstance(one, list):
            waiting += one[::-1]
        elif isinstance(one, str) and may_hold_lines(one, item.origin):
            found += 1
            yield from lines_in(one, item.origin.at(f"text {found}"))
