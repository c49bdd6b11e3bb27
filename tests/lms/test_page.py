"""The page of a package for every reader: axe, by keyboard alone, without a platform, from a folder, without JavaScript."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from axe import violations
from browser_kit import DESK, PHONE
from paper import DARK_GROUND, PALE
from taking_quiz import answer, check

from .playing import NODE, host, ready, record, tick

VNU = NODE / "vnu-jar" / "build" / "dist" / "vnu.jar"


@pytest.fixture(scope="module")
def address(unpacked: Path) -> Iterator[str]:
    with host(unpacked) as address:
        yield f"{address}packages/"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=DESK, reduced_motion="reduce", bypass_csp=True)  # for axe's sake
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def test_axe_finds_nothing_before_and_after_checking(page: Page, address: str) -> None:
    page.goto(address + "scorm-1.2/index.html")
    ready(page)
    assert violations(page) == []
    tick(page)
    answer(page, wrong=3)
    check(page)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert violations(page) == []


def test_nothing_is_wider_than_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(address + "scorm-1.2/index.html")
    ready(page)
    answer(page, wrong=1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    check(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def focus(page: Page) -> str:
    return str(
        page.evaluate(
            "(document.activeElement.closest('[data-cb-question]') || {dataset: {}}).dataset.cbQuestion || ''"
        )
    )


def test_by_keyboard_alone_to_a_pass(page: Page, address: str) -> None:
    page.goto(address + "scorm-1.2/index.html")
    ready(page)
    press = page.keyboard.press
    press("Tab")
    expect(page.get_by_role("link", name="Skip to the policy")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to the policy")).to_be_in_viewport()
    while not page.get_by_role("link", name="Check", exact=True).evaluate("one => one === document.activeElement"):
        press("Tab")
    press("Enter")
    expect(page.get_by_role("heading", name="2. Check yourself")).to_be_focused()
    first = page.locator("fieldset:not([hidden])").first.locator("input, select").first
    for _ in range(30):
        if first.evaluate("one => one.name === document.activeElement.name"):
            break
        press("Tab")
    asked = page.locator("fieldset:not([hidden])")
    names = [str(asked.nth(place).get_attribute("data-cb-question")) for place in range(asked.count())]
    for name in names:
        assert focus(page) == name
        _answer_by_keyboard(page, name)
        expect(page.get_by_role("button", name="Check answer")).to_be_focused()
        press("Enter")
        if name != names[-1]:
            press("Tab")  # from the next question's heading to its first answer
    expect(page.locator("[data-cb-summary]")).to_be_focused()
    expect(page.locator("[data-cb-result]")).to_have_text("You passed: 5 of 5 right.")
    press("Tab")
    expect(page.get_by_role("link", name="Next: confirm you have read it")).to_be_focused()
    press("Enter")
    box = page.get_by_role("checkbox", name="I have read")
    for _ in range(60):
        if box.evaluate("one => one === document.activeElement"):
            break
        press("Tab")
    press("Space")
    expect(box).to_be_checked()


def _answer_by_keyboard(page: Page, name: str) -> None:
    fieldset, press = page.locator(f"[data-cb-question='{name}']"), page.keyboard.press
    right, kind = str(fieldset.get_attribute("data-right")).split(), fieldset.get_attribute("data-kind")
    if kind in ("single", "true-false"):
        press("Space")
        while fieldset.locator("input:checked").get_attribute("value") != right[0]:
            press("ArrowDown")
        press("Tab")
        return
    fields = fieldset.locator("input, select")
    for place in range(fields.count()):
        field = fields.nth(place)
        expect(field).to_be_focused()
        if kind == "order":
            press(str(right.index(str(field.get_attribute("name")).split(".")[1]) + 1))
        elif field.get_attribute("value") in right:
            press("Space")
        press("Tab")


def test_without_a_platform_it_works_and_says_that_nothing_is_recorded(
    page: Page, address: str, unpacked: Path
) -> None:
    seen: list[str] = []
    page.on("console", lambda message: seen.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: seen.append(str(error)))
    for name in ("scorm-1.2", "scorm-2004", "cmi5"):
        for home in (address, unpacked.as_uri() + "/"):
            asked: list[str] = []
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            page.goto(f"{home}{name}/index.html")
            ready(page)
            assert (
                record(page) == "No learning platform was found, so nothing is recorded. The page works for you alone."
            )
            tick(page)
            answer(page)
            check(page)
            assert [one for one in asked if not one.startswith((home, "data:"))] == []
            assert page.evaluate("localStorage.length + document.cookie.length") == 0
    assert seen == []


def test_its_policy_lets_it_load_nothing_else(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + "scorm-1.2/index.html")
    ready(page)
    picture = "image.onload = done; image.onerror = failed; image.src = 'https://example.org/a.png';"
    for attempt in (
        "fetch('https://example.org/')",
        f"new Promise((done, failed) => {{ const image = new Image(); {picture} }})",
    ):
        assert page.evaluate(f"{attempt}.then(() => 'loaded', () => 'refused')") == "refused"
    page.evaluate(
        "{ const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s); }"
    )
    assert page.evaluate("window.ran === undefined")
    page.close()


def test_answers_show_once_they_are_checked(page: Page, address: str) -> None:
    page.goto(address + "scorm-1.2/index.html")
    ready(page)
    assert page.locator("fieldset details:visible").count() == 0
    answer(page, wrong=1)
    check(page)
    page.locator("[data-cb-details] a").click()
    first = page.locator("fieldset:not([hidden])").first
    expect(first.locator(".cb-answer-key")).to_be_visible()
    expect(first.locator("[data-cb-verdict]")).to_contain_text("Not right.")
    link = first.locator(".cb-cite a").first
    link.click()
    target = page.url.rpartition("#")[2]
    expect(page.locator(f"[id='{target}']")).to_be_in_viewport()


def test_without_javascript_it_reads_and_shows_its_answers(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(address + "scorm-1.2/index.html")
    expect(page.get_by_text("This page needs JavaScript to mark your answers and report them.")).to_be_visible()
    expect(page.get_by_text("Staff must not be in touch with a pupil").first).to_be_visible()
    assert page.get_by_role("checkbox", name="I have read").count() == 0
    assert page.locator("fieldset:visible").count() == 5
    page.locator("fieldset:visible summary").first.click()
    expect(page.locator("fieldset:visible details > *").nth(1)).to_be_visible()
    context.close()


def test_the_page_is_valid_html(unpacked: Path) -> None:
    command = ["java", "-jar", VNU, "--errors-only", "--exit-zero-always", unpacked / "cmi5" / "index.html"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr == ""


def test_it_is_dark_on_white_on_paper_also_where_the_screen_is_dark(page: Page, address: str) -> None:
    page.goto(address + "scorm-1.2/index.html")
    ready(page)
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(PALE) == []
    assert page.evaluate(DARK_GROUND) == []
    page.clock.set_fixed_time("2026-11-20T12:00:00")  # noon where the browser stands
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".cb-trust")).to_have_text(re.compile(r".+ · Printed on 20 November 2026$"))


@pytest.fixture
def lesson(page: Page, address: str) -> Page:
    page.set_viewport_size(PHONE)
    page.goto(address + "scorm-1.2/index.html")
    ready(page)
    return page


def stands(page: Page, *headings: str) -> None:
    """Which parts are on the screen."""
    expect(page.locator("[data-cb-part] > h2:visible")).to_have_text(list(headings))


def current(page: Page) -> str:
    return page.locator(".cb-parts [aria-current=step]").inner_text()


def test_one_part_after_the_other(lesson: Page) -> None:
    stands(lesson, "1. Read the policy")
    assert current(lesson) == "Read"
    lesson.get_by_role("link", name="Next: check yourself").click()
    stands(lesson, "2. Check yourself")
    assert current(lesson) == "Check"
    expect(lesson.get_by_role("heading", name="2. Check yourself")).to_be_focused()
    expect(lesson.locator("fieldset:visible")).to_have_count(1)
    answer(lesson)
    check(lesson)
    lesson.get_by_role("link", name="Next: confirm you have read it").click()
    stands(lesson, "3. Confirm you have read it")
    assert current(lesson) == "Confirm"
    tick(lesson)


def test_a_clause_that_an_answer_cites_leads_into_the_policy_and_back(lesson: Page) -> None:
    answer(lesson, wrong=1, leave=4)
    for _ in range(4):
        lesson.get_by_role("button", name="Back", exact=True).click()
    lesson.locator("fieldset[data-now] .cb-cite a").first.click()
    stands(lesson, "1. Read the policy")
    lesson.go_back()
    stands(lesson, "2. Check yourself")


def test_on_paper_it_is_whole(lesson: Page) -> None:
    lesson.emulate_media(media="print")
    expect(lesson.locator("[data-cb-part] > h2:visible")).to_have_count(3)


def test_it_is_set_in_the_letters_of_the_site(lesson: Page) -> None:
    lesson.wait_for_function(
        "document.fonts.check('1rem Atkinson') && [...document.fonts].some(one => one.status === 'loaded')"
    )
