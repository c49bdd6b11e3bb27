"""P301, P302: a list item that would be read without the words it hangs from.

“Accept pupils as friends” means the opposite of “Staff must not: accept pupils as friends”.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.walk import walk_clauses
from generator.load import Loaded
from generator.problems import Problem


def check_lead_ins(loaded: Loaded) -> Iterator[Problem]:
    for revision in loaded.revisions:
        for written in walk_clauses(revision.file.record):
            item, path = written.item, written.path
            text = (item.text or "").strip()
            if item.items and not text.endswith(":"):
                what = "its items have no lead-in" if not text else "the lead-in of these items does not end in a colon"
                yield from revision.file.problem(
                    (*path, "text") if text else path, "P301", f"`{item.id}`: {what}",
                    "an item without its lead-in often means the opposite",
                    "write the words that the items hang from as this clause's text, and end them with a colon",
                )  # fmt: skip
            elif not text:
                yield from revision.file.problem(path, "P102", "`text` is missing", "a clause without words says nothing",
                                                 "add a line `text: …`")  # fmt: skip
            elif not written.above and text[0].islower():
                yield from revision.file.problem(
                    (*path, "text"), "P302", f"`{item.id}` starts like an item that has lost its lead-in",
                    "a clause is read by itself, in a table or a search result",
                    "put it under `items:` of the clause that it completes, or write it as a whole sentence",
                )  # fmt: skip
            elif not item.items and text.endswith(":"):
                yield from revision.file.problem(
                    (*path, "text"), "P301", f"`{item.id}` ends in a colon, but no item follows",
                    "the reader waits for a list that is not there",
                    "put the list under `items:` of this clause, or end the sentence with a full stop",
                )  # fmt: skip
