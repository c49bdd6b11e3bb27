"""Pick your own: trusts of a reader's choice side by side in full, word by word, with the view in the address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from axe import violations
from clausebook.model.labels import VERDICT

Records = Callable[[str], list[dict[str, Any]]]
PICK = "compare/pick/index.html"


@pytest.fixture(params=["web", "folder"])
def host(request: pytest.FixtureRequest) -> str:
    """The site's address, on a web host and in a folder."""
    return request.getfixturevalue(request.param)


def status(page: Page) -> Locator:
    return page.locator("[data-cb-status]")


def sides(page: Page) -> list[Locator]:
    return page.locator("[data-cb-result] > .cb-columns").first.locator("section").all()


def squeeze(text: str) -> str:
    return " ".join(text.split())


def test_a_topic_shows_every_clause_on_it_with_its_lead_in(page: Page, host: str, records: Records) -> None:
    page.goto(host + PICK)
    expect(status(page)).to_have_text("Choose two to four trusts, and what to compare.")
    page.get_by_label("First trust").select_option(label="ATT")
    expect(status(page)).to_contain_text("Choose a second trust")
    page.get_by_label("Second trust").select_option(label="Catholic trust")
    page.get_by_label("On", exact=True).select_option(label="Breach, investigation and discipline")
    expect(status(page)).to_have_text("Side by side: ATT, Catholic trust.")
    page.wait_for_url(lambda url: url.endswith("#trusts=att,catholic&on=topic.breach-and-discipline"))
    for trust, side in zip(("att", "catholic"), sides(page), strict=True):
        text = squeeze(side.inner_text())
        wanted = [
            one for one in records("clauses") if one["trust"] == trust and "breach-and-discipline" in one["topics"]
        ]
        assert wanted
        for clause in wanted:
            assert squeeze(clause["text"]) in text
            for lead_in in clause["lead_in"]:
                assert squeeze(lead_in) in text
            assert side.locator(f"a[href$='#{clause['id']}'], li").count()


def test_a_question_shows_answer_reason_and_clauses(page: Page, host: str, records: Records) -> None:
    page.goto(f"{host}{PICK}#trusts=att,laat,archway&on=question.former-pupil")
    expect(status(page)).to_have_text("Side by side: ATT, LAAT, Archway.")
    clauses = {(one["trust"], one["id"]): one for one in records("clauses")}
    for trust, side in zip(("att", "laat", "archway"), sides(page), strict=True):
        text = squeeze(side.inner_text())
        position = next(
            one for one in records("positions") if (one["trust"], one["question"]) == (trust, "former-pupil")
        )
        assert f"{VERDICT[position['verdict']]} " in text
        assert position["advice"] in text
        if position["answer"] == "silent":
            assert all(word in text for word in position["searched"])
        for clause in position["clauses"]:
            assert squeeze(clauses[trust, clause]["text"]) in text


def test_the_whole_policy_shows_every_clause_once(page: Page, web: str, records: Records) -> None:
    page.goto(f"{web}{PICK}#trusts=lwlat,archway&on=policy")
    expect(status(page)).to_have_text("Side by side: LwLAT, Archway.")
    shown = page.eval_on_selector_all(
        "[data-cb-result] .cb-change-line > .cb-columns .cb-quote .cb-cite a",
        "all => all.map(one => one.getAttribute('href').replace(/.*compare.*?\\/|^(\\.\\.\\/)*/, ''))",
    )
    wanted = [
        f"{one['trust']}/social-media/index.html#{one['id']}"
        for one in records("clauses")
        if one["trust"] in ("lwlat", "archway") and not one["lead_in"]
    ]
    assert sorted(shown) == sorted(wanted)
    page.get_by_role("button", name="Open everything").click()
    text = squeeze(page.locator("[data-cb-result]").inner_text())
    for one in records("clauses"):
        if one["trust"] in ("lwlat", "archway"):
            assert squeeze(one["text"]) in text


def test_the_nearest_wordings_are_told_apart_in_words(page: Page, web: str) -> None:
    page.goto(f"{web}{PICK}#trusts=att,catholic&on=question.pupil-connection")
    pair = page.locator(".cb-pair").first
    expect(pair).to_be_visible()
    quotes = pair.locator("blockquote")
    assert quotes.count() == 2
    for quote in quotes.all():
        alone = quote.locator(".cb-only")
        assert alone.count() > 0
        assert all(one.text_content().startswith("[only here: ") for one in alone.all())
        assert all(
            "underline" in one.evaluate("one => getComputedStyle(one).textDecorationLine") for one in alone.all()
        )
    expect(pair).to_contain_text("stand in both, in the same order")
    expect(pair).to_contain_text("In both: “")
    # what is not marked is the same run of words on both sides
    plain = [
        quote.evaluate(
            """one => { const p = one.querySelectorAll('p')[1].cloneNode(true);
               p.querySelectorAll('.cb-only').forEach(only => only.remove());
               return p.textContent.toLowerCase().replace(/[^a-z0-9 ]/g, '').split(/\\s+/).filter(Boolean).join(' '); }"""
        )
        for quote in quotes.all()
    ]
    assert plain[0] == plain[1] != ""


@pytest.mark.parametrize(
    ("fragment", "said"),
    [
        ("trusts=att,att&on=topic.former-pupils", "ATT is chosen twice. A trust is compared with others"),
        ("trusts=att&on=topic.former-pupils", "Choose a second trust"),
        ("trusts=att,laat", "Choose what to compare"),
        ("trusts=att,nobody&on=policy", "There is no trust “nobody” here; the rest was applied."),
        ("trusts=att,laat&on=topic.weather", "There is no topic, question or policy “topic.weather” here"),
        ("trusts=att,laat,archway,lwlat,catholic&on=policy", "There is no trust “catholic” beside the others here"),
        ("trust=att", "There is no choice “trust” here; choose below."),
        ("%E0%A4%A", "There is nothing called “%E0%A4%A” here; choose below."),
    ],
)
def test_an_address_with_unknown_choices_is_answered_in_words(page: Page, web: str, fragment: str, said: str) -> None:
    page.goto(f"{web}{PICK}#{fragment}")
    expect(page.locator(".cb-filter")).to_contain_text(said)


def test_a_view_can_be_sent_and_walked_back_to(page: Page, web: str, browser: Browser) -> None:
    page.goto(f"{web}{PICK}#trusts=att,laat&on=topic.confidentiality")
    expect(status(page)).to_have_text("Side by side: ATT, LAAT.")
    expect(page.get_by_label("Second trust")).to_have_value("laat")
    page.evaluate("location.hash = 'trusts=archway,laat&on=question.mfa'")
    expect(status(page)).to_have_text("Side by side: Archway, LAAT.")
    page.go_back()
    expect(status(page)).to_have_text("Side by side: ATT, LAAT.")
    page.get_by_role("button", name="Start again").click()
    expect(page.get_by_role("heading", name="Two trusts, whole policies")).to_be_visible()
    assert page.locator("[data-cb-result] .cb-quote").count() == 0


def test_two_whole_policies_are_summed_up_on_one_screen_of_a_phone(phone: Page, web: str, records: Records) -> None:
    phone.goto(web + PICK)
    line = phone.get_by_role("listitem").filter(has_text="ATT and LAAT").inner_text()
    phone.get_by_role("link", name="ATT and LAAT").click()
    expect(status(phone)).to_have_text("Side by side: ATT, LAAT.")
    heading = phone.get_by_role("heading", name="whole policies")
    differing = phone.get_by_role("heading", name="Questions that they answer differently")
    count = differing.inner_text().rpartition(": ")[2]
    assert f"different answers to {count} questions" in line
    assert differing.bounding_box()["y"] - heading.bounding_box()["y"] < 844
    rows = {
        row.locator("th").inner_text(): row.locator("td").all_inner_texts()
        for row in phone.locator("[data-cb-result] tbody tr").all()
    }
    assert rows["Clauses"] == [
        str(sum(one["trust"] == trust for one in records("clauses"))) for trust in ("att", "laat")
    ]
    positions = [one for one in records("positions") if one["conflict"]]
    assert rows["Contradicts itself"] == [
        str(sum(one["trust"] == trust for one in positions)) for trust in ("att", "laat")
    ]
    differing.click()
    expect(phone.locator("div.cb-change-line").first).to_be_visible()
    assert phone.locator("div.cb-change-line").count() == int(count.partition(" ")[0])


def test_a_trust_that_cannot_be_loaded_is_named(page: Page, web: str) -> None:
    page.route("**/data/trusts/laat.js", lambda route: route.abort())
    page.goto(f"{web}{PICK}#trusts=att,laat&on=policy")
    expect(status(page)).to_contain_text("The texts of laat could not be loaded.")


def test_hostile_words_stay_words(page: Page, web: str) -> None:
    page.route(
        "**/data/trusts/att.js",
        lambda route: route.fulfill(
            content_type="text/javascript", body=route.fetch().text().replace("Staff members", "<img src=x onerror=document.title='had'>")
        ),
    )  # fmt: skip
    page.goto(f"{web}{PICK}#trusts=att,laat&on=policy")
    expect(page.locator("[data-cb-result]")).to_contain_text("<img src=x")
    assert page.title() != "had"


@pytest.mark.parametrize("view", ["topic.contact-with-pupils", "question.pupil-connection", "policy"])
def test_it_can_be_read_by_everybody(page: Page, web: str, view: str) -> None:
    page.goto(f"{web}{PICK}#trusts=att,catholic,laat&on={view}")
    expect(status(page)).to_contain_text("Side by side")
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_javascript_it_says_where_to_go(plain: Page, web: str) -> None:
    plain.goto(web + PICK)
    expect(plain.get_by_text("needs JavaScript")).to_be_visible()
    expect(plain.get_by_role("link", name="each question")).to_be_visible()
