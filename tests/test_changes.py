"""What changed: each kind by hand-made pairs, which differences are typing, and the redline."""

from __future__ import annotations

import random
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

from applying import apply_changes, told, told_title
from clausebook.compare.revisions import KINDS, find_changes, redline
from clausebook.compare.revisions.assignment import find_best_pairs
from clausebook.compare.revisions.candidates import PER_TEXT, find_candidates, index_words
from clausebook.compare.revisions.moves import longest_rise
from clausebook.compare.revisions.wording import is_same_but_for_typing
from clausebook.load.merge import merge_revision
from clausebook.model import RevisionRecord
from clausebook.model.handbook import Handbook, Revision

PAIRS = Path(__file__).parent / "changes"
CASES = {
    f"{path.stem}: {case['what']}": case
    for path in sorted(PAIRS.glob("*.yml"))
    for case in yaml.safe_load(path.read_text())
}
TYPING = yaml.safe_load((Path(__file__).parent / "typing.yml").read_text())


def revision(sections: Any, title: str = "Policy") -> Revision:
    """A revision from a short form: sections by id, or one list of clauses; what a clause must have is filled in."""
    if isinstance(sections, list):
        sections = {"rules": sections}
    full = []
    for name, part in sections.items():
        heading, clauses = (part["heading"], part["clauses"]) if isinstance(part, dict) else (name.capitalize(), part)
        filled = [{"modality": "must", "topics": ["any"], **clause} for clause in clauses]
        full.append({"id": name, "heading": heading, "clauses": filled})
    record = {"title": title, "status": "draft", "wording": "verbatim", "binds": ["staff"], "sections": full}
    return merge_revision("sample", "social-media", "2024", RevisionRecord.model_validate(record))


def pair(case: dict[str, Any]) -> tuple[Revision, Revision]:
    old, new = (revision(case[side], case.get(f"{side}-title", "Policy")) for side in ("old", "new"))
    return old, new


def test_each_kind_has_its_pairs() -> None:
    assert {path.stem for path in PAIRS.glob("*.yml")} == set(KINDS)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_pair_gives_the_changes_beside_it(case: dict[str, Any], handbook: Handbook) -> None:
    old, new = pair(case)
    changes = find_changes(old, new)
    assert [(change.id, change.in_words(handbook.role_labels)) for change in changes] == list(case["changes"].items())
    assert [change.id for change in changes if change.doubtful] == case.get("doubtful", [])
    assert {change.id: change.through for change in changes if change.through} == case.get("through", {})
    assert all(bool(change.doubt_in_words()) == change.doubtful for change in changes)
    if "skip-applying" not in case:
        assert apply_changes(old, changes) == told(new)
        assert told_title(old, changes) == new.record.title


def test_editorial_moved_and_renumbered_never_ask_for_a_signature() -> None:
    found = {}
    for case in CASES.values():
        for change in find_changes(*pair(case)):
            found[change.kind] = change.material
    assert {kind for kind in KINDS if not found[kind]} == {"editorial", "moved", "renumbered"}


@pytest.mark.parametrize(("before", "after"), TYPING["typing"])
def test_typing(before: str, after: str) -> None:
    assert is_same_but_for_typing(before, after)
    assert is_same_but_for_typing(after, before)


@pytest.mark.parametrize(("before", "after"), TYPING["meaning"])
def test_what_can_change_a_meaning_is_no_typing(before: str, after: str) -> None:
    assert not is_same_but_for_typing(before, after)
    assert not is_same_but_for_typing(after, before)


HARD_WORDS = ("not", "no", "never", "unless", "except", "without", "only", "must", "should", "may", "5", "1.10")


@settings(max_examples=300, deadline=None)
@given(where=st.integers(0, 10**6), word=st.sampled_from(HARD_WORDS), puts=st.booleans())
def test_a_negation_a_number_or_a_verb_of_force_is_never_typing(handbook, where, word, puts) -> None:
    clauses = [clause for revision in handbook.in_force for clause in revision.clauses]
    words = clauses[where % len(clauses)].text.split()
    at = where // len(clauses) % len(words)
    if words[at].strip(".,:;").lower() != word:
        before, after = " ".join(words), " ".join([*words[:at], word, *words[at + (not puts) :]])
        assert not is_same_but_for_typing(before, after)
        assert not is_same_but_for_typing(after, before)


WORDS = st.lists(
    st.sampled_from(["staff", "must", "not", "post", "a", "to", "1.10", ",", ".", " ", "\n", "pupils’", "e-mail", "é"])
)


@given(WORDS.map(" ".join), WORDS.map("".join) | WORDS.map(" ".join))
def test_a_redline_holds_both_texts(before: str, after: str) -> None:
    runs = redline(before, after)
    assert "".join(run.text for run in runs if run.kind != "added") == before
    assert "".join(run.text for run in runs if run.kind != "removed") == after
    assert all(run.text for run in runs)
    assert redline(before, before) == redline(before, before[:])
    assert {run.kind for run in redline(before, before)} <= {"same"}


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [
        ("Staff must ask.", "Staff should ask.", "Staff [-must-]{+should+} ask."),
        ("Staff must ask.", "Staff must ask the head first.", "Staff must ask{+ the head first+}."),
        ("Keep names of pupils secret.", "Keep photographs of parents secret.",
         "Keep [-names of pupils-]{+photographs of parents+} secret."),
        ("Read rule 1.1.", "Read rule 1.10.", "Read rule [-1.1-]{+1.10+}."),
        ("Posts and blogs count.", "All posts, and all blogs, count.", "[-Posts and -]{+All posts, and all +}blogs{+,+} count."),
        ("The procedure is for all employees and not for contractors or clients. If a contractor is involved, tell your manager.",
         "The procedure is for all employees. If a contractor is involved, tell your manager.",
         "The procedure is for all employees[- and not for contractors or clients-]. If a contractor is involved, tell your manager."),
        ("Staff must not use a phone in class or in the yard, and must hand it in when they are asked to.",
         "Staff must hand it in when they are asked to.",
         "Staff[- must not use a phone in class or in the yard, and-] must hand it in when they are asked to."),
        ("Ask the head, the deputy, or the office before you post.", "Ask the head or the office before you post.",
         "Ask the head[-, the deputy,-] or the office before you post."),
        ("", "New.", "{+New.+}"),
        ("Old.", "", "[-Old.-]"),
    ],
)  # fmt: skip
def test_a_redline_reads_well(before: str, after: str, marked: str) -> None:
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    assert "".join(marks[run.kind].format(run.text) for run in redline(before, after)) == marked


def test_a_redline_marks_hardly_more_words_than_it_must(handbook: Handbook) -> None:
    """Over every clause of the five, each edited at one to three places, against the fewest words that can be marked."""
    chance = random.Random(12)
    texts = [
        clause.text for revision in handbook.in_force for clause in revision.clauses if len(clause.text.split()) > 10
    ]
    spare = [word for text in texts for word in text.split()]
    marked = fewest = 0
    for text in texts:
        words = text.split()
        for _ in range(chance.randint(1, 3)):
            at, length = chance.randrange(len(words)), chance.randint(1, 6)
            words[at : at + length * chance.randint(0, 1)] = chance.sample(spare, length * chance.randint(0, 1))
        runs = redline(text, " ".join(words))
        marked += sum(len(re.findall(r"\w+", run.text)) for run in runs if run.kind != "same")
        fewest += Indel.distance(re.findall(r"\w+", text), re.findall(r"\w+", " ".join(words)))
    assert fewest < marked < 1.05 * fewest


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 10**9), st.integers(1, 7), st.integers(1, 7), st.sampled_from([9, 99]))
def test_the_pairs_are_the_best_there_are(seed: int, rows: int, columns: int, heaviest: int) -> None:
    chance = random.Random(seed)
    weights = [{c: chance.randint(1, heaviest) for c in range(columns) if chance.random() < 0.8} for _ in range(rows)]
    pairs = find_best_pairs(weights)
    assert len(set(pairs.values())) == len(pairs)

    @cache
    def best(row: int, taken: frozenset[int]) -> int:
        if row == len(weights):
            return 0
        given_one = (w + best(row + 1, taken | {c}) for c, w in weights[row].items() if c not in taken)
        return max((best(row + 1, taken), *given_one))

    assert sum(weights[row][column] for row, column in pairs.items()) == best(0, frozenset())


def test_candidates_share_the_most_rare_words_and_stand_near() -> None:
    texts = [f"staff must not post photographs of year {number} at any time".split() for number in range(300)]
    index = index_words(texts)
    assert find_candidates(["photographs", "year", "7"], 200, index)[0] == 7
    found = find_candidates(["photographs", "year"], 200, index)
    assert (found[0], len(found)) == (200, PER_TEXT)
    assert all(abs(place - 200) <= PER_TEXT for place in found)


@given(st.permutations(range(7)))
def test_as_few_clauses_move_as_can_be(order: list[int]) -> None:
    rise = [order[place] for place in sorted(longest_rise(order))]
    assert rise == sorted(rise)
    lengths = [1] * len(order)
    for place, number in enumerate(order):
        lengths[place] += max((lengths[n] for n in range(place) if order[n] < number), default=0)
    assert len(rise) == max(lengths)
