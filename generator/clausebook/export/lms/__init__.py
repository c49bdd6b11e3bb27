"""Packages for learning platforms: one trust's policy with its quiz, in each format that platforms take in.

What may enter: one format a file. A Course flows in; a zip or a text flows out, the same bytes for the same course.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from clausebook.export.lms import cmi5, gift, moodle, scorm12, scorm2004
from clausebook.export.lms.course import Course, Format
from clausebook.findings.find import Finding
from clausebook.looks import Looks
from clausebook.model.handbook import Handbook, Revision, Trust
from clausebook.quizzes import take_quiz

__all__ = ["FORMATS", "Course", "Format", "course_of", "published_packages", "render_packages"]

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
    taken, logo = take_quiz(trust, revision, handbook), root / "trusts" / trust.id / "logo.svg"
    if taken is None:
        return None
    about = tuple(
        finding
        for finding in findings
        if (finding.trust, finding.policy, finding.revision) == (revision.trust, revision.policy, revision.id)
    )
    return Course(
        trust, taken, handbook, about, Looks(root), logo.read_bytes() if logo.is_file() else None
    )  # fmt: skip


def published_packages(
    trust: Trust, handbook: Handbook, findings: tuple[Finding, ...], root: Path
) -> Iterator[tuple[str, bytes]]:
    """The packages that one trust's site offers, each after its place below the site: none of a sealed quiz, for each of
    them holds what is right."""
    for revision in trust.in_force:
        course = course_of(trust, revision, handbook, findings, root)
        if course and course.taken.mode != "sealed":
            for name, content in render_packages(course).items():
                yield f"{trust.id}/downloads/{revision.policy}/packages/{name}", content
