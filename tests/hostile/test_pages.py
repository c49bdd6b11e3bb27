"""Hostile text in every field is text on every page: in Chromium with the pages' own policy, and with the policy switched off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import Made
from .fields import KINDS, fields_of
from .handbook import FIRST, HOST, HOSTILE, SECOND, SUM, WORKED_OUT, payload

HEARD = "window.heard = []; window.ran = name => window.heard.push(String(name));"
# All that a payload could have become: its own element or attribute, any handler, an address that acts, another host.
LIVE = """([mark, away]) => {
    const found = [...window.heard];
    for (const one of document.querySelectorAll("*")) {
        if (one.localName === mark) found.push(`<${mark} id=${one.id}>`);
        for (const {name, value} of one.attributes) {
            if (name.startsWith("on") || name === "autofocus" || name === mark) found.push(`${one.localName} ${name}="${value}"`);
        }
        for (const name of ["href", "src", "action", "formAction", "data", "srcdoc"]) {
            const address = String(one[name]?.baseVal ?? one[name] ?? "");
            const leads = one.localName === "a" && address.startsWith("https:"); // an author may link to any site
            const icon = address === "data:,"; // which a package names so that no one asks for one
            const picture = one.localName === "img" && address.startsWith("data:image/"); // which a print holds, and which cannot act
            if (/^(javascript|data|vbscript):/i.test(address) && !icon && !picture || address.includes(`//${away}`) && !leads) found.push(`${one.localName} ${name}="${address}"`);
        }
        if (one.localName === "img" && !one.getAttribute("src")) found.push("an img without a file");
    }
    return found;
}"""
# What a reader, or the reader's screen reader, is told.
SHOWN = """() => {
    const copy = document.documentElement.cloneNode(true);
    copy.querySelectorAll("script, style").forEach(one => one.remove());
    const told = [...copy.querySelectorAll("[title], [aria-label], [placeholder], [content], [alt]")].flatMap(one =>
        ["title", "aria-label", "placeholder", "content", "alt"].map(name => one.getAttribute(name) ?? ""));
    return [copy.textContent, ...told].join(" ").replace(/\\s+/g, " ");
}"""
# Everything that can be chosen or pressed, each once, and every part that is folded up.
TOUCH = """async () => {
    const can = one => one.isConnected && !one.disabled && one.closest("[hidden]") === null;
    for (const one of document.querySelectorAll("details")) one.open = true;
    for (const one of document.querySelectorAll("select")) {
        if (can(one)) { one.selectedIndex = one.options.length - 1; one.dispatchEvent(new Event("change", {bubbles: true})); }
    }
    for (const one of document.querySelectorAll("main input[type=checkbox], main input[type=radio], main button:not([type=reset])")) {
        if (can(one)) one.click();
    }
    await new Promise(done => setTimeout(done, 50));
}"""
# Phrases that texts are compared with; what nothing but a command or an editor shows.
NEVER_SHOWN = {
    "AppendixRecord.sections.doubts",
    "AppendixRecord.sections.clauses.defines",
    "AppendixRecord.sections.clauses.doubts",
    "AppendixRecord.sections.clauses.items.defines",
    "AppendixRecord.sections.clauses.items.doubts",
    "Checklist.points.rules.words",
    "EverydayWords.words.word",
    "Kinds.kinds.about",
    "Kinds.kinds.at_induction.note",
    "Kinds.sources.address",
    "Kinds.sources.date",
    "Quiz.title",
    "References.references.match",
    "References.references.clauses.all",
    "References.references.clauses.none",
    "References.references.unless",
    # What was asked of an import is for whoever looks at the draft:
    "RevisionRecord.departures.change",
    "RevisionRecord.departures.why",
    "RevisionRecord.doubts",
    "RevisionRecord.left_out.says",
    "RevisionRecord.left_out.why",
    "RevisionRecord.sections.doubts",
    "RevisionRecord.sections.clauses.doubts",
    "RevisionRecord.sections.clauses.items.doubts",
    "RevisionRecord.changes.because",
    "RevisionRecord.changes.change",
    "RevisionRecord.sections.clauses.defines",
    "RevisionRecord.sections.clauses.items.defines",
    "Roles.roles.about",
    "TrustRecord.words.head",
    "TrustRecord.words.pupils",
    "TrustRecord.words.staff",
}


@contextmanager
def reading(browser: Browser, host: str, *, bypass_csp: bool) -> Iterator[tuple[Page, list[str]]]:
    """A page, and all that goes wrong on it from now on."""
    context = browser.new_context(bypass_csp=bypass_csp, reduced_motion="reduce", accept_downloads=False)
    context.add_init_script(f"{HEARD} window.print = () => undefined;")
    page, wrong = context.new_page(), []
    page.on("dialog", lambda dialog: (wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    page.on("console", lambda said: wrong.append(f"console: {said.text}") if said.type == "error" else None)
    own = (host, "data:", "blob:", "about:")
    page.on("request", lambda asked: None if asked.url.startswith(own) else wrong.append(f"asked: {asked.url}"))
    yield page, wrong
    context.close()


@dataclass(frozen=True)
class Read:
    """What a reading of many pages brought to light: by page what came to life, and all that a reader is told."""

    alive: dict[str, list[str]]
    told: str


@pytest.fixture(scope="module")
def read(made: Made, host: str, browser: Browser) -> Callable[[str, bool], Read]:
    """Reads every page of a part of what was made, once."""

    @cache
    def read(what: str, bypass_csp: bool) -> Read:
        alive, told = {}, []
        pages = sorted(getattr(made, what).rglob("*.html"))
        assert pages
        with reading(browser, host, bypass_csp=bypass_csp) as (page, wrong):
            for path in pages:
                name = path.relative_to(made.handbook_folder).as_posix()
                page.goto(host + name)
                page.evaluate(TOUCH)
                told.append(page.evaluate(SHOWN))
                found = [*page.evaluate(LIVE, [HOSTILE, HOST]), *wrong]
                if found:
                    alive[name] = found[:5]
                wrong.clear()
        return Read(alive, " ".join(told))

    return read


@pytest.mark.parametrize(
    ("what", "bypass_csp"),
    [
        pytest.param("site", False, marks=pytest.mark.long),
        ("site", True),
        ("packages", False),
        ("packages", True),
        ("prints", True),
    ],
    ids=lambda one: {False: "with the policy", True: "without the policy"}.get(one, one),
)
def test_no_payload_comes_to_life(what: str, bypass_csp: bool, read: Callable[[str, bool], Read]) -> None:
    made = read(what, bypass_csp)
    assert made.alive == {}
    assert SUM in made.told
    assert WORKED_OUT not in made.told


@pytest.mark.long
def test_nor_where_zensical_makes_the_site(made_by_zensical: Made, read: Callable[[str, bool], Read]) -> None:
    assert read("site_by_zensical", True).alive == {}


def test_every_field_is_shown_as_it_was_written(read: Callable[[str, bool], Read]) -> None:
    told = read("site", True).told + read("packages", False).told
    missing = {
        field.name
        for record in KINDS.values()
        for field in fields_of(record)
        if field.free and " ".join(payload(field.name, field.most).split(" [a](JaVa")[0].split()) not in told
    }
    assert missing == NEVER_SHOWN


def test_what_scripts_write_is_text(made: Made, host: str, browser: Browser) -> None:
    with reading(browser, host, bypass_csp=True) as (page, wrong):
        for write in (search_a_trust, search_all, pick, move):
            shown = write(page, f"{host}site/")
            assert (write.__name__, page.evaluate(LIVE, [HOSTILE, HOST]), wrong) == (write.__name__, [], [])
            assert f"<{HOSTILE}" in shown, write.__name__


def search_a_trust(page: Page, home: str) -> str:
    page.goto(f"{home}{FIRST}/index.html")
    page.get_by_role("textbox", name="Search").click()
    page.get_by_role("textbox", name="Search").press_sequentially("follow")
    expect(page.locator(".md-search-result__link").first).to_be_visible()
    return page.locator(".md-search-result").inner_text()


def search_all(page: Page, home: str) -> str:
    page.goto(f"{home}search/index.html")
    page.get_by_role("searchbox", name="Words").fill("follow")
    page.keyboard.press("Enter")
    expect(page.locator(".cb-found h2 a").first).to_be_visible()
    return page.locator("main").inner_text()


def pick(page: Page, home: str) -> str:
    page.goto(f"{home}compare/pick/index.html#trusts={FIRST},{SECOND}&on=question.former-pupil")
    expect(page.locator("main blockquote").first).to_be_visible()
    return page.locator("main").inner_text()


def move(page: Page, home: str) -> str:
    page.goto(f"{home}compare/moving/index.html#from={FIRST}&to={SECOND}")
    expect(page.locator("main h2").first).to_be_visible()
    return page.locator("main").inner_text()
