"""Which line of the file that came back is which part of the revision that it was made of.

By the bookmark; where it is gone by the same words, then by the printed number, then by likeness, and last by the place between two
that were found. What could be two things is asked. A bookmark alone is not believed: whoever types a new paragraph before a clause takes
the clause's bookmark along.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from clausebook.compare.revisions.assignment import find_best_pairs
from clausebook.compare.revisions.matching import POSSIBLE, REWRITTEN, SURE, TOO_SHORT
from clausebook.compare.revisions.wording import similarity_of
from clausebook.edit.take.lines import Awaited, Line
from clausebook.model.outline import Part

CLOSE = 3
"""Two that differ by less, of 100, are equally like."""
STYLES = {"caption": "caption", "form": "Form title", "field": "Form field", "file": "Attachment", "figure": "Figure"}
"""What Word calls the style of what belongs to a clause."""
FEW = 3
"""Words: fewer say too little to be known by."""
Answers = Mapping[str, int | None]
"""What somebody answered: for a clause the place of its line among those that were asked about, or None for none of them."""


@dataclass(frozen=True)
class Doubtful:
    """Something to be asked: which of these lines is this part, if any."""

    part: Part
    lines: tuple[Line, ...]


@dataclass
class Alignment:
    """What was found."""

    pairs: dict[int, int] = field(default_factory=dict)
    """The place of the part for that of each line that is one."""
    doubts: dict[int, str] = field(default_factory=dict)
    """For the place of a line, why somebody should look if it is that part."""
    questions: list[Doubtful] = field(default_factory=list)

    @property
    def lines_by_part(self) -> dict[int, int]:
        return {part: line for line, part in self.pairs.items()}


def align(parts: Sequence[Part], lines: Sequence[Line], answers: Answers) -> Alignment:
    """Find each part; with questions left nothing should be written."""
    work = _Work([Awaited(part) for part in parts], lines, answers)
    work.by_bookmark_and_words()
    work.by_words()
    work.by_bookmark()
    work.by_number()
    work.by_likeness()
    work.by_place()
    return work.found


class _Work:
    def __init__(self, parts: Sequence[Awaited], lines: Sequence[Line], answers: Answers) -> None:
        self.parts, self.lines, self.answers = parts, lines, answers
        self.found = Alignment()
        self.left_parts = dict.fromkeys(range(len(parts)))
        self.left_lines = dict.fromkeys(range(len(lines)))
        self.by_name = {one.part.of: place for place, one in enumerate(parts) if one.part.is_anchored}
        self.closed: set[int] = set()
        """Parts that somebody was asked about, or that were answered."""

    def pair(self, line: int, part: int, doubt: str = "") -> None:
        self.found.pairs[line] = part
        del self.left_lines[line], self.left_parts[part]
        if doubt:
            self.found.doubts[line] = doubt

    def by_bookmark_and_words(self) -> None:
        """Of several copies the one that stands where it stood is the clause, and the others are new."""
        claims: dict[int, list[int]] = {}
        for place, line in enumerate(self.lines):
            for part in (self.by_name[name] for name in line.names if name in self.by_name):
                if line.read == self.parts[part].read:
                    claims.setdefault(part, []).append(place)
        for part, places in sorted(claims.items(), key=lambda claim: len(claim[1])):
            free = [place for place in places if place in self.left_lines]
            there = [place for place in free if len(free) > 1 and place in self._gap(part)[1]]
            if free:
                self.pair((there or free)[0], part)

    def by_words(self) -> None:
        """The very same words, where they stand once on either side."""
        ours = Counter(self.parts[place].bare for place in self.left_parts)
        theirs = Counter(self.lines[place].bare for place in self.left_lines)
        by_words = {self.lines[place].bare: place for place in self.left_lines}
        for part in list(self.left_parts):
            words = self.parts[part].bare
            if (
                ours[words] == theirs[words] == 1
                and len(self.parts[part].words) >= FEW
                and self._fits(by_words[words], part)
            ):
                self.pair(by_words[words], part)

    def by_bookmark(self) -> None:
        claims = [
            (self._likeness(place, part), place, part)
            for place in self.left_lines
            for part in (self.by_name[name] for name in self.lines[place].names if name in self.by_name)
            if part in self.left_parts
        ]
        for likeness, place, part in sorted(claims, key=lambda claim: (-claim[0], claim[1])):
            if place not in self.left_lines or part not in self.left_parts:
                continue
            if likeness < POSSIBLE and (slid := self._without_bookmark(part)) is not None:
                self.pair(slid, part)
            else:
                is_new = likeness < REWRITTEN and not self._is_short(part)
                self.pair(
                    place, part, "its words are new, and only its place says that it is the same" if is_new else ""
                )

    def _without_bookmark(self, part: int) -> int | None:
        """The line that is clearly this part, although its bookmark stands elsewhere now."""
        alike = [
            (self._likeness(place, part), -place)
            for place in self.left_lines
            if not self.lines[place].names and self._fits(place, part)
        ]
        best, place = max(alike, default=(0, 0))
        return -place if best >= SURE else None

    def by_number(self) -> None:
        numbers = Counter(self.lines[place].block.number for place in self.left_lines)
        by_number = {self.lines[place].block.number: place for place in self.left_lines}
        for part in list(self.left_parts):
            number = (self.parts[part].part.number or "").removesuffix(".")
            place = by_number.get(number)
            if number and place in self.left_lines and numbers[number] == 1 and self._likeness(place, part) >= POSSIBLE:
                self.pair(place, part)

    def by_likeness(self) -> None:
        parts = [part for part in self.left_parts if self.parts[part].part.is_anchored and not self._is_short(part)]
        likeness = [
            {place: like for place in self.left_lines if (like := self._likeness(place, part)) >= POSSIBLE}
            for part in parts
        ]
        weights = [
            {place: 10 * like + self._likeness_of_place(place, part) for place, like in row.items()}
            for part, row in zip(parts, likeness, strict=True)
        ]
        best = find_best_pairs(weights)
        for row, part in enumerate(parts):
            tied = [place for place, like in likeness[row].items() if like >= max(likeness[row].values()) - CLOSE]
            if len(tied) > 1 and not self._decided_by_place(tied, part):
                self._ask(part, tied)
        for row, place in best.items():
            part, like = parts[row], likeness[row][place]
            if part not in self.closed and place in self.left_lines:
                self.pair(place, part, _doubt(like))

    def by_place(self) -> None:
        """What stands between two that were found, if it is the only one there."""
        for part in list(self.left_parts):
            if part in self.left_parts and part not in self.closed:
                self._in_gap(part)

    def _in_gap(self, part: int) -> None:
        parts, lines = self._gap(part)
        fitting = [place for place in lines if self._fits(place, part)]
        own = self.parts[part].part
        if not own.is_anchored:
            alike = [
                place for place in fitting if self._looks_like(place, part) or self._likeness(place, part) >= POSSIBLE
            ]
            if alike:
                self.pair(max(alike, key=lambda place: (self._likeness(place, part), -place)), part)
            return
        others = [one for one in parts if self.parts[one].part.is_anchored]
        if len(others) == len(fitting) == 1:
            like = self._likeness(fitting[0], part)
            same_number = own.number and self.lines[fitting[0]].block.number == own.number.removesuffix(".")
            if like >= REWRITTEN:
                self.pair(fitting[0], part, _doubt(like))
            elif same_number and not self.lines[fitting[0]].names:
                self._ask(part, fitting)

    def _gap(self, part: int) -> tuple[list[int], list[int]]:
        """The parts and the lines that were not found between the same two that were."""
        by_part = self.found.lines_by_part
        before = next((one for one in range(part - 1, -1, -1) if one in by_part), None)
        after = next((one for one in range(part + 1, len(self.parts)) if one in by_part), None)
        first = -1 if before is None else by_part[before]
        end = len(self.lines) if after is None else by_part[after]
        parts = range(-1 if before is None else before, len(self.parts) if after is None else after)
        return [one for one in self.left_parts if one in parts], [one for one in self.left_lines if first < one < end]

    def _ask(self, part: int, places: Iterable[int]) -> None:
        asked = tuple(places)
        own = self.parts[part].part
        self.closed.add(part)
        if own.of not in self.answers:
            self.found.questions.append(Doubtful(own, tuple(self.lines[place] for place in asked)))
        elif (chosen := self.answers[own.of]) is not None and asked[chosen] in self.left_lines:
            self.pair(asked[chosen], part)

    def _decided_by_place(self, tied: Sequence[int], part: int) -> bool:
        """Whether one of them, and only one, stands between the same two that were found."""
        _, lines = self._gap(part)
        return len(set(tied) & set(lines)) == 1

    def _likeness_of_place(self, place: int, part: int) -> int:
        _, lines = self._gap(part)
        same_number = self.lines[place].block.number == (self.parts[part].part.number or "").removesuffix(".")
        return 6 * (place in lines) + 3 * same_number

    def _likeness(self, place: int, part: int) -> int:
        if not self._fits(place, part):
            return 0
        return similarity_of(self.lines[place].words, self.parts[part].words)

    def _fits(self, place: int, part: int) -> bool:
        """A table is a table; the title and a heading are no item of a list."""
        line, own = self.lines[place], self.parts[part]
        if line.is_table or own.is_table:
            return line.is_table and own.is_table
        if own.part.kind == "title":
            return line.block.kind != "item"
        return own.part.kind == "figure" or line.block.kind != "figure"

    def _looks_like(self, place: int, part: int) -> bool:
        """Whether there is nothing else of the kind to take it for: the caption of a table, a field of a form."""
        kind = self.parts[part].part.kind
        if self.lines[place].block.kind == "figure" or kind == "table":
            return kind == "table" if self.lines[place].is_table else kind == "figure"
        return self.lines[place].block.look.style == STYLES.get(kind)

    def _is_short(self, part: int) -> bool:
        return len(self.parts[part].words) < TOO_SHORT


def _doubt(like: int) -> str:
    return "" if like >= SURE else f"{like} of 100 words are the same: is it that clause?"
