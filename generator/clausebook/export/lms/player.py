"""The files of the page that a learning platform plays, which every played format shares but for its adapter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from clausebook.export.lms.course import Course, Lesson
from clausebook.findings.find import Finding
from clausebook.layout import SCRIPTS
from clausebook.model import Gap
from clausebook.model.colours import render_shades
from clausebook.model.handbook import Handbook, Revision, Trust
from clausebook.pages.page import notes_by_clause, place_gaps
from clausebook.pages.templates import render_document
from clausebook.pages.views import DrawOptions
from clausebook.quizzes import TakenQuiz, draw_options

PAGE = "index.html"
LASTING = ("conflict", "conflict-by-rule", "stale")
"""What is noted beside a clause. Gaps stand where the text breaks off; reviews are left to the site, which is built every day."""
QUIZ = ("codec.js", "marking.js", "quiz-draw.js", "quiz-steps.js", "quiz.js")
"""Of the shared scripts; player.js loads them once the platform has said how far the reader was."""
FONTS = ("atkinson-400-normal.woff2", "atkinson-400-italic.woff2", "atkinson-700-normal.woff2", "LICENSE")
"""The site's own letters, with their licence."""
DOM, PRINTED = "dom.js", "printed.js"
"""Shared as well: what every script does with a page, and the day on a printed one."""


@dataclass(frozen=True)
class PolicyInPackage:
    """What templates of packages need to show the policy."""

    trust: Trust
    revision: Revision | None
    handbook: Handbook
    notes: Mapping[str, list[Finding]]
    gaps_after: Mapping[str, list[Gap]]


@dataclass(frozen=True)
class PackagePage:
    """package/index.html"""

    shared: PolicyInPackage
    taken: TakenQuiz | None
    draw_options: DrawOptions
    scripts: tuple[str, ...]
    scorm: str
    connects_to: str
    iri: str
    logo: bool


def render_players(course: Course, adapter: str, *, scorm: str = "", connects_to: str = "'self'") -> dict[str, bytes]:
    """Every file of every lesson's page by its name in the package; see `_render_player`."""
    return {
        f"{course.folder(lesson)}{name}": content
        for lesson in course.lessons
        for name, content in _render_player(lesson, adapter, scorm, connects_to).items()
    }


def _render_player(lesson: Lesson, adapter: str, scorm: str, connects_to: str) -> dict[str, bytes]:
    """Every file of the page by its name. `adapter` is the script of overrides/scripts/package that speaks to the platform, `scorm`
    the version that it speaks there; `connects_to` is what the page itself may call, as a Content Security Policy says it."""
    scripts = (adapter, "player.js")
    folders = {"package.css": "overrides/package"} | dict.fromkeys(scripts, f"{SCRIPTS}/package")
    folders |= dict.fromkeys((DOM, *(QUIZ if lesson.taken else ()), PRINTED), f"{SCRIPTS}/shared")
    files = {name: lesson.looks.find(f"{folder}/{name}").read_bytes() for name, folder in folders.items()}
    files |= {f"fonts/{name}": lesson.looks.find(f"overrides/theme/assets/fonts/{name}").read_bytes() for name in FONTS}
    files["colours.css"] = render_shades(lesson.trust.record.palette.shades).encode()
    files[PAGE] = render_document("package/index.html", lesson.looks, PackagePage(
        policy_of(lesson), lesson.taken, draw_options, (DOM, *scripts, PRINTED), scorm, connects_to, lesson.iri, lesson.logo is not None,
    )).encode()  # fmt: skip
    files |= {f"files/{file.name}": file.path.read_bytes() for file in (lesson.reads.files if lesson.reads else ())}
    if lesson.logo:
        files["logo.svg"] = lesson.logo
    return files


def policy_of(lesson: Lesson) -> PolicyInPackage:
    """What templates need to show what is read; of a lesson without it, the trust alone."""
    revision = lesson.reads
    if revision is None:
        return PolicyInPackage(lesson.trust, None, lesson.handbook, {}, {})
    place = (revision.trust, revision.policy, revision.id)
    lasting = tuple(
        found for found in lesson.findings
        if found.kind in LASTING and (found.trust, found.policy, found.revision) == place
    )  # fmt: skip
    return PolicyInPackage(lesson.trust, revision, lesson.handbook, notes_by_clause(lasting), place_gaps(revision))
