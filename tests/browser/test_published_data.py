"""The published data keep what their schemas promise, and point to nothing that is not there."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

NAMES = (
    "academies",
    "changes",
    "clauses",
    "departures",
    "findings",
    "model-moves",
    "provenance",
    "models",
    "policies",
    "positions",
    "questions",
    "topics",
    "trusts",
)
Records = Callable[[str], list[dict[str, Any]]]


def test_each_file_is_named_here_and_has_a_schema(site: Path) -> None:
    assert {one.stem for one in (site / "data").glob("*.json")} == set(NAMES)
    assert {one.name for one in (site / "data" / "schemas").iterdir()} == {f"{name}.schema.json" for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_the_records_fit_their_schema(name: str, site: Path, records: Records) -> None:
    schema = json.loads((site / "data" / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(schema)
    validator.check_schema(schema)
    assert [error.message for error in validator(schema).iter_errors(records(name))] == []
    spoilt = [{**one, "unheard-of": 1} for one in records(name)[:1]]
    assert not spoilt or not validator(schema).is_valid(spoilt)


def test_every_trust_answers_the_questions_on_social_media(records: Records) -> None:
    answered = [(one["trust"], one["question"]) for one in records("positions")]
    assert len(answered) == len(set(answered)) >= 255
    common = set.intersection(
        *({question for by, question in answered if by == one["id"]} for one in records("trusts"))
    )
    assert len(common) >= 51


def test_what_is_pointed_to_exists(records: Records) -> None:
    clauses = {(one["trust"], one["policy"], one["id"]) for one in records("clauses")}
    topics = {one["id"] for one in records("topics")}
    questions = {one["id"] for one in records("questions")}
    assert len(clauses) == len(records("clauses"))
    assert {topic for one in records("clauses") for topic in one["topics"]} <= topics
    assert {one["topic"] for one in records("questions")} <= topics
    assert {one["question"] for one in records("positions")} <= questions
    for name in ("positions", "findings"):
        pointed = {(one["trust"], one["policy"], clause) for one in records(name) for clause in one["clauses"]}
        assert pointed
        assert pointed <= clauses


def test_the_counts_of_a_trust_are_its_records(records: Records) -> None:
    for trust in records("trusts"):
        for policy in trust["policies"]:
            own = [
                one for one in records("clauses") if (one["trust"], one["policy"]) == (trust["id"], policy["policy"])
            ]
            assert len(own) == policy["clauses"] > 0


def test_silence_names_what_was_searched_and_all_else_names_its_clauses(records: Records) -> None:
    for one in records("positions"):
        if one["answer"] == "silent":
            assert one["searched"], one["question"]
        elif one["answer"] != "unreadable":
            assert one["clauses"] or one["front_matter"], one["question"]
