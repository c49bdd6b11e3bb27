"""P423: a reason for a departure that is not there; of a draft, in which it may come back, only a question."""

from __future__ import annotations

from collections.abc import Iterator

from clausebook.compare.departures import departures_of
from clausebook.load import Loaded
from clausebook.model.handbook import Handbook
from clausebook.model.problems import Problem, nearest
from clausebook.model.values import DRAFTS


def check_departures(loaded: Loaded, handbook: Handbook) -> Iterator[Problem]:
    """Each reason must name a change from the model; call it where loading and checking found no problem."""
    files = {(one.trust, one.policy, one.id): one.file for one in loaded.revisions if one.file.record.departures}
    revisions = (one for trust in handbook.trusts for policy in trust.policies for one in policy.by_id.values())
    for revision in revisions:
        file = files.get((revision.trust, revision.policy, revision.id))
        found = departures_of(revision, handbook) if file else None
        if not file or not found:
            continue
        there, seen = sorted(found.names), set[str]()
        for place, given in enumerate(revision.record.departures):
            if given.change in there and given.change not in seen:
                seen.add(given.change)
                continue
            near = nearest(given.change, there)
            yield from file.problem(
                ("departures", place, "change"), "P423", f"`{given.change}` {'has two reasons' if given.change in seen else 'is no departure from the model'}",
                "a reason stands for one departure that a reader can see",
                f"write `{near}`" if near and near != given.change
                else f"take the entry out; `clausebook departures {revision.trust} {revision.policy}` lists what departs",
                asks=revision.record.status in DRAFTS,
            )  # fmt: skip
