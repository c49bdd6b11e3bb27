"""Two campaigns on one policy: other people, other days, one text; nobody is asked twice."""

from __future__ import annotations

import re

import pytest

from acks.conftest import HEAD, POLICY, TRUST, Office, edit

SOON = "2025-09-10"
PEOPLE = f"""{HEAD}
E100,A Staff,a@example.org,North,,staff,2019-09-01,,
E101,B Volunteer,b@example.org,North,,volunteers,2019-09-01,,
E102,C Both,c@example.org,North,,volunteers;staff,2019-09-01,,
E103,D Neither,d@example.org,North,,governors,2019-09-01,,
"""


@pytest.fixture
def two(office: Office) -> Office:
    """Staff sign by 31 October, volunteers by 31 December."""
    path = office.handbook_folder / f"trusts/{TRUST}/acknowledgements.yml"
    (first,) = re.findall(r"(?m)^  - id: .*\n(?:    .*\n)+", path.read_text())
    staff = first.replace("roles: [staff, agency-workers, volunteers]", "roles: [staff]")
    volunteers = (
        staff.replace("id: 2025-26", "id: volunteers-2025")
        .replace("[staff]", "[volunteers]")
        .replace("2025-10-31", "2025-12-31")
    )
    path.write_text(path.read_text().replace(first, staff + volunteers))
    assert office.clausebook("check", "--handbook", office.handbook_folder).stdout == "no problems\n"
    return office


def test_each_is_asked_once_by_their_own_day(two: Office) -> None:
    said = two.issue(SOON, roster=PEOPLE)
    assert "campaign 2025-26, due 31 October 2025: issued 2" in said
    assert "campaign volunteers-2025, due 31 December 2025: issued 1" in said
    due = {row["Staff number"]: row["Due"] for row in two.links(f"{SOON}-issue")}
    assert due == {"E100": "2025-10-31", "E101": "2025-12-31", "E102": "2025-10-31"}, (
        "who has both roles is asked by the first"
    )
    assert [one.body.campaign for one in two.entries("issued") if one.body] == ["2025-26", "2025-26", "volunteers-2025"]
    again = two.issue(SOON, roster=PEOPLE)
    assert again.count("issued 0") == 2
    assert len(two.entries("issued")) == 3
    two.issue(SOON, "--again", roster=PEOPLE)
    assert len(two.links(f"{SOON}-issue-2")) == 3


def test_one_campaign_alone_asks_nobody_of_the_other(two: Office) -> None:
    assert "issued 1" in two.issue(SOON, "--campaign", "volunteers-2025", roster=PEOPLE)
    assert [row["Staff number"] for row in two.links(f"{SOON}-issue")] == ["E101"]


def test_the_report_has_each_person_in_their_own_campaign(two: Office) -> None:
    two.issue(SOON, "--campaign", "2025-26", roster=PEOPLE)
    report = two.report("2025-11-10")
    assert {one.name[0]: one.to_sign for one in report.by_campaign} == {"2025-26": 2, "volunteers-2025": 0}
    assert {one.person.number for one in report.owing} == {"E100", "E102"}
    assert [case.person.number for case in report.not_asked] == ["E101"]


def test_an_exemption_is_from_the_campaign_that_asks(two: Office) -> None:
    two.issue(SOON, roster=PEOPLE)
    for number, campaign in (("E101", "volunteers-2025"), ("E102", "2025-26")):
        two.run(
            "note",
            TRUST,
            "exempt",
            number,
            "--policy",
            POLICY,
            "--by",
            "J. Okafor",
            "--why",
            "On leave.",
            "--date",
            SOON,
        )
        body = two.entries("exempt")[-1].body
        assert body
        assert body.campaign == campaign


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ((r"roles: \[volunteers\]", "roles: [volunteers, staff]"), "`2025-26` asks `staff` for `social-media` already"),
        ((r"(?s)(volunteers-2025.*?)statement: I have read", r"\1statement: I read"), "has another `statement`"),
        ((r"(?s)(volunteers-2025.*?)quiz: none", r"\1quiz: self-check"), "has another `quiz`"),
    ],
)  # fmt: skip
def test_what_two_campaigns_must_share(two: Office, changes: tuple[str, str], told: str) -> None:
    edit(two.handbook_folder / f"trusts/{TRUST}/acknowledgements.yml", changes)
    assert told in two.clausebook("check", "--handbook", two.handbook_folder).stdout
