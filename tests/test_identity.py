"""A clause is recognised by what it asks of somebody, and by nothing else."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from clausebook.load.merge import merge_revision
from clausebook.model import RevisionRecord
from clausebook.model.handbook import Revision

BASE = {
    "title": "Social media policy", "status": "in-force", "wording": "verbatim", "binds": ["staff", "volunteers"],
    "sections": [{"id": "one", "heading": "One", "number": "1", "clauses": [
        {"id": "rule", "number": "1.1", "modality": "must-not", "topics": ["confidentiality"], "text": "Staff must not:",
         "items": [{"id": "item", "text": "post secrets"}]},
        {"id": "other", "number": "1.2", "modality": "may", "topics": ["politics-and-groups"], "text": "Staff may vote."},
    ]}],
}  # fmt: skip


def merged(**changes) -> Revision:
    value = json.loads(json.dumps(BASE))
    for path, new in changes.items():
        *way, last = path.split("__")
        here = value
        for part in way:
            here = here[int(part) if part.isdigit() else part]
        here[int(last) if last.isdigit() else last] = new
    return merge_revision("sample", "social-media", "2024-01", RevisionRecord.model_validate(value))


def fingerprints(revision: Revision) -> dict[str, str]:
    return {clause.id: clause.fingerprint for clause in revision.clauses}


@pytest.mark.parametrize(
    "change",
    [
        {"sections__0__clauses__0__number": "7.9"},
        {"sections__0__clauses__0__topics": ["post-removal"]},
        {"sections__0__heading": "Another heading"},
        {"binds": ["volunteers", "staff"]},
        {"sections__0__clauses__0__lines": "4-5"},
    ],
    ids=["renumbered", "retagged", "reheaded", "binds in another order", "other lines"],
)
def test_what_leaves_a_clause_the_same(change) -> None:
    assert fingerprints(merged(**change)) == fingerprints(merged())
    assert merged(**change).digest == merged().digest


@pytest.mark.parametrize(
    ("change", "changed"),
    [
        ({"sections__0__clauses__0__text": "Staff should not:"}, {"rule", "item"}),
        ({"sections__0__clauses__0__items__0__text": "post gossip"}, {"item"}),
        ({"sections__0__clauses__1__modality": "must"}, {"other"}),
        ({"binds": ["staff"]}, {"rule", "item", "other"}),
    ],
    ids=["lead-in", "item", "force", "binds"],
)
def test_what_makes_it_another(change, changed) -> None:
    before, after = fingerprints(merged()), fingerprints(merged(**change))
    assert {name for name in before if before[name] != after[name]} == changed
    assert merged(**change).digest != merged().digest


def test_anybody_can_compute_the_fingerprint() -> None:
    item = merged().by_id["item"]
    said = {
        "lead_in": ["Staff must not:"],
        "text": "post secrets",
        "modality": "must-not",
        "binds": ["staff", "volunteers"],
    }
    plain = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert item.fingerprint == hashlib.sha256(plain).hexdigest()


def test_an_item_inherits_what_it_does_not_say() -> None:
    item = merged().by_id["item"]
    assert (item.number, item.modality, item.binds, item.topics) == (
        "1.1",
        "must-not",
        ("staff", "volunteers"),
        ("confidentiality",),
    )
    assert item.lead_in == ("Staff must not:",)
    assert item.in_full == "Staff must not: post secrets"


def test_a_lead_in_is_followed_by_its_items() -> None:
    assert merged().by_id["rule"].in_full == "Staff must not: post secrets"


def test_the_published_digest_of_a_real_policy_can_be_computed_from_its_data() -> None:
    from clausebook.check.library import read_handbook
    from clausebook.export.data import clause_records, trust_records

    handbook, _ = read_handbook(Path(__file__).parent.parent)
    records = [record for record in clause_records(handbook, ()) if record.trust == "att"]
    title = list(trust_records(handbook, ()))[1].policies[0].title
    clauses = [
        {"lead_in": r.lead_in, "text": r.text, "modality": r.modality, "binds": sorted(r.binds)} for r in records
    ]
    plain = json.dumps(
        {"title": title, "clauses": clauses}, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    ).encode()
    assert list(trust_records(handbook, ()))[1].policies[0].digest == hashlib.sha256(plain).hexdigest()
