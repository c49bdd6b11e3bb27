"""One visit to each kind of page. Whatever tests ask of every kind is recorded on the way: the page is loaded at a desk, on a phone and from a folder."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Browser, Page

from axe import violations
from browser_kit import DESK, PHONE, opened
from paper import DARK_GROUND, PALE

IDLE = "new Promise(done => requestIdleCallback(done, {timeout: 1000}))"  # every script has had its turn
FOCUS = """() => {
    const focused = document.activeElement;
    const one = focused.matches(".md-option") ? focused.nextElementSibling : focused;  // a switch is drawn as its label
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    const shown = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
        || style.boxShadow !== "none";
    const inside = box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight;
    const words = (focused.getAttribute("aria-label") || one.innerText || one.name || "").trim().slice(0, 40);
    return {words, tag: focused.tagName, id: focused.id, shown, inside};
}"""
# Words that stand alone in a row of links and buttons become columns of their own: a dot, or ": what is missing".
LOOSE = """() => [...document.querySelectorAll(".cb-actions, .cb-turn")].flatMap(one => [...one.childNodes])
    .filter(part => part.nodeType === 3 && part.data.trim()).map(part => part.data.trim())"""
TOO_SMALL = """all => all.filter(one => one.checkVisibility()).map(one => [one, one.getBoundingClientRect()])
    .filter(([one, box]) => box.width < 24 || box.height < 24).map(([one, box]) => `${one.outerHTML.slice(0, 90)} ${box.width}x${box.height}`)"""
BEYOND = """width => [...document.querySelectorAll("h1, h2, h3, p, li, dd, dt, blockquote, .cb-button, fieldset, legend")]
    .filter(one => one.checkVisibility() && !one.closest(".cb-sr, .cb-table, .md-header, .md-sidebar, .md-tabs"))
    .filter(one => one.getBoundingClientRect().right > width + 1).map(one => one.outerHTML.slice(0, 120))"""
TAPPED = ".cb-button, .cb-filter label:has(input), .cb-filter select, .cb-option label, .cb-tick label, details > summary, label.md-header__button"


@dataclass(frozen=True)
class Visit:
    """What was seen of one page; each list is empty where all is right."""

    headings: int
    wrong: dict[str, list[str]]
    """By place: what the console was told, what failed, and who but the page's own host was asked."""
    objections: list[str]
    """What axe-core objects to, light and dark, at a desk and on a phone."""
    loose: list[str]
    on_paper: list[str]
    """What is not dark on white in print."""
    first_stop: dict[str, object]
    """Where the first Tab leads."""
    skipped_to: str
    """The id of what has the focus once that stop was followed, where it is a link that skips."""
    on_a_phone: list[str]
    """What is cut off, too small to tap, or makes a phone scroll sideways."""


def watch(page: Page, home: str) -> list[str]:
    """Everything that goes wrong or leaves the site from now on."""
    seen: list[str] = []
    own = (home, "data:", "blob:", "about:")
    page.on(
        "console",
        lambda said: (
            seen.append(said.text)
            if said.type in ("error", "warning") or "Content Security Policy" in said.text
            else None
        ),
    )
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.on("requestfailed", lambda request: seen.append(f"failed: {request.url}"))
    page.on("request", lambda request: None if request.url.startswith(own) else seen.append(f"asked: {request.url}"))
    return seen


def visit_page(browser: Browser, web: str, folder: str, address: str) -> Visit:
    with opened(browser) as context:
        page = context.new_page()
        from_folder = watch(page, folder)
        page.goto(folder + address)
        page.wait_for_timeout(500)  # scripts that start others; "networkidle" never comes for some pages of a folder
    with opened(browser, viewport=PHONE, has_touch=True) as context:
        on_a_phone = _look_on_a_phone(context.new_page(), web + address)
    with opened(browser) as context:
        page = context.new_page()
        from_web = watch(page, web)
        page.goto(web + address)
        page.evaluate(IDLE)
        headings, loose, objections = page.locator("h1").count(), page.evaluate(LOOSE), violations(page)
        page.set_viewport_size(DESK)
        page.emulate_media(media="print", color_scheme="dark")
        on_paper = page.evaluate(PALE) + page.evaluate(DARK_GROUND)
        page.emulate_media(media="screen", color_scheme="light")
        page.keyboard.press("Tab")
        first_stop = page.evaluate(FOCUS)
        skipped_to = _follow(page) if first_stop["words"] == "Skip to content" else ""
    wrong = {"web": from_web, "folder": from_folder}
    return Visit(headings, wrong, objections, loose, on_paper, first_stop, skipped_to, on_a_phone)


def _follow(page: Page) -> str:
    page.keyboard.press("Enter")
    page.evaluate(IDLE)
    return str(page.evaluate("document.activeElement.id"))


def _look_on_a_phone(page: Page, address: str) -> list[str]:
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    found = []
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        across = page.evaluate("document.scrollingElement.scrollWidth")
        found += [f"{across} of {width} pixels wide"] if across > width else []
        found += page.evaluate(BEYOND, width) + page.eval_on_selector_all(TAPPED, TOO_SMALL)
    return found
