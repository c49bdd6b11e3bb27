"""SCORM 1.2: the manifest and the package. (ADL, SCORM 1.2 Content Aggregation Model, 2001.)"""

from __future__ import annotations

from collections.abc import Iterable

from clausebook.export.lms.course import Course, Format
from clausebook.export.lms.manifests import MANIFEST, add, named, render_xml, scorm_manifest
from clausebook.export.lms.player import render_players
from clausebook.export.zips import render_zip

FORMAT = Format("scorm-1.2.zip", "SCORM 1.2", "The policy and the quiz as a course. Most learning platforms play it.")
CP = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
ADL = "http://www.adlnet.org/xsd/adlcp_rootv1p2"


def render_scorm12(course: Course) -> bytes:
    """The package."""
    files = render_players(course, "scorm.js", scorm="1.2")
    return render_zip({**files, MANIFEST: render_manifest(course, files)})


def render_manifest(course: Course, files: Iterable[str]) -> bytes:
    """imsmanifest.xml: an item a lesson, with its pass mark in per cent."""
    root, items = scorm_manifest(course, files, CP, "1.2", {named(ADL, "scormtype"): "sco"})
    for lesson, item in zip(course.lessons, items, strict=True):
        if lesson.taken:
            add(item, named(ADL, "masteryscore"), str(lesson.percent))
    return render_xml(root, plain=CP, adlcp=ADL)
