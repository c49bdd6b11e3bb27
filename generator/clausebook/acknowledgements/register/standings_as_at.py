"""How everybody stands, asked of a register in SQL.

Each entry counts from its own day (`Body.day`). A person's first acknowledgement of a text stays the first, whatever comes after it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from clausebook.acknowledgements.register.entries import Register
from clausebook.acknowledgements.register.standings import (
    SIGNS,
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

COUNTED = """CREATE TEMP TABLE counted AS
WITH told AS (
    SELECT number, kind, coalesce(ref, '') AS ref, coalesce(person, '') AS person, coalesce(trust, '') AS trust, coalesce(policy, '') AS policy,
        coalesce(revision, '') AS revision, coalesce(campaign, '') AS campaign, about,
        coalesce(received, json_extract(body, '$.facts.issued'), at) AS day, body
    FROM entries WHERE body IS NOT NULL),
links AS (SELECT ref, person, trust, min(number) FROM told WHERE kind = 'issued' GROUP BY ref)
SELECT number, kind, ref, coalesce(links.person, told.person) AS person, coalesce(links.trust, told.trust) AS trust, policy, revision, campaign,
    about, day, body
FROM told LEFT JOIN links USING (ref)
WHERE :as_of = '' OR substr(day, 1, length(:as_of)) <= :as_of"""
"""What counts: of an entry that came by way of a link, whose it is stands in the link."""
VOIDS = "SELECT number, about FROM counted WHERE kind = 'void' AND about IS NOT NULL ORDER BY number DESC"
RESTS = "INSERT OR IGNORE INTO void SELECT number FROM counted WHERE kind = 'carried' AND about IN (SELECT number FROM void)"
IN_FORCE = "number NOT IN (SELECT number FROM void)"
CLOSED = "number IN (SELECT about FROM counted WHERE kind IN ('resolved', 'replied') AND about IS NOT NULL)"
One = TypeVar("One")
KNOWN = (*SIGNS, "issued", "not-understood", "exempt", "left")


def said(name: str) -> str:
    """The column of what else an entry says: a field of `Body`, or `facts.` and one of its facts."""
    return f"coalesce(json_extract(body, '$.{name}'), '')"


FACTS_ASKED = ", ".join(
    said(f"facts.{name}") for name in ("since", "issued", "due", "expires", "quiz", "quizzes", "key", "academy")
)
ASKED = f"number, ref, campaign, revision, {said('digest')}, {FACTS_ASKED}"
SIGNATURE = f"number, ref, revision, day, kind, {said('assurance')}, {said('facts.from')}, {said('digest')}, {said('facts.academy')}"
UNCLEAR = f"number, ref, revision, day, coalesce(json_extract(body, '$.facts.unclear'), '[]'), {said('facts.question')}, {CLOSED}"
EXCUSED = f"number, campaign, day, {said('by')}, {said('says')}"


@dataclass(frozen=True)
class Counted:
    """The entries of a register that count by a day, ready to be asked; until it is counted again."""

    register: Register
    void: frozenset[int]
    """The numbers of those that do not count."""

    def rows(self, columns: str, where: str, order: str = "number") -> Iterator[tuple[Key, Sequence[Any]]]:
        """These columns of the entries of which `where` holds, the void ones too, each after its person, trust and policy."""
        sql = f"SELECT person, trust, policy, {columns} FROM counted WHERE {where} ORDER BY {order}"  # noqa: S608 — ours
        for person, trust, policy, *row in self.register.query(sql):
            yield (person, trust, policy), row

    def in_force(self, columns: str, where: str, order: str = "number") -> Iterator[tuple[Key, Sequence[Any]]]:
        """As `rows`, without those that are void."""
        return self.rows(columns, f"{where} AND {IN_FORCE}", order)


def count_entries(register: Register, as_of: str = "") -> Counted:
    """What counts by `as_of` (a day, to its end, or a moment); without it, everything."""
    for table in ("counted", "void"):
        register.query(f"DROP TABLE IF EXISTS temp.{table}")
    register.query(COUNTED, {"as_of": as_of})
    return Counted(register, _find_void(register))


def _find_void(register: Register) -> frozenset[int]:
    """The entries that do not count: a void one voids nothing, so the last word is heard first.

    What was carried forward falls with the acknowledgement that it rests on.
    """
    void: set[int] = set()
    for number, about in register.query(VOIDS):
        if number not in void:
            void.add(about)
    register.query("CREATE TEMP TABLE void (number INTEGER PRIMARY KEY)")
    register.query("INSERT INTO void SELECT value FROM json_each(:void)", {"void": json.dumps(sorted(void))})
    register.query(RESTS)
    return frozenset(number for (number,) in register.query("SELECT number FROM void"))


def read_standings(register: Register, as_of: str = "") -> Standings:
    """How everybody stands, with all that counted by `as_of` (a day, to its end, or a moment); without it, with everything."""
    return standings_of(count_entries(register, as_of))


def standings_of(counted: Counted) -> Standings:
    """How everybody stands by what was counted."""
    issued = [(key, Asked(*row)) for key, row in counted.rows(ASKED, "kind = 'issued'")]
    links: dict[str, IssuedLink] = {}
    for (person, trust, policy), asked in issued:
        links.setdefault(asked.ref, IssuedLink(person, trust, {})).asked[policy] = asked
    asked_of = _gather((key, asked) for key, asked in issued if asked.entry not in counted.void)
    signed = _gather(
        (key, _of_link(Signed(*row), key[2], links))
        for key, row in counted.in_force(SIGNATURE, f"kind IN {SIGNS}", "day, number")
    )
    unclear = _gather(
        (key, Unclear(entry, ref, revision, day, tuple(json.loads(clauses)), question, bool(answered)))
        for key, (entry, ref, revision, day, clauses, question, answered) in counted.in_force(
            UNCLEAR, "kind = 'not-understood'"
        )
    )
    exempt = _gather((key, Excused(*row)) for key, row in counted.in_force(EXCUSED, "kind = 'exempt'"))
    left = {key[:2]: Excused(*row) for key, row in counted.in_force(EXCUSED, "kind = 'left'")}
    held = counted.in_force(f"number, ref, day, {said('says')}", f"kind = 'held' AND NOT {CLOSED}")
    return Standings(
        {
            key: Standing(
                *key, asked_of[key], _first_of_each(signed[key]), unclear[key], exempt[key], left.get(key[:2])
            )
            for key, _ in counted.rows("min(number)", f"kind IN {KNOWN} GROUP BY person, trust, policy", "min(number)")
        },
        links,
        tuple(Held(number, ref, *key, day, says) for key, (number, ref, day, says) in held),
        counted.void,
        left,
    )


def _gather(found: Iterable[tuple[Key, One]]) -> Mapping[Key, tuple[One, ...]]:
    gathered: dict[Key, tuple[One, ...]] = defaultdict(tuple)
    for key, one in found:
        gathered[key] += (one,)
    return gathered


def _of_link(signed: Signed, policy: str, links: Mapping[str, IssuedLink]) -> Signed:
    """What came by way of a link is of the academy whose text the link asked for."""
    link = links.get(signed.ref) if signed.how == "acknowledged" else None
    asked = link.asked.get(policy) if link else None
    return replace(signed, academy=asked.academy) if asked and asked.academy else signed


def _first_of_each(signed: Sequence[Signed]) -> tuple[Signed, ...]:
    """The first signature of each text; they come in the order of their days."""
    return tuple({one.text: one for one in reversed(signed)}.values())[::-1]
