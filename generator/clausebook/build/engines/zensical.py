"""Zensical, and only here. It reads the same sources as MkDocs, but runs no hooks: what ours does is done after its build."""

from __future__ import annotations

import json
import os
import re
import runpy
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile

from clausebook.build.engines import MissingEngineError, SiteError
from clausebook.files import write_files

CONFIG = "zensical.yml"
SITE = "site"  # below the configuration's folder: Zensical writes nowhere else
POLICY = "overrides/content_security_policy.py"
# Its search writes this one style into the page; the browser names the digest where it refuses it.
SEARCH_STYLE = "sha256-NwSx/R2V/U4jnW0Tq5pQ53Y/rzPVJ4dqE7D6UTA/J1k="
TITLE = re.compile(r"\A---\ntitle: .*")
COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def require_zensical() -> None:
    """Raises MissingEngineError, with the command that mends it, where Zensical is not installed."""
    try:
        import zensical  # noqa: F401, PLC0415 — an extra that only this needs
    except ImportError as error:
        raise MissingEngineError(
            "--engine zensical needs Zensical, which is not installed: run `pip install clausebook[zensical]`, "
            "or build with MkDocs, without --engine"
        ) from error


def render_zensical_config(config: str) -> str:
    """The zensical.yml that stands beside the file `config`: the same site, but below that very folder."""
    return json.dumps({"INHERIT": Path(config).name, "site_dir": SITE})


def build_with_zensical(root: Path, config: str, site: Path) -> None:
    """Build the tree below `root` that starts from its file `config` into `site`; raises SiteError with Zensical's own words."""
    from zensical import build  # noqa: PLC0415 — see above

    folder = (root / config).parent
    write_files(folder, {CONFIG: render_zensical_config(config)})
    _write_titles_as_text(root)
    with _heard() as said:
        try:
            build(str(folder / CONFIG), {"clean": False, "strict": False})  # strict is as mkdocs.yml says
        except Exception as error:  # it has no class for what its compiled part raises
            raise SiteError(f"{config}: {error}\n{said()}") from error
    with_policy = runpy.run_path(str(root / POLICY))["with_policy"]
    for page in (folder / SITE).rglob("*.html"):
        page.write_text(with_policy(page.read_text(encoding="utf-8"), (SEARCH_STYLE,)), encoding="utf-8", newline="\n")
    (folder / SITE).rename(site)


def _write_titles_as_text(root: Path) -> None:
    """What overrides/escaped_titles.py does: Zensical's theme writes the titles of pages as they are."""
    for page in root.rglob("*.md"):
        text = page.read_text(encoding="utf-8")
        safe = TITLE.sub(lambda found: found[0].replace("<", "&lt;"), text, count=1)
        page.write_text(safe, encoding="utf-8", newline="\n")


@contextmanager
def _heard() -> Iterator[Callable[[], str]]:
    """Keeps what Zensical says meanwhile, which its compiled part writes to the process' own output, past Python's."""
    own = (1, 2)
    sys.stdout.flush()
    sys.stderr.flush()
    kept = [os.dup(one) for one in own]
    with TemporaryFile() as heard:
        for one in own:
            os.dup2(heard.fileno(), one)

        def said() -> str:
            heard.seek(0)
            return COLOURS.sub("", heard.read().decode("utf-8", "replace"))

        try:
            yield said
        finally:
            for one, before in zip(own, kept, strict=True):
                os.dup2(before, one)
                os.close(before)
