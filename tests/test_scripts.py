"""Scripts: their types, how they are written, and what the shared ones work out, against vectors that Python writes."""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from clausebook.acknowledgements.signing.keys import new_key
from clausebook.acknowledgements.signing.links import Link, LinkedPolicy, write_link
from clausebook.acknowledgements.signing.receipts import write_receipt
from clausebook.model.base64url import encode
from clausebook.model.handbook import Handbook
from clausebook.model.identity import canonical_json
from clausebook.quizzes.draw import draw_options, draw_questions
from clausebook.quizzes.marking import MarkedAnswer
from clausebook.quizzes.questions import AskedQuestion
from clausebook.quizzes.quiz import TakenQuiz, take_quiz
from clausebook.quizzes.slips import AnySlip, Slip, find_slips
from quiz_slips import line_of, record_of
from receipts_made import receipt_on

TESTS = Path(__file__).parent
ROOT = TESTS.parent
BIN = TESTS / "node_modules" / ".bin"
VALUES = [
    {"b": [1, None, {"ä": "ü", "a": ""}], "a": 'Zoë “Ó Briain” 😀\n\t\\"', "é": 0},
    ["", "x" * 55, "x" * 56, "x" * 64, "x" * 1000],
    {"\ufb33": "sorted by UTF-16", "😀": "before it", "z": "first"},
    "",
]  # fmt: skip


@pytest.mark.parametrize("project", ["tsconfig.json", "tsconfig.strict.json"])
def test_the_types_of_our_scripts_hold(project: str) -> None:
    done = subprocess.run([BIN / "tsc", "--project", TESTS / project], capture_output=True, encoding="utf-8", cwd=ROOT)
    assert (done.returncode, done.stdout) == (0, "")


def test_our_scripts_are_written_as_eslint_recommends() -> None:
    done = subprocess.run(
        [BIN / "eslint", "--config", TESTS / "eslint.config.mjs", "--max-warnings=0", "overrides/scripts"],
        capture_output=True, encoding="utf-8", cwd=ROOT,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "")


def test_every_script_of_ours_is_checked() -> None:
    scripts = sorted((ROOT / "overrides" / "scripts").rglob("*.js"))
    unchecked = [path.name for path in scripts if not path.read_text(encoding="utf-8").startswith("// @ts-check\n")]
    assert unchecked == ["iframe-worker-frame.js", "iframe-worker.js"]  # another's


def test_scripts_work_out_what_python_does(handbook: Handbook, tmp_path: Path) -> None:
    taken = [quiz for trust in handbook.trusts for one in trust.in_force if (quiz := take_quiz(trust, one, handbook))]
    assert len(taken) >= 5
    vectors = tmp_path / "vectors.json"
    vectors.write_text(json.dumps(vectors_of([*taken, over_several(taken)])), encoding="utf-8")
    done = subprocess.run(
        ["node", "--test", "--test-reporter=tap", TESTS / "scripts"],
        env={**os.environ, "VECTORS": str(vectors)}, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert "# pass 8\n" in done.stdout
    assert "# fail 0\n" in done.stdout


def over_several(taken: list[TakenQuiz]) -> TakenQuiz:
    """The one quiz of a campaign whose policies have the pools of these quizzes, one of them of two questions."""
    names = [f"policy-{n}" for n, _ in enumerate(taken)]
    pool = [
        replace(asked, policy=name)
        for n, (name, quiz) in enumerate(zip(names, taken, strict=True)) for asked in (quiz.pool[:2] if n == 1 else quiz.pool)
    ]  # fmt: skip
    revisions = tuple(replace(quiz.revision, policy=name) for name, quiz in zip(names, taken, strict=True))
    return TakenQuiz(revisions, 12, "learn", None, 10, tuple(pool), campaign="2026-27")


def vectors_of(taken: list[TakenQuiz]) -> dict[str, object]:
    records = [
        record_of(quiz, seed=f"seed-{place}", wrong=place, name="Zoë Ó Briain") for place, quiz in enumerate(taken)
    ]
    assert all(isinstance(slip, AnySlip) for record in records for slip in find_slips(line_of(record)))
    return {
        "quizzes": [draws_of(quiz) for quiz in taken],
        "answers": [answer for quiz in taken for asked in quiz.pool for answer in answers_to(asked)],
        "passes": [{"pass": 8, "count": count, "least": min(8, count)} for count in (3, 8, 10)],
        "texts": [text_of(value) for value in VALUES],
        "narrowed": [narrowed(taken[-1], owed) for owed in ((0,), (1,), (0, 1), (1, 3, 4))],
        "receipts": [receipt_of(record, taken[0]) for record in (None, *records[:-1])],
        "slips": [{"says": record, "line": line_of(record)} for record in records],
        "link": link_of(taken[0]),
    }  # fmt: skip


def draws_of(quiz: TakenQuiz) -> dict[str, object]:
    cases = [(f"Seed {n} ü", n % 5, quiz.roles[0] if quiz.roles and n % 2 else "") for n in range(100)]
    return {
        "count": quiz.count,
        "pool": [
            {"id": one.id, "policy": one.policy, "kind": one.question.kind, "group": one.group, "mustKnow": one.question.must_know, "isSaid": one.is_said,
             "roles": list(one.question.roles), "options": [option.id for option in one.options]}
            for one in quiz.pool
        ],
        "draws": [
            {"seed": seed, "attempt": attempt, "role": role,
             "drawn": [[one.id, list(draw_options(one, seed, attempt))] for one in draw_questions(quiz.pool, seed, attempt, quiz.count, role)]}
            for seed, attempt, role in cases
        ],
    }  # fmt: skip


def narrowed(quiz: TakenQuiz, owed: tuple[int, ...]) -> dict[str, object]:
    """What somebody is asked who owes only these of a campaign's policies."""
    revisions = tuple(quiz.revisions[n] for n in owed)
    names = [revision.policy for revision in revisions]
    own = replace(quiz, revisions=revisions, pool=tuple(one for one in quiz.pool if one.policy in names))
    return {
        "marks": [f"{policy}={mark}" for policy, mark in quiz.marks], "owed": names[::-1], "draw": quiz.draw, "wanted": quiz.wanted,
        "pool": [{"id": one.id, "policy": one.policy, "roles": list(one.question.roles)} for one in quiz.pool],
        "cards": list(own.by_id), "policies": names, "count": own.count, "pass": own.pass_mark, "mark": own.mark,
    }  # fmt: skip


def answers_to(asked: AskedQuestion) -> list[dict[str, object]]:
    """Every set of options, and for an order its right order, another, and one that is not whole."""
    ids = tuple(option.id for option in asked.options)
    if asked.question.kind == "order":
        tries = [(), asked.right, asked.right[::-1], asked.right[1:] + asked.right[:1]]
    else:
        tries = [chosen for count in range(len(ids) + 1) for chosen in itertools.combinations(ids, count)]
    return [
        {"kind": asked.question.kind, "chosen": list(chosen), "right": list(asked.right), "isRight": MarkedAnswer(asked, chosen).verdict == "right"}
        for chosen in tries
    ]  # fmt: skip


def text_of(value: object) -> dict[str, object]:
    canonical = canonical_json(value)
    return {
        "value": value, "canonical": canonical.decode(), "digest": hashlib.sha256(canonical).hexdigest(), "encoded": encode(canonical),
    }  # fmt: skip


def receipt_of(record: dict[str, object] | None, quiz: TakenQuiz) -> dict[str, object]:
    revision = quiz.revision
    slip = Slip.model_validate(record, strict=False) if record else None
    says = receipt_on({
        "link": f"r1.{'A' * 22}.{'B' * 86}", "trust": revision.trust, "policy": revision.policy, "revision": revision.id,
        "digest": revision.digest, "outcome": "acknowledged" if slip else "not-understood",
        "unclear": [] if slip else [next(iter(revision.by_id))], "question": "" if slip else "Do “I” sign?\nÄrger 😀",
        "statement": "I have read it.", "name": "Zoë Ó Briain", "opened": "2026-11-20T12:00:00Z", "signed": "2026-11-20T12:10:00Z",
        "checked": ["signature", "dates", "digest"] if slip else ["dates", "digest"],
        "quiz": {
            "answers": {name: list(chosen) for name, chosen in slip.answers.items()}, "attempt": slip.attempt, "finished": slip.finished,
            "mark": slip.mark, "role": slip.role, "seed": slip.seed, "since": slip.since,
        } if slip else None,
    })  # fmt: skip
    return {"says": says.model_dump(), "line": write_receipt(says)}


def link_of(quiz: TakenQuiz) -> dict[str, object]:
    revision, key = quiz.revision, new_key()
    asked = LinkedPolicy(policy=revision.policy, revision=revision.id, digest=revision.digest[:16], since="")
    says = Link(
        ref="C" * 22, trust=revision.trust, campaign="2026-27", policies=[asked, asked.model_copy(update={"policy": "another"})], quiz="learn",
        quizzes="each", due="2026-12-18", issued="2026-11-20", expires="2027-01-31", key=key.id,
    )  # fmt: skip
    line = write_link(says, key)
    signed, signature = line.rsplit(".", 1)
    return {"line": line, "says": says.model_dump(), "signed": signed, "signature": signature}
