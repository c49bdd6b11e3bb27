"""Moodle XML and GIFT hold every question with all its feedback and its clauses, whatever signs stand in them."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from clausebook.export.lms import Course
from clausebook.export.lms.gift import escape_gift
from clausebook.export.lms.moodle import category_of, names_of, number_of, short_number
from clausebook.export.lms.reasons import tell_reasons
from clausebook.model.citation import cite
from clausebook.model.handbook import Handbook
from clausebook.model.text import plain_words
from clausebook.quizzes import AskedQuestion, take_quiz

TESTS = Path(__file__).parents[1]
READ_GIFT = "console.log(JSON.stringify(require('gift-pegjs').parse(require('fs').readFileSync(0, 'utf8'))))"


class _Words(HTMLParser):
    """The words of a piece of HTML, as a reader sees them."""

    def __init__(self) -> None:
        super().__init__()
        self.words = ""

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_endtag(self, tag: str) -> None:
        self.words += "" if tag in ("em", "strong") else "\n"


def seen(html: str) -> str:
    reader = _Words()
    reader.feed(html)
    reader.close()
    return reader.words.strip()


def one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def bank(packages: dict[str, bytes]) -> dict[str, Any]:
    """Moodle's questions by their id number."""
    root = etree.fromstring(packages["moodle.xml"], etree.XMLParser(resolve_entities=False))
    return {one.findtext("idnumber"): one for one in root if one.get("type") != "category"}


@pytest.fixture(scope="module")
def gift(packages: dict[str, bytes]) -> dict[str, dict[str, Any]]:
    """What gift-pegjs reads, by id."""
    done = subprocess.run(
        ["node", "-e", READ_GIFT], input=packages["gift.txt"], capture_output=True, cwd=TESTS, check=True
    )
    return {one.get("id"): one for one in json.loads(done.stdout)}


def test_moodle_gets_the_whole_pool_in_a_category_of_the_revision(
    course: Course, packages: dict[str, bytes], bank: dict[str, Any]
) -> None:
    root = etree.fromstring(packages["moodle.xml"])
    assert root[0].get("type") == "category"
    assert root[0].findtext("category/text") == "$course$/top/Social media policy/2024-01"
    assert course.first.revision.digest in root[0].findtext("info/text")
    assert set(bank) == {"social-media.policy", *(f"social-media.{one.id}" for one in course.first.quiz.pool)}
    kinds = {one.id: bank[f"social-media.{one.id}"].get("type") for one in course.first.quiz.pool}
    assert kinds == {
        "request": "multichoice", "passwords": "multichoice", "topic-of-requests": "multichoice", "which": "multichoice",
        "manager": "truefalse", "relatives-too": "multichoice", "steps": "matching", "each-for-itself": "multichoice",
    }  # fmt: skip


def test_moodle_shows_every_text_as_it_was_written(course: Course, bank: dict[str, Any]) -> None:
    for asked in course.first.quiz.pool:
        question = bank[f"social-media.{asked.id}"]
        told = seen(question.findtext("questiontext/text"))
        assert plain_words(asked.question.ask) in told
        assert plain_words(asked.question.scenario or "") in told
        assert question.findtext("name/text") == names_of(course.first)[asked.id]
        if question.get("type") == "multichoice":
            answers = {seen(one.findtext("text")): one for one in question.iterfind("answer")}
            assert set(answers) == {plain_words(option.text) for option in asked.options}
            for option in asked.options:
                feedback = seen(answers[plain_words(option.text)].findtext("feedback/text"))
                wanted = tell_reasons(asked, option) if option.is_right else (option.says,)
                assert feedback == "\n".join(map(plain_words, wanted))


def test_moodle_feedback_carries_reasons_and_clauses_with_their_lead_ins(course: Course, bank: dict[str, Any]) -> None:
    for asked in course.first.quiz.pool:
        told = one_line(seen(bank[f"social-media.{asked.id}"].findtext("generalfeedback/text")))
        assert "Sample Trust of Nowhere: Social media policy, revision 2024-01, restated" in told
        for reason in tell_reasons(asked):
            assert one_line(plain_words(reason)) in told
        for clause in asked.clauses:
            assert one_line(" ".join((*clause.lead_in, clause.text))) in told
            assert cite(clause) in told
            assert all(item.text in told for item in clause.walk())
    report = bank["social-media.each-for-itself"].find("answer")
    assert seen(report.findtext("feedback/text")).split("\n") == [
        "Must I report a friend request from a pupil?", "The line manager must be told.",
    ], "an option that is decided for itself has its own reason"  # fmt: skip
    manager = one_line(seen(bank["social-media.manager"].findtext("generalfeedback/text")))
    assert "Must Staff whom a pupil asks to connect must: tell their line manager. Clause 1.2, source line 6" in manager


def fractions(bank: dict[str, Any], name: str) -> list[str]:
    return [one.get("fraction") for one in bank[f"social-media.{name}"].iterfind("answer")]


def test_moodle_marks_each_kind_as_we_do(bank: dict[str, Any]) -> None:
    assert fractions(bank, "request") == ["100", "0", "0", "0"]
    assert fractions(bank, "passwords") == ["0", "0", "100"], "ask first is right where the document is damaged"
    assert fractions(bank, "which") == ["50", "50", "-100", "-100"]
    assert [one.findtext("text") for one in bank["social-media.manager"].iterfind("answer")] == ["true", "false"]
    assert fractions(bank, "manager") == ["100", "0"]
    assert fractions(bank, "each-for-itself") == ["100", "-100", "-100"]
    assert bank["social-media.which"].findtext("single") == "false"
    assert bank["social-media.request"].findtext("single") == "true"
    steps = [
        (seen(one.findtext("text")), one.findtext("answer/text"))
        for one in bank["social-media.steps"].iterfind("subquestion")
    ]
    assert steps == [
        ("Turn the request down = say no.", "1"), ("Tell your line manager: #1.", "2"), ('Note the date & "time".', "3"),
    ]  # fmt: skip
    assert [one.findtext("text") for one in bank["social-media.request"].iterfind("tags/tag")] == [
        "contact",
        "online",
        "must-know",
    ]


def test_moodle_gets_the_whole_policy_to_read_first(course: Course, bank: dict[str, Any]) -> None:
    description = bank["social-media.policy"]
    assert description.get("type") == "description"
    told = one_line(seen(description.findtext("questiontext/text")))
    assert all(clause.text in told for clause in course.first.revision.clauses)
    assert "Gap in the source, line 9. Section 2 breaks off after its heading." in told
    assert "Apparent contradiction. One forbids what the other allows." in told
    assert "Ask your line manager." in told


def gift_of(gift: dict[str, dict[str, Any]], asked: AskedQuestion) -> dict[str, Any]:
    return gift[f"social-media.{asked.id}"]


def test_gift_is_read_back_as_it_was_written(course: Course, gift: dict[str, dict[str, Any]]) -> None:
    assert [one["title"] for one in gift.values() if one["type"] == "Category"] == [
        " $course$/top/Social media policy/2024-01"[1:]
    ]
    for asked in course.first.quiz.pool:
        question = gift_of(gift, asked)
        told = " ".join(one for one in (asked.question.scenario, asked.question.ask) if one)
        assert question["stem"] == {"format": "plain", "text": plain_words(told)}
        assert question["title"] == names_of(course.first)[asked.id]
        if question["type"] == "MC":
            assert [one["text"]["text"] for one in question["choices"]] == [
                plain_words(one.text) for one in asked.options
            ]
            for option, choice in zip(asked.options, question["choices"], strict=True):
                wanted = tell_reasons(asked, option) if option.is_right else (option.says,)
                assert choice["feedback"]["text"] == "\n".join(map(plain_words, wanted))


def test_gift_marks_each_kind_as_we_do(course: Course, gift: dict[str, dict[str, Any]]) -> None:
    by_id = {one.id: gift_of(gift, one) for one in course.first.quiz.pool}
    assert [one["isCorrect"] for one in by_id["request"]["choices"]] == [True, False, False, False]
    assert [one["isCorrect"] for one in by_id["passwords"]["choices"]] == [False, False, True]
    assert [one["weight"] for one in by_id["which"]["choices"]] == [50, 50, -100, -100]
    assert by_id["manager"]["isTrue"] is True
    assert by_id["manager"]["trueFeedback"]["text"] == "It is true: see the {second} item = ~ #."  # if answered wrong
    assert by_id["manager"]["falseFeedback"]["text"] == "The line manager must be told: 1.2 {second item} = ~ #."
    pairs = [(one["subquestion"]["text"], one["subanswer"]) for one in by_id["steps"]["matchPairs"]]
    assert pairs == [
        ("Turn the request down = say no.", "1"), ("Tell your line manager: #1.", "2"), ('Note the date & "time".', "3"),
    ]  # fmt: skip
    assert by_id["request"]["tags"] == ["contact", "online", "must-know"]


def test_gift_carries_reasons_clauses_and_the_whole_policy(course: Course, gift: dict[str, dict[str, Any]]) -> None:
    for asked in course.first.quiz.pool:
        told = gift_of(gift, asked)["globalFeedback"]["text"]
        for reason in tell_reasons(asked):
            assert plain_words(reason) in told
        for clause in asked.clauses:
            assert f"{cite(clause)}: " in told
            assert clause.in_full in told
    whole = gift["social-media.policy"]
    assert whole["type"] == "Description"
    assert all(clause.text in whole["stem"]["text"] for clause in course.first.revision.clauses)
    assert "Section 2 breaks off after its heading." in whole["stem"]["text"]


def test_gift_says_at_its_top_whose_policy_it_is(course: Course, packages: dict[str, bytes]) -> None:
    head = packages["gift.txt"].decode().split("\n\n")[0]
    assert "Sample Trust of Nowhere: Social media policy, revision 2024-01" in head
    assert course.first.revision.digest in head


@pytest.mark.parametrize(
    "text", [r"back\slash \n \: \\", "a -> b", "{a} = ~b# : c", r"ends with \ ", "//x", "[html]<b>", "% 50"]
)
def test_no_sign_acts_in_gift(text: str) -> None:
    source = f"::t::[plain]Which?{{=is {escape_gift(text)}#is {escape_gift(text)}\n~no\n####is {escape_gift(text)}}}\n"
    done = subprocess.run(["node", "-e", READ_GIFT], input=source.encode(), capture_output=True, cwd=TESTS, check=True)
    question = json.loads(done.stdout)[0]
    wanted = f"is {text.replace('->', '→')}".strip()
    assert question["choices"][0]["text"]["text"] == wanted
    assert question["choices"][0]["feedback"]["text"] == wanted
    assert question["globalFeedback"]["text"] == wanted
    assert not re.search(r"\n\n", source)


def test_the_name_of_each_question_tells_it_from_the_others(course: Course, handbook: Handbook) -> None:
    for trust in handbook.trusts:
        taken = take_quiz(trust, trust.in_force[0], handbook)
        assert taken
        names = names_of(replace(course.first, trust=trust, taken=taken, handbook=handbook))
        assert len(set(names.values())) == len(taken.pool)
        assert all(len(name) <= 255 for name in names.values())
    same = replace(
        course.first.quiz.pool[0], question=course.first.quiz.pool[0].question.model_copy(update={"id": "another"})
    )
    twice = replace(course.first, taken=replace(course.first.quiz, pool=(course.first.quiz.pool[0], same)))
    assert len(set(names_of(twice).values())) == 2


def test_ids_and_names_are_never_longer_than_moodle_takes(course: Course) -> None:
    long = replace(course.first.revision, policy="social-media-and-online-conduct-of-staff", record=course.first.revision.record.model_copy(
        update={"title": "Of conduct and/or media " * 30}
    ))  # fmt: skip
    asked = course.first.quiz.pool[0]
    named = replace(asked, question=asked.question.model_copy(update={"id": "a" * 80}))
    other = replace(asked, question=asked.question.model_copy(update={"id": "a" * 79 + "b"}))
    of_long = replace(course.first, reads=long, taken=replace(course.first.quiz, revisions=(long,)))
    assert len(number_of(named, of_long)) == 100
    assert number_of(named, of_long) != number_of(other, of_long)
    assert number_of(named, of_long) == number_of(named, replace(of_long)), "the same from revision to revision"
    assert short_number("social-media.request") == "social-media.request"
    assert all(len(part) <= 255 for part in re.split("(?<!/)/(?!/)", category_of(of_long)))
    assert len(of_long.title) <= 200
