"""What each file of a pack may hold: a shape is an expression that a text fits, a type, a list, an object with its keys, or one of several."""

from __future__ import annotations

import re
from typing import Any

Shape = Any
Json = Any
ANY = object()
KEYS, VALUES = "(keys)", "(values)"  # of an object whose keys are not known beforehand

TEXT = re.compile(r"(?s:.*)")
HASH = re.compile(r"[0-9a-f]{64}")
SHORT = re.compile(r"[0-9a-f]{16}")
SALT = re.compile(r"[0-9a-f]{32}")
KEY_ID = re.compile(r"[0-9a-f]{12}")
SIGNATURE = re.compile(r"[A-Za-z0-9_-]{86}")
ID = re.compile(r"(?!(?:con|prn|aux|nul|(?:com|lpt)[0-9])$)[a-z0-9]+(?:-[a-z0-9]+)*")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
CHECKPOINT_NAME = re.compile(r"checkpoints/([1-9][0-9]{0,8})\.json")
REDLINE_NAME = re.compile(r"redlines/[a-z0-9-]+/[a-z0-9-]+_[a-z0-9-]+\.pdf")
KIND = re.compile(
    "issued|acknowledged|not-understood|duplicate|held|rejected|resolved|void|left|exempt|on-behalf|carried|replied|purged|checkpoint|key|people"
)
REASON = re.compile("another trust|another policy|after the day|names|the list of people")

HEAD = {"before": HASH, "body": HASH, "number": int}
BODY = {
    "kind": KIND, "at": MOMENT, "ref?": TEXT, "person?": TEXT, "trust?": TEXT, "policy?": TEXT, "revision?": TEXT, "digest?": TEXT,
    "campaign?": TEXT, "received?": TEXT, "channel?": TEXT, "assurance?": TEXT, "receipt?": HASH, "says?": TEXT, "by?": TEXT,
    "about?": int, "facts?": {KEYS: TEXT, VALUES: ANY},
}  # fmt: skip
ENTRY = ({"head": HEAD}, {"head": HEAD, "salt": SALT, "body": BODY})
TOLD = {"number": int, "body": BODY}
CHECKPOINT = {"checkpoint": {"number": int, "hash": HASH, "at": MOMENT, "key": KEY_ID}, "signature": SIGNATURE}
REVISION = {"policy": ID, "revision": ID, "title": TEXT, "digest": HASH, "academy?": ID}
MANIFEST = {
    "manifest": {
        "format": re.compile("clausebook-evidence-3"), "trust": ID, "trust_name": TEXT, "policy": (None, ID), "as_of": DAY, "redacted": bool,
        "entries": int, "hash": HASH, "checkpoint": (None, {"number": int, "hash": HASH}), "left_out": {KEYS: REASON, VALUES: int},
        "revisions": [REVISION], "redlines": [REDLINE_NAME], "lacking": [TEXT], "files": {KEYS: TEXT, VALUES: HASH}, "key": KEY_ID,
    },
    "signature": SIGNATURE,
}  # fmt: skip
PUBLIC_KEYS = [
    {"trust": ID, "id": KEY_ID, "public": re.compile(r"[A-Za-z0-9_-]{43}"), "first": DAY, "last": (None, DAY)}
]
STATEMENTS = [{"policy": ID, "revision": ID, "statement": TEXT, "receipts": int}]
KEY_FACTS = {"id": KEY_ID, "public": TEXT, "first": TEXT}
PURGED_FACTS = {"people": int, "entries": [int], "kinds?": [KIND], "key?": KEY_ID, "signature?": SIGNATURE}
LINK = {
    "ref": TEXT, "trust": ID, "campaign": ID, "policies": [{"policy": ID, "revision": ID, "digest": SHORT, "since": TEXT}], "quiz": TEXT,
    "quizzes": TEXT, "due": DAY, "issued": DAY, "expires": DAY, "key": KEY_ID,
}  # fmt: skip
SIGNED = {
    "policy": ID, "revision": ID, "digest": HASH, "shown": TEXT, "outcome": TEXT, "unclear": [TEXT], "question": TEXT,
}  # fmt: skip
SAYS = {
    "trust": ID, "campaign": ID, "statement": TEXT, "name": TEXT, "opened": MOMENT, "signed": MOMENT, "checked": [TEXT],
}  # fmt: skip
RECEIPT = {**SAYS, "link": TEXT, "policies": [{**SIGNED, "quiz": ANY}], "quiz": ANY}
RECEIPT_TOLD = {"receipt": HASH, "says": {**SAYS, "policies": [SIGNED], "ref": TEXT}}
REPLY = {
    "receipt": TEXT, "ref": TEXT, "trust": TEXT, "policy": TEXT, "revision": TEXT, "digest": TEXT, "received": TEXT, "entry": int,
    "hash": HASH, "at": MOMENT, "key": KEY_ID,
}  # fmt: skip


def fits(value: Json, shape: Shape) -> bool:
    """Whether a value has a shape, with no key more and none less; `?` ends the name of a key that may be missing."""
    if isinstance(shape, tuple):
        return any(fits(value, one) for one in shape)
    if isinstance(shape, list):
        return isinstance(value, list) and all(fits(one, shape[0]) for one in value)
    if isinstance(shape, dict):
        return isinstance(value, dict) and (_fits_any_keys(value, shape) if KEYS in shape else _fits_keys(value, shape))
    if isinstance(shape, re.Pattern):
        return isinstance(value, str) and shape.fullmatch(value) is not None
    return shape is ANY or (value is None if shape is None else type(value) is shape and value >= 0)


def _fits_any_keys(value: Json, shape: Shape) -> bool:
    return all(fits(key, shape[KEYS]) and fits(one, shape[VALUES]) for key, one in value.items())


def _fits_keys(value: Json, shape: Shape) -> bool:
    must, may = {key for key in shape if key[-1] != "?"}, {key[:-1] for key in shape if key[-1] == "?"}
    known = must <= set(value) <= must | may
    return known and all(fits(one, shape[key if key in must else f"{key}?"]) for key, one in value.items())
