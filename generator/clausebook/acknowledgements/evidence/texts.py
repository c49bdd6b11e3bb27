"""The texts of a pack: of each revision that somebody acknowledged its canonical form and its PDF, and the redlines between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from clausebook.acknowledgements.desk.academy_texts import AcademyTexts
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
    def _name(self) -> str:
        """Of an academy's text with its digest: an academy may have had several of one revision."""
        one = self.revision
        own = f"-{one.academy}-{one.digest[:12]}" if one.academy else ""
        return f"{one.policy}/{one.id}{own}"

    @property
    def canonical(self) -> str:
        """The name of the file whose SHA-256 is the text's digest."""
        return f"texts/{self._name}.json"

    @property
    def pdf(self) -> str:
        return f"policies/{self._name}.pdf"

    def render(self) -> bytes:
        """The RFC 8785 form of what the revision says."""
        return canonical_json(self.revision.canonical)


def find_texts(
    trust: Trust, signed: Mapping[tuple[str, str], Iterable[str]], kept: AcademyTexts
) -> tuple[tuple[Text, ...], tuple[str, ...]]:
    """The texts of what was acknowledged, the newest first, and what the handbook has lost of it, in words.

    `signed` are the digests of what was acknowledged, by policy and revision; `kept` are the texts of academies.
    """
    found: list[Text] = []
    for policy in trust.policies:
        for one in policy.revisions:
            digests = set(signed.get((one.policy, one.id), ()))
            own = [text for digest in sorted(digests) if digest != one.digest and (text := kept.find(digest))]
            found += [Text(one)] if digests - {text.digest for text in own} else []
            found += map(Text, own)
    there = {(one.revision.policy, one.revision.id) for one in found}
    return tuple(found), tuple(f"{policy_id} {revision}" for policy_id, revision in sorted(set(signed) - there))


def find_changesets(trust: Trust, texts: Iterable[Text]) -> tuple[Changeset, ...]:
    """From each revision of the trust's text that was acknowledged to the next one that was."""
    return tuple(
        changeset
        for policy in trust.policies
        for changeset in _changesets(
            policy, [one.revision for one in texts if one.revision.policy == policy.id and not one.revision.academy]
        )
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
        academy = trust.academy_by_id.get(text.revision.academy or "")
        whose = trust.at(academy) if academy else trust
        yield text.pdf, render_pdf(policy_print(whose, text.revision, handbook, looks), files)
    for changeset in changesets:
        yield redline_name(changeset), render_pdf(redline_print(trust, changeset, handbook, looks), files)
