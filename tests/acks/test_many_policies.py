"""One link, one receipt and four policies: from the roster to a pack that three programs check, and to what is purged."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from acks.conftest import ROOT, TRUST, Office, edit
from clausebook.acknowledgements.register.trust_keys import open_key
from clausebook.acknowledgements.signing.receipts import Receipt, write_receipt
from clausebook.model.base64url import decode
from larkhill import take_academies_out

from .independent import verify
from .made_desks import PASSPHRASE
from .mutations import mutate
from .tampering import Files, entries, read_zip, signed_again, write_pack, written_anew
from .test_evidence import run_verifier
from .test_mutated_packs import by_verify_js, by_verify_py, light

POLICIES = ["code-of-conduct", "social-media", "acceptable-use", "mobile-phones"]
AFTERWARDS = "2027-03-01"  # no link works any more: receipts are in the pack whole
Clausebook = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Aoife has signed all four, José three; of one he said that he does not understand it. Sam has sent nothing."""
    office = Office(tmp_path_factory.mktemp("many"), run)
    shutil.copytree(ROOT / "generator/clausebook/starter", office.handbook_folder)
    take_academies_out(office.handbook_folder)
    path = office.handbook_folder / "trusts" / TRUST / "acknowledgements.yml"
    edit(
        path,
        (r"quiz: learn.*", "quiz: none\n    site: https://policies.example.org"),
        (r"quizzes: one.*", "quizzes: each"),
    )
    (office.folder / "passphrase").write_text(f"{PASSPHRASE}\n")
    office.signing("keys", TRUST, "--as-of", "2026-10-01")
    office.issue("2026-11-02")
    heap = office.folder / "heap"
    heap.mkdir()
    (heap / "1.txt").write_text(receipt(office, "E100", "Aoife Ní Bhriain"))
    (heap / "2.txt").write_text(receipt(office, "E101", "José Álvarez", unclear="acceptable-use"))
    office.run("collect", heap)
    office.signing("checkpoint")
    return office


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "clausebook", *map(str, arguments)], cwd=ROOT, capture_output=True, text=True)  # fmt: skip


def receipt(office: Office, number: str, name: str, unclear: str = "") -> str:
    """As the page writes it."""
    (row,) = (row for row in office.links("2026-11-02-issue") if row["Staff number"] == number)
    link = row["Link"].split("#")[1]
    payload, signature = link.split(".")[1:]
    told = json.loads(decode(payload))
    parts = []
    for asked in told["policies"]:
        revision = office.merged.policy(asked["policy"]).by_id[asked["revision"]]
        asks = asked["policy"] == unclear
        parts.append({
            "policy": asked["policy"], "revision": asked["revision"], "digest": revision.digest, "shown": asked["since"] or "whole",
            "outcome": "not-understood" if asks else "acknowledged", "unclear": [revision.clauses[0].id] if asks else [],
            "question": "Is my own tablet meant?" if asks else "", "quiz": None,
        })  # fmt: skip
    (campaign,) = office.merged.campaigns
    return write_receipt(Receipt.model_validate({
        "link": f"r1.{told['ref']}.{signature}", "trust": TRUST, "campaign": told["campaign"], "policies": parts, "statement": campaign.statement,
        "name": name, "opened": "2026-11-05T08:00:00Z", "signed": "2026-11-05T08:30:00Z", "checked": ["signature", "dates", "digest"], "quiz": None,
    }))  # fmt: skip


def said_of(office: Office, number: str, *kinds: str) -> dict[str, str]:
    person = office.person(number).id
    return {one.body.policy: one.body.kind for one in office.entries(*kinds) if one.body and one.body.person == person}


def test_one_link_and_one_receipt_are_an_entry_for_each_policy(office: Office) -> None:
    assert said_of(office, "E100", "issued") == dict.fromkeys(POLICIES, "issued")
    bodies = [one.body for one in office.entries("issued", "acknowledged", "not-understood") if one.body]
    for number in ("E100", "E101"):
        own = [body for body in bodies if body.person == office.person(number).id]
        assert len({body.ref for body in own}) == 1
        assert len({body.receipt for body in own if body.receipt}) == 1
    assert said_of(office, "E101", "acknowledged", "not-understood") == dict.fromkeys(POLICIES, "acknowledged") | {
        "acceptable-use": "not-understood"
    }
    assert len(list(office.desk.receipts.glob("*.txt"))) == 2
    assert "no faults" in office.run("verify")


def test_who_owes_what_names_each_policy(office: Office) -> None:
    told = " ".join(office.run("owed", TRUST, "--as-of", "2026-12-25", "--format", "csv").split())
    assert "Aoife" not in told
    assert told.count("José Álvarez,E101,") == 1
    assert told.count("Sam Lee,E102,") == 4
    campaign = office.run("owed", TRUST, "--by", "campaign", "--as-of", "2026-12-25", "--format", "csv")
    assert "2026-27,4,4,1,25%,3,3,0" in campaign  # E100 to E103; Gwen is a governor


def test_a_note_may_be_on_several_policies_all_or_none(office: Office, tmp_path: Path) -> None:
    copy = Office(tmp_path / "copy", run)
    shutil.copytree(office.folder, copy.folder)
    words = ("--by", "HR", "--why", "On leave until June.", "--date", "2026-11-20")
    some = ("--policy", "code-of-conduct", "--policy", "mobile-phones")
    before = len(copy.entries())
    assert "did you mean acceptable-use" in copy.run(
        "note", TRUST, "exempt", "E102", *some, "--policy", "acceptable-uze", *words, code=2
    )
    assert len(copy.entries()) == before
    assert copy.run("note", TRUST, "exempt", "E102", *some, *words).count("Wrote entry") == 2
    assert said_of(copy, "E102", "exempt") == {"code-of-conduct": "exempt", "mobile-phones": "exempt"}
    again = copy.run("note", TRUST, "exempt", "E102", *some, "--policy", "social-media", *words)
    assert (again.count("says so already"), again.count("Wrote entry")) == (2, 1)
    refused = copy.run(
        "note", TRUST, "on-behalf", "E101", "--policy", "acceptable-use", "--policy", "social-media", *words, code=2
    )
    assert "E101 acknowledged" in refused
    assert said_of(copy, "E101", "on-behalf") == {}


def pack_of(office: Office, name: str, *more: str) -> Files:
    path = office.folder / f"{name}.zip"
    path.unlink(missing_ok=True)
    office.signing("evidence", TRUST, "--out", path, *more)
    return read_zip(path.read_bytes())


@pytest.fixture(scope="module")
def whole(office: Office) -> Files:
    return pack_of(office, "whole", "--as-of", AFTERWARDS)


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("whole", ("--as-of", AFTERWARDS)),
        ("told", ("--as-of", "2026-12-25")),
        ("one", ("--as-of", AFTERWARDS, "--policy", "acceptable-use")),
        ("redacted", ("--as-of", AFTERWARDS, "--redact")),
    ],
)
def test_a_pack_holds_for_three_programs(office: Office, tmp_path: Path, name: str, more: tuple[str, ...]) -> None:
    pack = pack_of(office, name, *more)
    assert verify(pack) == set()
    raw = (office.folder / f"{name}.zip").read_bytes()
    done = run_verifier(tmp_path / "bare", raw)
    assert done.returncode == 0, done.stdout
    assert list(by_verify_js([raw])) == [by_verify_py(raw)] == [(0, [])]
    if name == "redacted":
        issued = [line for line in pack["register.jsonl"].decode().splitlines() if '"kind":"issued"' in line]
        assert len(issued) == 16, "no one is named in what was issued"


def changed_line(pack: Files, change: Callable[[dict[str, Any]], object], kind: str) -> bytes:
    """HR, who has the key, writes another register: a chain that holds, in which entries of that kind say something else."""
    those = entries(pack)
    for one in those:
        if one.get("body", {}).get("kind") == kind:
            change(one["body"])
    return written_anew(pack, those)


@pytest.mark.parametrize(
    ("kind", "change", "said"),
    [
        ("issued", lambda body: body["facts"].update(since="2020-01"), "its receipt holds no link that a key of keys.json signed"),
        ("issued", lambda body: body.update(digest="0" * 64), "its receipt holds no link that a key of keys.json signed"),
        ("issued", lambda body: body.update(campaign="2030-31"), "its receipt holds no link that a key of keys.json signed"),
        ("issued", lambda body: body.update(person="p-somebody-else00"), "no entry issued this link to this person"),
        ("not-understood", lambda body: body.update(kind="acknowledged"), "its receipt says something else than acknowledged"),
        ("not-understood", lambda body: body.update(policy="social-media"), "its receipt says something else than not-understood"),
        ("acknowledged", lambda body: body.update(policy="grievance"), "its receipt is for something else than the entry says"),
        ("acknowledged", lambda body: body.update(revision="2020-01"), "its receipt is for something else than the entry says"),
    ],
)  # fmt: skip
def test_what_was_changed_of_one_policy_is_found(
    whole: Files, kind: str, change: Callable[[dict[str, Any]], object], said: str
) -> None:
    raw = changed_line(whole, change, kind)
    code, faults = by_verify_py(raw)
    assert code == 1
    assert any(said in fault for fault in faults), faults
    assert list(by_verify_js([raw])) == [(code, faults)]


def test_both_programs_say_the_same_of_packs_that_were_changed_at_random(office: Office, whole: Files) -> None:
    key = open_key(office.desk, office.merged.keys[0].id, PASSPHRASE)
    packs = [read_zip(signed_again(write_pack(light(whole)), key))]
    raws = [mutate(seed, packs, key)[0] for seed in range(150)]
    said = [by_verify_py(raw) for raw in raws]
    assert list(by_verify_js(raws)) == said
    assert sum(code for code, _ in said) > 100


def test_a_receipt_goes_with_the_person_and_the_others_stay(office: Office, tmp_path: Path) -> None:
    copy = Office(tmp_path / "copy", run)
    shutil.copytree(office.folder, copy.folder)
    more = ("--person", "E100", "--yes", "--by", "HR", "--why", "Listed by mistake.")
    said = copy.signing("purge", TRUST, *more)
    assert "1 person, 8 entries, 1 receipt" in said
    assert len(list(copy.desk.receipts.glob("*.txt"))) == 1
    assert "no faults. 8 were purged, as entries say." in copy.run("verify")
    pack = pack_of(copy, "purged", "--as-of", AFTERWARDS)
    assert verify(pack) == set()
    assert b"Aoife" not in b"".join(pack.values())
