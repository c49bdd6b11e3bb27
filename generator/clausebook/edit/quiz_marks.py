"""What `quiz review` writes into a trust's quizzes.yml: text in, text out; every line outside `read:` stays, comments and all."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from clausebook.edit.revision_files import NotInFieldsError

NEW = """\
# Which quizzes the staff of this trust take. `clausebook quiz review` writes what stands under `read`: for each question the
# mark of the words that somebody read it against. When these words change, the question is doubtful until it is read again.
# pass_mark and attempts may stand beside `policy`: how many right answers pass here, and how often a reader may try.

quizzes:
"""
LIST = re.compile(r"quizzes\s*:\s*(#.*)?$")
ITEM = re.compile(r"( *)-( +)\S")
BLANK = re.compile(r"\s*(#.*)?$")


def write_marks(text: str, policy: str, marks: Mapping[str, str] | None) -> str:
    """The text with these marks for the quiz on `policy`, whose entry is added where there is none; no text is a new file.

    With None in place of marks those that an entry has stay. Raises NotInFieldsError where the file is not written as one field a line.
    """
    lines = (text or NEW).splitlines()
    start = next((number for number, line in enumerate(lines, 1) if LIST.match(line)), None)
    if start is None:
        raise NotInFieldsError
    items = _items(lines, start)
    if text and not items:
        raise NotInFieldsError
    for first, end in items:
        if _field(lines[first:end], "policy") == policy:
            entry = _with_marks(lines[first:end], marks)
            return "\n".join([*lines[:first], *entry, *lines[end:]]) + "\n"
    pad = _indent(lines[items[0][0]]) if items else "  "
    end = items[-1][1] if items else len(lines)
    entry = _with_marks([f"{pad}- policy: {policy}"], marks)
    return "\n".join([*lines[:end], *entry, *lines[end:]]) + "\n"


def _items(lines: Sequence[str], start: int) -> list[tuple[int, int]]:
    """From which line to before which each entry of the list goes; comments before an entry belong to none."""
    depth = next((_indent(line) for line in lines[start:] if not BLANK.match(line)), "")
    firsts = [
        number
        for number, line in enumerate(lines)
        if number >= start and (found := ITEM.match(line)) and found[1] == depth
    ]
    ends = [*firsts[1:], len(lines)][: len(firsts)]
    return [(first, _back(lines, first, end)) for first, end in zip(firsts, ends, strict=True)]


def _back(lines: Sequence[str], first: int, end: int) -> int:
    """`end`, or before the blank lines and comments that stand there."""
    while end > first + 1 and BLANK.match(lines[end - 1]):
        end -= 1
    return end


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" "))]


def _spread(entry: Sequence[str]) -> tuple[str, list[str]]:
    """How far the fields of an entry are indented, and its lines with a blank in place of the dash."""
    found = ITEM.match(entry[0])
    if found is None or entry[0][found.end() - 1] in "{&*!":
        raise NotInFieldsError
    pad = " " * (found.end() - 1)
    return pad, [entry[0].replace("-", " ", 1), *entry[1:]]


def _field(entry: Sequence[str], name: str) -> str | None:
    pad, lines = _spread(entry)
    for line in lines:
        if found := re.fullmatch(rf"""{pad}(["']?){name}\1\s*:\s*(["']?)([^\s"'#]*)\2\s*(#.*)?""", line):
            return found[3]
    return None


def _with_marks(entry: Sequence[str], marks: Mapping[str, str] | None) -> list[str]:
    """The lines of an entry with these marks in place of those that it had."""
    if marks is None:
        return list(entry)
    pad, lines = _spread(entry)
    starts = [number for number, line in enumerate(lines) if re.match(rf"{pad}[^\s#]", line)]
    read = next((number for number in starts if re.match(rf"""{pad}(["']?)read\1\s*:""", lines[number])), len(lines))
    end = _back(lines, read, next((number for number in starts if number > read), len(lines)))
    new = [f"{pad}read:", *(f'{pad}  {name}: "{mark}"' for name, mark in marks.items())] if marks else []
    whole = [*lines[:read], *new, *lines[end:]]
    dash = len(_indent(entry[0]))
    return [whole[0][:dash] + "-" + whole[0][dash + 1 :], *whole[1:]]
