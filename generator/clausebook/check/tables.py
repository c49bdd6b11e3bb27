"""P607: a table whose rows do not have a cell for each column."""

from __future__ import annotations

from collections.abc import Iterator

from clausebook.check.walk import walk_clauses
from clausebook.load import Loaded
from clausebook.model.problems import Problem


def check_tables(loaded: Loaded) -> Iterator[Problem]:
    for revision in loaded.texts:
        for written in walk_clauses(revision.file.record):
            table = written.item.table
            for index, row in enumerate(table.rows if table else ()):
                wanted = len(table.header) if table else 0
                if len(row) != wanted:
                    cells = f"{len(row)} cell{'s' if len(row) != 1 else ''}"
                    yield from revision.file.problem(
                        (*written.path, "table", "rows", index), "P607", f"row {index + 1} of this table has {cells}, and its header has {wanted}",
                        "a reader, and a program that reads aloud, would put words under the wrong header",
                        'write a cell for each column; an empty one is `""`',
                    )  # fmt: skip
