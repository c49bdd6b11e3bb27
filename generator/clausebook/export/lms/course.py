"""What every package is made of: lessons of one trust, each a policy with its quiz, and the words and looks of the page that plays them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from clausebook.findings.find import Finding
from clausebook.looks import Looks
from clausebook.model.handbook import Handbook, Revision, Trust
from clausebook.model.values import Wording
from clausebook.quizzes import AskedQuestion, TakenQuiz
from clausebook.quizzes.questions import shorten

LONGEST_TITLE = 200  # platforms keep 255 signs or fewer
FULL = 100  # per cent
FINE = 10_000  # a share of the score has four decimal places at most (cmi5, 13.1.4: masteryScore)
ALL_QUESTIONS = "questions--all"
"""The name of a lesson that is a quiz over several policies; no policy can have it."""
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
class Lesson:
    """A policy to read with its quiz; one of the two alone where the other is missing, or is a lesson of its own."""

    trust: Trust
    reads: Revision | None
    taken: TakenQuiz | None
    handbook: Handbook
    findings: tuple[Finding, ...]
    """What is known of the revision. Nothing is told of reviews: a package outlives the day on which they are due."""
    looks: Looks
    logo: bytes | None = None

    @property
    def revision(self) -> Revision:
        """What is read, of a lesson that has something to read."""
        assert self.reads
        return self.reads

    @property
    def quiz(self) -> TakenQuiz:
        """What is asked, of a lesson that asks something."""
        assert self.taken
        return self.taken

    @property
    def pool(self) -> tuple[AskedQuestion, ...]:
        return self.taken.pool if self.taken else ()

    @property
    def name(self) -> str:
        """Names it within its course."""
        return self.reads.policy if self.reads else ALL_QUESTIONS

    @property
    def title(self) -> str:
        # A report that names a policy tells that it was read: the lesson of questions alone names none
        told = self.reads.record.title if self.reads else "Check yourself"
        academy = self.trust.academy
        whose = f"{self.trust.record.short_name}, {academy.record.short}" if academy else self.trust.record.short_name
        return shortened_title(f"{whose}: {told}")

    @property
    def about(self) -> str:
        """The lesson in two sentences, for whoever chooses it in a list of courses."""
        if not self.reads:
            return f"{self.trust.full_name}. Answer {self._count}."
        record = self.reads.record
        what = f"{self.trust.full_name}, {record.title}, revision {self.reads.id} ({self.wording}). "
        asked = f", answer {self._count}," if self.taken else ""
        return f"{what}Read the policy{asked} and say that you have read it."

    @property
    def _count(self) -> str:
        return f"{self.quiz.count} questions, of which {self.quiz.pass_mark} right answers are a pass"

    @property
    def wording(self) -> str:
        return WORDING[self.revision.record.wording]

    @property
    def key(self) -> str:
        """Names it among all lessons: its quiz, or else its text."""
        reads = self.reads
        return self.taken.id if self.taken else f"{reads.trust}.{reads.policy}.{reads.id}" if reads else ""

    @property
    def iri(self) -> str:
        """The same as an address of a thing that is on no web (RFC 3987)."""
        return f"urn:clausebook:{self.key.replace('.', ':')}"

    @property
    def percent(self) -> int:
        """The pass mark in whole per cent, rounded down: of up to 50 questions, one right answer fewer is still below it."""
        return FULL * self.quiz.pass_mark // self.quiz.count

    @property
    def share(self) -> str:
        """The pass mark as a share of 1, rounded down to four places."""
        return str(math.floor(FINE * self.quiz.pass_mark / self.quiz.count) / FINE)


@dataclass(frozen=True)
class Course:
    """One lesson, or several in their order."""

    lessons: tuple[Lesson, ...]
    banks: tuple[Lesson, ...]
    """Each policy with its own questions, for question banks, which know no quiz over several."""
    campaign: str = ""
    """The campaign whose policies it is on."""

    @property
    def first(self) -> Lesson:
        return self.lessons[0]

    @property
    def is_one(self) -> bool:
        """Whether it is on one policy, and all its files lie side by side."""
        return len(self.lessons) == 1

    def folder(self, lesson: Lesson) -> str:
        """Where the files of a lesson lie in the package, with a slash at its end."""
        return "" if self.is_one else f"{lesson.name}/"

    @cached_property
    def read(self) -> tuple[Revision, ...]:
        """What is read in it."""
        return tuple(lesson.reads for lesson in self.lessons if lesson.reads)

    @property
    def title(self) -> str:
        """With the title of each policy, by which a platform's report is read again, and the campaign."""
        if self.is_one:
            return self.first.title
        trust, titles = self.first.trust.record.short_name, [revision.record.title for revision in self.read]
        campaign = f" ({self.campaign})" if self.campaign else ""
        whole = f"{trust}: {', '.join(titles[:-1])} and {titles[-1]}{campaign}"
        return whole if len(whole) <= LONGEST_TITLE else shortened_title(f"{trust}: {len(titles)} policies{campaign}")

    @property
    def about(self) -> str:
        """The course in two sentences, for whoever chooses it in a list of courses."""
        if self.is_one:
            return self.first.about
        texts = ", ".join(f"{revision.record.title} (revision {revision.id})" for revision in self.read)
        return f"{self.first.trust.record.name}: {texts}. Read each policy, and do what its lesson asks."

    @property
    def key(self) -> str:
        """Names it among all courses: of several policies by their texts, so that a new revision makes another course."""
        if self.is_one:
            return self.first.key
        texts = shorten(" ".join(lesson.key for lesson in self.lessons))
        return f"{self.first.trust.id}.{self.campaign or 'policies'}.{texts}"

    @property
    def id(self) -> str:
        """Names the package among all of them: letters, digits, dots and hyphens, and a letter at its start."""
        return f"clausebook.{self.key}"

    @property
    def iri(self) -> str:
        return f"urn:clausebook:{self.key.replace('.', ':')}"


def shortened_title(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…"
