"""Any policy that an author can write goes to Word and comes back as it was, to the byte."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from clausebook.check.library import read_handbook
from clausebook.edit.importers.written import written
from clausebook.edit.take.returned import read_returned
from clausebook.edit.take.taking import take_back
from clausebook.export.word import render_comparison, render_policy
from clausebook.load.merge import merge_revision
from clausebook.model import RevisionRecord
from clausebook.model.handbook import Revision, Trust
from clausebook.model.structures import PolicyFile
from clausebook.model.word_identity import word_medium
from word.played import STARTER
from word.test_word_schema import check_ids, check_order, check_package

DAY = date(2026, 11, 21)
FILES = {"f.docx": PolicyFile("f.docx", Path("f.docx"), 1, "0" * 64)}
WORDS = [
    "staff", "must", "not", "tell **anyone**", "the *head*", "[Acas](https://www.acas.org.uk/)", "[rule](#c1)", "[policy](policy:grievance)", "{dsl}", "and", "e.g.", "you", "£5",
    "“quoted”", "it's", "see 4.1", "(a)", "1.2", "A.", "(b)", "I", "A", "2026", "3 days", "—", "é", "½", "x_y", "a/b", "[form](file:f.docx)", "Figure:", "File:", "<b>", "&amp;", "عربي",
]  # fmt: skip
words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)
numbers = st.sampled_from(["1", "1.1", "1.2", "2", "2.1", "(a)", "(b)", "7.2.", "i.", "A", "1.0", "10"])
text = st.lists(words, min_size=1, max_size=2).map(".\n\n".join)
table = st.fixed_dictionaries(
    {"header": st.lists(words, min_size=2, max_size=2), "rows": st.lists(st.lists(st.one_of(words, st.just("")), min_size=2, max_size=2), min_size=1, max_size=2)},
    optional={"caption": words},
)  # fmt: skip
field = st.fixed_dictionaries({"label": words}, optional={"hint": words, "kind": st.sampled_from(["text", "long-text", "date", "tick", "signature"])})  # fmt: skip
form = st.fixed_dictionaries({"title": words, "fields": st.lists(field, min_size=1, max_size=3)})
attachment = st.fixed_dictionaries({"file": st.just("f.docx"), "label": words})
item = st.fixed_dictionaries(
    {"text": text}, optional={"number": numbers, "after": words, "note": words, "table": table, "form": form, "attachment": attachment}
)  # fmt: skip
nested = st.recursive(item, lambda below: st.tuples(item, st.lists(below, min_size=1, max_size=2)).map(lambda both: both[0] | {"items": both[1]}), max_leaves=4)  # fmt: skip
section = st.fixed_dictionaries({"heading": words, "clauses": st.lists(nested, max_size=3)}, optional={"number": numbers})  # fmt: skip
sections = st.lists(st.tuples(section, st.lists(section, max_size=2)).map(lambda both: both[0] | {"sections": both[1]}), min_size=1, max_size=3)  # fmt: skip
ORDER = ("id", "number", "heading", "modality", "topics", "text", "table", "form", "attachment", "items", "after", "note", "clauses", "sections")  # fmt: skip


def fields_of(drawn: list[dict[str, Any]]) -> dict[str, Any]:
    """What an author would have written, with an id for each."""
    names = (f"c{number}" for number in count(1))

    def named(entry: Mapping[str, Any], kind: str) -> dict[str, Any]:
        own = (
            {"id": next(names)}
            | dict(entry)
            | ({"modality": "must", "topics": ["conduct"]} if kind == "clauses" else {})
        )
        for name in ("clauses", "sections", "items"):
            if name in own:
                own[name] = [named(one, name) for one in own[name]]
        return {name: own[name] for name in ORDER if own.get(name)}

    return {
        "title": "A policy", "status": "in-force", "wording": "verbatim", "binds": ["staff"], "sections": [named(one, "sections") for one in drawn],
    }  # fmt: skip


def revision_of(fields: Mapping[str, Any]) -> Revision:
    return merge_revision("larkhill-example", "grievance", "2026-01", RevisionRecord.model_validate(fields), FILES)


@cache
def trust() -> Trust:
    """No fixture: a policy that fails is then told without all that the starter holds."""
    handbook, _ = read_handbook(STARTER)
    assert handbook
    return handbook.trusts[0]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any")


PHASES = (Phase.explicit, Phase.generate)  # a policy that fails is small enough to be read
MANY = int(os.environ.get("WORD_POLICIES", "30"))


@settings(
    max_examples=MANY, deadline=None, derandomize=MANY == 30, suppress_health_check=list(HealthCheck), phases=PHASES
)
@given(drawn=sections)
def test_a_policy_comes_back_to_the_byte(drawn: list[dict[str, Any]], folder: Path) -> None:
    fields = fields_of(drawn)
    revision, before = revision_of(fields), written(fields)
    made = render_policy(trust(), revision, DAY)
    check_order(made)
    check_ids(made)
    check_package(made)
    (folder / "made.docx").write_bytes(made)
    returned = read_returned(folder / "made.docx")
    assert returned.exported
    assert returned.exported.revision.record == revision.record
    taken = take_back(returned, before, revision.record, revision.record, (), word_medium(None, "grievance"), {}, trust().record.name)  # fmt: skip
    assert taken.text == before
    assert taken.doubts == taken.left_out == ()
    assert taken.alignment.questions == []


@settings(
    max_examples=MANY // 2,
    deadline=None,
    derandomize=MANY == 30,
    suppress_health_check=list(HealthCheck),
    phases=PHASES,
)
@given(one=sections, other=sections)
def test_a_redline_gives_both_policies(one: list[dict[str, Any]], other: list[dict[str, Any]]) -> None:
    made = render_comparison(
        trust(), revision_of(fields_of(one)), revision_of(fields_of(other)), DAY
    )  # which proves itself
    check_order(made)
    check_ids(made)
    check_package(made)
