"""Which pieces of a build a change touches, without making any of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from clausebook.build.options import Folders, Options
from clausebook.build.pipeline import findings_for, targets_of, trusts_of
from clausebook.build.state import read_inputs
from clausebook.build.targets import Given
from clausebook.check.library import read_handbook

DAY = date(2026, 11, 20)


def keys(root: Path, **asked) -> dict[str, str]:
    """The key of every piece, by its name."""
    folders, options = Folders(root, root / "site"), Options(**({"as_of": DAY} | asked))
    inputs = read_inputs(folders)
    handbook, problems = read_handbook(root)
    assert handbook, problems
    findings = findings_for(handbook, options)
    given = Given(folders, handbook, trusts_of(handbook, options), findings, options, inputs)
    targets = targets_of(given).apart
    return {one.name: one.key for one in targets}


def differing(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
