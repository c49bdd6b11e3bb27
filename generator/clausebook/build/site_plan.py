"""A site page by page: what the cache remembers of each page stays, the others are made anew, a few in a job.

The cache has a record for each frame: all that every page of a site shows, which is its configuration, its templates and the titles
in its menu. The record says from which Markdown each page was made, and what a search finds of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from clausebook.build.cache import Cache
from clausebook.build.engines.mkdocs import WRITTEN, MadePages, MadeRest, in_order
from clausebook.build.plans import Files, Kept, Plan
from clausebook.build.site_jobs import make_pages, make_rest
from clausebook.build.site_sources import THEME, SiteSource
from clausebook.files import digest, digest_parts

IN_A_JOB = 500_000  # bytes of Markdown: some hundred milliseconds of work
TELLS_THE_DAY = b"_date"  # of MkDocs' names for it, which no template of Material's or ours has
MENU = re.compile(
    r'^(?:nav| ?"nav"):', re.MULTILINE
)  # in YAML as an author writes it, or in JSON as render_config does
RECORD = "record.json"
INDEX = "search/search_index"


@dataclass(frozen=True)
class SiteLooks:
    """What a site's pages are made with: the files that MkDocs reads, what names all of it, and what stands for now."""

    files: Files = field(repr=False)
    parts: Mapping[str, str] = field(repr=False)
    epoch: str


@dataclass(frozen=True)
class _Record:
    """What the cache remembers of the pages of one frame."""

    sources: Mapping[str, str] = field(default_factory=dict)
    """The digest of the Markdown of each page."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Of some pages, what they were made from."""
    entries: Mapping[str, str] = field(default_factory=dict)
    search: str = ""
    reads_json: bool = False
    day: str = ""
    """For which the list of the site's pages says that they were made."""
    files: Kept = field(default_factory=dict)


def plan_site(site: SiteSource, looks: SiteLooks, cache: Cache) -> Plan:
    """What of `site` is to be made, and what is there already."""
    return _Site(site, looks, cache).plan()


class _Site:
    """One site on its way from its source. A page of it is rendered when its turn comes, and forgotten when its job is given out."""

    def __init__(self, site: SiteSource, looks: SiteLooks, cache: Cache) -> None:
        self._site, self._cache, self._epoch = site, cache, looks.epoch
        self._pages = in_order(list(site.pages))
        folder = site.config.rpartition("/")[0]
        self._files = {**looks.files, **{f"{folder}/{name}": one for name, one in site.configuration.items()}}
        self._heads = {name: head_of(site.pages[name]) for name in self._in_menu()}
        own = {name: digest(one) for name, one in site.configuration.items()}
        tells_it = any(TELLS_THE_DAY in one for name, one in looks.files.items() if name.startswith(f"{THEME}/"))
        told = {"the day": looks.epoch} if tells_it else {}
        self._frame = digest_parts(
            {**looks.parts, **told, "site": site.config, **own, "menu": digest_parts(self._heads)}
        )
        self._rest = tuple(site.below + name for name in WRITTEN)
        self._before = _read(cache, self._frame)
        self._sources: dict[str, str] = {}
        self._entries: dict[str, str] = {}
        self._same: list[str] = []
        self._has_rest = self._before.day == self._epoch and self._before.sources.keys() == set(self._pages)
        self._search = self._before.search if self._has_rest else ""
        self._reads_json = self._before.reads_json

    def plan(self) -> Plan:
        return Plan(
            jobs=self._jobs(), take=self._take, before=self._others, kept=self._kept, after=self._index, remember=self._remember,
            promises=tuple(self._site.published(name) for name in self._pages),
        )  # fmt: skip

    def _in_menu(self) -> list[str]:
        """The pages that the configuration names, all where it has no menu: of the others no page shows anything."""
        texts = [one.decode("utf-8", "replace") for name, one in self._files.items() if name.endswith("mkdocs.yml")]
        named = [name for name in self._pages if any(name in text for text in texts)]
        return named if any(MENU.search(text) for text in texts) else self._pages

    def _jobs(self) -> Iterator[Callable[[], Any]]:
        made_from = (self._files, self._site.config, self._epoch, self._heads)
        if not self._search:
            yield partial(make_rest, *made_from, self._pages)
        group: dict[str, bytes] = {}
        for name in self._pages:
            if self._is_as_before(name):
                self._sources[name] = self._before.sources[name]
                self._same.append(name)
                self._entries[name] = self._before.entries[name]
                continue
            page = self._site.pages[name]
            self._sources[name] = digest(page)
            if self._before.sources.get(name) == self._sources[name]:
                self._same.append(name)
                self._entries[name] = self._before.entries[name]
                continue
            group[name] = page
            if sum(map(len, group.values())) > IN_A_JOB:
                yield partial(make_pages, *made_from, group)
                group = {}
        if group:
            yield partial(make_pages, *made_from, group)

    def _is_as_before(self, name: str) -> bool:
        """Whether all that a page is made from is as it was, as far as somebody has said what that is."""
        key = self._site.keys.get(name)
        return bool(key) and name in self._before.sources and self._before.keys.get(name) == key

    def _kept(self) -> Kept:
        names = {self._site.published(name) for name in self._same}
        names.update(self._rest if self._has_rest else ())
        return {name: one for name, one in self._before.files.items() if name in names}

    def _others(self) -> Files:
        return {self._site.below + name: content for name, content in self._site.others.items()}

    def _take(self, made: MadePages | MadeRest) -> Files:
        if isinstance(made, MadeRest):
            self._search, self._reads_json = made.search, made.reads_json
            return {self._site.below + name: content for name, content in made.files.items()}
        self._entries |= made.entries
        return {self._site.published(page): content for page, content in made.html.items()}

    def _index(self) -> Files:
        """What the site's own search reads, as Material writes it: for pages from a host, and for those from a folder."""
        head, _, foot = self._search.rpartition("]")
        index = head + ",".join(filter(None, (self._entries[name] for name in self._pages))) + "]" + foot
        below = self._site.below + INDEX
        script = {f"{below}.js": f"var __index = {index}".encode()}
        return script | ({f"{below}.json": index.encode()} if self._reads_json else {})

    def _remember(self, kept: Kept) -> None:
        record = {"sources": self._sources, "keys": dict(self._site.keys), "entries": self._entries, "search": self._search, "reads_json": self._reads_json,
                  "day": self._epoch}  # fmt: skip
        own = {self._site.published(name) for name in self._pages}.union(self._rest)
        files = {name: one for name, one in kept.items() if name in own}
        self._cache.keep_entry(self._frame, files | self._cache.keep_files({RECORD: json.dumps(record).encode()}))


def head_of(page: bytes) -> str:
    """A page's front matter, which is all that other pages show of it."""
    return page[: page.index(b"\n---\n", 1) + 5].decode()


def _read(cache: Cache, frame: str) -> _Record:
    entry = cache.find(frame)
    if entry is None:
        return _Record()
    return _Record(**json.loads(cache.read(entry, RECORD)), files=entry.files)
