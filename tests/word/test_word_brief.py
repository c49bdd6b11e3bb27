"""A question over all trusts as a Word file: the same facts as the printed brief."""

from __future__ import annotations

from datetime import date

import pytest
from click.testing import CliRunner

from clausebook.cli import cli
from clausebook.compare.comparisons import find_comparisons
from clausebook.compare.matrix import QuestionRow, compare_questions
from clausebook.compare.summary import sum_up
from clausebook.export.word.brief import render_brief
from clausebook.model.handbook import Handbook
from word.test_word_schema import check_ids, check_order, check_package
from word.word_files import W, words_of, xml_of


@pytest.fixture(scope="module")
def row(handbook: Handbook) -> QuestionRow:
    rows = (row for one in find_comparisons(handbook) for row in compare_questions(one))
    return next(row for row in rows if row.question.id == "former-pupil")


def test_each_trust_has_its_answer_its_reason_and_its_clauses(handbook: Handbook, row: QuestionRow) -> None:
    document = xml_of(render_brief(handbook, row, date(2026, 11, 21)))
    rows = {words_of(next(one.iter(f"{W}tc"))): words_of(one) for one in document.iter(f"{W}tr")}
    for cell in row.cells:
        told = rows[handbook.short_names[cell.trust]]
        assert all(one.position.because in told for one in cell.said if one.position.because)
    text = [words_of(one) for one in document.iter(f"{W}p")]
    assert sum_up(row, handbook.short_names).sentence in text
    assert all(any(line.endswith(clause.in_full) for line in text) for cell in row.cells for clause in cell.clauses)


def test_word_takes_every_brief(handbook: Handbook) -> None:
    rows = [row for one in find_comparisons(handbook) for row in compare_questions(one)]
    for row in rows[::7]:
        made = render_brief(handbook, row, date(2026, 11, 21))
        check_order(made)
        check_ids(made)
        check_package(made)


def test_the_command_wants_a_question_or_a_policy() -> None:
    wrong = CliRunner().invoke(cli, ["word", "--brief", "former-pupils"])
    assert "did you mean former-pupil?" in wrong.output
    assert CliRunner().invoke(cli, ["word"]).exit_code == 2
    assert CliRunner().invoke(cli, ["word", "att", "--brief", "former-pupil"]).exit_code == 2
