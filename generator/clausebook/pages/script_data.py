"""What the comparing pages load, as scripts: a page that is opened from a folder may load a script, but fetch no data.

`library.js` has every trust in brief, a script a trust has its policy in full. Each puts one object into the global
`clausebookData`, by its name.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from clausebook.compare.matrix import QuestionCell, compare_questions, topic_cell
from clausebook.model import Answer, Question, labels
from clausebook.model.clause import Clause
from clausebook.model.handbook import Handbook, Revision
from clausebook.model.text import plain_words

# How strict an answer is for whoever asks, by what the question asks for. What is not here can be neither stricter nor looser.
STRICTNESS: dict[str, dict[Answer, int]] = {
    "leave": {"permitted": 0, "advised-against": 1, "restricted": 2, "prohibited": 3},
    "duty": {"permitted": 0, "advised": 1, "restricted": 2, "required": 3},
}


def page_data(handbook: Handbook) -> Iterator[tuple[str, str]]:
    """The scripts, each with its name below the hub's compare/data/."""
    yield "library.js", _script("library", _library(handbook))
    for revision in handbook.compared:
        yield f"trusts/{revision.trust}.js", _script(f"trust {revision.trust}", _trust(revision, handbook))


def _script(name: str, value: dict[str, Any]) -> str:
    # ASCII alone, so that a host that names no encoding cannot spoil it
    data = json.dumps(value, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    return f"(window.clausebookData = window.clausebookData || {{}})[{json.dumps(name)}] = {data};\n"


def _library(handbook: Handbook) -> dict[str, Any]:
    rows = compare_questions(handbook, handbook.compared)
    return {
        "answers": {row.question.id: [_answer(cell) for cell in row.cells] for row in rows},
        "forces": {
            topic: [_forces(handbook, topic, revision) for revision in handbook.compared] for topic in handbook.topics
        },
        "groups": [
            {"id": group.id, "label": group.label, "topics": [{"id": one.id, "label": one.label} for one in group.topics]}
            for group in handbook.groups
        ],
        "questions": [
            {"id": question.id, "ask": question.ask, "topic": question.topic, "strictness": _strictness(question)} for question in handbook.questions
        ],
        "trusts": [{"id": revision.trust, "name": handbook.short_names[revision.trust]} for revision in handbook.compared],
        "words": {"answer": labels.ANSWER, "force": labels.FORCE, "unsaid": labels.UNSAID, "unsaidMeans": labels.UNSAID_MEANS},
    }  # fmt: skip


def _answer(cell: QuestionCell) -> str:
    return f"{cell.position.answer} conflict" if cell.position.conflict else cell.position.answer


def _forces(handbook: Handbook, topic: str, revision: Revision) -> str:
    cell = topic_cell(handbook, topic, revision)
    if cell.unsaid:
        return cell.unsaid
    return f"{len(cell.clauses)} {' '.join(cell.forces)}"


def _strictness(question: Question) -> dict[Answer, int]:
    """Only of what the reader does: what the trust may do, and what a policy says of itself, is not strict or loose."""
    return STRICTNESS.get(question.asks, {}) if question.act else {}


def _trust(revision: Revision, handbook: Handbook) -> dict[str, Any]:
    record = revision.record
    cells = {topic: topic_cell(handbook, topic, revision) for topic in handbook.topics}
    return {
        "dated": labels.dated(record.dates),
        "name": handbook.short_names[revision.trust],
        "policy": f"{revision.trust}/{revision.policy}/index.html",
        "positions": {
            name: {
                "answer": position.answer, "because": plain_words(position.because or ""), "clauses": position.clauses,
                "conflict": position.conflict, "ruling": plain_words(labels.ruling_on(position.clauses, revision.record)), "searched": position.searched,
            }
            for name, position in record.positions.items()
        },
        "restated": record.wording == "restated",
        "sections": [
            {"clauses": [_clause(clause) for clause in part.clauses], "heading": part.place}
            for part in revision.sections
        ],
        "title": record.title,
        "unsaid": {
            topic: {"is": cell.unsaid, "says": [plain_words(part.says) for part in cell.front_matter]}
            for topic, cell in cells.items() if cell.unsaid in ("front-matter", "unreadable")
        },
    }  # fmt: skip


def _clause(clause: Clause) -> dict[str, Any]:
    before, after = clause.words_around_items
    return ({"after": plain_words(" ".join(after))} if after else {}) | {
        "counted": clause.number_inferred, "force": clause.modality, "id": clause.id,
        "items": [_clause(item) for item in clause.items], "lines": labels.lines_in_words(clause.lines),
        "number": clause.number or "", "text": plain_words(" ".join((clause.text, *before))), "topics": clause.topics,
    }  # fmt: skip
