"""What the shell sees: 0 done, 1 the content has problems, 2 wrong command line; and a failure leaves things as they were."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Clausebook

ROOT = Path(__file__).parent.parent
REVISION = "trusts/sample/social-media/2024-01.yml"


def tree(folder: Path) -> dict[str, tuple[str, int]]:
    """Every file below `folder` with its digest, every folder, and when each was last changed."""
    return {
        path.relative_to(folder).as_posix(): (
            hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder",
            path.stat().st_mtime_ns,
        )
        for path in sorted(folder.rglob("*"))
    }


def spoil(handbook_folder: Path) -> None:
    path = handbook_folder / REVISION
    path.write_text(path.read_text().replace("modality: may", "modality: shall"))


def test_check_of_sound_content_says_so_and_writes_nothing(handbook_folder: Path, clausebook: Clausebook) -> None:
    before = tree(handbook_folder)
    done = clausebook("check", "--handbook", handbook_folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "no problems\n", "")
    assert tree(handbook_folder) == before


def test_check_of_broken_content_writes_nothing(handbook_folder: Path, clausebook: Clausebook) -> None:
    spoil(handbook_folder)
    before = tree(handbook_folder)
    done = clausebook("check", "--handbook", handbook_folder)
    assert (done.returncode, done.stdout.splitlines()[-1], done.stderr) == (1, "1 problem", "")
    assert tree(handbook_folder) == before


def test_check_reads_the_folder_it_is_run_in(
    handbook_folder: Path, monkeypatch: pytest.MonkeyPatch, clausebook: Clausebook
) -> None:
    spoil(handbook_folder)
    monkeypatch.chdir(handbook_folder)
    assert clausebook("check").stdout.startswith(f"{REVISION}:39:19: P104 ")


def test_one_trusts_site_needs_those_of_the_others(
    clausebook: Clausebook, handbook_folder: Path, tmp_path: Path
) -> None:
    shutil.copytree(handbook_folder / "trusts/sample", handbook_folder / "trusts/other")
    (handbook_folder / "trusts/other/quizzes.yml").unlink()
    done = clausebook(
        "build", "--no-pdf", "--handbook", handbook_folder, "--trust", "sample", "--site", tmp_path / "site"
    )
    assert (done.returncode, "has no site of other yet" in done.stderr) == (2, True), done.stderr
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("command", ["build", "generate"])
@pytest.mark.parametrize("options", [[], ["--quiet"], ["--trust", "sample"]])
def test_broken_content_builds_nothing_and_leaves_the_last_good_site(
    handbook_folder: Path, command: str, options: list[str], clausebook: Clausebook
) -> None:
    (handbook_folder / "site" / "sample").mkdir(parents=True)
    (handbook_folder / "site" / "index.html").write_text("<p>The last good site.\n")
    spoil(handbook_folder)
    before = tree(handbook_folder)
    done = clausebook(command, "--handbook", handbook_folder, *options)
    assert done.returncode == 1
    assert f"{REVISION}:39:19: P104 `shall` is not a modality" in done.stderr
    assert done.stderr.endswith("1 problem\nNothing was built.\n")
    assert tree(handbook_folder) == before


@pytest.mark.parametrize("command", ["build", "generate"])
def test_an_unknown_trust_is_named_with_those_that_there_are(
    handbook_folder: Path, command: str, clausebook: Clausebook
) -> None:
    before = tree(handbook_folder)
    done = clausebook(command, "--handbook", handbook_folder, "--trust", "smaple")
    assert done.returncode == 2
    assert "there is no trust 'smaple'; there are: sample" in done.stderr
    assert tree(handbook_folder) == before


@pytest.mark.parametrize("command", ["check", "build", "generate"])
def test_an_empty_folder_has_problems(tmp_path: Path, command: str, clausebook: Clausebook) -> None:
    done = clausebook(command, "--handbook", tmp_path)
    assert done.returncode == 1
    said = done.stdout + done.stderr
    assert "trusts:1:1: P702 this folder is missing" in said
    assert "or name it with --handbook" in said
    assert tree(tmp_path) == {}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "--handbook", "nowhere"], "'nowhere' does not exist"),
        (["check", "--handbook", "pyproject.toml"], "is a file"),
        (["check", "--format", "xml"], "'xml' is not one of 'text', 'github', 'json'"),
        (["check", "--fromat", "json"], "Did you mean"),
        (["chekc"], "No such command 'chekc'"),
        (["check", "more"], "unexpected extra argument"),
        (["build", "--as-of", "tomorrow"], "'tomorrow' does not match the format"),
        (["build", "--jobs", "0"], "0 is not in the range"),
        (["build", "--site", "pyproject.toml"], "is a file"),
        (["audit", "att", "social-media"], "Missing option '--source'"),
    ],
)
def test_a_wrong_command_line_is_2_and_says_why(
    arguments: list[str], said: str, monkeypatch: pytest.MonkeyPatch, clausebook: Clausebook
) -> None:
    monkeypatch.chdir(ROOT)
    done = clausebook(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


@pytest.mark.parametrize("command", ["build", "generate", "serve"])
def test_a_site_never_takes_the_place_of_something_else(
    handbook_folder: Path, command: str, clausebook: Clausebook
) -> None:
    before = tree(handbook_folder)
    done = clausebook(command, "--handbook", handbook_folder, "--site", handbook_folder / "trusts")
    assert (done.returncode, done.stdout) == (2, "")
    assert "holds something else than a site of ours" in done.stderr
    assert tree(handbook_folder) == before


def test_a_source_date_that_is_no_number_is_a_wrong_command_line(
    handbook_folder: Path, monkeypatch: pytest.MonkeyPatch, clausebook: Clausebook
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    done = clausebook("build", "--handbook", handbook_folder)
    assert done.returncode == 2
    assert "SOURCE_DATE_EPOCH is 'yesterday'" in done.stderr


@pytest.mark.parametrize(("told", "why"), [("yesterday", "it wants a moment"), ("2026-11-21T09:00", "no time zone")])
def test_a_moment_that_is_none_is_a_wrong_command_line(
    monkeypatch: pytest.MonkeyPatch, clausebook: Clausebook, told: str, why: str
) -> None:
    monkeypatch.setenv("CLAUSEBOOK_NOW", told)
    done = clausebook("findings", "--handbook", Path(__file__).parents[1])
    assert done.returncode == 2
    assert f"CLAUSEBOOK_NOW is '{told}'" in done.stderr
    assert why in done.stderr


def test_a_schema_cannot_go_where_a_file_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clausebook: Clausebook
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.chdir(tmp_path)
    for target in ("file", "file/below"):
        done = clausebook("schema", target)
        assert done.returncode == 2
        assert "file" in done.stderr


def test_the_shell_sees_it_too(handbook_folder: Path) -> None:
    command = [sys.executable, "-m", "clausebook", "check", "--handbook", str(handbook_folder)]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 0
    spoil(handbook_folder)
    assert subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
@pytest.mark.parametrize("name", ["content/glossary.yml", "trusts/sample/social-media"])
def test_what_may_not_be_read_is_a_problem(handbook_folder: Path, name: str, clausebook: Clausebook) -> None:
    (handbook_folder / name).chmod(0)
    done = clausebook("check", "--handbook", handbook_folder)
    (handbook_folder / name).chmod(0o700)
    assert done.returncode == 1
    assert f"{name}:1:1: P001 " in done.stdout
    assert done.stdout.endswith("\n1 problem\n")


def test_a_handbook_that_is_read_only_is_checked_all_the_same(handbook_folder: Path, clausebook: Clausebook) -> None:
    for path in (*handbook_folder.rglob("*"), handbook_folder):
        path.chmod(0o500 if path.is_dir() else 0o400)
    done = clausebook("check", "--handbook", handbook_folder)
    for path in (handbook_folder, *(path for path in handbook_folder.rglob("*") if path.is_dir())):
        path.chmod(0o700)
    assert (done.returncode, done.stdout) == (0, "no problems\n")
