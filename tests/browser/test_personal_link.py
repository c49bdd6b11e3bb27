"""A personal link opens what its holder must read, and makes a receipt that HR's side reads: on the web, from a folder, by keyboard."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from clock import NOW, TODAY, at_now
from playwright.sync_api import BrowserContext, Page, expect

from generator.acknowledgements.keys import SigningKey, new_key
from generator.acknowledgements.links import Link, name_link, write_link
from generator.acknowledgements.receipts import FoundReceipt, Receipt, read_receipt
from generator.build import read_library
from generator.merge import Policy

from .conftest import ROOT, _Host
from .test_accessibility import violations

TRUST = "larkhill-example"
PAGE = f"{TRUST}/social-media/acknowledge/index.html"
NAME = "Zoë O’Connor-Łukasz"


@dataclass(frozen=True)
class Desk:
    """A site whose trust issues personal links, and the key that signs them."""

    site: Path
    key: SigningKey
    policy: Policy

    def link(self, key: SigningKey | None = None, signed_by: str = "", **changes: str) -> str:
        says = {
            "ref": "A" * 22, "trust": TRUST, "policy": "social-media", "revision": self.policy.revision_id, "digest": self.policy.digest,
            "since": "", "quiz": "none", "due": str(TODAY + timedelta(30)), "issued": str(TODAY), "expires": str(TODAY + timedelta(90)),
            "key": signed_by or self.key.id,
        }  # fmt: skip
        return write_link(Link.model_validate(says | changes), key or self.key)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("desk") / "handbook"
    subprocess.run([sys.executable, "-m", "generator", "new", folder], cwd=ROOT, check=True)
    key = new_key()
    (folder / f"trusts/{TRUST}/keys.yml").write_text(
        f'keys:\n  - {{id: "{key.id}", public: "{key.public}", first: {TODAY}}}\n'
    )
    subprocess.run(
        [sys.executable, "-m", "generator", "build", "--no-pdf", "--quiet", "--handbook", folder], cwd=ROOT, check=True
    )
    library, problems = read_library(folder)
    assert library, problems
    return Desk(folder / "site", key, library.handbooks[0].policies[0])


@pytest.fixture(scope="module", params=["folder", "web"])
def base(request: pytest.FixtureRequest, desk: Desk) -> Any:
    """The site opened from its folder, and on a web host."""
    if request.param == "folder":
        yield desk.site.as_uri() + "/"
        return
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host, directory=str(desk.site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def open_link(page: Page, base: str, link: str) -> Page:
    page.goto("about:blank")
    page.goto(f"{base}{PAGE}#{link}")
    expect(page.locator("[data-cb-verdict] p").first).to_be_visible()
    return page


def verdict(page: Page) -> str:
    return page.locator("[data-cb-verdict]").inner_text()


def sign(page: Page, name: str = NAME) -> Receipt:
    form = page.locator("[data-cb-sign]")
    form.get_by_label("Your full name").fill(name)
    form.get_by_role("checkbox").check()
    form.get_by_role("button", name="Make my receipt").click()
    return receipt(page)


def receipt(page: Page) -> Receipt:
    found = read_receipt(page.get_by_label("The line to pass on").input_value())
    assert isinstance(found, FoundReceipt), found
    return found.receipt


def test_a_new_starter_reads_the_whole_policy_and_signs(page: Page, base: str, desk: Desk) -> None:
    link = desk.link()
    open_link(page, base, link)
    assert verdict(page) == "This link is HR's, and it was not changed."
    expect(page.locator("[data-cb-whole]")).to_be_visible()
    text = page.locator("[data-cb-whole]").inner_text()
    assert all(clause.text.split(".")[0][:40].replace("*", "") in text for clause in desk.policy.clauses)
    told = sign(page)
    assert (told.link, told.name, told.outcome, told.shown) == (name_link(link), NAME, "acknowledged", "whole")
    assert (told.trust, told.policy, told.revision, told.digest) == (
        TRUST,
        "social-media",
        desk.policy.revision_id,
        desk.policy.digest,
    )
    assert told.checked == ["signature", "dates", "digest"]
    assert told.quiz is None
    assert told.opened <= told.signed == NOW.strftime("%Y-%m-%dT%H:%M:%SZ")
    expect(page.get_by_role("heading", name="Your receipt")).to_be_focused()


def test_whoever_signed_before_reads_only_what_changed_materially(page: Page, base: str, desk: Desk) -> None:
    open_link(page, base, desk.link(since="2024-09"))
    expect(page.locator("[data-cb-whole]")).to_be_hidden()
    shown = page.locator("[data-cb-since='2024-09']")
    expect(shown).to_be_visible()
    assert shown.locator("ins, del").count() > 0
    assert shown.locator("blockquote").count() == int(re.search(r"(\d+) clause", shown.inner_text())[1])
    assert sign(page).shown == "2024-09"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"expires": "2026-01-31", "due": "2026-01-01"}, "expired on 31 January 2026"),
        ({"revision": "2024-09"}, "is for revision 2024-09"),
        ({"digest": "0" * 64}, "is not the one that the link was issued for"),
        ({"trust": "another"}, "for another trust or another policy"),
    ],
)
def test_a_link_that_cannot_be_used_says_why_at_once(
    page: Page, base: str, desk: Desk, changes: dict[str, str], said: str
) -> None:
    open_link(page, base, desk.link(**changes))
    assert said in verdict(page)
    expect(page.get_by_role("button", name="Make my receipt")).to_be_hidden()


def test_a_damaged_or_forged_link_is_refused(page: Page, base: str, desk: Desk) -> None:
    link = desk.link()
    payload, signature = link.split(".")[1:]
    for broken in (link[:-1], f"a1.{payload[:-2]}.{signature}", "a1.x.y"):
        open_link(page, base, broken)
        assert "The link is damaged" in verdict(page)
        expect(page.get_by_role("button", name="Make my receipt")).to_be_hidden()
    other = new_key()
    for forged in (
        desk.link(key=other),
        desk.link(key=other, signed_by=other.id),
        f"a1.{payload}.{signature[:-3]}AAA"[: len(link)],
    ):
        open_link(page, base, forged)
        assert "was changed after it was issued" in verdict(page) or "damaged" in verdict(page)
        expect(page.get_by_role("button", name="Make my receipt")).to_be_hidden()


def test_without_a_link_one_can_read_practise_and_print(page: Page, base: str) -> None:
    page.goto(base + PAGE)
    assert "You opened this page without one" in verdict(page)
    expect(page.get_by_role("button", name="Make my receipt")).to_be_hidden()
    expect(page.get_by_role("rowheader", name="Signature")).to_be_visible()


def test_a_name_and_a_tick_are_asked_for(page: Page, base: str, desk: Desk) -> None:
    open_link(page, base, desk.link())
    form = page.locator("[data-cb-sign]")
    button = form.get_by_role("button", name="Make my receipt")
    form.get_by_label("Your full name").fill("   ")
    button.click()
    expect(form.get_by_role("alert")).to_have_text("Type your full name.")
    expect(form.get_by_label("Your full name")).to_be_focused()
    form.get_by_label("Your full name").fill(NAME)
    button.click()
    expect(form.get_by_role("alert")).to_have_text("Tick the statement if it is true of you.")
    expect(form.get_by_role("checkbox")).to_be_focused()
    expect(page.get_by_role("heading", name="Your receipt")).to_be_hidden()


def test_the_quiz_comes_first_where_the_link_asks_for_it(page: Page, base: str, desk: Desk) -> None:
    open_link(page, base, desk.link(quiz="learn"))
    form = page.locator("[data-cb-sign]")
    form.get_by_label("Your full name").fill(NAME)
    form.get_by_role("checkbox").check()
    form.get_by_role("button", name="Make my receipt").click()
    expect(form.get_by_role("alert")).to_have_text("The quiz comes first.")
    page.get_by_role("link", name="To the quiz").click()
    expect(page.get_by_role("button", name="Check answers")).to_be_visible()
    page.evaluate("""document.querySelectorAll("fieldset:not([hidden])").forEach(question => {
        const right = question.dataset.right.split(" ");
        question.querySelectorAll("input").forEach(input => { input.checked = right.includes(input.value); });
        question.querySelectorAll("select").forEach(select => { select.value = right.indexOf(select.name.split(".")[1]) + 1; });
    })""")
    page.get_by_role("button", name="Check answers").click()
    expect(page.locator("[data-cb-result]")).to_contain_text("That is a pass.")
    page.get_by_role("link", name="acknowledge the policy").click()
    expect(page.locator("[data-cb-quiz-state]")).to_contain_text("Done:")
    told = sign(page)
    assert told.quiz
    assert len(told.quiz.answers) >= 5


def test_not_understanding_is_an_outcome_of_its_own(page: Page, base: str, desk: Desk) -> None:
    open_link(page, base, desk.link())
    page.locator("summary", has_text="I do not understand a clause").click()
    form = page.locator("[data-cb-unclear]")
    form.get_by_label("Your full name").fill(NAME)
    clauses = [clause.id for clause in desk.policy.clauses[1:3]]
    form.get_by_label("Which clause?").select_option(clauses)
    form.get_by_label("Your question").fill("Does this hold for my niece?")
    form.get_by_role("button", name="Make a receipt that says so").click()
    told = receipt(page)
    assert (told.outcome, told.unclear, told.question) == ("not-understood", clauses, "Does this hold for my niece?")
    expect(page.locator("[data-cb-receipt-says]")).to_contain_text("has not signed")


def test_where_nothing_can_be_checked_the_page_says_so(browser: Any, desk: Desk) -> None:
    """A plain-HTTP intranet host has no crypto.subtle: the name of such a host, served from this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host, directory=str(desk.site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    chromium = browser.browser_type.launch(
        executable_path="/usr/bin/chromium",
        args=["--no-sandbox", "--host-resolver-rules=MAP intranet.example 127.0.0.1"],
    )
    page = at_now(chromium.new_context()).new_page()
    page.goto(f"http://intranet.example:{server.server_port}/{PAGE}#{desk.link()}")
    expect(page.locator("[data-cb-verdict] p").first).to_be_visible()
    assert page.evaluate("window.crypto.subtle === undefined")
    assert "could not check here who signed the link" in verdict(page)
    assert sign(page).checked == ["dates", "digest"]
    chromium.close()
    server.shutdown()
    server.server_close()


def test_nothing_is_sent_kept_or_claimed(context: BrowserContext, page: Page, base: str, desk: Desk) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_link(page, base, desk.link())
    page.wait_for_load_state("networkidle")
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    sign(page)
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.locator("[data-cb-receipt-status]")).to_contain_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == page.get_by_label("The line to pass on").input_value()
    assert [one for one in requests if not one.startswith("blob:")] == []
    assert NAME not in page.evaluate("JSON.stringify([localStorage, sessionStorage])")
    text = page.locator("main").inner_text()
    assert "HR does not have it until you pass it on." in text
    assert re.findall(r"(?i)\b(HR has received|submitted|delivered|has been sent)\b", text) == []
    assert re.findall(r"(?i)(?<!no )\bstatutory\b", text) == []


def test_by_keyboard_alone(page: Page, base: str, desk: Desk) -> None:
    open_link(page, base, desk.link())
    page.locator("[data-cb-sign]").get_by_label("Your full name").focus()
    page.keyboard.type(NAME)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your receipt")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("The line to pass on")).to_be_focused()


@pytest.mark.parametrize("width", [1280, 390])
def test_it_can_be_read_by_everybody(page: Page, base: str, desk: Desk, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    open_link(page, base, desk.link(since="2024-09", quiz="learn"))
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    open_link(page, base, desk.link())
    sign(page)
    page.locator("summary", has_text="I do not understand a clause").click()
    assert violations(page) == []
