"""A revision's answer to a key question, written into its file: text in, text out, every other line stays."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from clausebook.check.evidence import SEARCHED
from clausebook.edit.field_lines import Edit, FieldLines
from clausebook.model import EverydayWord, Position, Question, RevisionRecord
from clausebook.model.text import as_read, find_phrase, plain_words

MOST_SEARCHED = 6


def write_position(text: str, question: str, position: Position) -> str:
    """The text with this answer; what a program had found on the question goes. Raises NotInFieldsError."""
    file = FieldLines(text)
    line = f"  {question}: {_flow(position)}"
    edits: list[Edit] = []
    if file.has("positions", question):
        edits.append((file.lines_of("positions", question), [line]))
    elif file.has("positions") and file.document.value["positions"]:
        end = file.lines_of("positions")[1]
        edits.append(((end, end), [line]))
    else:
        place = file.lines_of("positions") if file.has("positions") else (file.lines_of("sections")[1],) * 2
        edits.append((place, ["positions:", line]))
    if file.has("evidence", question):
        only = len(file.document.value["evidence"]) == 1
        edits.append((file.lines_of("evidence") if only else file.lines_of("evidence", question), []))
    return file.written(edits)


def _flow(position: Position) -> str:
    parts = [f"answer: {position.answer}"]
    if position.clauses:
        parts.append(f"clauses: [{', '.join(position.clauses)}]")
    if position.searched:
        parts.append(f"searched: {json.dumps(list(position.searched), ensure_ascii=False)}")
    if position.because:
        parts.append(f"because: {json.dumps(position.because, ensure_ascii=False)}")
    return f"{{{', '.join(parts)}}}"


def words_not_there(
    record: RevisionRecord, question: Question, everyday: Iterable[EverydayWord], said: Sequence[str]
) -> tuple[str, ...]:
    """Words that a reader would look for on a question, and that no clause of the policy has: what staff call its topic, and its own.

    Fewer than two are not enough to call a policy silent. `said` are the words of its clauses.
    """
    whole = as_read(" | ".join((*said, *(part.says for part in record.front_matter))))
    called = [word.word for word in everyday if question.topic in word.topics]
    own = [word for word in plain_words(question.act or question.ask).replace("?", "").split() if len(word) > 6]
    found = [word for word in dict.fromkeys((*called, *own)) if not find_phrase(word, whole)]
    return tuple(found[:MOST_SEARCHED]) if len(found) >= SEARCHED else ()
