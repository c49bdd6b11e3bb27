"""A property: whatever is done to a revision, the changes that are found turn the old one into the new one."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from applying import apply_changes, told, told_title
from clausebook.compare.revisions import KINDS, find_changes
from clausebook.load.merge import merge_revision
from clausebook.model import Modality, RevisionRecord
from clausebook.model.handbook import Handbook, Revision

Node = dict[str, Any]
Place = tuple[list[Node], int]
FORCES: tuple[Modality, ...] = ("must", "must-not", "should", "should-not", "may", "states")
ROLES = ("staff", "volunteers", "governors", "employer", "hr")


class Draft:
    """A revision as plain lists that can be edited. Each edit takes two numbers that choose where and how."""

    def __init__(self, sections: list[Node], spare: list[Node]) -> None:
        self.sections, self.spare, self.ids, self.title = sections, spare, 0, "Policy"

    def places(self) -> list[Place]:
        found: list[Place] = []

        def walk(siblings: list[Node]) -> None:
            for at, node in enumerate(siblings):
                found.append((siblings, at))
                walk(node.get("items", []))

        for section in self.sections:
            walk(section["clauses"])
        return found

    def new_id(self) -> str:
        self.ids += 1
        return f"new-{self.ids}"

    def put(self, node: Node, where: int) -> None:
        """Into any list of siblings, at any place."""
        lists = [section["clauses"] for section in self.sections]
        lists += [siblings[at].setdefault("items", []) for siblings, at in self.places()]
        target = lists[where % len(lists)]
        target.insert(where // len(lists) % (len(target) + 1), node)

    def revision(self, revision_id: str) -> Revision:
        full = json.loads(json.dumps(self.sections))
        for section in full:
            section["clauses"] = [{"modality": "must", "topics": ["any"], **clause} for clause in section["clauses"]]
        record = {"title": self.title, "status": "draft", "wording": "verbatim", "binds": ["staff"], "sections": full}
        return merge_revision("sample", "social-media", revision_id, RevisionRecord.model_validate(record))


def delete(draft: Draft, place: Place, how: int) -> None:
    siblings, at = place
    orphans = siblings.pop(at).get("items", [])
    if how % 2:
        siblings[at:at] = orphans  # only the lead-in goes


def insert(draft: Draft, place: Place, how: int) -> None:
    draft.put({**draft.spare[how % len(draft.spare)], "id": draft.new_id()}, how)


def reword(draft: Draft, place: Place, how: int) -> None:
    node = place[0][place[1]]
    words = node["text"].split()
    at = how % len(words)
    edits: tuple[Callable[[], list[str]], ...] = (
        lambda: [*words[:at], "not", *words[at:]],
        lambda: [*words[:at], *words[at + 1 :]] if len(words) > 1 else words,
        lambda: [*words[:at], words[at].upper(), *words[at + 1 :]],
        lambda: [*words[:at], words[at] + ",", *words[at + 1 :]],
        lambda: [*words[:at], "5", *words[at + 1 :]],
        draft.spare[how % len(draft.spare)]["text"].split,
        lambda: [*words[at:], *words[:at]],
        lambda: [word.replace("'", "’") for word in words],
    )
    node["text"] = " ".join(edits[how // 7 % len(edits)]())


def change_force(draft: Draft, place: Place, how: int) -> None:
    node = place[0][place[1]]
    before, after = node.get("modality", "states"), FORCES[how % len(FORCES)]
    node["modality"] = after
    if how // 6 % 2:
        node["text"] = node["text"].replace(before.replace("-", " "), after.replace("-", " "))


def change_binds(draft: Draft, place: Place, how: int) -> None:
    place[0][place[1]]["binds"] = [role for n, role in enumerate(ROLES) if (how % 31 + 1) >> n & 1]


def renumber(draft: Draft, place: Place, how: int) -> None:
    node = place[0][place[1]]
    if how % 5:
        node["number"] = f"{how % 3}.{how % 11}"
    else:
        node.pop("number", None)


def move(draft: Draft, place: Place, how: int) -> None:
    draft.put(place[0].pop(place[1]), how)


def give_new_id(draft: Draft, place: Place, how: int) -> None:
    place[0][place[1]]["id"] = draft.new_id()


def give_all_new_ids(draft: Draft, place: Place, how: int) -> None:
    for siblings, at in draft.places():
        siblings[at]["id"] = draft.new_id()


def swap_ids(draft: Draft, place: Place, how: int) -> None:
    places = draft.places()
    one, (siblings, at) = place[0][place[1]], places[how % len(places)]
    one["id"], siblings[at]["id"] = siblings[at]["id"], one["id"]


def split(draft: Draft, place: Place, how: int) -> None:
    siblings, at = place
    node = siblings[at]
    words = node["text"].split()
    if len(words) < 2:
        return
    cut = len(words) // 2 if how % 3 else 1 + how % (len(words) - 1)
    parts = [{**node, "text": " ".join(words[:cut]), "items": []}, {**node, "text": " ".join(words[cut:])}]
    parts[how // 3 % 2]["id"] = draft.new_id()
    if how // 6 % 2:
        parts[how // 3 % 2]["id"] = draft.new_id()
    if how // 12 % 2:
        parts = [{**parts[0], "items": [{"id": parts[1]["id"], "text": parts[1]["text"]}, *node.get("items", [])]}]
    siblings[at : at + 1] = parts


def join(draft: Draft, place: Place, how: int) -> None:
    siblings, at = place
    node, *rest = siblings[at : at + 2]
    items = node.get("items", [])
    if how % 2 and items and "items" not in items[0]:
        rest, node["items"] = items[:1], items[1:]
    elif rest and not items:
        siblings.pop(at + 1)
        node["items"] = rest[0].get("items", [])
    else:
        return
    node["text"] += f" and {rest[0]['text']}"
    node["id"] = (node["id"], rest[0]["id"], draft.new_id())[how // 2 % 3]


def swap_sections(draft: Draft, place: Place, how: int) -> None:
    draft.sections.insert(how % len(draft.sections), draft.sections.pop())


def change_heading(draft: Draft, place: Place, how: int) -> None:
    section = draft.sections[how % len(draft.sections)]
    section["heading"] = (f"No {section['heading'].lower()}", section["heading"].upper(), "Another")[how // 7 % 3]


def change_section(draft: Draft, place: Place, how: int) -> None:
    draft.sections[how % len(draft.sections)]["id"] = f"s-{draft.new_id()}"
    if how % 2:
        change_heading(draft, place, how)


def change_title(draft: Draft, place: Place, how: int) -> None:
    draft.title = ("Policies", "POLICY", "Policy.")[how % 3]


def change_structures(draft: Draft, place: Place, how: int) -> None:
    node = place[0][place[1]]
    kinds: tuple[Node, ...] = (
        {"after": ("Unless the head agrees.", "Unless a parent agrees.")[how // 7 % 2]},
        {"table": {"header": ["Step", "Days"], "rows": [["Meeting", str(how % 3)], ["Staff must decide", ""]]}},
        {"note": ("As Acas advises.", "as ACAS advises")[how // 7 % 2]},
        {"form": {"title": "Form", "fields": [{"label": "Name", "kind": ("text", "long-text")[how // 7 % 2]}]}},
    )
    node |= kinds[how % len(kinds)]
    if how % 5 == 0:
        for name in ("after", "table", "note", "form"):
            node.pop(name, None)


EDITS = (
    delete, insert, reword, reword, change_force, change_binds, renumber, move, move, give_new_id, give_all_new_ids,
    swap_ids, split, split, join, join, swap_sections, change_heading, change_section, change_title,
    change_structures, change_structures, change_structures,
)  # fmt: skip
NUMBER = st.integers(0, 10**6)


@pytest.fixture(scope="session")
def clauses(handbook: Handbook) -> list[list[Node]]:
    """The clauses of the real five, by sections, each with an id that is its own."""

    def node(name: str, clause: Any) -> Node:
        kept = {"id": f"{name}-{clause.id}"[:80].rstrip("-"), "text": clause.text}
        kept |= {key: getattr(clause, key) for key in ("number", "modality") if getattr(clause, key)}
        kept |= {"binds": list(clause.binds)} if clause.binds else {}
        return kept | {"items": [node(name, item) for item in clause.items]}

    return [
        [node(revision.trust, clause) for clause in section.clauses]
        for revision in handbook.in_force
        for section in revision.record.sections
    ]


def take(clauses: list[list[Node]], chosen: list[int]) -> Draft:
    some = [clauses[number % len(clauses)] for number in dict.fromkeys(n % len(clauses) for n in chosen)]
    sections = [{"id": f"s{n}", "heading": f"Section {n}", "clauses": found[:9]} for n, found in enumerate(some)]
    spare = [{"id": "spare", "text": clause["text"]} for clause in clauses[-1]]
    return Draft(json.loads(json.dumps(sections)), spare)


@settings(max_examples=600, deadline=None)
@given(
    chosen=st.lists(NUMBER, min_size=1, max_size=4),
    edits=st.lists(st.sampled_from(EDITS), max_size=12),
    seed=st.integers(0, 10**9),
)
def test_the_changes_applied_to_the_old_give_the_new(clauses, chosen, edits, seed) -> None:
    draft, chance = take(clauses, chosen), random.Random(seed)
    for place in draft.places()[:: chance.randrange(1, 9)]:
        change_structures(draft, place, chance.randrange(10**6))
    old = draft.revision("2023")
    for edit in edits:
        places = draft.places()
        if places:
            edit(draft, chance.choice(places), chance.randrange(10**6))
    new = draft.revision("2024")
    changes = find_changes(old, new)
    assert apply_changes(old, changes) == told(new)
    assert told_title(old, changes) == new.record.title
    assert len({change.id for change in changes}) == len(changes)
    assert find_changes(old, new) == changes
    assert bool(changes) == ((told(old), old.record.title) != (told(new), new.record.title))
    assert find_changes(new, new) == ()
    roles: dict[str, str] = {}
    assert all(change.in_words(roles).endswith((".", "…”.")) for change in changes)
    reasons = {(change.kind, change.clause) for change in changes}
    assert all((change.kind, change.through) in reasons for change in changes if change.through)


def test_typed_in_afresh_every_clause_finds_itself(clauses) -> None:
    """All ids lost, every third clause changed by a word or two: none may be taken for another, or for new."""
    for first in range(0, len(clauses), 5):
        draft = take(clauses, list(range(first, first + 5)))
        old = draft.revision("2023")
        now = {}
        for number, (siblings, at) in enumerate(draft.places()):
            node = siblings[at]
            words = node["text"].split()
            if number % 3 == 0 and len(words) > 8:
                node["text"] = " ".join([*words[:4], "always", *words[5:]])
            now[node["id"]], node["id"] = f"new-{number}", f"new-{number}"
        changes = find_changes(old, draft.revision("2024"))
        assert {change.kind for change in changes} <= {"editorial", "reworded"}
        assert {change.before[0].id: change.after[0].id for change in changes} == now


def test_the_edits_bring_about_every_kind(clauses) -> None:
    """So that the property above is not one about a few kinds."""
    found = set()
    for seed in range(400):
        draft = take(clauses, [seed * 7, seed * 13 + 1])
        old = draft.revision("2023")
        for step in range(3):
            places = draft.places()
            edit = EDITS[(seed + step * 5) % len(EDITS)]
            edit(draft, places[seed * 31 % len(places)], seed * 101 + step)
        found |= {change.kind for change in find_changes(old, draft.revision("2024"))}
    assert found == set(KINDS)
