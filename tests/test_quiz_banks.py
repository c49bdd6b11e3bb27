"""Banks of questions on a subject: which policies are asked from them, and what each policy's own words make right."""

from __future__ import annotations

from pathlib import Path

import pytest

from clausebook.model.handbook import Handbook
from clausebook.quizzes import TakenQuiz, take_quiz
from conftest import Clausebook
from several import read_several, write_several


@pytest.fixture
def several(tmp_path: Path) -> Path:
    return write_several(tmp_path / "several")


def taken(handbook: Handbook, policy: str) -> TakenQuiz:
    trust = handbook.trust("sample")
    quiz = take_quiz(trust, trust.policy(policy).current, handbook)
    assert quiz
    return quiz


def test_a_bank_of_a_subject_serves_each_policy_that_deals_with_its_topic(several: Path) -> None:
    handbook = read_several(several)
    asked = {
        policy: list(taken(handbook, policy).by_id) for policy in ("social-media", "code-of-conduct", "acceptable-use")
    }
    assert asked == {
        "social-media": ["request", "steps", "friend-requests-word"],
        "code-of-conduct": ["request", "gifts", "friend-requests-word"],
        "acceptable-use": ["passwords"],
    }


def test_each_policy_s_own_words_say_what_is_right(several: Path) -> None:
    handbook = read_several(several)
    right = {
        policy: taken(handbook, policy).by_id["friend-requests-word"].right
        for policy in ("social-media", "code-of-conduct")
    }
    assert right == {"social-media": ("must",), "code-of-conduct": ("should",)}


def test_a_policy_without_a_bank_of_its_own_is_asked_from_its_subject_s(several: Path) -> None:
    quiz = taken(read_several(several), "acceptable-use")
    assert (quiz.count, quiz.pass_mark) == (1, 1)
    assert quiz.path == "acceptable-use/quiz"


def test_a_policy_is_not_asked_what_it_does_not_deal_with(several: Path) -> None:
    bank = several / "quizzes/online.yml"
    bank.write_text(bank.read_text().replace("    unsaid: leave-out\n", ""))  # it would teach to ask first
    handbook = read_several(several)
    assert "passwords" not in taken(handbook, "code-of-conduct").by_id


def test_review_holds_a_subject_s_questions_against_each_policy(several: Path, clausebook: Clausebook) -> None:
    path = several / "trusts/sample/quizzes.yml"
    path.write_text(path.read_text().split("  - policy: acceptable-use")[0])
    done = clausebook("quiz", "review", "sample", "acceptable-use", "--yes", "--handbook", several)
    assert done.returncode == 0, done.stderr
    assert "passwords" in done.stdout
    assert path.read_text().endswith('  - policy: acceptable-use\n    read:\n      passwords: "69dc8e561e4b"\n')


def test_a_draft_names_the_questions_of_a_subject_that_it_makes_doubtful(several: Path, clausebook: Clausebook) -> None:
    folder = several / "trusts/sample/acceptable-use"
    draft = (folder / "2025-02.yml").read_text().replace("status: in-force", "status: draft\nreplaces: 2025-02")
    (folder / "2026-02.yml").write_text(
        draft.replace("must change their passwords each year", "must change their passwords each term")
    )
    found = clausebook("findings", "--format", "csv", "--handbook", several)
    assert "So with the quiz question passwords." in " ".join(found.stdout.split()), found.stdout
