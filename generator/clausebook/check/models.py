"""P421 to P425: a model that is not there, models made from each other in a circle, a model that names a file, or whose revisions do not show which is the newest.

Of a model's text the same rules hold as of any other; only fields that nobody filled in are no fault there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from clausebook.check import dates, definitions, force, identifiers, known_words, lead_ins, revisions, sections, tables
from clausebook.check.walk import walk_clauses
from clausebook.load import Loaded
from clausebook.load.models import FOLDER, name_of_model
from clausebook.load.reader import LoadedRevision
from clausebook.model.problems import Problem, nearest

OF_A_TEXT = (
    identifiers.check_identifiers,
    known_words.check_known_words,
    sections.check_sections,
    tables.check_tables,
    definitions.check_definitions,
    lead_ins.check_lead_ins,
    force.check_words,
    dates.check_dates,
    revisions.check_revisions,
)
OF_A_POLICY = "P210"
"""What is told of a trust's folder in other words than of a model's."""


def check_models(loaded: Loaded) -> Iterator[Problem]:
    texts = replace(loaded, revisions=loaded.models.revisions)
    for rule in OF_A_TEXT:
        yield from (one for one in rule(texts) if one.place.file.startswith(f"{FOLDER}/") and one.code != OF_A_POLICY)
    models = {name_of_model(one): one for one in loaded.models.revisions}
    for revision in (*loaded.revisions, *loaded.models.revisions):
        yield from _is_there(revision, models, loaded)
    for name, revision in models.items():
        yield from _in_a_circle(name, revision, models)
    yield from (problem for one in loaded.models.revisions for problem in _files(one))
    yield from _kinds(loaded)
    yield from _newest(loaded)


def _is_there(revision: LoadedRevision, models: Mapping[str, LoadedRevision], loaded: Loaded) -> Iterator[Problem]:
    name = revision.file.record.model
    if name is None:
        if revision.file.record.departures:
            yield from revision.file.problem(
                ("departures",), "P423", f"{revision.id} gives reasons for departures and names no model", "a departure is where a text differs from its model",
                "name the model in `model:`, or take `departures:` out", at_key=True,
            )  # fmt: skip
    elif name not in models and f"{FOLDER}/{name}.yml" not in loaded.unread:
        near = nearest(name, sorted(models))
        yield from revision.file.problem(
            ("model",), "P421", f"there is no model `{name}`", "departures are worked out from the model's own words",
            f"write `{near}`" if near else f"put the model's text into {FOLDER}/{name}.yml, or take the line out",
        )  # fmt: skip


def _in_a_circle(name: str, revision: LoadedRevision, models: Mapping[str, LoadedRevision]) -> Iterator[Problem]:
    """Told of each model of the circle: whoever mends it sees all of it."""
    way = [name]
    while (above := models.get(models[way[-1]].file.record.model or "")) and name_of_model(above) not in way:
        way.append(name_of_model(above))
    if above and name_of_model(above) == name:
        yield from revision.file.problem(
            ("model",), "P422", f"this model was made from itself: {' → '.join((*way, name))}", "a text is compared with the one that came before it",
            "take `model:` out of the one that was there first",
        )  # fmt: skip


def _files(model: LoadedRevision) -> Iterator[Problem]:
    for written in walk_clauses(model.file.record):
        for field in ("figure", "attachment"):
            if getattr(written.item, field):
                yield from model.file.problem(
                    (*written.path, field), "P425", f"`{written.item.id}` names a file, and a model has none here", "only the policy of a trust has files to show or to offer",
                    "say in words what it shows, or take it out: where a trust adds the file, that is a departure", at_key=True,
                )  # fmt: skip


def _kinds(loaded: Loaded) -> Iterator[Problem]:
    if not loaded.kinds or loaded.kinds.stepped_over:
        return
    kinds = [kind.id for kind in loaded.kinds.record.kinds]
    seen = set()
    for one in loaded.models.revisions:
        if one.policy not in kinds and (one.trust, one.policy) not in seen:
            seen.add((one.trust, one.policy))
            near = nearest(one.policy, kinds)
            yield from one.file.problem(
                (), OF_A_POLICY, f"`{one.policy}` is not a kind of policy", "a model stands in a folder that has the name of its kind",
                f"rename the folder to {FOLDER}/{one.trust}/{near or '…'}, one of those in {loaded.kinds.document.file}",
            )  # fmt: skip


def _newest(loaded: Loaded) -> Iterator[Problem]:
    """One revision of each model holds, and the others came before it."""
    by_model: dict[tuple[str, str], list[LoadedRevision]] = defaultdict(list)
    for one in loaded.models.revisions:
        by_model[one.trust, one.policy].append(one)
        if one.file.record.status not in ("in-force", "superseded"):
            yield from one.file.problem(
                ("status",), "P424", f"a model cannot be `{one.file.record.status}`", "trusts are told when a newer model is out",
                "write `in-force` for the newest one that its provider has published, `superseded` for the others",
            )  # fmt: skip
    for (provider, kind), revisions_of_model in by_model.items():
        holding = [one for one in revisions_of_model if one.file.record.status == "in-force"]
        unread = any(name.startswith(f"{FOLDER}/{provider}/{kind}/") for name in loaded.unread)
        if unread or any(one.file.is_stand_in(("status",)) for one in revisions_of_model):
            continue
        for one in holding[1:]:
            yield from one.file.problem(
                ("status",), "P424", f"{holding[0].id} and {one.id} are both the newest", "trusts are told when a newer model is out",
                "mark the older one `superseded`",
            )  # fmt: skip
        statuses = {one.file.record.status for one in revisions_of_model}
        if not holding and statuses == {"superseded"}:
            yield from revisions_of_model[-1].file.problem(
                ("status",), "P424", f"no revision of this model is the newest: all of {provider}/{kind} are superseded", "trusts are told when a newer model is out",
                "write `status: in-force` in the newest",
            )  # fmt: skip
