"""What is wrong in the author's files, and how to say so: as text, as a CI annotation, as JSON."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from rapidfuzz import fuzz, process

LONG = 400  # of a line that is longer, a part is shown


@dataclass(frozen=True, order=True)
class Place:
    """Where something stands in a file: line and column counted from 1, and how many characters it is long."""

    file: str
    line: int = 1
    column: int = 1
    length: int = 1


@dataclass(frozen=True, order=True)
class Problem:
    """A mistake in the author's files: place, what, why and fix, in the author's words.

    `source` is the text of the line, for showing it; it is no part of the problem's identity. One that `asks` may be a mistake:
    a person has to look, and nothing waits for it.
    """

    place: Place
    code: str
    what: str
    why: str
    fix: str
    source: str = field(default="", compare=False)
    asks: bool = False


def nearest(word: str, known: Iterable[str], alike: int = 60) -> str | None:
    """The known word most like `word`, or None where none is at least `alike` of 100."""
    found = process.extractOne(word.lower(), list(known), scorer=fuzz.ratio, score_cutoff=alike)
    return found[0] if found else None


def shown(value: object) -> str:
    """A value as a message names it: one line, and not a long one."""
    text = " ".join(str(value).split())
    return text if len(text) <= 40 else text[:39] + "…"


def render_text(problems: Iterable[Problem]) -> str:
    """Every problem in file order as `STYLE.md` shows it, with the count on the last line."""
    ordered = sorted(set(problems))
    blocks = [_render_block(problem) for problem in ordered]
    asked = sum(1 for problem in ordered if problem.asks)
    return "\n\n".join([*blocks, count_line(len(ordered) - asked, asked)])


def _visible(text: str) -> str:
    """The text, with a mark for each character that a terminal would hide or obey."""
    return "".join("�" if unicodedata.category(ch) in ("Cc", "Cf", "Cs") and ch != "\t" else ch for ch in text)


def _render_block(problem: Problem) -> str:
    place = problem.place
    asks = "Is this right? " if problem.asks else ""
    lines = [_visible(f"{place.file}:{place.line}:{place.column}: {problem.code} {asks}{problem.what}")]
    if problem.source.strip():
        number = str(place.line)
        bar = " " * len(number) + " |"
        # The marks stand under the words as a terminal shows them: a tab stays a tab.
        start = max(0, place.column - 1 - LONG // 4) if len(problem.source) > LONG else 0
        source = _visible(problem.source[start : start + LONG].rstrip())
        lead = "".join("\t" if ch == "\t" else " " for ch in source[: place.column - 1 - start])
        room = max(1, len(source) - len(lead))
        lines += [bar, f"{number} | {source}", f"{bar} {lead}{'^' * min(place.length, room)}"]
        indent = " " * len(number)
    else:
        indent = "  "
    return "\n".join(
        [*lines, *(_visible(f"{indent} = {line}") for line in (f"why: {problem.why}", f"fix: {problem.fix}"))]
    )


def count_line(count: int, asked: int = 0) -> str:
    """The last line of every report: how many problems, and of how many somebody is only asked whether they are any."""
    problems = {0: "no problems", 1: "1 problem"}.get(count, f"{count} problems")
    return f"{problems}, {asked} question{'s' if asked > 1 else ''}" if asked else problems


def render_github(problems: Iterable[Problem]) -> str:
    """One workflow command a problem, so that a pull request shows it on its line."""
    return "\n".join(
        f"::{'warning' if p.asks else 'error'} file={_escape(p.place.file, True)},line={p.place.line},col={p.place.column},"
        f"title={_escape(p.code, True)}::{_escape(f'{p.what} (why: {p.why}; fix: {p.fix})')}"
        for p in sorted(set(problems))
    )


def _escape(text: str, is_property: bool = False) -> str:
    for raw, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
        text = text.replace(raw, code)
    return text.replace(":", "%3A").replace(",", "%2C") if is_property else text


def render_json(problems: Iterable[Problem]) -> str:
    """A JSON object: `problems`, each with file, line, column, code, what, why, fix and whether it only `asks`; `count` is without those."""
    rows = []
    for problem in sorted(set(problems)):
        row = asdict(problem)
        place = row.pop("place")
        row.pop("source")
        rows.append(place | row)
    return json.dumps(
        {"count": sum(1 for row in rows if not row["asks"]), "problems": rows}, ensure_ascii=False, indent=2
    )


RENDERERS = {"text": render_text, "github": render_github, "json": render_json}
