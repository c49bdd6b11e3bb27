"""What a new revision asks of those who acknowledged an earlier one: nothing, or the clauses that changed in substance for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from clausebook.acknowledgements.campaigns.owed_texts import OwedTexts
from clausebook.acknowledgements.desk.people import Person
from clausebook.acknowledgements.register.entries import Body
from clausebook.acknowledgements.register.standings import Signed, Standing
from clausebook.compare.revisions.clause_diffs import ClauseDiff
from clausebook.model.handbook import Policy, Revision

NO_EMPLOYEES = frozenset(
    {"agency-workers", "volunteers", "governors", "contractors", "visitors", "pupils", "parents", "employer"}
)  # of content/roles.yml: whoever has another role besides, or only others, is employed


@dataclass(frozen=True)
class Carries:
    """The earlier acknowledgement holds for the revision in force as well."""

    signed: Signed
    reason: Literal["editorial", "other-roles"]
    clauses: tuple[str, ...]
    """What changed in substance and binds others; none where all changes are editorial."""


@dataclass(frozen=True)
class Asks:
    """The person owes the revision in force: all of it, or what changed since `since`."""

    since: str
    """The revision that they read last; empty where there is none."""
    clauses: tuple[str, ...]
    """What changed in substance and binds them, in the order of the document; none stand here where they owe all of it."""


def last_read(standing: Standing, policy: Policy) -> Signed | None:
    """The newest text that a person read and signed; one that was carried forward was not read."""
    read = [one for one in reversed(standing.signed) if one.how != "carried"]
    return next((one for revision in policy.revisions for one in read if one.revision == revision.id), None)


def judge(standing: Standing, texts: OwedTexts, text: Revision, roles: Sequence[str]) -> Carries | Asks:
    """What `text`, which binds somebody with `roles`, asks of them where they have not signed it."""
    signed = last_read(standing, texts.policy)
    if signed is None:
        return Asks("", ())
    changed = texts.changed(signed, text)
    binding = tuple(diff.clause for diff in owed_clauses(changed, roles))
    if binding:
        return Asks(signed.revision, binding)
    reason: Literal["editorial", "other-roles"] = "other-roles" if changed else "editorial"
    return Carries(signed, reason, tuple(diff.clause for diff in changed))


def owed_clauses(diffs: Iterable[ClauseDiff], roles: Sequence[str]) -> tuple[ClauseDiff, ...]:
    """Those of the changes that bind somebody with `roles`: the one place that says so, for what is asked and for what is reported."""
    bound = bound_as(roles)
    return tuple(diff for diff in diffs if not diff.roles or bound & set(diff.roles))


def bound_as(roles: Sequence[str]) -> frozenset[str]:
    """The roles by which clauses bind somebody: `staff` covers all employees, whatever else the roster calls them."""
    return frozenset((*roles, *(("staff",) if set(roles) - NO_EMPLOYEES else ())))


def in_words(carries: Carries, revision: Revision) -> str:
    """Why nobody is asked again, for the register."""
    between = f"between {carries.signed.revision} and {revision.id}"
    if carries.signed.revision == revision.id:
        between = "between the text that was signed and the academy's text now"
    if carries.reason == "editorial":
        return (
            f"Only editorial changes and fields that were filled in lie {between}."
            if revision.academy
            else f"Only editorial changes lie {between}."
        )
    return f"What changed in substance {between} applies to other roles: {', '.join(carries.clauses)}."


def academy_in(text: Revision) -> dict[str, str]:
    """What an entry says of whose text it is about; nothing where it is the trust's own."""
    return {"academy": text.academy} if text.academy else {}


def carry_body(person: Person, carries: Carries, revision: Revision, campaign: str, day: date, at: str) -> Body:
    """The entry by which an acknowledgement is carried forward to `revision`."""
    return Body(
        kind="carried", at=at, ref=carries.signed.ref, person=person.id, trust=revision.trust, policy=revision.policy,
        revision=revision.id, digest=revision.digest, campaign=campaign, received=day.isoformat(),
        assurance=carries.signed.assurance, says=in_words(carries, revision), about=carries.signed.entry,
        facts={"from": carries.signed.revision, "reason": carries.reason, "clauses": list(carries.clauses)} | academy_in(revision),
    )  # fmt: skip
