"""SCORM 1.2: the manifest and the package. (ADL, SCORM 1.2 Content Aggregation Model, 2001.)"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from generator.lms.course import Course, Format
from generator.lms.manifests import MANIFEST, add, add_files, named, render_xml
from generator.lms.player import PAGE, render_player
from generator.lms.zips import render_zip

FORMAT = Format("scorm-1.2.zip", "SCORM 1.2", "The policy and the quiz as a course. Most learning platforms play it.")
CP = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
ADL = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
ADAPTERS = ("scorm.js", "scorm12.js")


def render_scorm12(course: Course) -> bytes:
    """The package."""
    files = render_player(course, ADAPTERS)
    return render_zip({**files, MANIFEST: render_manifest(course, files)})


def render_manifest(course: Course, files: Iterable[str]) -> bytes:
    """imsmanifest.xml: one item, whose pass mark is in per cent."""
    root = ET.Element(named(CP, "manifest"), {"identifier": course.id, "version": "1.0"})
    metadata = add(root, named(CP, "metadata"))
    add(metadata, named(CP, "schema"), "ADL SCORM")
    add(metadata, named(CP, "schemaversion"), "1.2")
    organizations = add(root, named(CP, "organizations"), default="policy")
    organization = add(organizations, named(CP, "organization"), identifier="policy")
    add(organization, named(CP, "title"), course.title)
    item = add(organization, named(CP, "item"), identifier="read-and-answer", identifierref="page")
    add(item, named(CP, "title"), course.title)
    add(item, named(ADL, "masteryscore"), str(course.percent))
    resources = add(root, named(CP, "resources"))
    resource = add(resources, named(CP, "resource"), identifier="page", type="webcontent", href=PAGE)
    resource.set(named(ADL, "scormtype"), "sco")
    add_files(resource, named(CP, "file"), files)
    return render_xml(root, plain=CP, adlcp=ADL)
