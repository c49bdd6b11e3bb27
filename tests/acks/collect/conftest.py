"""A desk whose links were issued by our own commands, and receipts that Chromium makes of them on the starter's site."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from acks.registers import lines_of
from clock import NOW, TODAY, at_now
from larkhill import write_larkhill
from made_once import made_once
from taking_quiz import pass_quiz

ROOT = Path(__file__).parents[3]
TRUST = "larkhill-example"
SITE = "https://policies.example.org"
EARLY = TODAY - timedelta(100)  # when the links of some were issued that have expired by now
PASSPHRASE = "correct horse battery"
HEADINGS = ("staff_number", "name", "mail", "academy", "manager", "roles", "starts", "leaves", "aliases")
PEOPLE = {
    "1001": ("Zoë O’Connor-Łukasz", ""),
    "1002": ("Anna Maria Nowak", "Anna Kowalska"),
    "1003": ("John Smith", ""),
    "1004": ("Priya Shah", ""),
    "1005": ("Lee Chen", ""),
    "1006": ("Mary Ann Evans", ""),
    **{str(2000 + number): (f"Person Number{number} Surname{number}", "") for number in range(20)},
}
LATE = {"1900": ("Olu Adeyemi", "")}
ON_PAPER = {"1800": ("Pat Paper", ""), "1801": ("Quill Inkwell", "")}


def mail_of(number: str) -> str:
    return f"s{number}@larkhill.example.org"


def roster(people: dict[str, tuple[str, str]], leaves: str = "") -> bytes:
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(HEADINGS)
    for number, (name, aliases) in people.items():
        table.writerow([number, name, mail_of(number), "Larkhill Primary", "", "staff", "2020-09-01", leaves, aliases])
    return out.getvalue().encode()


def run(*arguments: object) -> str:
    command = [sys.executable, "-m", "clausebook", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@dataclass(frozen=True)
class Office:
    """The handbook with its built site, a desk whose links were issued, and each link by its staff number."""

    handbook_folder: Path
    desk: Path
    passphrase: Path
    links: dict[str, str]
    forms: Path

    @property
    def page(self) -> str:
        return (self.handbook_folder / f"site/{TRUST}/social-media/acknowledge/index.html").as_uri()


@pytest.fixture(scope="session")
def office() -> Office:
    folder = made_once("office", make_office)
    desk = folder / "desk"
    links: dict[str, str] = {}
    for path in sorted(desk.glob("out/*/links.csv")):  # the earliest day first
        for row in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))):
            links.setdefault(row["Staff number"], row["Link"].split("#")[1])
    forms = next(path for path in desk.glob("out/*/paper"))
    return Office(folder / "handbook", desk, folder / "passphrase.txt", links, forms)


def make_office(folder: Path) -> None:
    handbook_folder, desk, passphrase = folder / "handbook", folder / "desk", folder / "passphrase.txt"
    write_larkhill(handbook_folder)
    campaigns = handbook_folder / f"trusts/{TRUST}/acknowledgements.yml"
    campaigns.write_text(campaigns.read_text().replace("    quiz: learn", f"    site: {SITE}\n    quiz: learn"))
    passphrase.write_text(PASSPHRASE)
    where = ("--desk", desk, "--passphrase-file", passphrase, "--handbook", handbook_folder)
    run("acks", "keys", TRUST, *where, "--as-of", EARLY)
    for name, people, options in (
        ("late", LATE, ("--as-of", EARLY)),
        ("paper", ON_PAPER, ("--paper",)),
        ("all", PEOPLE | LATE | ON_PAPER, ()),
    ):
        path = folder / f"{name}.csv"
        path.write_bytes(roster(people))
        run("acks", "issue", TRUST, path, *where, *options)
    run("build", "--no-pdf", "--quiet", "--handbook", handbook_folder)


# Whoever holds a link can make the page write something else: its own code then gives the receipt a check that fits.
EDITED = """edits => { const encode = window.btoa; window.btoa = bytes => {
    for (const [from, to] of edits) { bytes = bytes.replace(new RegExp(from), to); }
    return encode(bytes);
}; }"""


@dataclass
class Staff:
    """People at their browsers. Each receipt is made once, however many tests and processes read it."""

    office: Office
    browser: Browser
    _shared: BrowserContext | None = None
    _passed: set[str] = field(default_factory=set)

    def receipt(
        self, number: str, name: str = "", *, clock: datetime | None = None, link: str = "", edits: tuple[tuple[str, str], ...] = (),
        unclear: str = "",
    ) -> str:  # fmt: skip
        """The line that the page makes for the holder of a link, who passes the quiz first."""
        name = name or PEOPLE.get(number, LATE.get(number, ("", "")))[0]
        asked = (number, name, clock, link, edits, unclear)

        def make(folder: Path) -> None:
            (folder / "line").write_text(self._make(*asked))

        folder = made_once(f"receipt-{hashlib.sha256(repr(asked).encode()).hexdigest()}", make)
        return (folder / "line").read_text()

    def _make(self, number: str, name: str, clock: datetime | None, link: str, edits: Any, unclear: str) -> str:
        """A clock that is set stands in the whole browser, and what was answered in one of two links is not the other's."""
        link = link or self.office.links[number]
        if self._shared is None:
            self._shared = at_now(self.browser.new_context())
        context = at_now(self.browser.new_context(), clock) if clock else self._shared
        page = context.new_page()
        if not unclear and (clock or link not in self._passed):
            _pass_quiz(page, f"{self.office.page.replace('/acknowledge/', '/quiz/')}#{link}")
            self._passed |= set() if clock else {link}
        page.goto(f"{self.office.page}#{link}")
        expect(page.get_by_role("button", name="Confirm", exact=True)).to_be_visible()
        page.evaluate(EDITED, [list(edit) for edit in edits])
        line = _say_unclear(page, name, unclear) if unclear else _sign(page, name)
        (context if clock else page).close()
        return line


def _pass_quiz(page: Page, address: str) -> None:
    page.goto(address)
    pass_quiz(page)


def _sign(page: Page, name: str) -> str:
    form = page.locator("[data-cb-sign]")
    form.get_by_label("Your full name").fill(name)
    form.get_by_role("checkbox").check()
    form.get_by_role("button", name="Confirm", exact=True).click()
    return _line(page)


def _line(page: Page) -> str:
    expect(page.get_by_role("heading", name="Your confirmation")).to_be_visible()
    return page.get_by_label("This is what you send").input_value()


def _say_unclear(page: Page, name: str, clause: str) -> str:
    page.locator("summary", has_text="I do not understand a clause").click()
    page.get_by_label("Which clause?").select_option([clause])
    page.get_by_label("Your question").fill("Does this hold for my niece?")
    form = page.locator("[data-cb-sign]")
    form.get_by_label("Your full name").fill(name)
    form.get_by_role("button", name="Confirm", exact=True).click()
    return _line(page)


@pytest.fixture(scope="session")
def staff(office: Office, browser: Browser) -> Staff:
    return Staff(office, browser)


@dataclass
class Hr:
    """Somebody in HR at their own desk, which no other test sees."""

    office: Office
    desk: Path
    heap: Path
    clausebook: Callable[..., subprocess.CompletedProcess[str]]
    handbook_folder: Path
    code: int = 0

    def acks(self, command: str, *arguments: object) -> str:
        done = self.clausebook("acks", command, *arguments, "--desk", self.desk, "--handbook", self.handbook_folder)
        self.code = done.returncode
        self.said = done.stdout + done.stderr
        return done.stdout

    def collect(self, *options: object) -> list[dict[str, str]]:
        told = self.acks("collect", self.heap, *options, "--format", "json")
        return json.loads(told)["What arrived"] if told.strip() else []

    def only(self, *options: object) -> dict[str, str]:
        rows = self.collect(*options)
        assert len(rows) == 1, rows
        return rows[0]

    def fetched(self, name: str, content: str | bytes) -> list[dict[str, str]]:
        """Collects with a file that HR says it took itself from a platform or a form."""
        return self.collect("--fetched", self.put(name, content))

    def put(self, name: str, content: str | bytes) -> Path:
        path = self.heap / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def bodies(self) -> list[dict[str, Any]]:
        """The entries that were added since the links were issued."""
        issued = len(lines_of(self.office.desk / "register.sqlite"))
        return [line["body"] for line in lines_of(self.desk / "register.sqlite")[issued:]]

    def kinds(self) -> list[str]:
        return [body["kind"] for body in self.bodies()]


@pytest.fixture
def hr(office: Office, tmp_path: Path, clausebook: Callable[..., subprocess.CompletedProcess[str]]) -> Hr:
    desk, heap = tmp_path / "desk", tmp_path / "heap"
    shutil.copytree(office.desk, desk)
    heap.mkdir()
    return Hr(office, desk, heap, clausebook, office.handbook_folder)


def mail(line: str, sender: str, when: datetime | None = None, **headers: str) -> bytes:
    """A mail as a person sends it."""
    from email.message import EmailMessage
    from email.policy import SMTP
    from email.utils import format_datetime

    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = "hr@larkhill.example.org"
    message["Received"] = f"from x by mx.larkhill.example.org; {format_datetime(when or NOW)}"
    message["Date"] = format_datetime(when or NOW)
    message["Subject"] = headers.get("subject", "Acknowledgement: social-media")
    message.set_content(f"Hello,\n\nhere it is:\n\n{line}\n\nBest wishes\n")
    return message.as_bytes()
