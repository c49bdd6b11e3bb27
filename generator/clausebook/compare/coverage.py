"""A restated revision held against its source: lines that nothing accounts for, lines told twice, another file."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz

from clausebook.model import Lines
from clausebook.model.clause import Clause
from clausebook.model.handbook import Revision

SAME_WORDS = 90  # two clauses over the same lines that are this alike (0 to 100) tell the same thing


@dataclass(frozen=True)
class ToldTwice:
    """Lines that two places of a revision tell."""

    lines: Lines
    one: str
    other: str


@dataclass(frozen=True)
class Audit:
    """What an audit found. `uncovered` holds line numbers with their text."""

    lines: int
    expected_lines: int
    digest: str
    expected_digest: str
    uncovered: tuple[tuple[int, str], ...]
    told_twice: tuple[ToldTwice, ...]

    @property
    def is_same_file(self) -> bool:
        return self.digest == self.expected_digest and self.lines == self.expected_lines

    @property
    def is_clean(self) -> bool:
        return self.is_same_file and not self.uncovered and not self.told_twice


def audit_policy(revision: Revision, raw: bytes) -> Audit:
    """Hold `revision` against the bytes of its source. It must have a `source`, or ValueError is raised.

    A line is accounted for when a clause, the first line of a section (its heading), front matter or a gap claims it.
    Neighbouring clauses may share lines, because a statement of mixed force becomes several clauses; clauses further
    apart, clauses in nearly the same words, and a clause over a heading or front matter tell a line twice.
    """
    source = revision.record.source
    if source is None:
        raise ValueError(f"{revision.trust}/{revision.policy}/{revision.id} names no source")
    lines = raw.decode("utf-8", errors="replace").split("\n")
    if lines and lines[-1] == "":
        lines.pop()
    claimed = _claims(revision)
    uncovered = tuple(
        (number, line.strip()) for number, line in enumerate(lines, 1) if line.strip() and number not in claimed
    )
    return Audit(
        lines=len(lines),
        expected_lines=source.lines,
        digest=hashlib.sha256(raw).hexdigest(),
        expected_digest=source.sha256,
        uncovered=uncovered,
        told_twice=(*_twice_by_clauses(revision), *_twice_by_frame(revision)),
    )


def render_audit(audit: Audit, name: str, source: str) -> str:
    """What the audit of the file `name` against `source` found, a line for each, with the counts on the last line."""
    lines = [f"{name} against {source}"]
    if not audit.is_same_file:
        lines.append(f"another file: {audit.lines} lines, SHA-256 {audit.digest}\n"
                     f"    expected: {audit.expected_lines} lines, SHA-256 {audit.expected_digest}")  # fmt: skip
    lines += [f"line {number} is not accounted for: {text}" for number, text in audit.uncovered]
    lines += [f"{'line' if twice.lines.first == twice.lines.last else 'lines'} {twice.lines} told twice: by {twice.one} and by {twice.other}"
              for twice in audit.told_twice]  # fmt: skip
    lines.append(f"{len(audit.uncovered)} lines uncovered, {len(audit.told_twice)} told twice, "
                 f"{'the same file' if audit.is_same_file else 'ANOTHER FILE'}")  # fmt: skip
    return "\n".join(lines)


def _span(lines: Lines | None) -> range:
    return range(lines.first, lines.last + 1) if lines else range(0)


def _frame(revision: Revision) -> list[tuple[str, Lines]]:
    """Headings and front matter: lines that no clause should tell again."""
    record = revision.record
    headings = [
        (f"heading of {section.id}", Lines(section.lines.first, section.lines.first))
        for section in (part.record for part in revision.sections)
        if section.lines and not section.heading_lost
    ]
    return headings + [(f"front matter “{part.says[:40]}”", part.lines) for part in record.front_matter]


def _claims(revision: Revision) -> set[int]:
    spans = [clause.lines for clause in revision.clauses]
    spans += [lines for _, lines in _frame(revision)]
    spans += [gap.lines for gap in revision.record.gaps]
    return {number for lines in spans for number in _span(lines)}


def _twice_by_clauses(revision: Revision) -> list[ToldTwice]:
    tellers: dict[int, list[tuple[int, Clause]]] = defaultdict(list)
    for index, clause in enumerate(revision.clauses):
        for number in _span(clause.lines):
            tellers[number].append((index, clause))
    pairs: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, found in sorted(tellers.items()):
        for (i, (one_at, one)), (j, (other_at, other)) in combinations(enumerate(found), 2):
            apart = j == i + 1 and other_at - one_at > 1 and not _is_within(other, one)
            if apart or fuzz.ratio(one.text.lower(), other.text.lower()) >= SAME_WORDS:
                pairs[one.id, other.id].append(number)
    return [ToldTwice(Lines(numbers[0], numbers[-1]), one, other) for (one, other), numbers in pairs.items()]


def _is_within(clause: Clause, other: Clause) -> bool:
    """Whether both belong to one list: an item of the other, or an item of the same lead-in."""
    return other.id in clause.lead_in_ids or bool(set(other.lead_in_ids) & set(clause.lead_in_ids))


def _twice_by_frame(revision: Revision) -> list[ToldTwice]:
    found = []
    frame = _frame(revision)
    for index, (name, lines) in enumerate(frame):
        others = [*frame[index + 1 :], *((clause.id, clause.lines) for clause in revision.clauses if clause.lines)]
        for other, span in others:
            shared = sorted(set(_span(lines)) & set(_span(span)))
            if shared:
                found.append(ToldTwice(Lines(shared[0], shared[-1]), name, other))
    return found
