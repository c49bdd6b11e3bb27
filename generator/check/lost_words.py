"""P111: text without quotes that a `#` cuts off.

In YAML a `#` after a space starts a comment: of `text: Share our success #OurTrust today` only the first words are read.
A comment after a value that is no text, such as `status: draft  # until June`, loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.unquoted_numbers import AS_TEXT, LISTS
from generator.load import Loaded
from generator.problems import Problem

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
}


def check_lost_words(loaded: Loaded) -> Iterator[Problem]:
    revisions = (revision.file for revision in loaded.revisions)
    shared = (loaded.topics, loaded.questions, loaded.roles, loaded.references, loaded.glossary)
    files = (*revisions, *loaded.trusts.values(), *loaded.quizzes.values(), *loaded.checklists.values(), *shared)
    for file in (one for one in files if one):
        for path in file.document.spots:
            names = [part for part in path if isinstance(part, str)]
            is_text = bool(names) and (path[-1] in TEXT or (isinstance(path[-1], int) and names[-1] in LISTS))
            lost = file.document.spots[path].comment
            if is_text and lost:
                yield from file.problem(
                    path, "P111", f"`{lost}` is not read", "after a space, `#` starts a comment that no reader sees",
                    "put the whole text in quotes, or take the comment to a line of its own",
                )  # fmt: skip
