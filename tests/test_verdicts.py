"""What an answer comes to, what to do and how it is coloured: a table of all that a question can ask and all that can be answered."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from clausebook.model import ANSWERS, Asks, Question, Unanswered, labels
from clausebook.model.handbook import Handbook
from clausebook.model.verdicts import Tone, Verdict, advice, tone, verdict

ASKS = get_args(Asks)
SAID = (*ANSWERS, *get_args(Unanswered))
CODES = {"yes": "Y", "no": "N", "depends": "D", "not-stated": "-", "unreadable": "?", "not-looked-at": "…"}
TONES = {"frees": "+", "limits": "!", "depends": "D", "unknown": "-", "fact": "="}
ORDER = "required prohibited restricted permitted advised advised-against not-required silent unreadable not-looked-at not-covered"
# A sign for each answer, in that order.
VERDICTS = {
    "duty": "YNDNYNN-?…-", "leave": "YNDYYNY-?…-", "trust-duty": "YNDYYNN-?…-", "trust-power": "YNDYYNN-?…-", "fact": "YNDYYNN-?…-",
}  # fmt: skip
MEANS = {
    "duty": "!+D+!++----",
    "leave": "+!D++!+----",
    "trust-duty": "==D====----",
    "trust-power": "!+D!!++----",
    "fact": "==D====----",
}
MEANS_WHERE_YES_PROTECTS = dict.fromkeys(ASKS, "+!D++!!----") | {"leave": "+!D++!+----", "duty": "+!D!+!!----"}


def made(asks: Asks, *, protects: bool = False, act: str | None = "ring a parent") -> Question:
    return Question(id="ring", ask="May I ring?", asks=asks, asked_by="both", topic="calls", act=act, protects=protects)


@pytest.mark.parametrize("asks", ASKS)
def test_each_answer_comes_to_a_verdict_by_what_is_asked(asks: Asks) -> None:
    assert tuple(ORDER.split()) == SAID
    assert "".join(CODES[verdict(made(asks), answer)] for answer in SAID) == VERDICTS[asks]


@pytest.mark.parametrize("asks", ASKS)
def test_each_answer_is_coloured_by_what_it_means_for_staff(asks: Asks) -> None:
    assert "".join(TONES[tone(made(asks), answer)] for answer in SAID) == MEANS[asks]
    protected = made(asks, protects=True)
    assert "".join(TONES[tone(protected, answer)] for answer in SAID) == MEANS_WHERE_YES_PROTECTS[asks]


def test_every_verdict_and_tone_is_used_and_named() -> None:
    assert (
        {verdict(made(asks), answer) for asks in ASKS for answer in SAID}
        == set(get_args(Verdict))
        == set(labels.VERDICT)
    )
    assert {tone(made(asks), answer) for asks in ASKS for answer in SAID} == set(get_args(Tone))


@pytest.mark.parametrize(
    ("asks", "answer", "says"),
    [
        ("leave", "permitted", "You may ring a parent."),
        ("leave", "prohibited", "You must not ring a parent."),
        ("leave", "restricted", "You may ring a parent only within limits. Read which."),
        ("leave", "advised-against", "You should not ring a parent: advised against, not forbidden."),
        ("leave", "silent", "Ask before you ring a parent."),
        ("duty", "required", "You must ring a parent."),
        ("duty", "advised", "You should ring a parent: recommended, not required."),
        ("duty", "restricted", "You must ring a parent in some cases. Read which."),
        ("duty", "permitted", "You may ring a parent. You do not have to."),
        ("duty", "not-looked-at", "Ask if you need to ring a parent."),
        ("trust-power", "not-covered", "Do not assume that it is ruled out. Ask."),
        ("trust-duty", "silent", "Ask. Do not assume either way."),
    ],
)
def test_the_advice_says_what_to_do(asks: Asks, answer: str, says: str) -> None:
    assert advice(made(asks), answer, pupils=False) == says  # type: ignore[arg-type]


@pytest.mark.parametrize("answer", ["silent", "unreadable", "not-looked-at", "not-covered"])
def test_where_silence_touches_pupils_the_advice_is_not_to_until_somebody_was_asked(answer: str) -> None:
    assert advice(made("leave"), answer, pupils=True) == "Don't ring a parent until you have asked."  # type: ignore[arg-type]
    assert advice(made("duty"), answer, pupils=True) == "Act as if you must ring a parent, until you have asked."  # type: ignore[arg-type]


def test_an_act_that_begins_with_be_is_told_in_proper_english() -> None:
    friends = made("leave", act="be friends with a parent")
    assert advice(friends, "silent", pupils=False) == "Ask before you are friends with a parent."
    assert advice(friends, "silent", pupils=True) == "Don't be friends with a parent until you have asked."


def test_silence_never_tells_anybody_to_wait_with_what_protects() -> None:
    assert advice(made("leave", protects=True), "silent", pupils=True) == "Ask whether you may ring a parent."


def test_every_question_can_be_answered_with_yes_or_no_and_says_what_to_do(handbook: Handbook) -> None:
    for question in handbook.questions:
        first = re.sub(r"^If [^,]+, ", "", question.ask).split()[0]
        assert first.lower() in {"must", "may", "do", "does", "is", "are"}, question.ask
        assert question.act or question.asks not in ("duty", "leave"), question.id
        for answer in SAID:
            said = advice(question, answer, pupils=handbook.topics[question.topic].pupils)
            assert said.endswith("."), said
            assert len(said.split()) <= 32, said
