"""P708: names of an author's own files that Windows, or a disk that does not tell capitals from small letters, cannot hold."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from clausebook.check.file_names import check_file_names
from clausebook.load import load_handbook

ASSETS = "overrides/theme/assets"


def found_in(folder: Path) -> list[tuple[str, str, str]]:
    loaded, _ = load_handbook(folder)
    return [(one.place.file, one.what, one.fix) for one in check_file_names(loaded)]


@pytest.mark.parametrize(
    ("name", "what", "fix"),
    [
        ("logo:2.svg", "a name with `:` in it cannot be given on Windows", "call it `logo-2.svg`"),
        ("what?.css", "a name with `?` in it cannot be given on Windows", "call it `what-.css`"),
        ("a\\b.css", "a name with `\\` in it cannot be given on Windows", "call it `a-b.css`"),
        ("notes.", "Windows takes a dot or a blank off the end of a name", "call it `notes`"),
        ("notes ", "Windows takes a dot or a blank off the end of a name", "call it `notes`"),
        ("AUX.css", "`AUX` is the name of a device on Windows, whatever its ending", "call it `the-AUX.css`"),
        ("com1.tar.gz", "`com1` is the name of a device on Windows, whatever its ending", "call it `the-com1.tar.gz`"),
        ("x" * 128, "this path has 151 characters, and may have 150", "give its folders or its file shorter names"),
    ],
)
def test_a_name_that_windows_cannot_hold(handbook_folder: Path, name: str, what: str, fix: str) -> None:
    assert found_in(handbook_folder) == []
    (handbook_folder / ASSETS).mkdir(parents=True)
    (handbook_folder / ASSETS / name).touch()
    assert found_in(handbook_folder) == [(f"{ASSETS}/{name}", what, fix)]


@pytest.mark.parametrize(
    ("one", "other"), [("Logo.svg", "logo.svg"), ("é.css", "e\u0301.css"), ("straße.css", "STRASSE.css")]
)
def test_two_names_that_are_one_on_some_disks(handbook_folder: Path, one: str, other: str) -> None:
    (handbook_folder / ASSETS).mkdir(parents=True)
    for name in (one, other):
        (handbook_folder / ASSETS / name).touch()
    first, second = sorted((one, other))
    ((file, what, _),) = found_in(handbook_folder)
    assert file == f"{ASSETS}/{second}"
    assert what.startswith(f"`{second}` and `{first}` are one name")


def test_a_file_that_a_policy_offers(handbook_folder: Path) -> None:
    files = "trusts/sample/social-media/files/forms"
    (handbook_folder / files).mkdir(parents=True)
    (handbook_folder / files / "con.docx").touch()
    assert found_in(handbook_folder) == [
        (f"{files}/con.docx", "`con` is the name of a device on Windows, whatever its ending", "call it `the-con.docx`")
    ]


def test_names_that_every_system_holds(handbook_folder: Path) -> None:
    (handbook_folder / ASSETS).mkdir(parents=True)
    for name in (
        "console.css",
        "com10.css",
        "auxiliary.css",
        "a.b.css",
        ".hidden",
        unicodedata.normalize("NFC", "ŵ.css"),
        "a b.css",
        "x" * 127,
    ):
        (handbook_folder / ASSETS / name).touch()
    assert found_in(handbook_folder) == []


def test_check_shows_it_with_place_reason_and_fix(handbook_folder: Path, clausebook) -> None:
    (handbook_folder / ASSETS).mkdir(parents=True)
    (handbook_folder / ASSETS / "nul.css").touch()
    done = clausebook("check", "--handbook", handbook_folder)
    assert done.returncode == 1
    assert f"{ASSETS}/nul.css:1:1: P708 `nul` is the name of a device on Windows" in done.stdout
    assert "why: HR's machine may be a Windows laptop" in done.stdout
    assert "fix: call it `the-nul.css`" in done.stdout
