"""A campaign over several policies: one link, one receipt, one reply; and each policy stands for itself in the register."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from clausebook.acknowledgements.register.entries import Body
from clausebook.acknowledgements.signing.links import Link, read_link
from clausebook.acknowledgements.signing.receipts import Receipt, SignedPolicy, write_receipt
from clausebook.model.handbook import Revision
from larkhill import take_academies_out

from .conftest import HEAD, ROOT, SITE, TRUST, Office, edit

POLICIES = ("code-of-conduct", "social-media", "acceptable-use", "mobile-phones")
ASKED, SIGNED, LATER = "2026-11-02", "2026-11-03", "2026-11-20"
STAFF = f"""{HEAD}
E100,Aoife Ní Bhriain,aoife@example.org,North,E101,staff,2019-09-01,,
E101,José Álvarez,jose@example.org,North,,staff;managers,2015-09-01,,
E102,Sam Lee,sam@example.org,South,E101,volunteers,,,
E104,Gwen Hughes,gwen@example.org,South,,governors,,,
"""


def make_office(folder: Path, clausebook: Callable[..., subprocess.CompletedProcess[str]], campaign: str) -> Office:
    """The starter's trust, whose campaign asks for four policies; links have been issued."""
    office = Office(folder, clausebook)
    shutil.copytree(ROOT / "generator" / "clausebook" / "starter", office.handbook_folder)
    take_academies_out(office.handbook_folder)
    edit(
        office.handbook_folder / "trusts" / TRUST / "acknowledgements.yml",
        (r"    quiz: learn.*\n    quizzes: one.*\n", f"    site: {SITE}\n{campaign}"),
    )
    (folder / "passphrase").write_text("correct horse battery staple\n")
    (folder / "inbox").mkdir()
    office.signing("keys", TRUST, "--as-of", ASKED)
    office.issue(ASKED, roster=STAFF)
    return office


@pytest.fixture
def office(tmp_path: Path, clausebook: Callable[..., subprocess.CompletedProcess[str]]) -> Office:
    """Without quizzes, of which others tell."""
    office = make_office(tmp_path, clausebook, "")
    (office.handbook_folder / "trusts" / TRUST / "quizzes.yml").unlink()
    shutil.rmtree(office.handbook_folder / "quizzes")
    return office


def address_of(office: Office, number: str, day: str = ASKED) -> str:
    return next(row["Link"] for row in office.links(f"{day}-issue") if row["Staff number"] == number)


def link_in(office: Office, address: str) -> Link:
    link = read_link(address.split("#")[1], {one.id: one.public for one in office.merged.keys})
    assert isinstance(link, Link), link
    return link


def revision_of(office: Office, policy: str, revision: str) -> Revision:
    return office.merged.policy(policy).by_id[revision]


def receipt(office: Office, number: str, name: str, day: str = ASKED, **changes: object) -> str:
    """The line that the page makes for the holder of a link."""
    address = address_of(office, number, day)
    link, unclear = link_in(office, address), changes.pop("unclear", {})
    assert isinstance(unclear, dict)
    parts = [
        SignedPolicy(
            policy=one.policy, revision=one.revision, digest=revision_of(office, one.policy, one.revision).digest, shown=one.since or "whole",
            outcome="not-understood" if one.policy in unclear else "acknowledged", unclear=unclear.get(one.policy, []), question="", quiz=None,
        )
        for one in link.policies
    ]  # fmt: skip
    says = {
        "link": f"r1.{link.ref}.{address.rsplit('.', 1)[1]}", "trust": TRUST, "campaign": link.campaign, "policies": parts,
        "statement": office.merged.campaigns[0].statement, "name": name, "opened": f"{SIGNED}T08:00:00Z", "signed": f"{SIGNED}T08:10:00Z",
        "checked": ["signature", "dates", "digest"], "quiz": None,
    }  # fmt: skip
    return write_receipt(Receipt.model_validate(says | changes))


def collect(office: Office, *lines: str, code: int = 0, received: str = SIGNED) -> list[dict[str, str]]:
    for place, line in enumerate(lines):
        (office.folder / "inbox" / f"{place}.txt").write_text(line + "\n")
    told = office.run("collect", office.folder / "inbox", "--received", received, "--format", "json", code=code)
    found: list[dict[str, str]] = json.loads(told[: told.rindex("}") + 1])["What arrived"]
    return found


def test_each_person_has_one_link_and_one_email(office: Office) -> None:
    rows = office.links(f"{ASKED}-issue")
    assert [row["Staff number"] for row in rows] == ["E100", "E101", "E102"]
    link = link_in(office, rows[0]["Link"])
    assert tuple(one.policy for one in link.policies) == POLICIES
    assert rows[0]["Link"].startswith(f"{SITE}/{TRUST}/acknowledge/2026-27/index.html#")
    assert len(rows[0]["Link"]) < 2083, "some email programs open no longer address"
    bodies = [one.body for one in office.entries("issued") if one.body]
    assert [(body.ref, body.policy) for body in bodies[:4]] == [(link.ref, policy) for policy in POLICIES]
    mails = sorted((office.desk.root / "out" / f"{ASKED}-issue" / "mails").iterdir())
    assert [one.name for one in mails] == ["E100.eml", "E101.eml", "E102.eml"]
    office.issue(ASKED, roster=STAFF)
    assert len(office.entries("issued")) == 12, "no one is asked twice"


def test_one_receipt_signs_all_and_gets_one_reply(office: Office) -> None:
    rows = collect(office, receipt(office, "E100", "Aoife Ní Bhriain"))
    assert [(row["Decision"], row["Policy"].split(",")[0]) for row in rows] == [
        ("accept", office.merged.policy(policy).title) for policy in POLICIES
    ]
    bodies = [one.body for one in office.entries("acknowledged") if one.body]
    assert len({body.receipt for body in bodies}) == 1
    office.signing("reply", "--as-of", SIGNED)
    (reply,) = (office.desk.root / "out" / f"{SIGNED}-reply" / "mails").iterdir()
    assert reply.read_text().count("ackc1.") == 4
    again = collect(office, receipt(office, "E100", "Aoife Ní Bhriain"))
    assert [row["Decision"] for row in again] == ["duplicate"] * 4
    office.signing("verify")


def test_what_is_not_understood_of_one_keeps_no_other_from_being_signed(office: Office) -> None:
    clause = office.merged.policy("mobile-phones").current.clauses[0].id
    rows = collect(office, receipt(office, "E100", "Aoife Ní Bhriain", unclear={"mobile-phones": [clause]}))
    assert [row["Decision"] for row in rows] == ["accept"] * 4
    assert [one.body.kind for one in office.entries("acknowledged", "not-understood") if one.body] == [
        "acknowledged"
    ] * 3 + ["not-understood"]
    report = office.report(LATER)
    owing = {one.person.number: [case.policy for case in one.cases] for one in report.owing}
    assert owing["E100"] == ["mobile-phones"]
    assert sorted(owing["E101"]) == sorted(POLICIES)


def test_a_reminder_names_what_is_still_owed(office: Office) -> None:
    clause = office.merged.policy("mobile-phones").current.clauses[0].id
    collect(office, receipt(office, "E100", "Aoife Ní Bhriain", unclear={"mobile-phones": [clause]}))
    office.signing("remind", "--as-of", "2026-12-10")
    folder = office.desk.root / "out" / "2026-12-10-remind"
    told = (folder / "reminded.csv").read_text(encoding="utf-8-sig")
    assert "E100,mobile-phones," in told
    assert len(list((folder / "mails").iterdir())) == 3, "one email a person"


def adopt_the_draft(office: Office) -> None:
    """The trustees put the draft on mobile phones in force."""
    at = ("--handbook", office.handbook_folder)
    done = office.clausebook("confirm-changes", TRUST, "mobile-phones", *at)
    assert done.returncode == 0, done.stdout + done.stderr
    done = office.clausebook(
        "adopt", TRUST, "mobile-phones", *at, "--effective", LATER, "--answers-read", "--approved-by", "The trustees", "--approved-on", LATER,
        "--minute", "7",
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_new_revision_of_one_policy_asks_for_that_one_alone(office: Office) -> None:
    collect(office, receipt(office, "E100", "Aoife Ní Bhriain"))
    adopt_the_draft(office)
    office.issue(LATER, roster=STAFF)
    alone = link_in(office, address_of(office, "E100", LATER))
    assert [(one.policy, one.revision, one.since) for one in alone.policies] == [
        ("mobile-phones", "2027-01", "2025-01")
    ]
    assert alone.quizzes == "each"
    whole = link_in(office, address_of(office, "E101", LATER))
    assert tuple(one.policy for one in whole.policies) == POLICIES, (
        "one link over all that is owed, and not a second one"
    )
    rows = collect(
        office,
        receipt(office, "E100", "Aoife Ní Bhriain", LATER, signed=f"{LATER}T09:00:00Z", opened=f"{LATER}T08:50:00Z"),
        received=LATER,
    )
    assert [(row["Decision"], row["Policy"]) for row in rows] == [("accept", "Mobile phones policy, 2027-01")]


def test_the_link_that_came_first_still_signs_what_it_asked_for(office: Office) -> None:
    """Whoever signs by the older of two links has signed three policies, and what was in force of the fourth."""
    line = receipt(office, "E101", "José Álvarez")
    adopt_the_draft(office)
    office.issue(LATER, roster=STAFF)
    rows = collect(office, line)
    assert [row["Decision"] for row in rows] == ["accept"] * 4
    assert "not in force any more" in rows[3]["Reason"]
    (owing,) = [one for one in office.report(LATER).owing if one.person.number == "E101"]
    assert [case.policy for case in owing.cases] == ["mobile-phones"]


def test_what_no_page_writes_is_held_or_refused_policy_by_policy(office: Office) -> None:
    policies = [
        SignedPolicy(
            policy=policy, revision=revision.id, digest=revision.digest, shown="whole", outcome="acknowledged", unclear=[], question="", quiz=None
        )
        for policy in (*POLICIES[:2], "grievance")
        for revision in [office.merged.policy(policy).current]
    ]  # fmt: skip
    rows = collect(office, receipt(office, "E100", "Aoife Ní Bhriain", policies=policies), code=1)
    assert [row["Decision"] for row in rows] == ["accept", "accept", "reject"]
    assert rows[2]["Reason"] == "its link does not ask for grievance"
    rows = collect(office, receipt(office, "E102", "Sam Lee", policies=[policies[0], policies[0]]), code=1)
    assert [(row["Decision"], "names a policy twice" in row["Reason"]) for row in rows] == [("hold", True)]
    rows = collect(office, receipt(office, "E101", "José Álvarez", campaign="another"), code=1)
    assert {(row["Decision"], row["Reason"].split(",")[0]) for row in rows} == {("reject", f"the receipt is for {TRUST}/another/{one}") for one in {part.revision for part in link_in(office, address_of(office, "E101")).policies}}  # fmt: skip


def test_one_decision_settles_all_that_one_receipt_held_for_the_same_reason(office: Office) -> None:
    rows = collect(office, receipt(office, "E100", "Someone Else"), code=1)
    assert [row["Decision"] for row in rows] == ["hold"] * 4
    office.run("review", rows[0]["Entry"], "--accept", "--by", "J. Okafor", "--why", "She married: her new name.")
    assert len(office.entries("acknowledged")) == 4
    office.signing("verify")


def test_what_has_no_receipt_in_common_is_decided_one_by_one(office: Office) -> None:
    first, second = office.add(
        *(Body(kind="held", at=f"{SIGNED}T09:00:00Z", trust=TRUST, says="Handed in without a name.") for _ in range(2))
    )
    office.run("review", str(first.number), "--reject", "--by", "J. Okafor", "--why", "No one knows whose it is.")
    assert str(second.number) in office.run("review", "--format", "csv")
    assert len(office.entries("resolved")) == 1


def test_one_form_on_paper_signs_all(office: Office, tmp_path: Path) -> None:
    office.issue("2026-11-04", "--paper", roster=STAFF.replace("E102,Sam Lee", "E105,Ola Berg").replace("sam@", "ola@"))
    (form,) = (office.desk.root / "out" / "2026-11-04-issue" / "paper").iterdir()
    assert form.name == "E105-2026-27.pdf"
    shutil.copy(form, office.folder / "inbox")
    told = office.run("collect", office.folder / "inbox", "--received", "2026-11-05", "--format", "json", code=1)
    rows = json.loads(told[: told.rindex("}") + 1])["What arrived"]
    assert [row["Decision"] for row in rows] == ["hold"] * 4
    office.run("review", rows[0]["Entry"], "--accept", "--by", "J. Okafor", "--why", "Seen.", "--witness", "M. Head")
    assert {one.body.assurance for one in office.entries("acknowledged") if one.body} == {"paper with witness"}
    assert len(office.entries("acknowledged")) == 4


def test_a_course_over_several_policies_counts_for_each(
    tmp_path: Path, clausebook: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    office = make_office(tmp_path, clausebook, "    quiz: learn\n    quizzes: one\n")
    titles = [office.merged.policy(policy).title for policy in POLICIES]
    course = f"Larkhill: {', '.join(titles[:-1])} and {titles[-1]} (2026-27)"
    report = office.folder / "report.csv"
    report.write_text(
        "Name,Email address,Course,Status,Completed on\n"
        f'Aoife Ní Bhriain,aoife@example.org,"{course}",Passed,{SIGNED}\n'
        f"José Álvarez,jose@example.org,Larkhill: 4 policies (2026-27),Passed,{SIGNED}\n"
        f"Sam Lee,sam@example.org,Larkhill: {titles[0]},Passed,{SIGNED}\n"
    )
    told = office.run("collect", "--fetched", report, "--received", SIGNED, "--format", "json", code=1)
    rows = json.loads(told[: told.rindex("}") + 1])["What arrived"]
    assert [row["Decision"] for row in rows] == ["accept"] * 8 + ["hold"]
    assert "one lesson of a course" in rows[8]["Reason"]


def test_only_people_of_the_named_academies_are_asked(office: Office) -> None:
    campaign = office.handbook_folder / "trusts" / TRUST / "acknowledgements.yml"
    edit(campaign, (r"# academies: \[.*\].*", "academies: [south]"))
    told = office.issue(
        LATER,
        roster=STAFF.replace("E102,Sam Lee,sam@", "E105,Ola Berg,ola@").replace(
            "E100,Aoife Ní Bhriain,aoife@", "E106,Eve Roe,eve@"
        ),
    )
    assert [row["Staff number"] for row in office.links(f"{LATER}-issue")] == ["E105"], told


def test_an_evidence_pack_on_one_policy_proves_links_that_ask_for_several(office: Office) -> None:
    collect(office, receipt(office, "E100", "Aoife Ní Bhriain"))
    office.signing("checkpoint")
    for more in ((), ("--policy", "acceptable-use")):
        out = office.folder / f"pack{len(more)}.zip"
        office.signing("evidence", TRUST, *more, "--out", out)
        pack = office.folder / out.stem
        with zipfile.ZipFile(out) as file:
            file.extractall(pack)
        judged = subprocess.run([sys.executable, pack / "verify.py"], cwd=pack, capture_output=True, text=True)
        assert judged.returncode == 0, judged.stdout + judged.stderr
