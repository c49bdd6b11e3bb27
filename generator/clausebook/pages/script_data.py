"""What the comparing pages load, as scripts: a page that is opened from a folder may load a script, but fetch no data.

`library.js` has every trust in brief, a script a trust has its policies in full. Each puts one object into the global
`clausebookData`, by its name.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, get_args

from clausebook.compare.comparisons import Comparison, find_comparisons
from clausebook.compare.matrix import (
    PolicyAnswer,
    QuestionCell,
    TopicCell,
    compare_questions,
    compare_topics,
    question_cell,
    topic_cell,
)
from clausebook.model import ANSWERS, Answer, Question, Unanswered, labels
from clausebook.model.clause import Clause
from clausebook.model.handbook import Handbook, Policy, Revision, Trust
from clausebook.model.text import plain_words
from clausebook.model.verdicts import advice, tone, verdict

# How strict an answer is for whoever asks, by what the question asks for. What is not here can be neither stricter nor looser.
STRICTNESS: dict[str, dict[Answer, int]] = {
    "leave": {"permitted": 0, "advised-against": 1, "restricted": 2, "prohibited": 3},
    "duty": {"not-required": 0, "permitted": 0, "advised": 1, "restricted": 2, "required": 3},
}


def page_data(handbook: Handbook) -> Iterator[tuple[str, str]]:
    """The scripts, each with its name below the hub's compare/data/."""
    comparisons = find_comparisons(handbook)
    yield "library.js", render_script("library", _library(handbook, comparisons))
    for trust in handbook.trusts:
        yield f"trusts/{trust.id}.js", render_script(f"trust {trust.id}", _trust(trust, handbook, comparisons))


def render_script(name: str, value: dict[str, Any]) -> str:
    """A script that puts `value` into `clausebookData` by its name."""
    # ASCII alone, so that a host that names no encoding cannot spoil it
    data = json.dumps(value, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    return f"(window.clausebookData = window.clausebookData || {{}})[{json.dumps(name)}] = {data};\n"


def _library(handbook: Handbook, comparisons: tuple[Comparison, ...]) -> dict[str, Any]:
    return {
        "answers": {
            comparison.key(row.question.id): [_answer(cell) for cell in row.cells]
            for comparison in comparisons for row in compare_questions(comparison)
        },
        "forces": {
            comparison.key(row.topic.id): [_forces(cell) for cell in row.cells]
            for comparison in comparisons for row in compare_topics(handbook, comparison)
        },
        "groups": [
            {
                "id": comparison.key(group.id), "label": group.label + (f" ({comparison.kind.label})" if comparison.kind and not comparison.is_first_kind else ""),
                "topics": [{"id": comparison.key(one.id), "label": one.label} for one in comparison.topics_in(group)],
            }
            for comparison in comparisons for group in comparison.groups
        ],
        "questions": [
            {
                "id": comparison.key(question.id), "ask": question.ask, "topic": comparison.key(question.topic), "strictness": _strictness(question),
                "verdicts": _verdicts_key(question),
            }
            for comparison in comparisons for question in comparison.questions
        ],
        "trusts": [{"id": trust.id, "name": trust.record.short_name} for trust in handbook.trusts],
        "verdicts": {
            _verdicts_key(question): {answer: [verdict(question, answer), tone(question, answer)] for answer in (*ANSWERS, *get_args(Unanswered))}
            for comparison in comparisons for question in comparison.questions
        },
        "words": {
            "verdict": labels.VERDICT, "strength": labels.STRENGTH, "answerMeans": labels.UNANSWERED_MEANS, "force": labels.FORCE, "unsaid": labels.UNSAID, "unsaidMeans": labels.UNSAID_MEANS,
        },
    }  # fmt: skip


def _answer(cell: QuestionCell) -> str:
    """The word, and what stands beside it."""
    return cell.answer + (" differ" if cell.policies_differ else " conflict" if cell.contradicts_itself else "")


def _forces(cell: TopicCell) -> str:
    return cell.unsaid or f"{len(cell.clauses)} {' '.join(cell.forces)}"


def _strictness(question: Question) -> dict[Answer, int]:
    """Only of what the reader does: what the trust may do, and what a policy says of itself, is not strict or loose."""
    return STRICTNESS.get(question.asks, {}) if question.act else {}


def _verdicts_key(question: Question) -> str:
    """What decides the verdicts and tones of a question: those of one key have the same."""
    return question.asks + ("+" if question.protects else "")


def _trust(trust: Trust, handbook: Handbook, comparisons: tuple[Comparison, ...]) -> dict[str, Any]:
    places = {revision.policy: place for place, revision in enumerate(trust.in_force)}
    cells = {
        comparison.key(topic.id): topic_cell(handbook, topic.id, trust, comparison.kind)
        for comparison in comparisons for topic in comparison.topics
    }  # fmt: skip
    return {
        "name": trust.record.short_name,
        "policies": [_policy(revision) for revision in trust.in_force],
        "positions": {
            comparison.key(question.id): _position(question_cell(trust, question, comparison.kind), places, handbook)
            for comparison in comparisons for question in comparison.questions
        },
        "sections": [
            {"clauses": [_clause(clause, place, keys) for clause in part.clauses], "heading": part.place, "policy": place}
            for place, revision in enumerate(trust.in_force)
            for keys in (_keys(trust.policy(revision.policy), comparisons),)
            for part in revision.sections
        ],
        "unsaid": {
            key: {"is": cell.unsaid, "says": [plain_words(part.says) for part in cell.front_matter]}
            for key, cell in cells.items() if cell.unsaid and cell.unsaid != "silent"
        },
    }  # fmt: skip


def _policy(revision: Revision) -> dict[str, Any]:
    record = revision.record
    return {
        "dated": labels.dated(record.dates), "page": f"{revision.trust}/{revision.policy}/index.html",
        "restated": record.wording == "restated", "title": record.title,
    }  # fmt: skip


def _position(cell: QuestionCell, places: dict[str, int], handbook: Handbook) -> dict[str, Any]:
    pupils = handbook.topics[cell.question.topic].pupils
    return {
        "answer": cell.answer, "advice": advice(cell.question, cell.answer, pupils=pupils), "conflict": cell.contradicts_itself, "differ": cell.policies_differ,
        "says": [_says(one, places[one.revision.policy]) for one in cell.said], "searched": cell.searched,
    }  # fmt: skip


def _says(answer: PolicyAnswer, place: int) -> dict[str, Any]:
    position = answer.position
    return {
        "answer": position.answer, "because": plain_words(position.because or ""), "clauses": [f"{place}#{clause}" for clause in position.clauses],
        "conflict": position.conflict, "front": [plain_words(part.says) for part in answer.front_matter], "policy": place, "ruling": plain_words(labels.ruling_on(position.clauses, answer.revision.record)),
    }  # fmt: skip


def _keys(policy: Policy, comparisons: tuple[Comparison, ...]) -> dict[str, str]:
    """What the library calls each topic for clauses of `policy`."""
    return {
        topic.id: comparison.key(topic.id)
        for comparison in comparisons
        if comparison.kind is None or comparison.kind == policy.kind
        for topic in comparison.topics
    }


def _clause(clause: Clause, place: int, keys: dict[str, str]) -> dict[str, Any]:
    before, after = clause.words_around_items
    return ({"after": plain_words(" ".join(after))} if after else {}) | {
        "counted": clause.number_inferred, "force": clause.modality, "id": clause.id,
        "items": [_clause(item, place, keys) for item in clause.items], "lines": labels.lines_in_words(clause.lines),
        "number": clause.number or "", "text": plain_words(" ".join((clause.text, *before))), "topics": [keys[topic] for topic in clause.topics],
    }  # fmt: skip
