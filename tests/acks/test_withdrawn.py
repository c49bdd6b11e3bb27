"""A policy that was withdrawn after people were asked for it: nobody owes it, and what they signed still counts."""

from __future__ import annotations

import shutil

import pytest

from acks.conftest import POLICY, TRUST, Office, edit


@pytest.fixture
def withdrawn(office: Office) -> Office:
    """One person signed it, others had not when it was withdrawn; the trust has another policy in force."""
    office.issue("2025-09-10")
    office.acknowledged("E100", "2025-09", "2025-09-20")
    folder = office.handbook_folder / "trusts" / TRUST
    (folder / POLICY / "2026-09.yml").unlink()
    shutil.copytree(folder / POLICY, folder / "code-of-conduct")
    (folder / "code-of-conduct" / "policy.yml").write_text("kind: social-media\n", encoding="utf-8")
    edit(folder / POLICY / "2025-09.yml", ("(?m)^status: in-force", "status: withdrawn"))
    (folder / "acknowledgements.yml").unlink()
    assert office.clausebook("check", "--handbook", office.handbook_folder).stdout == "no problems\n"
    return office


def test_nobody_is_reminded_of_it(withdrawn: Office) -> None:
    assert "No reminder is due." in withdrawn.signing("remind", "--as-of", "2025-11-10")


def test_nobody_owes_it_and_what_was_signed_is_told(withdrawn: Office) -> None:
    report = withdrawn.report("2025-11-10")
    assert report.owing == ()
    assert [(case.person.number, case.state) for case in report.cases] == [("E100", "acknowledged")]
    assert "1 of 1 done, 0 overdue" in withdrawn.run(
        "report", TRUST, "--as-of", "2025-11-10", "--out", withdrawn.folder / "report"
    )


def test_nothing_can_be_carried_forward_to_it(withdrawn: Office) -> None:
    assert "no revision of social-media is in force" in withdrawn.run("carry-forward", TRUST, POLICY, code=2)
