"""GIFT: every question of the pool as plain text, for platforms that read that and no Moodle XML.

The format is that of Moodle Docs, "GIFT format". Each question says `[plain]`, so that no sign of a text is taken for HTML;
`\\n` is a line break. An arrow of two signs, which would make an answer a pair, becomes one sign.
"""

from __future__ import annotations

from collections.abc import Iterator

from clausebook.export.lms.course import FULL, Course, Format, Lesson
from clausebook.export.lms.moodle import (
    category_of,
    is_plain_true_false,
    names_of,
    number_of,
    short_number,
    shortened,
    tags_of,
    truth_of,
)
from clausebook.export.lms.reasons import name_policy, tell_reasons
from clausebook.model import Gap, labels
from clausebook.model.citation import cite
from clausebook.model.clause import Clause
from clausebook.model.text import plain_words
from clausebook.pages.page import place_gaps
from clausebook.quizzes import AskedOption, AskedQuestion

FORMAT = Format("gift.txt", "GIFT questions", "The same questions as plain text, for platforms that read GIFT.")
CONTROL = str.maketrans({sign: f"\\{sign}" for sign in r"\~=#{}:"} | {"\n": " "})


def render_gift(course: Course) -> bytes:
    """Policy after policy: all questions, a block each, after the whole policy."""
    return ("\n\n".join(block for lesson in course.banks for block in _blocks(lesson)) + "\n").encode()


def _blocks(lesson: Lesson) -> Iterator[str]:
    names = names_of(lesson)
    yield from (_head(lesson), f"$CATEGORY: {category_of(lesson)}", _policy(lesson))
    yield from (_question(asked, names[asked.id], lesson) for asked in lesson.pool)


def escape_gift(text: str) -> str:
    """Text in which no sign acts."""
    return plain_words(text).replace("->", "→").translate(CONTROL)


def _head(lesson: Lesson) -> str:
    revision = lesson.revision
    return f"// {' '.join(name_policy(lesson).split())}\n// Digest {revision.digest}, questions {lesson.quiz.mark}"


def _policy(lesson: Lesson) -> str:
    """The whole policy as a text that asks nothing."""
    gaps = place_gaps(lesson.revision)
    lines = [name_policy(lesson), *map(_gap, gaps.get("", []))]
    for part in lesson.revision.sections:
        lines += ["", " ".join(word for word in (part.record.number, part.record.heading) if word)]
        for clause in part.clauses:
            lines += _lines(clause, "")
        lines += map(_gap, gaps.get(part.record.id, []))
    title = escape_gift(shortened(f"To read first: {lesson.revision.record.title}"))
    return f"// [id:{short_number(f'{lesson.revision.policy}.policy')}]\n::{title}::[plain]{_joined(lines)}"


def _gap(gap: Gap) -> str:
    where = f", {labels.lines_in_words(gap.lines)}" if gap.lines else ""
    return f"Gap in the source{where}. {gap.says} Nothing is filled in: ask first."


def _lines(clause: Clause, indent: str) -> Iterator[str]:
    number = f"{clause.number} " if clause.number and not indent else ""
    force = f"{labels.FORCE[clause.modality]}: " if not indent else ""
    yield f"{indent}{number}{force}{clause.text}"
    before, after = clause.words_around_items
    yield from (f"{indent}{words}" for words in before)
    for item in clause.items:
        yield from _lines(item, f"{indent}– ")
    yield from (f"{indent}{words}" for words in after)


def _question(asked: AskedQuestion, name: str, lesson: Lesson) -> str:
    # The brackets of a comment end with the first that closes
    tags = [f"[id:{number_of(asked, lesson)}]", *(f"[tag:{tag.replace(']', ')')}]" for tag in tags_of(asked, lesson))]
    told = " ".join(one for one in (asked.question.scenario, asked.question.ask) if one)
    return "\n".join([
        f"// {' '.join(tags)}",
        f"::{escape_gift(name)}::[plain]{escape_gift(told)}{{",
        *(f"\t{line}" for line in _answers(asked)),
        f"\t####{_joined(_general_feedback(asked, lesson))}",
        "}",
    ])  # fmt: skip


def _answers(asked: AskedQuestion) -> Iterator[str]:
    if asked.question.kind == "order":
        for place, option in enumerate(asked.options, 1):
            yield f"={escape_gift(option.text)} -> {place}"
    elif is_plain_true_false(asked):
        right = next(one for one in asked.options if one.is_right)
        wrong = next(one for one in asked.options if not one.is_right)
        # The first feedback is for the wrong answer, the second for the right one
        yield f"{truth_of(right).upper()}#{_feedback(wrong, asked)}#{_feedback(right, asked)}"
    else:
        for option in asked.options:
            yield f"{_worth(option, asked)}{escape_gift(option.text)}#{_feedback(option, asked)}"


def _worth(option: AskedOption, asked: AskedQuestion) -> str:
    if asked.question.kind != "multiple":
        return "=" if option.is_right else "~"
    share = f"{FULL / len(asked.right):.5f}".rstrip("0").rstrip(".") if option.is_right else str(-FULL)
    return f"~%{share}%"


def _feedback(option: AskedOption, asked: AskedQuestion) -> str:
    return _joined(tell_reasons(asked, option)) if option.is_right else escape_gift(option.says)


def _general_feedback(asked: AskedQuestion, lesson: Lesson) -> Iterator[str]:
    yield name_policy(lesson)
    yield from tell_reasons(asked)
    if asked.question.kind == "order":
        for place, option in enumerate(asked.options, 1):
            yield f"{place}. {option.text} {option.says}"
    for clause in asked.clauses:
        yield f"{cite(clause)}: {labels.FORCE[clause.modality]}: {clause.in_full}"


def _joined(lines: Iterator[str] | list[str] | tuple[str, ...]) -> str:
    return "\\n".join(escape_gift(line) for line in lines)
