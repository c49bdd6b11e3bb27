"""A build becomes visible whole or not at all, and the same input gives the same bytes."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import pytest

from clausebook.build.publish import staged_site
from made_once import OWN_CACHE
from quiz_copies import copy_quizzes

ROOT = Path(__file__).parent.parent
ENV = {**os.environ, "PYTHONPATH": str(ROOT)}
COMMAND = [sys.executable, "-m", "clausebook"]


def handbook_folder(folder: Path, *trusts: str) -> Path:
    """A copy of this handbook with only `trusts` in it."""
    for name in ("content", "overrides"):
        shutil.copytree(ROOT / name, folder / name)
    copy_quizzes(folder, trusts)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    for trust in trusts:
        shutil.copytree(ROOT / "trusts" / trust, folder / "trusts" / trust)
    return folder


def small_handbook(folder: Path) -> Path:
    """The made-up handbook with this one's looks, and without its quiz, whose questions would have to be read again after an edit."""
    shutil.copytree(ROOT / "tests" / "handbook", folder, dirs_exist_ok=True)
    for name in ("content/pages", "overrides"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    (folder / "trusts/sample/quizzes.yml").unlink()
    return folder


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments], cwd=folder, env=ENV | environment, capture_output=True, text=True, check=False
    )


def digests(site: Path) -> dict[str, str]:
    files = sorted(path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    folder = handbook_folder(tmp_path_factory.mktemp("built"), "att", "lwlat")
    done = run(folder, "build", "--no-pdf", "--as-of", "2026-11-20")
    assert done.returncode == 0, done.stderr
    return folder


def test_the_calendar_of_reviews_is_among_the_downloads(built: Path) -> None:
    assert (built / "site/downloads/reviews.ics").read_bytes().count(b"BEGIN:VEVENT") == 2


def test_progress_is_plain_lines_where_there_is_no_terminal(built: Path, tmp_path: Path) -> None:
    done = run(built, "build", "--no-pdf", "--as-of", "2026-11-20", "--site", str(tmp_path / "site"))
    assert re.findall(r"^\[\d/6\] site of (\w+)$", done.stderr, re.MULTILINE)
    assert "Published the hub and 2 trust sites" in done.stdout


def test_quiet_says_nothing(built: Path, tmp_path: Path) -> None:
    done = run(built, "build", "--no-pdf", "--quiet", "--site", str(tmp_path / "site"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_same_input_gives_the_same_bytes(built: Path, tmp_path: Path) -> None:
    other = handbook_folder(tmp_path / "elsewhere", "att", "lwlat")
    assert (
        run(other, "build", "--no-pdf", "--quiet", "--as-of", "2026-11-20", PYTHONHASHSEED="7", **OWN_CACHE).returncode
        == 0
    )
    assert digests(other / "site") == digests(built / "site")


def test_names_and_headings_are_text_wherever_they_stand(tmp_path: Path) -> None:
    folder = handbook_folder(tmp_path, "att")
    trust, revision = folder / "trusts/att/trust.yml", folder / "trusts/att/social-media/2018-09.yml"
    trust.write_text(re.sub("(?m)^name: .*$", """name: 'Foo" onmouseover="bar()" & sons'""", trust.read_text()))
    text = re.sub(
        "(?m)^    heading: .*$", "    heading: |\n      Scope: ~all~\n      # of it", revision.read_text(), count=1
    )
    revision.write_text(text)
    assert run(folder, "build", "--no-pdf", "--quiet").returncode == 0
    page = (folder / "site/att/social-media/index.html").read_text()
    assert 'onmouseover="' not in page
    first = re.search("(?s)sections:.*?- id: (.*?)\n", text)[1]
    assert re.search(rf'<h2 id="{first}">1 Scope: ~all~ # of it<', page)


@pytest.mark.skipif(not os.access("/dev/shm", os.W_OK), reason="needs a second file system")
def test_a_site_on_another_file_system_is_swapped_in_too() -> None:
    with tempfile.TemporaryDirectory(dir="/dev/shm") as there, tempfile.TemporaryDirectory() as here:
        site, build = Path(there) / "new" / "site", Path(here) / "build"
        for state in ("first", "second"):
            with staged_site(site, build) as staging:
                (staging / "index.html").write_text(state)
            assert (site / "index.html").read_text() == state


def test_one_trust_is_built_and_the_others_stay(tmp_path: Path) -> None:
    folder = handbook_folder(tmp_path, "att", "lwlat")
    assert run(folder, "build", "--no-pdf", "--quiet").returncode == 0
    before = digests(folder / "site")
    revision = folder / "trusts/att/social-media/2018-09.yml"
    revision.write_text(
        revision.read_text().replace(
            "This policy may be amended at any time.", "This policy may be amended on any day."
        )
    )
    assert run(folder, "build", "--no-pdf", "--quiet", "--trust", "att").returncode == 0
    after = digests(folder / "site")
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert "att/social-media/index.html" in changed
    assert "data/clauses.json" in changed
    assert not any(name.startswith("lwlat/") for name in changed)
    kept = folder / "build/previous-site/data/clauses.json"
    assert "at any time." in kept.read_text(), "the site before is kept as it was"


def test_a_mistake_in_one_file_leaves_the_site_untouched(tmp_path: Path) -> None:
    folder = handbook_folder(tmp_path, "att")
    assert run(folder, "build", "--no-pdf", "--quiet").returncode == 0
    before = digests(folder / "site")
    trust = folder / "trusts/att/trust.yml"
    trust.write_text(trust.read_text().replace("palette:", "pallete:"))
    done = run(folder, "build", "--no-pdf")
    assert done.returncode == 1
    assert "trusts/att/trust.yml:3:1: P101 `pallete` is not a field here" in done.stderr
    assert "write `palette`" in done.stderr
    assert "Traceback" not in done.stderr
    assert digests(folder / "site") == before


@pytest.mark.parametrize("after", [0.5, 1.5, 2.5, 3.5])
def test_a_build_that_is_killed_leaves_the_site_whole(built: Path, tmp_path: Path, after: float) -> None:
    site = tmp_path / "site"
    shutil.copytree(built / "site", site)
    before = digests(site)
    process = subprocess.Popen(
        [*COMMAND, "build", "--no-pdf", "--quiet", "--as-of", "2026-11-20", "--site", str(site)],
        cwd=built, env=ENV | OWN_CACHE, start_new_session=True,
    )  # fmt: skip
    time.sleep(after)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert digests(site) == before


def test_an_exception_while_staging_leaves_the_site(tmp_path: Path) -> None:
    site, build = tmp_path / "site", tmp_path / "build"
    site.mkdir()
    (site / "index.html").write_text("good")
    with pytest.raises(RuntimeError), staged_site(site, build) as staging:
        (staging / "index.html").write_text("half")
        raise RuntimeError
    assert (site / "index.html").read_text() == "good"


def test_a_build_killed_between_its_two_renames_is_mended_by_the_next(tmp_path: Path) -> None:
    site, build = tmp_path / "site", tmp_path / "build"
    (build / "previous-site").mkdir(parents=True)
    (build / "previous-site/index.html").write_text("good")
    with pytest.raises(RuntimeError), staged_site(site, build):
        raise RuntimeError
    assert (site / "index.html").read_text() == "good"


def test_generate_writes_trees_that_plain_mkdocs_builds_alike(built: Path, tmp_path: Path) -> None:
    folder = handbook_folder(tmp_path, "att", "lwlat")
    assert run(folder, "generate", "--no-pdf", "--as-of", "2026-11-20").returncode == 0
    plain = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    environment = ENV | {"SOURCE_DATE_EPOCH": "1795132800", "NO_MKDOCS_2_WARNING": "1"}
    for config in ("mkdocs.yml", "build/trusts/att/mkdocs.yml"):
        done = subprocess.run(
            [*plain, "-f", config], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    expected = digests(built / "site")
    plain_files = digests(folder / "site")
    assert plain_files == {name: expected.get(name) for name in plain_files}
    assert "att/social-media/index.html" in plain_files
    assert "compare/questions/index.html" in plain_files
    assert "att/search/search_index.js" in plain_files


def test_serve_builds_again_and_tells_the_page(tmp_path: Path) -> None:
    folder = handbook_folder(tmp_path, "att")
    process = subprocess.Popen(
        [*COMMAND, "serve", "--no-pdf", "--port", "0"], cwd=folder, env=ENV | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    try:
        said = process.stdout.readline()
        while "http://" not in said:
            said = process.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+/", said)[0]
        page = address + "att/social-media/index.html"
        assert "amended at any time" in fetch(page)
        assert "/__reload.js" in fetch(page)
        assert "/__reload.js" not in (folder / "site/att/social-media/index.html").read_text()
        revision = folder / "trusts/att/social-media/2018-09.yml"
        good = revision.read_text()
        revision.write_text(good.replace("modality: must-not", "modality: mustnt", 1))
        wait_for(process, "Not built")
        assert "amended at any time" in fetch(page), "the last good state is still served"
        revision.write_text(good.replace("amended at any time", "amended on any day"))
        wait_for(process, "Built again")
        assert "amended on any day" in fetch(page)
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(20) in (0, 130)


def fetch(address: str) -> str:
    with urllib.request.urlopen(address) as answer:
        return answer.read().decode()


def wait_for(process: subprocess.Popen[str], words: str) -> None:
    while words not in (line := process.stdout.readline()):
        assert line, f"serve ended before it said “{words}”"
