"""How long it takes to find what changed between two revisions: medians of five, by how many clauses they have.

A benchmark, not a test: it asserts nothing. The marks (issue 4): 130 clauses in under 0.3 s, and where ids are kept a
growth no worse than n log n, so that the last column must not rise.
"""

from __future__ import annotations

import gc
import math
import statistics
import time
from dataclasses import replace
from pathlib import Path

from clausebook.check.library import read_handbook
from clausebook.compare.revisions import find_changes
from clausebook.model.clause import Clause
from clausebook.model.handbook import Revision, Section

ROOT = Path(__file__).parents[2]
RUNS = 5
PER_SECTION = 20


def main() -> None:
    handbook, problems = read_handbook(ROOT)
    assert handbook, problems
    pool = [clause for revision in handbook.in_force for clause in revision.clauses]
    print(
        f"{'ids':6} {'clauses':>8} {'changes':>8} {'median s':>9} {'max s':>7} {'µs per n log n':>15}   ({RUNS} runs)"
    )
    for ids, sizes in (("kept", (130, 1000, 2000, 4000)), ("lost", (130, 1000))):
        for size in sizes:
            old = _revision(handbook.in_force[0], [replace(_copy(pool, n), id=f"c-{n}") for n in range(size)])
            new = _revision(handbook.in_force[0], _edited(old.clauses, pool, lost=ids == "lost"))
            seconds, changes = _time(old, new)
            median = statistics.median(seconds)
            growth = 1e6 * median / (size * math.log2(size))
            print(f"{ids:6} {size:8} {changes:8} {median:9.4f} {max(seconds):7.4f} {growth:15.2f}")


def _copy(pool: list[Clause], number: int) -> Clause:
    """A clause of the real five; when all are used up, the same with words of its own, for ten revisions of it."""
    clause, copy = pool[number % len(pool)], number // len(pool)
    text = f"{clause.text} {copy} {pool[(number + 7 * copy) % len(pool)].text}" if copy else clause.text
    return replace(clause, lead_in=(), lead_in_ids=(), items=(), text=text)


def _edited(clauses: tuple[Clause, ...], pool: list[Clause], *, lost: bool) -> list[Clause]:
    """A busy year: of every twenty clauses, four are reworded and one each split, removed, added, moved, made stricter."""
    edited: list[Clause] = []
    for number, clause in enumerate(clauses):
        words = clause.text.split()
        match number % 20:
            case 0 | 4 | 8 | 12:
                edited.append(
                    replace(
                        clause, text=" ".join([*words[: number % len(words)], "always", *words[number % len(words) :]])
                    )
                )
            case 2:
                edited.append(replace(clause, text=" ".join(words[: len(words) // 2])))
                edited.append(replace(clause, id=f"split-{number}", text=" ".join(words[len(words) // 2 :])))
            case 6:
                edited.append(replace(clause, id=f"added-{number}", text=f"{pool[-1 - number % 99].text} {number}"))
            case 9:
                edited.insert(len(edited) // 2, clause)
            case 13:
                edited.append(replace(clause, modality="must", binds=(*clause.binds, "contractors")))
            case _:
                edited.append(clause)
    return [replace(clause, id=f"new-{n}" if lost else clause.id, number=f"{n}") for n, clause in enumerate(edited)]


def _revision(like: Revision, clauses: list[Clause]) -> Revision:
    sections = []
    for number, first in enumerate(range(0, len(clauses), PER_SECTION)):
        section = like.sections[0].record.model_copy(update={"id": f"s-{number}", "heading": f"Section {number}"})
        own = tuple(replace(clause, section=section) for clause in clauses[first : first + PER_SECTION])
        sections.append(Section(section, own))
    return Revision(like.trust, like.policy, "2024", like.record, tuple(sections))


def _time(old: Revision, new: Revision) -> tuple[list[float], int]:
    seconds, changes = [], ()
    for _ in range(RUNS):
        # Afresh each time: a policy remembers its list of clauses.
        before, after = replace(old), replace(new)
        gc.collect()
        start = time.perf_counter()
        changes = find_changes(before, after)
        seconds.append(time.perf_counter() - start)
    return seconds, len(changes)


if __name__ == "__main__":
    main()
