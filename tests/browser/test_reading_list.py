"""The home of a trust with several policies: what to read for my role, in the order in which it is due, with ticks that the device keeps."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from axe import violations
from larkhill import write_larkhill
from made_once import made_once

ROOT = Path(__file__).parents[2]
AS_OF = "2026-11-20"
GRIEVANCE = """\
title: Grievance policy
status: in-force
wording: verbatim
dates: {titled: 2025-03}
not_stated: [version, approved, published, effective, review_due, approved_by, owner]
binds: [managers]
sections:
  - id: rules
    heading: Rules
    clauses:
      - {id: pupils-too, modality: must, topics: [contact-with-pupils], text: Managers must report each contact with a pupil online.}
positions:
  pupil-connection: {answer: restricted, clauses: [pupils-too], because: It must be reported.}
"""


def several(folder: Path) -> None:
    """The starter's policy with a second policy, for managers, that answers one question on social media otherwise."""
    handbook = folder / "handbook"
    write_larkhill(handbook)
    policy = handbook / "trusts/larkhill-example/grievance"
    policy.mkdir()
    (policy / "2025-03.yml").write_text(GRIEVANCE, encoding="utf-8")
    kinds = (ROOT / "content/kinds.yml").read_text(encoding="utf-8")
    (handbook / "content").mkdir()  # a grievance policy of one clause answers no core question
    (handbook / "content/kinds.yml").write_text(
        re.sub(r"core: \[informal-first[^]]*\]", "core: []", kinds), encoding="utf-8"
    )
    command = [
        sys.executable,
        "-m",
        "clausebook",
        "build",
        "--no-pdf",
        "--quiet",
        "--handbook",
        handbook,
        "--as-of",
        AS_OF,
    ]
    subprocess.run(command, cwd=ROOT, check=True)


@pytest.fixture(scope="session")
def trust() -> str:
    return (made_once("several", several) / "handbook/site/larkhill-example").as_uri() + "/"


@pytest.fixture
def home(page: Page, trust: str) -> Page:
    page.goto(trust + "index.html")
    return page


def test_what_is_due_comes_first_and_a_role_sees_its_own(home: Page) -> None:
    expect(home.locator(".cb-reading h3").first).to_have_text("Social media policy")
    expect(home.locator(".cb-reading > li").first).to_contain_text("Due by")
    assert home.locator(".cb-reading > li:visible").count() == 2
    home.get_by_label("What is your role?").select_option(label="All staff")
    assert home.locator(".cb-reading > li:visible").count() == 1
    home.get_by_label("What is your role?").select_option(label="Managers")
    expect(home.get_by_role("link", name="Grievance policy", exact=True)).to_be_visible()


def test_ticks_and_role_stay_on_the_device_until_they_are_forgotten(home: Page) -> None:
    status = home.locator("[data-cb-status]")
    expect(status).to_have_text("0 of 2 done.")
    home.get_by_role("checkbox", name=re.compile("Done.*Social media policy")).check()
    expect(status).to_have_text("1 of 2 done.")
    home.reload()
    expect(status).to_have_text("1 of 2 done.")
    expect(home.get_by_role("checkbox", name=re.compile("Done.*Social media policy"))).to_be_checked()
    home.get_by_label("What is your role?").select_option(label="All staff")
    home.locator("#kept summary").click()
    expect(home.locator("#kept li")).to_have_text(["Your role: All staff.", "Social media policy: read."])
    home.get_by_role("button", name="Delete all of it").click()
    expect(status).to_have_text("0 of 2 done.")
    expect(home.get_by_label("What is your role?")).to_have_value("")
    expect(home.locator("#kept")).to_contain_text("Nothing yet.")
    assert home.evaluate("Object.keys(localStorage).filter(key => key.startsWith('clausebook'))") == []
    home.reload()
    expect(status).to_have_text("0 of 2 done.")


def test_the_menu_names_each_policy_and_pages_say_of_which_they_are(home: Page, trust: str) -> None:
    tabs = home.locator(".md-tabs__link").all_inner_texts()
    assert [tab.strip() for tab in tabs] == ["My reading", "Questions", "Policies", "Downloads"]
    home.goto(trust + "grievance/quick-guide/index.html")
    assert home.title().startswith("Quick guide: Grievance policy")
    assert home.locator(".md-sidebar--primary").get_by_role("link", name="About the document").first.is_visible()


def test_a_trusts_answer_comes_from_all_its_policies_and_a_contradiction_between_them_is_shown(
    home: Page, trust: str
) -> None:
    home.goto(trust + "questions/index.html")
    answer = home.locator("article[aria-labelledby=pupil-connection]")
    expect(answer).to_contain_text("policies differ")
    home.goto(trust.removesuffix("larkhill-example/") + "compare/questions/pupil-connection/index.html")
    expect(home.locator("main")).to_contain_text("Policies of this trust answer differently")
    quotes = home.locator(".cb-side .cb-quote").all_inner_texts()
    assert any("report each contact" in quote for quote in quotes)
    assert len(quotes) > 1


def test_nothing_stands_in_the_way_of_anybody(home: Page, trust: str) -> None:
    for path in ("index.html", "questions/index.html"):
        home.goto(trust + path)
        assert violations(home) == []


def test_without_javascript_all_is_listed(plain: Page, trust: str) -> None:
    plain.goto(trust + "index.html")
    assert plain.locator(".cb-reading > li:visible").count() == 2
    assert plain.locator("form[data-cb-reading]:visible, .cb-reading input:visible").count() == 0
