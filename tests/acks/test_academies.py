"""A trust of three academies through a year: each signs its academy's text, and only those sign again whose own text changed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from acks.conftest import SITE, TRUST, Office, edit
from clausebook.acknowledgements.desk.academy_texts import AcademyTexts, damaged_texts, keep_texts
from clausebook.acknowledgements.desk.paths import Desk
from clausebook.acknowledgements.signing.receipts import Receipt, write_receipt
from clausebook.check.library import read_handbook
from clausebook.load.merge import merge_revision
from clausebook.model.base64url import decode
from clausebook.model.handbook import Revision, Trust

HERE, ROOT = Path(__file__).parent, Path(__file__).parents[2]
STARTER = ROOT / "generator" / "clausebook" / "starter"
HEAD = "staff_number,name,mail,academy,manager,roles,starts,leaves,aliases"
POLICIES = ("code-of-conduct", "social-media", "acceptable-use", "mobile-phones")
PEOPLE = {
    "E1": ("Ann Eastfield", "eastfield"),  # by its id
    "N1": ("Nora North", "northgate"),  # by its short name, in other letters
    "W1": ("Will Moor", "Westmoor School (made up)"),  # by its name
    "C1": ("Cass Central", ""),
}


def roster(**moved: str) -> str:
    rows = (f"{number},{name},{number.lower()}@example.org,{moved.get(number, academy)},,staff,,," for number, (name, academy) in PEOPLE.items())  # fmt: skip
    return "\n".join((HEAD, *rows, ""))


@pytest.fixture
def office(tmp_path: Path, clausebook: Callable[..., subprocess.CompletedProcess[str]]) -> Office:
    """The starter's trust with its academies, a key, and everybody asked."""
    office = Office(tmp_path, clausebook)
    shutil.copytree(STARTER, office.handbook_folder)
    edit(
        office.handbook_folder / "trusts" / TRUST / "acknowledgements.yml",
        (r"quiz: learn.*", f"quiz: none\n    site: {SITE}"), (r"quizzes: one.*", "quizzes: each"),
    )  # fmt: skip
    shutil.rmtree(office.handbook_folder / "quizzes")
    (office.handbook_folder / "trusts" / TRUST / "quizzes.yml").unlink()
    (office.folder / "passphrase").write_text("correct horse battery staple\n")
    office.signing("keys", TRUST, "--as-of", "2026-10-01")
    office.issue("2026-10-05", roster=roster())
    return office


def sign(office: Office, day: str, *numbers: str) -> None:
    """Everybody of `numbers` confirms what their link of that day asks for, as the page writes it, and HR collects it."""
    heap = office.folder / "heap"
    shutil.rmtree(heap, ignore_errors=True)
    heap.mkdir()
    for number in numbers:
        (row,) = (row for row in office.links(f"{day}-issue") if row["Staff number"] == number)
        payload, signature = row["Link"].split("#")[1].split(".")[1:]
        told = json.loads(decode(payload))
        parts = [
            {
                "policy": asked["policy"], "revision": asked["revision"], "digest": shown(office.merged, asked["policy"], asked["digest"]).digest,
                "shown": asked["since"] or "whole", "outcome": "acknowledged", "unclear": [], "question": "", "quiz": None,
            }
            for asked in told["policies"]
        ]  # fmt: skip
        (heap / f"{number}.txt").write_text(write_receipt(Receipt.model_validate({
            "link": f"r1.{told['ref']}.{signature}", "trust": TRUST, "campaign": told["campaign"], "policies": parts,
            "statement": office.merged.campaigns[0].statement, "name": PEOPLE[number][0], "opened": f"{day}T08:00:00Z", "signed": f"{day}T08:30:00Z",
            "checked": ["signature", "dates", "digest"], "quiz": None,
        })))  # fmt: skip
    office.run("collect", heap, "--received", day)


def shown(trust: Trust, policy: str, digest: str) -> Revision:
    """The text of a site that a link asks for: the trust's, or that of an academy."""
    texts = (trust.policy(policy).current, *(text for text in trust.texts_of_academies if text.policy == policy))
    return next(text for text in texts if text.digest.startswith(digest))


def asked(office: Office, day: str) -> dict[str, dict[str, str]]:
    """Who got a link on a day: each policy that it asks for, with the revision since which it is to be read."""
    folder = office.desk.root / "out" / f"{day}-issue"
    if not folder.is_dir():
        return {}
    links = {row["Staff number"]: row["Link"].split("#")[1].split(".")[1] for row in office.links(folder.name)}
    return {
        number: {one["policy"]: one["since"] for one in json.loads(decode(link))["policies"]}
        for number, link in links.items()
    }


def appendix(office: Office, academy: str, policy: str) -> Path:
    return office.handbook_folder / "trusts" / TRUST / "academies" / academy / "appendix" / f"{policy}.yml"


def owed_clauses(office: Office, day: str) -> dict[tuple[str, str], tuple[str, ...]]:
    """What the report says that each person still owes of a text that they know: its clauses, by person and policy."""
    found = office.report(day).holdings
    return {(one.case.person.number, one.case.policy): one.clauses for one in found if one.owes and one.since}


def test_each_is_asked_for_the_text_of_their_academy(office: Office) -> None:
    trust = office.merged
    people = {office.person(number).id: number for number in PEOPLE}
    signed_for = {
        (people[one.body.person], one.body.policy): one.body.digest for one in office.entries("issued") if one.body
    }
    assert len(signed_for) == 16
    for number, (_, academy) in PEOPLE.items():
        for policy in POLICIES:
            assert signed_for[number, policy] == trust.text_for(policy, academy).digest
    own = {key for key, digest in signed_for.items() if digest != trust.policy(key[1]).current.digest}
    assert own == {
        ("E1", "code-of-conduct"), ("N1", "code-of-conduct"), ("W1", "code-of-conduct"), ("E1", "mobile-phones"), ("W1", "social-media"),
    }  # fmt: skip


def test_a_roster_with_an_unknown_academy_is_told_and_issues_nothing(office: Office) -> None:
    before = len(office.entries())
    said = office.issue("2026-10-06", roster=roster(E1="Eastfeild", N1="The Moon"), code=1)
    assert "R116 `Eastfeild` is no academy of this trust" in said
    assert "fix: write `Eastfield Primary Academy (made up)`" in said
    assert "R116 `The Moon` is no academy of this trust" in said
    assert len(office.entries()) == before


def test_a_year_of_three_academies(office: Office) -> None:
    """Sign; change one appendix; move; come back; report; and a pack that proves all of it."""
    sign(office, "2026-10-05", "E1", "N1", "W1", "C1")
    assert not [one for one in office.report("2026-10-20").cases if not one.is_done]
    assert "issued 0" in office.issue("2026-10-21", roster=roster())

    # Westmoor rewords a clause of its appendix: only its people are asked, for that clause.
    edit(appendix(office, "westmoor", "social-media"), ("again every September", "again every September and January"))
    before = owed_clauses(office, "2026-11-01")
    assert before == {("W1", "social-media"): ("westmoor-agreement-yearly",)}
    office.issue("2026-11-02", roster=roster())
    assert asked(office, "2026-11-02") == {"W1": {"social-media": "2025-09"}}
    report = office.report("2026-11-03")
    assert owed_clauses(office, "2026-11-03") == {("W1", "social-media"): ("westmoor-agreement-yearly",)}
    assert [(one.clause, one.count) for one in report.owed_clauses] == [("westmoor-agreement-yearly", 1)]
    (case,) = (one for one in report.cases if one.is_outstanding)
    assert (case.person.number, case.policy, case.state) == (
        "W1",
        "social-media",
        "due",
    )  # not overdue by the day of the first link
    sign(office, "2026-11-02", "W1")

    # A field that an academy fills in anew asks nobody, and says so.
    edit(office.handbook_folder / "trusts" / TRUST / "academies" / "westmoor.yml", ("Tom Okafor", "Uma Okafor"))
    office.issue("2026-11-05", roster=roster())
    assert asked(office, "2026-11-05") == {}
    (carried,) = office.entries("carried")
    assert carried.body
    assert (
        carried.body.says
        == "Only editorial changes and fields that were filled in lie between the text that was signed and the academy's text now."
    )
    assert carried.body.facts["academy"] == "westmoor"

    # Ann moves from Eastfield to Westmoor: what differs there is asked, and nothing else.
    office.issue("2026-11-09", roster=roster(E1="Westmoor"))
    assert asked(office, "2026-11-09") == {"E1": {"code-of-conduct": "2026-09", "social-media": "2025-09"}}
    assert owed_clauses(office, "2026-11-10") == {
        ("E1", "code-of-conduct"): ("child-at-risk",), ("E1", "social-media"): ("westmoor-agreement-yearly", "westmoor-news-account"),
    }  # fmt: skip
    # She is back before she has signed: what she signed there holds.
    office.issue("2026-11-11", roster=roster())
    assert asked(office, "2026-11-11") == {}
    assert not [one for one in office.report("2026-11-12").cases if not one.is_done]

    # Cass joins Eastfield: its appendix is new to her.
    office.issue("2026-11-13", roster=roster(C1="Eastfield"))
    assert asked(office, "2026-11-13") == {"C1": {"mobile-phones": "2025-01"}}
    sign(office, "2026-11-13", "C1")

    report = office.report("2026-11-19")
    assert [one.name for one in report.by_academy] == [
        ("Eastfield Primary Academy (made up)",), ("Northgate Academy (made up)",), ("Westmoor School (made up)",),
    ]  # fmt: skip
    assert {one.share for one in report.by_academy} == {"100%"}

    office.signing("checkpoint")
    assert "no faults" in office.run("verify")
    pack = office.folder / "pack"
    office.signing("evidence", TRUST, "--out", office.folder / "pack.zip")
    shutil.unpack_archive(office.folder / "pack.zip", pack)
    names = sorted(path.name for path in (pack / "texts" / "social-media").iterdir())
    assert len(names) == 3  # the trust's, and Westmoor's before and after
    assert [name for name in names if "-westmoor-" in name] == names[:2]
    judged = subprocess.run([sys.executable, pack / "verify.py"], cwd=pack, capture_output=True, text=True)
    assert judged.returncode == 0, judged.stdout + judged.stderr
    raw = (office.folder / "pack.zip").read_bytes()
    in_browser = subprocess.run(
        ["node", HERE / "verify_packs.js", ROOT / "overrides/scripts/evidence/verify.js"],
        input=len(raw).to_bytes(4, "big") + raw, capture_output=True, check=True,
    )  # fmt: skip
    assert json.loads(in_browser.stdout)["faults"] == []


def test_a_new_revision_and_a_mended_appendix_ask_for_both(office: Office) -> None:
    """The year of the drift: the trust revises its text, Westmoor mends what it wrote beside the old one."""
    sign(office, "2026-10-05", "E1", "N1", "W1")
    of_policy = (TRUST, "social-media", "--handbook", office.handbook_folder)
    assert office.clausebook("confirm-changes", *of_policy).returncode == 0
    adopted = office.clausebook("adopt", *of_policy, "--answers-read", "--effective", "2026-11-02")
    assert adopted.returncode == 0, adopted.stderr
    edit(appendix(office, "westmoor", "social-media"), ("again every September", "again every September and January"))
    office.issue("2026-11-03", roster=roster())
    got = asked(office, "2026-11-03")
    assert {number: got[number] for number in ("E1", "N1", "W1")} == {
        key: {"social-media": "2025-09"} for key in ("E1", "N1", "W1")
    }
    owed = owed_clauses(office, "2026-11-04")
    assert owed["E1", "social-media"] == owed["N1", "social-media"]
    assert owed["W1", "social-media"] == (*owed["E1", "social-media"], "westmoor-agreement-yearly")
    assert len(owed["E1", "social-media"]) > 1
    sign(office, "2026-11-03", "E1", "W1")
    assert {one.person.number for one in office.report("2026-11-10").cases if one.is_outstanding} == {"N1", "C1"}
    edit(
        appendix(office, "westmoor", "social-media"),
        (r"      - id: westmoor-news-account\n(?:        .*\n)+", ""),
        (r"  - \{clause: westmoor-news-account.*\n", ""),
    )
    office.issue("2026-11-11", roster=roster())
    assert asked(office, "2026-11-11") == {"W1": {"social-media": "2026-09"}}
    assert owed_clauses(office, "2026-11-12")["W1", "social-media"] == ("westmoor-news-account",)


def test_a_text_is_kept_once_and_an_edited_one_is_told(office: Office) -> None:
    handbook, _ = read_handbook(office.handbook_folder)
    assert handbook
    kept = sorted(path.stem for path in (office.desk.root / "texts").iterdir())
    assert kept == sorted({text.digest for text in handbook.trusts[0].texts_of_academies})
    path = office.desk.text_file(kept[0])
    path.write_text(
        path.read_text()
        .replace("Westmoor", "Eastmoor")
        .replace("Nair", "Nayr")
        .replace("your academy office", "the office")
    )
    assert damaged_texts(office.desk) == [path]
    assert "it was edited: put back the copy that you have" in office.run("verify", code=1)
    assert AcademyTexts(office.desk).find(kept[0]) is None


def test_every_kind_of_text_comes_back_as_it_was(tmp_path: Path) -> None:
    """As JSON on the desk, with its lines, tables, forms and files."""
    desk = Desk(tmp_path)
    handbook, _ = read_handbook(STARTER)
    assert handbook
    for trust in handbook.trusts:
        for policy in trust.policies:
            for one in policy.revisions:
                record = one.record.model_copy(update={"title": f"{one.record.title} at an academy"})
                text = merge_revision(one.trust, one.policy, one.id, record, {file.name: file for file in one.files})
                object.__setattr__(text, "academy", "eastfield")
                keep_texts(desk, [text])
                found = AcademyTexts(desk).find(text.digest)
                assert found
                assert (found.digest, found.academy, found.record.title) == (text.digest, "eastfield", record.title)
