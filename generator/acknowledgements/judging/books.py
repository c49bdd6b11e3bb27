"""What the handbook knows that arrivals are held against: keys, revisions, campaigns, and quizzes to mark by."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from generator.merge import Handbook, Library, Policy, Series
from generator.model import PublicKey
from generator.quizzes.marking import Marked, Refused, mark_by, quiz_of
from generator.quizzes.slips import Slip
from generator.quizzes.taken import TakenQuiz


@dataclass(frozen=True)
class Books:
    """A library, by what a receipt names."""

    library: Library
    _quizzes: dict[tuple[str, ...], TakenQuiz | Refused] = field(default_factory=dict)
    """Each quiz once, however many receipts are marked by it."""

    @cached_property
    def handbooks(self) -> dict[str, Handbook]:
        return {one.id: one for one in self.library.handbooks}

    @cached_property
    def keys(self) -> dict[str, tuple[str, PublicKey]]:
        """By the key's id: the trust, and the key."""
        return {key.id: (one.id, key) for one in self.library.handbooks for key in one.keys}

    @cached_property
    def public_keys(self) -> dict[str, str]:
        return {name: key.public for name, (_, key) in self.keys.items()}

    def series(self, trust: str, policy: str) -> Series | None:
        handbook = self.handbooks.get(trust)
        return next((one for one in handbook.series if one.id == policy), None) if handbook else None

    def title(self, trust: str, policy: str) -> str:
        """What a policy is called; its id where the handbook has lost it."""
        series = self.series(trust, policy)
        return " ".join(series.in_force.revision.title.split()) if series else policy

    def revision(self, trust: str, policy: str, revision: str) -> Policy | None:
        series = self.series(trust, policy)
        return next((one for one in series.revisions if one.revision_id == revision), None) if series else None

    def in_force(self, trust: str, policy: str) -> str:
        """The id of the revision in force; empty where the handbook has none."""
        series = self.series(trust, policy)
        return series.in_force.revision_id if series else ""

    def statement(self, trust: str, campaign: str, revision: Policy) -> str | None:
        """What is signed in that campaign; None where the handbook no longer has it."""
        handbook = self.handbooks[trust]
        found = next((one for one in handbook.campaigns if one.id == campaign), None)
        return handbook.statement_for(revision) if found else None

    def has_quiz(self, trust: str, policy: str) -> bool:
        handbook = self.handbooks.get(trust)
        return bool(handbook and handbook.quiz_for(policy))

    def mark(self, slip: Slip) -> Marked | Refused:
        name = (slip.trust, slip.policy, slip.revision, slip.since)
        if name not in self._quizzes:
            self._quizzes[name] = quiz_of(slip, self.library)
        quiz = self._quizzes[name]
        return quiz if isinstance(quiz, Refused) else mark_by(slip, quiz)
