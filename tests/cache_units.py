"""Which pieces of a build a change touches, without making any of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from generator.build import findings_for, read_handbook, trusts_of, units_of
from generator.last import read_inputs
from generator.settings import Folders, Options
from generator.units import package_units

DAY = date(2026, 11, 20)


def keys(root: Path, **asked) -> dict[str, str]:
    """The key of every piece, by its name."""
    folders, options = Folders(root, root / "site"), Options(**({"as_of": DAY} | asked))
    inputs = read_inputs(folders)
    handbook, problems = read_handbook(root)
    assert handbook, problems
    findings = findings_for(handbook, options)
    packages = package_units(folders, handbook, trusts_of(handbook, options), findings, inputs)
    units = (*units_of(folders, handbook, findings, options).apart, *packages)
    return {one.name: one.key for one in units}


def differing(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
