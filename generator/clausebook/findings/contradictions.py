"""Clauses of one revision that seem to contradict each other, found by rule.

A pair is reported where all of this holds:

- One clause forbids (must not, should not) what the other demands (must, should); or one says must not and the other may.
- They share a topic and bind a common role.
- They are about one act: the verb is the same, and the words of content in what is forbidden stand in the other clause too,
  but for their endings, in a row in whatever order. So the other is a case of what is forbidden. A ban that is narrower than
  a duty or a permission is a limit to it, and a word between (*former* pupils, pupils' *parents*) makes it another act.
- Neither has an exception (unless, except, without, a further sentence) in words that the other uses. A ban that has any
  exception is held against permissions only: a duty may well be meant for the excepted case. A duty to do something in one
  way *only* demands nothing that a ban forbids.
- They are not one statement of the document, which gives a rule and qualifies it in the same breath: clauses that follow each
  other over common lines of the source, or under one number.

The rule would rather miss a contradiction than call one that is none. It knows words, not meanings: it finds nothing where two
clauses tell one act in other words (working time, working hours), where both sides have limits of their own, or where neither
forbids. A person who reads finds those, and records them under `conflicts`, as is done for whatever this finds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import JaroWinkler

from clausebook.model import Modality
from clausebook.model.clause import Clause
from clausebook.model.handbook import Revision

AGAINST: dict[Modality, tuple[Modality, ...]] = {
    "must-not": ("must", "should", "may"),
    "should-not": ("must", "should"),
}
SAME_WORD = 0.87  # of 1: share and sharing are alike, activity and activities; pupil and public are not
LEAST = 2  # words of content, the verb among them: fewer say nothing of the act
EXCEPTION = re.compile(
    r"\b(?:unless|except(?:ing)?|other than|apart from|but for|without)\b[^,;.:]*|[^,;.:(]*\bexcepted\b"
)
DENIED = re.compile(r"\b(?:not|never|rather than|instead of)\b[^,;.:]*")
FORCE = re.compile(r"\b(?:must|should|may|shall|can)\b")
OWNED = re.compile(r"\b([a-z]+)(?:['’]s|s['’])\s+([a-z]+)")
SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-Z\[“])")
# Words that bear no content here. Whom a clause binds is known from its roles.
STOP = frozenset(
    re.findall(
        r"\w+",
        """about all also always an and any anybody anyone apart are as at be been being both but by can do does each either
        employee employees ever every everybody everyone except excepted excepting for from had has have if in into is it its
        may member members must neither never no nor not of on only or shall should so staff such than
        that the their them then there these they this those to unless user users was way what when where which while who
        whom will with without would""",
    )
)


@dataclass(frozen=True)
class Contradiction:
    """A clause that forbids, and one that demands or allows the same."""

    ban: Clause
    other: Clause


@dataclass(frozen=True)
class _Act:
    """What a clause asks, by its words of content: the verb, those of the act, those that exceptions add, and all it says."""

    verb: str
    words: tuple[str, ...]
    excepted: tuple[str, ...]
    said: tuple[str, ...]
    only: bool


class _Acts(dict[str, _Act]):
    """The acts of a revision's clauses, by their ids: each is read when it is first compared, and most never are."""

    def __init__(self, revision: Revision) -> None:
        super().__init__()
        self._clauses = revision.by_id

    def __missing__(self, clause: str) -> _Act:
        self[clause] = _read(self._clauses[clause])
        return self[clause]


def find_contradictions(revision: Revision) -> Iterator[Contradiction]:
    """The pairs, in the order of the document by what is forbidden; those that `conflicts` already tells are left out."""
    told = [frozenset(conflict.clauses) for conflict in revision.record.conflicts]
    statements = _statements(revision)
    acts = _Acts(revision)
    for ban in revision.clauses:
        on_topic = {clause.id: clause for topic in ban.topics for clause in revision.by_topic[topic]}
        for other in on_topic.values() if ban.modality in AGAINST else ():
            if (
                other.modality in AGAINST[ban.modality]
                and not set(ban.binds).isdisjoint(other.binds)
                and statements[ban.id] != statements[other.id]
                and not any({ban.id, other.id} <= pair for pair in told)
                and _clash(acts[ban.id], acts[other.id], other.modality)
            ):
                yield Contradiction(ban, other)


def _statements(revision: Revision) -> dict[str, int]:
    """Which statement of the document each clause belongs to."""
    count = 0
    found = {clause.id: count for clause in revision.clauses[:1]}
    for before, clause in pairwise(revision.clauses):
        on_one_line = before.lines and clause.lines and clause.lines.first <= before.lines.last
        under_one_number = clause.number and clause.number == before.number
        count += not (on_one_line or under_one_number)
        found[clause.id] = count
    return found


def _read(clause: Clause) -> _Act:
    denied = None if clause.modality in AGAINST else DENIED
    above = " ".join(clause.lead_in)
    first, *further = SENTENCE.split(clause.text)
    own = _without(first, denied)
    words = (*_words(_without(above, denied)), *_words(own))
    excepted = _words(" ".join((*EXCEPTION.findall(f"{above} {first}".lower()), *further)))
    return _Act(
        verb=next(iter(_words(FORCE.split(own, maxsplit=1)[-1])), ""),
        words=words,
        excepted=tuple(word for word in excepted if not _stands(word, words)),
        said=_words(f"{above} {clause.text}"),
        only=" only " in f" {first} ",
    )


def _without(text: str, denied: re.Pattern[str] | None) -> str:
    text = OWNED.sub(
        r"of\1\2", EXCEPTION.sub(" ", text.lower())
    )  # a pupil's parents are no pupils, but a word of their own
    return denied.sub(" ", text) if denied else text


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in re.findall(r"[a-z]{2,}", text.lower()) if word not in STOP)


def _clash(ban: _Act, other: _Act, force: Modality) -> bool:
    if len(ban.words) < LEAST or not _stands(ban.verb, (other.verb,)):
        return False
    if force != "may" and (ban.excepted or other.only):
        return False
    if any(_stands(word, other.said) for word in ban.excepted) or any(
        _stands(word, ban.said) for word in other.excepted
    ):
        return False
    rows = (other.words[start : start + len(ban.words)] for start in range(len(other.words) - len(ban.words) + 1))
    return any(_same(ban.words, row) for row in rows)


def _same(some: Sequence[str], others: Sequence[str]) -> bool:
    return all(_stands(word, others) for word in some) and all(_stands(word, some) for word in others)


def _stands(word: str, words: Sequence[str]) -> bool:
    return any(JaroWinkler.similarity(word, one) >= SAME_WORD for one in words)
