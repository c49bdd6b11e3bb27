"""A Word file whose XML is anything is read or told, and never a fault of ours; a text is read whatever its signs are."""

from __future__ import annotations

import copy
import io
import random
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from clausebook.edit.importers.blocks import UnreadableError
from clausebook.edit.importers.readers import docx, html, markdown, plain_text, rst
from importing.documents import numbered_policy, p, packed, plain_policy, word_file
from importing.drawn import DATA, chart_of, diagram_of
from importing.test_docx import CHANGED
from importing.test_drawings import ABSENCES, HEAD, POINTS, STEPS

ODD = ["", "-1", "99999999999", "x", "1.5", "../../x", "true", "0"]
DRAWN = word_file(
    HEAD + p(chart_of("chart1")) + p(diagram_of()) + p(chart_of("chart2")),
    parts={
        "charts/chart1.xml": ("chart", ABSENCES),
        "charts/chart2.xml": ("chart", POINTS),
        DATA: ("diagramData", STEPS),
    },
)
SOURCES = [numbered_policy(1), plain_policy(), word_file(CHANGED), DRAWN, DRAWN]


def mutated(xml: bytes, chance: random.Random) -> bytes:
    """Well-formed still: elements go, come twice, move, change places and names; values are odd."""
    root = etree.fromstring(xml)
    for _ in range(chance.randint(1, 12)):
        elements = [one for one in root.iter() if isinstance(one.tag, str) and one is not root]
        if not elements:
            break
        one = chance.choice(elements)
        what = chance.randrange(5)
        if what == 0:
            one.getparent().remove(one)
        elif what == 1:
            one.getparent().append(copy.deepcopy(one))
        elif what == 2:
            chance.choice(elements).append(copy.deepcopy(one))
        elif what == 3 and one.attrib:
            one.set(chance.choice(list(one.attrib)), chance.choice(ODD))
        else:
            one.tag = chance.choice(elements).tag
    return etree.tostring(root)


@pytest.mark.parametrize("seed", range(90))
def test_a_word_file_of_odd_xml_is_read_or_told(seed: int) -> None:
    chance = random.Random(seed)
    with zipfile.ZipFile(io.BytesIO(chance.choice(SOURCES))) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice([name for name in parts if name.startswith("word/")])
    parts[name] = mutated(bytes(parts[name]), chance)
    for accepted in (True, False):
        try:
            docx.read(packed(parts), accepted=accepted)
        except UnreadableError as told:
            assert told.fix  # noqa: PT017 - both ways are right


SIGNS = st.sampled_from(["`", "*", "_", "|", "<table>", "<li>", "- ", "1. ", "::\n\n", "\n\n", "[", "](", "#", "==\n", "<td colspan=9999999>", ".. table::\n\n   x", "<ol start=x>", "[^1]: ", "Staff must ask. ", "  ", "(a) "])  # fmt: skip


@given(st.lists(SIGNS, max_size=40))
def test_a_text_of_any_signs_is_read(signs: list[str]) -> None:
    data = "".join(signs).encode()
    for reader in (html, markdown, plain_text, rst):
        try:
            words = " ".join(block.in_full for block in reader.read(data).all_blocks)
        except UnreadableError as told:
            words = told.fix
        if reader is plain_text:
            assert "".join(words.split()) == "".join(data.decode().split())
