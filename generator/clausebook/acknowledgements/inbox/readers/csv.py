"""CSV of any delimiter: a form's export, or a learning platform's report."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator

from clausebook.acknowledgements.inbox.readers.rows import read_rows
from clausebook.acknowledgements.inbox.readers.submission import Arrival, Item
from clausebook.acknowledgements.inbox.readers.texts import decode_text, read_text

DELIMITERS = (",", ";", "\t", "|")
LINE = re.compile(r"[^\n]*\n|[^\n]+")
SAMPLE = 20  # lines by which the delimiter is told


def read_table(item: Item) -> Iterator[Arrival]:
    """The rows of a table; where it is laid out in a way that cannot be told, as text."""
    text = decode_text(item.raw).replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    delimiter, body = _delimiter(text)
    try:
        rows = list(csv.reader((line[0] for line in LINE.finditer(body)), delimiter=delimiter))
    except csv.Error:
        return read_text(item)
    return read_rows(item, rows)


def looks_like_table(text: str) -> bool:
    """Whether the first lines of a text have the same delimiters, several times."""
    lines = [line for line in text[:4000].splitlines()[:3] if line.strip()]
    return len(lines) > 1 and any(lines[0].count(sign) >= 2 and lines[1].count(sign) >= 2 for sign in DELIMITERS[:3])


def _delimiter(text: str) -> tuple[str, str]:
    """The delimiter, and the text below the line by which Excel may tell it."""
    first = text[:100].split("\n", 1)[0]
    if first.lower().startswith("sep=") and len(first.strip()) == len("sep=;"):
        return first.strip()[-1], text[len(first) + 1 :]
    counts = Counter(sign for line in text[:100_000].splitlines()[:SAMPLE] for sign in line if sign in DELIMITERS)
    heading = Counter(sign for sign in text[:4000].split("\n", 1)[0] if sign in DELIMITERS)
    found = heading or counts
    return (max(DELIMITERS, key=lambda sign: found[sign]) if found else ","), text
