"""A handbook's own files: mkdocs.yml holds what it may, own looks come before the engine's, and a name that pages or Windows keep is refused."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clausebook.check.library import read_handbook
from clausebook.files import read_files
from clausebook.load.names import OF_A_POLICY, OF_A_TRUST, OF_THE_HUB
from clausebook.model.problems import Problem

if TYPE_CHECKING:
    from conftest import Clausebook

ROOT = Path(__file__).parent.parent
SHARED = "overrides/mkdocs.yml"
REVISION = "trusts/sample/social-media/2024-01.yml"
KEPT_BY_FILES = {
    "_headers",
    "nginx.conf",
    "web.config",
    "index.html",
    "404.html",
    "feed.xml",
    "sitemap.xml",
    "sitemap.xml.gz",
    "favicon.ico",
}  # no id has a dot in it


@pytest.fixture
def whole(handbook_folder: Path) -> Path:
    """The small handbook with all that a site is made of."""
    for name in ("content/pages", "overrides"):
        shutil.copytree(ROOT / name, handbook_folder / name)
    shutil.copy(ROOT / "mkdocs.yml", handbook_folder / "mkdocs.yml")
    assert problems_of(handbook_folder) == []
    return handbook_folder


def problems_of(handbook_folder: Path) -> list[Problem]:
    return read_handbook(handbook_folder)[1]


def only(handbook_folder: Path) -> Problem:
    (problem,) = problems_of(handbook_folder)
    return problem


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  - overrides/escaped_titles.py\n", "  - overrides/escaped_titles.py\n  - overrides/mine.py\n", "`overrides/mine.py` is none of the hooks"),
        ("  - overrides/escaped_titles.py\n", "  - /tmp/escaped_titles.py\n", "`/tmp/escaped_titles.py` is none of the hooks"),
        ("docs_dir: build/hub", "docs_dir: /etc", "`docs_dir` is not build/hub"),
        ("site_dir: site", "site_dir: ..", "`site_dir` is not site"),
        ("  font: false", "  font: {text: Roboto}", "`theme.font` is not false"),
        ("  - offline\n", "  - offline\n  - macros\n", "`macros` is none of the plugins"),
        ("  - attr_list\n", "  - attr_list\n  - pymdownx.snippets: {base_path: /etc}\n", "`pymdownx.snippets` is none of the markdown extensions"),
        ("extra_css:\n", "extra_css:\n  - https://fonts.example.org/a.css\n", "is no file of the handbook"),
        ("extra_javascript:\n", "extra_javascript:\n  - ../../secrets.js\n", "is no file of the handbook"),
        ("site_name: Clausebook", "INHERIT: ../other.yml\nsite_name: Clausebook", "`INHERIT` is not for this file"),
        ("site_name: Clausebook", "site_nam: Clausebook", "`site_nam` is not for this file"),
        ("  variant: classic", "  static_templates: [a.html]", "`static_templates` is not for this file"),
    ],
)  # fmt: skip
def test_what_all_sites_share_holds_what_it_may(whole: Path, old: str, new: str, said: str) -> None:
    path = whole / SHARED
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))
    problem = only(whole)
    assert (problem.code, problem.place.file) == ("P704", SHARED)
    assert said in problem.what


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("site_name: Ours\n", "`INHERIT` is missing"),
        ("INHERIT: ../other.yml\n", "`INHERIT` is not overrides/mkdocs.yml"),
        (f"INHERIT: {SHARED}\nsite_dir: ..\n", "`site_dir` is not site"),
        (f"INHERIT: {SHARED}\ntheme: readthedocs\n", "`theme.name` is missing"),
        (f"INHERIT: {SHARED}\ntheme: {{font: Roboto}}\n", "`theme.font` is not false"),
        (f"INHERIT: {SHARED}\nplugins: [macros]\n", "`macros` is none of the plugins"),
    ],
)
def test_and_so_does_mkdocs_yml(whole: Path, text: str, said: str) -> None:
    (whole / "mkdocs.yml").write_text(text)
    found = problems_of(whole)
    assert {(problem.code, problem.place.file) for problem in found} == {("P704", "mkdocs.yml")}
    assert said in found[0].what


OURS = "hooks: # for a plain `mkdocs build`; clausebook adds them whatever is here\n  - overrides/content_security_policy.py\n  - overrides/escaped_titles.py\n  - overrides/unused_files.py\n"


@pytest.mark.parametrize("hooks", ["", "hooks: []\n", "hooks:\n  - overrides/escaped_titles.py\n"])
def test_pages_carry_their_policy_whatever_mkdocs_yml_says_of_hooks(
    whole: Path, tmp_path: Path, clausebook: Clausebook, hooks: str
) -> None:
    path, sites = whole / SHARED, (tmp_path / "as-it-is", tmp_path / "without")
    for site, text in zip(sites, (path.read_text(), path.read_text().replace(OURS, hooks)), strict=True):
        path.write_text(text)
        done = clausebook("build", "--no-pdf", "--quiet", "--as-of", "2026-11-29", "--handbook", whole, "--site", site)
        assert done.returncode == 0, done.stderr
    assert OURS not in path.read_text()
    with_hooks, without = (read_files(site) for site in sites)
    assert [
        name for name in without if name.endswith(".html") and b"Content-Security-Policy" not in without[name]
    ] == []
    assert without == with_hooks


@pytest.mark.parametrize(
    "value", ["!ENV HOME", "!!python/object/apply:os.system ['touch PWNED']", "!relative $config_dir"]
)
def test_no_tag_is_obeyed(whole: Path, clausebook: Clausebook, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.chdir(whole)
    path = whole / "mkdocs.yml"
    path.write_text(path.read_text().replace("site_name: Clausebook", f"site_name: {value}"))
    assert [one.code for one in problems_of(whole)] == ["P005"]
    done = clausebook("build", "--no-pdf", "--handbook", whole)
    assert (done.returncode, (whole / "PWNED").exists()) == (1, False)


@pytest.mark.parametrize(("old", "new"), [
    ("site_name: Clausebook", "site_name: Our policies\nsite_url: https://policies.example.org/"), ("    - navigation.top\n", ""),
    ("extra_css:\n", "extra_css:\n  - assets/stylesheets/ours.css\n"), ("  - search:\n", "  - search:\n      lang: en\n"),
])  # fmt: skip
def test_what_may_differ_differs(whole: Path, old: str, new: str) -> None:
    path = whole / SHARED
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))
    assert problems_of(whole) == []


@pytest.mark.parametrize(
    "name", ["overrides/theme/assets/secret.txt", "content/pages/hub/home.md", "overrides/print/print.css"]
)
def test_a_link_out_of_the_handbook_is_not_published(whole: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    (whole / name).unlink(missing_ok=True)
    (whole / name).symlink_to(tmp_path / "secret.txt")
    problem = only(whole)
    assert (problem.code, problem.place.file) == ("P701", name)


def test_nor_is_a_folder_that_is_a_link(whole: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (whole / "overrides/theme/assets/more").symlink_to(tmp_path / "elsewhere")
    assert (only(whole).code, only(whole).place.file) == ("P701", "overrides/theme/assets/more")


def test_a_link_within_the_handbook_may_stand(whole: Path) -> None:
    (whole / "overrides/theme/assets/again.css").symlink_to(whole / "overrides/theme/assets/stylesheets/clausebook.css")
    assert problems_of(whole) == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{% include "../../../secrets.txt" %}', "lies outside the templates"),
        ('{% include "/etc/passwd" %}', "lies outside the templates"),
        ("{%- import '../x.md' as x %}", "lies outside the templates"),
        ("<script>alert(1)</script>", "a script is in this template"),
        ('<script type="module">alert(1)</script>', "a script is in this template"),
        ('<img alt="" src="a.png" onerror="alert(1)">', "runs a script"),
    ],
)  # fmt: skip
def test_a_template_takes_in_its_own_and_runs_nothing(whole: Path, line: str, said: str) -> None:
    path = whole / "content/pages/hub/home.md"
    path.write_text(f"{path.read_text()}\n{line}\n")
    problem = only(whole)
    assert (problem.code, problem.place.file, problem.place.line) == (
        "P705",
        "content/pages/hub/home.md",
        len(path.read_text().splitlines()),
    )
    assert said in problem.what


@pytest.mark.parametrize("name", ["con", "nul", "com1", "lpt9", "pagefind", "compare", "assets"])
def test_a_trust_has_no_name_that_the_hub_or_windows_keeps(handbook_folder: Path, name: str) -> None:
    (handbook_folder / "trusts/sample").rename(handbook_folder / "trusts" / name)
    assert {(one.code, one.place.file) for one in problems_of(handbook_folder)} >= {("P703", f"trusts/{name}")}


@pytest.mark.parametrize("name", ["console", "companion", "pagefinder", "auxiliary"])
def test_a_name_that_only_begins_so_is_a_name(handbook_folder: Path, name: str) -> None:
    (handbook_folder / "trusts/sample").rename(handbook_folder / "trusts" / name)
    assert not [one for one in problems_of(handbook_folder) if one.code == "P703"]


def test_a_clause_has_no_id_of_a_pages_own_parts(handbook_folder: Path) -> None:
    text = (handbook_folder / REVISION).read_text()
    (handbook_folder / REVISION).write_text(re.sub(r"\bturn-down\b", "cb-content", text))
    assert [(one.code, one.what) for one in problems_of(handbook_folder)][:1] == [
        ("P207", "`cb-content` cannot be an id here")
    ]


def test_every_name_that_is_published_is_kept(tmp_path: Path) -> None:
    """What stands beside the trusts, beside the policies and beside the revisions in a real site is what no folder may be called."""
    handbook_folder = tmp_path / "handbook"
    shutil.copytree(ROOT / "generator/clausebook/starter", handbook_folder)
    from click.testing import CliRunner

    from clausebook.cli import cli

    done = CliRunner().invoke(cli, ["build", "--no-pdf", "--quiet", "--drafts", "--handbook", str(handbook_folder)])
    assert done.exit_code == 0, done.output
    trust = "larkhill-example"
    home, site = handbook_folder / "trusts" / trust, handbook_folder / "site"
    policies = {one.name for one in home.iterdir() if one.is_dir()} - {"academies"}
    assert len(policies) > 1
    for folder, kept, own in (
        (site, OF_THE_HUB, {trust}),
        (site / trust, OF_A_TRUST, policies),
        *(
            (site / trust / one, OF_A_POLICY, {revision.stem for revision in (home / one).iterdir()})
            for one in policies
        ),
    ):
        there = {one.name for one in folder.iterdir()} - own - KEPT_BY_FILES
        assert there <= kept, folder
