"""The sites as a reader gets them: built once, served by a plain web host, and opened from a folder."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from browser_kit import PHONE, opened, served
from clausebook.pages.hub import COLUMNS
from made_once import made_once
from made_up import write_handbook

from .kinds import KINDS
from .visits import Visit, visit_page

ROOT = Path(__file__).parents[2]
HANDBOOK = ("content", "trusts", "quizzes", "overrides", "mkdocs.yml")
MANY = int(os.environ.get("TRUSTS", 2 * COLUMNS + 1))  # a third page of columns, a second of what is told in full
AS_OF = "2026-11-20"  # a day on which some reviews are overdue, so that the banner is among what is tested


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def visit(kind: str, request: pytest.FixtureRequest) -> Visit:
    """What was seen on the one visit to this kind of page."""

    def make(folder: Path) -> None:
        browser, web, from_folder = (request.getfixturevalue(name) for name in ("browser", "web", "folder"))
        seen = visit_page(browser, web, from_folder, KINDS[kind])
        (folder / "seen.json").write_text(json.dumps(asdict(seen)), encoding="utf-8")

    return Visit(**json.loads((made_once(f"visit-{kind}", make) / "seen.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def site() -> Path:
    """The site, built from a copy of the handbook: a build at the same time in the checkout does not disturb it."""

    def make(handbook_folder: Path) -> None:
        for name in HANDBOOK:
            source = ROOT / name
            (shutil.copytree if source.is_dir() else shutil.copy)(source, handbook_folder / name)
        build(handbook_folder, "--as-of", AS_OF)

    return made_once("handbook", make) / "site"


@pytest.fixture(scope="session")
def many() -> Path:
    """The site of more trusts than a page has room for: MANY, made up."""
    return (
        made_once("many", lambda folder: build(write_handbook(folder / "handbook", MANY), "--as-of", AS_OF))
        / "handbook/site"
    )


def build(handbook_folder: Path, *options: str) -> Path:
    """The site of a handbook, without PDFs."""
    command = [sys.executable, "-m", "clausebook", "build", "--no-pdf", "--quiet", "--handbook", handbook_folder]
    subprocess.run([*command, *options], cwd=ROOT, check=True)
    return handbook_folder / "site"


@pytest.fixture(scope="session")
def web(site: Path) -> Iterator[str]:
    """The address of the site on a web host, with a slash at its end."""
    with served(site) as address:
        yield address


@pytest.fixture(scope="session")
def folder(site: Path) -> str:
    """The address of the site opened from a folder, with a slash at its end."""
    return site.as_uri() + "/"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that has never seen the site, at desk size."""
    with opened(browser) as context:
        yield context


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    with opened(browser, viewport=PHONE, has_touch=True) as context:
        yield context.new_page()


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A browser without JavaScript."""
    with opened(browser, java_script_enabled=False) as context:
        yield context.new_page()


@pytest.fixture(scope="session")
def records(site: Path) -> Callable[[str], list[dict[str, Any]]]:
    """The records of one published data file, by its name."""
    return lambda name: json.loads((site / "data" / f"{name}.json").read_text(encoding="utf-8"))
