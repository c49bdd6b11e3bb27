"""SCORM 2004 4th edition: the manifest and the package. (ADL, SCORM 2004 4th Edition Content Aggregation Model, 2009.)"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from clausebook.export.lms.course import Course, Format, Lesson
from clausebook.export.lms.manifests import MANIFEST, add, named, render_xml, scorm_manifest
from clausebook.export.lms.player import render_players
from clausebook.export.zips import render_zip

FORMAT = Format(
    "scorm-2004.zip",
    "SCORM 2004 (4th edition)",
    "The same course for platforms that keep “completed” and “passed” apart.",
)
CP = "http://www.imsglobal.org/xsd/imscp_v1p1"
ADL = "http://www.adlnet.org/xsd/adlcp_v1p3"
SS = "http://www.imsglobal.org/xsd/imsss"


def render_scorm2004(course: Course) -> bytes:
    """The package."""
    files = render_players(course, "scorm.js", scorm="2004")
    return render_zip({**files, MANIFEST: render_manifest(course, files)})


def render_manifest(course: Course, files: Iterable[str]) -> bytes:
    """imsmanifest.xml: an item a lesson, with its pass mark as a share of 1; a course of several is done when each of them is."""
    root, items = scorm_manifest(course, files, CP, "2004 4th Edition", {named(ADL, "scormType"): "sco"})
    for lesson, item in zip(course.lessons, items, strict=True):
        _sequencing(item, lesson)
    if not course.is_one:
        organization = next(root.iter(named(CP, "organization")))
        sequencing = add(organization, named(SS, "sequencing"))
        add(sequencing, named(SS, "controlMode"), choice="true", flow="true")
    return render_xml(root, plain=CP, adlcp=ADL, imsss=SS)


def _sequencing(item: ET.Element, lesson: Lesson) -> None:
    """What is passed by score, and that the page itself says when it is completed and when it is passed.

    A lesson that asks nothing cannot be passed: it counts for whether the course is completed, and not for whether it is passed.
    """
    sequencing = add(item, named(SS, "sequencing"))
    if not lesson.taken:
        add(sequencing, named(SS, "rollupRules"), rollupObjectiveSatisfied="false", objectiveMeasureWeight="0")
        add(sequencing, named(SS, "deliveryControls"), completionSetByContent="true", objectiveSetByContent="true")
        return
    objectives = add(sequencing, named(SS, "objectives"))
    primary = add(objectives, named(SS, "primaryObjective"), objectiveID="passed", satisfiedByMeasure="true")
    add(primary, named(SS, "minNormalizedMeasure"), lesson.share)
    add(sequencing, named(SS, "deliveryControls"), completionSetByContent="true", objectiveSetByContent="true")
