"""How a view reaches its template: a view is a record, and what several share is a record within it, handed on field by field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from clausebook.findings.find import Finding
from clausebook.quizzes import AskedQuestion

Findings = tuple[Finding, ...]
DrawOptions = Callable[[AskedQuestion, str, int], tuple[str, ...]]


def fields_of(view: object) -> dict[str, Any]:
    """The fields of a view by their names, those of its `shared` and its `divided` among them."""
    if view is None:
        return {}
    own = {field.name: getattr(view, field.name) for field in fields(view)}  # type: ignore[arg-type]
    return {**fields_of(own.pop("shared", None)), **fields_of(own.pop("divided", None)), **own}
