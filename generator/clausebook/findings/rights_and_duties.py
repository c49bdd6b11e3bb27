"""What a policy lays on its staff and what it gives them: what may follow a prohibition, and the rights beside the duties.

A right is what staff may do, or what a question that protects staff finds. Beside it stand the duties of the trust and of those
who act for it, and their powers. Nothing here is judged: it follows from force, from whom a clause binds, and from positions.
"""

from __future__ import annotations

from dataclasses import dataclass

from clausebook import model
from clausebook.model import Answer, Modality
from clausebook.model.clause import Clause
from clausebook.model.handbook import Handbook, Revision

DUTY_FORCES: tuple[Modality, ...] = ("must", "must-not", "should", "should-not")
YES: tuple[Answer, ...] = ("required", "permitted")
EMPLOYER = "employer"
FOR_THE_TRUST = {EMPLOYER, "managers", "senior-leaders", "hr", "it-team", "safeguarding-leads"}


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
    """Duties and rights on the topics of one group. Each clause stands under the first of its topics."""

    group: model.TopicGroup
    duties: tuple[Clause, ...]
    rights: tuple[Clause, ...]
    of_the_trust: tuple[Clause, ...]
    """What the trust, or somebody who acts for it, must or should do."""
    powers: tuple[Clause, ...]


def find_consequences(revision: Revision) -> tuple[Consequence, ...]:
    """Every consequence that the policy names, those of any breach first."""
    found = [
        Consequence(record, *(tuple(revision.by_id[one] for one in ids) for ids in (record.clauses, record.of)))
        for record in revision.record.consequences
    ]
    return tuple(sorted(found, key=lambda consequence: bool(consequence.of)))


def find_prohibitions(revision: Revision) -> tuple[Prohibition, ...]:
    """Every clause that forbids something to somebody else than the trust, in the order of the document."""
    specific = [consequence for consequence in find_consequences(revision) if consequence.of]
    return tuple(
        Prohibition(clause, tuple(consequence for consequence in specific if _hangs_on(clause, consequence)))
        for clause in revision.clauses
        if clause.modality == "must-not" and not clause.items and clause.binds != (EMPLOYER,)
    )


def _hangs_on(clause: Clause, consequence: Consequence) -> bool:
    """Whether it follows this clause; what follows a lead-in follows each item that hangs from it."""
    return bool({one.id for one in consequence.of} & {clause.id, *clause.lead_in_ids})


def find_balance(revision: Revision, handbook: Handbook) -> tuple[Balance, ...]:
    """The duties, rights and powers of each group of topics, in the order of the shared list."""
    protecting = _protecting(revision, handbook)
    ends = [clause for clause in revision.clauses if not clause.items]
    rights = [one for one in ends if one.id in protecting or (one.modality == "may" and not _acts_for_the_trust(one))]
    given = {right.id for right in rights}
    powers = [one for one in ends if one.modality == "may" and _acts_for_the_trust(one)]
    binding = [one for one in ends if one.modality in DUTY_FORCES and one.id not in given]
    of_the_trust = [one for one in binding if set(one.binds) <= FOR_THE_TRUST]
    duties = [one for one in binding if not set(one.binds) <= FOR_THE_TRUST]
    return tuple(
        Balance(group, *(
            tuple(clause for clause in clauses if clause.topics[0] in {topic.id for topic in group.topics})
            for clauses in (duties, rights, of_the_trust, powers)
        ))
        for group in handbook.groups if any(topic.id in revision.by_topic for topic in group.topics)
    )  # fmt: skip


def _acts_for_the_trust(clause: Clause) -> bool:
    return EMPLOYER in clause.binds or set(clause.binds) <= FOR_THE_TRUST


def _protecting(revision: Revision, handbook: Handbook) -> set[str]:
    """The clause that gives a “yes” to a question that protects staff, the most direct one."""
    positions = (revision.record.positions.get(question.id) for question in handbook.questions if question.protects)
    return {clause for position in positions if position and position.answer in YES for clause in position.clauses[:1]}
