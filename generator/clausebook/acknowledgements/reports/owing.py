"""Who owes what: each person with all that they have not signed yet, whatever policy and campaign it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from clausebook.acknowledgements.desk.people import Person
from clausebook.acknowledgements.reports.cases import Case


@dataclass(frozen=True)
class Owing:
    """One person who owes something."""

    person: Person
    manager: str
    cases: tuple[Case, ...]
    """What they owe: the longest overdue first, then what is due first, then by title."""

    @property
    def overdue(self) -> int:
        """Days past the first due day; 0 while none is past."""
        return self.cases[0].overdue


def find_owing(cases: Iterable[Case], title: Callable[[str], str]) -> tuple[Owing, ...]:
    """Everybody who owes something: the longest overdue first, of these who owes most; then by what is due first.

    `title` says what a policy is called.
    """
    groups: dict[str, list[Case]] = {}
    for case in cases:
        if case.is_outstanding:
            groups.setdefault(case.person.id, []).append(case)
    found = (
        Owing(
            group[0].person,
            group[0].manager,
            tuple(sorted(group, key=lambda one: (-one.overdue, one.due, title(one.policy).casefold()))),
        )
        for group in groups.values()
    )
    return tuple(sorted(found, key=lambda one: (-one.overdue, -_count_overdue(one), one.cases[0].due, -len(one.cases))))


def _count_overdue(one: Owing) -> int:
    return sum(case.overdue > 0 for case in one.cases)
