"""One key question over all trusts as a Word file: each trust's answer with its reason, then the clauses that give it, in full."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from clausebook.compare.matrix import QuestionCell, QuestionRow
from clausebook.compare.strictness import is_promise
from clausebook.compare.summary import sum_up
from clausebook.export.word.body import make_document
from clausebook.export.word.numbering import without_numbers
from clausebook.export.word.package import HEADS, About, render_package
from clausebook.export.word.pieces import Cell, Grid, Paragraph, Piece, Row
from clausebook.export.word.runs import Assembly, Author
from clausebook.export.word.spans import Span, spans_of
from clausebook.model.citation import cite
from clausebook.model.colours import work_out_shades
from clausebook.model.dates import in_words
from clausebook.model.handbook import Handbook
from clausebook.model.labels import UNANSWERED_MEANS, dated, said
from clausebook.model.text import QUOTED
from clausebook.model.verdicts import advice

COLOUR = "#123f7a"
"""Of no trust: all are compared alike."""
HEADER = ("Trust", "Answer", "Because", "Policy and clauses")
WIDTHS = (14, 16, 45, 25)


def render_brief(handbook: Handbook, row: QuestionRow, day: date) -> bytes:
    """The Word file of a question's row. `day` is when it is made."""
    moment, title = f"{day.isoformat()}T00:00:00Z", row.question.ask
    assembly = Assembly(Author("Clausebook", moment))
    document = make_document(_pieces(handbook, row, day), assembly, HEADS)
    about = About(title, "What the policies of several trusts say", in_words(day), moment)
    return render_package(document, without_numbers(()), work_out_shades(COLOUR, COLOUR), assembly, about)


def _pieces(handbook: Handbook, row: QuestionRow, day: date) -> Iterator[Piece]:
    names, summary = handbook.short_names, sum_up(row, handbook.short_names)
    kind = f"{row.kind.label} " if row.kind else ""
    topic = handbook.topics[row.question.topic]
    yield Paragraph("Title", (Span(row.question.ask),))
    trusts = "1 trust" if len(summary.cells) == 1 else f"{len(summary.cells)} trusts"
    yield Paragraph("Subtitle", (Span(f"What the {kind}policies of {trusts} answer. Topic: {topic.label}."),))  # fmt: skip
    yield Paragraph("StateNote", (Span(summary.sentence, bold=True),))
    rows = [Row(tuple(_cell(words) for words in HEADER), is_header=True)]
    rows += [_row(cell, names[cell.trust], pupils=topic.pupils) for cell in summary.cells]
    yield Grid(tuple(rows), about=row.question.ask, indent=0, widths=WIDTHS)
    first = "strongest promise" if is_promise(row.question) else "strictest answer"
    yield Paragraph("Normal", (Span(f"The {first} comes first. This is what the policies said on {in_words(day)}."),))
    for cell in summary.cells:
        yield from _clauses(cell, names[cell.trust])


def _row(cell: QuestionCell, name: str, *, pupils: bool) -> Row:
    differ = "policies differ" if cell.policies_differ else "contradicts itself" if cell.contradicts_itself else ""
    answer = said(cell.question, cell.answer, differ)
    return Row((_cell(name), _cell(answer), _because(cell, pupils=pupils), _policies(cell)))


def _because(cell: QuestionCell, *, pupils: bool) -> Cell:
    reasons: list[tuple[Span, ...]] = [(Span(advice(cell.question, cell.answer, pupils=pupils), bold=True),)]
    for one in cell.said:
        policy = (
            f"{one.revision.record.title}: {said(cell.question, one.position.answer)}. " if len(cell.said) > 1 else ""
        )
        why = one.position.because or {"silent": "The policy does not say.", "unreadable": "The document is damaged where it would say."}.get(one.position.answer, "")  # fmt: skip
        reasons.append((Span(policy, bold=True), *spans_of(why, QUOTED)))
    if cell.answer in UNANSWERED_MEANS:
        reasons.append((Span(UNANSWERED_MEANS[cell.answer]),))
    return tuple(reasons)


def _policies(cell: QuestionCell) -> Cell:
    told = [f"{one.revision.record.title} ({dated(one.revision.record.dates)})" for one in cell.said]
    clauses = "; ".join(cite(clause) for clause in cell.clauses)
    return tuple((Span(words),) for words in (*told, clauses or "No clause") if words)


def _clauses(cell: QuestionCell, name: str) -> Iterator[Piece]:
    if cell.clauses:
        yield Paragraph("FrontHeading", (Span(name),))
    for clause in cell.clauses:
        yield Paragraph("Normal", (Span(f"{cite(clause)}: ", bold=True), Span(clause.in_full)))


def _cell(words: str) -> Cell:
    return ((Span(words),),)
