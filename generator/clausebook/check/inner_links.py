"""P606: a link to a clause or a policy that is not there.

It asks where the clause is there, and a draft that will take its place has it no more: once that is in force, a text that nobody may
edit would lead nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from clausebook.check.walk import clause_ids, walk_clauses, walk_sections
from clausebook.load import Loaded, LoadedAppendix, LoadedRevision, LoadedText
from clausebook.load.document import Path
from clausebook.model.problems import Problem, nearest
from clausebook.model.text import LINK, inner_link, is_safe_link
from clausebook.model.values import DRAFTS, PAST

Texts = Mapping[tuple[str, str], LoadedRevision]
"""By the ids of trust and policy."""


class _Link(NamedTuple):
    """A link within a trust, and the text in which it stands."""

    revision: LoadedText
    path: Path
    address: str
    policy: str | None
    clause: str | None

    def problem(self, what: str, why: str, fix: str) -> Iterator[Problem]:
        return self.revision.file.problem_with(self.path, self.address, "P606", what, why, fix)


def check_inner_links(loaded: Loaded) -> Iterator[Problem]:
    in_force = {_key(one): one for one in loaded.revisions if one.file.record.status == "in-force"}
    drafts = {_key(one): one for one in loaded.revisions if one.file.record.status in DRAFTS}
    for revision in loaded.revisions:
        for link in _links(revision):
            if link.policy and revision.file.record.status in PAST:
                continue  # a past text stays as it is, whatever became of the others; its page leads to none of them
            yield from _leads_nowhere(link, in_force)
            if link.policy not in (None, revision.policy):
                yield from _will_lead_nowhere(link, in_force, drafts)
    for appendix in loaded.appendices:
        yield from _of_appendix(appendix, in_force)


def _of_appendix(appendix: LoadedAppendix, in_force: Texts) -> Iterator[Problem]:
    """A clause of an appendix stands on one page with those of the trust's text."""
    base, own = in_force.get((appendix.trust, appendix.policy)), _ids(appendix)
    for link in _links(appendix):
        if link.policy is not None or link.clause not in own:
            yield from _leads_nowhere(link._replace(policy=link.policy or appendix.policy), in_force) if base else ()


def _leads_nowhere(link: _Link, in_force: Texts) -> Iterator[Problem]:
    revision = link.revision
    target: LoadedText | None = in_force.get((revision.trust, link.policy)) if link.policy else revision
    name, known, what = link.clause, _ids(target), f"a clause or section of `{link.policy or revision.policy}`"
    if link.policy and target is None:
        name, what = link.policy, "a policy in force of this trust"
        known = [policy for trust, policy in in_force if trust == revision.trust]
    if name and name not in known:
        near = nearest(name, known)
        yield from link.problem(
            f"`{name}` is not {what}", "the reader who follows the link finds nothing",
            f"write `{near}`" if near else "name one that is there, or take the link out",
        )  # fmt: skip


def _will_lead_nowhere(link: _Link, in_force: Texts, drafts: Texts) -> Iterator[Problem]:
    key = (link.revision.trust, link.policy or "")
    draft = drafts.get(key)
    if draft and link.clause in _ids(in_force.get(key)) and link.clause not in _ids(draft):
        for problem in link.problem(
            f"the draft {draft.id} of `{link.policy}` has no `{link.clause}` any more", "once it is in force, this link does not work",
            f"keep the id `{link.clause}` there, or put a text without this link in force before",
        ):  # fmt: skip
            yield replace(problem, asks=True)


def _links(revision: LoadedText) -> Iterator[_Link]:
    for written in walk_clauses(revision.file.record):
        for way, link in ((way, link) for way, words in written.item.texts for link in LINK.finditer(words)):
            address = link["address"]
            if not is_safe_link(address) and (inner := inner_link(address)):
                yield _Link(revision, (*written.path, *way), address, inner["policy"], inner["clause"])


def _key(revision: LoadedRevision) -> tuple[str, str]:
    return revision.trust, revision.policy


def _ids(revision: LoadedText | None) -> list[str]:
    if revision is None:
        return []
    record = revision.file.record
    return [*clause_ids(record), *(section.id for _, section, _ in walk_sections(record))]
