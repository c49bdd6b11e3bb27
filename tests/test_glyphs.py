"""A sign that no font has is named before it is a box on paper."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from clausebook.build.engines.fonts import find_missing, tell_missing
from clausebook.build.engines.weasyprint import render_pdf
from conftest import Clausebook

NAMES = "王芳 ਗੁਰਪ੍ਰੀਤ ਕੌਰ देवी محمد ফাতেমা પટેલ தமிழ் 김민수 さとう Łukasz Ŵyn Nguyễn ✓ →"
EMOJI_OF_2024 = "\U0001fae9"


def test_what_names_of_staff_need_is_there_after_make_site() -> None:
    assert tell_missing("names", NAMES) == ""


@pytest.mark.parametrize("name", NAMES.split())
def test_a_name_is_drawn_and_can_be_copied(name: str, tmp_path: Path) -> None:
    pdf = tmp_path / "name.pdf"
    pdf.write_bytes(render_pdf(f"<!doctype html><html lang=en><title>Name</title><p>{name}</p></html>", {}))
    fonts = subprocess.run(["pdffonts", pdf], capture_output=True, text=True, check=True).stdout
    assert ".notdef" not in fonts
    assert len(fonts.splitlines()) > 2


def test_a_sign_that_no_font_has_is_named_with_what_brings_it() -> None:
    told = tell_missing("trusts/a/b.yml", f"Smile {EMOJI_OF_2024} at it, {EMOJI_OF_2024}")
    assert told == (
        f"trusts/a/b.yml: no font on this machine has {EMOJI_OF_2024} (U+1FAE9), so PDFs show boxes there: "
        "run `apt-get install fonts-noto-color-emoji`, or write other signs"
    )


@pytest.mark.parametrize(("text", "missing"), [
    ("abc é ŵ ’ –", "’–"), ("王 in 王芳", "王芳"), ("e\u0301 \u200d\u00ad\ufeff\u00a0\n", ""), ("ਕੌਰ", "ਕਰ"),
])  # fmt: skip
def test_each_sign_is_named_once_and_what_has_no_shape_is_not(text: str, missing: str) -> None:
    assert "".join(find_missing(text, [(0x20, 0x24F)])) == missing


def test_where_a_machine_knows_no_fonts_nothing_is_told() -> None:
    assert find_missing("王", []) == ()


def test_a_build_names_the_file(handbook_folder: Path, clausebook: Clausebook) -> None:
    for name in ("mkdocs.yml", "overrides", "content/pages"):
        source = Path(__file__).parents[1] / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, handbook_folder / name)
    trust = handbook_folder / "trusts/sample/trust.yml"
    trust.write_text(
        trust.read_text(encoding="utf-8").replace("name: ", f"name: {EMOJI_OF_2024} ", 1), encoding="utf-8"
    )
    done = clausebook("build", "--handbook", handbook_folder, "--as-of", "2026-11-20")
    assert done.returncode == 0, done.stderr
    assert f"trusts/sample/trust.yml: no font on this machine has {EMOJI_OF_2024} (U+1FAE9)" in done.stderr
