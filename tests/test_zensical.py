"""A build by Zensical instead of MkDocs: how it is asked for, and what is said where it cannot be."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

from clausebook.build.engines import SiteError
from clausebook.build.site_jobs import make_with_zensical
from made_once import CACHE
from test_build import digests

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(("page", "says"), [("[x](nowhere.md)", "page does not exist"), ("[x](#nowhere)", "anchor does not exist")])  # fmt: skip
def test_a_mistake_of_ours_is_told_in_the_words_of_zensical(page: str, says: str, capfd) -> None:
    config = b"{site_name: A, docs_dir: docs, strict: true}"
    with pytest.raises(SiteError) as error:
        make_with_zensical({"mkdocs.yml": config, "docs/index.md": page.encode()}, "mkdocs.yml", "0", "")
    assert "mkdocs.yml: Aborted" in str(error.value)
    assert says in str(error.value)
    assert "index.md:1" in str(error.value)
    assert capfd.readouterr() == ("", ""), "what it says while it works is kept from the terminal"


@pytest.fixture
def small(handbook_folder: Path) -> Path:
    """The small handbook with all that a site needs."""
    for name in ("content/pages", "overrides"):
        shutil.copytree(ROOT / name, handbook_folder / name)
    shutil.copy(ROOT / "mkdocs.yml", handbook_folder)
    return handbook_folder


def test_switching_the_engine_makes_the_sites_again_and_nothing_else(small: Path, clausebook, monkeypatch) -> None:
    monkeypatch.delenv(CACHE)
    build = ("build", "--handbook", small, "--no-pdf", "--as-of", "2026-11-20", "--jobs", "1", "--why")
    assert clausebook(*build).returncode == 0
    first = digests(small / "site")
    said = clausebook(*build, "--engine", "zensical").stdout
    assert "site of sample: built, because of engine (changed)" in said
    assert "packages of sample: reused" in said
    assert "Nothing has changed" in clausebook(*build, "--engine", "zensical").stdout
    assert digests(small / "site") != first
    assert ": built" not in clausebook(*build).stdout
    assert digests(small / "site") == first


def test_generate_writes_trees_that_plain_zensical_builds(small: Path, clausebook) -> None:
    assert clausebook("generate", "--handbook", small, "--no-pdf").returncode == 0
    for config, site in (("mkdocs.yml", "site"), ("build/trusts/sample/zensical.yml", "build/trusts/sample/site")):
        command = [sys.executable, "-m", "zensical", "build", "-f", config]
        done = subprocess.run(command, cwd=small, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert (small / site / "index.html").is_file()
    page = (small / "build/trusts/sample/site/social-media/index.html").read_text()
    assert "Quick guide" in page
    assert "Review desk" not in page, "the navigation of the hub, to which Zensical would add the trust's own"


def test_without_zensical_it_is_said_what_to_do(small: Path, clausebook, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "zensical", None)  # as on a machine without it
    done = clausebook("build", "--handbook", small, "--no-pdf", "--engine", "zensical")
    assert done.returncode == 2
    assert "--engine zensical needs Zensical, which is not installed: run `pip install clausebook[zensical]`" in done.stderr  # fmt: skip
    assert not (small / "site").exists()


def test_what_is_told_here_is_of_the_version_that_is_pinned() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    assert extras["zensical"] == [f"zensical=={metadata.version('zensical')}"]
