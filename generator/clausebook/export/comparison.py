"""Comparisons as tables to take away: one question or topic for some trusts, or everything for all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from clausebook.compare.checklists import judge
from clausebook.compare.comparisons import Comparison, find_comparisons
from clausebook.compare.matrix import (
    PolicyAnswer,
    PolicyTopic,
    QuestionCell,
    TopicCell,
    compare_questions,
    compare_topics,
    question_cell,
    topic_cell,
)
from clausebook.export.tables import Cell, Link, Sheet, Toned, words_of
from clausebook.findings.find import Finding
from clausebook.model import Answer, PolicyKind, Question, Unanswered, labels
from clausebook.model.citation import heading_of, number_of
from clausebook.model.clause import Clause
from clausebook.model.dates import in_words
from clausebook.model.handbook import Handbook, Trust
from clausebook.model.verdicts import advice, tone, verdict

COLOURS = {  # as on the pages: the word says it, the colour repeats it
    "Met": ("#1b5424", "#e3f4e5"), "Partly met": ("#55297e", "#f1e8fa"), "Contradicted": ("#8f1d14", "#fdeae8"),
    "Must not": ("#8f1d14", "#fdeae8"), "Must": ("#123f7a", "#e3edfa"),
    "Should not": ("#6f3d00", "#fdeeda"), "Should": ("#0b4f59", "#dff3f5"), "May": ("#1b5424", "#e3f4e5"),
}  # fmt: skip
HOLDS = {
    "Questions": "Each trust's answer to each question. The colour says what it means for staff.",
    "Topics": "How strongly each trust's clauses on a topic are worded, and how many there are.",
    "Answers": "Each answer with its reason and its clauses.",
    "Clauses": "Every clause in full.",
    "Findings": "What is overdue, out of date, contradictory or missing. These notes are ours.",
}
TONES: dict[str, tuple[str, str]] = {
    "frees": ("#1b5424", "#e3f4e5"), "limits": ("#8f1d14", "#fdeae8"), "depends": ("#55297e", "#f1e8fa"), "fact": ("#123f7a", "#e3edfa"),
    "unknown": ("#414952", "#ffffff"),
}  # fmt: skip
FRONT = "Front matter"
EVIDENCE = ("Trust", "Policy", "Answer", "Because", "Clause", "In full", "Source")


def question_sheet(
    handbook: Handbook, trusts: Sequence[Trust], question_id: str, kind: PolicyKind | None = None
) -> Sheet:
    """A row for each clause that gives a policy's answer; a trust that has none says why in its one row."""
    question = handbook.question_by_id[question_id]
    rows: list[tuple[Cell, ...]] = []
    for trust in trusts:
        cell = question_cell(trust, question, kind)
        for one in cell.said:
            position = one.position
            because = position.because or f"Ask first. Searched for: {', '.join(position.searched)}."
            title, front = one.revision.record.title, one.front_matter
            found = _evidence(handbook, trust.id, title, _answer_of(one), because, one.clauses) if not front else [
                (trust.record.short_name, title, _answer_of(one), because, FRONT, part.says, labels.lines_in_words(part.lines)) for part in front
            ]  # fmt: skip
            rows += _with_verdict(found, question, position.answer)
        if not cell.answers:
            means = labels.CELL_MEANS[cell.answer]
            found = _evidence(handbook, trust.id, "", labels.CELL[cell.answer], means, ())
            rows += _with_verdict(found, question, cell.answer)
    return Sheet(question.ask, (*EVIDENCE[:2], "Verdict", *EVIDENCE[2:]), tuple(rows))


def _with_verdict(
    rows: Iterable[tuple[Cell, ...]], question: Question, answer: Answer | Unanswered
) -> list[tuple[Cell, ...]]:
    """`rows` with the verdict before the answer."""
    return [(*row[:2], _verdict(question, answer), *row[2:]) for row in rows]


def _verdict(question: Question, answer: Answer | Unanswered) -> Toned:
    return Toned(labels.VERDICT[verdict(question, answer)], tone(question, answer))


def topic_sheet(handbook: Handbook, trusts: Sequence[Trust], topic_id: str, kind: PolicyKind | None = None) -> Sheet:
    """A row for each clause on the topic; a trust that has none says why in its one row."""
    rows: list[tuple[Cell, ...]] = []
    for trust in trusts:
        cell = topic_cell(handbook, topic_id, trust, kind)
        for one in cell.policies:
            if one.clauses or cell.unsaid:
                rows += _evidence(
                    handbook, trust.id, one.revision.record.title, _forces(one), _unsaid(one), one.clauses
                )
        if not cell.policies:
            rows += _evidence(handbook, trust.id, "", _forces(cell), _unsaid(cell), ())
    return Sheet(handbook.topics[topic_id].label, EVIDENCE, tuple(rows))


def _evidence(
    handbook: Handbook, trust: str, policy: str, answer: str, because: str, clauses: Iterable[Clause]
) -> list[tuple[Cell, ...]]:
    name = handbook.short_names[trust]
    found = [
        (name, policy, answer, because, _link(clause), f"{labels.FORCE[clause.modality]}: {clause.in_full}", labels.lines_in_words(clause.lines))
        for clause in clauses
    ]  # fmt: skip
    return [*found] or [(name, policy, answer, because, "", "", "")]


def subject_sheet(comparison: Comparison, trusts: Sequence[Trust]) -> Sheet:
    """The matrix of one comparison: each trust's answer to each of its questions, in a word."""
    names = tuple(trust.record.short_name for trust in trusts)
    return Sheet(comparison.label, ("Question", *names), tuple(
        (row.question.ask, *(_answer(cell) for cell in row.cells))
        for row in compare_questions(comparison, trusts)
    ))  # fmt: skip


def comparison_sheets(handbook: Handbook, findings: Sequence[Finding]) -> Iterator[Sheet]:
    """Both matrices, every answer and every clause in full, the checklists and the findings, one at a time: of many trusts they are large."""
    trusts, comparisons = tuple(handbook.short_names.values()), find_comparisons(handbook)
    yield _questions(comparisons, trusts)
    yield _topics(handbook, comparisons, trusts)
    yield _answers(handbook, comparisons)
    yield _clauses(handbook)
    yield from _checklists(handbook)
    yield findings_sheet(handbook, findings)


def cover_sheet(handbook: Handbook, as_of: date) -> Sheet:
    """What the workbook of `comparison_sheets` holds and how to read it, to stand before them."""
    *first, last = HOLDS
    names = (*first, *(checklist.title for checklist in handbook.checklists.values()), last)
    trusts = ", ".join(trust.record.name for trust in handbook.trusts)
    about: list[tuple[Cell, ...]] = [("Made", f"by Clausebook, as of {in_words(as_of)}"), ("Trusts", trusts)]
    about += [(name, HOLDS.get(name, "The result of each point for each trust's policy.")) for name in names]
    about += [(word, labels.VERDICT_MEANS[one]) for one, word in labels.VERDICT.items()]
    about += [(word, labels.CELL_MEANS[answer]) for answer, word in labels.STRENGTH.items()]
    about += [("Contradicts itself", "Clauses of the same policy disagree. The answer shown is the stricter one.")]
    about += [
        (
            "Policies differ",
            "Two policies of the trust answer differently. The strictest answer, or the strongest promise, is shown.",
        )
    ]
    return Sheet("About", ("What", "Meaning"), tuple(about))


def _questions(comparisons: Sequence[Comparison], trusts: tuple[str, ...]) -> Sheet:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (one.label, Link(f"compare/questions/{row.question.id}/index.html", row.question.ask), row.question.asked_by,
         *(_answer(cell) for cell in row.cells))
        for one in comparisons for row in compare_questions(one)
    )  # fmt: skip
    return Sheet("Questions", ("Subject", "Question", "Asked by", *trusts), rows)


def _topics(handbook: Handbook, comparisons: Sequence[Comparison], trusts: tuple[str, ...]) -> Sheet:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (one.label, Link(f"compare/topics/{row.topic.id}/index.html", row.topic.label), *(_forces(cell) for cell in row.cells))
        for one in comparisons for row in compare_topics(handbook, one)
    )  # fmt: skip
    return Sheet("Topics", ("Subject", "Topic", *trusts), rows)


def _answers(handbook: Handbook, comparisons: Sequence[Comparison]) -> Sheet:
    rows = tuple(
        (one.label, row.question.ask, handbook.short_names[cell.trust], *told)
        for one in comparisons for row in compare_questions(one) for cell in row.cells
        for told in _told(cell, handbook)
    )  # fmt: skip
    return Sheet(
        "Answers",
        ("Subject", "Question", "Trust", "Policy", "Verdict", "Advice", "Answer", "Because", "Clauses", "Searched for"),
        rows,
    )


def _told(cell: QuestionCell, handbook: Handbook) -> Iterator[tuple[Cell, ...]]:
    """A row for each policy that answers; where none does, one that says so."""
    question, pupils = cell.question, handbook.topics[cell.question.topic].pupils
    for one in cell.answers:
        answer = one.position.answer
        yield (
            one.revision.record.title, _verdict(question, answer), advice(question, answer, pupils=pupils), _answer_of(one), one.position.because or "",
            "; ".join(dict.fromkeys((*(number_of(clause) for clause in one.clauses), *(FRONT for _ in one.front_matter)))), ", ".join(one.position.searched),
        )  # fmt: skip
    if not cell.answers:
        told = advice(question, cell.answer, pupils=pupils)
        yield (
            "",
            _verdict(question, cell.answer),
            told,
            labels.CELL[cell.answer],
            labels.CELL_MEANS[cell.answer],
            "",
            "",
        )


def _clauses(handbook: Handbook) -> Sheet:
    rows = tuple(
        (handbook.short_names[revision.trust], revision.record.title, _link(clause), heading_of(clause), labels.FORCE[clause.modality], clause.in_full,
         ", ".join(handbook.role_labels[role] for role in clause.binds),
         ", ".join(handbook.topics[topic].label for topic in clause.topics), labels.lines_in_words(clause.lines))
        for revision in handbook.in_force for clause in revision.clauses
    )  # fmt: skip
    return Sheet(
        "Clauses", ("Trust", "Policy", "Clause", "Section", "Force", "In full", "Binds", "Topics", "Source"), rows
    )


def _checklists(handbook: Handbook) -> Iterator[Sheet]:
    for name, checklist in handbook.checklists.items():
        revisions = handbook.of_kind(checklist.kind)
        trusts = tuple(handbook.short_names[revision.trust] for revision in revisions)
        judged = [judge(checklist, revision, handbook) for revision in revisions]
        rows = tuple(
            (point.point, *(labels.OUTCOME[judgements[index].outcome] for judgements in judged))
            for index, point in enumerate(checklist.points)
        )
        yield Sheet(checklist.title, ("Point", *trusts), rows, f"checklist-{name}")


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
    if found.kind not in ("conflict", "policies-differ", "conflict-by-rule"):
        return ", ".join(found.clauses or (f"source {labels.lines_in_words(lines)}" for lines in found.lines))
    told = (clauses[clause] for clause in found.clauses)
    return "\n".join(f"{clause.id} ({labels.FORCE[clause.modality]}): {clause.in_full}" for clause in told)


def _answer(cell: QuestionCell) -> Toned:
    aside = "policies differ" if cell.policies_differ else "contradicts itself" if cell.contradicts_itself else ""
    return Toned(labels.said(cell.question, cell.answer, aside), tone(cell.question, cell.answer))


def _answer_of(one: PolicyAnswer) -> str:
    return labels.ANSWER[one.position.answer] + (" (contradicts itself)" if one.position.conflict else "")


def _forces(cell: TopicCell | PolicyTopic) -> str:
    if cell.unsaid:
        return labels.UNSAID[cell.unsaid]
    return f"{', '.join(labels.FORCE[force] for force in cell.forces)} ({len(cell.clauses)})"


def _unsaid(cell: TopicCell | PolicyTopic) -> str:
    if not cell.unsaid:
        return ""
    return " ".join((labels.UNSAID_MEANS[cell.unsaid], *(part.says for part in cell.front_matter)))


def _link(clause: Clause) -> Link:
    return Link(f"{clause.trust}/{clause.policy}/index.html#{clause.id}", number_of(clause))
