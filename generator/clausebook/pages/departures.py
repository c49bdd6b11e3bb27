"""The pages that tell where policies depart from the models that they were made from: a policy's own, and that of the hub."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from clausebook.compare.departures import Departures, all_departures
from clausebook.compare.model_moves import ThreeWay, compare_three
from clausebook.model.handbook import Handbook
from clausebook.pages.hub_views import OfHub
from clausebook.pages.page import Page
from clausebook.pages.trust_views import OfRevision

Adopted = tuple[Departures, ThreeWay | None]


@dataclass(frozen=True)
class DeparturesView:
    """trust/departures.md"""

    shared: OfRevision
    three: ThreeWay | None
    """None where the model has no newer revision."""


@dataclass(frozen=True)
class ModelsView:
    """hub/models.md"""

    shared: OfHub
    adopted: Mapping[str, list[Adopted]]
    """By provider/kind: the policies in force that were made from it."""


def departures_page(shared: OfRevision) -> Iterator[Page]:
    """The page of one policy; none where it names no model."""
    if shared.departures:
        view = DeparturesView(shared, compare_three(shared.revision, shared.handbook))
        yield Page(
            f"{shared.revision.policy}/departures", "Where it departs from its model", "trust/departures.md", view
        )


def models_page(shared: OfHub) -> Iterator[Page]:
    """Who adopted which model; none where the handbook has no models."""
    if shared.handbook.models:
        yield Page("compare/models", "Who adopted which model", "hub/models.md", ModelsView(shared, _adopted(shared.handbook)),
                   crumbs=(("Compare", "compare"),))  # fmt: skip


def _adopted(handbook: Handbook) -> dict[str, list[Adopted]]:
    found: dict[str, list[Adopted]] = {
        f"{provider.id}/{policy.kind}": [] for provider in handbook.models for policy in provider.policies
    }
    for one in all_departures(handbook):
        found[f"{one.model.provider.id}/{one.model.policy.kind}"].append((one, compare_three(one.ours, handbook)))
    return found
