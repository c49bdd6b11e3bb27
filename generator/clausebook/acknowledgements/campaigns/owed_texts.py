"""Which text of a policy somebody owes, and what changed in substance from the one that they signed: the one place that says so.

What an academy has of its own has no revisions. It is compared with what the academy had when somebody signed, which the desk keeps.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from clausebook.acknowledgements.desk.academy_texts import AcademyTexts
from clausebook.acknowledgements.desk.people import Person
from clausebook.acknowledgements.register.standings import Asked, Signed, TextKey
from clausebook.compare.revisions.changesets import changeset_between
from clausebook.compare.revisions.clause_diffs import ClauseDiff
from clausebook.model.handbook import Policy, Revision, Trust

Diffs = tuple[ClauseDiff, ...]


def key_of(text: Revision) -> TextKey:
    """How the register names a text."""
    return TextKey(text.id, text.digest if text.academy else "")


def material_changes(policy: Policy) -> dict[str, Diffs]:
    """For each earlier revision of the trust's text what changed in substance up to the one in force.

    Over several revisions a clause asks again where one of the steps between them did.
    """
    newest, past = policy.current, policy.past
    chain: list[Revision] = [newest]
    found: dict[str, Diffs] = {}
    for old in past:
        diffs = changeset_between(old, newest, tuple(reversed(chain))).diffs
        found[old.id] = tuple(diff for diff in diffs if diff.material)
        chain.append(old)
    return found


@dataclass(frozen=True)
class OwedTexts:
    """The texts of one policy in force, for the staff of all academies of a trust."""

    trust: Trust
    policy: Policy
    kept: AcademyTexts
    """The texts of academies, by their digests."""
    _deltas: dict[str, dict[str, Diffs]] = field(default_factory=dict)
    _own: dict[tuple[TextKey, str], Diffs] = field(default_factory=dict)

    def of(self, person: Person) -> Revision:
        """The text that binds somebody: their academy's; the trust's own where it has none, or they work at none."""
        return self.trust.text_for(self.policy.id, person.academy)

    def find(self, asked: Asked | Signed) -> Revision | None:
        """The text that somebody was asked for or signed; None where neither the handbook nor the desk has it any more."""
        return self.kept.find(asked.digest) if asked.academy else self.policy.by_id.get(asked.revision)

    def changed(self, signed: Signed, text: Revision) -> Diffs:
        """What changed in substance from what somebody signed to `text`: in the trust's text, then in what is their academy's own.

        An academy's own are its appendix and, for whoever comes from another academy, the clauses with its fields: a field that
        their own academy fills in anew asks nobody, as names that are filled in never do.
        """
        of_trust = self._of_trust(signed.revision, text.id)
        told = {diff.clause for diff in of_trust}
        return (*of_trust, *(diff for diff in self._of_academy(signed, text) if diff.clause not in told))

    def _of_trust(self, since: str, revision: str) -> Diffs:
        if revision not in self._deltas:
            policy = self._up_to(revision)
            self._deltas[revision] = material_changes(policy) if policy else {}
        return self._deltas[revision].get(since, ())

    def _up_to(self, revision: str) -> Policy | None:
        """The policy as it was when `revision` was in force."""
        revisions = self.policy.revisions
        place = next((place for place, one in enumerate(revisions) if one.id == revision), None)
        return None if place is None else Policy(self.policy.id, revisions[place], revisions[place + 1 :], None)

    def _of_academy(self, signed: Signed, text: Revision) -> Diffs:
        if not (text.academy or signed.academy):
            return ()
        key = (signed.text, text.digest)
        if key not in self._own:
            self._own[key] = tuple(self._find_own(signed, text))
        return self._own[key]

    def _find_own(self, signed: Signed, text: Revision) -> Iterator[ClauseDiff]:
        of_trust = self.policy.by_id.get(signed.revision)
        has_moved = bool(signed.academy) and signed.academy != text.academy
        was = self.find(signed) or of_trust or replace(text, sections=())
        own = {clause.id for clause in text.clauses if clause.of_academy or (has_moved and clause.filled_in)}
        own |= {part.record.id for part in text.sections if part.of_academy}
        trusts = set(of_trust.by_id) | {part.record.id for part in of_trust.sections} if of_trust else set()
        for diff in changeset_between(was, text).diffs:
            after = {clause.id for change in diff.changes for clause in change.after}
            before = {clause.id for change in diff.changes for clause in change.before}
            is_own = bool(after & own) if after else not has_moved and not before & trusts
            if diff.material and is_own:
                yield diff
