"""P301, P302, P309: a list item that would be read without the words it hangs from.

“Accept pupils as friends” means the opposite of “Staff must not: accept pupils as friends”. In a trust's own text nobody is asked
for another word or sign: a lead-in needs no colon there, and `stands_alone: true` says of a clause that somebody has looked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from clausebook.check.walk import Written, walk_clauses
from clausebook.load import Loaded, LoadedText
from clausebook.model import SectionRecord
from clausebook.model.problems import Problem
from clausebook.model.structures import blocks_in_words
from clausebook.model.text import as_read

# What makes a sentence whole: a verb that is not bare. Without one, and without a “not”, a line below such a heading is an order.
FINITE = re.compile(
    r"\b(?:must|shall|should|ought|may|might|can|could|will|would|is|are|was|were|has|have|had|do not|don't|does|never|not|cannot|no)\b",
    re.IGNORECASE,
)
NAMED = re.compile(
    r"(?:All|Any|An?|The|These|This|Those|Each|Every|Both|Most|Some|Staff|Employees|Everyone|Everybody|You|We|It|They|There)\b"
)
"""How a sentence begins that says of whom or what it speaks."""
FORBIDS = re.compile(
    r"\b(?:not|never|don'ts?|cannot|avoid|prohibited|forbidden|unacceptable|inappropriate|banned|misuse)\b",
    re.IGNORECASE,
)


def check_lead_ins(loaded: Loaded) -> Iterator[Problem]:
    for revision in loaded.texts:
        is_verbatim = revision.file.record.wording == "verbatim"
        for written in walk_clauses(revision.file.record):
            text = (written.item.text or "").strip()
            if not text and not written.item.items:
                yield from revision.file.problem(written.path, "P102", "`text` is missing", "a clause without words says nothing",
                                                 "add a line `text: …`")  # fmt: skip
            elif written.item.items:
                yield from _as_lead_in(revision, written, text, is_verbatim)
            else:
                yield from _alone(revision, written, text, is_verbatim)


def _as_lead_in(revision: LoadedText, written: Written, text: str, is_verbatim: bool) -> Iterator[Problem]:
    if text and (is_verbatim or text.endswith(":")):
        return
    what = "its items have no lead-in" if not text else "the lead-in of these items does not end in a colon"
    yield from revision.file.problem(
        (*written.path, "text") if text else written.path, "P301", f"`{written.item.id}`: {what}",
        "an item without its lead-in often means the opposite",
        "write the words that lead into the items as this clause's text, and end them with a colon",
    )  # fmt: skip


def _alone(revision: LoadedText, written: Written, text: str, is_verbatim: bool) -> Iterator[Problem]:
    item, path = written.item, (*written.path, "text")
    if text.endswith(":") and not item.stands_alone and not blocks_in_words(item.structures):
        otherwise = (
            "where the document has no list, add `stands_alone: true`"
            if is_verbatim
            else "end the sentence with a full stop"
        )
        yield from revision.file.problem(
            path, "P301", f"`{item.id}` ends in a colon, but no item follows", "the reader waits for a list that is not there",
            f"put the list under `items:` of this clause, or {otherwise}",
        )  # fmt: skip
    if written.above or item.stands_alone:
        return
    if _starts_within(text):
        fix = "put it under `items:` of the clause that it completes" + (
            "; where it stands alone in the document, add `stands_alone: true`"
            if is_verbatim
            else ", or write it as a whole sentence"
        )
        yield from revision.file.problem(
            path, "P302", f"`{item.id}` starts like an item that has lost its lead-in",
            "a clause is read by itself, in a table or a search result", fix,
        )  # fmt: skip
    elif _is_order(text, section := written.section):
        yield from revision.file.problem(
            path, "P309", f"`{item.id}` reads as an order, and the heading above it is “{section.heading}”",
            "read by itself it could say the opposite of what the document says",
            "put it under `items:` of a clause whose text is the heading's words; where it truly stands alone, add `stands_alone: true`",
        )  # fmt: skip


def _starts_within(text: str) -> bool:
    """Whether it starts in lower case, and not with a name such as iPads or eSafety."""
    word = re.match(r"[\w-]+", text)
    return text[:1].islower() and not (word and any(sign.isupper() for sign in word[0]))


def _is_order(text: str, section: SectionRecord) -> bool:
    """Whether a clause has no verb of its own force below a heading that ends in a colon, or that forbids."""
    heading = as_read(section.heading)
    sentence = re.split(r"(?<=[.;:!?])\s", as_read(text))[0]
    if not heading.endswith(":") and not FORBIDS.search(heading):
        return False
    return not NAMED.match(sentence) and not FINITE.search(sentence)
