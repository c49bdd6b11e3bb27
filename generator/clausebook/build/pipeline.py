"""The whole line, from a handbook's folder to a published site. Nothing is written before all of it is known to be right."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path

from clausebook.build.cluster import cluster_pool
from clausebook.build.engines import SiteError
from clausebook.build.engines.pagefind import SearchError
from clausebook.build.engines.weasyprint import require_libraries
from clausebook.build.engines.zensical import require_zensical
from clausebook.build.hosting import render_hosting
from clausebook.build.incremental import BuildListener, IncrementalBuild
from clausebook.build.link_check import BrokenSiteError, check_links
from clausebook.build.options import Folders, Options
from clausebook.build.page_facts import read_pages
from clausebook.build.publish import staged_site
from clausebook.build.search_index import index_targets
from clausebook.build.shared_cache import open_cache
from clausebook.build.site_config import read_site_url
from clausebook.build.state import (
    TargetResult,
    forget_last,
    kept_pages,
    read_inputs,
    read_last,
    read_settings,
    remember,
    see_published,
    write_last,
)
from clausebook.build.targets import Given, Target, package_targets, print_targets, site_targets
from clausebook.build.workers import Pool, spawned_processes
from clausebook.export.calendar import render_reviews
from clausebook.export.comparison import COLOURS, TONES, comparison_sheets, cover_sheet
from clausebook.export.data import export_data
from clausebook.export.spreadsheet import open_workbook
from clausebook.export.tables import Sheet, stream_csv, stream_json
from clausebook.files import names_below, write_files, write_pieces
from clausebook.findings.find import Finding, find_all
from clausebook.findings.reviews import find_reviews
from clausebook.findings.stale_answers import find_doubts
from clausebook.model.handbook import Handbook, Trust
from clausebook.pages.prints import PrintDocument, hub_prints, trust_prints
from clausebook.pages.templates import TemplateError

MISTAKES = (SiteError, SearchError, BrokenSiteError, TemplateError)
"""What ends a build although no file of the author is wrong: a mistake in templates, looks or our own code."""
LONGEST_FIRST = {name: place for place, name in enumerate(("matrix.html", "policy.html", "changes.html", "quiz.html"))}
"""The prints that take longest to lay out, by their templates: begun last, they would keep one process busy alone."""
NOBODY = BuildListener()
Say = Callable[[str, int, int], None]
"""Called with what was just made, how many of how many things are made."""


def build(
    folders: Folders, handbook: Handbook, options: Options, say: Say, inputs: Mapping[str, str], pool: Pool | None = None,
    listener: BuildListener = NOBODY,
) -> tuple[TargetResult, ...]:  # fmt: skip
    """Build everything, or one trust and the hub, and publish it in one step; returns what became of each piece.

    `inputs` are the digests of the handbook's files (read_inputs) from before `handbook` was read. Without `pool`, pieces are made
    where `options` say.

    Raises MissingEngineError or MissingLibraryError before anything is written where the engine is not installed, or PDFs are
    wanted and cannot be made, CacheError where the shared cache cannot be used as it is asked for; SiteError where our own pages do
    not build, BrokenSiteError where they do not hold together; BusyError where another build of the same site is under way; BuildCancelledError where
    `listener` has cancelled it. The published site is touched only at the very end.
    """
    if options.engine == "zensical":
        require_zensical()
    if options.pdf:
        require_libraries()
    settings, findings, last = read_settings(options), findings_for(handbook, options), read_last(folders)
    trusts = trusts_of(handbook, options)
    given = Given(folders, handbook, trusts, findings, options, inputs)
    targets, cache = targets_of(given), open_cache(folders, served=options.served)
    with staged_site(folders.site, folders.build) as staging, ExitStack() as stack:
        _keep_others(folders.site, staging, handbook, trusts)
        incremental = IncrementalBuild(
            cache, staging, last, listener, lambda: inputs != {} and read_inputs(folders) == inputs
        )

        def in_this_process() -> None:
            if options.cluster:  # packages are made from the handbook's folder, which no other machine has
                incremental.make_here(package_targets(given))
            for name, pieces in export_data(handbook, findings):
                incremental.go_on()
                write_pieces(staging / "data" / name, pieces)
            _write_downloads(staging / "downloads", handbook, findings, options.as_of)

        there = pool or stack.enter_context(pool_of(options))
        incremental.make_all(targets.apart, there, in_this_process, _counted(say, targets.count))
        incremental.keep_waiting()
        incremental.go_on()
        pages = read_pages(staging, names_below(staging), kept_pages(folders), incremental.placed)
        index = index_targets(staging, pages, {trust.id for trust in handbook.trusts})
        incremental.make_here(index)
        incremental.go_on()
        names = names_below(staging)
        policies = check_links(names, incremental.promised, pages)
        write_files(staging, render_hosting(folders.looks, names, policies))
        files = see_published(staging, incremental.placed)
    if (
        files and read_inputs(folders) == inputs
    ):  # else somebody has edited a file meanwhile: the next build is to look at all
        write_last(folders, remember(inputs, settings, incremental.made, files))
    else:
        forget_last(folders)
    for line in cache.share():
        listener.tell(line)
    cache.prune()
    return tuple(incremental.made)


def trusts_of(handbook: Handbook, options: Options) -> list[Trust]:
    """Those whose sites are to be built."""
    return [trust for trust in handbook.trusts if options.trust in (None, trust.id)]


@dataclass(frozen=True)
class Units:
    """The pieces that are made apart, one after the other, and how many there are."""

    apart: Iterator[Target]
    count: int


def targets_of(given: Given) -> Units:
    """The sites, the packages and the PDFs, the longest work first. What a piece is made from is rendered when its turn comes."""
    prints = prints_of(given.folders, given.handbook, given.findings, given.options) if given.options.pdf else []
    packages = () if given.options.cluster else package_targets(given)
    sites = 2 if given.options.engine == "mkdocs" else 1  # beside those of trusts
    count = sites + len(given.trusts) * (1 if given.options.cluster else 2) + len(prints)
    return Units(chain(site_targets(given), packages, print_targets(given.folders, prints)), count)


def prints_of(
    folders: Folders, handbook: Handbook, findings: tuple[Finding, ...], options: Options
) -> list[PrintDocument]:
    """The PDFs, the longest work first."""
    site = read_site_url(folders.root)
    prints = hub_prints(handbook, folders.looks, options.as_of, f"{site.rstrip('/')}/" if site else "")
    for trust in trusts_of(handbook, options):
        prints += trust_prints(trust, handbook, findings, folders.looks, options.as_of, drafts=options.drafts)
    return sorted(prints, key=lambda one: LONGEST_FIRST.get(one.template, len(LONGEST_FIRST)))


def pool_of(options: Options) -> AbstractContextManager[Pool]:
    """Where pieces are made: on a cluster, or by processes of this machine."""
    return (
        cluster_pool(options.cluster, options.engine)
        if options.cluster
        else spawned_processes(options.jobs, spare=options.served)
    )


def _keep_others(site: Path, staging: Path, handbook: Handbook, trusts: list[Trust]) -> None:
    """The sites of trusts that are not built stay as they are."""
    for other in handbook.trusts:
        if other not in trusts and (site / other.id).is_dir():
            shutil.copytree(site / other.id, staging / other.id)


def _counted(say: Say, total: int) -> Callable[[str], None]:
    count = itertools.count(1)
    return lambda what: say(what, next(count), total)


def _write_downloads(folder: Path, handbook: Handbook, findings: tuple[Finding, ...], as_of: date) -> None:
    """The comparison to take away: one workbook, one JSON file, and a CSV file for each table; the calendar of reviews."""
    reviews = find_reviews(handbook, as_of)
    with open_workbook(
        folder / "comparison.xlsx", "Staff policies compared", as_of, "../", COLOURS, TONES
    ) as add_to_workbook:
        add_to_workbook(cover_sheet(handbook, as_of))

        def taken_away() -> Iterator[Sheet]:
            for sheet in comparison_sheets(handbook, findings):
                add_to_workbook(sheet)
                write_pieces(folder / f"comparison-{sheet.file_name}.csv", stream_csv(sheet))
                yield sheet

        write_pieces(folder / "comparison.json", stream_json(taken_away()))
    if any(review.due for review in reviews):  # RFC 5545 knows no calendar without an event
        write_files(folder, {"reviews.ics": render_reviews(reviews, handbook.short_names, as_of)})


def findings_for(handbook: Handbook, options: Options) -> tuple[Finding, ...]:
    """What the sites tell of: with drafts also what they make doubtful."""
    found = find_all(handbook, options.as_of)
    return (*found, *find_doubts(handbook, options.as_of)) if options.drafts else found
