"""What many tests start from."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

import made_once
from browser_kit import launch
from clausebook.check.library import read_handbook
from clausebook.cli import main
from clausebook.model.handbook import Handbook
from clock import set_clock, set_terminal

set_clock()
set_terminal()
LONGEST = (  # begun last, they would keep one process busy alone
    "hostile/test_pages.py", "hostile/test_broken_input.py", "test_publish.py", "test_cache.py", "test_pdfs.py", "acks/test_evidence.py",
    "collect/test_heaps.py", "collect/test_hostile.py", "test_build.py", "browser/test_many_trusts.py", "browser/test_accessibility.py",
    "acks/test_campaign_played.py", "test_briefs.py", "collect/test_sealed.py", "browser/test_serve.py",
)  # fmt: skip

Clausebook = Callable[..., subprocess.CompletedProcess[str]]


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        made_once.begin()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        made_once.end()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.path.as_posix().endswith(LONGEST))
    if order := os.environ.get("CLAUSEBOOK_TEST_ORDER"):  # a test that needs another before it then fails
        chance = {path: random.Random(f"{order} {path}").random() for path in {item.path for item in items}}
        items.sort(key=lambda item: (chance[item.path], random.Random(f"{order} {item.nodeid}").random()))


@pytest.fixture(scope="session")
def handbook() -> Handbook:
    """The real five, merged."""
    handbook, problems = read_handbook(Path(__file__).parent.parent)
    assert handbook, problems
    return handbook


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a process."""
    with sync_playwright() as playwright:
        chromium = launch(playwright.chromium)
        yield chromium
        chromium.close()


@pytest.fixture
def handbook_folder(tmp_path: Path) -> Path:
    """A copy of the small made-up handbook, free to break."""
    return Path(shutil.copytree(Path(__file__).parent / "handbook", tmp_path / "handbook"))


@pytest.fixture
def clausebook(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Clausebook:
    """The command line, run in this process; it never shows a traceback."""

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = ["clausebook", *map(str, arguments)]
        monkeypatch.setattr("sys.argv", command)
        code: object = 0
        source_date = os.environ.get("SOURCE_DATE_EPOCH")
        try:
            main()
        except SystemExit as stop:
            code = stop.code
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        assert os.environ.get("SOURCE_DATE_EPOCH") == source_date, (
            "what comes after it would take another day for today"
        )
        return subprocess.CompletedProcess(command, int(str(code or 0)), said.out, said.err)

    return run
