"""cmi5: the course structure and the package. (AICC, cmi5 Specification Profile for xAPI, Quartz 1st edition, 13 and 14.)"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from clausebook.export.lms.course import Course, Format, Lesson
from clausebook.export.lms.manifests import add, named, render_xml
from clausebook.export.lms.player import PAGE, render_players
from clausebook.export.zips import render_zip

FORMAT = Format("cmi5.zip", "cmi5", "The same course for platforms that keep their records as xAPI statements.")
SPACE = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"
STRUCTURE = "cmi5.xml"


def render_cmi5(course: Course) -> bytes:
    """The package. Its page may call any host: where a platform keeps its records is known only when it opens the page."""
    files = render_players(course, "cmi5.js", connects_to="*")
    return render_zip({**files, STRUCTURE: render_structure(course)})


def render_structure(course: Course) -> bytes:
    """cmi5.xml: an assignable unit a lesson, which is done when it is completed and passed; one without a quiz when it is completed."""
    root = ET.Element(named(SPACE, "courseStructure"))
    _about(add(root, named(SPACE, "course"), id=course.iri), course)
    for lesson in course.lessons:
        done = (
            {"moveOn": "CompletedAndPassed", "masteryScore": lesson.share} if lesson.taken else {"moveOn": "Completed"}
        )
        unit = add(root, named(SPACE, "au"), id=f"{lesson.iri}:read-and-answer", **done, launchMethod="AnyWindow")
        _about(unit, lesson)
        add(unit, named(SPACE, "url"), f"{course.folder(lesson)}{PAGE}")
    return render_xml(root, plain=SPACE)


def _about(parent: ET.Element, course: Course | Lesson) -> None:
    for name, text in (("title", course.title), ("description", course.about)):
        add(add(parent, named(SPACE, name)), named(SPACE, "langstring"), text, lang="en-GB")
