"""From one revision to another over several: who signs again, and what happened to a clause."""

from __future__ import annotations

from collections.abc import Mapping

from clausebook.compare.revisions import find_changes
from clausebook.compare.revisions.changesets import changeset_between, changesets_of, clause_histories
from clausebook.compare.revisions.clause_diffs import diff_clauses
from clausebook.compare.revisions.materiality import is_material, mark_of, to_confirm
from clausebook.load.merge import merge_revision
from clausebook.model import Confirmation, RevisionRecord
from clausebook.model.handbook import Policy, Revision

WEEK = "Staff must answer a comment within seven days."
DAY = "Staff must answer a comment within one day."
SAME = "Staff must answer a comment inside one day."


def revision(
    name: str, clauses: Mapping[str, object], before: Revision | None = None, decided: Mapping[str, bool] = {}
) -> Revision:
    """A revision with clauses by id: a text, or a text and a list of items; `decided` has what HR decided by change."""
    written = []
    for clause, text in clauses.items():
        own, items = text if isinstance(text, tuple) else (text, {})
        written.append(
            {
                "id": clause,
                "modality": "must",
                "topics": ["any"],
                "text": own,
                "items": [{"id": k, "text": v} for k, v in items.items()],
            }
        )
    record = {"title": "Policy", "status": "draft", "wording": "verbatim", "binds": ["staff"],
              "sections": [{"id": "all", "heading": "All", "clauses": written}]}  # fmt: skip
    plain = merge_revision("sample", "social-media", name, RevisionRecord.model_validate(record))
    if before:
        record["changes"] = [
            Confirmation(change=one.id, material=decided.get(one.id, one.material), seen=mark_of(one), because="So decided.").model_dump()
            for one in to_confirm(find_changes(before, plain))
        ]  # fmt: skip
    return merge_revision("sample", "social-media", name, RevisionRecord.model_validate(record))


def asked(old: Revision, new: Revision, *between: Revision) -> set[str]:
    return {diff.clause for diff in changeset_between(old, new, between).diffs if diff.material}


def test_a_step_that_asked_still_asks_after_one_that_did_not() -> None:
    first = revision("2023", {"x": WEEK, "y": "Staff must be kind."})
    second = revision("2024", {"x": DAY, "y": "Staff must be kind."}, first)
    third = revision("2025", {"x": SAME, "y": "Staff must be kind."}, second, {"reworded:x": False})
    assert asked(second, third) == set()
    assert asked(first, third, second, third) == {"x"}


def test_whatever_its_id_becomes() -> None:
    first = revision("2023", {"x": WEEK})
    second = revision("2024", {"x": DAY}, first)
    renamed = revision("2025", {"z": DAY}, second)
    assert asked(second, renamed) == set()
    assert asked(first, renamed, second, renamed) == {"z"}


def test_what_was_decided_not_to_ask_does_not_ask_later() -> None:
    first = revision("2023", {"x": DAY})
    second = revision("2024", {"x": SAME}, first, {"reworded:x": False})
    third = revision("2025", {"x": SAME, "y": "Staff must be kind."}, second)
    assert asked(first, third, second, third) == {"y"}


def test_a_new_list_is_told_with_its_items() -> None:
    first = revision("2023", {"x": WEEK})
    second = revision(
        "2024",
        {
            "x": WEEK,
            "l": ("At work staff must not:", {"a": "photograph pupils; or", "b": "use any AI tool on pupil data."}),
        },
        first,
    )
    (diff,) = diff_clauses(find_changes(first, second), second)
    assert (diff.clause, diff.with_it) == ("l", 0)
    assert [(run.kind, run.text) for run in diff.runs] == [
        ("added", "At work staff must not: photograph pupils; or use any AI tool on pupil data.")
    ]


def test_a_decision_on_a_list_lapses_when_an_item_joins_it() -> None:
    first = revision("2023", {"x": WEEK})
    short = revision("2024", {"x": WEEK, "l": ("At work staff must not:", {"a": "photograph pupils."})}, first)
    longer = revision(
        "2024", {"x": WEEK, "l": ("At work staff must not:", {"a": "photograph pupils.", "b": "smoke."})}, first
    )
    marks = [{one.id: mark_of(one) for one in to_confirm(find_changes(first, new))} for new in (short, longer)]
    assert marks[0].keys() == marks[1].keys() == {"added:l"}
    assert marks[0] != marks[1]


def test_a_decision_on_a_lead_in_reaches_its_items_whatever_its_id() -> None:
    first = revision(
        "2023", {"l": ("At work staff must never do any of this:", {"a": "photograph pupils;", "b": "smoke."})}
    )
    second = revision(
        "2024", {"l2": ("At work staff must never do any of these:", {"a": "photograph pupils;", "b": "smoke."})}, first
    )
    changes = find_changes(first, second)
    lead = next(change for change in changes if change.through is None)
    decided = (Confirmation(change=lead.id, material=False, seen=mark_of(lead), because="The same."),)
    assert len(changes) > 1
    assert not any(is_material(change, decided) for change in changes)


def test_a_history_follows_a_clause_through_a_join() -> None:
    first = revision("2023", {"a": WEEK, "b": "Staff must tell their line manager about threats."})
    second = revision("2024", {"a": DAY, "b": "Staff must tell their line manager about threats."}, first)
    third = revision("2025", {"a": f"{DAY} Staff must tell their line manager about threats."}, second)
    told = clause_histories(Policy(third.policy, third, (second, first), None), {})
    assert [one.revision for one in told["a"]] == ["2025", "2024"]


def test_every_step_is_there_once() -> None:
    chain = [revision("2020", {"x": WEEK})]
    for year in range(2021, 2025):
        chain.append(revision(str(year), {"x": f"{WEEK} {year}"}, chain[-1]))
    changesets = changesets_of(Policy(chain[-1].policy, chain[-1], tuple(reversed(chain[:-1])), None))
    assert len({changeset.path for changeset in changesets}) == len(changesets) == 4 + 3
