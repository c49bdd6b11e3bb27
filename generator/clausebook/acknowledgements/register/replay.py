"""From the entries of a register to how everybody stands, in one pass with a few words in memory for each link.

Each entry counts from its own day (`day_of`), so that a receipt that was received in time counts from then, however late it
was collected. A person's first acknowledgement of a revision stays the first, whatever comes after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from sys import intern

from clausebook.acknowledgements.register.entries import Body, Entry, Fault
from clausebook.acknowledgements.register.standings import (
    Asked,
    Excused,
    Held,
    IssuedLink,
    Key,
    Signed,
    Standing,
    Standings,
    Unclear,
)

SIGNS = ("acknowledged", "on-behalf", "carried")
NOBODY = Excused(0, "", "", "", "")
KEPT = (*SIGNS, "issued", "not-understood", "exempt", "left")


def day_of(body: Body) -> str:
    """The day or moment from which an entry counts."""
    return body.received or str(body.facts.get("issued", "")) or body.at


def read_standings(entries: Iterable[Entry | Fault], as_of: str | None = None) -> Standings:
    """How everybody stands, with all that counted by `as_of` (a day, to its end, or a moment); without it, with everything."""
    gathering = Gathering(as_of)
    for entry in entries:
        if isinstance(entry, Entry):
            gathering.apply(entry)
    return gathering.finish()


@dataclass
class _Raw:
    """What the register says of one person and policy, void or not."""

    asked: list[Asked] = field(default_factory=list)
    signed: list[Signed] = field(default_factory=list)
    unclear: list[Unclear] = field(default_factory=list)
    exempt: list[Excused] = field(default_factory=list)
    left: list[Excused] = field(default_factory=list)


class Gathering:
    """Meets the entries of a register one by one and keeps what tells how people stand."""

    def __init__(self, as_of: str | None = None) -> None:
        self._as_of = as_of
        self._raw: dict[Key, _Raw] = {}
        self._links: dict[str, IssuedLink] = {}
        self._held: list[Held] = []
        self._closed: set[int] = set()
        self._voids: list[tuple[int, int]] = []
        self._rests: list[tuple[int, int]] = []

    def apply(self, entry: Entry) -> None:
        body = entry.body
        if body is None or (self._as_of is not None and day_of(body)[: len(self._as_of)] > self._as_of):
            return
        if body.about is not None and body.kind == "void":
            self._voids.append((entry.number, body.about))
        elif body.about is not None and body.kind in ("resolved", "replied"):
            self._closed.add(body.about)
        elif body.kind == "held":
            key = self._key(body)
            self._held.append(Held(entry.number, body.ref, *key, day_of(body), body.says))
        else:
            self._keep(entry.number, body)

    def _key(self, body: Body) -> Key:
        link = self._links.get(body.ref)
        return (link.person, link.trust, body.policy) if link else (body.person, body.trust, body.policy)

    def _keep(self, number: int, body: Body) -> None:
        if body.kind not in KEPT:
            return
        facts, day, key = body.facts, day_of(body), self._key(body)
        raw = self._raw.setdefault(key, _Raw())
        if body.kind == "issued":
            asked = _asked(number, body)
            link = self._links.setdefault(body.ref, IssuedLink(body.person, body.trust, {}))
            link.asked[body.policy] = asked
            raw.asked.append(asked)
        elif body.kind == "not-understood":
            clauses, question = tuple(facts.get("unclear", ())), str(facts.get("question", ""))
            raw.unclear.append(Unclear(number, body.ref, body.revision, day, clauses, question, answered=False))
        elif body.kind == "exempt":
            raw.exempt.append(Excused(number, body.campaign, day, body.by, body.says))
        elif body.kind == "left":
            raw.left.append(Excused(number, "", day, body.by, body.says))
        else:
            self._rests += [(number, body.about)] if body.kind == "carried" and body.about is not None else []
            carried_from = str(facts.get("from", ""))
            raw.signed.append(Signed(
                number, body.ref, intern(body.revision), day, body.kind, body.assurance, carried_from
            ))  # fmt: skip

    def finish(self) -> Standings:
        """How everybody stands after all that was met."""
        void = _void(self._voids, self._rests)
        left: dict[tuple[str, str], Excused] = {}
        for (person, trust, _), raw in self._raw.items():
            for one in raw.left:
                if one.entry not in void and one.entry > left.get((person, trust), NOBODY).entry:
                    left[person, trust] = one
        by_key = {key: self._standing(key, raw, void, left.get(key[:2])) for key, raw in self._raw.items()}
        held = tuple(one for one in self._held if one.entry not in void | self._closed)
        return Standings(by_key, self._links, held, void, left)

    def _standing(self, key: Key, raw: _Raw, void: frozenset[int], left: Excused | None) -> Standing:
        return Standing(
            *key,
            asked=tuple(one for one in raw.asked if one.entry not in void),
            signed=_first_of_each([one for one in raw.signed if one.entry not in void]),
            unclear=tuple(
                replace(one, answered=one.entry in self._closed) for one in raw.unclear if one.entry not in void
            ),
            exempt=tuple(one for one in raw.exempt if one.entry not in void),
            left=left,
        )


def _void(voids: Sequence[tuple[int, int]], rests: Sequence[tuple[int, int]]) -> frozenset[int]:
    """The entries that do not count: a void one voids nothing, so the last word is heard first.

    What was carried forward (`rests`: it, and what it rests on) falls with the acknowledgement that it rests on.
    """
    void: set[int] = set()
    for number, about in reversed(voids):
        if number not in void:
            void.add(about)
    return frozenset(void | {number for number, about in rests if about in void})


def _asked(number: int, body: Body) -> Asked:
    """Words that many links share stand in memory once."""
    facts = {
        name: intern(str(body.facts[name])) for name in ("since", "issued", "due", "expires", "quiz", "quizzes", "key")
    }
    return Asked(
        number, body.ref, intern(body.campaign), intern(body.revision), intern(body.digest), facts["since"], facts["issued"],
        facts["due"], facts["expires"], facts["quiz"], facts["quizzes"], facts["key"],  # type: ignore[arg-type]
    )  # fmt: skip


def _first_of_each(found: Sequence[Signed]) -> tuple[Signed, ...]:
    first: dict[str, Signed] = {}
    for one in sorted(found, key=lambda one: (one.day, one.entry)):
        first.setdefault(one.revision, one)
    return tuple(first.values())
