"""`clausebook serve`, with a browser open beside it: what somebody edits is there without a click."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from clausebook.build.publish import staged_site
from test_build import small_handbook

ROOT = Path(__file__).parents[2]
REVISION = "trusts/sample/social-media/2024-01.yml"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_handbook(tmp_path_factory.mktemp("served"))


@pytest.fixture(scope="module")
def said(folder: Path) -> Iterator[str]:
    """The file that holds what the command says."""
    with (folder.parent / "said.txt").open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "clausebook", "serve", "--no-pdf", "--port", "0", "--handbook", folder],
            cwd=ROOT, env=os.environ | {"PYTHONUNBUFFERED": "1"}, stdout=out, stderr=out,
        )  # fmt: skip
        yield out.name
        process.send_signal(signal.SIGINT)
        assert process.wait(60) in (0, 130)


@pytest.fixture
def served(said: str, page: Page) -> str:
    """The address of what is served, once it is."""
    for _ in range(600):
        if found := re.search(r"http://127\.0\.0\.1:\d+/", Path(said).read_text()):
            return found[0]
        page.wait_for_timeout(100)
    raise AssertionError(Path(said).read_text())


def edit(folder: Path, name: str, before: str, after: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def reword(folder: Path, words: str) -> None:
    """The revision as it was at first, but for `words`: no test needs what another wrote."""
    text = (ROOT / "tests/handbook" / REVISION).read_text(encoding="utf-8")
    (folder / REVISION).write_text(text.replace("Staff must not", words, 1), encoding="utf-8")


@contextmanager
def until_said(said: str, words: str, page: Page) -> Iterator[None]:
    """Waits at its end until `words` were said once more."""
    before = Path(said).read_text().count(words)
    yield
    for _ in range(600):
        if Path(said).read_text().count(words) > before:
            return
        page.wait_for_timeout(100)
    raise AssertionError(Path(said).read_text())


def test_an_edit_is_shown_without_a_click(served: str, said: str, folder: Path, page: Page) -> None:
    console: list[str] = []
    page.on("console", lambda one: console.append(f"{one.type}: {one.text}"))
    page.goto(f"{served}sample/social-media/index.html")
    loads: list[str] = []
    page.on("load", lambda _: loads.append(page.url))
    with until_said(said, "Built again.", page):
        reword(folder, "Staff must never, ever,")
        expect(page.get_by_text("Staff must never, ever,").first).to_be_visible(timeout=60_000)
    page.wait_for_timeout(1000)
    assert len(loads) == 1, "a page reloads when it has changed, and not for the rest of the build"
    assert "Staff must never, ever," in (folder / "site/sample/social-media/index.html").read_text(encoding="utf-8")
    assert [one for one in console if one.startswith(("error", "warning"))] == []


def test_a_second_edit_does_not_wait_for_the_first_to_be_published(
    served: str, said: str, folder: Path, page: Page
) -> None:
    page.goto(f"{served}sample/social-media/index.html")
    with until_said(said, "Built again.", page):
        reword(folder, "Staff must not, today,")
        expect(page.get_by_text("Staff must not, today,").first).to_be_visible(timeout=60_000)
        reword(folder, "Staff must not, this week,")
        expect(page.get_by_text("Staff must not, this week,").first).to_be_visible(timeout=60_000)
    page.wait_for_timeout(1000)
    expect(page.get_by_text("Staff must not, this week,").first).to_be_visible()
    assert "Staff must not, this week," in (folder / "site/sample/social-media/index.html").read_text(encoding="utf-8")


def test_a_stylesheet_is_shown_too(served: str, said: str, folder: Path, page: Page) -> None:
    page.goto(f"{served}sample/social-media/index.html")
    path = folder / "overrides/theme/assets/stylesheets/clausebook.css"
    with until_said(said, "Built again.", page):
        path.write_text(path.read_text(encoding="utf-8") + "h1 { letter-spacing: 3px !important }\n", encoding="utf-8")
        expect(page.locator("h1").first).to_have_css("letter-spacing", "3px", timeout=60_000)


def test_a_mistake_in_a_template_leaves_the_last_good_site(served: str, said: str, folder: Path, page: Page) -> None:
    page.goto(f"{served}index.html")
    with until_said(said, "Not built: ", page):
        edit(folder, "content/pages/hub/home.md", "{%", "{% nonsense %}{%")
    assert "nonsense" in Path(said).read_text()
    assert page.request.get(f"{served}index.html").ok
    edit(folder, "content/pages/hub/home.md", "{% nonsense %}{%", "{%")  # as it was: nothing is to be built


def test_a_build_elsewhere_is_waited_for(served: str, said: str, folder: Path, page: Page) -> None:
    page.goto(f"{served}sample/social-media/index.html")
    with until_said(said, "Built again.", page):
        with pytest.raises(ZeroDivisionError), staged_site(folder / "site", folder / "build"):
            with until_said(said, "Not built yet: ", page):
                reword(folder, "Staff must not at all")
            raise ZeroDivisionError
        expect(page.get_by_text("Staff must not at all").first).to_be_visible(timeout=60_000)


@pytest.mark.parametrize("before", ["", "__shown/"])
@pytest.mark.parametrize("up", ["..", "%2e%2e", "x/../.."])
def test_nothing_outside_the_site_is_served(before: str, up: str, served: str, folder: Path) -> None:
    """Asked byte for byte: a browser takes the dots out of an address before it asks."""
    assert (folder / "mkdocs.yml").is_file(), "it lies right above the site"
    asked = HTTPConnection(urlsplit(served).netloc)
    asked.request("GET", f"/{before}{up}/mkdocs.yml")
    assert asked.getresponse().status == 404
    asked.close()


def test_a_taken_port_is_told_at_once_and_nothing_is_built(handbook_folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "clausebook", "serve", "--port", str(port), "--handbook", handbook_folder],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert f"port {port} is taken: stop what listens there, or name another with --port" in done.stderr
    assert not (handbook_folder / "site").exists()
    assert not (handbook_folder / "build").exists()
