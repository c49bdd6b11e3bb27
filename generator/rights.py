"""What a policy lays on its staff and what it gives them: what may follow a prohibition, and the rights beside the duties.

A right is what staff may do, what the trust itself must or should do, and what a question that protects staff finds. A
power is what the trust may do. Nothing here is judged: it follows from force, from whom a clause binds, and from positions.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator import model
from generator.merge import Clause, Library, Policy
from generator.model import Answer, Modality

DUTY_FORCES: tuple[Modality, ...] = ("must", "must-not", "should", "should-not")
YES: tuple[Answer, ...] = ("required", "permitted")
EMPLOYER = "employer"


@dataclass(frozen=True)
class Consequence:
    """What may follow, with the clauses that tell it and, unless it follows any breach, those that it hangs on."""

    record: model.Consequence
    clauses: tuple[Clause, ...]
    of: tuple[Clause, ...]


@dataclass(frozen=True)
class Prohibition:
    """A clause that forbids, with the consequences that hang on it beyond those of any breach."""

    clause: Clause
    consequences: tuple[Consequence, ...]


@dataclass(frozen=True)
class Balance:
    """The duties, rights and powers on the topics of one group. Each clause stands under the first of its topics."""

    group: model.TopicGroup
    duties: tuple[Clause, ...]
    rights: tuple[Clause, ...]
    powers: tuple[Clause, ...]


def find_consequences(policy: Policy) -> tuple[Consequence, ...]:
    """Every consequence that the policy names, those of any breach first."""
    found = [
        Consequence(record, *(tuple(policy.by_id[one] for one in ids) for ids in (record.clauses, record.of)))
        for record in policy.revision.consequences
    ]
    return tuple(sorted(found, key=lambda one: bool(one.of)))


def find_prohibitions(policy: Policy) -> tuple[Prohibition, ...]:
    """Every clause that forbids something to somebody else than the trust, in the order of the document."""
    specific = [one for one in find_consequences(policy) if one.of]
    return tuple(
        Prohibition(clause, tuple(one for one in specific if _hangs_on(clause, one)))
        for clause in policy.clauses
        if clause.modality == "must-not" and not clause.items and clause.binds != (EMPLOYER,)
    )


def _hangs_on(clause: Clause, consequence: Consequence) -> bool:
    """Whether it follows this clause; what follows a lead-in follows each item that hangs from it."""
    return bool({one.id for one in consequence.of} & {clause.id, *clause.lead_in_ids})


def find_balance(policy: Policy, library: Library) -> tuple[Balance, ...]:
    """The duties, rights and powers of each group of topics, in the order of the shared list."""
    protecting = _protecting(policy, library)
    ends = [clause for clause in policy.clauses if not clause.items]
    rights = [clause for clause in ends if clause.id in protecting or _is_right(clause)]
    powers = [clause for clause in ends if clause.modality == "may" and EMPLOYER in clause.binds]
    duties = [
        clause
        for clause in ends
        if clause.modality in DUTY_FORCES and clause not in rights and clause.binds != (EMPLOYER,)
    ]
    return tuple(
        Balance(group, *(
            tuple(clause for clause in clauses if clause.topics[0] in {topic.id for topic in group.topics})
            for clauses in (duties, rights, powers)
        ))
        for group in library.groups
    )  # fmt: skip


def _is_right(clause: Clause) -> bool:
    if clause.modality == "may":
        return EMPLOYER not in clause.binds
    return clause.modality in DUTY_FORCES and clause.binds == (EMPLOYER,)


def _protecting(policy: Policy, library: Library) -> set[str]:
    """The clauses that give a “yes” to a question that protects staff."""
    positions = [policy.revision.positions[question.id] for question in library.questions if question.protects]
    return {clause for position in positions if position.answer in YES for clause in position.clauses}
