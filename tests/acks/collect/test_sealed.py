"""A sealed quiz: the page has no key and gives no mark, the receipt carries raw answers, and collecting marks them."""

from __future__ import annotations

import csv
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from clausebook.check.library import read_handbook
from clausebook.quizzes import take_quiz
from clock import at_now
from larkhill import write_larkhill
from quiz_slips import wrong_answer

from .conftest import SITE, TRUST, mail, mail_of, roster, run

CHOOSE = """answers => document.querySelectorAll("fieldset:not([hidden])").forEach(question => {
    question.querySelectorAll("input").forEach(input => { input.checked = answers[input.name].includes(input.value); });
    question.querySelectorAll("select").forEach(select => {
        const [name, option] = select.name.split(".");
        select.value = answers[name].indexOf(option) + 1;
    });
})"""


@pytest.mark.parametrize("passes", [True, False])
def test_a_sealed_quiz_is_marked_when_it_is_collected(
    tmp_path: Path, browser: Browser, clausebook: Callable[..., subprocess.CompletedProcess[str]], passes: bool
) -> None:
    handbook_folder, passphrase = tmp_path / "handbook", tmp_path / "passphrase"
    write_larkhill(handbook_folder)
    campaigns = handbook_folder / f"trusts/{TRUST}/acknowledgements.yml"
    campaigns.write_text(campaigns.read_text().replace("quiz: learn ", f"site: {SITE}\n    quiz: sealed "))
    passphrase.write_text("correct horse battery")
    (tmp_path / "roster.csv").write_bytes(roster({"1003": ("John Smith", "")}))
    at = ("--desk", tmp_path / "desk", "--handbook", handbook_folder)
    run("acks", "keys", TRUST, *at, "--passphrase-file", passphrase)
    run("acks", "issue", TRUST, tmp_path / "roster.csv", *at, "--passphrase-file", passphrase)
    run("build", "--no-pdf", "--quiet", "--handbook", handbook_folder)
    handbook, problems = read_handbook(handbook_folder)
    assert handbook, problems
    quiz = take_quiz(handbook.trusts[0], handbook.trusts[0].in_force[0], handbook)
    assert quiz
    answers = {one.id: list(one.right) if passes else wrong_answer(one) for one in quiz.pool}

    links = next((tmp_path / "desk/out").glob("*/links.csv")).read_text(encoding="utf-8-sig").splitlines()
    page = at_now(browser.new_context()).new_page()
    site = (handbook_folder / "site").as_uri()
    page.goto(next(csv.DictReader(links))["Link"].replace(SITE, site))
    page.get_by_role("link", name="Take the quiz").click()
    finish = page.locator("form[data-steps] [type=submit]")
    expect(finish).to_have_text("Next question")  # the questions have been drawn
    assert "data-right" not in page.content()
    page.evaluate(CHOOSE, answers)
    while finish.inner_text() != "Finish":
        finish.click()
    finish.click()
    expect(page.locator("[data-cb-result]")).to_have_text("You have answered every question.")
    page.goto("about:blank")
    page.goto(next(csv.DictReader(links))["Link"].replace(SITE, site))
    expect(page.locator("[data-cb-quiz-state]")).to_contain_text("HR marks them")
    form = page.locator("[data-cb-sign]")
    form.get_by_label("Your full name").fill("John Smith")
    form.get_by_role("checkbox").check()
    form.get_by_role("button", name="Confirm", exact=True).click()
    line = page.get_by_label("This is what you send").input_value()

    (tmp_path / "1.eml").write_bytes(mail(line, mail_of("1003")))
    told = clausebook("acks", "collect", tmp_path / "1.eml", *at, "--format", "json")
    row = json.loads(told.stdout)["What arrived"][0]
    assert (row["Decision"], told.returncode) == (("accept", 0) if passes else ("hold", 1)), row
    if not passes:
        assert row["Reason"].startswith("did not pass the quiz: ")
