"""P606: a link to a clause or a policy that is not there."""

from __future__ import annotations

from collections.abc import Iterator

from clausebook.check.walk import clause_ids, walk_clauses, walk_sections
from clausebook.load import Loaded, LoadedRevision
from clausebook.model.problems import Problem, nearest
from clausebook.model.text import LINK, inner_link, is_safe_link
from clausebook.model.values import PAST


def check_inner_links(loaded: Loaded) -> Iterator[Problem]:
    there = {(one.trust, one.policy): _ids(one) for one in loaded.revisions if one.file.record.status == "in-force"}
    for revision in loaded.revisions:
        policies = [policy for trust, policy in there if trust == revision.trust]
        for written in walk_clauses(revision.file.record):
            for way, link in ((way, link) for way, words in written.item.texts for link in LINK.finditer(words)):
                inner = None if is_safe_link(link["address"]) else inner_link(link["address"])
                if not inner or (inner["policy"] and revision.file.record.status in PAST):
                    continue  # a past text stays as it is, whatever became of the others; its page leads to none of them
                policy = inner["policy"] or revision.policy
                name, known, what = (
                    inner["clause"],
                    there.get((revision.trust, policy), []),
                    f"a clause or section of `{policy}`",
                )
                if inner["policy"] and policy not in policies:
                    name, known, what = policy, policies, "a policy in force of this trust"
                elif not inner["policy"]:
                    known = _ids(revision)
                if name and name not in known:
                    near = nearest(name, known)
                    yield from revision.file.problem_with(
                        (*written.path, *way), link["address"], "P606", f"`{name}` is not {what}", "the reader who follows the link finds nothing",
                        f"write `{near}`" if near else "name one that is there, or take the link out",
                    )  # fmt: skip


def _ids(revision: LoadedRevision) -> list[str]:
    return [*clause_ids(revision.file.record), *(section.id for _, section, _ in walk_sections(revision.file.record))]
