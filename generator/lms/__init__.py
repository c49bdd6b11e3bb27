"""Packages for learning platforms: one trust's policy with its quiz, in each format that platforms take in."""

from __future__ import annotations

from generator.lms import cmi5, gift, moodle, scorm12, scorm2004
from generator.lms.course import Course, Format

__all__ = ["FORMATS", "Course", "Format", "render_packages"]

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
