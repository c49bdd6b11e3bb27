"""P601, P602, P603: text that holds HTML, a link that is not a web or mail address, or characters that nobody can see.

Text is shown as text: of Markdown it may hold *emphasis*, **strong** and [links](https://example.org), and nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from generator.load import Loaded
from generator.load.fields import shown
from generator.problems import Problem
from generator.prose import LINK, is_safe_link

HTML = re.compile(r"<\s*[a-zA-Z/!?][^\s<>]{0,30}>?")
HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
MEANT = "\n\t\u200c\u200d"  # scripts and emoji need the zero-width joiner and non-joiner


def check_safe_text(loaded: Loaded) -> Iterator[Problem]:
    for file in loaded.files:
        for path, text in _texts(file.document.value, ()):
            for words, code, what, why, fix in _faults(text):
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


def _faults(text: str) -> Iterator[tuple[str, str, str, str, str]]:
    """The words at fault, the code, what, why and fix."""
    if found := HTML.search(text):
        yield (found[0], "P601", f"`{shown(found[0])}` looks like HTML", "text is shown as text, never as a page's code",
               "say it in words; for emphasis use *one star* on each side")  # fmt: skip
    for link in LINK.finditer(text):
        if not is_safe_link(link["address"]):
            yield (link["address"], "P602", f"`{shown(link['address'])}` is not an address that a link may have",
                   "a link leads to a web page or a mail address, and to nothing that acts by itself",
                   "start it with https:// and the name of a host, or with mailto:, or take the link out")  # fmt: skip
    hidden = next((ch for ch in text if unicodedata.category(ch) in HIDDEN and ch not in MEANT), None)
    if hidden:
        yield (hidden, "P603", f"this text holds the hidden character U+{ord(hidden):04X}", "it can make a text read otherwise than it is stored",
               "delete it: retype the words around it; write a text that holds a backslash in 'single' quotes")  # fmt: skip
