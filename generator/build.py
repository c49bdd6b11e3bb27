"""The whole line, from a handbook's folder to a published site. Nothing is written before all of it is known to be right."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from multiprocessing import get_context
from pathlib import Path

from generator.calendars import render_reviews
from generator.check import check_handbook
from generator.confirmed import check_confirmed
from generator.doubts import find_doubts
from generator.exports import export_data
from generator.feeds import render_feed
from generator.findings import Finding, find_all
from generator.hub import hub_pages
from generator.lms import FORMATS, published_packages
from generator.load import load_handbook
from generator.merge import Handbook, Library, merge_library
from generator.nearest import Key, Near, find_nearest
from generator.page_data import page_data
from generator.pages import Page
from generator.palette import work_out_shades
from generator.pdf import require_libraries, write_pdf
from generator.prints import HUB_COLOURS, Print, hub_prints, trust_prints
from generator.problems import Problem
from generator.publish import staged_site, write_files
from generator.quizzes.reading import check_read
from generator.render import render_page
from generator.reviews import find_reviews
from generator.search import write_index
from generator.sheets import comparison_sheets
from generator.site import build_site, render_config, render_palette
from generator.spreadsheet import render_workbook
from generator.tables import render_csv, render_json
from generator.trust import trust_pages

MayWait = Callable[[Problem], bool]
"""Whether a problem is left for later."""
Say = Callable[[str, int, int], None]
"""Called with what was just made, how many of how many things are made."""


@dataclass(frozen=True)
class Folders:
    """Where a handbook is, and where its build and its site go."""

    root: Path
    site: Path

    @property
    def build(self) -> Path:
        return self.root / "build"

    @property
    def templates(self) -> Path:
        return self.root / "content" / "pages"

    @property
    def print_templates(self) -> Path:
        return self.root / "overrides" / "print"


@dataclass(frozen=True)
class Options:
    """What a build is asked for."""

    as_of: date
    trust: str | None = None
    pdf: bool = True
    drafts: bool = False
    jobs: int = 2


@dataclass(frozen=True)
class Tree:
    """One site's source: its folder below build/, and every file in it."""

    name: str
    files: dict[str, str | bytes] = field(repr=False)


def read_library(root: Path, *, may_wait: MayWait = lambda _: False) -> tuple[Library | None, list[Problem]]:
    """Load, check and merge the handbook at `root`, with every problem; no Library where one of them may not wait.

    `may_wait` is for the commands that mend such problems themselves, or that lead to them.
    """
    loaded, problems = load_handbook(root)
    problems = [*problems, *check_handbook(loaded)]
    if not all(map(may_wait, problems)):
        return None, problems
    library = merge_library(loaded)
    if not problems:
        problems = check_read(loaded, library)
    problems += check_confirmed(loaded, library)
    return (library if all(map(may_wait, problems)) else None), problems


def build(folders: Folders, library: Library, options: Options, say: Say) -> None:
    """Build everything, or one trust and the hub, and publish it in one step.

    Raises MissingLibraryError before anything is written where PDFs are wanted and cannot be made; SiteError or
    UnprintableError where our own pages do not build. The published site is touched only at the very end.
    """
    if options.pdf:
        require_libraries()
    findings = findings_for(library, options)
    trusts = [one for one in library.handbooks if options.trust in (None, one.id)]
    trees = write_trees(folders, library, trusts, findings, options)
    prints = _all_prints(folders, library, trusts, findings, options) if options.pdf else []
    with staged_site(folders.site, folders.build) as staging:
        for other in library.handbooks:
            if other not in trusts and (folders.site / other.id).is_dir():
                shutil.copytree(folders.site / other.id, staging / other.id)
        _make(folders, staging, trees, prints, options, say)
        for handbook in trusts:  # one trust's at a time: together they would fill the memory
            write_files(staging, dict(published_packages(handbook, library, findings, folders.root)))
        write_files(staging / "data", export_data(library, findings))
        write_files(staging / "downloads", _downloads(library, findings, options.as_of))
        write_index(staging)


def _downloads(library: Library, findings: tuple[Finding, ...], as_of: date) -> dict[str, str | bytes]:
    """The comparison to take away: one workbook, one JSON file, and a CSV file for each table; the calendar of reviews."""
    sheets, reviews = comparison_sheets(library, library.compared, findings), find_reviews(library, as_of)
    files: dict[str, str | bytes] = {
        "comparison.xlsx": render_workbook("Staff policies compared", sheets, as_of, "../"),
        "comparison.json": render_json(sheets),
    }
    for sheet in sheets:
        files[f"comparison-{sheet.name.lower().replace(' ', '-')}.csv"] = render_csv(sheet)
    if any(review.due for review in reviews):  # RFC 5545 knows no calendar without an event
        files["reviews.ics"] = render_reviews(reviews, library.short_names, as_of)
    return files


def findings_for(library: Library, options: Options) -> tuple[Finding, ...]:
    """What the sites tell of: with drafts also what they make doubtful."""
    found = find_all(library, options.as_of)
    return (*found, *find_doubts(library, options.as_of)) if options.drafts else found


def write_trees(
    folders: Folders, library: Library, trusts: list[Handbook], findings: tuple[Finding, ...], options: Options
) -> list[str]:
    """Write the source trees of the hub and of `trusts` below build/, one at a time; returns their names."""
    names = []
    for tree in _all_trees(folders, library, trusts, findings, options):
        folder = folders.build / tree.name
        shutil.rmtree(folder, ignore_errors=True)
        write_files(folder, tree.files)
        names.append(tree.name)
    return names


def _all_trees(
    folders: Folders, library: Library, trusts: list[Handbook], findings: tuple[Finding, ...], options: Options
) -> Iterator[Tree]:
    yield _hub_tree(folders, library, findings, options)
    nearest = find_nearest(library.compared)
    for handbook in trusts:
        yield _trust_tree(folders, handbook, library, findings, nearest, options)


def _render_all(folders: Folders, pages: tuple[Page, ...], options: Options, to_hub: str) -> dict[str, str | bytes]:
    return {
        page.file: render_page(
            page,
            folders.templates,
            options.as_of,
            hub=page.root + to_hub,
            pdfs=options.pdf,
            drafts=options.drafts,
            packages=FORMATS,
        )
        for page in pages
    }


def _hub_tree(folders: Folders, library: Library, findings: tuple[Finding, ...], options: Options) -> Tree:
    files = _render_all(folders, hub_pages(library, findings, options.as_of), options, "")
    files |= {f"compare/data/{name}": script for name, script in page_data(library).items()}
    files["assets/stylesheets/trust.css"] = render_palette(work_out_shades(*HUB_COLOURS))
    return Tree("hub", files)


def _trust_tree(
    folders: Folders, handbook: Handbook, library: Library, findings: tuple[Finding, ...],
    nearest: dict[Key, tuple[Near, ...]], options: Options,
) -> Tree:  # fmt: skip
    trust, pages = handbook.trust, trust_pages(handbook, library, findings, nearest, drafts=options.drafts)
    files = {f"docs/{name}": text for name, text in _render_all(folders, pages, options, "../").items()}
    shades = work_out_shades(trust.palette.primary, trust.palette.accent)
    files["docs/assets/stylesheets/trust.css"] = render_palette(shades)
    files["docs/feed.xml"] = render_feed(handbook)
    logo = folders.root / "trusts" / handbook.id / "logo.svg"
    if logo.is_file():
        files["docs/assets/logo.svg"] = logo.read_bytes()
    files["mkdocs.yml"] = render_config(
        handbook.id, trust.name, monogram(trust.short_name), pages, logo=logo.is_file()
    )  # fmt: skip
    return Tree(f"trusts/{handbook.id}", files)


def monogram(short_name: str) -> str:
    """What stands in for a logo: a short name of up to five letters as it is, else its capitals."""
    capitals = "".join(ch for ch in short_name if ch.isupper())
    return short_name if len(short_name) <= 5 else capitals[:4] or short_name[0].upper()


def _all_prints(
    folders: Folders, library: Library, trusts: list[Handbook], findings: tuple[Finding, ...], options: Options
) -> list[Print]:
    templates = folders.print_templates
    prints = [
        one
        for handbook in trusts
        for one in trust_prints(handbook, library, findings, templates, drafts=options.drafts)
    ]
    return [*prints, *hub_prints(library, templates, options.as_of)]


def _make(folders: Folders, staging: Path, trees: list[str], prints: list[Print], options: Options, say: Say) -> None:
    """Build sites and PDFs side by side in spawned processes. The longest work is handed out first."""
    epoch = datetime.combine(options.as_of, datetime.min.time(), UTC)
    os.environ.setdefault("SOURCE_DATE_EPOCH", str(max(0, int(epoch.timestamp()))))
    apart = staging.with_name("sites")  # MkDocs empties the folder that it builds in
    shutil.rmtree(apart, ignore_errors=True)
    with ProcessPoolExecutor(max_workers=options.jobs, mp_context=get_context("spawn")) as pool:
        waiting: dict[Future[None], str] = {}
        for one in sorted(prints, key=lambda one: -len(one.html)):
            job = pool.submit(
                write_pdf, one.html, folders.print_templates, staging / one.path, form=one.form, one_page=one.one_page
            )
            waiting[job] = one.path
        for name in trees:
            waiting[pool.submit(build_site, _config_file(folders, name), apart / name)] = (
                f"site of {name.split('/')[-1]}"
            )
        for count, job in enumerate(_finished(waiting), 1):
            say(waiting[job], count, len(waiting))
    for name in trees:
        _merge_into(apart / name, staging / name.removeprefix("trusts/") if name != "hub" else staging)
    shutil.rmtree(apart, ignore_errors=True)


def _config_file(folders: Folders, name: str) -> Path:
    return folders.root / "mkdocs.yml" if name == "hub" else folders.build / name / "mkdocs.yml"


def _finished(waiting: dict[Future[None], str]) -> Iterator[Future[None]]:
    for job in as_completed(waiting):
        try:
            job.result()
        except BaseException:
            for other in waiting:
                other.cancel()
            raise
        yield job


def _merge_into(source: Path, target: Path) -> None:
    """Move every file of `source` to the same place below `target`."""
    for path in sorted(source.rglob("*")) if source.is_dir() else ():
        if path.is_file():
            goal = target / path.relative_to(source)
            goal.parent.mkdir(parents=True, exist_ok=True)
            path.replace(goal)
    shutil.rmtree(source, ignore_errors=True)
