"""P111: text without quotes that a `#` cuts off.

In YAML a `#` after a space starts a comment: of `text: Share our success #OurTrust today` only the first words are read.
A comment after a value that is no text, such as `status: draft  # until June`, loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from clausebook.check.unquoted_numbers import AS_TEXT, wants_text
from clausebook.load import Loaded
from clausebook.model.problems import Problem

TEXT = {
    *AS_TEXT,
    "because",
    "ask",
    "act",
    "scenario",
    "name",
    "owner",
    "approved_by",
    "reach",
    "role",
    "now",
    "means",
    "point",
    "why",
    "after",
    "note",
    "caption",
    "alternative",
    "hint",
    "defines",
    "header",
    "rows",
}


def check_lost_words(loaded: Loaded) -> Iterator[Problem]:
    for file in loaded.files:
        for path, comment in file.document.cut_off.items():
            if wants_text(path, TEXT):
                yield from file.problem(
                    path, "P111", f"`{comment}` is not read", "after a space, `#` starts a comment that no reader sees",
                    "put the whole text in quotes, or take the comment to a line of its own",
                )  # fmt: skip
