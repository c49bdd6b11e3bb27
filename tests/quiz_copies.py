"""The real quizzes for a handbook with only some of the trusts: a question rests on no trust that is not there."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

import yaml

QUIZZES = Path(__file__).parent.parent / "quizzes"


def copy_quizzes(folder: Path, trusts: Collection[str]) -> None:
    """Write quizzes/ below `folder`, for these trusts alone."""
    (folder / "quizzes").mkdir(parents=True)
    for path in QUIZZES.glob("*.yml"):
        quiz = yaml.load(path.read_bytes(), yaml.CBaseLoader)
        quiz["questions"] = [kept for question in quiz["questions"] if (kept := _only(question, trusts))]
        text = yaml.dump(quiz, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=1000)
        (folder / "quizzes" / path.name).write_text(text, encoding="utf-8")


def _only(question: dict[str, Any], trusts: Collection[str]) -> dict[str, Any] | None:
    if "rests_on" not in question:
        return question
    named = [one for one in question["rests_on"] if one["trust"] in trusts]
    options = [
        option | {"right_in": [one for one in option["right_in"] if one in trusts]} if "right_in" in option else option
        for option in question["options"]
    ]
    return {**question, "rests_on": named, "options": options} if named else None
