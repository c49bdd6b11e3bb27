"""P701, P705: a file of the looks that leads out of the handbook, takes in one from outside, or runs a script of its own in a page.

`content/pages` and `overrides` are published, or written into what is published: what lies there must be the handbook's own.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from clausebook.load import Loaded
from clausebook.looks import FOLDERS
from clausebook.model.problems import Place, Problem, shown

TEMPLATES = (".html", ".md")
TAKES_IN = re.compile(r"{%-?\s*(?:include|import|extends|from)\s+([\"'])(?P<name>.*?)\1")
INLINE = re.compile(r"<script(?![^>]*\ssrc\s*=)[^>]*>", re.IGNORECASE)
HANDLER = re.compile(r"<[a-z][^<>{}]*\s(?P<name>on[a-z]+)\s*=", re.IGNORECASE)
MAY_RUN = frozenset({"overrides/theme/404.html", "content/pages/evidence/verify.html"})
"""The engine's own pages that carry their script with them: a page for whatever address, and a page that is one file."""


def check_looks(loaded: Loaded) -> Iterator[Problem]:
    root = loaded.root.resolve()
    for folder in FOLDERS:
        for path in _files(loaded.root / folder):
            name = path.relative_to(loaded.root).as_posix()
            if not path.resolve().is_relative_to(root):
                yield Problem(
                    Place(name), "P701", "this leads out of the handbook's folder, or nowhere", "what is published must be what is in the handbook",
                    "put the file itself here instead of a link",
                )  # fmt: skip
            elif path.suffix in TEMPLATES and path.is_file():
                yield from _template(path, name)


def _files(folder: Path) -> Iterator[Path]:
    """Every file and every link below `folder`, or that folder where it is a link itself."""
    if folder.is_symlink():
        yield folder
        return
    for where, folders, files in os.walk(folder):
        here = Path(where)
        yield from (here / name for name in sorted([*files, *(one for one in folders if (here / one).is_symlink())]))


def _template(path: Path, name: str) -> Iterator[Problem]:
    text = path.read_text(encoding="utf-8", errors="replace")
    for found in TAKES_IN.finditer(text):
        if found["name"].startswith(("/", "\\")) or ".." in re.split(r"[/\\]", found["name"]):
            yield _problem(name, text, found, f"`{shown(found['name'])}` lies outside the templates", "a page is made of the handbook's own files",
                           "copy what you need into the folder of this template, and name it from there")  # fmt: skip
    if name in MAY_RUN:
        return
    for pattern, what in (
        (INLINE, "a script is in this template"),
        (HANDLER, "an attribute of this template runs a script"),
    ):
        if ran := pattern.search(text):
            yield _problem(name, text, ran, what, "the policy of every page allows only files of the site, so that no text can come to life",
                           "put the script in a file below overrides/scripts/site, and name it in `src` as assets/javascripts/…")  # fmt: skip


def _problem(name: str, text: str, found: re.Match[str], what: str, why: str, fix: str) -> Problem:
    line = text.count("\n", 0, found.start()) + 1
    column = found.start() - text.rfind("\n", 0, found.start())
    source = text.splitlines()[line - 1]
    return Problem(Place(name, line, column, len(found[0].splitlines()[0])), "P705", what, why, fix, source)
