"""The report on slips: what it counts, that a slip counts once, and that no count under five can be worked out from it."""

from __future__ import annotations

import itertools
import json
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from clausebook.export.quiz_results import report_sheets
from clausebook.export.tables import words_of
from clausebook.model.handbook import Handbook
from clausebook.quizzes import draw_questions
from clausebook.quizzes.marking import Marked, mark_all
from clausebook.quizzes.quiz import TakenQuiz
from clausebook.quizzes.slips import Slip, find_slips
from clausebook.quizzes.suppression import FEW, NOT_SHOWN, TOO_FEW, hide_parts, shown_count, shown_share
from quiz_slips import enlarge, line_of, record_of, taken

Rows = list[dict[str, str]]


@pytest.fixture
def larger(handbook_folder: Path) -> Handbook:
    return enlarge(handbook_folder)


@pytest.fixture
def quiz(larger: Handbook) -> TakenQuiz:
    return taken(larger)


def answered(quiz: TakenQuiz, count: int, **chosen: list[tuple[int, list[str]]]) -> list[dict[str, object]]:
    """`count` slips with all answers right, but for those who were asked a question first: so many of them chose otherwise."""
    records = []
    waiting = {
        question.replace("_", "-"): [those for times, those in pairs for _ in range(times)]
        for question, pairs in chosen.items()
    }
    for number in range(count):
        record = record_of(quiz, f"seed{number}")
        for question, those in waiting.items():
            if those and question in record["answers"]:
                record["answers"][question] = those.pop(0)
        records.append(record)
    return records


def report(larger: Handbook, records: list[dict[str, object]]) -> dict[str, Rows]:
    slips = [slip for slip in find_slips("\n".join(map(line_of, records))) if isinstance(slip, Slip)]
    marked = mark_all(slips, larger)
    assert all(isinstance(one, Marked) for one in marked)
    sheets = report_sheets([one for one in marked if isinstance(one, Marked)])
    return {
        sheet.name: [dict(zip(sheet.headings, map(words_of, row), strict=True)) for row in sheet.rows]
        for sheet in sheets
    }


def row(rows: Rows, **named: str) -> dict[str, str]:
    (found,) = [one for one in rows if all(one[name] == value for name, value in named.items())]
    return found


def test_it_counts_what_was_asked_right_and_chosen(larger: Handbook, quiz: TakenQuiz) -> None:
    tables = report(larger, answered(quiz, 90, one_3=[(9, ["near"]), (6, ["far"])], one_4=[(7, ["far"])]))
    asked = Counter(one.id for number in range(90) for one in draw_questions(quiz.pool, f"seed{number}", 0, 6))
    hard = row(tables["Questions"], Question="one-3")
    assert (hard["Asked"], hard["Right"]) == (str(asked["one-3"]), str(asked["one-3"] - 15))
    near = row(tables["Answers"], Question="one-3", Answer="near")
    assert (near["Chosen"], near["Is"]) == ("9", "wrong")
    assert [one["Answer"] for one in tables["Answers"]][:3] == ["near", "far", "right"], (
        "the wrong one that draws most comes first"
    )
    assert row(tables["Answers"], Question="one-4", Answer="near")["Chosen"] == TOO_FEW
    assert row(tables["Answers"], Question="one-4", Answer="far")["Chosen"] == NOT_SHOWN
    assert [one["Question"] for one in tables["Questions"]][:2] == ["one-3", "one-4"], "the hardest comes first"
    assert tables["Quizzes"] == [
        {"Trust": "sample", "Policy": "social-media", "Revision": "2024-01", "Slips": "90", "Passed": NOT_SHOWN,
         "Not passed": TOO_FEW, "Pass rate": "95% or more"},
    ]  # fmt: skip


def test_a_clause_is_counted_over_the_questions_that_rest_on_it(larger: Handbook, quiz: TakenQuiz) -> None:
    tables = report(larger, answered(quiz, 80, one_1=[(8, ["near"])], one_4=[(10, ["near"])], one_2=[(9, ["far"])]))
    shown = {one["Question"]: one for one in tables["Questions"] if one["Right"].isdigit()}
    assert set(shown) == {"one-1", "one-4", "one-2"}, "of the others fewer than five went wrong"
    relatives, tell = tables["Clauses"]
    assert relatives["Clause"].startswith("relatives")
    assert (relatives["Questions"], relatives["Wrong"]) == ("2", "18")
    assert int(relatives["Answers"]) == sum(int(shown[name]["Asked"]) for name in ("one-1", "one-4"))
    assert (tell["Questions"], tell["Wrong"]) == ("1", "9")
    assert tell["In full"].startswith("Staff whom a pupil asks to connect must: tell"), (
        "a clause never stands without its lead-in"
    )


def test_several_and_steps_are_right_or_not_as_a_whole(larger: Handbook, quiz: TakenQuiz) -> None:
    tables = report(larger, answered(quiz, 80, several=[(8, ["down", "keep"])], steps=[(7, ["tell", "turn-down"])]))
    asked = int(row(tables["Questions"], Question="several")["Asked"])
    assert row(tables["Questions"], Question="several")["Right"] == str(asked - 8)
    chosen = {one["Answer"]: one["Chosen"] for one in tables["Answers"] if one["Question"] == "several"}
    assert chosen["keep"] == "8"
    assert chosen["tell"] == str(asked - 8)
    assert chosen["post"] == TOO_FEW
    assert chosen["down"] == NOT_SHOWN, "all chose it, and the few who did not would be told"
    assert row(tables["Questions"], Question="steps")["Right"].isdigit()
    assert not [one for one in tables["Answers"] if one["Question"] == "steps"]


def test_the_same_slip_counts_once(larger: Handbook, quiz: TakenQuiz) -> None:
    records = answered(quiz, 30)
    once = report(larger, records)
    again = report(larger, [*records, *[{**one, "name": "Someone else"} for one in records[:10]]])
    assert again == once
    assert (
        report(larger, [*records, *[{**one, "finished": "2026-11-22T10:00Z"} for one in records]])["Quizzes"][0][
            "Slips"
        ]
        == "60"
    )


@pytest.mark.parametrize("count", [1, 4])
def test_of_fewer_than_five_slips_nothing_is_told(larger: Handbook, quiz: TakenQuiz, count: int) -> None:
    tables = report(larger, answered(quiz, count, one_3=[(1, ["near"])]))
    assert tables["Quizzes"][0]["Slips"] == TOO_FEW
    told = json.dumps(
        [
            [
                value
                for name, value in one.items()
                if name in ("Asked", "Right", "Chosen", "Passed", "Not passed", "Share", "Share right", "Pass rate")
            ]
            for rows in tables.values()
            for one in rows
        ]
    )
    assert not any(sign.isdigit() for sign in told.replace(TOO_FEW, ""))
    assert tables["Clauses"] == []


def test_nothing_at_all_makes_empty_tables() -> None:
    assert [sheet.rows for sheet in report_sheets([])] == [(), (), (), ()]


def test_no_number_under_five_stands_in_any_cell(larger: Handbook, quiz: TakenQuiz) -> None:
    for count in (7, 13, 29, 61):
        for times in range(1, 9):
            tables = report(
                larger,
                answered(quiz, count, one_3=[(times, ["near"])], one_5=[(times, [])], several=[(times, ["down"])]),
            )
            for rows, names in (
                ("Quizzes", ("Slips", "Passed", "Not passed")),
                ("Questions", ("Asked", "Right")),
                ("Answers", ("Chosen",)),
                ("Clauses", ("Answers", "Wrong")),
            ):
                for one in tables[rows]:
                    for name in names:
                        assert one[name] in (TOO_FEW, NOT_SHOWN) or int(one[name]) >= FEW
            for one in tables["Questions"]:
                if one["Right"].isdigit():
                    assert int(one["Asked"]) - int(one["Right"]) >= FEW, "who was wrong is a count as well"


def test_a_hidden_count_cannot_be_had_from_the_total_of_its_column(larger: Handbook, quiz: TakenQuiz) -> None:
    for count in (9, 12, 15, 20):
        tables = report(larger, answered(quiz, count))
        hidden = [one["Asked"] for one in tables["Questions"] if not one["Asked"].isdigit()]
        assert len(hidden) != 1


@pytest.mark.parametrize(
    ("parts", "hidden", "total"),
    [
        ((20, 10, 9), (), False),
        ((20, 10, 3), (1, 2), False),  # the third could be had from the total: the next smallest is hidden with it
        ((20, 3, 2), (1, 2), False),
        ((20, 1, 1), (1, 2), False),
        ((20, 0, 0), (0, 1, 2), False),  # 0 of two counts can only be 0 and 0
        ((20, 4, 4), (0, 1, 2), False),  # 8 of two counts under five can only be 4 and 4
        ((20, 10, 10, 4), (1, 2, 3), False),  # equal ones are hidden together, or the choice would tell
        ((3, 1), (0, 1), True),
        ((5, 0), (0, 1), True),  # five of five
        ((40, 0), (0, 1), False),
    ],
)
def test_what_is_hidden(parts: tuple[int, ...], hidden: tuple[int, ...], total: bool) -> None:
    found = hide_parts(parts)
    assert (tuple(sorted(found.parts)), found.total) == (hidden, total)


@pytest.mark.parametrize(("parts", "largest"), [(2, 30), (3, 17), (4, 11)])
def test_whoever_knows_the_rule_cannot_tell_a_hidden_count(parts: int, largest: int) -> None:
    """Every table that looks the same is gone through: a count under five has always two values at least that fit."""
    alike: dict[tuple[str, ...], list[tuple[int, ...]]] = defaultdict(list)
    for counts in itertools.product(range(largest + 1), repeat=parts):
        found = hide_parts(counts)
        if sum(counts) <= largest and not found.total:
            shown = tuple(shown_count(count, hidden=place in found.parts) for place, count in enumerate(counts))
            alike[(*shown, str(sum(counts)))].append(counts)
    for shown, those in alike.items():
        for place in range(parts):
            assert shown[place] != TOO_FEW or len({counts[place] for counts in those}) > 1, (shown, those)


@pytest.mark.parametrize(
    ("part", "total", "hidden", "said"),
    [
        (20, 40, False, "50%"),
        (1, 3, False, "33%"),
        (38, 40, True, "90% or more"),
        (3, 40, True, "10% or less"),
        (20, 40, True, NOT_SHOWN),
    ],
)
def test_a_share_says_no_more_than_the_words_beside_it(part: int, total: int, hidden: bool, said: str) -> None:
    assert shown_share(part, total, hidden=hidden, total_hidden=False) == said
    assert shown_share(part, total, hidden=True, total_hidden=True) == NOT_SHOWN
