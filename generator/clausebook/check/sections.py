"""P102, P609: a section that holds nothing, or that stands too deep within others."""

from __future__ import annotations

from collections.abc import Iterator

from clausebook.check.walk import walk_sections
from clausebook.load import Loaded
from clausebook.model.problems import Problem

DEEPEST = 4
"""A page has six levels of headings: the first is the policy's, the last a clause's."""


def check_sections(loaded: Loaded) -> Iterator[Problem]:
    for revision in loaded.texts:
        for path, section, depth in walk_sections(revision.file.record):
            if not section.model_fields_set & {"clauses", "sections"}:
                yield from revision.file.problem(
                    path, "P102", "`clauses` is missing", "a heading over nothing tells a reader nothing",
                    "add `clauses:` with what is below the heading, or `sections:` with the headed parts within it",
                )  # fmt: skip
            if depth == DEEPEST + 1:
                yield from revision.file.problem(
                    path, "P609", f"`{section.id}` is in {DEEPEST} sections, one within the other", "no page and no contents list has room for so many levels",
                    "put its clauses into the section above it",
                )  # fmt: skip
