"""The texts of a pack: of each revision that somebody acknowledged its canonical form and its PDF, and the redlines between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from clausebook.build.engines.weasyprint import print_files, render_pdf
from clausebook.compare.revisions.changesets import Changeset, changeset_between
from clausebook.looks import Looks
from clausebook.model.handbook import Handbook, Policy, Revision, Trust
from clausebook.model.identity import canonical_json
from clausebook.pages.prints import policy_print, redline_print


@dataclass(frozen=True)
class Text:
    """One revision in a pack."""

    revision: Revision

    @property
    def canonical(self) -> str:
        """The name of the file whose SHA-256 is the revision's digest."""
        return f"texts/{self.revision.policy}/{self.revision.id}.json"

    @property
    def pdf(self) -> str:
        return f"policies/{self.revision.policy}/{self.revision.id}.pdf"

    def render(self) -> bytes:
        """The RFC 8785 form of what the revision says."""
        return canonical_json(self.revision.canonical)


def find_texts(trust: Trust, signed: Iterable[tuple[str, str]]) -> tuple[tuple[Text, ...], tuple[str, ...]]:
    """The texts of what was acknowledged, the newest first, and what the handbook has lost of it, in words."""
    wanted = set(signed)
    found = [Text(one) for policy in trust.policies for one in policy.revisions if (one.policy, one.id) in wanted]
    there = {(one.revision.policy, one.revision.id) for one in found}
    return tuple(found), tuple(f"{policy_id} {revision}" for policy_id, revision in sorted(wanted - there))


def find_changesets(trust: Trust, texts: Iterable[Text]) -> tuple[Changeset, ...]:
    """From each revision that was acknowledged to the next one that was."""
    return tuple(
        changeset
        for policy in trust.policies
        for changeset in _changesets(policy, [one.revision for one in texts if one.revision.policy == policy.id])
    )


def _changesets(policy: Policy, newest_first: list[Revision]) -> Iterator[Changeset]:
    order = list(policy.revisions)
    for new, old in pairwise(newest_first):
        between = tuple(reversed(order[order.index(new) : order.index(old)]))
        yield changeset_between(old, new, between)


def redline_name(changeset: Changeset) -> str:
    return f"redlines/{changeset.new.policy}/{changeset.old.id}_{changeset.new.id}.pdf"


def print_texts(
    trust: Trust, handbook: Handbook, texts: Iterable[Text], changesets: Iterable[Changeset], looks: Looks
) -> Iterator[tuple[str, bytes]]:
    """The PDFs by their names. Raises MissingLibraryError."""
    files = print_files(looks)
    for text in texts:
        yield text.pdf, render_pdf(policy_print(trust, text.revision, handbook, looks), files)
    for changeset in changesets:
        yield redline_name(changeset), render_pdf(redline_print(trust, changeset, handbook, looks), files)
