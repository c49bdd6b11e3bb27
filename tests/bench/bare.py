"""What the bare tools do of the same work: `mkdocs build` for each site, `weasyprint` for each PDF, two at a time."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

from bench.machine import CLAUSEBOOK, ENVIRONMENT, run
from clausebook.build.engines.weasyprint import VARIANT
from clausebook.build.options import Folders, Options
from clausebook.build.pipeline import findings_for, prints_of
from clausebook.check.library import read_handbook
from clausebook.pages.prints import PrintDocument

AT_ONCE = 2
Command = list[object]
Pages = list[tuple[PrintDocument, Path]]
"""Each PDF with the file that holds its HTML."""


def write_trees(handbook_folder: Path, as_of: date) -> list[Path]:
    """The source of every site, as `clausebook generate` writes it; returns the file that MkDocs starts each from."""
    run([*CLAUSEBOOK, "generate", "--quiet", "--handbook", handbook_folder, "--as-of", as_of])
    return [handbook_folder / "mkdocs.yml", *sorted(handbook_folder.glob("build/trusts/*/mkdocs.yml"))]


def write_prints(handbook_folder: Path, as_of: date, folder: Path) -> Pages:
    """The HTML of every PDF, beside the styles and fonts that it names."""
    handbook, problems = read_handbook(handbook_folder)
    assert handbook, problems
    options = Options(as_of)
    shutil.copytree(handbook_folder / "overrides", folder / "overrides")
    prints = prints_of(
        Folders(handbook_folder, handbook_folder / "site"), handbook, findings_for(handbook, options), options
    )
    pages = [(one, folder / "overrides" / "print" / f"{number}.html") for number, one in enumerate(prints)]
    for one, page in pages:
        page.write_text(one.html)
    return pages


def site_commands(configs: Iterable[Path], out: Path) -> list[Command]:
    return [
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", config, "--site-dir", out / str(number)]
        for number, config in enumerate(configs)
    ]


def pdf_commands(pages: Pages, out: Path) -> list[Command]:
    """With the options that give the PDFs that we give: PDF/UA-1, and fields where there is a form."""
    commands = []
    for one, page in pages:
        (out / one.path).parent.mkdir(parents=True, exist_ok=True)
        form = ["--pdf-forms"] if one.form else []
        commands.append(
            [sys.executable, "-m", "weasyprint", "--quiet", "--pdf-variant", VARIANT, *form, page, out / one.path]
        )
    return commands


def run_all(commands: list[Command]) -> float:
    """The seconds that all commands take, one after the other, two at a time. Raises CalledProcessError where one fails."""
    start = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for _ in pool.map(_run, commands):
            pass
    return time.monotonic() - start


def _run(command: Command) -> None:
    subprocess.run(
        [*map(str, command)], check=True, env=ENVIRONMENT | {"SOURCE_DATE_EPOCH": "0"}, stdout=subprocess.DEVNULL
    )


def compare_pdfs(pages: Pages, ours: Path, theirs: Path) -> str:
    """How far the PDFs agree, in a sentence."""
    same = {one.path for one, _ in pages if (ours / one.path).read_bytes() == (theirs / one.path).read_bytes()}
    others = {one.path for one, _ in pages if not one.one_page}
    return (
        f"Of {len(pages)} PDFs {len(pages) - len(others)} must be one page, which we lay out at several sizes until it is and the bare tool "
        f"once; of the {len(others)} others {len(same & others)} have the same bytes."
    )
