"""The source of every site: for the hub and for each trust, the files that an engine builds it from."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from clausebook.build.engines.zensical import CONFIG, render_zensical_config
from clausebook.build.options import Folders, Options
from clausebook.build.site_config import INHERITED, read_config, read_site_url, render_config, render_palette
from clausebook.compare.nearest import Key, Near, find_nearest
from clausebook.export.data import data_files
from clausebook.export.feed import FEED, render_feed
from clausebook.export.lms import FORMATS
from clausebook.export.policy_register import register_sheet
from clausebook.export.tables import csv_file
from clausebook.files import Packed, write_files
from clausebook.findings.find import Finding
from clausebook.model.colours import work_out_shades
from clausebook.model.handbook import Handbook, Trust
from clausebook.model.layout import ENGINE_CONFIG, PUBLISHED_SCRIPTS, SITE_SCRIPTS
from clausebook.pages.everyday_words import FILE as EVERYDAY_WORDS
from clausebook.pages.everyday_words import words_of_hub, words_of_trust
from clausebook.pages.hub import hub_pages
from clausebook.pages.page import Page
from clausebook.pages.prints import HUB_COLOURS
from clausebook.pages.script_data import page_data
from clausebook.pages.templates import render_page
from clausebook.pages.trust import trust_pages

HUB, HUB_NAME = "hub", "Clausebook"
THEME = "overrides/theme"


@dataclass(frozen=True)
class SiteSource:
    """One site's source: its folder below build/, and every file in it."""

    name: str
    files: Mapping[str, str | bytes] = field(repr=False)

    @property
    def below(self) -> str:
        """Where its site stands below the published one."""
        return "" if self.name == HUB else self.name.removeprefix("trusts/") + "/"

    @property
    def pages(self) -> tuple[str, ...]:
        """The pages that its site must have, by their paths below the published one."""
        docs = "" if self.name == HUB else "docs/"
        names = (name.removeprefix(docs).removesuffix(".md") for name in self.files if name.endswith(".md"))
        return tuple(f"{self.below}{name}.html" for name in names)

    @property
    def config(self) -> str:
        """The file that an engine starts from, by its path in the handbook."""
        return "mkdocs.yml" if self.name == HUB else f"build/{self.name}/mkdocs.yml"


def write_site_sources(
    folders: Folders, handbook: Handbook, trusts: list[Trust], findings: tuple[Finding, ...], options: Options
) -> list[str]:
    """Write the sources of the hub and of `trusts` below build/, one at a time; returns their names."""
    names = []
    for source in all_site_sources(folders, handbook, trusts, findings, options):
        folder = folders.build / source.name
        shutil.rmtree(folder, ignore_errors=True)
        write_files(folder, source.files)
        names.append(source.name)
    return names


def all_site_sources(
    folders: Folders, handbook: Handbook, trusts: list[Trust], findings: tuple[Finding, ...], options: Options
) -> Iterator[SiteSource]:
    """The sources of the hub and of `trusts`, one at a time: together they would fill the memory."""
    if not options.served:
        yield _hub_source(folders, handbook, findings, options)
    nearest = find_nearest(handbook.in_force)
    for trust in trusts:
        yield _trust_source(folders, trust, handbook, findings, nearest, options)
    if options.served:
        yield _hub_source(folders, handbook, findings, options)


def _render_all(
    folders: Folders, pages: tuple[Page, ...], options: Options, to_hub: str
) -> Iterator[tuple[str, bytes]]:
    for page in pages:
        yield (
            page.file,
            render_page(
                page,
                folders.looks,
                options.as_of,
                hub=page.root + to_hub,
                pdfs=options.pdf,
                drafts=options.drafts,
                packages=FORMATS,
            ).encode(),
        )


def _hub_source(folders: Folders, handbook: Handbook, findings: tuple[Finding, ...], options: Options) -> SiteSource:
    pages = _render_all(folders, hub_pages(handbook, findings, options.as_of, data_files()), options, "")
    scripts = ((f"compare/data/{name}", script.encode()) for name, script in page_data(handbook))
    colours = ("assets/stylesheets/trust.css", render_palette(work_out_shades(*HUB_COLOURS), HUB_NAME).encode())
    words = (EVERYDAY_WORDS, words_of_hub(handbook).encode())
    published = _published(_site_scripts(folders))
    return SiteSource(HUB, Packed(chain(pages, scripts, published, [colours, words])))


def _trust_source(
    folders: Folders, trust: Trust, handbook: Handbook, findings: tuple[Finding, ...],
    nearest: dict[Key, tuple[Near, ...]], options: Options,
) -> SiteSource:  # fmt: skip
    record, pages = trust.record, trust_pages(trust, handbook, findings, nearest, options.as_of, drafts=options.drafts)
    rendered = dict(_render_all(folders, pages, options, "../"))
    files: dict[str, str | bytes] = {f"docs/{name}": text for name, text in rendered.items()}
    address = address_of(trust, read_site_url(folders.root))
    files["docs/assets/stylesheets/trust.css"] = render_palette(record.palette.shades, record.name)
    scripts = _asked_for(_site_scripts(folders), [*rendered.values(), *_of_every_page(folders)])
    files |= {f"docs/{name}": script for name, script in _published(scripts)}
    files[f"docs/{EVERYDAY_WORDS}"] = words_of_trust(trust, handbook)
    files["docs/downloads/policies.csv"] = csv_file(
        register_sheet(trust, handbook, options.as_of, drafts=options.drafts)
    )
    files[f"docs/{FEED}"] = render_feed(trust, address)
    files |= {
        f"docs/{policy.id}/files/{file.name}": file.path.read_bytes()
        for policy in trust.policies for file in policy.files(drafts=options.drafts)
    }  # fmt: skip
    logo = folders.root / "trusts" / trust.id / "logo.svg"
    if logo.is_file():
        files["docs/assets/logo.svg"] = logo.read_bytes()
    files["mkdocs.yml"] = render_config(
        trust.id, record.name, monogram(record.short_name), pages, address, logo=logo.is_file()
    )  # fmt: skip
    files["inherited.yml"] = INHERITED
    files[CONFIG] = render_zensical_config("mkdocs.yml")
    return SiteSource(f"trusts/{trust.id}", files)


def _site_scripts(folders: Folders) -> dict[str, bytes]:
    """The scripts that pages may ask for, by their names."""
    return {name.split("/", 3)[3]: script for name, script in folders.looks.read(*SITE_SCRIPTS).items()}


def _of_every_page(folders: Folders) -> list[bytes]:
    """What names the scripts that every page has."""
    theme = folders.looks.read(THEME)
    templates = [text for name, text in theme.items() if name.endswith(".html")]
    return [*templates, read_config(folders.root), folders.looks.find(ENGINE_CONFIG).read_bytes()]


def _asked_for(scripts: Mapping[str, bytes], texts: Iterable[bytes]) -> dict[str, bytes]:
    """Those of `scripts` that `texts` name, or one of them names."""
    asked: dict[str, bytes] = {}
    waiting = list(texts)
    while waiting:
        text = waiting.pop()
        found = {name: script for name, script in scripts.items() if name not in asked and name.encode() in text}
        asked |= found
        waiting += found.values()
    return {name: asked[name] for name in scripts if name in asked}


def _published(scripts: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """`scripts` by the names under which a site publishes them."""
    return ((f"{PUBLISHED_SCRIPTS}/{name}", script) for name, script in scripts.items())


def address_of(trust: Trust, site_url: str) -> str:
    """Where the trust's site is published, with a slash at its end: by its campaigns, or by the hub's address; nothing where nobody says."""
    return trust.address or (f"{site_url.rstrip('/')}/{trust.id}/" if site_url else "")


def monogram(short_name: str) -> str:
    """What stands in for a logo: a short name of up to five letters as it is, else its capitals."""
    capitals = "".join(ch for ch in short_name if ch.isupper())
    return short_name if len(short_name) <= 5 else capitals[:4] or short_name[0].upper()
