"""The sites as a reader gets them: built once, served by a plain web host, and opened from a folder."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from clock import at_now

from .kinds import KINDS

ROOT = Path(__file__).parents[2]
HANDBOOK = ("content", "trusts", "quizzes", "overrides", "mkdocs.yml")
AS_OF = "2026-11-20"  # a day on which some reviews are overdue, so that the banner is among what is tested
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "kind" in metafunc.fixturenames:
        metafunc.parametrize("kind", KINDS)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built from a copy of the handbook: a build at the same time in the checkout does not disturb it."""
    handbook_folder = tmp_path_factory.mktemp("handbook")
    for name in HANDBOOK:
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, handbook_folder / name)
    subprocess.run(
        [
            sys.executable,
            "-m",
            "clausebook",
            "build",
            "--no-pdf",
            "--quiet",
            "--as-of",
            AS_OF,
            "--handbook",
            handbook_folder,
        ],
        cwd=ROOT,
        check=True,
    )
    return handbook_folder / "site"


class _Host(SimpleHTTPRequestHandler):
    """A web host that serves 404.html for what it does not have, as hosts do."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *args: Any) -> None:
        pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code != HTTPStatus.NOT_FOUND:
            return super().send_error(code, message, explain)
        page = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        return self.wfile.write(page)


@pytest.fixture(scope="session")
def web(site: Path) -> Iterator[str]:
    """The address of the site on a web host, with a slash at its end."""
    with served(site) as address:
        yield address


@contextmanager
def served(site: Path) -> Iterator[str]:
    """A web host that has `site`, by its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def folder(site: Path) -> str:
    """The address of the site opened from a folder, with a slash at its end."""
    return site.as_uri() + "/"


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that has never seen the site, at desk size."""
    with _context(browser) as context:
        yield context


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    with _context(browser, viewport={"width": 390, "height": 844}, has_touch=True) as context:
        yield context.new_page()


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A browser without JavaScript."""
    with _context(browser, java_script_enabled=False) as context:
        yield context.new_page()


@contextmanager
def _context(browser: Browser, **options: Any) -> Iterator[BrowserContext]:
    settings = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce", **options}
    context = at_now(browser.new_context(**settings))
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture(scope="session")
def records(site: Path) -> Callable[[str], list[dict[str, Any]]]:
    """The records of one published data file, by its name."""
    return lambda name: json.loads((site / "data" / f"{name}.json").read_text(encoding="utf-8"))
