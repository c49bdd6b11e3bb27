"""P307: an answer that is stronger or weaker than the clauses it rests on.

A *should* is not a *must*: advice does not prohibit, and a prohibition is more than advice.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.walk import walk_clauses
from generator.load import Loaded
from generator.model import Item
from generator.problems import Problem

ADVICE = {"should", "should-not"}
DUTY = {"must", "must-not"}


def check_force(loaded: Loaded) -> Iterator[Problem]:
    for revision in loaded.revisions:
        forces = {
            written.item.id: _force(written.item, written.above) for written in walk_clauses(revision.file.record)
        }
        for name, position in revision.file.record.positions.items():
            cited = {forces[clause] for clause in position.clauses if clause in forces}
            if not cited:
                continue
            if position.answer in ("required", "prohibited") and cited <= ADVICE:
                weaker = "advised" if position.answer == "required" else "advised-against"
                yield from revision.file.problem(
                    ("positions", name, "answer"), "P307", f"`{position.answer}` is stronger than its clauses",
                    f"all of them only say {' or '.join(sorted(cited)).replace('-', ' ')}", f"write `{weaker}`, or name the clause that says must",
                )  # fmt: skip
            if position.answer in ("advised", "advised-against") and cited <= DUTY:
                stronger = "required" if position.answer == "advised" else "prohibited"
                yield from revision.file.problem(
                    ("positions", name, "answer"), "P307", f"`{position.answer}` is weaker than its clauses",
                    f"all of them say {' or '.join(sorted(cited)).replace('-', ' ')}", f"write `{stronger}`, or name the clause that says should",
                )  # fmt: skip


def _force(item: Item, above: tuple[Item, ...]) -> str:
    return next((one.modality for one in (item, *reversed(above)) if one.modality), "states")
