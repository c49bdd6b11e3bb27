"""P411 to P415: what HR decided of the changes of a revision, held against the changes that there are.

The revision in force has a decision for each change that may ask staff to sign again, and a past one keeps those that it has: one
that was never decided on, because it was in force before this handbook held it, needs none. A decision holds for the very wordings
that it was made for. A text that has been in force stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterator

from clausebook.compare.revisions import Change, find_changes
from clausebook.compare.revisions.materiality import mark_of, to_confirm
from clausebook.load import Loaded, LoadedRevision
from clausebook.model.handbook import Handbook, Revision
from clausebook.model.problems import Problem
from clausebook.model.values import DRAFTS, PAST


def check_confirmed(loaded: Loaded, handbook: Handbook) -> list[Problem]:
    """Every problem of confirmations and past texts; call it where loading and checking found none."""
    merged = {
        (one.trust, one.policy, one.id): one
        for trust in handbook.trusts
        for policy in trust.policies
        for one in policy.by_id.values()
    }
    problems: list[Problem] = []
    for authored in loaded.revisions:
        revision = merged.get((authored.trust, authored.policy, authored.id))
        if revision is None:
            continue
        problems += _as_it_was(authored, revision)
        before = merged.get((authored.trust, authored.policy, revision.record.replaces or ""))
        if revision.record.changes and not before:
            problems += authored.file.problem(
                ("changes",), "P412", f"{authored.id} replaces nothing, so nothing has changed", "a decision stands for one change that a reader can see",
                "take `changes:` out, or name the revision before it in `replaces:`", at_key=True,
            )  # fmt: skip
        if before and not any(one.record.digest not in (None, one.digest) for one in (before, revision)):
            problems += _decided(authored, revision, find_changes(before, revision))
    return problems


def _as_it_was(authored: LoadedRevision, revision: Revision) -> Iterator[Problem]:
    record = revision.record
    if record.digest and record.digest != revision.digest:
        yield from authored.file.problem(
            ("digest",), "P414", f"the text of {authored.id} is not the one that was put in force", "staff signed that text, and receipts name its digest",
            "take the edit back, and make it in the draft of the next revision: clausebook revise begins one"
            + ("; where a file in files/ was replaced, put the old one back and give the new one another name" if revision.files else ""),
        )  # fmt: skip
    elif record.status == "superseded" and not record.digest:
        yield from authored.file.problem(
            ("status",), "P414", f"{authored.id} is superseded and has no digest", "without it no one would notice an edit of a past text",
            f"run `clausebook seal {revision.trust} {revision.policy}`, which writes it",
        )  # fmt: skip


def _decided(authored: LoadedRevision, revision: Revision, changes: tuple[Change, ...]) -> Iterator[Problem]:
    there = {change.id: change for change in to_confirm(changes)}
    record, command = revision.record, f"clausebook confirm-changes {revision.trust} {revision.policy} {revision.id}"
    seen = set()
    for i, confirmation in enumerate(record.changes):
        change, path = there.get(confirmation.change), ("changes", i)
        if change is None or confirmation.change in seen:
            twice = "is decided twice" if change else "is no longer there"
            yield from authored.file.problem(
                (*path, "change"), "P412", f"the change `{confirmation.change}` {twice}", "a decision stands for one change that a reader can see",
                f"take the entry out, or run `{command}`, which keeps the decisions that still hold",
            )  # fmt: skip
            continue
        seen.add(confirmation.change)
        if confirmation.seen != mark_of(change):
            yield from authored.file.problem(
                (*path, "seen"), "P412", f"the wording of `{change.clause}` has changed since `{confirmation.change}` was decided", "the decision was made for other words",
                f"look at it again and run `{command}`",
            )  # fmt: skip
        if confirmation.material != change.material and not confirmation.because:
            yield from authored.file.problem(
                (*path, "material"), "P413", f"`{confirmation.change}` is decided otherwise than its kind suggests, and no reason is given",
                "staff and unions will ask why", "add `because:` with the reason in a sentence",
            )  # fmt: skip
        elif change.doubtful and _is_same_id(change) and not confirmation.because:
            yield from _used_again(authored, change, (*path, "change"))
    if record.status in DRAFTS or (record.status in PAST and not record.changes):
        return
    for change in there.values():
        if change.id not in seen:
            yield from authored.file.problem(
                ("status",), "P411", f"the change `{change.id}` waits for a decision", "staff are asked to sign again, or are not, because someone decided it",
                f"run `{command}` and look at each line that it writes",
            )  # fmt: skip


def _is_same_id(change: Change) -> bool:
    return [clause.id for clause in change.before] == [clause.id for clause in change.after]


def _used_again(revision: LoadedRevision, change: Change, path: tuple[str | int, ...]) -> Iterator[Problem]:
    yield from revision.file.problem(
        path, "P415", f"the id `{change.clause}` seems to be used for another clause", change.doubt_in_words(),
        "give the new clause an id of its own; if it really is the same one, add `because:` and say so",
    )  # fmt: skip
