"""An HR office: a handbook with a campaign, a desk beside it, and the commands of `acks` run on both."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from acks.registers import read_report, standings_of_register
from clausebook.acknowledgements.desk.paths import Desk
from clausebook.acknowledgements.desk.people import Person, read_people
from clausebook.acknowledgements.desk.private_files import write_private
from clausebook.acknowledgements.register.entries import Body, Entry, Fault, open_register, read_entries
from clausebook.acknowledgements.register.standings import Standing
from clausebook.acknowledgements.reports.report import Report
from clausebook.check.library import read_handbook
from clausebook.model.handbook import Trust
from larkhill import write_larkhill

ROOT = Path(__file__).parents[2]
TRUST, POLICY = "larkhill-example", "social-media"
SITE = "https://policies.example.org"
HEAD = "staff_number,name,mail,academy,manager,roles,starts,leaves,aliases"
STAFF = f"""{HEAD}
E100,Aoife Ní Bhriain,aoife@example.org,North,E101,staff,2019-09-01,,Eve Byrne
E101,José Álvarez,jose@example.org,North,,staff;managers,2015-09-01,,
E102,Sam Lee,sam@example.org,South,E101,volunteers,,,
E103,Ola Berg,,South,E101,staff,2025-10-25,,
E104,Gwen Hughes,gwen@example.org,South,,governors,,,
"""


@dataclass(frozen=True)
class Office:
    """One office in a folder of its own."""

    folder: Path
    clausebook: Callable[..., subprocess.CompletedProcess[str]]

    @property
    def handbook_folder(self) -> Path:
        return self.folder / "handbook"

    @property
    def desk(self) -> Desk:
        return Desk(self.folder / "desk")

    @property
    def merged(self) -> Trust:
        handbook, problems = read_handbook(self.handbook_folder)
        assert handbook, problems
        return handbook.trusts[0]

    def run(self, *arguments: object, code: int = 0) -> str:
        """A command of `acks`; returns all that it says."""
        done = self.clausebook("acks", *arguments, "--desk", self.desk.root, "--handbook", self.handbook_folder)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def signing(self, *arguments: object, code: int = 0) -> str:
        return self.run(*arguments, "--passphrase-file", self.folder / "passphrase", code=code)

    def issue(self, day: str, *more: object, roster: str = STAFF, code: int = 0) -> str:
        path = self.folder / "roster.csv"
        path.write_text(roster, encoding="utf-8")
        return self.signing("issue", TRUST, path, "--as-of", day, *more, code=code)

    def links(self, name: str) -> list[dict[str, str]]:
        text = (self.desk.root / "out" / name / "links.csv").read_text(encoding="utf-8-sig")
        return list(csv.DictReader(io.StringIO(text)))

    def person(self, number: str) -> Person:
        return next(one for one in read_people(self.desk) if one.number == number)

    def entries(self, *kinds: str) -> list[Entry]:
        found = list(read_entries(self.desk.register))
        assert not [one for one in found if isinstance(one, Fault)]
        return [one for one in found if isinstance(one, Entry) and one.body and (not kinds or one.body.kind in kinds)]

    def add(self, *bodies: Body) -> list[Entry]:
        with open_register(self.desk.register) as register:
            return register.add(bodies)

    def acknowledged(self, number: str, revision: str, received: str, **more: object) -> Entry:
        """As `collect` will write it, of a revision that may be past."""
        policy = self.merged.policies[0]
        person = self.person(number)
        links = [one.body for one in self.entries("issued") if one.body and one.body.person == person.id]
        ref = next((one.ref for one in links if one.revision == revision), "")
        line = f"What {number} sent on {received}."
        receipt = hashlib.sha256(line.encode()).hexdigest()
        write_private(self.desk.receipt_file(receipt), line.encode() + b"\n")
        body = Body(
            kind="acknowledged", at="2026-11-01T09:00:00Z", ref=ref, person=person.id, trust=TRUST, policy=POLICY,
            revision=revision, digest=policy.by_id[revision].digest, received=received, channel="mail",
            assurance="link and sender", receipt=receipt, **more,
        )  # fmt: skip
        return self.add(body)[0]

    def report(self, day: str) -> Report:
        handbook, problems = read_handbook(self.handbook_folder)
        assert handbook, problems
        return read_report(self.desk, handbook, TRUST, date.fromisoformat(day))

    def standing(self, number: str, as_of: str = "") -> Standing:
        standings = standings_of_register(self.desk.register, as_of)
        return standings.of(self.person(number).id, TRUST, POLICY)


def edit(path: Path, *changes: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for pattern, new in changes:
        text, count = re.subn(pattern, new, text)
        assert count, pattern
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def bare_office(tmp_path: Path, clausebook: Callable[..., subprocess.CompletedProcess[str]]) -> Office:
    """An office that has made no key."""
    office = Office(tmp_path, clausebook)
    write_larkhill(office.handbook_folder)
    shutil.rmtree(office.handbook_folder / "quizzes")
    (office.handbook_folder / "trusts" / TRUST / "quizzes.yml").unlink(missing_ok=True)
    campaign = office.handbook_folder / "trusts" / TRUST / "acknowledgements.yml"
    edit(campaign, (r"quiz: learn.*", f"quiz: none\n    site: {SITE}"))
    (tmp_path / "passphrase").write_text("correct horse battery staple\n")
    return office


@pytest.fixture
def office(bare_office: Office) -> Office:
    """An office with one key."""
    bare_office.signing("keys", TRUST, "--as-of", "2025-09-01")
    return bare_office


def refs(entries: Iterable[Entry]) -> list[str]:
    return [one.body.ref for one in entries if one.body]
