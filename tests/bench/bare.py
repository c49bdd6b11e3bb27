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
from generator.build import findings_for, prints_of, read_library
from generator.pdf import VARIANT
from generator.settings import Folders, Options

AT_ONCE = 2
Command = list[object]


def write_trees(handbook: Path, as_of: date) -> list[Path]:
    """The source of every site, as `clausebook generate` writes it; returns the file that MkDocs starts each from."""
    run([*CLAUSEBOOK, "generate", "--quiet", "--handbook", handbook, "--as-of", as_of])
    return [handbook / "mkdocs.yml", *sorted(handbook.glob("build/trusts/*/mkdocs.yml"))]


def write_prints(handbook: Path, as_of: date, folder: Path) -> dict[str, Path]:
    """The HTML of every PDF beside the styles and fonts that it names; by the PDF's path below the site."""
    library, problems = read_library(handbook)
    assert library, problems
    options = Options(as_of)
    shutil.copytree(handbook / "overrides", folder / "overrides")
    pages: dict[str, Path] = {}
    for number, one in enumerate(
        prints_of(Folders(handbook, handbook / "site"), library, findings_for(library, options), options)
    ):
        pages[one.path] = folder / "overrides" / "print" / f"{number}.html"
        pages[one.path].write_text(one.html)
    return pages


def site_commands(configs: Iterable[Path], out: Path) -> list[Command]:
    return [
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", config, "--site-dir", out / str(number)]
        for number, config in enumerate(configs)
    ]


def pdf_commands(pages: dict[str, Path], out: Path) -> list[Command]:
    """With the options that give the PDFs that we give: PDF/UA-1, and fields where there is a form."""
    commands = []
    for name, page in pages.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        form = ["--pdf-forms"] if name.endswith("acknowledgement-form.pdf") else []
        commands.append(
            [sys.executable, "-m", "weasyprint", "--quiet", "--pdf-variant", VARIANT, *form, page, out / name]
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


def compare_pdfs(ours: Path, theirs: Path) -> str:
    """How far the PDFs agree, in a sentence."""
    import pikepdf

    names = sorted(path.relative_to(theirs).as_posix() for path in theirs.rglob("*.pdf"))
    same = [name for name in names if (ours / name).read_bytes() == (theirs / name).read_bytes()]
    pages = [len(pikepdf.open(ours / name).pages) == len(pikepdf.open(theirs / name).pages) for name in names]
    return f"Of {len(names)} PDFs {len(same)} have the same bytes and {sum(pages)} the same number of pages."
