"""P106: a clause of a restated policy that does not say which lines of the source it restates, or names lines that are not there."""

from __future__ import annotations

from collections.abc import Iterator

from clausebook.check.walk import walk_clauses, walk_sections
from clausebook.load import Loaded
from clausebook.load.document import Path
from clausebook.load.reader import LoadedRevision
from clausebook.model import Lines
from clausebook.model.problems import Problem


def check_source_lines(loaded: Loaded) -> Iterator[Problem]:
    for revision in loaded.revisions:
        record = revision.file.record
        if record.wording == "verbatim":
            continue
        if record.source is None:
            yield from revision.file.problem((), "P102", "`source` is missing", "restated text names the document that it restates",
                                             "add `source:` with title, file, sha256 and lines")  # fmt: skip
            continue
        for path, lines in _all_lines(revision):
            if lines and lines.last > record.source.lines:
                yield from revision.file.problem(
                    (*path, "lines"), "P106", f"the source has no line {lines.last}", f"it ends at line {record.source.lines}",
                    "count again in the file that `source: file` names",
                )  # fmt: skip
        for written in walk_clauses(record):
            if not any(item.lines for item in (written.item, *written.above)):
                yield from revision.file.problem(
                    written.path, "P106", f"`{written.item.id}` does not say where it is in the source",
                    "whoever doubts a restated clause must be able to look it up", "add `lines: 119`, or a run such as `117-140`",
                )  # fmt: skip


def _all_lines(revision: LoadedRevision) -> Iterator[tuple[Path, Lines | None]]:
    record = revision.file.record
    for path, section, _ in walk_sections(record):
        yield path, section.lines
    for written in walk_clauses(record):
        yield written.path, written.item.lines
    for i, part in enumerate(record.front_matter):
        yield ("front_matter", i), part.lines
    for i, gap in enumerate(record.gaps):
        yield ("gaps", i), gap.lines
