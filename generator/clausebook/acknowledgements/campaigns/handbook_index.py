"""What the handbook knows that arrivals are held against: keys, revisions, campaigns, and quizzes to mark by."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from clausebook.model import PublicKey
from clausebook.model.handbook import Handbook, Policy, Revision
from clausebook.quizzes.marking import Marked, Refused, mark_by, quiz_of
from clausebook.quizzes.quiz import TakenQuiz
from clausebook.quizzes.slips import AnySlip


@dataclass(frozen=True)
class HandbookIndex:
    """A handbook, by what a receipt names."""

    handbook: Handbook
    _quizzes: dict[tuple[str, ...], TakenQuiz | Refused] = field(default_factory=dict)
    """Each quiz once, however many receipts are marked by it."""

    @cached_property
    def keys(self) -> dict[str, tuple[str, PublicKey]]:
        """By the key's id: the trust, and the key."""
        return {key.id: (trust.id, key) for trust in self.handbook.trusts for key in trust.keys}

    @cached_property
    def public_keys(self) -> dict[str, str]:
        return {name: key.public for name, (_, key) in self.keys.items()}

    def policy(self, trust_id: str, policy_id: str) -> Policy | None:
        trust = self.handbook.trust_by_id.get(trust_id)
        return trust.policy_by_id.get(policy_id) if trust else None

    def title(self, trust: str, policy_id: str, revision_id: str = "") -> str:
        """What a policy is called, in that revision or in its newest; its id where the handbook has lost it."""
        policy = self.policy(trust, policy_id)
        found = self.revision(trust, policy_id, revision_id)
        return " ".join((found.record.title if found else policy.title if policy else policy_id).split())

    def revision(self, trust: str, policy_id: str, revision: str) -> Revision | None:
        policy = self.policy(trust, policy_id)
        return next((one for one in policy.revisions if one.id == revision), None) if policy else None

    def clauses(self, trust_id: str, policy_id: str, revision: str, academy: str) -> frozenset[str] | None:
        """The ids of the clauses of a revision, with those that an academy has of its own now; None where the handbook has lost it."""
        found, trust = self.revision(trust_id, policy_id, revision), self.handbook.trust_by_id.get(trust_id)
        if found is None or trust is None:
            return None
        school = trust.academy_by_id.get(academy)
        own = school.texts.get(policy_id, found) if school else found
        return frozenset((*found.by_id, *own.by_id))

    def in_force(self, trust: str, policy_id: str) -> str:
        """The id of the revision in force; empty where the handbook has none."""
        policy = self.policy(trust, policy_id)
        return policy.in_force.id if policy and policy.in_force else ""

    def is_withdrawn(self, trust: str, policy_id: str) -> bool:
        """Whether nothing may be asked for the policy any more."""
        policy = self.policy(trust, policy_id)
        return bool(policy and policy.is_withdrawn)

    def statement(self, trust_id: str, campaign: str) -> str | None:
        """What is signed in that campaign; None where the handbook no longer has it."""
        campaigns = self.handbook.trust(trust_id).campaigns
        return next((one.statement for one in campaigns if one.id == campaign), None)

    def has_quiz(self, trust_id: str, policy: str) -> bool:
        trust = self.handbook.trust_by_id.get(trust_id)
        return bool(trust and trust.quiz_for(policy))

    def mark(self, slip: AnySlip) -> Marked | Refused:
        if slip.quiz not in self._quizzes:
            self._quizzes[slip.quiz] = quiz_of(slip, self.handbook)
        quiz = self._quizzes[slip.quiz]
        return quiz if isinstance(quiz, Refused) else mark_by(slip, quiz)
