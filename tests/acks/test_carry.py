"""A new revision: nobody signs again for a comma, and whoever does signs only for what changed for them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from acks.conftest import HEAD, POLICY, ROOT, TRUST, Office, edit
from acks.registers import bytes_of
from clausebook.acknowledgements.campaigns.carry_forward import Asks, judge, owed_clauses
from clausebook.acknowledgements.campaigns.owed_texts import OwedTexts
from clausebook.acknowledgements.desk.academy_texts import AcademyTexts
from clausebook.acknowledgements.desk.paths import Desk
from clausebook.acknowledgements.register.standings import Signed, Standing, TextKey
from clausebook.check.library import read_handbook
from clausebook.model.handbook import Trust

SOON = "2025-09-10"
PEOPLE = f"""{HEAD}
E100,A,,,,staff,,,
E101,B,,,,staff;managers,,,
E102,C,,,,governors,,,
E103,D,,,,managers,,,
"""


@pytest.fixture
def earlier(office: Office) -> Office:
    """Everybody acknowledged 2024-09, E101 only 2023-09; 2025-09 is in force. Nobody has been asked for it."""
    office.issue("2020-01-01", roster=PEOPLE)  # only to know the people; what it asked is then taken away
    office.desk.register.unlink()
    for number in ("E100", "E102", "E103"):
        office.acknowledged(number, "2024-09", "2024-10-01")
    office.acknowledged("E101", "2023-09", "2023-10-01")
    return office


def nothing_material(office: Office, revision: str) -> None:
    """HR decides that nothing in `revision` asks anybody to sign again."""
    path = office.handbook_folder / f"trusts/{TRUST}/{POLICY}/{revision}.yml"
    edit(path, (r'material: true, (seen: "\w+")\}', r'material: false, \1, because: "Words only."}'))
    assert office.clausebook("check", "--handbook", office.handbook_folder).stdout == "no problems\n"


def carry(office: Office) -> str:
    return office.run("carry-forward", TRUST, POLICY, "--as-of", SOON)


def test_after_editorial_changes_nobody_signs_again(earlier: Office) -> None:
    nothing_material(earlier, "2025-09")
    said = carry(earlier)
    assert "carried forward 3 (editorial changes only 3, what changed applies to other roles 0)" in said
    entry = earlier.entries("carried")[0]
    assert entry.body
    assert entry.body.says == "Only editorial changes lie between 2024-09 and 2025-09."
    assert entry.body.facts == {"from": "2024-09", "reason": "editorial", "clauses": []}
    assert (entry.body.about, entry.body.assurance) == (1, "link and sender")
    first, carried = earlier.standing("E100").signed
    assert (first.revision, first.day, first.how) == ("2024-09", "2024-10-01", "acknowledged")
    assert (carried.revision, carried.day, carried.how, carried.carried_from) == ("2025-09", SOON, "carried", "2024-09")


def test_a_material_step_further_back_still_asks(earlier: Office) -> None:
    nothing_material(earlier, "2025-09")
    said = carry(earlier)
    assert re.search(r"To be asked since 2023-09: 1, for .*tell-of-request", said)
    assert "private-life" not in said


def test_what_binds_other_roles_is_carried_forward_with_that_reason(earlier: Office) -> None:
    said = carry(earlier)
    assert "carried forward 1 (editorial changes only 0, what changed applies to other roles 1)" in said
    (entry,) = earlier.entries("carried")
    assert entry.body
    assert entry.body.person == earlier.person("E102").id
    assert "applies to other roles: private-life" in entry.body.says
    assert "To be asked since 2024-09: 2, for private-life" in said  # staff, and a manager, who is staff too


def test_carrying_again_adds_nothing(earlier: Office) -> None:
    carry(earlier)
    before = bytes_of(earlier.desk.register)
    assert "carried forward 0" in carry(earlier)
    assert bytes_of(earlier.desk.register) == before


def test_issue_carries_first_and_asks_the_others_only_since_what_they_read(earlier: Office) -> None:
    campaign = earlier.handbook_folder / "trusts" / TRUST / "acknowledgements.yml"
    edit(campaign, (r"roles: \[staff, ", "roles: [governors, managers, staff, "))
    said = earlier.issue(SOON, roster=PEOPLE)
    assert "issued 3 · already holding 0 · acknowledged 0 · carried forward 1" in said
    since = {number: earlier.standing(number).asked[-1].since for number in ("E100", "E101", "E103")}
    assert since == {"E100": "2024-09", "E101": "2023-09", "E103": "2024-09"}
    assert "issued 0 · already holding 3 · acknowledged 1 · carried forward 0" in earlier.issue(SOON, roster=PEOPLE)


def test_what_was_carried_falls_with_what_it_rests_on(earlier: Office) -> None:
    carry(earlier)
    assert earlier.standing("E102").signed_of(TextKey("2025-09"))
    earlier.run("note", TRUST, "void", "E102", "--policy", POLICY, "--by", "HR", "--why", "Someone else signed.")
    assert earlier.standing("E102").signed == ()


def test_whoever_has_left_or_never_signed_is_not_carried(earlier: Office) -> None:
    nothing_material(earlier, "2025-09")
    earlier.run(
        "note", TRUST, "left", "E100", "--policy", POLICY, "--by", "HR", "--why", "Left.", "--date", "2025-08-31"
    )
    carry(earlier)
    assert earlier.standing("E100").signed_of(TextKey("2025-09")) is None


@pytest.fixture(scope="module")
def starter() -> Trust:
    handbook, problems = read_handbook(ROOT / "generator/clausebook/starter")
    assert handbook, problems
    return handbook.trusts[0]


ROLES = ("staff", "managers", "volunteers", "governors", "agency-workers", "contractors", "unknown-role")


@dataclass(frozen=True)
class Changed:
    """What is asked of a change here: which clause it is of, and whom it binds."""

    clause: str
    roles: tuple[str, ...]


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    roles=st.lists(st.sampled_from(ROLES), unique=True),
    bound=st.lists(st.lists(st.sampled_from(ROLES), unique=True, max_size=3), max_size=4),
)
def test_what_is_asked_is_what_is_reported(starter: Trust, roles: list[str], bound: list[list[str]]) -> None:
    """Of whatever changed, and whomever it binds: `issue` and `report` name the same clauses."""
    policy = starter.policy("social-media")
    since, newest = policy.past[0].id, policy.current.id
    made: Any = tuple(Changed(f"clause-{place}", tuple(those)) for place, those in enumerate(bound))
    signed = Signed(1, "", since, "2024-10-01", "acknowledged", "link only")
    texts = OwedTexts(starter, policy, AcademyTexts(Desk(ROOT)), {newest: {since: made}})
    judged = judge(Standing("p", "t", policy.id, signed=(signed,)), texts, policy.current, roles)
    reported = tuple(diff.clause for diff in owed_clauses(texts.changed(signed, policy.current), roles))
    assert (judged.clauses if isinstance(judged, Asks) else ()) == reported


def test_somebody_who_is_listed_as_a_manager_alone_owes_what_they_are_asked(office: Office) -> None:
    edit(
        office.handbook_folder / f"trusts/{TRUST}/acknowledgements.yml",
        (r"roles: \[staff, ", "roles: [managers, staff, "),
    )
    office.issue("2020-01-01", roster=PEOPLE)
    office.desk.register.unlink()
    office.acknowledged("E103", "2023-09", "2023-10-01")
    office.issue(SOON, roster=PEOPLE)
    assert office.links(f"{SOON}-issue")
    report = office.report(SOON)
    owing = {one.case.person.number: one.clauses for one in report.holdings}
    policy, person = office.merged.policies[0], office.person("E103")
    texts = OwedTexts(office.merged, policy, AcademyTexts(office.desk))
    asks = judge(replace(office.standing("E103"), asked=()), texts, policy.current, person.roles)
    assert isinstance(asks, Asks)
    assert owing["E103"] == asks.clauses
    assert len(asks.clauses) > 1
