"""Receipts as the page writes them, made from what a test says of one policy."""

from __future__ import annotations

from typing import Any

from clausebook.acknowledgements.signing.receipts import Receipt, SignedPolicy

OF_PART = frozenset(SignedPolicy.model_fields)
PART = {"shown": "whole", "outcome": "acknowledged", "unclear": [], "question": "", "quiz": None}
WHOLE = {"campaign": "2025-26", "checked": ["signature", "dates", "digest"], "quiz": None}


def nested(says: dict[str, Any]) -> dict[str, Any]:
    """What stands flat in `says`, in the shape of a receipt on one policy. The quiz is that on the policy."""
    part = {name: value for name, value in (PART | says).items() if name in OF_PART}
    return WHOLE | {name: value for name, value in says.items() if name not in OF_PART} | {"policies": [part]}


def receipt_on(says: dict[str, Any]) -> Receipt:
    return Receipt.model_validate(nested(says))


def changed(record: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """The record of a receipt on one policy with other values, each where it belongs. `quiz` is that on the policy."""
    part = record["policies"][0] | {name: value for name, value in changes.items() if name in OF_PART}
    return record | {name: value for name, value in changes.items() if name not in OF_PART} | {"policies": [part]}
