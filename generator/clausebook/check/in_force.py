"""P404, P405: a policy with two revisions in force at once or with past ones alone, or a trust without any in force.

Staff are bound by one text at a time. A new policy may begin as a draft beside others that are in force.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from clausebook.load import Loaded
from clausebook.load.reader import LoadedRevision
from clausebook.model import Status
from clausebook.model.problems import Problem


def check_in_force(loaded: Loaded) -> Iterator[Problem]:
    by_policy: dict[tuple[str, str], list[LoadedRevision]] = defaultdict(list)
    for revision in loaded.revisions:
        by_policy[revision.trust, revision.policy].append(revision)
    for (trust_id, policy), revisions in by_policy.items():
        in_force = [revision for revision in revisions if revision.file.record.status == "in-force"]
        unknown = any(revision.file.is_stand_in(("status",)) for revision in revisions)
        unread = any(name.startswith(f"trusts/{trust_id}/{policy}/") for name in loaded.unread)
        others = any(
            one.trust == trust_id and one.policy != policy and one.file.record.status == "in-force"
            for one in loaded.revisions
        )
        statuses = {revision.file.record.status for revision in revisions}
        if others and _lacks_one_in_force(statuses) and not (unknown or unread):
            yield from revisions[-1].file.problem(
                ("status",), "P405", f"no revision of {policy} is in force", "its pages, and those of its past, would be gone",
                "set `status: in-force` in the one that holds, or `withdrawn` where the policy is no more",
            )  # fmt: skip
        for other in in_force[1:]:
            yield from other.file.problem(
                ("status",), "P404", f"two revisions of {policy} are in force: {in_force[0].id} and {other.id}",
                "staff are bound by one text at a time", "mark the older one `superseded`",
            )  # fmt: skip
    for trust_id, trust in loaded.trusts.items():
        own = [revision for revision in loaded.revisions if revision.trust == trust_id]
        unknown = any(revision.file.is_stand_in(("status",)) for revision in own)
        unread = any(name.startswith(f"trusts/{trust_id}/") for name in loaded.unread)
        if not (unknown or unread or any(revision.file.record.status == "in-force" for revision in own)):
            yield from trust.problem(
                (), "P405", f"{trust.record.short_name} has no policy in force", "its site would have nothing to show",
                f"set `status: in-force` in one revision below trusts/{trust_id}/",
            )  # fmt: skip


def _lacks_one_in_force(statuses: set[Status]) -> bool:
    """Whether a policy's text was replaced by none that holds. A new one begins with a draft alone, and one that is no more was withdrawn."""
    return "superseded" in statuses and not statuses & {"in-force", "withdrawn"}


def may_be_in_force(loaded: Loaded, trust: str, policy: str) -> bool:
    """Whether the trust has such a policy in force, or would have if another problem were mended: a file that cannot be
    read, a status that is none, or no revision in force where one should be.
    """  # fmt: skip
    unread = any(
        name == f"trusts/{trust}/" or name.startswith(f"trusts/{trust}/{policy}/") for name in loaded.unread
    )  # fmt: skip
    found = [revision.file for revision in loaded.revisions if (revision.trust, revision.policy) == (trust, policy)]
    statuses = {file.record.status for file in found}
    return (
        unread
        or "in-force" in statuses
        or any(file.is_stand_in(("status",)) for file in found)
        or _lacks_one_in_force(statuses)
    )
