"""A personal link over several policies: the list of what is owed, each policy read on the way, one quiz, one receipt."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.sync_api import Page, expect

from axe import violations
from clausebook.acknowledgements.signing.keys import SigningKey
from clausebook.acknowledgements.signing.links import Link, LinkedPolicy, write_link
from clausebook.acknowledgements.signing.receipts import FoundReceipt, Receipt, read_receipt
from clausebook.check.library import read_handbook
from clausebook.model.handbook import Handbook, Trust
from clausebook.quizzes.marking import Marked, mark_by
from clausebook.quizzes.quiz import take_campaign_quiz
from clausebook.quizzes.slips import CampaignSlip, TextAsked
from clock import TODAY
from larkhill import STARTER
from made_once import made_once
from taking_quiz import pass_quiz

from .conftest import build

TRUST = "larkhill-example"
POLICIES = ("code-of-conduct", "social-media", "acceptable-use", "mobile-phones")
NAME = "Zoë O’Connor-Łukasz"


@dataclass(frozen=True)
class Desk:
    """The starter's site, whose trust issues personal links, and the key that signs them."""

    folder: Path
    handbook: Handbook
    key: SigningKey

    @property
    def trust(self) -> Trust:
        return self.handbook.trusts[0]

    def address(
        self, *policies: str, quizzes: str = "one", quiz: str = "learn", since: str = "", at: str = "", page: str = ""
    ) -> str:
        """The link of somebody at an academy, or at none, which opens the list or another page."""
        asked = [
            LinkedPolicy(policy=one, revision=text.id, digest=text.digest[:16], since=since)
            for one in policies for text in [self.trust.text_for(one, at)]
        ]  # fmt: skip
        link = Link.model_validate({
            "ref": "A" * 22, "trust": TRUST, "campaign": "2026-27", "policies": asked, "quiz": quiz, "quizzes": quizzes, "due": str(TODAY),
            "issued": str(TODAY), "expires": str(TODAY), "key": self.key.id,
        })  # fmt: skip
        return f"{self.page(page or 'acknowledge/2026-27')}#{write_link(link, self.key)}"

    def page(self, path: str) -> str:
        return (self.folder / "site" / TRUST / path / "index.html").as_uri()


@pytest.fixture(scope="module")
def desk() -> Desk:
    def make(folder: Path) -> None:
        shutil.copytree(STARTER, folder / "handbook")
        (folder / f"handbook/trusts/{TRUST}/keys.yml").write_text(
            f'keys:\n  - {{id: "{key.id}", public: "{key.public}", first: {TODAY}}}\n'
        )
        build(folder / "handbook")

    key = SigningKey(Ed25519PrivateKey.from_private_bytes(b"k" * 32))  # the same in all processes, which share the site
    folder = made_once("several-owed", make) / "handbook"
    handbook, problems = read_handbook(folder)
    assert handbook, problems
    return Desk(folder, handbook, key)


def opened_list(page: Page, address: str) -> Page:
    page.goto("about:blank")
    page.goto(address)
    expect(page.locator("[data-cb-verdict]")).to_contain_text("This is your genuine link")
    return page


def pass_asked(page: Page, policy: str = "") -> None:
    of = page.locator(f"[data-cb-policy={policy}]") if policy else page
    of.get_by_role("link", name="Take the quiz").click()
    pass_quiz(page)
    page.get_by_role("link", name="Next: confirm you have read").click()
    expect(page.locator("[data-cb-quiz-state]:visible", has_text="Done:")).to_have_count(1)


def sign(page: Page) -> Receipt:
    page.get_by_label("Your full name").fill(NAME)
    page.locator("[data-cb-sign]").get_by_role("checkbox").check()
    page.get_by_role("button", name="Confirm", exact=True).click()
    expect(page.get_by_role("heading", name="Your confirmation")).to_be_focused()
    found = read_receipt(page.get_by_label("This is what you send").input_value())
    assert isinstance(found, FoundReceipt), found
    return found.receipt


def owed(page: Page) -> list[str]:
    return [one.get_attribute("data-cb-policy") or "" for one in page.locator("[data-cb-policy]:visible").all()]


def test_read_check_and_sign_once(page: Page, desk: Desk) -> None:
    opened_list(page, desk.address(*POLICIES))
    assert tuple(owed(page)) == POLICIES
    expect(page.locator("[data-cb-progress]")).to_have_text("0 of 4 read. Your ticks stay on this device.")
    page.get_by_role("link", name=re.compile("^Read it ?: Mobile phones policy$")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Mobile phones policy")
    expect(page.locator("[data-cb-whole]")).to_be_visible()
    assert page.get_by_role("button", name="Confirm", exact=True).count() == 0, (
        "it is signed with the others, in the list"
    )
    page.get_by_role("link", name="I have read it: back to my list").click()
    expect(page.locator("[data-cb-done=mobile-phones]")).to_be_checked()
    page.get_by_role("link", name=re.compile("^Read it ?: Acceptable use of IT policy$")).click()
    page.get_by_role("link", name="Back without a tick").click()
    expect(page.locator("[data-cb-done=acceptable-use]")).not_to_be_checked()
    expect(page.locator("[data-cb-progress]")).to_contain_text("1 of 4 read.")
    pass_asked(page)
    expect(page.locator("[data-cb-progress]")).to_contain_text("1 of 4 read.")
    told = sign(page)
    assert [(one.policy, one.outcome) for one in told.policies] == [(policy, "acknowledged") for policy in POLICIES]
    says = page.locator("[data-cb-receipt-says]").inner_text()
    assert all(desk.trust.policy(policy).title in says for policy in POLICIES)
    assert told.quiz
    marked = mark_of(told, desk)
    assert isinstance(marked, Marked), marked
    assert marked.passed
    page.goto(desk.page("."))
    expect(page.locator("[data-cb-done=mobile-phones]")).to_be_checked()


def mark_of(told: Receipt, desk: Desk) -> object:
    """As HR marks it, from the handbook."""
    assert told.quiz
    texts = tuple(TextAsked(policy=one.policy, revision=one.revision, digest=one.digest) for one in told.policies)
    slip = CampaignSlip(
        answers={name: tuple(chosen) for name, chosen in told.quiz.answers.items()}, attempt=told.quiz.attempt, finished=told.quiz.finished,
        mark=told.quiz.mark, name=told.name, role=told.quiz.role, seed=told.quiz.seed, trust=told.trust, campaign=told.campaign, policies=texts,
    )  # fmt: skip
    revisions = [desk.trust.policy(one.policy).current for one in told.policies]
    quiz = take_campaign_quiz(desk.trust, desk.trust.campaigns[0], desk.handbook, revisions)
    assert quiz
    return mark_by(slip, quiz)


def test_a_question_about_one_policy_leaves_that_one_unsigned(page: Page, desk: Desk) -> None:
    opened_list(page, desk.address(*POLICIES[:2], quizzes="each"))
    pass_asked(page, "social-media")
    part = page.locator("[data-cb-policy=code-of-conduct]")
    part.locator("summary", has_text="I do not understand a clause").click()
    part.get_by_label("Which clause?").select_option(index=0)
    part.get_by_label("Your question").fill("Does it hold at weekends?")
    expect(part.locator("[data-cb-asked]")).to_have_text("You ask about a clause, and do not confirm this policy yet.")
    told = sign(page)
    assert [(one.policy, one.outcome, bool(one.quiz)) for one in told.policies] == [
        ("code-of-conduct", "not-understood", False), ("social-media", "acknowledged", True),
    ]  # fmt: skip
    assert told.quiz is None


def test_only_what_is_owed_is_listed(page: Page, desk: Desk) -> None:
    opened_list(page, desk.address("mobile-phones", quizzes="each"))
    assert owed(page) == ["mobile-phones"]
    page.get_by_role("button", name="Confirm", exact=True).click()
    expect(page.locator("[data-cb-problem]")).to_contain_text("comes first")


def test_what_the_campaign_asks_for_no_longer_keeps_nothing_else_from_being_signed(page: Page, desk: Desk) -> None:
    opened_list(page, desk.address("mobile-phones", "grievance", quizzes="each"))
    assert owed(page) == ["mobile-phones"]
    pass_asked(page, "mobile-phones")
    assert [one.policy for one in sign(page).policies] == ["mobile-phones"]


def test_a_policy_that_has_moved_on_is_told_and_the_others_are_signed(page: Page, desk: Desk) -> None:
    link = Link.model_validate(
        {
            "ref": "A" * 22, "trust": TRUST, "campaign": "2026-27", "quiz": "none", "quizzes": "each", "due": str(TODAY), "issued": str(TODAY),
            "expires": str(TODAY), "key": desk.key.id,
            "policies": [
                {"policy": "mobile-phones", "revision": "2023-01", "digest": "0" * 16, "since": ""},
                {"policy": "acceptable-use", "revision": "2026-01", "digest": desk.trust.policy("acceptable-use").current.digest[:16], "since": ""},
            ],
        }
    )  # fmt: skip
    opened_list(page, f"{desk.page('acknowledge/2026-27')}#{write_link(link, desk.key)}")
    expect(page.locator("[data-cb-policy=mobile-phones]")).to_contain_text("This link is for revision 2023-01.")
    assert [one.policy for one in sign(page).policies] == ["acceptable-use"]


def test_it_is_reached_by_everybody(page: Page, desk: Desk) -> None:
    opened_list(page, desk.address(*POLICIES))
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_a_link_and_without_javascript_the_form_is_there(page: Page, desk: Desk) -> None:
    page.goto(desk.page("acknowledge/2026-27"))
    expect(page.locator("[data-cb-verdict]")).to_contain_text("You opened this page without one.")
    expect(page.get_by_role("heading", name="On paper")).to_be_visible()
    page.goto(desk.page("mobile-phones/acknowledge"))
    expect(page.get_by_role("link", name="read and confirm them, 2026-27")).to_be_visible()


def test_who_works_at_an_academy_reads_and_signs_its_text(page: Page, desk: Desk) -> None:
    opened_list(page, desk.address("social-media", "acceptable-use", quizzes="each", quiz="none", at="westmoor"))
    own = page.locator("[data-cb-policy=social-media]")
    expect(own.locator("[data-cb-own]")).to_contain_text("Your academy has its own text of this policy.")
    expect(own.locator("[data-cb-count]")).to_be_hidden()  # of the trust's text
    expect(page.locator("[data-cb-progress]")).to_contain_text("0 of 2 read.")
    expect(page.locator("[data-cb-policy=acceptable-use] [data-cb-own]")).to_be_hidden()
    assert violations(page) == []
    own.get_by_role("link", name=re.compile("^Read it")).click()
    expect(page).to_have_url(desk.page("at/westmoor/social-media/acknowledge"))
    expect(page.locator("[data-cb-verdict]")).to_contain_text("This is your genuine link")
    page.locator("summary", has_text="Read the policy").click()
    expect(page.locator("[data-cb-whole]")).to_contain_text("agreement again every September")
    assert violations(page) == []
    page.get_by_role("link", name="I have read it: back to my list").click()
    expect(page.locator("[data-cb-done=social-media]")).to_be_checked()
    own.locator("summary", has_text="I do not understand a clause").click()
    offered = own.get_by_label("Which clause?").inner_text()
    assert "agreement again every September" in offered
    assert "Eastfield" not in offered
    told = sign(page)
    assert {one.policy: one.digest for one in told.policies} == {
        policy: desk.trust.text_for(policy, "westmoor").digest for policy in ("social-media", "acceptable-use")
    }


def test_a_link_that_opens_the_trusts_page_leads_on_to_the_academys(page: Page, desk: Desk) -> None:
    page.goto(desk.address("mobile-phones", quiz="none", at="Eastfield", page="mobile-phones/acknowledge"))
    expect(page).to_have_url(desk.page("at/eastfield/mobile-phones/acknowledge"))
    expect(page.locator("[data-cb-verdict]")).to_contain_text("This is your genuine link")


def test_who_knows_the_trusts_text_reads_only_what_is_their_academys_own(page: Page, desk: Desk) -> None:
    opened_list(page, desk.address("social-media", quizzes="each", quiz="none", at="westmoor", since="2025-09"))
    expect(page.locator("[data-cb-policy=social-media]")).to_contain_text(
        "You need to read only what is your academy’s own."
    )
    page.get_by_role("link", name=re.compile("^Read it")).click()
    expect(page.locator("[data-cb-since='2025-09']")).to_contain_text("agreement again every September")
    expect(page.locator("[data-cb-whole]")).to_be_hidden()
    page.get_by_role("link", name="I have read it: back to my list").click()
    assert [one.shown for one in sign(page).policies] == ["2025-09"]
