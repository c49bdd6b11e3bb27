"""The texts of a pack: of each revision that somebody acknowledged its canonical form and its PDF, and the redlines between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.fingerprint import canonical_json
from generator.merge import Handbook, Library, Policy, Series
from generator.pdf import write_pdf
from generator.prints import policy_print, redline_print
from generator.steps import Step, step_between


@dataclass(frozen=True)
class Text:
    """One revision in a pack."""

    policy: Policy

    @property
    def canonical(self) -> str:
        """The name of the file whose SHA-256 is the revision's digest."""
        return f"texts/{self.policy.id}/{self.policy.revision_id}.json"

    @property
    def pdf(self) -> str:
        return f"policies/{self.policy.id}/{self.policy.revision_id}.pdf"

    def render(self) -> bytes:
        """The RFC 8785 form of title and clauses."""
        clauses = [clause.canonical for clause in self.policy.clauses]
        return canonical_json({"title": self.policy.revision.title, "clauses": clauses})


def find_texts(handbook: Handbook, signed: Iterable[tuple[str, str]]) -> tuple[tuple[Text, ...], tuple[str, ...]]:
    """The texts of what was acknowledged, the newest first, and what the handbook has lost of it, in words."""
    wanted = set(signed)
    found = [Text(one) for series in handbook.series for one in series.revisions if (one.id, one.revision_id) in wanted]
    there = {(one.policy.id, one.policy.revision_id) for one in found}
    return tuple(found), tuple(f"{policy} {revision}" for policy, revision in sorted(wanted - there))


def find_steps(handbook: Handbook, texts: Iterable[Text]) -> tuple[Step, ...]:
    """From each revision that was acknowledged to the next one that was."""
    return tuple(
        step
        for series in handbook.series
        for step in _steps(series, [one.policy for one in texts if one.policy.id == series.id])
    )


def _steps(series: Series, newest_first: list[Policy]) -> Iterator[Step]:
    order = list(series.revisions)
    for new, old in pairwise(newest_first):
        between = tuple(reversed(order[order.index(new) : order.index(old)]))
        yield step_between(old, new, between)


def redline_name(step: Step) -> str:
    return f"redlines/{step.new.id}/{step.old.revision_id}_{step.new.revision_id}.pdf"


def print_texts(
    handbook: Handbook, library: Library, texts: Iterable[Text], steps: Iterable[Step], prints: Path
) -> Iterator[tuple[str, bytes]]:
    """The PDFs by their names; `prints` is the folder of print templates. Raises MissingLibraryError."""
    pages = [(one.pdf, policy_print(handbook, one.policy, library, prints)) for one in texts]
    pages += [(redline_name(step), redline_print(handbook, step, library, prints)) for step in steps]
    with TemporaryDirectory() as folder:
        for name, html in pages:
            path = Path(folder) / "one.pdf"
            write_pdf(html, prints, path)
            yield name, path.read_bytes()
