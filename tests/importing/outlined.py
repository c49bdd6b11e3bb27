"""Documents as a few signs, and what the importer makes of them as a few signs: what a test gives, and what it asserts.

A line is a block. `# words` has a heading's style of level 1, `## words` of level 2; `! words` is bold. A tab parts the printed mark from
the words; four spaces at the start are one level of indent. `| a | b` is a row of a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from clausebook.edit.importers.blocks import Block, Cell, Document, Look, Place
from clausebook.edit.importers.outline.build import build_draft
from clausebook.edit.importers.outline.draft import Draft, DraftItem, DraftSection


def document(text: str) -> Document:
    return Document("text", tuple(_blocks(text.strip("\n").splitlines())))


def _blocks(lines: list[str]) -> Iterator[Block]:
    rows: list[tuple[Cell, ...]] = []
    for number, line in enumerate([*lines, ""], 1):
        if line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            rows.append(tuple(Cell((Block("paragraph", Place(number), cell),) if cell else ()) for cell in cells))
            continue
        if rows:
            yield Block("table", Place(number - 1), rows=tuple(rows))
            rows = []
        if line.strip():
            yield _block(line, number)


def _block(line: str, number: int) -> Block:
    indent = (len(line) - len(line.lstrip(" "))) // 4
    words = line.strip(" ")
    style = re.match(r"(#+) ", words)
    words = words[len(style[0]) :] if style else words
    bold = words.startswith("! ")
    words = words.removeprefix("! ")
    mark, tab, rest = words.partition("\t")
    if not tab:
        mark, rest = "", words
    kind = "heading" if style else "item" if mark and not mark[0].isdigit() else "paragraph"
    level = len(style[1]) if style else indent if kind == "item" else None
    return Block(kind, Place(number), rest, mark, level=level, look=Look(bold=bold, indent=36.0 * indent))


def outlined(text: str) -> str:
    return shown(build_draft(document(text), "a policy"))


def shown(draft: Draft) -> str:
    return "\n".join(line for section in draft.sections for line in _of_section(section, 1))


def _of_section(section: DraftSection, depth: int) -> Iterator[str]:
    yield f"{'#' * depth} {f'{section.number} ' if section.number else ''}{section.heading}"
    for clause in section.clauses:
        yield from _of_item(clause, "")
    for below in section.sections:
        yield from _of_section(below, depth + 1)


def _of_item(item: DraftItem, indent: str) -> Iterator[str]:
    words = item.text.replace("\n\n", " / ")
    yield f"{indent}{f'{item.number} ' if item.number else ''}{words}"
    if item.table:
        yield from (f"{indent}  | {' | '.join(row)}".rstrip() for row in item.table.rows)
    for below in item.items:
        yield from _of_item(below, indent + "  ")
    if item.after:
        yield f"{indent}< {item.after}"
