"""Comparisons as tables to take away: one question or topic for some trusts, or everything for all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from clausebook.compare.checklists import judge
from clausebook.compare.matrix import (
    QuestionCell,
    TopicCell,
    compare_questions,
    compare_topics,
    question_cell,
    topic_cell,
)
from clausebook.export.tables import Cell, Link, Sheet, words_of
from clausebook.findings.find import Finding
from clausebook.model import labels
from clausebook.model.citation import heading_of, number_of
from clausebook.model.clause import Clause
from clausebook.model.dates import in_words
from clausebook.model.handbook import Handbook, Revision

COLOURS = {  # as on the pages: the word says it, the colour repeats it
    "Required": ("#123f7a", "#e3edfa"), "Prohibited": ("#8f1d14", "#fdeae8"), "Advised against": ("#6f3d00", "#fdeeda"),
    "Advised": ("#0b4f59", "#dff3f5"), "Permitted": ("#1b5424", "#e3f4e5"), "Restricted": ("#55297e", "#f1e8fa"),
    "Met": ("#1b5424", "#e3f4e5"), "Partly met": ("#55297e", "#f1e8fa"), "Contradicted": ("#8f1d14", "#fdeae8"),
    "Must not": ("#8f1d14", "#fdeae8"), "Must": ("#123f7a", "#e3edfa"),
    "Should not": ("#6f3d00", "#fdeeda"), "Should": ("#0b4f59", "#dff3f5"), "May": ("#1b5424", "#e3f4e5"),
}  # fmt: skip
HOLDS = {
    "Questions": "Each trust's answer to each question, in a word.",
    "Topics": "How strongly each trust's clauses on a topic are worded, and how many there are.",
    "Answers": "Each answer with its reason and its clauses.",
    "Clauses": "Every clause in full.",
    "Findings": "What is overdue, out of date, contradictory or missing. These notes are ours.",
}
EVIDENCE = ("Trust", "Answer", "Because", "Clause", "In full", "Source")


def question_sheet(handbook: Handbook, revisions: Sequence[Revision], question_id: str) -> Sheet:
    """A row for each clause that gives a policy's answer; a policy that has none says why in its one row."""
    question = handbook.question_by_id[question_id]
    rows: list[tuple[Cell, ...]] = []
    for revision in revisions:
        cell = question_cell(revision, question)
        because = cell.position.because or f"Ask first. Searched for: {', '.join(cell.position.searched)}."
        rows += _evidence(handbook, revision, _answer(cell), because, cell.clauses)
    return Sheet(question.ask, EVIDENCE, tuple(rows))


def topic_sheet(handbook: Handbook, revisions: Sequence[Revision], topic_id: str) -> Sheet:
    """A row for each clause on the topic; a policy that has none is silent or unreadable in its one row."""
    rows: list[tuple[Cell, ...]] = []
    for cell in (topic_cell(handbook, topic_id, revision) for revision in revisions):
        rows += _evidence(handbook, cell.revision, _forces(cell), _unsaid(cell), cell.clauses)
    return Sheet(handbook.topics[topic_id].label, EVIDENCE, tuple(rows))


def _evidence(
    handbook: Handbook, revision: Revision, answer: str, because: str, clauses: Iterable[Clause]
) -> list[tuple[Cell, ...]]:
    name = handbook.short_names[revision.trust]
    found = [
        (name, answer, because, _link(clause), f"{labels.FORCE[clause.modality]}: {clause.in_full}", labels.lines_in_words(clause.lines))
        for clause in clauses
    ]  # fmt: skip
    return [*found] or [(name, answer, because, "", "", "")]


def comparison_sheets(
    handbook: Handbook, revisions: tuple[Revision, ...], findings: Sequence[Finding]
) -> tuple[Sheet, ...]:
    """Both matrices, every answer and every clause in full, the checklists and the findings."""
    trusts = tuple(handbook.short_names[revision.trust] for revision in revisions)
    return (
        _questions(handbook, revisions, trusts),
        _topics(handbook, revisions, trusts),
        _answers(handbook, revisions),
        _clauses(handbook, revisions),
        *_checklists(handbook, revisions, trusts),
        findings_sheet(handbook, findings),
    )


def cover_sheet(handbook: Handbook, sheets: Sequence[Sheet], as_of: date) -> Sheet:
    """What the workbook holds and how to read it, to stand before `sheets`."""
    trusts = ", ".join(trust.record.name for trust in handbook.trusts)
    about: list[tuple[Cell, ...]] = [("Made", f"by Clausebook, as of {in_words(as_of)}"), ("Trusts", trusts)]
    about += [
        (sheet.name, HOLDS.get(sheet.name, "What became of each point in each trust's policy.")) for sheet in sheets
    ]
    about += [(word, labels.ANSWER_MEANS[answer]) for answer, word in labels.ANSWER.items()]
    about += [("Contradicts itself", "Clauses of the same policy disagree. The answer shown is the stricter one.")]
    return Sheet("About", ("What", "Meaning"), tuple(about))


def _questions(handbook: Handbook, revisions: tuple[Revision, ...], trusts: tuple[str, ...]) -> Sheet:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (Link(f"compare/questions/{row.question.id}/index.html", row.question.ask), row.question.asked_by,
         *(_answer(cell) for cell in row.cells))
        for row in compare_questions(handbook, revisions)
    )  # fmt: skip
    return Sheet("Questions", ("Question", "Asked by", *trusts), rows)


def _topics(handbook: Handbook, revisions: tuple[Revision, ...], trusts: tuple[str, ...]) -> Sheet:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (Link(f"compare/topics/{row.topic.id}/index.html", row.topic.label), *(_forces(cell) for cell in row.cells))
        for row in compare_topics(handbook, revisions)
    )
    return Sheet("Topics", ("Topic", *trusts), rows)


def _answers(handbook: Handbook, revisions: tuple[Revision, ...]) -> Sheet:
    rows = tuple(
        (row.question.ask, handbook.short_names[cell.revision.trust], _answer(cell), cell.position.because or "",
         "; ".join(dict.fromkeys(number_of(clause) for clause in cell.clauses)), ", ".join(cell.position.searched))
        for row in compare_questions(handbook, revisions) for cell in row.cells
    )  # fmt: skip
    return Sheet("Answers", ("Question", "Trust", "Answer", "Because", "Clauses", "Searched for"), rows)


def _clauses(handbook: Handbook, revisions: tuple[Revision, ...]) -> Sheet:
    rows = tuple(
        (handbook.short_names[revision.trust], _link(clause), heading_of(clause), labels.FORCE[clause.modality], clause.in_full,
         ", ".join(handbook.role_labels[role] for role in clause.binds),
         ", ".join(handbook.topics[topic].label for topic in clause.topics), labels.lines_in_words(clause.lines))
        for revision in revisions for clause in revision.clauses
    )  # fmt: skip
    return Sheet("Clauses", ("Trust", "Clause", "Section", "Force", "In full", "Binds", "Topics", "Source"), rows)


def _checklists(handbook: Handbook, revisions: tuple[Revision, ...], trusts: tuple[str, ...]) -> list[Sheet]:
    sheets = []
    for name, checklist in handbook.checklists.items():
        judged = [judge(checklist, revision, handbook) for revision in revisions]
        rows = tuple(
            (point.point, *(labels.OUTCOME[judgements[index].outcome] for judgements in judged))
            for index, point in enumerate(checklist.points)
        )
        sheets.append(Sheet(checklist.title, ("Point", *trusts), rows, f"checklist-{name}"))
    return sheets


def findings_sheet(handbook: Handbook, findings: Sequence[Finding]) -> Sheet:
    """A row for each finding. Clauses that contradict each other are told in full, others by their ids, a gap by its lines."""
    clauses = {(revision.trust, revision.policy): revision.by_id for revision in handbook.in_force}
    rows = tuple(
        (
            handbook.short_names[found.trust], handbook.trust(found.trust).policy(found.policy).title, found.label, found.what, found.now or "", found.since or "",
            _clauses_of(found, clauses.get((found.trust, found.policy), {})),
        )
        for found in findings
    )  # fmt: skip
    return Sheet("Findings", ("Trust", "Policy", "Kind", "What", "Now", "Since", "Clauses"), rows)


def findings_in_brief(handbook: Handbook, findings: Sequence[Finding]) -> Sheet:
    """The same in columns that a terminal has room for."""
    full = findings_sheet(handbook, findings)
    rows = tuple(
        (trust, kind, "\n".join(words_of(part) for part in (policy, what, now, f"Since: {found.since}" if found.kind == "stale" and found.since else "", clauses) if part))
        for found, (trust, policy, kind, what, now, _, clauses) in zip(findings, full.rows, strict=True)
    )  # fmt: skip
    return Sheet(full.name, ("Trust", "Kind", "What"), rows)


def _clauses_of(found: Finding, clauses: dict[str, Clause]) -> str:
    if found.kind not in ("conflict", "conflict-by-rule"):
        return ", ".join(found.clauses or (f"source {labels.lines_in_words(lines)}" for lines in found.lines))
    told = (clauses[clause] for clause in found.clauses)
    return "\n".join(f"{clause.id} ({labels.FORCE[clause.modality]}): {clause.in_full}" for clause in told)


def _answer(cell: QuestionCell) -> str:
    return labels.ANSWER[cell.position.answer] + (" (contradicts itself)" if cell.position.conflict else "")


def _forces(cell: TopicCell) -> str:
    if cell.unsaid:
        return labels.UNSAID[cell.unsaid]
    return f"{', '.join(labels.FORCE[force] for force in cell.forces)} ({len(cell.clauses)})"


def _unsaid(cell: TopicCell) -> str:
    if not cell.unsaid:
        return ""
    return " ".join((labels.UNSAID_MEANS[cell.unsaid], *(part.says for part in cell.front_matter)))


def _link(clause: Clause) -> Link:
    return Link(f"{clause.trust}/{clause.policy}/index.html#{clause.id}", number_of(clause))
