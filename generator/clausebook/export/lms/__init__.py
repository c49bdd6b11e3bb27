"""Packages for learning platforms: one trust's policy with its quiz, or several as one course, in each format that platforms take in.

What may enter: one format a file. A Course flows in; a zip or a text flows out, the same bytes for the same course.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from clausebook.export.lms import cmi5, gift, moodle, scorm12, scorm2004
from clausebook.export.lms.course import Course, Format, Lesson
from clausebook.findings.find import Finding
from clausebook.looks import Looks
from clausebook.model import Campaign
from clausebook.model.handbook import Handbook, Revision, Trust
from clausebook.quizzes import TakenQuiz, may_offer_course, take_campaign_quiz, take_quiz

__all__ = ["FORMATS", "Course", "Format", "Lesson", "course_of", "course_over", "published_packages", "render_packages"]

RENDERERS = (
    (scorm12.FORMAT, scorm12.render_scorm12),
    (scorm2004.FORMAT, scorm2004.render_scorm2004),
    (cmi5.FORMAT, cmi5.render_cmi5),
    (moodle.FORMAT, moodle.render_moodle),
    (gift.FORMAT, gift.render_gift),
)
FORMATS: tuple[Format, ...] = tuple(kind for kind, _ in RENDERERS)
"""The one that most platforms take first."""


def render_packages(course: Course) -> dict[str, bytes]:
    """Every package by the name of its file. Each holds what is right: those of a sealed quiz are for HR alone."""
    return {kind.file: render(course) for kind, render in RENDERERS}


def course_of(
    trust: Trust, revision: Revision, handbook: Handbook, findings: tuple[Finding, ...], root: Path
) -> Course | None:
    """What the packages on one policy are made of; None where the trust's staff take no quiz on it. `root` is the handbook's folder."""
    taken = take_quiz(trust, revision, handbook)
    if taken is None:
        return None
    lessons = (_lesson(trust, revision, taken, handbook, findings, root),)
    return Course(lessons, lessons)


def course_over(
    trust: Trust, revisions: Sequence[Revision], handbook: Handbook, findings: tuple[Finding, ...], root: Path,
    campaign: Campaign | None = None,
) -> Course | None:  # fmt: skip
    """What one course on several policies is made of: a lesson a policy, with its quiz or, where the campaign has one quiz, that one
    at the end. None where nothing at all is asked."""
    lessons = [
        _lesson(trust, revision, take_quiz(trust, revision, handbook), handbook, findings, root)
        for revision in revisions
    ]
    banks = tuple(lesson for lesson in lessons if lesson.taken)
    one = take_campaign_quiz(trust, campaign, handbook, revisions) if campaign else None
    if one:
        lessons = [replace(lesson, taken=None) for lesson in lessons]
        lessons.append(_lesson(trust, None, one, handbook, (), root))
    return Course(tuple(lessons), banks, campaign.id if campaign else "") if banks else None


def _lesson(
    trust: Trust, reads: Revision | None, taken: TakenQuiz | None, handbook: Handbook, findings: tuple[Finding, ...], root: Path
) -> Lesson:  # fmt: skip
    logo = root / "trusts" / trust.id / "logo.svg"
    place = (reads.trust, reads.policy, reads.id) if reads else ()
    about = tuple(finding for finding in findings if (finding.trust, finding.policy, finding.revision) == place)
    return Lesson(trust, reads, taken, handbook, about, Looks(root), logo.read_bytes() if logo.is_file() else None)


def published_packages(
    trust: Trust, handbook: Handbook, findings: tuple[Finding, ...], root: Path
) -> Iterator[tuple[str, bytes]]:
    """The packages that one trust's site offers, each after its place below the site: none of a sealed quiz, for each of
    them holds what is right."""
    for revision in trust.in_force:
        course = course_of(trust, revision, handbook, findings, root)
        if course and course.first.quiz.mode != "sealed":
            yield from _published(revision.policy, trust, course)
    for campaign in trust.campaigns:
        if may_offer_course(trust, campaign, handbook):
            revisions = [trust.policy(policy).current for policy in campaign.policies]
            over = course_over(trust, revisions, handbook, findings, root, campaign)
            yield from _published(f"acknowledge/{campaign.id}", trust, over)


def _published(folder: str, trust: Trust, course: Course | None) -> Iterator[tuple[str, bytes]]:
    for name, content in render_packages(course).items() if course else ():
        yield f"{trust.id}/downloads/{folder}/packages/{name}", content
