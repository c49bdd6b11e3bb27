"""The index by which the hub searches all trusts, in parts that are made and kept apart, so that a large one needs little memory.

A part has all pages of some trusts and as great a share of the hub's own, so that what is rare in one is rare in all: their results
can be put in one order. Whoever searches one trust loads its part alone. How many parts there are follows from how large the pages are.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from clausebook.build.engines.pagefind import LIBRARIES, index_pages, pages_of
from clausebook.build.page_facts import PageFacts
from clausebook.build.plans import Files
from clausebook.build.targets import Target, made_by
from clausebook.build.toolchain import made_with
from clausebook.files import digest, digest_parts, write_files

FOLDER = "pagefind"
MOST = 64 * 1024**2  # bytes of the pages of a part, on average; Pagefind takes four times that of memory


def index_targets(site: Path, pages: Iterable[PageFacts], trusts: Collection[str]) -> list[Target]:
    """The parts of the index of the staged `site`, each with its pages; which there are is written for the search page at once."""
    found = {page.name: page.digest for page in pages if page.findable}
    count = 1 << (sum((site / name).stat().st_size for name in found) // MOST).bit_length()
    parts: list[dict[str, str]] = [{} for _ in range(count)]
    for name, one in found.items():
        top = name.partition("/")[0]
        parts[_part_of(top if top in trusts else name, count)][name] = one
    of_trusts = {trust: _part_of(trust, count) for trust in sorted(trusts)}
    write_files(site, {f"{FOLDER}/parts.json": _json({"parts": count, "trusts": of_trusts})})
    known = made_with(LIBRARIES)
    return [_target(site, number, parts, of_trusts, known) for number in range(count)]


def _part_of(what: str, count: int) -> int:
    return int(digest(what)[:8], 16) % count


def _target(
    site: Path, number: int, parts: Sequence[Mapping[str, str]], of_trusts: Mapping[str, int], known: Mapping[str, str]
) -> Target:
    name, pages = f"search index, part {number + 1} of {len(parts)}", parts[number]
    trusts = tuple(trust for trust, part in of_trusts.items() if part == number)
    own = {"search index": name, "its trusts": digest(repr(trusts)), "its pages": digest_parts(pages)}
    only = (
        tuple(pages) if len(parts) > 1 else None
    )  # Pagefind reads the site itself: to lay out a part takes as long as to index it
    return Target(name, own, known, made_by(partial(_make_part, site, number, only, trusts)))


def _make_part(site: Path, number: int, pages: tuple[str, ...] | None, trusts: tuple[str, ...]) -> Files:
    index = index_pages(site, pages)
    of_trusts: dict[str, list[str]] = {trust: [] for trust in trusts}
    for page, known_as in pages_of(index):
        if (top := page.partition("/")[0]) in of_trusts:
            of_trusts[top].append(known_as)
    index["trusts.json"] = _json({trust: sorted(known_as) for trust, known_as in of_trusts.items()})
    return {f"{FOLDER}/{number}/{name}": content for name, content in index.items()}


def _json(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()
