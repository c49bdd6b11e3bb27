"""One campaign played from the roster to the evidence pack: HR at the terminal, three members of staff in Chromium."""

from __future__ import annotations

import csv
import email
import email.policy
import email.utils
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser_kit import PHONE, opened, served
from clock import NOW
from larkhill import write_larkhill
from taking_quiz import pass_quiz

ROOT = Path(__file__).parents[2]
TRUST = "larkhill-example"
ROSTER = """staff_number,name,mail,academy,manager,roles,starts,leaves,aliases
101,Zoë O’Connor,zoe@example.org,North,M. Head,staff,2019-09-01,,
102,Ben Adeyemi,ben@example.org,North,M. Head,staff,2020-09-01,,
103,Chris Dale,chris@example.org,South,S. Lead,staff,2021-09-01,,Chris Moss
104,Dora Finch,dora@example.org,South,S. Lead,staff,2021-09-01,,
"""


def run(*arguments: object, expected: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "clausebook", *map(str, arguments)], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == expected, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with opened(browser, viewport=PHONE) as context:
        yield context.new_page()


@pytest.fixture
def home(tmp_path: Path):
    """Where HR works: a handbook, a desk outside it, and a passphrase in a file."""
    write_larkhill(tmp_path / "handbook")
    (tmp_path / "passphrase").write_text("correct horse battery staple\n")
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    asked = tmp_path / "handbook/trusts" / TRUST / "acknowledgements.yml"
    text = asked.read_text()
    if "site:" not in text:
        asked.write_text(text.replace("    receipts:", "    site: https://policies.example.org\n    receipts:", 1))
    return tmp_path


def by_link(page: Page, address: str, site: str, name: str) -> str:
    """What a member of staff does with the mail that they got: read, pass the quiz, sign. Returns the receipt."""
    page.goto("about:blank")
    page.goto(address.replace("https://policies.example.org/", site))
    expect(page.locator("[data-cb-verdict]")).to_contain_text("This is your genuine link")
    if page.get_by_role("link", name="Take the quiz").is_visible():
        page.get_by_role("link", name="Take the quiz").click()
        pass_quiz(page)
        page.get_by_role("link", name="Next: confirm you have read").click()
    form = page.locator("[data-cb-sign]")
    form.get_by_label("Your full name").fill(name)
    form.get_by_role("checkbox").check()
    form.get_by_role("button", name="Confirm", exact=True).click()
    return page.get_by_label("This is what you send").input_value()


def in_clear(desk: Path, names: Iterable[str]) -> list[Path]:
    """The files of the desk that name somebody, but for those that are there to be sent."""
    own = [path for path in desk.rglob("*") if path.is_file() and "out" not in path.relative_to(desk).parts]
    return [path for path in own if any(name.encode() in path.read_bytes() for name in names)]


def mail_of(sender: str, line: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Date"], mail["Subject"] = (
        sender,
        "hr@larkhill.example.org",
        email.utils.format_datetime(NOW),
        "Acknowledgement",
    )
    mail.set_content(f"Hello,\n\nhere it is:\n\n{line}\n\nBest wishes\n")
    return mail.as_bytes()


@pytest.mark.parametrize(
    "encrypted",
    [pytest.param(False, id="plain desk"), pytest.param(True, marks=pytest.mark.long, id="encrypted desk")],
)
def test_from_the_roster_to_the_evidence_pack(home: Path, page: Page, *, encrypted: bool) -> None:
    handbook_folder, desk = home / "handbook", home / "desk"
    at = ["--desk", desk, "--handbook", handbook_folder, "--passphrase-file", home / "passphrase"]
    run("acks", "keys", TRUST, *at)
    if encrypted:
        run("acks", "encrypt", *at)
    run("build", "--no-pdf", "--quiet", "--handbook", handbook_folder)
    run("acks", "issue", TRUST, home / "roster.csv", *at)
    links_file = next((desk / "out").glob("*/links.csv"))
    links = {
        row["Name"]: row["Link"] for row in csv.DictReader(links_file.read_text(encoding="utf-8-sig").splitlines())
    }
    assert set(links) == {"Zoë O’Connor", "Ben Adeyemi", "Chris Dale", "Dora Finch"}
    mails = sorted(links_file.parent.rglob("*.eml"))
    assert len(mails) == 4
    bodies = [email.message_from_bytes(one.read_bytes(), policy=email.policy.default).get_content() for one in mails]
    assert all(any(link in re.sub(r"\s", "", body) or link in body for body in bodies) for link in links.values())
    assert not re.search(r"(?i)statutory", " ".join(bodies))

    inbox = home / "inbox"
    inbox.mkdir()
    with served(handbook_folder / "site") as site:
        for number, (person, typed, sender) in enumerate((
            ("Zoë O’Connor", "Zoe O'Connor", "zoe@example.org"),
            ("Chris Dale", "Chris Moss", "chris@example.org"),
            ("Ben Adeyemi", "Someone Else", "ben@example.org"),
        )):  # fmt: skip
            (inbox / f"{number}.eml").write_bytes(mail_of(sender, by_link(page, links[person], site, typed)))

    told = json.loads(run("acks", "collect", inbox, *at, "--format", "json", expected=1))
    text = json.dumps(told)
    assert text.count("accept") >= 2
    assert "hold" in text
    again = json.dumps(json.loads(run("acks", "collect", inbox, *at, "--format", "json", expected=1)))
    assert again.count("duplicate") >= 2
    held = run("acks", "review", *at, "--format", "csv")
    entry = next(csv.reader(held.splitlines()[1:]))[0]
    run("acks", "review", entry, "--reject", "--by", "J. Okafor", "--why", "The name is not theirs; asked again.", *at)
    run("acks", "reply", *at)
    run("acks", "checkpoint", *at)
    run("acks", "verify", *at)
    assert bool(in_clear(desk, links)) != encrypted

    run("acks", "report", TRUST, *at, "--out", home / "report")
    dashboard = home / "report" / "report.html"
    assert "statutory" not in dashboard.read_text(encoding="utf-8").lower()
    page.goto(dashboard.as_uri())
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert "Dora Finch" in page.locator("body").inner_text()
    assert "Zoë O’Connor" not in (handbook_folder / "site" / TRUST / "index.html").read_text(encoding="utf-8")

    run("acks", "evidence", TRUST, *at, "--out", home / "evidence.zip")
    shutil.unpack_archive(home / "evidence.zip", home / "pack")
    verifier = next((home / "pack").rglob("verify.py"))
    judged = subprocess.run([sys.executable, verifier], cwd=verifier.parent, capture_output=True, text=True)
    assert judged.returncode == 0, judged.stdout + judged.stderr
