"""A question's answer: the same words wherever it stands; found in everyday words; copied with its source; whole without JavaScript."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from clausebook.model.handbook import Handbook
from clausebook.model.labels import STRENGTH, VERDICT

from .kinds import MATRIX_OF_QUESTIONS, QUESTIONS, TRUST

PUPIL = "pupil-connection"
ASKED = "May I be connected with a current pupil on my personal social media?"
Records = Callable[[str], list[dict[str, Any]]]


def squeeze(text: str) -> str:
    return " ".join(text.split())


def article(page: Page, question: str) -> Locator:
    return page.locator("article.cb-qa", has=page.locator(f"h3[id='{question}']"))


def find(page: Page, words: str) -> list[str]:
    """Type into the box; the ids of the questions that are then shown."""
    page.get_by_role("searchbox", name="Find a question").fill(words)
    return page.eval_on_selector_all(
        "article.cb-qa", "all => all.filter(one => one.checkVisibility()).map(one => one.querySelector('h3').id)"
    )


@pytest.mark.parametrize(
    ("trust", "question", "verdict", "advice"),
    [
        ("att", PUPIL, "No", "You must not be connected with a current pupil on your personal social media."),
        ("lwlat", PUPIL, "Can't be read", "Don't be connected with a current pupil on your personal social media until you have asked."),
        ("catholic", "report-pupil-request", "Yes", "You should report a pupil's friend request: recommended, not required."),
        ("archway", "report-pupil-request", "Not stated", "Act as if you must report a pupil's friend request, until you have asked."),
        ("laat", "logo-on-profile", "It depends",
         "You may use the logo of the trust or school on your own profile only within limits. Read which."),
    ],
)  # fmt: skip
def test_an_answer_is_told_in_the_same_words_everywhere(
    page: Page, web: str, site: Path, records: Records, handbook: Handbook,
    trust: str, question: str, verdict: str, advice: str,
) -> None:  # fmt: skip
    name, ask = handbook.short_names[trust], handbook.question_by_id[question].ask
    record = next(one for one in records("positions") if (one["trust"], one["question"]) == (trust, question))
    assert (VERDICT[record["verdict"]], record["advice"]) == (verdict, advice)
    strength = STRENGTH.get(record["answer"], "")

    page.goto(f"{web}{trust}/social-media/questions/index.html")
    told = squeeze(article(page, question).inner_text())
    assert squeeze(f"{ask} {verdict} {strength}") in told
    assert advice in told
    assert "Who to ask:" in told

    page.goto(f"{web}compare/questions/{question}/index.html")
    told = squeeze(page.locator("section.cb-side", has=page.locator(f"[id='{trust}']")).inner_text())
    assert squeeze(f"{name} {verdict} {strength}") in told
    assert advice in told

    page.goto(f"{web}{MATRIX_OF_QUESTIONS}")
    row = page.locator("tr", has=page.locator(f"th[id='{question}']"))
    assert squeeze(row.locator(f"td[data-trust='{trust}']").inner_text()).startswith(squeeze(f"{verdict} {strength}"))

    page.goto(f"{web}compare/pick/index.html#trusts={trust},att&on=question.{question}" if trust != "att" else
              f"{web}compare/pick/index.html#trusts=att,laat&on=question.{question}")  # fmt: skip
    side = page.locator("[data-cb-result] section").first
    expect(side).to_contain_text(advice)
    assert squeeze(f"{name} {verdict} {strength}") in squeeze(side.inner_text())

    table = csv.DictReader((site / "downloads/comparison-answers.csv").read_text(encoding="utf-8-sig").splitlines())
    line = next(one for one in table if (one["Question"], one["Trust"]) == (ask, name))
    assert (line["Verdict"], line["Advice"]) == (verdict, advice)
    tables = json.loads((site / "downloads/comparison.json").read_text(encoding="utf-8"))
    cell = next(one[name] for one in tables["Questions"] if one["Question"] == ask)
    assert cell.startswith(f"{verdict} ({strength.lower()}" if strength else verdict)


def test_pupils_come_first_and_what_every_policy_is_asked_last(page: Page, web: str, handbook: Handbook) -> None:
    page.goto(web + QUESTIONS)
    ids = page.eval_on_selector_all("article.cb-qa h3", "all => all.map(one => one.id)")
    subjects = [handbook.subject_of[handbook.question_by_id[one].topic].is_any_policy for one in ids]
    assert ids[0] == PUPIL
    assert subjects == sorted(subjects)
    assert subjects[-1]


def test_who_is_asked_about_pupils_is_the_one_for_safeguarding(page: Page, web: str) -> None:
    page.goto(web + QUESTIONS)
    expect(article(page, PUPIL)).to_contain_text("Who to ask: Designated Safeguarding Lead.")
    expect(article(page, "journalist")).to_contain_text(
        "Who to ask: Questions about this policy. Ask your line manager."
    )


def test_the_box_finds_by_any_word_and_by_everyday_words(page: Page, web: str) -> None:
    page.goto(web + QUESTIONS)
    shown = find(page, "friend request")
    assert "report-pupil-request" in shown
    assert len(shown) < 12
    expect(page.get_by_role("status").first).to_have_text(
        f"{len(shown)} of {page.locator('article.cb-qa').count()} questions."
    )
    assert "dismissal" in find(page, "sacked")
    assert find(page, "zebra") == []
    expect(page.get_by_role("status").first).to_contain_text("That does not mean it is allowed: ask first.")
    assert page.locator(".md-typeset > h2:visible").count() == 0
    assert len(find(page, "")) == page.locator("article.cb-qa").count()


def test_a_copied_answer_has_verdict_sentence_source_and_address(context: BrowserContext, page: Page, web: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(web + QUESTIONS)
    article(page, PUPIL).get_by_role("button", name="Copy this answer").click()
    expect(article(page, PUPIL).get_by_role("status")).to_have_text("Copied.")
    lines = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert lines[:3] == [
        ASKED,
        "No Prohibited",
        "You must not be connected with a current pupil on your personal social media.",
    ]
    assert "Who to ask: Designated Safeguarding Lead." in lines[-3]
    assert lines[-2] == "Academy Transformation Trust; Social media policy, September 2018: Clause 6.1, Clause 6.3"
    assert lines[-1] == f"{web}{QUESTIONS}#{PUPIL}"


def test_without_javascript_a_list_leads_to_each_answer(plain: Page, folder: str) -> None:
    plain.goto(f"{folder}{TRUST}/social-media/questions/index.html")
    expect(plain.locator("[data-cb-questions]")).to_be_hidden()
    assert plain.locator("button[data-cb-copy-answer]:visible").count() == 0
    plain.get_by_text("All questions by topic").click()
    plain.locator("details.cb-more").get_by_role("link", name=ASKED).click()
    assert plain.url.endswith(f"#{PUPIL}")
