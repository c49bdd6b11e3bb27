"""MkDocs, and only here: the configuration of a generated site, and its build in this process."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from generator.files import Packed, read_each, write_files
from generator.pages import Page
from generator.palette import Shades
from generator.render import kept_templates

NAVIGATION = {"": "Start"}  # the first page is called by what it is for, not by the trust's name


class SiteError(Exception):
    """MkDocs would not build a tree that we wrote: our mistake, not the author's."""


def render_config(trust: str, name: str, monogram: str, pages: Iterable[Page], *, logo: bool) -> str:
    """The mkdocs.yml of one trust's site, which lies in build/trusts/<trust>/ and inherits the hub's.

    JSON is YAML, and says exactly what is meant.
    """
    pages = tuple(pages)
    nav = [{NAVIGATION.get(page.path, page.title): page.file} for page in pages if page.in_nav]
    theme: dict[str, object] = {"custom_dir": "../../../overrides/theme"}
    if logo:
        theme["logo"] = "assets/logo.svg"
    return json.dumps(
        {
            "INHERIT": "../../../mkdocs.yml",
            "site_name": name,
            "site_description": f"{name}: staff policies, clause by clause.",
            "docs_dir": "docs",
            "site_dir": f"../../../site/{trust}",
            "nav": nav,
            "hooks": ["../../../overrides/content_security_policy.py"],
            "not_in_nav": "\n".join(f"/{page.file}" for page in pages if not page.in_nav),
            "theme": theme,
            "extra": {"monogram": monogram, "hub": "../index.html"},
        },
        ensure_ascii=False,
        indent=1,
    )


def render_palette(shades: Shades) -> str:
    """The stylesheet that gives a site its colours, light and dark."""
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
[data-md-color-scheme="slate"] {{
  --md-primary-fg-color: {shades.header_dark};
  --md-primary-fg-color--dark: {shades.header_dark};
  --md-accent-fg-color: {shades.link_dark};
  --md-typeset-a-color: {shades.link_dark};
  --cb-primary: {shades.link_dark};
}}
"""


def make_site(looks: Mapping[str, bytes], source: Mapping[str, bytes], config: str, epoch: str, below: str) -> Packed:
    """The site that MkDocs makes of `looks` and `source` alone, which lie as they do in a handbook; its files by their paths below `below`.

    `config` is which of them MkDocs starts from; `epoch` stands for now. Raises SiteError with MkDocs' own words.
    """
    os.environ["SOURCE_DATE_EPOCH"] = epoch
    with TemporaryDirectory(prefix="clausebook-") as folder:
        root, site = Path(folder) / "handbook", Path(folder) / "site"
        write_files(root, looks)
        write_files(root, source)
        try:
            build_site(root / config, site)
        except SiteError as error:
            raise SiteError(str(error).replace(f"{root}/", "")) from None
        return Packed((below + name, content) for name, content in read_each(site))


def build_site(config_file: Path, site_dir: Path) -> None:
    """Build the tree that `config_file` describes into `site_dir`; raises SiteError with MkDocs' own words."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    from mkdocs.commands.build import build  # noqa: PLC0415 — a second of imports, only where a site is built
    from mkdocs.config import load_config  # noqa: PLC0415
    from mkdocs.exceptions import MkDocsException  # noqa: PLC0415

    heard = _Heard()
    log = logging.getLogger("mkdocs")
    log.addHandler(heard)
    try:
        config = load_config(config_file=str(config_file), site_dir=str(site_dir))
        config.theme.get_env = partial(_environment_with_kept, config.theme.get_env)  # type: ignore[method-assign]
        config.plugins.events["page_content"].append(partial(_forget, "markdown"))
        config.plugins.events["post_page"].append(partial(_forget, "content"))
        build(config)
    except MkDocsException as error:
        raise SiteError(f"{config_file}: {error}\n" + "\n".join(heard.messages)) from error
    finally:
        log.removeHandler(heard)


def _forget(what: str, _: str, *, page: Any, **__: object) -> None:
    """What a page no longer needs: its Markdown once it is HTML, that HTML once the page is whole. A large hub's would fill the memory."""
    setattr(page, what, "")


def _environment_with_kept(get_env: Callable[[], Any]) -> Any:
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
