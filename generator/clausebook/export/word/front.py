"""What stands before the text of a policy: its title, whose it is, what is to be known of it, its history, its contents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clausebook.compare.revisions.provenance import whose_clauses
from clausebook.export.word.pictures import Drawing
from clausebook.export.word.pieces import Cell, Contents, Grid, Paragraph, Picture, Piece, Row
from clausebook.export.word.spans import Span, spans_of
from clausebook.model import Consultation
from clausebook.model.citation import name_of
from clausebook.model.dates import in_words
from clausebook.model.handbook import Revision, Trust
from clausebook.model.labels import FACTS, STATUS
from clausebook.model.outline import TITLE, Part
from clausebook.model.text import QUOTED, plain_words
from clausebook.model.values import DRAFTS
from clausebook.model.word_identity import FACTS as FACTS_TABLE
from clausebook.model.word_identity import HISTORY

DATES = ("titled", "approved", "published", "effective", "review_due")
IN_CONTENTS = 2
"""How many levels of headings the list of contents has."""


def front_of(trust: Trust, revision: Revision, parts: Sequence[Part], logo: Drawing | None) -> Iterator[Piece]:
    """Everything above the first heading of the text."""
    yield from _head(trust, logo)
    yield from title_of(trust, revision)
    yield from state_of_draft(revision)
    yield from facts_and_history(revision)
    yield Paragraph("FrontHeading", (Span("Contents"),), ("contents-heading",))
    yield Contents(tuple(_entries(parts)))


def front_of_comparison(trust: Trust, old: Revision, new: Revision, logo: Drawing | None) -> Iterator[Piece]:
    """What stands above a redline, and is no part of either text."""
    yield from _head(trust, logo)
    yield from state_of_draft(new)
    yield Paragraph("StateNote", (
        Span("Each change is tracked.", bold=True), Span(f" The text before is {old.name}; the new one is {new.name}. In Word, accept or reject each change."),
    ), ("changes",))  # fmt: skip


def _head(trust: Trust, logo: Drawing | None) -> Iterator[Piece]:
    if logo:
        yield Picture(logo, f"Logo of {trust.record.name}", ("logo",), "Logo")


def title_of(trust: Trust, revision: Revision) -> Iterator[Piece]:
    yield Paragraph("Title", spans_of(revision.record.title, QUOTED), (TITLE,), TITLE)
    yield Paragraph("Subtitle", (Span(trust.full_name),), ("trust",))


def whose_of(trust: Trust, revision: Revision) -> Iterator[Piece]:
    """After the text of an academy: which clauses are the trust's, and which its own. Nothing after the trust's own text."""
    if trust.academy is None or trust.whole is None or revision.academy is None:
        return
    whose = whose_clauses(trust.whole.policy(revision.policy), revision, trust.academy)
    yield Paragraph("FrontHeading", (Span("Whose each clause is"),), ("whose-heading",))
    rows = tuple(
        Row((_cell(name_of(clause)), _cell(whose[clause.id]))) for clause in revision.clauses if not clause.lead_in
    )
    yield Grid(rows, ("whose",), "Whose each clause is", None, 0, (32, 68))


def facts_and_history(revision: Revision) -> Iterator[Piece]:
    """The tables of what the document says of itself."""
    rows = tuple(Row((_cell(label), _cell(value))) for label, value in facts_of(revision))
    yield Grid(rows, ("facts",), "About this document", FACTS_TABLE, 0, (32, 68))
    if revision.record.history:
        yield Paragraph("FrontHeading", (Span("History of this document"),), ("history-heading",))
        yield _history(revision)


def facts_of(revision: Revision) -> Iterator[tuple[str, str]]:
    """What a document says of itself, each with its label."""
    record = revision.record
    yield "Status", STATUS[record.status]
    for name in ("version", "titled", "approved_by", *DATES[1:], "owner"):
        value = getattr(record.dates, name) if name in DATES else getattr(record, name)
        if value:
            yield label_of(name), in_words(value) if name in DATES else value
    if record.related:
        yield "Related documents", "\n\n".join(record.related)


def label_of(name: str) -> str:
    """`Date of approval`."""
    return FACTS[name][0].upper() + FACTS[name][1:]


def state_of_draft(revision: Revision) -> Iterator[Piece]:
    """What somebody must know who has a draft before them."""
    consultation: Consultation | None = revision.record.consultation
    if consultation:
        yield Paragraph("StateNote", (
            Span("This is a draft for consultation.", bold=True),
            Span(f" You can send comments until {in_words(consultation.closes)} to "),
            Span(consultation.comments_to, link=f"mailto:{consultation.comments_to}"), Span("."),
        ), ("state",))  # fmt: skip
        yield Paragraph("StateNote", spans_of(plain_words(consultation.about), QUOTED), ("about",))
    elif revision.record.status in DRAFTS:
        yield Paragraph("StateNote", (Span("This is a draft.", bold=True), Span(" It is not in force.")), ("state",))


def _history(revision: Revision) -> Grid:
    header = Row(tuple(_cell(one) for one in ("Version", "Date", "Author", "What changed")), is_header=True)
    rows = (
        Row(tuple(_cell(one) for one in (entry.revision or "", in_words(entry.date) if entry.date else "", entry.author or "", entry.says)))
        for entry in revision.record.history
    )  # fmt: skip
    return Grid((header, *rows), ("history",), "History of this document", HISTORY, 0, (12, 20, 22, 46))


def _entries(parts: Sequence[Part]) -> Iterator[tuple[int, str, str]]:
    for part in parts:
        if part.kind == "heading" and part.depth <= IN_CONTENTS:
            words = plain_words(part.text)
            yield part.depth, part.of, f"{part.number}\t{words}" if part.number else words


def _cell(words: str) -> Cell:
    return tuple((Span(paragraph),) for paragraph in words.split("\n\n"))
