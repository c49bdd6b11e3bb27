"""Pictures say what the dates and answers say, and each is named and described in words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

from clausebook.findings.find import find_all
from clausebook.findings.reviews import Review, find_reviews
from clausebook.looks import Looks
from clausebook.model import Dates
from clausebook.model.handbook import Handbook
from clausebook.pages.hub import hub_pages
from clausebook.pages.pictures import ROWS, Timeline, strip, timeline
from clausebook.pages.templates import render_page

ROOT = Path(__file__).parent.parent
DAY = date(2026, 11, 20)


def review(trust: str, due: str | None, **dates: str) -> Review:
    return Review(trust, "social-media", f"Policy of {trust}", Dates(**dates), DAY, due)


def drawn(*reviews: Review) -> Timeline:
    return timeline(reviews, {one.trust: one.trust.upper() for one in reviews}, frozenset(), DAY)


def test_a_bar_runs_from_the_policys_date_to_its_review_and_is_late_from_there_to_today() -> None:
    (row,) = drawn(review("a", "2024-12-31", approved="2022-12-31")).rows
    in_force, late = row.bar
    assert (in_force.kind, late.kind) == ("age", "late")
    assert (in_force.start, in_force.width) == (19.95, 40.0)  # 2022 to 2026 are five years of a fifth each
    assert late.start == row.due == 59.95
    assert late.start + late.width == drawn(review("a", "2024-12-31", approved="2022-12-31")).today
    assert row.words == "From 31 December 2022; overdue by 1 year and 10 months"


def test_what_is_still_left_until_the_review_goes_beyond_today() -> None:
    picture = drawn(review("a", "2028-06", approved="2026-01-01"))
    (row,) = picture.rows
    assert [part.kind for part in row.bar] == ["age", "left"]
    assert row.bar[1].start == picture.today
    assert row.due == round(row.bar[1].start + row.bar[1].width, 2) > picture.today


def test_a_document_without_dates_has_a_row_and_no_bar() -> None:
    (row,) = drawn(review("a", None)).rows
    assert (row.bar, row.due) == ((), None)
    assert row.words == "No date; no review date"


def test_states_are_counted_and_what_has_no_room_is_said(handbook: Handbook) -> None:
    many = [review(f"t{number}", "2020" if number < 3 else None, approved="2019") for number in range(ROWS + 5)]
    picture = drawn(*many)
    assert picture.states == (("overdue", 3), ("not-stated", ROWS + 2))
    assert (len(picture.rows), picture.more, picture.total) == (ROWS, 5, ROWS + 5)
    assert sum(part.width for part in picture.shares) == 100
    assert len(picture.years) <= 6


def test_nothing_leaves_the_picture(handbook: Handbook) -> None:
    reviews = (
        *find_reviews(handbook, DAY),
        review("old", "1999", approved="1998-01-01"),
        review("new", "2031", approved="2026"),
    )
    names = handbook.short_names | {"old": "Old", "new": "New"}
    picture = timeline(reviews, names, frozenset(names), DAY)
    for part in (part for row in picture.rows for part in row.bar):
        assert part.start >= 0
        assert part.width >= 0
        assert part.start + part.width <= 100


def home(handbook: Handbook) -> str:
    page = next(page for page in hub_pages(handbook, find_all(handbook, DAY), DAY, {}) if not page.path)
    return render_page(page, Looks(ROOT), DAY, hub="", pdfs=True)


def test_the_hubs_picture_is_named_and_described_and_holds_no_colour_of_its_own(handbook: Handbook) -> None:
    (found,) = re.findall(r'<svg width="100%".*?</svg>', home(handbook), re.DOTALL)
    svg = ET.fromstring(found)
    assert svg.get("role") == "img"
    title, about = svg.find("title"), svg.find("desc")
    assert svg.get("aria-labelledby").split() == [title.get("id"), about.get("id")]
    assert title.text.endswith("on 20 November 2026")
    assert "2 of 5: overdue." in about.text
    assert "ATT: From September 2019; overdue by 5 years and 1 month." in about.text
    assert {"fill", "stroke", "style"}.isdisjoint(key for one in svg.iter() for key in one.attrib)
    assert [text.text for text in svg.iter("text") if text.get("class") == "cb-picture__name"] == [
        "ATT", "LwLAT", "Archway", "Catholic trust", "LAAT",
    ]  # fmt: skip


def test_the_doors_lead_each_reader_to_what_they_come_for(handbook: Handbook) -> None:
    text = home(handbook)
    staff, hr, union = re.findall(r"<li><h2.*?</ul></li>", text, re.DOTALL)
    assert re.findall(r'<a href="(.*?)/index.html">', staff) == [*sorted(handbook.trust_by_id), "search"]
    opened = len([one for one in find_all(handbook, DAY) if one.is_open])
    assert f"Review desk: {opened} things to look at" in hr
    assert "An HR checklist" in hr
    assert 'compare/contradictions/index.html">Who contradicts themselves: 8 answers' in union
    assert "A union's checklist" in union.replace("&#39;", "'").replace("’", "'")


def test_a_handbook_without_a_policy_in_force_has_no_picture(handbook: Handbook) -> None:
    bare = replace(handbook, trusts=tuple(replace(trust, policies=()) for trust in handbook.trusts))
    assert "<svg" not in home(bare)


def test_who_contradicts_themselves_is_counted_first_and_shown_with_the_clauses(handbook: Handbook) -> None:
    page = next(one for one in hub_pages(handbook, (), DAY, {}) if one.path == "compare/contradictions")
    text = render_page(page, Looks(ROOT), DAY, hub="../../", pdfs=True)
    assert "<strong>8 answers</strong> in which a trust" in text
    assert "Archway 1, ATT 1, Catholic trust 3, LAAT 3" in text
    assert text.count('<article class="cb-finding">') == 8
    assert text.count("<details") == 8
    assert 'href="../../att/social-media/index.html#' in text


def test_a_strip_has_a_part_for_each_trust_and_says_each_verdict_without_colour(handbook: Handbook) -> None:
    page = next(one for one in hub_pages(handbook, (), DAY, {}) if one.path == "compare/questions/former-pupil")
    picture = page.view.fields[0].strip
    assert [(*part.trusts, part.sign, part.tone) for part in picture.parts] == [
        ("catholic", "N", "limits"), ("att", "D", "depends"), ("archway", "–", "unknown"), ("laat", "–", "unknown"),
        ("lwlat", "?", "unknown"),
    ]  # fmt: skip
    assert [part.start for part in picture.parts] == [0, 20, 40, 60, 80]
    text = render_page(page, Looks(ROOT), DAY, hub="../../../", pdfs=True)
    svg = ET.fromstring(re.search(r'<svg class="cb-strip".*?</svg>', text, re.DOTALL)[0])
    said = "No: Catholic trust (contradicts itself). It depends: ATT. Not stated: Archway, LAAT. Can't be read: LwLAT."
    assert said in svg.find("desc").text
    assert [one.text for one in svg.iter("text")] == ["N!", "D", "–", "–", "?"]


def test_a_strip_of_many_trusts_has_a_part_for_each_answer_as_wide_as_its_share(handbook: Handbook) -> None:
    page = next(one for one in hub_pages(handbook, (), DAY, {}) if one.path == "compare/questions/former-pupil")
    summary = page.view.fields[0].summary
    picture = strip(summary.cells[0].question, summary.cells * 20)
    assert [(len(part.trusts), part.sign, part.contradicts, part.start, part.width) for part in picture.parts] == [
        (20, "N", True, 0, 20), (20, "D", False, 20, 20), (40, "–", False, 40, 40), (20, "?", False, 80, 20),
    ]  # fmt: skip
    many = replace(page, view=replace(page.view, fields=(replace(page.view.fields[0], strip=picture),)))
    text = render_page(many, Looks(ROOT), DAY, hub="../../../", pdfs=True)
    svg = ET.fromstring(re.search(r'<svg class="cb-strip".*?</svg>', text, re.DOTALL)[0])
    said = "No: 20 trusts (each contradicts itself). It depends: 20 trusts. Not stated: 40 trusts. Can't be read: 20 trusts."
    assert said in svg.find("desc").text
    assert [one.text for one in svg.iter("text")] == ["N!", "D", "–", "?"]
