"""Nearest clauses: of other trusts, on a shared topic, the most alike first, and no work that grows with the square."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from clausebook.compare import nearest
from clausebook.compare.nearest import find_nearest
from clausebook.model.handbook import Handbook, Revision

ROOT = Path(__file__).parent.parent


def test_the_nearest_are_of_other_trusts_on_a_shared_topic_most_alike_first(handbook: Handbook) -> None:
    found = find_nearest(handbook.in_force)
    by_trust = {revision.trust: revision for revision in handbook.in_force}
    assert sum(1 for near in found.values() if near) > len(found) / 2
    for (trust, _, clause), others in found.items():
        topics = set(by_trust[trust].by_id[clause].topics)
        assert len(others) <= 3
        assert [near.similarity for near in others] == sorted((near.similarity for near in others), reverse=True)
        for near in others:
            assert near.clause.trust != trust
            assert topics & set(near.clause.topics)


def test_a_clause_in_the_same_words_is_the_nearest(handbook: Handbook) -> None:
    att = next(revision for revision in handbook.in_force if revision.trust == "att")
    twin = _as_trust(att, "twin")
    found = find_nearest([*handbook.in_force, twin])
    near = found["att", "social-media", "never-against-trust-policy"][0]
    assert (near.clause.trust, near.clause.id, near.similarity) == ("twin", "never-against-trust-policy", 100)


def test_the_work_grows_with_the_clauses_and_not_with_their_square(
    handbook: Handbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = {"compared": 0}
    real = nearest.process.extract

    class Counting:
        @staticmethod
        def extract(text: str, others: dict[bytes, str], **options):
            counted["compared"] += len(others)
            return real(text, others, **options)

    monkeypatch.setattr(nearest, "process", Counting)
    per_clause = []
    for copies in (4, 16):
        counted["compared"] = 0
        revisions = [
            _as_trust(revision, f"{revision.trust}-{n}") for n in range(copies) for revision in handbook.in_force
        ]
        per_clause.append(counted["compared"] / len(find_nearest(revisions)))
    assert per_clause[1] <= 2 * per_clause[0]


def _as_trust(revision: Revision, trust: str) -> Revision:
    """The same policy under another trust's id."""

    def clause(one):
        return replace(one, trust=trust, items=tuple(clause(item) for item in one.items))

    sections = tuple(replace(part, clauses=tuple(clause(one) for one in part.clauses)) for part in revision.sections)
    return replace(revision, trust=trust, sections=sections)
