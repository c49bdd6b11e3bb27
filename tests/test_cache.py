"""What did not change is not built again, and what did change never stays: nothing published is ever stale."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import time
from datetime import date
from pathlib import Path

import pytest

from cache_targets import differing, keys
from clausebook.build import toolchain
from clausebook.build.cache import DAY, UNUSED, Cache, Entry
from clausebook.build.options import Folders, Options
from clausebook.build.pipeline import findings_for
from clausebook.build.plans import Plan
from clausebook.build.site_jobs import make_pages
from clausebook.build.site_plan import SiteLooks, plan_site
from clausebook.build.site_sources import SiteSource
from clausebook.build.state import BuildState, is_as_it_was, read_inputs, read_last, see_published
from clausebook.build.targets import Given, site_targets
from clausebook.check.library import read_handbook
from clausebook.files import digest
from faults import each_step, killed_at
from made_once import OWN_CACHE
from test_build import COMMAND, ENV, ROOT, digests, handbook_folder, run

ATT = "trusts/att/social-media/2018-09.yml"
SITES = {"site of hub", "site of att", "site of lwlat"}
LOOKS = {"looks of all sites"}
PACKAGES = {"packages of att", "packages of lwlat"}
AS_OF = ("--as-of", "2026-11-20")


@pytest.fixture(scope="module")
def two(tmp_path_factory) -> tuple[Path, dict[str, str]]:
    folder = handbook_folder(tmp_path_factory.mktemp("two"), "att", "lwlat")
    return folder, keys(folder)


def changed_by(two: tuple[Path, dict[str, str]], name: str, old: str, new: str) -> set[str]:
    """Which pieces must be made again when `old` in one file becomes `new`."""
    root, before = two
    path = root / name
    text = path.read_text()
    assert old in text
    try:
        path.write_text(text.replace(old, new, 1))
        return differing(before, keys(root))
    finally:
        path.write_text(text)


def of_att(*names: str) -> set[str]:
    return {f"att/downloads/social-media/{name}.pdf" for name in names}


def pdfs(names: dict[str, str]) -> set[str]:
    return {name for name in names if name.endswith(".pdf")}


def test_the_same_handbook_has_the_same_keys_wherever_it_is(two, tmp_path: Path) -> None:
    assert keys(handbook_folder(tmp_path / "elsewhere", "att", "lwlat")) == two[1]


def test_a_clause_changes_what_shows_it(two) -> None:
    assert changed_by(two, ATT, "amended at any time", "amended on any day") == {
        "site of hub", "site of att", "packages of att", *of_att("policy", "acknowledgement-form"),
        "downloads/briefs/topic-contractual-status.pdf", "downloads/briefs/topic-review-and-version.pdf",
        "downloads/checklists/union-att.pdf", "downloads/checklists/union.pdf",
    }  # fmt: skip


ALL_OF_ATT = of_att("policy", "quick-guide", "acknowledgement-form", "quiz", "quiz-answers", "platform-leaflet") | {
    "att/downloads/policies.pdf"
}  # fmt: skip
QUIZZES = {f"{trust}/downloads/social-media/quiz.pdf" for trust in ("att", "lwlat")}
CHANGES = [
    ("trusts/att/trust.yml", "#1f4e79", "#1f4e70", {"site of att", "site of hub", "packages of att", *ALL_OF_ATT}),
    ("content/everyday-words.yml", '"Snapchat"', '"Snap chats"', SITES),
    ("content/pages/trust/quiz.md", "\n", "\n\nMore.\n", SITES - {"site of hub"}),
    ("content/pages/hub/how-to-read.md", "\n", "\n\nMore.\n", {"site of hub"}),
    ("content/pages/package/index.html", "<", "<!-- --><", PACKAGES),
    ("content/pages/macros.md", "{% macro", "{# #}{% macro", SITES | PACKAGES),
    ("overrides/print/quiz.html", "<", "<!-- --><", QUIZZES),
    ("overrides/theme/main.html", "{%", "{# #}{%", SITES),
    ("overrides/theme/assets/stylesheets/clausebook.css", "{", "{ ", SITES | LOOKS),
    ("overrides/scripts/site/pick.js", "\n", "\n\n", SITES),
    ("overrides/scripts/shared/quiz.js", "\n", "\n\n", SITES | PACKAGES),
    ("overrides/scripts/package/player.js", "\n", "\n\n", PACKAGES),
    ("overrides/content_security_policy.py", "\n", "\n\n", SITES),
    ("mkdocs.yml", "site_name: ", "site_name:  ", SITES | LOOKS),
    ("overrides/mkdocs.yml", "language: en", "language:  en", SITES | LOOKS),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "expected"), CHANGES, ids=[change[0] for change in CHANGES])
def test_a_change_of_each_kind_touches_what_is_made_from_it(two, name: str, old: str, new: str, expected) -> None:
    assert changed_by(two, name, old, new) == expected


def test_shared_content_touches_whatever_shows_it(two) -> None:
    found = changed_by(two, "content/subjects/any-policy.yml", "label: Who is covered", "label: Whom it covers")
    assert found >= SITES - {"site of att"} | PACKAGES
    assert "downloads/briefs/topic-scope-people.pdf" in found
    assert not found & of_att("policy", "acknowledgement-form")


def test_a_question_of_the_quiz_touches_whatever_asks_it(two) -> None:
    found = changed_by(two, "quizzes/social-media.yml", "Decline. Contact is banned.", "Decline. Contact is forbidden.")
    assert found == SITES - {"site of hub"} | of_att("quiz", "quiz-answers") | PACKAGES, (
        "sites and packages go by the file: they are not rendered to find out"
    )


def test_the_style_of_prints_touches_every_pdf_and_nothing_else(two) -> None:
    assert changed_by(two, "overrides/print/print.css", "@font-face", "/* */@font-face") == pdfs(two[1])


def test_a_logo_touches_its_own_trust(two) -> None:
    root, before = two
    logo = root / "trusts/att/logo.svg"
    try:
        logo.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
        assert differing(before, keys(root)) == {"site of att", "site of hub", "packages of att"}
    finally:
        logo.unlink()


def test_another_day_touches_what_tells_the_day(two) -> None:
    root, before = two
    found = differing(before, keys(root, as_of=date(2026, 11, 21)))
    dated = {"att/downloads/policies.pdf", *of_att("policy")}
    assert found >= SITES | {"downloads/topics-matrix.pdf", *dated}
    assert not found & (ALL_OF_ATT - dated)


def test_without_pdfs_the_pages_are_others(two) -> None:
    root, before = two
    after = keys(root, pdf=False)
    assert differing({name: before[name] for name in after}, after) == SITES


def test_another_engine_touches_every_site(two) -> None:
    assert differing(two[1], keys(two[0], engine="zensical")) == SITES | LOOKS


@pytest.mark.parametrize(("library", "expected"), [
    ("mkdocs-material", SITES | LOOKS), ("markdown", SITES | LOOKS), ("jinja2", SITES | LOOKS | PACKAGES), ("pydantic", PACKAGES),
    ("weasyprint", None), ("pydyf", None),
])  # fmt: skip
def test_another_version_of_a_library_touches_what_it_makes(two, monkeypatch, library: str, expected) -> None:
    version_of = toolchain.version_of
    monkeypatch.setattr(toolchain, "version_of", lambda name: "99" if name == library else version_of(name))
    assert differing(two[1], keys(two[0])) == (pdfs(two[1]) if expected is None else expected)


def test_another_pango_touches_every_pdf(two, monkeypatch) -> None:
    monkeypatch.setattr("clausebook.build.targets.layout_libraries", lambda: {"libpango-1.0.so.0": "99"})
    assert differing(two[1], keys(two[0])) == pdfs(two[1])


def test_our_own_source_touches_everything(two, monkeypatch) -> None:
    monkeypatch.setattr(toolchain, "own_source", lambda: "another")
    assert differing(two[1], keys(two[0])) == set(two[1])


# From here on with real builds


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    folder = handbook_folder(tmp_path_factory.mktemp("built"), "att")
    done = run(folder, "build", "--no-pdf", "--quiet", *AS_OF, **OWN_CACHE)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def again(built: Path, tmp_path: Path) -> Path:
    """A handbook that has been built, free to change."""
    shutil.copytree(built, tmp_path / "again", symlinks=True)
    return tmp_path / "again"


def build(folder: Path, *arguments: str) -> str:
    done = run(folder, "build", "--no-pdf", *AS_OF, *arguments, **OWN_CACHE)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_nothing_new_leaves_the_site_as_it_is(built: Path) -> None:
    before = (built / "site").stat().st_ino
    assert "Nothing has changed" in build(built)
    assert (built / "site").stat().st_ino == before


def test_what_is_published_is_what_a_build_without_a_cache_publishes(again: Path, tmp_path: Path) -> None:
    style = "overrides/theme/assets/stylesheets/clausebook.css"
    for name, old, new in ((ATT, "amended at any time", "amended on any day"), (style, "{", "{ ")):
        path = again / name
        path.write_text(path.read_text().replace(old, new, 1))
        said = build(again, "--why")
        assert f"In the handbook: {name} (changed)" in said
    assert "packages of att: reused" in said
    assert "site of att: built, because of overrides/theme/assets/stylesheets/clausebook.css (changed)" in said
    build(again, "--cache", str(tmp_path / "empty"), "--site", str(tmp_path / "site"))
    assert digests(again / "site") == digests(tmp_path / "site")


def test_a_file_that_somebody_edited_in_the_site_is_made_good(again: Path) -> None:
    before = digests(again / "site")
    page = again / "site/att/index.html"
    with page.open("a") as file:  # in place, so that the cache's file is another one too
        file.write("<p>Not ours</p>")
    said = build(again, "--why")
    assert "site of hub: reused" in said
    assert digests(again / "site") == before


@pytest.mark.parametrize("harm", ["cut", "changed", "gone", "target"])
def test_a_damaged_cache_is_as_good_as_none(again: Path, harm: str) -> None:
    before = digests(again / "site")
    shutil.rmtree(again / "site")
    page = next(path for path in again.glob("build/cache/files/*/*") if path.stat().st_size > 5000)
    if harm == "cut":
        page.write_bytes(page.read_bytes()[:100])
    elif harm == "changed":
        page.write_bytes(page.read_bytes()[:-1] + b"?")
    elif harm == "gone":
        page.unlink()
    else:
        for target in again.glob("build/cache/targets/*/*"):
            target.write_bytes(target.read_bytes()[:-9])
    said = build(again, "--why")
    assert "damaged" in said
    assert digests(again / "site") == before


def test_two_handbooks_share_a_cache(built: Path, tmp_path: Path) -> None:
    first, second = (handbook_folder(tmp_path / name, "att") for name in ("first", "second"))
    command = [*COMMAND, "build", "--no-pdf", "--quiet", *AS_OF, "--cache", str(tmp_path / "shared")]
    both = [subprocess.Popen(command, cwd=folder, env=ENV) for folder in (first, second)]
    assert [one.wait() for one in both] == [0, 0]
    assert digests(first / "site") == digests(second / "site") == digests(built / "site")
    third = handbook_folder(tmp_path / "third", "att")
    said = build(third, "--why", "--cache", str(tmp_path / "shared"))
    assert ": built" not in said
    assert "site of att: reused" in said
    assert digests(third / "site") == digests(built / "site")


@pytest.mark.long
def test_a_build_that_is_killed_leaves_a_cache_to_rely_on(built: Path, tmp_path: Path) -> None:
    folder = handbook_folder(tmp_path / "killed", "att")
    for _ in range(4):
        process = subprocess.Popen(
            [*COMMAND, "build", "--no-pdf", "--quiet", *AS_OF], cwd=folder, env=ENV | OWN_CACHE, start_new_session=True
        )
        time.sleep(random.uniform(1.5, 5))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    build(folder)
    assert digests(folder / "site") == digests(built / "site")


def test_killed_at_each_step_of_keeping_a_result_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    key, files = "ab" * 32, {"a.html": b"of a", "b.html": b"of b", "c.html": b"of a"}
    for step in each_step():
        folder = tmp_path / str(step)
        killed = killed_at(step, lambda folder=folder: Cache(folder).keep(key, files))
        found = Cache(folder).find(key)
        assert (found is None) == killed
        cache = Cache(folder)
        cache.place(cache.keep(key, files), folder / "site")
        assert {path.name: path.read_bytes() for path in (folder / "site").iterdir()} == files
        if not killed:
            break
    assert step > 6


def test_a_cache_that_cannot_be_written_is_no_reason_not_to_build(built: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    folder = handbook_folder(tmp_path / "full", "att")
    cache = Cache(tmp_path / "cache")
    assert cache.find("ab" * 32) is None
    with pytest.raises(OSError, match="cache"):
        cache.keep("ab" * 32, {"a": b"a"})
    build(folder, "--cache", "/proc/nothing")
    assert digests(folder / "site") == digests(built / "site")


def test_what_changes_while_a_build_runs_is_looked_at_again(built: Path) -> None:
    folders = Folders(built, built / "site")
    last = read_last(folders)
    assert isinstance(last, BuildState)
    assert is_as_it_was(folders, last, read_inputs(folders), last.settings)
    assert not is_as_it_was(folders, last, {}, last.settings), "a handbook that could not be read"
    assert not is_as_it_was(folders, last, read_inputs(folders), dict(last.settings) | {"PDFs": "True"})
    assert see_published(built / "site", {}) == {name: tuple(seen) for name, seen in last.files.items()}


def test_a_published_file_is_read_again_where_its_size_or_time_is_another(again: Path) -> None:
    folders = Folders(again, again / "site")
    last, page = read_last(folders), again / "site/att/index.html"
    assert isinstance(last, BuildState)
    inputs, content = read_inputs(folders), page.read_bytes()

    def publish(what: bytes, *, minutes_ago: int) -> bool:
        page.unlink()
        page.write_bytes(what)
        os.utime(page, ns=(0, last.at - minutes_ago * 60 * 10**9))
        return is_as_it_was(folders, last, inputs, last.settings)

    assert publish(content, minutes_ago=10), "the same again"
    assert not publish(content[:-1] + b"?", minutes_ago=10), "of the same length"
    assert not publish(content[:-1] + b"?", minutes_ago=0), "written as it was published"
    assert publish(content, minutes_ago=0)
    (again / "site/more.html").write_text("a file of somebody's")
    assert not is_as_it_was(folders, last, inputs, last.settings)
    (again / "site/more.html").unlink()
    page.unlink()
    assert not is_as_it_was(folders, last, inputs, last.settings)


def test_a_result_is_kept_until_no_build_has_used_it_for_long(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    old, new = "aa" * 32, "bb" * 32
    for key, files in ((old, {"a": b"of the old alone", "b": b"of both"}), (new, {"b": b"of both"})):
        cache.keep(key, files)
    ago = time.time() - UNUSED - DAY
    for path in tmp_path.glob("*/*/*"):
        if path.name != new:
            os.utime(path, (ago, ago))
    cache.prune()
    assert Cache(tmp_path).find(old) is None
    assert Cache(tmp_path).find(new)
    assert len(list(tmp_path.glob("files/*/*"))) == 1


def test_from_a_shared_cache_files_are_copied(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache", shared=True)
    cache.place(cache.keep("ab" * 32, {"a.html": b"good"}), tmp_path / "site")
    (kept,) = (tmp_path / "cache").glob("files/*/*")
    kept.write_bytes(b"evil")
    assert (tmp_path / "site/a.html").read_bytes() == b"good"
    with pytest.raises(FileNotFoundError):
        cache.place(Entry({"a.html": digest(b"good")}), tmp_path / "other")


def test_what_was_not_sealed_with_the_secret_is_built_again(tmp_path: Path) -> None:
    """Somebody who can write to the cache puts in a result that holds together, or moves one to another key."""
    key, other = "ab" * 32, "cd" * 32
    ours, theirs = Cache(tmp_path, secret="builders"), Cache(tmp_path)
    theirs.keep(key, {"a.html": b"evil"})
    assert Cache(tmp_path, secret="builders").find(key) is None
    ours.keep(key, {"a.html": b"good"})
    assert Cache(tmp_path, secret="builders").find(key)
    assert Cache(tmp_path, secret="of others").find(key) is None
    ours.keep(key, {"a.html": b"good"})
    moved = tmp_path / "targets" / other[:2] / other
    moved.parent.mkdir()
    moved.write_bytes((tmp_path / "targets" / key[:2] / key).read_bytes())
    assert Cache(tmp_path, secret="builders").find(other) is None
    ours.prune()
    assert Cache(tmp_path, secret="builders").find(key)


def test_of_a_site_the_pages_that_show_a_change_are_made_again_and_no_others(again: Path) -> None:
    path = again / ATT
    path.write_text(path.read_text().replace("amended at any time", "amended on any day"))
    made = of_day(again, date(2026, 11, 20))
    assert "social-media/index.md" in made["site of att"]
    assert not made["site of att"] & {"policies/index.md", "downloads/index.md"}, "they say nothing of the text"
    topics = {"compare/topics/contractual-status/index.md", "compare/topics/review-and-version/index.md"}
    assert topics <= made["site of hub"]
    assert len(made["site of hub"]) < 12


def test_where_no_configuration_has_a_menu_every_page_is_in_it() -> None:
    config = re.sub(r"(?ms)^nav:.*?^not_in_nav:.*?\n\n", "", (ROOT / "overrides/mkdocs.yml").read_text())
    assert "navigation.tabs" in config
    pages = {"index.md": b"---\ntitle: A\n---\n", "more/index.md": b"---\ntitle: B\n---\n"}

    def titles(menu: str) -> set[str]:
        """Of the pages that a job knows."""
        looks = SiteLooks(
            {"mkdocs.yml": b"INHERIT: overrides/mkdocs.yml\n", "overrides/mkdocs.yml": (config + menu).encode()},
            {},
            "0",
        )
        job = next(iter(plan_site(SiteSource("hub", pages, {}), looks, Cache(Path("none"))).jobs))
        return set(job.args[3])

    assert titles("") == set(pages)
    assert titles("nav: [index.md]\n") == {"index.md"}


def made_by(plan: Plan) -> set[str]:
    """The pages that the jobs of a plan make; a job's last argument is its pages."""
    return {name for job in plan.jobs if job.func is make_pages for name in job.args[-1]}


def test_on_another_day_the_pages_that_tell_it_are_made_again_and_no_others(again: Path) -> None:
    made = of_day(again, date(2026, 11, 21))
    assert "social-media/quick-guide/index.md" not in made["site of att"]
    assert "compare/questions/index.md" not in made["site of hub"]
    assert len(made["site of hub"]) < 12


def test_a_template_that_tells_the_day_makes_every_page_of_it(again: Path) -> None:
    theme = again / "overrides/theme/main.html"
    theme.write_text(theme.read_text() + "<!-- {{ build_date_utc }} -->")
    build(again)
    assert "social-media/quick-guide/index.md" in of_day(again, date(2026, 11, 21))["site of att"]


def of_day(root: Path, day: date) -> dict[str, set[str]]:
    """The pages that a build of that day would make, by site."""
    folders, options, handbook = Folders(root, root / "site"), Options(day, pdf=False), read_handbook(root)[0]
    assert handbook
    findings, cache = findings_for(handbook, options), Cache(root / "build/cache")
    given = Given(folders, handbook, list(handbook.trusts), findings, options, read_inputs(folders))
    sites = (target for target in site_targets(given) if target.name.startswith("site of "))
    return {target.name: made_by(target.plan(cache)) for target in sites}
