"""Pictures outside the text of a Word file and an OpenDocument text: on its cover, at the head and the foot of its pages."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from PIL import Image

from clausebook.edit.begin import begin_handbook
from clausebook.edit.importers.outline.build import build_draft
from clausebook.edit.importers.outline.draft import Draft
from clausebook.edit.importers.readers import docx, odt
from importing.documents import convert, p, packed, part, table, word_file
from importing.drawn import inline
from importing.running import run

TRUST = "larkhill-example"
PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
SPACE = '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="360000" cy="360000"/></a:xfrm><a:prstGeom prst="rect"/></pic:spPr>'


def png(red: int) -> bytes:
    raw = io.BytesIO()
    Image.new("RGB", (4, 4), (red, 80, 0)).save(raw, "PNG")
    return raw.getvalue()


COVER, LOGO, FOOT, ROUTE = (png(red) for red in (40, 80, 120, 160))


def picture(name: str, told: str) -> str:
    """The run that shows the picture of the part `name`."""
    about = '<pic:nvPicPr><pic:cNvPr id="1" name="x"/><pic:cNvPicPr/></pic:nvPicPr>'
    fill = f'<pic:blipFill><a:blip r:embed="rel-{name}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    return inline(f"<pic:pic>{about}{fill}{SPACE}</pic:pic>", PICTURE).replace(
        'name="Chart 7"', f'name="P" descr="{told}"'
    )


def section(number: int) -> str:
    """The end of a section with a head and a foot of its own."""
    return f'<w:sectPr><w:headerReference w:type="default" r:id="rel-header{number}"/><w:footerReference w:type="default" r:id="rel-footer{number}"/></w:sectPr>'


def with_pictures_everywhere() -> bytes:
    """A policy of three sections: a logo on its cover, another at the head of each page, one at the foot, and one in the text."""
    body = (
        p(picture("cover", "Larkhill on a hill"))
        + p("Attendance policy", style="berschrift1")
        + p("Attendance of staff", style="berschrift2")
    )
    body += p("Staff must leave by the way out that is shown.") + p(picture("route", "The way out"))
    body += "".join(
        f"<w:p><w:pPr>{section(number)}</w:pPr></w:p>" + p(f"Staff must do step {number}.") for number in (1, 2)
    )
    parts: dict[str, tuple[str, str | bytes]] = {"media/cover.png": ("image", COVER), "media/route.png": ("image", ROUTE)}  # fmt: skip
    for number in (1, 2, 3):
        parts[f"header{number}.xml"] = (
            "header",
            part("hdr", p("Larkhill Trust") + p(picture(f"logo{number}", "A lark"))),
        )
        parts[f"footer{number}.xml"] = ("footer", part("ftr", p(picture("foot", "A mark of quality"))))
        parts[f"media/logo{number}.png"] = ("image", LOGO)
        parts[f"_rels/header{number}.xml.rels"] = ("of another part", rels(f"logo{number}"))
        parts[f"_rels/footer{number}.xml.rels"] = ("of another part", rels("foot"))
    return word_file(body + section(3), parts={**parts, "media/foot.png": ("image", FOOT)})


def rels(name: str) -> str:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rel-{name}" Type="{kind}" Target="media/{name}.png"/></Relationships>'


@pytest.mark.parametrize("ending", ["docx", "odt"])
def test_a_picture_outside_the_text_is_kept_as_a_file_and_named_once(ending: str, tmp_path: Path) -> None:
    """LibreOffice writes the OpenDocument text, and is the witness that the Word file of this test is one."""
    root, file = tmp_path / "handbook", tmp_path / f"attendance.{ending}"
    begin_handbook(root, None)
    word = with_pictures_everywhere()
    file.write_bytes(word if ending == "docx" else convert(word, "attendance.docx", "odt", tmp_path))
    result = run(root, "import", file, "--trust", TRUST)
    assert result.returncode == 0, result.stderr
    folder = next((root / "trusts" / TRUST).glob("attendance*"))
    kept = {path.read_bytes(): path.name for path in (folder / "files").iterdir()}
    assert set(kept) == {COVER, LOGO, FOOT, ROUTE}
    written = next(folder.glob("2*.yml")).read_text()
    assert f'file: "{kept[ROUTE]}"' in written
    assert kept[ROUTE] not in written[written.index("left_out:") : written.index("sections:")]
    for data, says, why in (
        (COVER, "Larkhill on a hill", "it stands in no section, as a logo on a cover does"),
        (LOGO, "A lark", "the head of each page"),
        (FOOT, "A mark of quality", "the foot of each page"),
    ):
        assert written.count(kept[data]) == 1
        assert f"A picture: {says}." in written
        assert f"{why}; its file is kept as files/{kept[data]}" in written
    report = json.loads(next((root / "build" / "imports").rglob("report.json")).read_text())
    assert report["counts"]["lost"] == 0
    assert sorted(one["why"].rpartition("files/")[2] for one in report["left_out"] if "files/" in one["why"]) == sorted(
        kept[data] for data in (COVER, LOGO, FOOT)
    )


def outlined(body: str, **parts: bytes) -> Draft:
    named: dict[str, tuple[str, str | bytes]] = {f"media/{name}.png": ("image", data) for name, data in parts.items()}
    return build_draft(docx.read(word_file(body, parts=named)), "a policy")


def test_a_picture_in_a_table_of_dates_is_kept() -> None:
    dates = table(("Version", "2"), ("Review date", p(picture("a", "A lark"))))
    draft = outlined(dates + p("Attendance", style="berschrift1") + p("Staff must come."), a=LOGO)
    assert list(draft.kept_pictures.values()) == [LOGO]
    assert [block.kind for block in draft.front] == ["table"]


def test_a_picture_on_several_pages_is_kept_once() -> None:
    shown = "".join(p(f"Staff must do step {number}.") + p(picture("a", "A lark")) for number in range(3))
    draft = outlined(p("Attendance", style="berschrift1") + shown, a=LOGO)
    assert {one.why for one in draft.left_out} == {
        f"a picture that is on several pages; its file is kept as files/{next(iter(draft.kept_pictures))}"
    }


def test_a_picture_in_a_note_stands_with_the_clause_of_the_note() -> None:
    note = '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>So it looks: <draw:frame><svg:desc>A badge</svg:desc><draw:image xlink:href="Pictures/a.png"/></draw:frame></text:p></text:note-body></text:note>'
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{full}:1.0"'
        for name, full in {"office": "office", "text": "text", "draw": "drawing", "svg": "svg-compatible"}.items()
    )
    text = f'<text:h text:outline-level="1">Badges</text:h><text:p>Staff must wear a badge.{note}</text:p>'
    content = f'<office:document-content {spaces} xmlns:xlink="http://www.w3.org/1999/xlink"><office:body><office:text>{text}</office:text></office:body></office:document-content>'
    draft = build_draft(odt.read(packed({"content.xml": content, "Pictures/a.png": LOGO})), "a policy")
    (clause,) = draft.sections[0].clauses
    assert clause.picture
    assert (clause.picture.data, clause.picture.alternative, clause.note) == (LOGO, "A badge", "So it looks:")
