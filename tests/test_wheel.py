"""The engine as a wheel: what is in it, and that it makes handbooks and sites without this repository."""

from __future__ import annotations

import os
import shutil
import site
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from clausebook.files import read_files
from clausebook.looks import engine_files

ROOT = Path(__file__).parent.parent
STARTER = ROOT / "generator" / "clausebook" / "starter"
NOT_KEPT = shutil.ignore_patterns("__pycache__", "*.egg-info")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made from a copy, so that nothing is left behind in the repository."""
    source = tmp_path_factory.mktemp("source")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    for name in ("generator", "content", "overrides", "trusts", "quizzes", "tests/handbook"):
        shutil.copytree(ROOT / name, source / name, ignore=NOT_KEPT)
    pip = (
        sys.executable,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
    )
    subprocess.run((*pip, "--wheel-dir", "made", "."), cwd=source, check=True)
    (made,) = (source / "made").iterdir()
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command `clausebook` of an environment that has the wheel and sees the suite's libraries, but not the repository."""
    return install(wheel, tmp_path_factory.mktemp("an environment ŵ"))


@pytest.fixture(scope="module")
def without_extras(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, as `pip install clausebook` makes it: without what PDFs and scans need."""
    return install(wheel, tmp_path_factory.mktemp("without"), ("weasyprint", "pypdfium2", "pil", "pillow", "zxing"))


def install(wheel: Path, folder: Path, without: tuple[str, ...] = ()) -> Path:
    libraries = folder / "libraries"
    libraries.mkdir()
    for place in map(Path, site.getsitepackages()):
        for path in place.iterdir():
            if not path.name.lower().startswith((*without, "clausebook", "__editable__")):
                (libraries / path.name).symlink_to(path)
    subprocess.run((sys.executable, "-m", "venv", "--without-pip", folder), check=True)
    python = folder / "bin" / "python"
    packages = Path(say(python, "import site; print(site.getsitepackages()[0])"))
    (packages / "libraries.pth").write_text(str(libraries), encoding="utf-8")
    pip = (
        sys.executable,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "--python",
        python,
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
    )
    subprocess.run((*pip, wheel), check=True)
    assert Path(say(python, "import clausebook; print(clausebook.__file__)")).is_relative_to(packages)
    return folder / "bin" / "clausebook"


def say(python: Path, program: str) -> str:
    return subprocess.run((python, "-c", program), check=True, capture_output=True, encoding="utf-8").stdout.strip()


@pytest.fixture(scope="module")
def built(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A handbook that the wheel began and built, in a folder such as people have."""
    folder = tmp_path_factory.mktemp("Ein polisïau ŵ") / "ein llawlyfr"
    assert run(installed, folder.parent, "new", folder.name).returncode == 0
    done = run(installed, folder, "build", "--quiet")
    assert (done.returncode, done.stderr) == (0, "")
    return folder


def run(installed: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The wheel's command in `folder`, with nothing of this process' environment that could lead to the repository."""
    kept = {
        name: os.environ[name] for name in ("PATH", "LANG", "SOURCE_DATE_EPOCH", "CLAUSEBOOK_NOW") if name in os.environ
    }
    return subprocess.run(
        (installed, *arguments), cwd=folder, env={**kept, "HOME": str(folder)}, capture_output=True, encoding="utf-8"
    )


def test_it_holds_the_code_the_looks_and_the_starter_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    code = {f"clausebook/{name}" for name in read_files(ROOT / "generator" / "clausebook")}
    looks = {f"clausebook/looks/{name}" for name in engine_files()}
    assert names == code | looks
    assert len(looks) > 90
    assert {"clausebook/starter/mkdocs.yml", "clausebook/looks/overrides/theme/assets/fonts/LICENSE"} <= names
    lists = {name for name in names if name.startswith("clausebook/looks/content/") and name.endswith(".yml")}
    assert {path.name for path in (ROOT / "content").rglob("*.yml")} == {Path(name).name for name in lists}
    words = {
        name
        for name in names - lists
        if name.endswith(".yml") and not name.startswith(("clausebook/starter/", "clausebook/workflows/"))
    }
    assert words == {"clausebook/looks/overrides/mkdocs.yml"}, "what the five trusts say stays in their handbook"


def test_a_handbook_holds_only_what_is_its_own(built: Path) -> None:
    assert {path.name for path in built.iterdir()} == {
        ".gitignore", "README.md", "mkdocs.yml", "trusts", "models", "quizzes", "build", "site",
    }  # fmt: skip


@pytest.mark.long
def test_it_makes_the_site_that_the_repository_makes(built: Path, tmp_path: Path) -> None:
    handbook = Path(shutil.copytree(STARTER, tmp_path / "handbook"))
    command = (sys.executable, "-m", "clausebook", "build", "--quiet", "--handbook", handbook)
    subprocess.run(command, check=True)
    ours, theirs = read_files(handbook / "site"), read_files(built / "site")
    assert ours.keys() == theirs.keys()
    assert [name for name in ours if ours[name] != theirs[name]] == []
    assert any(name.endswith("policy.pdf") for name in theirs)


def test_check_and_acks_work_from_it(installed: Path, built: Path) -> None:
    assert run(installed, built, "check").stdout == "no problems\n"
    (built / "passphrase").write_text("correct horse battery staple\n", encoding="utf-8")
    desk = built.parent / "ddesg"
    done = run(
        installed, built, "acks", "keys", "larkhill-example", "--desk", str(desk), "--passphrase-file", "passphrase"
    )
    assert (done.returncode, done.stderr) == (0, "")
    done = run(
        installed,
        built,
        "acks",
        "report",
        "larkhill-example",
        "--desk",
        str(desk),
        "--out",
        str(built.parent / "adroddiad"),
    )
    assert done.returncode == 0, done.stderr
    assert "Atkinson" in (built.parent / "adroddiad" / "report.html").read_text(encoding="utf-8")


def test_without_the_extras_all_works_but_pdfs_and_scans_which_are_told_in_a_line(
    without_extras: Path, tmp_path: Path
) -> None:
    assert run(without_extras, tmp_path, "new", "ours").returncode == 0
    ours, desk = tmp_path / "ours", ("--desk", str(tmp_path / "desk"))
    (ours / "passphrase").write_text("correct horse battery staple\n", encoding="utf-8")
    done = run(without_extras, ours, "build", "--quiet")
    assert (done.returncode, done.stdout, (ours / "site").exists()) == (2, "", False)
    assert done.stderr == (
        "clausebook: PDFs need WeasyPrint, which is not installed: run `pip install clausebook[pdf]`, or build without them with --no-pdf\n"
    )
    done = run(without_extras, ours, "build", "--quiet", "--no-pdf")
    assert (done.returncode, done.stderr) == (0, "")
    done = run(without_extras, ours, "acks", "keys", "larkhill-example", *desk, "--passphrase-file", "passphrase")
    assert (done.returncode, done.stderr) == (0, "")
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.7\n")
    (tmp_path / "scan.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "words.txt").write_text("I have read it.", encoding="utf-8")
    heap = [str(tmp_path / name) for name in ("scan.pdf", "scan.png", "words.txt")]
    done = run(without_extras, ours, "acks", "collect", *heap, *desk, "--format", "csv")
    assert done.returncode == 1
    told = done.stdout.splitlines()
    assert [("pip install clausebook[scans]" in line) for line in told if "scan." in line] == [True, True]
    assert [("pip install" in line) for line in told if "words.txt" in line] == [False]
