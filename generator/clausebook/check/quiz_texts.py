"""P808: text of a quiz that a format of learning platforms could not hold, or that says what each page says by itself.

GIFT knows no way to write some signs as themselves: `->` in an answer makes a pair, `%` at its start a weight, `[html]` a
format, and two slashes at the start of a line a comment. A line break splits a question in GIFT, and ends an answer in Aiken
and in many a spreadsheet; no format of ours needs one. (Moodle Docs, "GIFT format".)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from clausebook.load import Loaded
from clausebook.load.document import Path
from clausebook.model import Quiz
from clausebook.model.problems import Problem

HOW_TO_ANSWER = (
    re.compile(r"\b(?:choose|tick|select|mark|pick) (?:all|every|each|any)\b[^.?!]*\b(?:apply|applies|right|correct|true)\b", re.IGNORECASE),
    "how to answer", "each page and each platform says below the question how many may be chosen: it would be said twice", "take it out",
)  # fmt: skip
FAULTS = (
    (re.compile(r"\n"), "a line break", "a learning platform would end the question there", "say it in one paragraph; below `>-` it may go over several lines"),
    (re.compile(r"->"), "`->`", "in GIFT, a format of learning platforms, it makes a pair of two answers", "say it in words, such as “to” or “then”"),
    (re.compile(r"^\s*%[0-9.-]*%?"), "`%` at its start", "in GIFT, a format of learning platforms, it gives the answer a weight", "start with a word"),
    (re.compile(r"^\s*//"), "`//` at its start", "in GIFT, a format of learning platforms, it makes the line a comment", "start with a word"),
    (re.compile(r"^\s*\[(html|moodle|plain|markdown)\]", re.IGNORECASE), "the name of a format in brackets", "in GIFT, a format of learning platforms, it says how the text is marked up", "take it out"),
    (re.compile(r"^\s*\$CATEGORY", re.IGNORECASE), "`$CATEGORY` at its start", "in GIFT, a format of learning platforms, it files the questions elsewhere", "start with a word"),
)  # fmt: skip


def check_quiz_texts(loaded: Loaded) -> Iterator[Problem]:
    for quiz in loaded.quizzes.values():
        for path, text in _texts(quiz.record):
            for pattern, sign, why, fix in (HOW_TO_ANSWER, *FAULTS) if path[-1] == "ask" else FAULTS:
                if found := pattern.search(text):
                    words = found[0].strip() or text.strip().split("\n")[0]
                    yield from quiz.problem_with(path, words, "P808", f"this text holds {sign}", why, fix)


def _texts(quiz: Quiz) -> Iterator[tuple[Path, str]]:
    yield ("title",), quiz.title
    yield ("ask_first", "text"), quiz.ask_first.text
    yield ("ask_first", "says"), quiz.ask_first.says
    for i, question in enumerate(quiz.questions):
        yield ("questions", i, "ask"), question.ask
        if question.scenario:
            yield ("questions", i, "scenario"), question.scenario
        for j, option in enumerate(question.options):
            yield ("questions", i, "options", j, "text"), option.text
            yield ("questions", i, "options", j, "says"), option.says
        for j, basis in enumerate(question.rests_on):
            yield ("questions", i, "rests_on", j, "because"), basis.because
