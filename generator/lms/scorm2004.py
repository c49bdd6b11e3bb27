"""SCORM 2004 4th edition: the manifest and the package. (ADL, SCORM 2004 4th Edition Content Aggregation Model, 2009.)"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from generator.lms.course import Course, Format
from generator.lms.manifests import MANIFEST, add, add_files, named, render_xml
from generator.lms.player import PAGE, render_player
from generator.lms.zips import render_zip

FORMAT = Format(
    "scorm-2004.zip",
    "SCORM 2004 (4th edition)",
    "The same course for platforms that keep “completed” and “passed” apart.",
)
CP = "http://www.imsglobal.org/xsd/imscp_v1p1"
ADL = "http://www.adlnet.org/xsd/adlcp_v1p3"
SS = "http://www.imsglobal.org/xsd/imsss"
ADAPTERS = ("scorm.js", "scorm2004.js")


def render_scorm2004(course: Course) -> bytes:
    """The package."""
    files = render_player(course, ADAPTERS)
    return render_zip({**files, MANIFEST: render_manifest(course, files)})


def render_manifest(course: Course, files: Iterable[str]) -> bytes:
    """imsmanifest.xml: one item, whose pass mark is a share of 1."""
    root = ET.Element(named(CP, "manifest"), {"identifier": course.id, "version": "1.0"})
    metadata = add(root, named(CP, "metadata"))
    add(metadata, named(CP, "schema"), "ADL SCORM")
    add(metadata, named(CP, "schemaversion"), "2004 4th Edition")
    organizations = add(root, named(CP, "organizations"), default="policy")
    organization = add(organizations, named(CP, "organization"), identifier="policy")
    add(organization, named(CP, "title"), course.title)
    item = add(organization, named(CP, "item"), identifier="read-and-answer", identifierref="page")
    add(item, named(CP, "title"), course.title)
    _sequencing(item, course)
    resources = add(root, named(CP, "resources"))
    resource = add(resources, named(CP, "resource"), identifier="page", type="webcontent", href=PAGE)
    resource.set(named(ADL, "scormType"), "sco")
    add_files(resource, named(CP, "file"), files)
    return render_xml(root, plain=CP, adlcp=ADL, imsss=SS)


def _sequencing(item: ET.Element, course: Course) -> None:
    """What is passed by score, and that the page itself says when it is completed and when it is passed."""
    sequencing = add(item, named(SS, "sequencing"))
    objectives = add(sequencing, named(SS, "objectives"))
    primary = add(objectives, named(SS, "primaryObjective"), objectiveID="passed", satisfiedByMeasure="true")
    add(primary, named(SS, "minNormalizedMeasure"), course.share)
    add(sequencing, named(SS, "deliveryControls"), completionSetByContent="true", objectiveSetByContent="true")
