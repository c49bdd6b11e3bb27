"""Rights and duties: what hangs on a prohibition, and rights beside duties, as a rep would check them in the document."""

from __future__ import annotations

import pytest

from clausebook.findings.rights_and_duties import find_balance, find_consequences, find_prohibitions
from clausebook.model.handbook import Handbook


def revision(handbook: Handbook, trust: str):
    return next(revision for revision in handbook.in_force if revision.trust == trust)


# Read in the sources: how many prohibitions bind somebody, which clause tells what follows any breach, who acts, under what.
ANY_BREACH = {
    "archway": [("removal-may-be-required", None, None)],
    "att": [("disciplinary-action", None, "Disciplinary Policy"), ("dismissal-governance-and-volunteers", None, None)],
    "catholic": [
        ("breach-and-dismissal", None, None),
        ("managers-investigate-breaches", "Managers and Headteachers", None),
        ("managers-investigate-breaches", "Managers and Headteachers", "Disciplinary Policy"),
        ("cooperate-with-investigation", None, None),
    ],
    "laat": [
        ("breach-investigated", None, "Disciplinary Procedure"),
        ("breaches-investigated", None, "disciplinary policy"),
        ("removal-may-be-asked", None, None),
    ],
    "lwlat": [
        ("disciplinary-action", None, None),
        ("suspected-staff", None, None),
        ("managers-take-action", "Line Managers", None),
    ],
}


@pytest.mark.parametrize("trust", ANY_BREACH)
def test_what_follows_any_breach(handbook: Handbook, trust: str) -> None:
    found = [one for one in find_consequences(revision(handbook, trust)) if not one.of]
    assert [(one.clauses[0].id, one.record.acts, one.record.procedure) for one in found] == ANY_BREACH[trust]


def test_a_consequence_hangs_on_the_clauses_that_it_names(handbook: Handbook) -> None:
    hanging = {
        one.clause.id: [consequence.clauses[0].id for consequence in one.consequences]
        for one in find_prohibitions(revision(handbook, "catholic"))
    }
    assert hanging["no-disreputable-activities"] == ["reports-reviewed"]
    assert hanging["no-raising-concerns-online"] == []


@pytest.mark.parametrize("trust", ANY_BREACH)
def test_every_prohibition_is_told_once_with_its_lead_in(handbook: Handbook, trust: str) -> None:
    found = [one.clause for one in find_prohibitions(revision(handbook, trust))]
    wanted = [
        clause for clause in revision(handbook, trust).clauses
        if clause.modality == "must-not" and not clause.items and clause.binds != ("employer",)
    ]  # fmt: skip
    assert found == wanted


RIGHTS = {
    "archway": {"union-for-advice"},
    "att": {"freedom-of-expression"},
    "catholic": {"staff-may-comment", "block-and-report"},
    "laat": {"whistleblowing-not-prevented"},
    "lwlat": {"support-for-staff"},
}


@pytest.mark.parametrize("trust", RIGHTS)
def test_rights_stand_beside_duties_and_no_clause_is_both(handbook: Handbook, trust: str) -> None:
    found = find_balance(revision(handbook, trust), handbook)
    lists = {
        name: [clause.id for one in found for clause in getattr(one, name)]
        for name in ("rights", "duties", "of_the_trust", "powers")
    }
    assert RIGHTS[trust] <= set(lists["rights"])
    told = [clause for clauses in lists.values() for clause in clauses]
    assert len(told) == len(set(told))
    forces = ("must", "must-not", "should", "should-not", "may")
    assert {one.id for one in revision(handbook, trust).clauses if one.modality in forces and not one.items} <= set(
        told
    )


# Read in the sources: what the trust or a manager owes, and what is a power over staff and no right of theirs.
OF_THE_TRUST = {
    "archway": ("register-of-accounts", "leader-sets-conditions"),
    "catholic": ("reminder-of-access", "breach-and-dismissal"),
    "lwlat": ("implementation-monitored", None),
}


@pytest.mark.parametrize("trust", OF_THE_TRUST)
def test_what_the_trust_owes_and_what_it_may(handbook: Handbook, trust: str) -> None:
    found = find_balance(revision(handbook, trust), handbook)
    owes, may = OF_THE_TRUST[trust]
    assert owes in {clause.id for one in found for clause in one.of_the_trust}
    assert may is None or may in {clause.id for one in found for clause in one.powers}


def test_what_takes_a_voice_away_is_no_right(handbook: Handbook) -> None:
    found = find_balance(revision(handbook, "catholic"), handbook)
    rights = {clause.id for one in found for clause in one.rights}
    assert not rights & {"no-raising-concerns-online", "concerns-on-social-media-inappropriate", "breach-and-dismissal"}
