"""A personal link opens what its holder must read, and makes a receipt that HR's side reads: on the web, from a folder, by keyboard."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from acks.made_desks import name_link
from axe import violations
from browser_kit import launch, served
from clausebook.acknowledgements.signing.keys import SigningKey, new_key
from clausebook.acknowledgements.signing.links import Link, write_link
from clausebook.acknowledgements.signing.receipts import FoundReceipt, Receipt, read_receipt
from clausebook.check.library import read_handbook
from clausebook.model.base64url import encode
from clausebook.model.handbook import Revision
from clock import NOW, TODAY, at_now
from larkhill import write_larkhill
from taking_quiz import pass_quiz

from .conftest import build

TRUST = "larkhill-example"
PAGE = f"{TRUST}/social-media/acknowledge/index.html"
NAME = "Zoë O’Connor-Łukasz"


@dataclass(frozen=True)
class Desk:
    """A site whose trust issues personal links, and the key that signs them."""

    site: Path
    key: SigningKey
    revision: Revision

    def link(self, key: SigningKey | None = None, signed_by: str = "", **changes: str) -> str:
        says = {
            "ref": "A" * 22, "trust": TRUST, "campaign": "2025-26", "quiz": "none", "quizzes": "each", "due": str(TODAY + timedelta(30)),
            "issued": str(TODAY), "expires": str(TODAY + timedelta(90)), "key": signed_by or self.key.id,
        }  # fmt: skip
        asked = {
            "policy": "social-media",
            "revision": self.revision.id,
            "digest": self.revision.digest[:16],
            "since": "",
        }
        asked |= {name: changes.pop(name) for name in list(changes) if name in asked}
        return write_link(Link.model_validate(says | changes | {"policies": [asked]}), key or self.key)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("desk") / "handbook"
    write_larkhill(folder)
    key = new_key()
    (folder / f"trusts/{TRUST}/keys.yml").write_text(
        f'keys:\n  - {{id: "{key.id}", public: "{key.public}", first: {TODAY}}}\n'
    )
    build(folder)
    handbook, problems = read_handbook(folder)
    assert handbook, problems
    return Desk(folder / "site", key, handbook.trusts[0].in_force[0])


@pytest.fixture(scope="module", params=["folder", "web"])
def base(request: pytest.FixtureRequest, desk: Desk) -> Any:
    """The site opened from its folder, and on a web host."""
    if request.param == "folder":
        yield desk.site.as_uri() + "/"
        return
    with served(desk.site) as address:
        yield address


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
    form.get_by_role("button", name="Confirm", exact=True).click()
    return receipt(page)


def receipt(page: Page) -> Receipt:
    found = read_receipt(page.get_by_label("This is what you send").input_value())
    assert isinstance(found, FoundReceipt), found
    return found.receipt


def test_a_new_starter_reads_the_whole_policy_and_signs(page: Page, base: str, desk: Desk) -> None:
    link = desk.link()
    open_link(page, base, link)
    assert verdict(page) == "This is your genuine link from HR."
    expect(page.locator("[data-cb-whole] blockquote").first).to_be_hidden()
    page.locator("summary", has_text="Read the policy").click()
    text = page.locator("[data-cb-whole]").inner_text()
    assert all(clause.text.split(".")[0][:40].replace("*", "") in text for clause in desk.revision.clauses)
    told = sign(page)
    (part,) = told.policies
    assert (told.link, told.name, told.trust, told.campaign) == (name_link(link), NAME, TRUST, "2025-26")
    assert (part.policy, part.revision, part.digest) == ("social-media", desk.revision.id, desk.revision.digest)
    assert (part.outcome, part.shown) == ("acknowledged", "whole")
    assert told.checked == ["signature", "dates", "digest"]
    assert (told.quiz, part.quiz) == (None, None)
    begun, soon = (moment.strftime("%Y-%m-%dT%H:%M:%SZ") for moment in (NOW, NOW + timedelta(minutes=10)))
    assert begun <= told.opened <= told.signed < soon
    expect(page.get_by_role("heading", name="Your confirmation")).to_be_focused()


def test_what_this_device_has_as_read_is_told(page: Page, base: str, desk: Desk) -> None:
    open_link(page, base, desk.link())
    expect(page.get_by_text("You marked it as read on this device.")).to_be_hidden()
    page.goto(f"{base}{TRUST}/social-media/quick-guide/index.html")
    page.get_by_role("link", name="Next: check yourself").click()
    open_link(page, base, desk.link())
    expect(page.get_by_text("You marked it as read on this device.")).to_be_visible()


def test_whoever_signed_before_reads_only_what_changed_materially(page: Page, base: str, desk: Desk) -> None:
    open_link(page, base, desk.link(since="2024-09"))
    expect(page.locator("[data-cb-whole]")).to_be_hidden()
    shown = page.locator("[data-cb-since='2024-09']")
    expect(shown).to_be_visible()
    assert shown.locator("ins, del").count() > 0
    assert shown.locator("blockquote").count() == int(re.search(r"(\d+) clause", shown.inner_text())[1])
    assert sign(page).policies[0].shown == "2024-09"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"expires": "2026-01-31", "due": "2026-01-01"}, "expired on 31 January 2026"),
        ({"revision": "2024-09"}, "is for revision 2024-09"),
        ({"digest": "0" * 16}, "is not the one that the link was issued for"),
        ({"trust": "another"}, "for another trust or another policy"),
    ],
)
def test_a_link_that_cannot_be_used_says_why_at_once(
    page: Page, base: str, desk: Desk, changes: dict[str, str], said: str
) -> None:
    open_link(page, base, desk.link(**changes))
    assert said in verdict(page)
    expect(page.get_by_role("button", name="Confirm", exact=True)).to_be_hidden()


def test_a_damaged_or_forged_link_is_refused(page: Page, base: str, desk: Desk) -> None:
    link = desk.link()
    payload, signature = link.split(".")[1:]
    for broken in (link[:-1], f"a2.{payload[:-2]}.{signature}", "a2.x.y"):
        open_link(page, base, broken)
        assert "The link is damaged" in verdict(page)
        expect(page.get_by_role("button", name="Confirm", exact=True)).to_be_hidden()
    other = new_key()
    for forged in (
        desk.link(key=other),
        desk.link(key=other, signed_by=other.id),
        f"a2.{payload}.{signature[:-3]}AAA"[: len(link)],
    ):
        open_link(page, base, forged)
        assert "was changed after it was issued" in verdict(page) or "damaged" in verdict(page)
        expect(page.get_by_role("button", name="Confirm", exact=True)).to_be_hidden()


ALONG = {
    "a space": "{}%20", "a full stop": "{}.", "a bracket": "{}>", "a parameter": "{}&_hsmi=1", "a zero-width space": "{}\u200b",
    "a letter": "{}A", "an equals sign of a mail": "3D{}", "encoded": None, "encoded twice": None, "wrapped": None,
}  # fmt: skip


@pytest.mark.parametrize("along", ALONG)
def test_what_came_along_with_a_link_is_left_aside(page: Page, base: str, desk: Desk, along: str) -> None:
    link = desk.link()
    told = {
        "encoded": link.replace(".", "%2E"),
        "encoded twice": link.replace(".", "%252E"),
        "wrapped": f"{link[:70]}%20%0A{link[70:]}",
    }
    open_link(page, base, told[along] if along in told else ALONG[along].format(link))
    assert verdict(page) == "This is your genuine link from HR."
    assert sign(page).link == name_link(link)


def test_a_second_link_in_the_same_tab_starts_again(page: Page, base: str, desk: Desk) -> None:
    """A damaged one first, then the right one, then another person's; only the last holder's name and link are in the receipt."""
    first, second = desk.link(), desk.link(ref="B" * 22)
    open_link(page, base, first[:300])
    assert "The link is damaged" in verdict(page)
    for link in (first, second):
        page.goto(f"{base}{PAGE}#{link}")
        expect(page.locator("[data-cb-usable]")).to_be_visible()
        expect(page.locator("[data-cb-receipt]")).to_be_hidden()
        expect(page.locator("[data-cb-sign]").get_by_label("Your full name")).to_have_value("")
        assert sign(page).link == name_link(link)


def test_a_place_on_the_page_throws_no_form_away(page: Page, base: str, desk: Desk) -> None:
    link = desk.link()
    open_link(page, base, link)
    name = page.locator("[data-cb-sign]").get_by_label("Your full name")
    name.fill(NAME)
    page.evaluate("window.location.hash = 'on-paper'")
    page.wait_for_timeout(300)
    expect(name).to_have_value(NAME)
    assert sign(page).link == name_link(link)
    page.reload()
    assert verdict(page) == "This is your genuine link from HR."


def test_the_link_leaves_the_address_bar_and_is_not_lost(page: Page, base: str, desk: Desk) -> None:
    link = desk.link(quiz="learn")
    open_link(page, base, link)
    assert link not in page.url
    assert "#" not in page.url
    page.reload()
    assert verdict(page) == "This is your genuine link from HR."
    page.get_by_role("link", name="Take the quiz").click()
    expect(page.get_by_role("button", name="Check answer")).to_be_visible()
    assert link not in page.url
    page.go_back()
    assert verdict(page) == "This is your genuine link from HR."
    assert page.evaluate("JSON.stringify([localStorage, sessionStorage])").count("a2.") == 0


def test_ticks_of_one_person_are_not_the_next_ones(page: Page, base: str, desk: Desk) -> None:
    quiz = f"{base}{TRUST}/social-media/quiz/index.html"
    page.goto(f"{quiz}#{desk.link()}")
    page.locator("fieldset:visible input").first.check()
    page.goto(f"{quiz}#{desk.link(ref='B' * 22)}")
    expect(page.get_by_role("button", name="Check answer")).to_be_visible()
    page.wait_for_load_state()
    assert page.locator("fieldset input:checked").count() == 0
    page.go_back()
    expect(page.locator("fieldset input:checked")).to_have_count(1)


def mail_address(page: Page) -> str:
    write = page.get_by_role("link", name="Email it")
    expect(write).to_be_visible()
    return write.get_attribute("href") or ""


def test_the_email_with_a_quiz_in_its_receipt_can_be_written(page: Page, base: str, desk: Desk) -> None:
    """As long as an address may be, with the ten answers of a long quiz."""
    link = desk.link(quiz="learn")
    open_link(page, base, link)
    answers = {f"a-question-with-a-long-id-{number}": ["an-option"] for number in range(10)}
    says = {"answers": answers, "attempt": 1, "finished": "2026-11-21T07:15Z", "mark": "0" * 12, "role": "", "seed": "1z141z3" * 3, "since": "",
            "trust": TRUST, "policy": "social-media"}  # fmt: skip
    page.locator("summary", has_text="another device").click()
    page.locator("[data-cb-quiz-line]").fill("quiz1." + encode(json.dumps(says).encode()))
    (part,) = sign(page).policies
    assert part.quiz
    assert len(part.quiz.answers) == 10
    address = mail_address(page)
    assert len(address) <= 1900
    assert page.get_by_label("This is what you send").input_value() in address


def test_a_receipt_too_long_for_an_address_is_copied(
    context: BrowserContext, page: Page, base: str, desk: Desk
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_link(page, base, desk.link())
    page.locator("summary", has_text="I do not understand a clause").click()
    page.get_by_label("Which clause?").select_option([desk.revision.clauses[1].id])
    page.get_by_label("Your question").fill("Does this hold for my niece? " * 30)
    page.get_by_label("Your full name").fill(NAME)
    page.get_by_role("button", name="Confirm", exact=True).click()
    line = page.get_by_label("This is what you send").input_value()
    address = mail_address(page)
    assert len(address) <= 1900
    assert "Paste%20your%20confirmation%20here" in address
    page.evaluate(
        "document.querySelector('[data-cb-mail]').removeAttribute('href')"
    )  # no mail program stands ready here
    page.locator("[data-cb-mail]").click()
    expect(page.locator("[data-cb-receipt-status]")).to_have_text(
        "Your confirmation is copied. Paste it into the email."
    )
    assert page.evaluate("navigator.clipboard.readText()") == line


def test_one_day_is_told_and_the_policy_is_named(page: Page, base: str, desk: Desk) -> None:
    open_link(page, base, desk.link(due="2026-12-13"))
    assert "by 13 December 2026" in page.locator("[data-cb-dates]").inner_text()
    assert page.locator("[data-cb-by-when]").inner_text() == "13 December 2026, which is your own date"
    sign(page)
    expect(page.locator("[data-cb-receipt-says]")).to_contain_text(
        "confirms reading the Social media policy, revision 2025-09"
    )
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save as a file").click()
    assert waiting.value.suggested_filename == f"receipt-{TRUST}-social-media-2025-09.txt"


@pytest.mark.parametrize(
    ("zone", "usable"), [("Pacific/Honolulu", True), ("Europe/London", True), ("Pacific/Auckland", False)]
)
def test_days_are_those_of_the_readers_wall(browser: Any, base: str, desk: Desk, zone: str, usable: bool) -> None:
    """At 23:45 in London on the last day it is the next day in Auckland; a link of tomorrow's day by HR is no wrong clock."""
    context = at_now(browser.new_context(timezone_id=zone), NOW.replace(hour=23, minute=45))
    page = open_link(context.new_page(), base, desk.link(expires=str(TODAY), due=str(TODAY), issued=str(TODAY)))
    assert ("This link expired" not in verdict(page)) is usable
    open_link(page, base, desk.link(issued=str(TODAY + timedelta(1))))
    assert "clock" not in verdict(page)
    open_link(page, base, desk.link(issued=str(TODAY + timedelta(3))))
    assert "The clock of this device" in verdict(page)
    context.close()


def test_without_a_link_one_can_read_practise_and_print(page: Page, base: str) -> None:
    page.goto(base + PAGE)
    assert "You opened this page without one" in verdict(page)
    expect(page.get_by_role("button", name="Confirm", exact=True)).to_be_hidden()
    expect(page.get_by_role("rowheader", name="Signature")).to_be_visible()


def test_a_name_and_a_tick_are_asked_for(page: Page, base: str, desk: Desk) -> None:
    open_link(page, base, desk.link())
    form = page.locator("[data-cb-sign]")
    button = form.get_by_role("button", name="Confirm", exact=True)
    form.get_by_label("Your full name").fill("   ")
    button.click()
    expect(form.get_by_role("alert")).to_have_text("Type your full name.")
    expect(form.get_by_label("Your full name")).to_be_focused()
    form.get_by_label("Your full name").fill(NAME)
    button.click()
    expect(form.get_by_role("alert")).to_have_text("Tick the statement if it is true of you.")
    expect(form.get_by_role("checkbox")).to_be_focused()
    expect(page.get_by_role("heading", name="Your confirmation")).to_be_hidden()


def test_the_quiz_comes_first_where_the_link_asks_for_it(page: Page, base: str, desk: Desk) -> None:
    open_link(page, base, desk.link(quiz="learn"))
    form = page.locator("[data-cb-sign]")
    form.get_by_label("Your full name").fill(NAME)
    form.get_by_role("checkbox").check()
    form.get_by_role("button", name="Confirm", exact=True).click()
    expect(form.get_by_role("alert")).to_have_text("The quiz comes first.")
    page.get_by_role("link", name="Take the quiz").click()
    pass_quiz(page)
    page.get_by_role("link", name="Next: confirm you have read").click()
    expect(page.locator("[data-cb-quiz-state]")).to_contain_text("Done:")
    expect(page.get_by_label("Your full name")).to_be_in_viewport()
    (part,) = sign(page).policies
    assert part.quiz
    assert len(part.quiz.answers) >= 5


def test_not_understanding_is_an_outcome_of_its_own(page: Page, base: str, desk: Desk) -> None:
    open_link(page, base, desk.link())
    page.locator("summary", has_text="I do not understand a clause").click()
    clauses = [clause.id for clause in desk.revision.clauses[1:3]]
    page.get_by_label("Which clause?").select_option(clauses)
    page.get_by_label("Your question").fill("Does this hold for my niece?")
    page.get_by_label("Your full name").fill(NAME)
    page.get_by_role("button", name="Confirm", exact=True).click()
    part = receipt(page).policies[0]
    assert (part.outcome, part.unclear, part.question) == ("not-understood", clauses, "Does this hold for my niece?")
    expect(page.locator("[data-cb-receipt-says]")).to_contain_text("has not confirmed it")


def test_where_nothing_can_be_checked_the_page_says_so(browser: Any, desk: Desk) -> None:
    """A plain-HTTP intranet host has no crypto.subtle: the name of such a host, served from this machine."""
    chromium = launch(browser.browser_type, "--no-proxy-server", "--host-resolver-rules=MAP intranet.example 127.0.0.1")
    page = at_now(chromium.new_context()).new_page()
    with served(desk.site) as address:
        page.goto(f"{address.replace('127.0.0.1', 'intranet.example')}{PAGE}#{desk.link()}")
        expect(page.locator("[data-cb-verdict] p").first).to_be_visible()
        assert page.evaluate("window.crypto.subtle === undefined")
        assert "could not check here who signed the link" in verdict(page)
        assert sign(page).checked == ["dates", "digest"]
        chromium.close()


def test_nothing_is_sent_kept_or_claimed(context: BrowserContext, page: Page, base: str, desk: Desk) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_link(page, base, desk.link())
    page.wait_for_load_state("networkidle")
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    sign(page)
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.locator("[data-cb-receipt-status]")).to_contain_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == page.get_by_label("This is what you send").input_value()
    assert [one for one in requests if not one.startswith("blob:")] == []
    assert NAME not in page.evaluate("JSON.stringify([localStorage, sessionStorage])")
    text = page.locator("main").inner_text()
    assert "HR does not have it until you send it." in text
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
    expect(page.get_by_role("heading", name="Your confirmation")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Email it")).to_be_focused()


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


def test_a_campaign_without_a_quiz_can_be_built_and_signed(page: Page, tmp_path: Path) -> None:
    folder, key = tmp_path / "handbook", new_key()
    write_larkhill(folder)
    (folder / f"trusts/{TRUST}/keys.yml").write_text(
        f'keys:\n  - {{id: "{key.id}", public: "{key.public}", first: {TODAY}}}\n'
    )
    (folder / f"trusts/{TRUST}/quizzes.yml").unlink()
    campaigns = folder / f"trusts/{TRUST}/acknowledgements.yml"
    campaigns.write_text(campaigns.read_text().replace("quiz: learn", "quiz: none"))
    build(folder)
    handbook, problems = read_handbook(folder)
    assert handbook, problems
    made = Desk(folder / "site", key, handbook.trusts[0].in_force[0])
    open_link(page, made.site.as_uri() + "/", made.link())
    assert sign(page).quiz is None
    open_link(page, made.site.as_uri() + "/", made.link(quiz="learn"))  # issued while there was one
    assert sign(page).quiz is None
