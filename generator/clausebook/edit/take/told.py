"""What somebody is told of a file before anything of it is written: who changed what, what was said in the margin, what has no place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from clausebook.edit.importers.blocks import Comment, Place, TrackedChange
from clausebook.edit.take.lines import Awaited
from clausebook.edit.take.returned import Returned
from clausebook.edit.take.taking import Taken, items_of
from clausebook.model import RevisionRecord
from clausebook.model.citation import name_of
from clausebook.model.dates import count, in_words
from clausebook.model.handbook import Revision
from clausebook.model.outline import outline_of_record
from clausebook.model.revision import Item

LONGEST = 160
"""Signs of a passage that are shown."""
ANSWER_GONE = "The answer to the question `{}` rested on clauses that are gone, and is taken out: answer it again."
LINK_GONE = "{} had a link to a clause that is gone: its words stay."
TRACKED = {"inserted": "put in", "removed": "took out", "moved": "moved", "formatted": "changed the look of"}


@dataclass(frozen=True)
class Told:
    """Lines under a heading."""

    heading: str
    lines: tuple[str, ...]


def tell(returned: Returned, taken: Taken, base: RevisionRecord, new: Revision) -> Iterator[Told]:
    """All that is to be known beside the changes of the clauses themselves; nothing is told of what there is none of."""
    told = (
        Told("Look at these", tuple(_doubts(taken, new))),
        Told("Suggested by the program, for you to look at", tuple(_suggested(base, new))),
        Told("Tracked in the file", tuple(_tracked(change, taken, new) for change in returned.document.changes)),
        Told("Not tracked", tuple(_untracked(returned, base))),
        Told("Comments", tuple(_comment(comment, taken, new) for comment in returned.document.comments)),
        Told("Not taken: put it where it belongs by hand", tuple(_passage(line.block.in_full or "a picture") for line in taken.left_out)),
        Told("The file", tuple(_of_file(returned, taken))),
    )  # fmt: skip
    return (one for one in told if one.lines)


def _doubts(taken: Taken, new: Revision) -> Iterator[str]:
    yield from (f"{_cited(name, new)}: {why}." for name, why in taken.doubts)
    yield from (LINK_GONE.format(_cited(name, new)) for name in taken.unlinked)
    yield from taken.unread
    for question in taken.answers_gone:
        yield ANSWER_GONE.format(question)


def _suggested(base: RevisionRecord, new: Revision) -> Iterator[str]:
    """What the program filled in, of clauses that are new or say something else now."""
    before = items_of(base)
    for name, record in items_of(new.record).items():
        was = before.get(name)
        if (
            isinstance(record, Item)
            and record.suggested
            and (not isinstance(was, Item) or was.suggested != record.suggested)
        ):
            clause = new.by_id[name]
            yield f"{name_of(clause)}: force {clause.modality}, topics {', '.join(clause.topics)}."


def _cited(name: str, new: Revision) -> str:
    if clause := new.by_id.get(name):
        return name_of(clause)
    section = next((part.record for part in new.sections if part.record.id == name), None)
    return f"“{section.heading}”" if section else name


def _at(place: Place, taken: Taken, new: Revision) -> str:
    name = taken.names.get(place.line)
    return f", in {_cited(name, new)}" if name else ""


def _who(one: TrackedChange | Comment) -> str:
    day = in_words(one.date[:10]) if one.date and one.date[:4].isdecimal() and len(one.date) >= 10 else ""
    return ", ".join(words for words in (one.author or "Somebody", day) if words)


def _tracked(change: TrackedChange, taken: Taken, new: Revision) -> str:
    return f"{_who(change)}{_at(change.place, taken, new)}: {TRACKED[change.kind]} {_passage(change.text)}"


def _comment(comment: Comment, taken: Taken, new: Revision) -> str:
    about = f" about {_passage(comment.about)}" if comment.about else ""
    return f"{_who(comment)}{_at(comment.place, taken, new)}{about}: {' '.join(comment.text.split())}"


def _passage(words: str) -> str:
    words = " ".join(words.replace("¶", " (new paragraph) ").split())
    return f"“{words}”" if len(words) <= LONGEST else f"“{words[:LONGEST].rsplit(' ', 1)[0]} …”"


def _untracked(returned: Returned, base: RevisionRecord) -> Iterator[str]:
    """Of a file in which changes are tracked, how many others there are."""
    if not returned.document.changes or not returned.refused:
        return
    ours = Counter(Awaited(part).bare for part in outline_of_record(base))
    theirs = Counter(line.bare for line in returned.refused_lines((base,)))
    if gone := (ours - theirs).total():
        yield f"{count(gone, 'paragraph')} of the revision {'was' if gone == 1 else 'were'} changed or taken out without being tracked."


def _of_file(returned: Returned, taken: Taken) -> Iterator[str]:
    if returned.exported is None:
        yield "It does not say which revision it was made of: its clauses were found by their words, numbers and places."
    if taken.lost_numbers:
        yield "The program that saved it lost its numbers: the clauses keep those that they had, and new ones have none."
    if taken.overtaken.kept:
        yield f"{count(taken.overtaken.kept, 'clause')} changed in the draft after the file was made, and {'stays' if taken.overtaken.kept == 1 else 'stay'} so."
    yield from returned.document.hidden
    yield from returned.document.warnings
