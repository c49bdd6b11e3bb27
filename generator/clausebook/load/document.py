"""A YAML file as plain values, each of which still knows the line and column where its author wrote it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from clausebook.layout import OF_ENGINE
from clausebook.model.problems import Place, Problem

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Spot:
    """Where a value stands, where its key stands, and its last line."""

    value: Place
    key: Place
    last_line: int = 1


@dataclass(frozen=True)
class Document:
    """One file: `value` is text, lists and mappings (a plain `null`, `~` or nothing is None).

    `broken` names the paths whose value could not be taken as written; no rule speaks about those. Where each value stands
    takes ten times the room of the text, and only a problem asks for it: `find_spots` reads the text again.
    """

    file: str
    raw: bytes = field(repr=False)
    value: Any = field(repr=False)
    find_spots: Callable[[], Mapping[Path, Spot]] = field(repr=False)
    broken: frozenset[Path] = frozenset()
    misread: tuple[Path, ...] = ()
    """Values without quotes that other programs take for a number, or for yes or no."""
    cut_off: Mapping[Path, str] = field(default_factory=dict)
    """The comment that follows right after a value without quotes."""

    @property
    def is_engines(self) -> bool:
        """Whether it is the engine's, read because the handbook has none of its own there."""
        return self.file.startswith(OF_ENGINE)

    @cached_property
    def lines(self) -> tuple[str, ...]:
        return tuple(self.raw.decode("utf-8-sig").splitlines())

    @cached_property
    def spots(self) -> Mapping[Path, Spot]:
        return self.find_spots()

    def spot(self, *path: str | int) -> Spot:
        """The spot of the value at `path`, or of the nearest thing around it."""
        while path and path not in self.spots:
            path = path[:-1]
        return self.spots.get(path, Spot(Place(self.file), Place(self.file)))

    def problem(self, path: Path, code: str, what: str, why: str, fix: str, *, at_key: bool = False) -> Problem:
        """A problem with the value at `path`, or with its key."""
        spot = self.spot(*path)
        return self.problem_at(spot.key if at_key else spot.value, code, what, why, fix)

    def problem_with(self, path: Path, words: str, code: str, what: str, why: str, fix: str) -> Problem:
        """A problem with some words of the text at `path`: at these words where they stand on one line, else at the text."""
        spot = self.spot(*path)
        first = spot.value.line
        for number in range(first, min(spot.last_line, len(self.lines)) + 1):
            column = self.lines[number - 1].find(words, spot.value.column - 1 if number == first else 0)
            if column >= 0:
                return self.problem_at(Place(self.file, number, column + 1, len(words)), code, what, why, fix)
        return self.problem_at(spot.value, code, what, why, fix)

    def problem_at(self, place: Place, code: str, what: str, why: str, fix: str) -> Problem:
        """A problem at a place that is no value, such as a syntax error."""
        source = self.lines[place.line - 1] if place.line <= len(self.lines) else ""
        return Problem(place, code, what, why, fix, source)
