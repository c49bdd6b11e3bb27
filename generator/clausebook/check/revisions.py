"""P406, P407, P408, P409: revisions of one policy that do not follow each other in one line.

`replaces` leads from each revision to the one before it. So one is the first, each other has one before it, no two have the
same one before them, dates go forward, and one draft at most stands at the end.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from clausebook.load import Loaded, LoadedRevision
from clausebook.model.problems import Problem, nearest
from clausebook.model.values import DRAFTS


def check_revisions(loaded: Loaded) -> Iterator[Problem]:
    by_policy: dict[tuple[str, str], dict[str, LoadedRevision]] = defaultdict(dict)
    for revision in loaded.revisions:
        by_policy[revision.trust, revision.policy][revision.id] = revision
    for revisions in by_policy.values():
        yield from _in_one_line(revisions, loaded)
        yield from _forward(revisions)
        yield from _one_draft(revisions)
        yield from _after_the_one_in_force(revisions)
    for revision in loaded.revisions:
        yield from _consulted(revision)


def _in_one_line(revisions: dict[str, LoadedRevision], loaded: Loaded) -> Iterator[Problem]:
    followed: dict[str, str] = {}
    for revision in revisions.values():
        before = revision.file.record.replaces
        if before is None or f"trusts/{revision.trust}/{revision.policy}/{before}.yml" in loaded.unread:
            continue
        if before == revision.id or before not in revisions or _leads_back(revision, revisions):
            others = [other for other in revisions if other != revision.id]
            near = nearest(before, others)
            what = (
                "names itself or leads round in a circle"
                if before in revisions
                else f"names `{before}`, which is not there"
            )
            yield from revision.file.problem(
                ("replaces",), "P406", f"`replaces` {what}", "past revisions keep their addresses, and a change has two sides",
                f"put {before}.yml back; only if it is a slip, write `{near}`" if near and before not in revisions
                else "write the id of the revision before it; leave it out in the first",
            )  # fmt: skip
        elif before in followed:
            yield from revision.file.problem(
                ("replaces",), "P406", f"`{before}` is replaced by {followed[before]} already", "revisions of a policy stand in one line",
                f"write the id of the one that it really follows, such as `{followed[before]}`",
            )  # fmt: skip
        else:
            followed[before] = revision.id
    first = [one for one in revisions.values() if one.file.record.replaces is None]
    for revision in first[1:] if len(revisions) > 1 else ():
        yield from revision.file.problem(
            (), "P406", f"{revision.id} does not say what it replaces, and neither does {first[0].id}",
            "only the first revision of a policy has none before it", f"add `replaces:` to all but the first; here perhaps `replaces: {first[0].id}`",
        )  # fmt: skip


def _leads_back(revision: LoadedRevision, revisions: dict[str, LoadedRevision]) -> bool:
    seen, at = {revision.id}, revision.file.record.replaces
    while at in revisions:
        if at in seen:
            return True
        seen.add(at)
        at = revisions[at].file.record.replaces
    return False


def _forward(revisions: dict[str, LoadedRevision]) -> Iterator[Problem]:
    for revision in revisions.values():
        before = revisions.get(revision.file.record.replaces or "")
        if before is None:
            continue
        (_, earlier), (name, later) = (one.file.record.dates.starts or ("effective", "") for one in (before, revision))
        if earlier and later and later[: len(earlier)] < earlier[: len(later)]:
            yield from revision.file.problem(
                ("dates", name), "P408", f"{revision.id} begins in {later}, before {before.id}, which it replaces ({earlier})",
                "“which text held on that day” must have one answer", "correct the date that is wrong, here or there",
            )  # fmt: skip
        if is_date(before.id) and is_date(revision.id) and revision.id < before.id:
            yield from revision.file.problem(
                (), "P408", f"{revision.id} is an earlier date than {before.id}, which it replaces",
                "the id is the address of the revision, and readers take it for its date", "rename the file to the date of this revision",
            )  # fmt: skip


def is_date(name: str) -> bool:
    """Whether an id is a year, month or day, so that ids can be told earlier and later."""
    return re.fullmatch(r"\d{4}(-\d{2}){0,2}", name) is not None


def _one_draft(revisions: dict[str, LoadedRevision]) -> Iterator[Problem]:
    drafts = [revision for revision in revisions.values() if revision.file.record.status in DRAFTS]
    for revision, other in pairwise(drafts):
        yield from other.file.problem(
            ("status",), "P407", f"two drafts at once: {revision.id} and {other.id}", "staff are consulted on one text",
            "finish one of them first, or take one of the files out",
        )  # fmt: skip
    for draft in drafts:
        if any(revision.file.record.replaces == draft.id for revision in revisions.values()):
            yield from draft.file.problem(
                ("status",), "P407", f"{draft.id} is a draft, but another revision replaces it", "a draft is the last of its line",
                "mark it `superseded`, or correct `replaces` in the other file",
            )  # fmt: skip


def _after_the_one_in_force(revisions: dict[str, LoadedRevision]) -> Iterator[Problem]:
    for revision in revisions.values():
        before = revisions.get(revision.file.record.replaces or "")
        status = revision.file.record.status
        if before and before.file.record.status == "in-force" and status not in (*DRAFTS, "in-force"):
            yield from revision.file.problem(
                ("status",), "P406", f"{revision.id} is {status}, but replaces {before.id}, which is in force", "only a draft can come after the text that is in force",
                f"mark {before.id} `superseded` if it is, or make this one a `draft`",
            )  # fmt: skip


def _consulted(revision: LoadedRevision) -> Iterator[Problem]:
    record, file = revision.file.record, revision.file
    if record.status == "consultation" and record.consultation is None:
        yield from file.problem(
            ("status",), "P409", "this is out for consultation, but does not say until when", "people must know how long they may answer, and who to write to",
            "add `consultation: {opens: …, closes: …, comments_to: …, about: …}`",
        )  # fmt: skip
    if record.consultation and record.status not in DRAFTS:
        yield from file.problem(
            ("consultation",), "P409", f"{revision.id} is {record.status}, and still asks for comments", "readers would write about a text that is settled",
            "take `consultation:` out", at_key=True,
        )  # fmt: skip
    if record.consultation:
        for name in ("opens", "closes"):
            value = getattr(record.consultation, name)
            if len(value) < len("2026-11-01"):
                yield from file.problem(("consultation", name), "P409", f"`{name}` is not a day", "people must know on which day it ends",
                                        "write year, month and day: 2026-12-01")  # fmt: skip
        if record.consultation.closes < record.consultation.opens:
            yield from file.problem(("consultation", "closes"), "P409", "the consultation closes before it opens", "no one could answer",
                                    "swap the two, or correct the one that is wrong")  # fmt: skip
