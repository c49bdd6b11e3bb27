"""MkDocs, and only here: pages of a site, a few at a time, as `mkdocs build` makes them of the whole tree.

A page looks the same whichever others are made with it: what it shows of them is in the menu, for which their titles do. So the
build goes through MkDocs' own steps, over the pages that are asked for, and in memory. MkDocs 1.6 is its last, and a test holds that
its own `build` makes the same bytes.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from clausebook.build.engines import SiteError
from clausebook.layout import HOOKS
from clausebook.pages.templates import kept_templates

os.environ["NO_MKDOCS_2_WARNING"] = "1"  # said by Material when it is loaded, whoever loads it
SEARCH = "material/search"
AS_JSON = b"search/search_index.json"
WRITTEN = ("404.html", "sitemap.xml", "sitemap.xml.gz")


@dataclass(frozen=True)
class MadePages:
    """Pages of one site."""

    html: Mapping[str, bytes] = field(repr=False)
    """By the path of its Markdown."""
    entries: Mapping[str, str] = field(repr=False)
    """What a search finds of each, by the same paths: objects of JSON with commas between them."""


@dataclass(frozen=True)
class MadeRest:
    """What a site has once: the page for a missing address, its list of pages, and its search without any entry."""

    files: Mapping[str, bytes] = field(repr=False)
    search: str = field(repr=False)
    reads_json: bool = False
    """Whether its pages read the search's words as JSON, too, and not from a script alone; see overrides/unused_files.py."""


def make_pages(root: Path, config: str, heads: Mapping[str, str], pages: Mapping[str, bytes]) -> MadePages:
    """Those `pages` (Markdown by its path) of the site that starts from the file `config` below `root`.

    `heads` has the front matter of every page that the menu names. Raises SiteError with MkDocs' own words.
    """
    from mkdocs.commands.build import _build_page, _populate_page  # noqa: PLC0415 — a second of imports, only where a site is built

    html: dict[str, bytes] = {}
    entries: dict[str, str] = {}

    def keep(output: str, *, page: Any, **_: object) -> str:
        html[page.file.src_uri] = output.encode("utf-8", errors="xmlcharrefreplace")
        return ""  # so that it is not written to a disk

    with _known(root, config) as known, _without_own_link_check():
        known.plugins.events["post_page"].append(keep)
        files, nav = _files_and_menu(known, {**{name: head.encode() for name, head in heads.items()}, **pages})
        for file in files:
            if file.src_uri in pages:
                _populate_page(file.page, known, files)
            else:
                file.page.read_source(known)
        env = known.plugins.on_env(known.theme.get_env(), config=known, files=files)
        found = known.plugins[SEARCH].search_index.entries
        for file in files:
            if file.src_uri in pages:
                before = len(found)
                _build_page(file.page, known, [], nav, env)
                entries[file.src_uri] = ",".join(_as_json(one) for one in found[before:])
    return MadePages(html, entries)


def make_rest(root: Path, config: str, heads: Mapping[str, str], names: Sequence[str]) -> MadeRest:
    """What the site has once, whose pages are `names`. Raises SiteError with MkDocs' own words."""
    from mkdocs.commands.build import _build_theme_template  # noqa: PLC0415 — see above

    with _known(root, config) as known:
        files, nav = _files_and_menu(known, {name: heads.get(name, "").encode() for name in names})
        for name in heads:
            files.src_uris[name].page.read_source(known)
        env = known.plugins.on_env(known.theme.get_env(), config=known, files=files)
        for template in known.theme.static_templates:
            _build_theme_template(template, env, files, known, nav)
        made = {name: path.read_bytes() for name in WRITTEN if (path := Path(known.site_dir, name)).is_file()}
        reads_json = any(AS_JSON in content for name, content in _of_theme(known).items() if name.endswith(".min.js"))
        return MadeRest(made, known.plugins[SEARCH].search_index.generate_search_index(None), reads_json)


def theme_files(root: Path, config: str) -> dict[str, bytes]:
    """What every site takes from its theme as it is: styles, scripts, fonts, pictures."""
    with _known(root, config) as known:
        return _of_theme(known)


def _of_theme(known: Any) -> dict[str, bytes]:
    from mkdocs.structure.files import Files  # noqa: PLC0415 — see above

    files = Files([])
    files.add_files_from_theme(known.theme.get_env(), known)
    files = known.plugins.on_files(files, config=known)
    return {file.src_uri: file.content_bytes for file in files}


def in_order(names: Sequence[str]) -> list[str]:
    """The paths of pages in the order in which MkDocs finds them in a folder."""
    return sorted(names, key=_place)


def _place(name: str) -> tuple[tuple[tuple[int, str], ...], bool, str]:
    *folders, last = name.split("/")
    return tuple((1, folder) for folder in folders), last != "index.md", last


def hooks_of(config: str) -> list[str]:
    """HOOKS as the file `config` of a handbook names them: from its own folder on."""
    up = "../" * config.count("/")
    return [f"{up}{hook}" for hook in HOOKS]


@contextmanager
def _known(root: Path, config: str) -> Iterator[Any]:
    """MkDocs' own record of a site, as its build begins with it. A warning ends it where the site's configuration is strict."""
    from mkdocs.config import load_config  # noqa: PLC0415 — see above
    from mkdocs.exceptions import MkDocsException  # noqa: PLC0415

    heard = _Heard()
    log = logging.getLogger("mkdocs")
    log.addHandler(heard)
    try:
        with TemporaryDirectory(prefix="clausebook-") as site:
            known = load_config(config_file=str(root / config), site_dir=site, hooks=hooks_of(config))
            known.theme.get_env = partial(_with_kept, known.theme.get_env)  # type: ignore[method-assign]
            known = known.plugins.on_config(known)
            known.plugins.on_pre_build(config=known)
            yield known
            if known.strict and heard.messages:
                raise SiteError(f"{config}: it was built with warnings\n" + "\n".join(heard.messages))
    except MkDocsException as error:
        raise SiteError(f"{config}: {error}\n" + "\n".join(heard.messages)) from error
    finally:
        log.removeHandler(heard)


@contextmanager
def _without_own_link_check() -> Iterator[None]:
    """MkDocs reads all of a page's Markdown once more for the anchors in its HTML: link_check.py reads them from the finished pages."""
    from mkdocs.structure import pages  # noqa: PLC0415 — see above

    reader: Any = pages._RawHTMLPreprocessor  # noqa: SLF001
    reads, reader.run = reader.run, lambda _, lines: lines
    try:
        yield
    finally:
        reader.run = reads


def _files_and_menu(known: Any, pages: Mapping[str, bytes]) -> tuple[Any, Any]:
    """`pages` as MkDocs' files, each with its page, and the menu over them."""
    from mkdocs.structure.files import File, Files, set_exclusions  # noqa: PLC0415 — see above
    from mkdocs.structure.nav import get_navigation  # noqa: PLC0415
    from mkdocs.structure.pages import Page  # noqa: PLC0415

    files = Files([File.generated(known, name, content=pages[name]) for name in in_order(list(pages))])
    files = known.plugins.on_files(files, config=known)
    set_exclusions(files, known)
    nav = known.plugins.on_nav(get_navigation(files, known), config=known, files=files)
    for file in files:
        if file.page is None:
            Page(None, file, known)
    return files, nav


def _as_json(entry: object) -> str:
    """As Material writes an entry of its index."""
    return json.dumps(entry, separators=(",", ":"), default=str)


def _with_kept(get_env: Callable[[], Any]) -> Any:
    """MkDocs' environment of templates, with what every build of a process repeats kept: compiled templates, the theme's files."""
    environment = get_env()
    environment.bytecode_cache = kept_templates()
    environment.loader.list_templates = partial(_list_templates, tuple(environment.loader.searchpath))
    return environment


def _list_templates(places: tuple[str, ...]) -> list[str]:
    """As Jinja's own loader, but for Material's 14,000 icons, which MkDocs then leaves out itself: names with a dot at their start."""
    return sorted({name for place in places for name in (_listed_once if "site-packages" in place else _listed)(place)})


def _listed(place: str) -> tuple[str, ...]:
    found: list[str] = []
    for where, folders, files in os.walk(place):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [os.path.relpath(os.path.join(where, name), place).replace(os.sep, "/") for name in files]  # noqa: PTH118 — see above
    return tuple(found)


_listed_once = cache(_listed)


class _Heard(logging.Handler):
    """Keeps what MkDocs warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())
