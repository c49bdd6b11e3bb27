"""What was not understood: for each clause how many people said so, and what they asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from clausebook.acknowledgements.reports.cases import Case
from clausebook.acknowledgements.reports.holdings import place_of
from clausebook.model.handbook import Trust


@dataclass(frozen=True)
class UnclearClause:
    """A clause that somebody did not understand. Who asked stands with the exceptions, and not here."""

    policy: str
    revision: str
    clause: str
    place: str
    text: str
    """What the clause says in full; empty where the handbook has lost the revision."""
    people: int
    unanswered: int
    """How many of them nobody has answered yet."""
    questions: tuple[str, ...]


def count_unclear(cases: Iterable[Case], trust: Trust) -> tuple[UnclearClause, ...]:
    """The clauses, those that most people did not understand first."""
    people: dict[tuple[str, str, str], dict[str, bool]] = {}
    questions: dict[tuple[str, str, str], list[str]] = {}
    for case in cases:
        for one in case.standing.unclear:
            for clause in one.clauses:
                key = (case.policy, one.revision, clause)
                answered = people.setdefault(key, {})
                answered[case.person.id] = one.answered and answered.get(case.person.id, True)
                questions.setdefault(key, []).extend([one.question] if one.question else [])
    found = (_counted(key, told, questions[key], trust) for key, told in people.items())
    return tuple(sorted(found, key=lambda one: (-one.people, one.policy, one.revision, one.clause)))


def _counted(key: tuple[str, str, str], answered: dict[str, bool], questions: list[str], trust: Trust) -> UnclearClause:
    policy_id, revision, clause = key
    policy = trust.policy_by_id.get(policy_id)
    texts = [policy.by_id[revision]] if policy and revision in policy.by_id else []
    texts += [text for text in trust.texts_of_academies if (text.policy, text.id) == (policy_id, revision)]
    found = next((text.by_id[clause] for text in texts if clause in text.by_id), None)
    place, text = (place_of(found), found.in_full) if found else ("", "")
    unanswered = sum(not done for done in answered.values())
    return UnclearClause(*key, place, text, len(answered), unanswered, tuple(dict.fromkeys(questions)))
