"""Which rules the quick guide and its poster open with, chosen by rule from a policy's own clauses."""

from __future__ import annotations

from dataclasses import dataclass

from clausebook.model import Modality
from clausebook.model.clause import Clause
from clausebook.model.handbook import Handbook, Revision

MOST_RULES = 10
MOST_WORDS = 165  # of the rules together: with the page's own words it stays below 200
FORCES: tuple[Modality, ...] = ("must-not", "must", "should-not", "should")  # the strictest first


@dataclass(frozen=True)
class Rules:
    """What a policy tells somebody with no other role to do or not to do."""

    first: tuple[Clause, ...]
    """The rules that the guide opens with."""
    others: tuple[Clause, ...]
    """All others, what everyone must know first."""
    contradicted: frozenset[str]
    """The ids of clauses on which the policy contradicts itself."""


def choose_rules(revision: Revision, handbook: Handbook) -> Rules:
    """At most ten rules of `revision` for a member of staff with no other role, and all others.

    A rule is a whole sentence that binds staff: one that lists items is told by its items, each with its lead-in. What
    everybody must know is taken first, then what is about pupils, then the strictest, then by the order of topics; a topic
    gets one rule only, unless more must be known. A rule that is too long for the words that are left is passed over, and so
    is one with an editor's note in square brackets. Those taken stand in the same order, but for what must be known.
    """
    topics = [topic for group in handbook.groups for topic in group.topics]
    order = {topic.id: place for place, topic in enumerate(topics)}
    about_pupils = {topic.id for topic in topics if topic.pupils}
    rules = sorted(
        (clause for clause in revision.clauses if _is_rule(clause, _role_of(revision))),
        key=lambda clause: (
            about_pupils.isdisjoint(clause.topics),
            FORCES.index(clause.modality),
            min((order[topic] for topic in clause.topics), default=len(order)),
        ),
    )
    must_know_first = sorted(rules, key=lambda clause: not clause.must_know)
    taken = _take(must_know_first)
    return Rules(
        tuple(clause for clause in rules if clause.id in taken),
        tuple(clause for clause in must_know_first if clause.id not in taken),
        frozenset(clause for one in revision.record.positions.values() if one.conflict for clause in one.clauses),
    )


def _take(rules: list[Clause]) -> set[str]:
    """The ids of those that the guide has room for."""
    taken: dict[str, Clause] = {}
    words = 0
    for clause in rules:
        told = {topic for one in taken.values() for topic in one.topics[:1]}
        is_new = clause.must_know or told.isdisjoint(clause.topics[:1])
        length = len(clause.in_full.split())
        if is_new and "[" not in clause.in_full and len(taken) < MOST_RULES and words + length <= MOST_WORDS:
            taken[clause.id] = clause
            words += length
    return set(taken)


def _is_rule(clause: Clause, role: str) -> bool:
    return not clause.items and clause.modality in FORCES and role in clause.binds


def _role_of(revision: Revision) -> str:
    """Staff; where a policy is not for them, those for whom it is."""
    return "staff" if "staff" in revision.record.binds else revision.record.binds[0]
