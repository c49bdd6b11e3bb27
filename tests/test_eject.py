"""A handbook's own looks: a file that was taken over from the engine comes before it, and nobody's file is written over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clausebook.looks import ENGINE, Looks, engine_files

if TYPE_CHECKING:
    from conftest import Clausebook

HOME, LISTED = "content/pages/trust/home.md", "overrides/ejected.yml"
SHOWN = "content/pages/trust/home-of-many.md"  # the home of the starter, whose trust has several policies


@pytest.fixture
def ours(tmp_path: Path, clausebook: Clausebook) -> Path:
    """A handbook that is new, in a folder such as people have."""
    folder = tmp_path / "Ein polisïau ŵ"
    assert clausebook("new", folder).returncode == 0
    return folder


def home_of(folder: Path, clausebook: Clausebook) -> str:
    done = clausebook("generate", "--quiet", "--handbook", folder)
    assert (done.returncode, done.stderr) == (0, "")
    return (folder / "build/trusts/larkhill-example/docs/index.md").read_text(encoding="utf-8")


def test_a_file_that_was_taken_over_and_changed_is_what_readers_see(ours: Path, clausebook: Clausebook) -> None:
    before = home_of(ours, clausebook)
    assert clausebook("eject", SHOWN, "--handbook", ours).returncode == 0
    assert (ours / SHOWN).read_bytes() == (ENGINE / SHOWN).read_bytes()
    assert home_of(ours, clausebook) == before
    with (ours / SHOWN).open("a", encoding="utf-8") as file:
        file.write("\nWords of our own.\n")
    assert home_of(ours, clausebook).endswith("Words of our own.\n")  # in the same process, as `serve` does
    (ours / SHOWN).unlink()
    assert home_of(ours, clausebook) == before
    assert clausebook("check", "--handbook", ours).stdout == "no problems\n"


def test_nothing_is_written_over(ours: Path, clausebook: Clausebook) -> None:
    (ours / HOME).parent.mkdir(parents=True)
    (ours / HOME).write_text("Mine")
    done = clausebook("eject", HOME, "--handbook", ours)
    assert done.returncode == 2
    assert "is in this handbook already, and nothing is written over" in " ".join(done.stderr.split())
    assert ((ours / HOME).read_text(), (ours / LISTED).exists()) == ("Mine", False)
    done = clausebook("eject", "content/pages/trust", "--handbook", ours)
    assert done.returncode == 0
    assert ((ours / HOME).read_text(), HOME in (ours / LISTED).read_text()) == ("Mine", False)
    there = {path.relative_to(ours).as_posix() for path in (ours / "content/pages").rglob("*.md")}
    assert there == {name for name in engine_files() if name.startswith("content/pages/trust/")}


def test_check_asks_where_the_engine_has_another_one_until_somebody_has_looked(
    ours: Path, clausebook: Clausebook
) -> None:
    clausebook("eject", HOME, "overrides/print/print.css", "--handbook", ours)
    listed = (ours / LISTED).read_text()
    (line,) = (line for line in listed.splitlines() if HOME in line)
    digest = line.split('sha256: "')[1][:64]
    (ours / LISTED).write_text(listed.replace(digest, digest[::-1]))  # as an older engine had it
    with (ours / HOME).open("a", encoding="utf-8") as file:
        file.write("Ours\n")
    done = clausebook("check", "--handbook", ours)
    assert done.returncode == 0
    assert f"P706 Is this right? the engine's `{HOME}` has changed since you took it over" in done.stdout
    assert done.stdout.endswith("no problems, 1 question\n")
    assert clausebook("eject", HOME, "--diff", "--handbook", ours).stdout.splitlines()[-1] == "+Ours"
    assert clausebook("eject", HOME, "--seen", "--handbook", ours).returncode == 0
    assert (ours / LISTED).read_text() == listed
    assert clausebook("check", "--handbook", ours).stdout == "no problems\n"


@pytest.mark.parametrize("name", ["content/pages/trust/hme.md", "trust/home.md", "content/page/trust/home.md"])
def test_a_path_that_the_engine_does_not_have_is_told_with_the_nearest(
    ours: Path, clausebook: Clausebook, name: str
) -> None:
    done = clausebook("eject", name, "--handbook", ours)
    assert (done.returncode, (ours / LISTED).exists()) == (2, False)
    assert f"the engine has no {name}: did you mean {HOME}?" in " ".join(done.stderr.split())


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", ".", ""])
def test_nothing_but_the_engines_own_files_is_taken_over(ours: Path, clausebook: Clausebook, name: str) -> None:
    before = sorted(path.name for path in ours.rglob("*"))
    assert clausebook("eject", name, "--handbook", ours).returncode == 2
    assert sorted(path.name for path in ours.rglob("*")) == before


def test_a_path_as_windows_writes_it_is_the_same_file(ours: Path, clausebook: Clausebook) -> None:
    assert clausebook("eject", r".\content\pages\trust\home.md", "--handbook", ours).returncode == 0
    assert (ours / HOME).is_file()


def test_a_list_that_cannot_be_read_is_told_and_not_written_anew(ours: Path, clausebook: Clausebook) -> None:
    (ours / "overrides").mkdir()
    (ours / LISTED).write_text("files:\n  - {file: a, engin: b}\n")
    done = clausebook("eject", HOME, "--handbook", ours)
    assert (done.returncode, (ours / HOME).exists()) == (1, False)
    assert f"{LISTED}:2:15: P101 `engin` is not a field here" in done.stderr
    assert (ours / LISTED).read_text() == "files:\n  - {file: a, engin: b}\n"


def test_the_engines_own_folder_is_edited_where_it_lies(clausebook: Clausebook) -> None:
    done = clausebook("eject", HOME, "--handbook", ENGINE)
    assert done.returncode == 2
    assert "edit them where they lie" in " ".join(done.stderr.split())


def test_without_a_path_every_file_is_listed(clausebook: Clausebook) -> None:
    listed = clausebook("eject").stdout.splitlines()
    assert listed == list(engine_files())
    assert {HOME, "overrides/mkdocs.yml", "overrides/theme/main.html"} <= set(listed)


def test_of_two_files_of_one_path_the_handbooks_own_is_found(tmp_path: Path) -> None:
    name = "overrides/print/print.css"
    looks = Looks(tmp_path)
    assert looks.read("overrides/print")[name] == looks.find(name).read_bytes() == (ENGINE / name).read_bytes()
    (tmp_path / name).parent.mkdir(parents=True)
    (tmp_path / name).write_bytes(b"/* ours */")
    assert looks.read("overrides/print")[name] == looks.find(name).read_bytes() == b"/* ours */"
    assert looks.read("overrides/print").keys() == Looks(ENGINE).read("overrides/print").keys()
