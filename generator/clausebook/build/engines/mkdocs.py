"""MkDocs, and only here."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

from clausebook.build.engines import SiteError
from clausebook.model.layout import HOOKS
from clausebook.pages.templates import kept_templates


def build_with_mkdocs(root: Path, config: str, site: Path) -> None:
    """Build the tree below `root` that starts from its file `config` into `site`; raises SiteError with MkDocs' own words."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    from mkdocs.commands.build import build  # noqa: PLC0415 — a second of imports, only where a site is built
    from mkdocs.config import load_config  # noqa: PLC0415
    from mkdocs.exceptions import MkDocsException  # noqa: PLC0415

    heard = _Heard()
    log = logging.getLogger("mkdocs")
    log.addHandler(heard)
    try:
        known = load_config(config_file=str(root / config), site_dir=str(site), hooks=hooks_of(config))
        known.theme.get_env = partial(_environment_with_kept, known.theme.get_env)  # type: ignore[method-assign]
        known.plugins.events["page_content"].append(partial(_forget, "markdown"))
        known.plugins.events["post_page"].append(partial(_forget, "content"))
        build(known)
    except MkDocsException as error:
        raise SiteError(f"{config}: {error}\n" + "\n".join(heard.messages)) from error
    finally:
        log.removeHandler(heard)


def hooks_of(config: str) -> list[str]:
    """HOOKS as the file `config` of a handbook names them: from its own folder on."""
    up = "../" * config.count("/")
    return [f"{up}{hook}" for hook in HOOKS]


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
