"""What is published is whole at every moment: when a build is killed, when two run at once, when a disk is full or not ours."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from clausebook.build import publish as ours
from clausebook.build.link_check import BrokenSiteError, check_links
from clausebook.build.page_facts import read_pages
from clausebook.build.publish import BusyError, NothingKeptError, roll_back, staged_site
from clausebook.cli.options import MARK
from clausebook.files import names_below
from faults import each_step, killed_at
from made_once import OWN_CACHE
from test_build import COMMAND, ENV, digests, run, small_handbook

BUILD = ("build", "--no-pdf", "--quiet", "--as-of", "2026-11-20")
REVISION = "trusts/sample/social-media/2024-01.yml"
WORDS = "of their own family"
POLICY = '<meta http-equiv="Content-Security-Policy" content="default-src none">'


def publish(site: Path, build: Path, text: str) -> None:
    with staged_site(site, build) as staging:
        (staging / "index.html").write_text(text)


def read(site: Path) -> str:
    return (site / "index.html").read_text()


def test_a_second_build_is_told_to_wait(tmp_path: Path) -> None:
    site, build = tmp_path / "site", tmp_path / "build"
    with staged_site(site, build) as staging:
        (staging / "index.html").write_text("first")
        with pytest.raises(BusyError, match=f"another build is under way in {build} .process {os.getpid()}."):
            publish(site, build, "second")
        with pytest.raises(BusyError):
            roll_back(site, build)
    assert read(site) == "first"


def test_the_site_before_can_be_brought_back_and_so_can_the_one_after(tmp_path: Path) -> None:
    site, build = tmp_path / "site", tmp_path / "build"
    publish(site, build, "first")
    with pytest.raises(NothingKeptError, match="no earlier site is kept"):
        roll_back(site, build)
    publish(site, build, "second")
    for expected in ("first", "second", "first"):
        roll_back(site, build)
        assert read(site) == expected
    publish(site, build, "third")
    roll_back(site, build)
    assert read(site) == "first"


def test_rollback_where_two_names_cannot_be_exchanged(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("clausebook.build.publish.system.exchange", lambda *_: False)
    test_the_site_before_can_be_brought_back_and_so_can_the_one_after(tmp_path)


def test_a_build_that_ended_right_after_its_swap_still_keeps_the_site_before(tmp_path: Path) -> None:
    site, build = tmp_path / "site", tmp_path / "build"
    publish(site, build, "first")
    publish(site, build, "second")
    (build / "previous-site").rename(
        build / "staging"
    )  # as a kill -9 leaves it: "second" is published, "first" not put away
    (build / "swapping").write_text(str(site.stat().st_ino))
    with pytest.raises(RuntimeError), staged_site(site, build):
        raise RuntimeError
    roll_back(site, build)
    assert read(site) == "first"


def test_two_sites_before_the_present_one_are_kept_at_most(tmp_path: Path) -> None:
    site, build = tmp_path / "site", tmp_path / "build"
    for text in ("first", "second", "third", "fourth", "fifth"):
        publish(site, build, text)
    kept = {path.name: (path / "index.html").read_text() for path in build.iterdir() if path.is_dir()}
    assert kept == {"previous-site": "fourth", "outdated-site": "third"}


@pytest.mark.parametrize("exchanged", [True, False], ids=["in one step", "in two"])
def test_killed_at_each_step_of_publishing_the_site_is_whole(tmp_path: Path, monkeypatch, exchanged: bool) -> None:
    if not exchanged:
        monkeypatch.setattr("clausebook.build.publish.system.exchange", lambda *_: False)
    found = set()
    for step in each_step():
        site, build = tmp_path / f"{step}/site", tmp_path / f"{step}/build"
        publish(site, build, "first")
        publish(site, build, "second")
        killed = killed_at(
            step, lambda site=site, build=build: publish(site, build, "third"), also=((ours.system, "exchange"),)
        )
        found.add(read(site) if site.exists() else "between two renames")
        with pytest.raises(RuntimeError), staged_site(site, build):
            raise RuntimeError
        assert (last := read(site)) in ("second", "third")
        publish(site, build, "fourth")
        assert read(site) == "fourth"
        roll_back(site, build)
        assert read(site) == last
        if not killed:
            break
    assert step > 5
    assert found == {"second", "third"} | (set() if exchanged else {"between two renames"})


def test_the_command_says_what_it_did(tmp_path: Path, clausebook) -> None:
    site = tmp_path / "site"
    for text in ("first", "second"):
        with staged_site(site, tmp_path / "build") as staging:
            (staging / MARK).parent.mkdir(parents=True)
            (staging / MARK).touch()
            (staging / "index.html").write_text(text)
    said = clausebook("rollback", "--handbook", tmp_path)
    assert (said.returncode, read(site)) == (0, "first")
    assert f"{site} is the site of" in said.stdout
    shutil.rmtree(tmp_path / "build/previous-site")
    said = clausebook("rollback", "--handbook", tmp_path)
    assert said.returncode == 2
    assert "no earlier site is kept" in said.stderr


@pytest.mark.parametrize(("page", "said"), [
    ('<a href="there.html">', None),
    ('<a href="there.html#here">', None),
    ('<a href="#own"> <p id="own">', None),
    ('<a href="folder/">', None),
    ('<a href="https://example.org/none"> <a href="mailto:a@b">', None),
    ('<a class="x" href="a%20b.html?q=1#c&amp;d">', None),
    ('<p>In words: href="none.html"</p>', None),
    ('<a href="none.html">', "index.html links to none.html, which is not there"),
    ("<script src=none.js></script>", "index.html links to none.js, which is not there"),
    ('<a href="there.html#gone">', "index.html links to there.html#gone: there is no such anchor"),
    ('<a href="#gone">', "index.html links to index.html#gone: there is no such anchor"),
    ('<a href="#colour=red">', "index.html links to index.html#colour: there is no such anchor"),
    ('<a href="../index.html">', "index.html links to ../index.html, which is not there"),
])  # fmt: skip
def test_a_link_that_leads_nowhere_stops_the_build(tmp_path: Path, page: str, said: str | None) -> None:
    for name, text in (
        ("index.html", page),
        ("there.html", '<h2 id="here">'),
        ("folder/index.html", ""),
        ("a b.html", "<p id='c&amp;d'>"),
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(POLICY + text)
    if said is None:
        check(tmp_path, "index.html")
    else:
        with pytest.raises(BrokenSiteError) as error:
            check(tmp_path, "index.html")
        assert str(error.value).splitlines()[1:] == [said]


def test_a_page_without_its_policy_stops_the_build(tmp_path: Path) -> None:
    """Whatever made it: a hook that is gone, a theme of somebody's own, an engine that runs none."""
    (tmp_path / "index.html").write_text(POLICY)
    (tmp_path / "bare.html").write_text("<p>http-equiv=Content-Security-Policy</p>")
    with pytest.raises(BrokenSiteError, match=r"bare\.html has no Content Security Policy"):
        check(tmp_path, "index.html")


def check(site: Path, promised: str) -> None:
    """As a build does it that knows nothing of the site before."""
    names = names_below(site)
    check_links(names, [promised], read_pages(site, names, site.with_name(f"{site.name}-seen")))


def test_a_page_that_is_not_there_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(BrokenSiteError, match="att/index is missing"):
        check(tmp_path, "att/index")


@pytest.fixture(scope="module")
def twice(tmp_path_factory) -> tuple[Path, str, list[dict[str, str]]]:
    """A handbook whose two states have been built, with both in its cache."""
    folder = small_handbook(tmp_path_factory.mktemp("twice"))
    states = []
    text = (folder / REVISION).read_text()
    for words in ("whom they are related to", WORDS):
        (folder / REVISION).write_text(text.replace(WORDS, words))
        done = run(folder, *BUILD, **OWN_CACHE)
        assert done.returncode == 0, done.stderr
        states.append(digests(folder / "site"))
    return folder, text, states


@pytest.mark.long
def test_a_build_that_is_killed_at_any_moment_leaves_the_site_whole(twice) -> None:
    folder, text, states = twice
    start = time.monotonic()
    (folder / REVISION).write_text(text.replace(WORDS, "whom they are related to"))
    assert run(folder, *BUILD, **OWN_CACHE).returncode == 0
    whole = time.monotonic() - start
    for turn in range(30):
        words = (WORDS, "whom they are related to")[turn % 2]
        (folder / REVISION).write_text(text.replace(WORDS, words))
        process = subprocess.Popen([*COMMAND, *BUILD], cwd=folder, env=ENV | OWN_CACHE, start_new_session=True)
        time.sleep(random.uniform(0.3, 1.2) * whole)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert digests(folder / "site") in states, "neither the one nor the other"
    assert run(folder, *BUILD, **OWN_CACHE).returncode == 0
    assert digests(folder / "site") in states


def test_of_two_builds_at_once_one_publishes_and_the_other_says_why_not(twice) -> None:
    folder, text, states = twice
    (folder / REVISION).write_text(text.replace(WORDS, "of their own household"))
    command = [*COMMAND, *BUILD]
    both = [
        subprocess.Popen(command, cwd=folder, env=ENV | OWN_CACHE, stderr=subprocess.PIPE, text=True) for _ in range(2)
    ]
    said = sorted((process.communicate()[1], process.returncode) for process in both)
    (quiet, done), (busy, refused) = said
    assert (quiet, done, refused) == ("", 0, 2), said
    assert "another build is under way" in busy
    assert "Traceback" not in busy
    site = digests(folder / "site")
    assert site not in states
    shutil.rmtree(folder / "site")
    assert run(folder, *BUILD, **OWN_CACHE).returncode == 0
    assert digests(folder / "site") == site


@pytest.fixture
def small_disk(tmp_path: Path):
    """A file system of 2 MB, which may be mounted only by root."""
    place = tmp_path / "small"
    place.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", place], capture_output=True)
    if made.returncode:
        pytest.skip("may not mount a file system here")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def good_site(site: Path) -> dict[str, str]:
    (site / MARK).parent.mkdir(parents=True)
    (site / MARK).write_text("good")
    return digests(site)


def test_a_full_disk_leaves_the_site_whole_and_says_so(twice, small_disk: Path) -> None:
    before = good_site(small_disk / "site")
    done = run(twice[0], *BUILD, "--site", str(small_disk / "site"), **OWN_CACHE)
    assert done.returncode == 2
    assert "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr
    assert digests(small_disk / "site") == before
    assert shutil.disk_usage(small_disk).free > 1_500_000, "what was made so far is taken away again"


def test_a_target_that_is_read_only_is_named_before_anything_is_built(twice, small_disk: Path) -> None:
    before = good_site(small_disk / "site")
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    done = run(twice[0], *BUILD, "--site", str(small_disk / "site"), **OWN_CACHE)
    assert done.returncode == 2
    assert str(small_disk) in done.stderr
    assert "Traceback" not in done.stderr
    assert digests(small_disk / "site") == before
