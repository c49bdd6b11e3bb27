"""What every package is made of: one trust's policy with its quiz, and the words and looks of the page that plays them."""

from __future__ import annotations

import math
from dataclasses import dataclass

from clausebook.findings.find import Finding
from clausebook.looks import Looks
from clausebook.model.handbook import Handbook, Revision, Trust
from clausebook.model.values import Wording
from clausebook.quizzes import TakenQuiz

LONGEST_TITLE = 200  # platforms keep 255 signs or fewer
FULL = 100  # per cent
FINE = 10_000  # a share of the score has four decimal places at most (cmi5, 13.1.4: masteryScore)
WORDING: dict[Wording, str] = {
    "restated": "restated in plain words, not the trust's wording",
    "verbatim": "the trust's own words",
}


@dataclass(frozen=True)
class Format:
    """One kind of package: its file, its name, and what it is for."""

    file: str
    label: str
    about: str


@dataclass(frozen=True)
class Course:
    """One trust's policy with its quiz, and where the words and the looks of a package lie."""

    trust: Trust
    taken: TakenQuiz
    handbook: Handbook
    findings: tuple[Finding, ...]
    """What is known of the revision. Nothing is told of reviews: a package outlives the day on which they are due."""
    looks: Looks
    logo: bytes | None = None

    @property
    def revision(self) -> Revision:
        return self.taken.revision

    @property
    def title(self) -> str:
        title = f"{self.trust.record.short_name}: {self.revision.record.title}"
        return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…"

    @property
    def about(self) -> str:
        """The package in two sentences, for whoever chooses it in a list of courses."""
        return (
            f"{self.trust.record.name}, {self.revision.record.title}, revision {self.revision.id} ({self.wording}). "
            f"Read the policy, answer {self.taken.count} questions, of which {self.taken.pass_mark} right answers are a pass, and say that you have read it."
        )

    @property
    def wording(self) -> str:
        return WORDING[self.revision.record.wording]

    @property
    def id(self) -> str:
        """Names the package among all of them: letters, digits, dots and hyphens, and a letter at its start."""
        return f"clausebook.{self.taken.id}"

    @property
    def iri(self) -> str:
        """The same as an address of a thing that is on no web (RFC 3987)."""
        return f"urn:clausebook:{self.taken.id.replace('.', ':')}"

    @property
    def percent(self) -> int:
        """The pass mark in whole per cent, rounded down: of up to 50 questions, one right answer fewer is still below it."""
        return FULL * self.taken.pass_mark // self.taken.count

    @property
    def share(self) -> str:
        """The pass mark as a share of 1, rounded down to four places."""
        return str(math.floor(FINE * self.taken.pass_mark / self.taken.count) / FINE)
