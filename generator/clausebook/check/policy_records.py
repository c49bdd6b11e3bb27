"""P416 to P420: what policy.yml says of a policy as a whole, where that cannot be or is said elsewhere.

While no text of a policy was published here, policy.yml alone says what it is called, where it can be read and which dates it bears;
afterwards its revisions do. Of two policies of one kind a reader must be told that both are meant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from clausebook.load import Loaded
from clausebook.load.reader import Authored
from clausebook.model import PolicyRecord
from clausebook.model.problems import Problem, nearest
from clausebook.model.values import DRAFTS

OF_A_TEXT = ("title", "link", "file", "dates")


def check_policy_records(loaded: Loaded) -> Iterator[Problem]:
    statuses: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for revision in loaded.revisions:
        statuses[revision.trust, revision.policy][revision.id] = revision.file.record.status
    for (trust, policy), file in loaded.policies.items():
        revisions = statuses[trust, policy]
        unread = any(name.startswith(f"trusts/{trust}/{policy}/") for name in loaded.unread)
        yield from _said_once(file, revisions)
        if not unread:
            yield from _said_at_all(file, revisions)
            yield from _approved(file, revisions)
            yield from _withdrawn(file, revisions)
    yield from _alone(loaded, {key for key, there in statuses.items() if "in-force" in there.values()})


def _said_once(file: Authored[PolicyRecord], revisions: dict[str, str]) -> Iterator[Problem]:
    if all(status in DRAFTS for status in revisions.values()):
        return
    for field in OF_A_TEXT:
        if field in file.record.model_fields_set:
            yield from file.problem(
                (field,), "P416", f"`{field}` is here, and the policy has a text of its own", "what is said twice will differ one day",
                f"take the line out: the revision says it{', under `dates:`' if field == 'dates' else ''}", at_key=True,
            )  # fmt: skip


def _said_at_all(file: Authored[PolicyRecord], revisions: dict[str, str]) -> Iterator[Problem]:
    if not revisions and file.record.title is None:
        yield from file.problem(
            (), "P417", "the policy has no revision here, and no title", "the register of policies would have a line without a name",
            "add `title:`, or the first revision beside this file",
        )  # fmt: skip


def _approved(file: Authored[PolicyRecord], revisions: dict[str, str]) -> Iterator[Problem]:
    for i, approval in enumerate(file.record.approvals):
        if approval.revision is None and revisions:
            yield from file.problem(("approvals", i), "P418", "this approval does not say of which revision it is", "the register tells who approved which text",
                                    f"add `revision:`, one of: {', '.join(sorted(revisions))}")  # fmt: skip
        elif approval.revision is not None and approval.revision not in revisions:
            near = nearest(approval.revision, sorted(revisions))
            yield from file.problem(
                ("approvals", i, "revision"), "P418", f"`{approval.revision}` is no revision of this policy", "the register tells who approved which text",
                f"write `{near}`" if near else f"write one of: {', '.join(sorted(revisions))}" if revisions else "take `revision:` out: no revision is here yet",
            )  # fmt: skip


def _withdrawn(file: Authored[PolicyRecord], revisions: dict[str, str]) -> Iterator[Problem]:
    if file.record.withdrawn and ("withdrawn" not in revisions.values() or "in-force" in revisions.values()):
        yield from file.problem(
            ("withdrawn",), "P420", "no text of this policy was withdrawn, or another is in force since", "the pages of a withdrawn policy say since when it holds no more",
            "mark its last revision `withdrawn`, or take the line out", at_key=True,
        )  # fmt: skip


def _alone(loaded: Loaded, in_force: set[tuple[str, str]]) -> Iterator[Problem]:
    """Two policies of one kind in force, unless one of them says that it stands beside the other."""
    by_kind: dict[tuple[str, str], list[str]] = defaultdict(list)
    for trust, policy in sorted(in_force):
        if kind := loaded.kind_of(trust, policy):
            by_kind[trust, kind.id].append(policy)
    for (trust, policy), file in loaded.policies.items():
        yield from _beside_another(file, trust, policy, in_force)
    for (trust, name), policies in by_kind.items():
        files = {policy: loaded.policies[trust, policy] for policy in policies if (trust, policy) in loaded.policies}
        meant = {one for policy, file in files.items() if file.record.beside for one in (policy, file.record.beside)}
        if len(policies) > 1 and not set(policies) <= meant:
            policy = max(set(files) - meant or set(files))  # only one can be of its kind by its folder's name alone
            other = min(set(policies) - {policy})
            yield from files[policy].problem(
                ("kind",), "P419", f"{other} and {policy} are both of the kind `{name}`, and both are in force", "staff would not know which of them to go by",
                f"mark the one that is no more `withdrawn`; where both are meant, write `beside: {other}` here",
            )  # fmt: skip


def _beside_another(
    file: Authored[PolicyRecord], trust: str, policy: str, in_force: set[tuple[str, str]]
) -> Iterator[Problem]:
    beside = file.record.beside
    if beside is not None and (beside == policy or (trust, beside) not in in_force):
        near = nearest(beside, sorted(other for owner, other in in_force if owner == trust and other != policy))
        yield from file.problem(
            ("beside",), "P419", f"`{beside}` is no other policy in force here", "it names the policy of the same kind that holds as well",
            f"write `{near}`" if near else "take the line out",
        )  # fmt: skip
