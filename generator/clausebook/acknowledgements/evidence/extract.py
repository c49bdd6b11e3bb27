"""The register as a pack holds it: every head, and the bodies of one trust that counted by a day; the chain still holds.

A body that is left out leaves its digest in the head: whoever is shown it later can tell that it is the one.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from clausebook.acknowledgements.evidence.redaction import is_free_of_names, without_names
from clausebook.acknowledgements.register.entries import FIRST, Body, Entry, read_whole
from clausebook.acknowledgements.register.standings import SIGNS
from clausebook.model.identity import canonical_json

OF_THE_REGISTER = ("key", "checkpoint", "purged")  # what the chain is checked by, of whatever trust and day
Left = Literal["another trust", "another policy", "after the day", "names", "the list of people"]


@dataclass(frozen=True)
class Wanted:
    """What a pack is about."""

    trust: str
    policy: str | None
    """None: every policy."""
    as_of: str
    redacted: bool
    known: frozenset[str] = frozenset()
    """The ids of the trust's revisions and clauses: of what a receipt names, only these are no free text."""


@dataclass
class Extract:
    """What was taken from a register."""

    lines: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    """Of a pack without names: the entries that were left out for them, without what was written freely."""
    left_out: Counter[Left] = field(default_factory=Counter)
    receipts: set[str] = field(default_factory=set)
    """The receipts that some entry names, and rows of platforms' reports."""
    scans: set[str] = field(default_factory=set)
    """The scans of paper forms that some entry names: they lie where HR keeps its paper."""
    signed: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    """By policy and revision, the digests of what was acknowledged."""
    keys: set[str] = field(default_factory=set)
    """The ids of the keys that the register says were made."""
    expires: dict[str, str] = field(default_factory=dict)
    """The last day of each link, by its reference."""
    last: int = 0
    hash: str = FIRST


def extract_register(register: Path, wanted: Wanted) -> Extract:
    """Raises BrokenRegisterError where the register does not hold."""
    extract = Extract()
    links = frozenset(_links_for(register, wanted.policy)) if wanted.policy else frozenset()
    for entry in read_whole(register):
        extract.last, extract.hash = entry.number, entry.head.hash
        _take(extract, wanted, links, entry, entry.body)
    return extract


def _links_for(register: Path, policy: str) -> Iterator[str]:
    """The references of the links that ask for a policy, and perhaps for others: a link is proven by all that it asks for."""
    for entry in read_whole(register):
        if entry.body and entry.body.kind == "issued" and entry.body.policy == policy:
            yield entry.body.ref


def _take(extract: Extract, wanted: Wanted, links: frozenset[str], entry: Entry, body: Body | None) -> None:
    reason = _reason(body, wanted, links) if body else None
    if body and reason in (None, "names"):
        _note(extract, body)
    if body and reason == "names":
        told = {"number": entry.number, "body": without_names(json.loads(entry.text), wanted.known)}
        extract.told.append(canonical_json(told).decode())
    if reason:
        extract.left_out[reason] += 1
        entry = replace(entry, text="")
    extract.lines.append(entry.line)


def _reason(body: Body, wanted: Wanted, links: frozenset[str]) -> Left | None:
    """Why a body is left out."""
    if body.kind in OF_THE_REGISTER:
        return None
    if body.kind == "people":  # a digest over names
        return "the list of people"
    if body.trust != wanted.trust:
        return "another trust"
    of_link = body.kind == "issued" and body.ref in links
    if wanted.policy and body.policy not in ("", wanted.policy) and not of_link:
        return "another policy"
    if body.day[:10] > wanted.as_of:
        return "after the day"
    return "names" if wanted.redacted and not is_free_of_names(body, wanted.known) else None


def _note(extract: Extract, body: Body) -> None:
    if body.kind == "key":
        extract.keys.add(str(body.facts.get("id", "")))
    if body.kind == "issued":
        extract.expires[body.ref] = str(body.facts.get("expires", ""))
    if body.receipt:
        (extract.scans if body.channel == "scan" else extract.receipts).add(body.receipt)
    if body.kind in SIGNS:
        extract.signed.setdefault((body.policy, body.revision), set()).add(body.digest)
