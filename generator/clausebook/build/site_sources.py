"""The source of every site: for the hub and for each trust, the files that an engine builds it from."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from types import MappingProxyType

from clausebook.build.engines.zensical import CONFIG, render_zensical_config
from clausebook.build.options import Folders, Options
from clausebook.build.site_config import INHERITED, read_config, read_site_url, render_config, render_palette
from clausebook.compare.nearest import Key, Near, find_nearest
from clausebook.export.academy_sheet import academy_sheet
from clausebook.export.data import data_files
from clausebook.export.feed import FEED, render_feed
from clausebook.export.lms import FORMATS
from clausebook.export.policy_register import register_sheet
from clausebook.export.tables import csv_file
from clausebook.files import Packed, write_files
from clausebook.findings.find import Finding
from clausebook.layout import AT_ACADEMIES, ENGINE_CONFIG, PUBLISHED_SCRIPTS, SITE_SCRIPTS
from clausebook.model.colours import work_out_shades
from clausebook.model.handbook import Handbook, Trust
from clausebook.pages.everyday_words import FILE as EVERYDAY_WORDS
from clausebook.pages.everyday_words import words_of_hub, words_of_trust
from clausebook.pages.hub import hub_pages
from clausebook.pages.page import Page
from clausebook.pages.prints import HUB_COLOURS
from clausebook.pages.script_data import page_data
from clausebook.pages.templates import render_page
from clausebook.pages.trust import others_of, trust_pages
from clausebook.pages.trust_views import OtherTrusts

HUB, HUB_NAME = "hub", "Clausebook"
THEME = "overrides/theme"
Files = Mapping[str, bytes]


@dataclass(frozen=True)
class KnownOfTrust:
    """All that a trust's site is made from, and nothing of the other trusts but what it shows of them."""

    trust: Trust
    handbook: Handbook
    """With that trust alone."""
    findings: tuple[Finding, ...]
    others: OtherTrusts


def known_of(
    trust: Trust, handbook: Handbook, findings: tuple[Finding, ...], nearest: Mapping[Key, tuple[Near, ...]]
) -> KnownOfTrust:
    """`findings` are the trust's own."""
    alone = replace(handbook, trusts=(trust,), checklists={})
    return KnownOfTrust(trust, alone, findings, others_of(trust, handbook, nearest))


@dataclass(frozen=True)
class SiteSource:
    """One site's source: its folder below build/, its pages, and what stands beside them, each by its path below the pages' folder."""

    name: str
    pages: Files = field(repr=False)
    """In Markdown."""
    others: Files = field(repr=False)
    """What is published as it is."""
    configuration: Files = field(default_factory=dict, repr=False)
    """The files that an engine starts from, by their paths below the site's own folder; the hub's are the handbook's."""
    keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Of some pages all that they are made from, in a digest: where it is the same as before, the page is the same, and need not be rendered to be known."""

    @property
    def below(self) -> str:
        """Where its site stands below the published one."""
        return "" if self.name == HUB else self.name.removeprefix("trusts/") + "/"

    @property
    def config(self) -> str:
        """The file that an engine starts from, by its path in the handbook."""
        return "mkdocs.yml" if self.name == HUB else f"build/{self.name}/mkdocs.yml"

    @property
    def files(self) -> Files:
        """Every file by its path below the site's own folder."""
        docs = "" if self.name == HUB else "docs/"
        content = ((docs + name, one) for files in (self.pages, self.others) for name, one in files.items())
        return Packed((*self.configuration.items(), *content) if docs else content)

    def published(self, page: str) -> str:
        """Where a page of it is published."""
        return f"{self.below}{page.removesuffix('.md')}.html"


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
    yield hub_source(folders, handbook, findings, options)
    nearest = find_nearest(handbook.in_force)
    for trust in trusts:
        own = tuple(finding for finding in findings if finding.trust == trust.id)
        yield trust_source(folders, known_of(trust, handbook, own, nearest), options)


@dataclass(frozen=True)
class RenderedPages(Mapping[str, bytes]):
    """Pages by their files, each rendered whenever it is asked for: those of a large hub together would fill the memory."""

    folders: Folders
    pages: Mapping[str, Page]
    options: Options
    to_hub: str

    def __getitem__(self, name: str) -> bytes:
        page, options = self.pages[name], self.options
        settings = {"pdfs": options.pdf, "drafts": options.drafts, "packages": FORMATS, "hub": page.root + self.to_hub}
        return render_page(page, self.folders.looks, options.as_of, **settings).encode()

    def __iter__(self) -> Iterator[str]:
        return iter(self.pages)

    def __len__(self) -> int:
        return len(self.pages)


def hub_source(folders: Folders, handbook: Handbook, findings: tuple[Finding, ...], options: Options) -> SiteSource:
    pages = {page.file: page for page in hub_pages(handbook, findings, options.as_of, data_files())}
    scripts = ((f"compare/data/{name}", script.encode()) for name, script in page_data(handbook))
    colours = ("assets/stylesheets/trust.css", render_palette(work_out_shades(*HUB_COLOURS), HUB_NAME).encode())
    words = (EVERYDAY_WORDS, words_of_hub(handbook).encode())
    return SiteSource(
        HUB,
        RenderedPages(folders, pages, options, ""),
        Packed(chain(scripts, _published(_site_scripts(folders)), [colours, words])),
    )


def trust_source(
    folders: Folders, known: KnownOfTrust, options: Options, academy_keys: Mapping[str, str] = MappingProxyType({})
) -> SiteSource:
    """The site of a trust. `academy_keys` has of each academy, by its id, what its pages are made from, in a digest."""
    trust, record = known.trust, known.trust.record
    pages = trust_pages(trust, known.handbook, known.findings, known.others, options.as_of, drafts=options.drafts)
    address, logo = address_of(trust, read_site_url(folders.root)), folders.root / "trusts" / trust.id / "logo.svg"
    rendered = _OwnPages(RenderedPages(folders, {page.file: page for page in pages}, options, "../"))
    scripts = _asked_for(_site_scripts(folders), [*rendered.of_each_kind(), *_of_every_page(folders)])
    others: dict[str, str | bytes] = {
        "assets/stylesheets/trust.css": render_palette(record.palette.shades, record.name),
        EVERYDAY_WORDS: words_of_trust(trust, known.handbook),
        "downloads/policies.csv": csv_file(register_sheet(trust, known.handbook, options.as_of, drafts=options.drafts)),
        FEED: render_feed(trust, address),
    }
    if trust.academies:
        others["downloads/academies.csv"] = csv_file(academy_sheet(trust))
    others |= _published(scripts)
    others |= {
        f"{policy.id}/files/{file.name}": file.path.read_bytes()
        for policy in trust.policies for file in policy.files(drafts=options.drafts)
    }  # fmt: skip
    if logo.is_file():
        others["assets/logo.svg"] = logo.read_bytes()
    name = monogram(record.short_name)
    configuration = {
        "mkdocs.yml": render_config(trust.id, record.name, name, pages, address, logo=logo.is_file()),
        "inherited.yml": INHERITED,
        CONFIG: render_zensical_config("mkdocs.yml"),
    }
    keys = {name: academy_keys.get(name.split("/")[1], "") for name in rendered.of_academies}
    return SiteSource(f"trusts/{trust.id}", rendered, _encoded(others), _encoded(configuration), keys)


class _OwnPages(Mapping[str, bytes]):
    """A trust's pages, its own rendered at once, those of its academies whenever they are asked for: of most nothing is new."""

    def __init__(self, pages: RenderedPages) -> None:
        self._pages = pages
        self.of_academies = tuple(name for name in pages if name.startswith(AT_ACADEMIES))
        self.own = {name: pages[name] for name in pages if not name.startswith(AT_ACADEMIES)}

    def of_each_kind(self) -> Iterator[bytes]:
        """Pages that ask for all scripts that any asks for: the trust's own, and of academies one for each template."""
        yield from self.own.values()
        yield from (
            self._pages[name] for name in {self._pages.pages[one].template: one for one in self.of_academies}.values()
        )

    def __getitem__(self, name: str) -> bytes:
        return self.own[name] if name in self.own else self._pages[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._pages)

    def __len__(self) -> int:
        return len(self._pages)


def _encoded(files: Mapping[str, str | bytes]) -> dict[str, bytes]:
    return {name: one.encode() if isinstance(one, str) else one for name, one in files.items()}


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
