"""A question's page: the field in a sentence, who stands alone, and every trust with its reason and its clauses in full."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from clausebook.model.labels import STRENGTH, VERDICT

Records = Callable[[str], list[dict[str, Any]]]
STRICTEST_FIRST = [
    "prohibited",
    "required",
    "restricted",
    "advised-against",
    "advised",
    "permitted",
    "silent",
    "unreadable",
]


def open_page(page: Page, address: str, question: str) -> None:
    page.goto(f"{address}compare/questions/{question}/index.html")


@pytest.mark.parametrize("question", ["former-pupil", "parent-connection", "own-phone-working-day", "mfa"])
def test_every_trust_stands_there_in_full_the_strictest_first(
    page: Page, web: str, records: Records, question: str
) -> None:
    open_page(page, web, question)
    clauses = {(one["trust"], one["id"]): one for one in records("clauses")}
    positions = {one["trust"]: one for one in records("positions") if one["question"] == question}
    sides = page.locator("section.cb-side").all()
    order = [side.get_attribute("aria-labelledby") for side in sides]
    assert sorted(order) == sorted(positions)
    ranks = [STRICTEST_FIRST.index(positions[trust]["answer"]) for trust in order]
    assert ranks == sorted(ranks)
    for trust, side in zip(order, sides, strict=True):
        text, position = " ".join(side.inner_text().split()), positions[trust]
        assert f"{VERDICT[position['verdict']]} " in text
        assert position["advice"] in text
        assert STRENGTH.get(position["answer"], "") in text
        assert ("contradicts itself" in text) == position["conflict"]
        for name in position["clauses"]:
            clause = clauses[trust, name]
            assert all(" ".join(words.split()) in text for words in (*clause["lead_in"], clause["text"]))
            assert side.locator(f"a[href$='{trust}/social-media/index.html#{name}']").count() == 1


def test_the_sentence_who_stands_alone_and_what_is_related(page: Page, folder: str) -> None:
    open_page(page, folder, "pupil-connection")
    expect(page.locator("p.cb-lede")).to_have_text(
        "No (prohibited): Archway, ATT and Catholic trust (contradicts itself). No (advised against): LAAT. Can't be read: LwLAT."
    )
    expect(page.get_by_text("stands alone: no other trust gives its answer.")).to_contain_text("LAAT")
    page.locator("table.cb-brief").get_by_role("link", name="LwLAT").click()
    expect(page.locator("h2#lwlat")).to_be_in_viewport()
    related = page.locator("h2#related + ul").get_by_role("link")
    assert related.count() > 0
    related.first.click()
    assert "compare/questions/" in page.url
    assert not page.url.endswith("pupil-connection/index.html")
