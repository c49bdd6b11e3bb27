"""Packages for learning platforms: one trust's policy with its quiz, in each format that platforms take in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.findings import Finding
from generator.lms import cmi5, gift, moodle, scorm12, scorm2004
from generator.lms.course import Course, Format
from generator.merge import Handbook, Library
from generator.quizzes import take_quiz

__all__ = ["FORMATS", "Course", "Format", "published_packages", "render_packages"]

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


def published_packages(
    handbook: Handbook, library: Library, findings: tuple[Finding, ...], root: Path
) -> Iterator[tuple[str, bytes]]:
    """The packages that one trust's site offers, each after its place below the site: none of a sealed quiz, for each of
    them holds what is right. `root` is the handbook's folder."""
    logo = root / "trusts" / handbook.id / "logo.svg"
    for policy in handbook.policies:
        taken = take_quiz(handbook, policy, library)
        if taken is None or taken.mode == "sealed":
            continue
        course = Course(
            handbook, taken, library, findings, root / "content" / "pages", root / "overrides", logo.read_bytes() if logo.is_file() else None
        )  # fmt: skip
        for name, content in render_packages(course).items():
            yield f"{handbook.id}/downloads/{policy.id}/packages/{name}", content
