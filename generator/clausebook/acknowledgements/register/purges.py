"""The entry by which a purge says who took out what and why, signed with HR's key: nobody else can make an entry fall silent.

Signed is the RFC 8785 form of `before`, the hash of the entry that it follows, and `body`, the entry without its signature.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from clausebook.acknowledgements.register.entries import Body, Kind
from clausebook.acknowledgements.signing.keys import SigningKey, is_signed
from clausebook.model.identity import canonical_json


@dataclass(frozen=True)
class Purge:
    """A decision to take out what is held."""

    by: str
    """Who in HR; it stays in the register and in every pack."""
    why: str
    at: str
    key: SigningKey


def purge_body(purge: Purge, trust: str, people: int, taken: Mapping[int, Kind], before: str) -> Body:
    """The signed entry; `taken` are the numbers of the entries whose bodies go, with their kinds."""
    order = sorted(taken)
    facts = {"people": people, "entries": order, "kinds": [taken[one] for one in order], "key": purge.key.id}
    body = Body(kind="purged", at=purge.at, trust=trust, by=purge.by, says=purge.why, facts=facts)
    return body.model_copy(update={"facts": facts | {"signature": purge.key.sign(_message(body, before))}})


def is_genuine(body: Body, before: str, public_keys: Mapping[str, str]) -> bool:
    """Whether one of these keys signed the entry for this place in the register."""
    told = {name: value for name, value in body.facts.items() if name != "signature"}
    public, signature = public_keys.get(str(told.get("key"))), str(body.facts.get("signature"))
    return public is not None and is_signed(
        _message(body.model_copy(update={"facts": told}), before), signature, public
    )


def entries_of(body: Body) -> frozenset[int]:
    """The numbers of the entries that a purge took out."""
    entries = body.facts.get("entries")
    return frozenset(entry for entry in entries if isinstance(entry, int)) if isinstance(entries, list) else frozenset()


def _message(body: Body, before: str) -> bytes:
    return canonical_json({"before": before, "body": body.model_dump(exclude_defaults=True)})
