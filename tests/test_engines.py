"""MkDocs and Zensical make the same pages of the same trees. What differs around their content stands here, all of it.

A difference that is new fails, and so does one that is gone: then the table here, and what the README says, are to be mended.
"""

from __future__ import annotations

import base64
import hashlib
import json
import posixpath
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from lxml import html

from clausebook.build.cache import Cache
from clausebook.build.options import Folders, Options
from clausebook.build.pipeline import findings_for
from clausebook.build.targets import Given, site_targets
from clausebook.check.library import read_handbook
from clausebook.model.handbook import Handbook

ROOT = Path(__file__).parent.parent
DIGEST = re.compile(r" ?'sha256-([^']+)'")
TRUSTS = ("lwlat", "sample")
OPTIONS = Options(date(2026, 11, 20), pdf=False)
Site = dict[str, bytes]

# Files that only one of them writes. `*` stands for a digest of what is in it.
FILES = {
    "mkdocs": {
        "assets/stylesheets/main.*.min.css",
        "assets/stylesheets/palette.*.min.css",
        "search/search_index.js",
        "sitemap.xml.gz",
    },
    "zensical": {
        "assets/javascripts/LICENSE",
        "assets/stylesheets/classic/main.*.min.css",
        "assets/stylesheets/classic/palette.*.min.css",
        "assets/stylesheets/modern/main.*.min.css",  # its own look, which our pages do not use
        "assets/stylesheets/modern/palette.*.min.css",
        "search.js",  # for a site that is opened from a folder
        "search.json",
    },
}
# Elements around the content that a page of only one of them has, or has more of.
ELEMENTS = {
    "mkdocs": {
        # the search stands in the page; Zensical's is made by its script when it is opened
        "button.md-search__icon.md-icon[aria-label=Clear][tabindex=-1][type=reset]",
        "div.md-search-result[data-md-component=search-result]",
        "div.md-search-result__meta",
        "div.md-search__inner[role=search]",
        "div.md-search__output",
        "div.md-search__scrollwrap[data-md-scrollfix=][tabindex=0]",
        "form.md-search__form[name=search]",
        "input.md-search__input[aria-label=Search][data-md-component=search-query][name=query][required=][type=text]",
        "label.md-search__icon.md-icon",
        "label.md-search__overlay",
        "nav.md-search__options[aria-label=Search]",
        "ol.md-search-result__list[role=presentation]",
        "path",  # of its icons
        "svg",
        "div.md-dialog[data-md-component=dialog]",
        "nav.md-nav.md-nav--secondary[aria-label=Table of contents]",
    },
    "zensical": {
        "button.md-search__button[type=button]",
        "div.md-dialog[aria-atomic=true][data-md-component=dialog][role=status]",
        "nav.md-nav.md-nav--secondary[aria-label=On this page]",
        "span.md-typeset",  # in the list of contents
        "span.md-visually-hidden",  # names of the buttons of the menu and the search
        "div.md-header__source",  # empty
    },
}
# Words around the content that a page of only one of them has, or has more often.
WORDS = {"mkdocs": {"Initializing search"}, "zensical": {"Search", "Navigation"}}
TAKEN_BY_ZENSICAL = "data-search-exclude"  # it tells the search what to leave out; only MkDocs leaves it in the page


@pytest.fixture(scope="module")
def sample(tmp_path_factory) -> tuple[Path, Handbook]:
    """The small made-up handbook with a quiz of each kind, a logo, and a name that must be escaped."""
    folder = tmp_path_factory.mktemp("sample")
    for name in ("handbook", "lms/handbook"):
        shutil.copytree(ROOT / "tests" / name, folder, dirs_exist_ok=True)
    for name in ("content/pages", "overrides"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    trust = folder / "trusts/sample/trust.yml"
    trust.write_text(trust.read_text().replace("Sample Trust of Nowhere", """'Sample "Trust" of 3 < 5 & Co'"""))
    (trust.parent / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    handbook, problems = read_handbook(folder, may_wait=lambda one: one.code == "P810")
    assert handbook, problems
    return folder, handbook


def sites(engine: str, root: Path, handbook: Handbook) -> Site:
    """Those of the hub, which knows all trusts, and of one trust."""
    folders, trusts = Folders(root, root / "site"), [one for one in handbook.trusts if one.id in TRUSTS]
    options = replace(OPTIONS, engine=engine)
    made: Site = {}
    for target in site_targets(Given(folders, handbook, trusts, findings_for(handbook, options), options, {})):
        plan = target.plan(Cache(root / "none"))
        files = dict(plan.before())
        for job in plan.jobs:
            files |= plan.take(job())
        files |= plan.after()
        made |= {place + name: content for place in target.places for name, content in files.items()}
    return made


@pytest.fixture(scope="module", params=[pytest.param("real", marks=pytest.mark.long), "sample"])
def both(request: pytest.FixtureRequest, handbook: Handbook, sample: tuple[Path, Handbook]) -> tuple[Site, Site]:
    """The sites by MkDocs and by Zensical."""
    root, read = (ROOT, handbook) if request.param == "real" else sample
    return sites("mkdocs", root, read), sites("zensical", root, read)


def pages(site: Site) -> Iterator[tuple[str, html.HtmlElement]]:
    for name in sorted(site):
        if name.endswith(".html"):
            yield name, html.fromstring(site[name].decode())


def pairs(both: tuple[Site, Site]) -> Iterator[tuple[str, html.HtmlElement, html.HtmlElement]]:
    """Every page by its name, as MkDocs and as Zensical made it."""
    for (name, one), (_, other) in zip(pages(both[0]), pages(both[1]), strict=True):
        yield name, one, other


def content(page: html.HtmlElement) -> html.HtmlElement:
    """What we wrote: the article; on the page for a missing address all of it."""
    return next(iter(page.xpath("//article") or page.xpath("//main")))


def around(page: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """The elements of a page but those of its content."""
    inside = set(content(page).iter())
    return (one for one in page.iter() if isinstance(one.tag, str) and one not in inside)


def leads_to(page: str, address: str) -> str:
    """Where a link leads, by the path below the sites."""
    if re.match(r"[a-z]+:|#", address):
        return address
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), address))


def words(text: str | None) -> str:
    return " ".join((text or "").split())


def file_of_theme(name: str) -> str:
    """A file's name below its own site, without the digest in it."""
    return re.sub(r"\.[0-9a-f]{8}\.min\.", ".*.min.", re.sub(r"^[a-z]+/(?=assets/|search[/.]|sitemap)", "", name))


def token(one: html.HtmlElement) -> str:
    """What an element is: its tag, its classes, and those of its attributes that are no address and no picture."""
    classes = "".join(f".{name}" for name in one.get("class", "").split())
    left_out = {
        "class",
        "href",
        "src",
        "content",
        "d",
        "viewbox",
        "xmlns",
        "data-initials",
        "title",
        "id",
        "for",
        "autocapitalize",
        "autocomplete",
        "autocorrect",
        "placeholder",
        "spellcheck",
    }
    return one.tag + classes + "".join(f"[{name}={value}]" for name, value in sorted(one.attrib.items()) if name not in left_out)  # fmt: skip


def only_in(both: tuple[Site, Site], tell) -> dict[str, set[str]]:
    """What `tell` tells of a page of one engine, more often than of the same page of the other, over all pages."""
    found: dict[str, set[str]] = {"mkdocs": set(), "zensical": set()}
    for _, one, other in pairs(both):
        first, second = Counter(tell(one)), Counter(tell(other))
        found["mkdocs"] |= set(first - second)
        found["zensical"] |= set(second - first)
    return found


def test_they_make_the_same_pages(both) -> None:
    first, second = ({name for name, _ in pages(site)} for site in both)
    assert first == second
    assert len(first) > 20


def test_the_content_of_every_page_is_the_same_to_the_letter(both) -> None:
    for name, one, other in pairs(both):
        first, second = (words(html.tostring(content(page), encoding="unicode")) for page in (one, other))
        assert first.replace(f" {TAKEN_BY_ZENSICAL}", "") == second, name
        assert "<h1" in first, name


def test_every_page_has_the_same_anchors_title_and_language(both) -> None:
    for name, one, other in pairs(both):
        assert one.xpath("//title/text()")
        for what in ("//@id", "//title/text()", "/html/@lang", "//meta[@name]/@name"):
            assert sorted(one.xpath(what)) == sorted(other.xpath(what)), (name, what)


def test_every_page_leads_to_the_same_places(both) -> None:
    for name, one, other in pairs(both):
        first, second = (
            [(leads_to(name, link.get("href")), words(link.text_content())) for link in page.iter("a") if link.get("class") != "md-skip"]
            for page in (one, other)
        )  # fmt: skip
        assert first == second, name


def test_every_page_has_our_styles_and_scripts_in_the_same_order(both) -> None:
    for name, one, other in pairs(both):
        first, second = (
            [address for address in page.xpath("//link[@rel='stylesheet']/@href | //script/@src") if ".min." not in address]
            for page in (one, other)
        )  # fmt: skip
        assert [leads_to(name, one) for one in first] == [leads_to(name, one) for one in second], name
        assert any("clausebook.css" in address for address in first), name


def test_what_differs_is_told_here_and_is_all(both) -> None:
    first, second = ({file_of_theme(name) for name in site} for site in both)
    assert {"mkdocs": first - second, "zensical": second - first} == FILES
    assert only_in(both, lambda page: map(token, around(page))) == ELEMENTS
    assert only_in(both, lambda page: filter(None, (words(one.text) for one in around(page) if one.tag != "script"))) == WORDS  # fmt: skip


def indexed(text: str) -> dict[str, tuple[str, str]]:
    """What a search index has under each address: the title and the words."""
    known = json.loads(text)
    plain = {one["location"]: (one["title"], one["text"]) for one in known.get("docs", known.get("items"))}
    return {where: tuple(words(unescape(re.sub("<[^>]+>", " ", one))) for one in said) for where, said in plain.items()}


def test_the_search_knows_the_same_words_at_the_same_addresses(both) -> None:
    for name in both[1]:
        if name.endswith("search.json"):
            below = name.removesuffix("search.json")
            known = indexed(both[0][f"{below}search/search_index.js"].decode().removeprefix("var __index = "))
            assert known == indexed(both[1][name].decode())
            assert len(known) > 20


def test_the_policy_of_every_page_is_the_same_but_for_digests(both) -> None:
    for name, one, other in pairs(both):
        first, second = (page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content") for page in (one, other))
        assert [DIGEST.sub("", said) for said in first] == [DIGEST.sub("", said) for said in second], name
        scripts = [script.text for script in other.iter("script") if script.text and not script.attrib]
        hashes = {base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts}
        style, *_ = re.findall(r"style-src[^;]*sha256-([^']+)", second[0])
        assert set(DIGEST.findall(second[0])) == hashes | {style}, name


def test_zensical_makes_the_same_bytes_again(both, sample, request: pytest.FixtureRequest) -> None:
    if request.node.callspec.params["both"] == "sample":
        assert sites("zensical", *sample) == both[1]
