"""A policy's page with headings below headings, a table, a figure, a form, a file, links and definitions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
from playwright.sync_api import Browser, Page, expect

from browser_kit import served
from made_once import made_once
from structured import POLICY, write_structured

from .conftest import build
from .test_search import search
from .test_valid_html import errors
from .visits import visit_page


@pytest.fixture(scope="module")
def structured() -> Path:
    return made_once("structured", lambda folder: build(write_structured(folder), "--as-of", "2026-11-20")) / "site"


@pytest.fixture(scope="module")
def address(structured: Path) -> Iterator[str]:
    with served(structured) as address:
        yield address


@pytest.fixture
def policy(page: Page, address: str) -> Page:
    page.goto(f"{address}{POLICY}?show=all")
    return page


def test_a_visit_finds_nothing_wrong(browser: Browser, structured: Path, address: str) -> None:
    seen = visit_page(browser, address, structured.as_uri() + "/", POLICY)
    assert (seen.wrong, seen.objections, seen.on_paper, seen.on_a_phone) == ({"web": [], "folder": []}, [], [], [])


def test_every_page_is_valid(structured: Path) -> None:
    assert errors(structured) == []


def test_headings_stand_below_headings_and_clauses_below_them(policy: Page) -> None:
    found = policy.eval_on_selector_all(
        ".md-content :is(h2, h3, h4, h5)", "all => all.map(one => `${one.tagName} ${one.id}`)"
    )
    assert found == [
        "H2 meaning", "H3 investigator", "H2 procedure", "H3 steps", "H3 informal", "H4 talk-first", "H3 formal", "H4 write-down",
        "H4 appeal", "H5 about-manager",
    ]  # fmt: skip
    contents = policy.locator(".md-sidebar--secondary .md-nav__link").all_inner_texts()
    assert [one.strip() for one in contents] == [
        "1 What we mean",
        "2 Procedure",
        "2.2 Informal stage",
        "2.3 Formal stage",
        "2.3.2 Appeal",
    ]


def test_a_heading_whose_clauses_are_filtered_out_goes_with_them(policy: Page) -> None:
    policy.get_by_role("checkbox", name="Must", exact=True).check()
    expect(policy.locator("#informal")).to_be_hidden()
    expect(policy.locator("#appeal")).to_be_hidden()
    for shown in ("#procedure", "#formal", "#write-down"):
        expect(policy.locator(shown)).to_be_visible()
    policy.evaluate("location.hash = '#appeal'")
    expect(policy.locator("#appeal")).to_be_visible()
    expect(policy.locator("#about-manager")).to_be_visible()
    expect(policy.locator("#informal")).to_be_hidden()


def test_a_wide_table_is_scrolled_within_itself_on_a_phone(phone: Page, address: str) -> None:
    phone.goto(f"{address}{POLICY}?show=all")
    table = phone.get_by_role("region", name="Table: Time limits, in working days")
    table.focus()
    before = table.evaluate("one => one.scrollLeft")
    phone.keyboard.press("ArrowRight")
    phone.wait_for_timeout(400)
    assert table.evaluate("one => one.scrollLeft") > before
    assert table.get_by_role("columnheader").all_inner_texts() == [
        "Step",
        "Who acts",
        "Days",
        "What is sent to you",
        "Where to ask",
    ]


def test_a_figure_says_in_words_what_it_shows(policy: Page) -> None:
    picture = policy.get_by_role("figure").get_by_role("img")
    expect(picture).to_have_attribute(
        "alt",
        "You write to the head teacher. A meeting follows within 10 working days, then a decision. You can appeal once.",
    )
    assert picture.evaluate("one => one.naturalWidth") > 0


def test_a_form_can_be_filled_in_and_keeps_nothing(policy: Page) -> None:
    form = policy.get_by_role("group", name="Grievance form")
    form.get_by_label("Your name").fill("Ada Example")
    form.get_by_label("What happened (names, dates and places)").fill("The rota was changed without a word.")
    form.get_by_label("I have talked to my line manager about it").check()
    expect(form).to_contain_text("Nothing that you write here is sent or kept.")
    policy.reload()
    expect(form.get_by_label("Your name")).to_have_value("")
    assert policy.evaluate("Object.values(localStorage).join().includes('Ada')") is False


def test_a_file_is_offered_with_its_kind_and_size(policy: Page, structured: Path) -> None:
    file = policy.get_by_role("link", name="Grievance form")
    expect(policy.locator(".cb-attachment")).to_have_text("File: Grievance form (Word, 1 kB)")
    with policy.expect_download() as download:
        file.click()
    kept = structured.parent / "trusts/sample/grievance/files/forms/grievance-form.docx"
    assert download.value.path().read_bytes() == kept.read_bytes()


def test_links_lead_to_clauses_policies_and_files(policy: Page) -> None:
    def to(name: str) -> str | None:
        return policy.get_by_role("link", name=name, exact=True).get_attribute("href")

    assert to("the grievance is about that person") == "#about-manager"
    assert to("social media policy") == "../social-media/index.html#no-contact"
    assert to("form") == "../grievance/files/forms/grievance-form.docx"
    assert to("0118 496 0000") == "tel:01184960000"


def test_a_word_leads_to_the_clause_that_explains_it(policy: Page) -> None:
    links = policy.get_by_role("link", name="investigating officer")
    told = links.evaluate_all(
        "all => all.map(one => `${one.textContent} in ${one.closest('[data-cb-clause]').querySelector('h3, h4').id}`)"
    )
    assert told == ["Investigating officer in steps", "investigating officer in write-down"], (
        "and not in the clause itself"
    )
    assert {link.get_attribute("href") for link in links.all()} == {"#investigator"}
    links.last.click()
    expect(policy.locator(".cb-explained")).to_contain_text("investigating officer: ")


def test_the_search_finds_what_a_table_says(page: Page, address: str) -> None:
    page.goto(address + "sample/index.html")
    search(page, "chair of governors")
    expect(page.locator(".md-search-result__link").filter(has_text="reasons Chair of governors")).to_be_visible()


@pytest.mark.parametrize(("words", "found"), [("appeal once", "You can appeal once."), ("grievance form", "Your name")])
def test_the_search_finds_what_a_picture_and_a_form_say(page: Page, address: str, words: str, found: str) -> None:
    page.goto(address + "sample/index.html")
    search(page, words)
    expect(page.locator(".md-search-result__link").filter(has_text=found).first).to_be_attached()


def test_the_data_fit_their_schema(structured: Path) -> None:
    records, schema = (
        json.loads((structured / "data" / name).read_text(encoding="utf-8"))
        for name in ("clauses.json", "schemas/clauses.schema.json")
    )
    assert [error.message for error in jsonschema.validators.validator_for(schema)(schema).iter_errors(records)] == []


def test_the_data_has_what_stands_with_a_clause(structured: Path) -> None:
    found = {
        one["id"]: one
        for one in json.loads((structured / "data/clauses.json").read_text(encoding="utf-8"))
        if one["policy"] == "grievance"
    }
    assert found["steps"]["structures"]["table"]["rows"][1] == [
        "Meeting",
        "Investigating officer",
        "10",
        "Notes of the meeting",
        "School office",
    ]
    assert found["what-happened"]["goes_on"] == [
        "An investigating officer may ask for more, or use the [form](file:forms/grievance-form.docx)."
    ]
    assert found["talk-first"]["section"] == {
        "id": "informal",
        "number": "2.2",
        "heading": "Informal stage",
        "within": "procedure",
    }
    assert found["talk-first"]["structures"] is None


def test_comparing_shows_an_item_with_the_words_after_its_list(page: Page, address: str) -> None:
    page.goto(address + "compare/pick/index.html")
    shown = page.evaluate("""() => {
        const item = {id: "post", text: "post pictures;", items: [], topics: [], force: "must-not", number: "1", lines: ""};
        const clause = {...item, id: "never", text: "Staff must not:", items: [item], after: "unless the head agrees."};
        window.clausebookData["trust made-up"] = {policies: [{}], positions: {}, sections: [{policy: 0, heading: "Pictures", clauses: [clause]}]};
        const {byId} = clausebookCompare.trust("made-up"), post = byId["0#post"], never = byId["0#never"];
        return [clausebookCompare.inFull(post), clausebookCompare.inFull(never),
                clausebookCompare.quote("", post).innerText, clausebookCompare.quote("", never).innerText];
    }""")
    whole = "Staff must not: post pictures; unless the head agrees."
    assert shown[:2] == [whole, whole]
    for quoted in shown[2:]:
        assert "".join(quoted.split()).startswith("".join(f"Must not {whole}".split()))
