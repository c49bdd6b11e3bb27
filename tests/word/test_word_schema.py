"""A Word file holds to what Word demands of it (ISO/IEC 29500-1 and -2), where LibreOffice would look away."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from lxml import etree

from clausebook.check.library import read_handbook
from clausebook.export.word import render_policy
from word.word_files import W, parts_of, xml_of

STARTER = Path(__file__).parents[2] / "generator/clausebook/starter"
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore numPr pBdr shd tabs spacing ind contextualSpacing jc outlineLvl rPr sectPr",
    "rPr": "ins del rStyle rFonts b bCs i iCs strike color sz szCs u shd vertAlign lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "tcW gridSpan vMerge tcBorders shd vAlign",
    "sectPr": "headerReference footerReference type pgSz pgMar pgNumType titlePg",
    "sdtPr": "rPr alias tag id lock showingPlcHdr text date docPartObj",
    "settings": "trackRevisions defaultTabStop characterSpacingControl footnotePr compat themeFontLang",
    "style": "name basedOn next link uiPriority qFormat pPr rPr tblPr trPr tcPr tblStylePr",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlJc pPr rPr",
    "abstractNum": "nsid multiLevelType tmpl lvl",
    "numbering": "abstractNum num",
    "tbl": "bookmarkStart bookmarkEnd tblPr tblGrid tr",
    "docDefaults": "rPrDefault pPrDefault",
}
"""In which order the standard has the children of an element, of those that we write."""
OF_CHANGES = ("bookmarkStart", "ins", "del", "moveFrom", "moveTo", "id")


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    handbook, _ = read_handbook(STARTER)
    assert handbook
    (trust,) = handbook.trusts
    return {policy.id: render_policy(trust, policy.revisions[0], date(2026, 11, 21)) for policy in trust.policies}


def test_the_children_of_each_element_stand_in_the_order_of_the_standard(made: dict[str, bytes]) -> None:
    for content in made.values():
        check_order(content)


def check_order(content: bytes) -> None:
    for part in parts_of(content):
        if re.fullmatch(r"word/\w+\.xml", part):
            for element in xml_of(content, part).iter(f"{W}*"):
                order = ORDER.get(etree.QName(element).localname, "").split()
                names = [etree.QName(child).localname for child in element if child.tag.startswith(W)]
                assert not order or [order.index(name) for name in names] == sorted(
                    order.index(name) for name in names
                ), f"{part}: {names}"


def test_no_number_of_a_bookmark_a_change_or_a_control_is_given_twice(made: dict[str, bytes]) -> None:
    for content in made.values():
        check_ids(content)


def check_ids(content: bytes) -> None:
    document = xml_of(content)
    own = [one.get(f"{W}id") or one.get(f"{W}val") for name in OF_CHANGES for one in document.iter(f"{W}{name}")]
    pictures = [one.get("id") for one in document.iter() if str(one.tag).endswith("}docPr")]
    assert len({*own, *pictures}) == len(own) + len(pictures)
    ends = [one.get(f"{W}id") for one in document.iter(f"{W}bookmarkEnd")]
    assert sorted(ends) == sorted(one.get(f"{W}id") for one in document.iter(f"{W}bookmarkStart"))


def test_every_part_has_a_type_and_every_relationship_leads_somewhere(made: dict[str, bytes]) -> None:
    for content in made.values():
        check_package(content)


def check_package(content: bytes) -> None:
    parts = parts_of(content)
    types = etree.fromstring(parts["[Content_Types].xml"])
    named = {one.get("PartName", "").lstrip("/") for one in types} | {one.get("Extension") for one in types}
    assert not [name for name in parts if name != "[Content_Types].xml" and not {name, name.rpartition(".")[2]} & named]
    for name, raw in parts.items():
        if name.endswith(".rels"):
            folder = PurePosixPath(name).parent.parent
            ids = [one.get("Id") for one in etree.fromstring(raw)]
            assert len(set(ids)) == len(ids)
            for one in etree.fromstring(raw):
                assert one.get("TargetMode") == "External" or _found(folder, one.get("Target")) in parts
    wanted = {value for one in xml_of(content).iter() for key, value in one.attrib.items() if "/relationships}" in key}
    assert wanted <= {one.get("Id") for one in etree.fromstring(parts["word/_rels/document.xml.rels"])}


def _found(folder: PurePosixPath, target: str) -> str:
    steps: list[str] = []
    for step in (folder / target).parts:
        steps = steps[:-1] if step == ".." else [*steps, step]
    return "/".join(steps)


def test_every_style_and_list_that_is_named_is_there(made: dict[str, bytes]) -> None:
    for content in made.values():
        names = {one.get(f"{W}styleId") for one in xml_of(content, "word/styles.xml").iter(f"{W}style")}
        used = {
            one.get(f"{W}val") for tag in ("pStyle", "rStyle", "tblStyle") for one in xml_of(content).iter(f"{W}{tag}")
        }
        assert used <= names
        lists = {one.get(f"{W}numId") for one in xml_of(content, "word/numbering.xml").iter(f"{W}num")}
        assert {one.get(f"{W}val") for one in xml_of(content).iter(f"{W}numId")} <= lists


def test_a_cell_ends_with_a_paragraph_and_no_two_tables_touch(made: dict[str, Any]) -> None:
    for content in made.values():
        for table in xml_of(content).iter(f"{W}tbl"):
            assert table.getnext().tag == f"{W}p"
            assert all(cell[-1].tag == f"{W}p" for cell in table.iter(f"{W}tc"))
