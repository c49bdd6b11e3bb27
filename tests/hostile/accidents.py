"""What can befall a handbook: to the text of a file, to its bytes, and to what stands on the disk by its name."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

SPLINTERS = [
    "\x00", "\x07", "\x1b[31m", "\t", "\r\n", "\r", "\x0c", "\x85", "\u2028", "\u202e", "\u200f", "\u2067", "\ufeff", "\u200b", "\U0001f600", "é",
    "\u0301", "\ud800", "\udfff", "\ufdd0", "\U0010ffff", "&a ", "*a", "<<: *a", "!!python/object:os.system ", "!!binary ", "!x ", "---\n", "...\n",
    "%YAML 1.1\n---\n", "? ", "- ", ": ", "#", "|\n", ">-\n", "[", "{", "]", "}", "'", '"', '"\\ud800"', '"\\udc00\\ud800"', '"\\0"', "\\", "null", "~", "no",
    "0x_", "1:30", ".inf", "9" * 5000, "-1", "0", "99999999999", "[" * 40, "{a: " * 40, "[" * 19 + "a" + "]" * 19, "{a: " * 19 + "b" + "}" * 19,
    "items: [{id: a, text: " * 9, "x" * 5000, "*a*" * 400, "**" * 2000, "[a](" * 900, "(" * 3000, "<b>", "[a](javascript:b)", "[a](https://[)", "{{ 7 * 7 }}",
    "{% raw %}", "=2+5", "../../outside", "/etc/passwd", "must-not", "in-force", "silent", "2023-02-30", "0000", "9999-99", "00", "sections:\n", "positions: {}\n",
]  # fmt: skip
# Text that may be meant: what comes of it is seen only when it is rendered.
MILD = [
    "a word", "É", "\U0001f469\u200d\U0001f680", "ﷺ", "a\u0301" * 900, "a\nb", "\tb", "x" * 3900, "a b " * 900, "*a*" * 400, "**" * 1900, "_" * 3900, "(" * 3900, "[" * 3900, "[a](" * 900,
    "`" * 3900, "[a](https://b.example)" * 150, "{{ 7 * 7 }}", "{% raw %}", "{#", "{: .a }", "=2+5", "a | b", "# a", "- a", "1. a", "    a", "> a", "---", "***", "===", "[a]: b",
    "&amp;", "&#0;", "a < b", "\\", "'", '"', "%", "../..", "C:\\a", "http://", "a@b", "Twitter", "must", "{0}", "%s", "$a", "0", "-1", "7", "1.10", "2024", "2024-02", "2024-02-29",
]  # fmt: skip
WHOLE = {
    "empty": b"", "blank": b" \n\n", "comment": b"# nothing\n", "scalar": b"word\n", "list": b"- a\n", "nul": b"\x00" * 9, "bom": b"\xef\xbb\xbf",
    "utf-16": "title: Ä\n".encode("utf-16"), "utf-16 without bom": "title: Ä\n".encode("utf-16-le"), "utf-32": "title: Ä\n".encode("utf-32"),
    "latin-1": "title: Ä\n".encode("latin-1"), "surrogates": b"title: \xed\xa0\x80\n", "escaped surrogates": b'title: "\\ud800"\n', "overlong": b"title: \xc0\xaf\n",
    "brackets": b"[" * 200_000, "braces": b"{a: " * 50_000, "dashes": b"- " * 50_000, "questions": b"? " * 50_000, "closed brackets": b"a: " + b"[" * 20_000 + b"]" * 20_000,
    "indents": b"".join(b" " * n + b"a:\n" for n in range(400)), "scalar of 1.9 MB": b"title: " + b"x" * 1_900_000, "too large": b"title: " + b"x" * 2_100_000,
    "lines of 1.9 MB": b"title: |\n" + b"  x\n" * 475_000, "links of 1.9 MB": b'title: "' + b"[a](b" * 380_000 + b'"',
    "keys": b"".join(b"a%d: b\n" % n for n in range(3_000)), "same keys": b"title: b\n" * 3_000, "laughs": b"a: &a [b, b]\n" + b"".join(b"c%d: [*a, *a, *a]\n" % n for n in range(99)),
    "tags": b"!!python/object/apply:os.system ['true']\n", "digits": b"version: " + b"9" * 5_000, "hexadecimal": b"version: 0x_\n", "equals": b"version: =\n",
    "directive": b"%FOO bar\n---\na: b\n", "merge": b"<<: {title: a}\n", "null key": b"~: a\n", "empty key": b"'': a\n", "list key": b"? [a]\n: b\n",
}  # fmt: skip
ENCODINGS = ["utf-8"] * 12 + ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"]
NAMES = [
    b"\xff.yml",
    b"a b.yml",
    b"\x1b[31m.yml",
    b"\xe2\x80\xae.yml",
    b"a\nb.yml",
    b"x" * 200 + b".yml",
    b"-.yml",
    b"Con.yml",
    b"{{a}}.yml",
    b"<b>.yml",
    b"'.yml",
]


def befall_text(text: str, chance: Random) -> str:
    """`text` with one thing deleted, doubled, moved, put in, or given another value."""
    lines = text.split("\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    what = chance.randrange(8)
    if what == 0:
        del lines[one]
    elif what == 1:
        lines.insert(other, lines[one])
    elif what == 2:
        lines[one], lines[other] = lines[other], lines[one]
    elif what == 3:
        lines[one] = " " * chance.randrange(12) + lines[one].lstrip()
    elif what == 4:
        lines[one] = lines[one].split(":")[0] + ": " + chance.choice(SPLINTERS)
    elif what == 5:
        return text.replace("\n", chance.choice(["\r\n", "\r", "\n\n", "\n\t"]))
    elif what == 6:
        return quote_a_value(text, "".join(chance.choices(SPLINTERS, k=chance.randint(1, 3))), chance.randrange(999))
    else:
        at = chance.randint(0, len(text))
        return text[:at] + chance.choice(SPLINTERS) + text[at:]
    return "\n".join(lines)


def quote_a_value(text: str, value: str, place: int) -> str:
    """`text` with `value`, in quotes, in place of one of its values."""
    found = list(re.finditer(r"\b\w+: ?(?=[^\s{\[>|])(\"[^\"\n]*\"|[^\n,}\]]+)", text))
    if not found:
        return text
    start, end = found[place % len(found)].span(1)
    return text[:start] + json.dumps(value) + text[end:]


def befall_bytes(content: bytes, chance: Random) -> bytes:
    """Some bytes turned into any others, cut off, or doubled."""
    at = chance.randint(0, len(content))
    what = chance.randrange(3)
    if what == 0:
        return content[:at]
    if what == 1:
        return content[:at] + chance.randbytes(chance.randint(1, 8)) + content[at + chance.randint(0, 8) :]
    return content[:at] * 2 + content[at:]


def _make_loop(path: Path) -> None:
    path.symlink_to(path.name)


def _make_unreadable(path: Path) -> None:
    path.touch(mode=0)


def _make_name_of_bytes(path: Path) -> None:
    path.mkdir()
    Path(os.fsdecode(os.fsencode(path) + b"/\xff\n.yml")).touch()


# What can stand on the disk where a file or a folder was.
INSTEAD: dict[str, Callable[[Path], object]] = {
    "nothing": lambda _: None,
    "folder": Path.mkdir,
    "empty file": Path.touch,
    "unreadable file": _make_unreadable,
    "loop": _make_loop,
    "link out": lambda path: path.symlink_to("/etc"),
    "link to a file outside": lambda path: path.symlink_to("/etc/hostname"),
    "link to its own folder": lambda path: path.symlink_to("."),
    "broken link": lambda path: path.symlink_to("nowhere"),
    "pipe": os.mkfifo,
    "folder of odd names": _make_name_of_bytes,
}


def put_instead(path: Path, what: str) -> None:
    """Put something else where a file or a folder is."""
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    INSTEAD[what](path)
