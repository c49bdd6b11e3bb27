"""P601 to P605: text that holds HTML, a link that leads nowhere good, signs that nobody can see, Markdown that is not shown, or a field
that nobody has filled in.

Text is shown as text: of Markdown it may hold *emphasis*, **strong** and [links](https://example.org), and nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from clausebook.load import Loaded
from clausebook.model.problems import Problem, shown
from clausebook.model.text import LINK, is_link

HTML = re.compile(r"<\s*[a-zA-Z/!?][^\s<>]{0,30}>?")
NOT_SHOWN = (
    (re.compile(r"(?m)^\s*\|?.*\|.*\n\s*\|?\s*:?-{3,}.*$|\|\s*:?-{3,}:?\s*\|"), "a table", "put it under `table:` of this clause, with `header:` and `rows:`"),
    (re.compile(r"!\[[^\]]*\]\([^)]*\)?"), "a picture", "put its file into the policy's folder files/ and name it under `figure:`"),
    (re.compile(r"\[\^[\w-]+\]:?"), "a footnote", "put the note under `note:` of this clause, and take the sign out"),
    (re.compile(r"(?m)^\s*>\s"), "a quotation", "take the `>` out: the words stand by themselves"),
    (re.compile(r"(?m)^\s*(?:#{1,6} |```)"), "a heading or a block of code", "give a heading a section of its own"),
    (re.compile(r"(?m)^\s*[-*+] .+\n\s*[-*+] "), "a list", "put the entries under `items:`"),
)  # fmt: skip
UNFILLED = re.compile(
    r"\{\{[^{}]*\}\}?|\[(?:[A-Z][A-Z0-9 /’'&.,-]{2,}|(?i:insert|enter|add here|your|name of|date of|school name|trust name)\b[^\[\]]*)\](?!\()"
    r"|<[A-Z][a-z]+(?: [A-Za-z]+)+>|<(?i:insert|name|school|academy|trust)\b[^<>]*>|\b[xX]{4,}\b|(?<![\w-])_{4,}(?![\w-])|\.{6,}|…{3,}|\bTB[AC]\b"
)
HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
NOT_PLAIN = re.compile(r"[^ -~]")  # the signs of ASCII are to be seen, and are most of a text
MEANT = "\n\t\u200c\u200d"  # scripts and emoji need the zero-width joiner and non-joiner
PICTURES = frozenset(map(chr, range(0x1F000, 0x1FB00)))  # an emoji that is newer than Python's table of signs


def check_safe_text(loaded: Loaded) -> Iterator[Problem]:
    for file in loaded.files:
        for path, text in _texts(file.document.value, ()):
            for words, code, what, why, fix in (*_faults(text), *(_not_shown(text) if _is_clause(path) else ())):
                if code == "P605" and file.document.file.startswith("models/"):
                    continue  # a model is there to be filled in
                yield from file.problem_with(path, words, code, what, why, fix)


def _texts(value: object, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, below in value.items():
            yield from _texts(below, (*path, key))
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from _texts(below, (*path, index))


def _is_clause(path: tuple[str | int, ...]) -> bool:
    return path[:1] == ("sections",) and path[-1] in ("text", "after", "note", "alternative")


def _not_shown(text: str) -> Iterator[tuple[str, str, str, str, str]]:
    for pattern, kind, fix in NOT_SHOWN:
        if marked := pattern.search(text):
            words = marked[0].strip().split("\n")[0]
            yield (
                words,
                "P604",
                f"this text holds {kind} as Markdown writes it",
                "on the page it would stand as these very signs",
                fix,
            )
            return


def _faults(text: str) -> Iterator[tuple[str, str, str, str, str]]:
    """The words at fault, the code, what, why and fix."""
    unfilled = UNFILLED.search(text)
    if unfilled:
        yield (unfilled[0], "P605", f"`{shown(unfilled[0])}` looks like a field that no one has filled in", "readers would be sent to a name that is not there",
               "fill it in; where the document itself leaves it blank, say so in words and record it under `gaps:`")  # fmt: skip
    if (found := HTML.search(text)) and not (unfilled and found[0].rstrip(">") in unfilled[0]):
        yield (found[0], "P601", f"`{shown(found[0])}` looks like HTML", "text is shown as text, never as a page's code",
               "say it in words; for emphasis use *one star* on each side")  # fmt: skip
    for link in LINK.finditer(text):
        if not is_link(link["address"]):
            yield (link["address"], "P602", f"`{shown(link['address'])}` is not an address that a link may have",
                   "a link leads to a web page or an email address, and to nothing that acts by itself",
                   "start it with https:// and the name of a host, with mailto: or tel:; write `#id` for a clause of this policy, `policy:name` for another policy of the trust, `file:name` for a file of this one")  # fmt: skip
    hidden = next(
        (
            ch
            for ch in NOT_PLAIN.findall(text)
            if unicodedata.category(ch) in HIDDEN and ch not in MEANT and ch not in PICTURES
        ),
        None,
    )
    if hidden:
        yield (hidden, "P603", f"this text holds the hidden character U+{ord(hidden):04X}", "it can make a text read otherwise than it is stored",
               "delete it: retype the words around it; write a text that holds a backslash in 'single' quotes")  # fmt: skip
