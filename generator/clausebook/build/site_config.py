"""The configuration of a generated site."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from clausebook.build.engines.mkdocs import hooks_of
from clausebook.layout import AT_ACADEMIES, ENGINE_CONFIG
from clausebook.model.colours import Shades
from clausebook.pages.page import Page
from clausebook.pages.templates import escape_css

# What a trust's site inherits. Zensical adds a list to the inherited one, where MkDocs puts it in its place.
INHERITED = json.dumps({"INHERIT": "../../../mkdocs.yml", "nav": None})
SITE_URL = re.compile(r"""^site_url:\s*["']?(https?://[^\s"'#]+)""", re.MULTILINE)
OF_MANY = {"": "My reading"}
KEY = 100  # signs of a title in the menu: a key of YAML may not be longer than 1024 bytes
NAVIGATION = {"": "Start"}  # the first page is called by what it is for, not by the trust's name


def read_config(root: Path) -> bytes:
    """The handbook's mkdocs.yml; where it has none, one that takes everything from the engine's."""
    own = root / "mkdocs.yml"
    return own.read_bytes() if own.is_file() else json.dumps({"INHERIT": ENGINE_CONFIG}).encode()


def read_site_url(root: Path) -> str:
    """The address at which the handbook's mkdocs.yml says that the hub is published; nothing where it says none."""
    config = root / "mkdocs.yml"
    found = SITE_URL.search(config.read_text(encoding="utf-8")) if config.is_file() else None
    return found[1] if found else ""


def render_config(trust: str, name: str, monogram: str, pages: Iterable[Page], address: str = "", *, logo: bool) -> str:
    """The mkdocs.yml of one trust's site, which lies in build/trusts/<trust>/ and inherits the hub's by way of INHERITED.

    JSON is YAML, and says exactly what is meant.
    """
    pages = tuple(pages)
    nav = menu_of_many(pages) if any(page.section for page in pages) else menu_of_one(pages)
    theme: dict[str, object] = {"custom_dir": "../../../overrides/theme"}
    if logo:
        theme["logo"] = "assets/logo.svg"
    return json.dumps(
        {
            "INHERIT": "inherited.yml",
            "site_name": name,
            "site_url": address or None,  # the hub's own, inherited, would be another page's
            "site_description": f"{name}: staff policies, clause by clause.",
            "docs_dir": "docs",
            "site_dir": f"../../../site/{trust}",
            "nav": nav,
            "hooks": hooks_of(f"build/trusts/{trust}/mkdocs.yml"),  # for a plain `mkdocs build` of what was generated
            "not_in_nav": "\n".join(_not_in_menu(pages)),
            "theme": theme,
            "extra": {"monogram": monogram, "hub": "../index.html"},
        },
        ensure_ascii=False,
        indent=1,
    )


def _not_in_menu(pages: Iterable[Page]) -> Iterator[str]:
    """The pages that no menu leads to, as MkDocs wants to be told of them: those of academies as one folder, so that no other page has to be made anew for them."""
    outside = [page.file for page in pages if not page.in_nav]
    yield from dict.fromkeys(f"/{AT_ACADEMIES}" if name.startswith(AT_ACADEMIES) else f"/{name}" for name in outside)


def menu_of_one(pages: Sequence[Page]) -> list[object]:
    """The menu of a trust with one policy: every page, by the name that it gives itself."""
    # A title as a key here would end the build where it is longer than a key of YAML may be.
    return [
        {NAVIGATION[page.path]: page.file} if page.path in NAVIGATION else page.file for page in pages if page.in_nav
    ]


def menu_of_many(pages: Sequence[Page]) -> list[object]:
    """The menu of a trust with several: what to read first, the questions, the policies with the pages of each, the downloads."""
    sections: dict[str, tuple[str, list[object]]] = {}
    for page in pages:
        if page.in_nav and page.section:
            policy = page.path.split("/")[0]
            sections.setdefault(policy, (page.section, []))[1].append({page.menu: page.file})
    below = [{title[:KEY]: files} for title, files in sections.values()]
    menu: list[object] = []
    for page in pages:
        if page.in_nav and not page.section:
            label = OF_MANY.get(page.path, page.title)[:KEY]
            menu.append(
                {label: [{"All policies": page.file}, *below]} if page.path == "policies" else {label: page.file}
            )
    return menu


def render_palette(shades: Shades, name: str) -> str:
    """The stylesheet that gives a site its colours, light and dark, and each printed page the site's name."""
    return f"""\
:root, [data-md-color-scheme="default"] {{
  --md-primary-fg-color: {shades.primary};
  --md-primary-fg-color--light: {shades.primary};
  --md-primary-fg-color--dark: {shades.primary_dark};
  --md-primary-bg-color: #ffffff;
  --md-primary-bg-color--light: #ffffff;
  --md-accent-fg-color: {shades.accent};
  --md-accent-bg-color: #ffffff;
  --md-typeset-a-color: {shades.link_light};
  --cb-primary: {shades.primary};
}}
@media screen {{
  [data-md-color-scheme="slate"] {{
    --md-primary-fg-color: {shades.header_dark};
    --md-primary-fg-color--dark: {shades.header_dark};
    --md-accent-fg-color: {shades.link_dark};
    --md-typeset-a-color: {shades.link_dark};
    --cb-primary: {shades.link_dark};
  }}
}}
@page {{
  margin: 14mm 14mm 16mm;
  font: 8pt Atkinson, sans-serif;
  @bottom-left {{ content: "{escape_css(name)}"; }}
  @bottom-right {{ content: counter(page) " of " counter(pages); }}
}}
"""
