"""Charts, SmartArt and pictures of a Word file: no word and no number of them is lost, and somebody is told to look."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from PIL import Image

from clausebook.edit.begin import begin_handbook
from clausebook.edit.importers.blocks import Block, Document
from clausebook.edit.importers.outline.build import build_draft
from clausebook.edit.importers.outline.draft import Draft
from clausebook.edit.importers.readers import docx, odt
from importing.documents import PNG, box, convert, p, packed, part, table, word_file
from importing.drawn import DATA, chart, chart_of, diagram, diagram_of, inline, scatter, words
from importing.outlined import shown
from importing.running import run

TRUST = "larkhill-example"
HEAD = p("Attendance policy", style="berschrift1") + p("Attendance of staff", style="berschrift2")
ABSENCES = chart(
    [("Teachers", ["0.041", "0.052"]), ("Other staff", ["0.06", "0.0605"])], ["2023", "2024"],
    title="Days lost", axes=("School year", "Share of days"), form="0.0%",
)  # fmt: skip
POINTS = scatter([("2023", ["1", "2.5"], ["30", "31"]), ("2024", ["1", "4"], ["29", "30"])], axes=("Term", "Staff"))
STEPS = diagram([(0, "Tell the office"), (1, "By 7.30am"), (1, "Each day"), (0, "Send a form")], arrows=["then"])
PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
ODF = {"office": "office", "text": "text", "draw": "drawing", "svg": "svg-compatible"}
EMF = b"\x01\x00\x00\x00" + bytes(36) + b" EMF" + bytes(60)


def with_chart(body: str, xml: str = ABSENCES) -> Document:
    return docx.read(word_file(body, parts={"charts/chart1.xml": ("chart", xml)}))


def with_diagram(body: str, xml: str = STEPS) -> Document:
    return docx.read(word_file(body, parts={DATA: ("diagramData", xml)}))


def rows(block: Block) -> list[list[str]]:
    return [[cell.text for cell in row] for row in block.rows]


def outlined(document: Document) -> list[str]:
    return shown(build_draft(document, "a policy")).splitlines()


def test_a_chart_is_a_table_under_its_title_where_it_stands() -> None:
    document = with_chart(HEAD + p("See how absence grew.") + p(chart_of("chart1")) + p("Staff must tell the office."))
    assert [block.kind for block in document.blocks] == ["heading", "heading", "paragraph", "chart", "paragraph"]
    drawn = document.blocks[3]
    assert drawn.text == "Days lost"
    assert rows(drawn) == [
        ["School year", "Teachers (Share of days)", "Other staff (Share of days)"], ["2023", "4.1%", "6.0%"], ["2024", "5.2%", "6.1%"],
    ]  # fmt: skip
    draft = build_draft(document, "a policy")
    clause = draft.sections[0].clauses[0]
    assert clause.table
    assert (clause.text, clause.table.caption) == ("See how absence grew.", "Days lost")
    assert any("draws this as a chart" in doubt.says for doubt in clause.doubts)
    assert outlined(document)[-1] == "Staff must tell the office."


def test_points_that_share_no_places_are_a_row_each() -> None:
    document = with_chart(p(chart_of("chart1")), POINTS)
    assert rows(document.blocks[0]) == [
        ["", "Term", "Staff"], ["2023", "1", "30"], ["2023", "2.5", "31"], ["2024", "1", "29"], ["2024", "4", "30"],
    ]  # fmt: skip


def test_words_that_somebody_typed_on_a_chart_are_kept_beside_it() -> None:
    label = f"<c:dLbls><c:dLbl><c:idx val='0'/><c:tx><c:rich><a:bodyPr/>{words('The first winter')}</c:rich></c:tx></c:dLbl></c:dLbls>"
    document = with_chart(p(chart_of("chart1")), chart([("Days", ["3", ""])], ["Autumn", "Spring"], more=label))
    assert [block.kind for block in document.blocks] == ["chart", "diagram"]
    assert rows(document.blocks[0]) == [["", "Days"], ["Autumn", "3"], ["Spring", ""]]
    assert rows(document.blocks[1]) == [["• The first winter"]]


def test_a_day_on_an_axis_is_a_date_and_a_long_number_is_short() -> None:
    days = chart([("Days", ["0.30000000000000004", "12500"])], ["45000", "45366"]).replace("strRef", "numRef")
    days = days.replace(
        "<c:cat><c:numRef><c:f>Sheet1!$A$1</c:f><c:strCache>",
        "<c:cat><c:numRef><c:f>Sheet1!$A$1</c:f><c:numCache><c:formatCode>mmm yy</c:formatCode>",
    )
    days = days.replace("</c:strCache></c:numRef></c:cat>", "</c:numCache></c:numRef></c:cat>")
    assert rows(with_chart(p(chart_of("chart1")), days).blocks[0])[1:] == [
        ["2023-03-15", "0.3"],
        ["2024-03-15", "12500"],
    ]


def test_smartart_is_a_list_in_the_order_of_its_shapes() -> None:
    document = with_diagram(HEAD + p("If you are ill:") + p(diagram_of()) + p("This holds for all staff."))
    assert [block.kind for block in document.blocks] == ["heading", "heading", "paragraph", "diagram", "paragraph"]
    assert outlined(document) == [
        "# Attendance of staff", "If you are ill:", "  Tell the office", "    By 7.30am", "    Each day", "  then", "  Send a form",
        "This holds for all staff.",
    ]  # fmt: skip
    clause = build_draft(document, "a policy").sections[0].clauses[0]
    assert any("draws this as a diagram" in doubt.says for doubt in clause.doubts)


def test_smartart_below_words_that_forbid_never_says_the_opposite() -> None:
    """Its shapes would take the force of the clause above them."""
    assert outlined(with_diagram(HEAD + p("Staff must not be late.") + p(diagram_of())))[:4] == [
        "# Attendance of staff", "Staff must not be late.", "Attendance of staff", "  Tell the office",
    ]  # fmt: skip


def test_a_list_goes_on_behind_smartart_that_stands_in_it() -> None:
    body = HEAD + p("Staff must not:") + p("•\tshout") + p("•\trun") + p(diagram_of()) + p("•\tsmoke")
    assert outlined(with_diagram(body))[1:6] == [
        "Staff must not:",
        "  shout",
        "  run",
        "  smoke",
        "Attendance of staff",
    ]


@pytest.mark.parametrize("way", ["group", "box", "older", "table"])
def test_a_drawing_is_read_once_wherever_it_stands(way: str) -> None:
    run, parts = chart_of("chart1"), {"charts/chart1.xml": ("chart", ABSENCES)}
    graphic = run[run.index("<a:graphic>") : run.index("</wp:inline>")]
    body = {
        "group": p(inline(f"<wpg:wgp xmlns:wpg='urn:x'><wpg:graphicFrame>{graphic}</wpg:graphicFrame></wpg:wgp>", "urn:group")),
        "box": p(box(p(run))),
        "older": p(f'<w:r><mc:AlternateContent><mc:Choice Requires="c14">{run[5:-6]}</mc:Choice><mc:Fallback>{run[5:-6]}</mc:Fallback></mc:AlternateContent></w:r>'),
        "table": table(("When", "What"), ("2024", p(run))),
    }[way]  # fmt: skip
    found = [one.in_full for block in docx.read(word_file(body, parts=parts)).blocks for one in block.walk()]
    assert found.count("Days lost") == 1


def picture(name: str, told: str = "") -> str:
    """The run that shows a picture."""
    inside = f'<pic:pic><pic:blipFill><a:blip r:embed="rel-{name}"/></pic:blipFill></pic:pic>'
    return inline(inside, PICTURE).replace('name="Chart 7"', f'name="Picture" descr="{told}"')


def alternatives(first: str, older: str) -> str:
    """Two runs of which newer programs show the first."""
    inside = [one.removeprefix("<w:r>").removesuffix("</w:r>") for one in (first, older)]
    return f'<w:r><mc:AlternateContent><mc:Choice Requires="x">{inside[0]}</mc:Choice><mc:Fallback>{inside[1]}</mc:Fallback></mc:AlternateContent></w:r>'


def raster(form: str, pages: int = 1, mode: str = "RGB") -> bytes:
    raw = io.BytesIO()
    images = [Image.new("RGB", (4, 4), (200, 10 * page, 0)).convert(mode) for page in range(pages)]
    images[0].save(raw, form, **({"save_all": True, "append_images": images[1:]} if pages > 1 else {}))
    return raw.getvalue()


def with_pictures(body: str, **pictures: bytes) -> Draft:
    parts = {f"media/{name.replace('_', '.')}": ("image", data) for name, data in pictures.items()}
    return build_draft(docx.read(word_file(HEAD + p("Look at this.") + body, parts=dict(parts))), "a policy")


@pytest.mark.parametrize(
    ("form", "mode"), [("TIFF", "CMYK"), ("BMP", "RGB"), ("GIF", "P"), ("PCX", "RGB"), ("WEBP", "RGB")]
)
def test_a_picture_that_pages_cannot_show_becomes_one_that_they_can(form: str, mode: str) -> None:
    clause = with_pictures(p(picture("a", "The way out")), a_tif=raster(form, mode=mode)).sections[0].clauses[0]
    assert clause.picture
    assert (clause.picture.ending, clause.picture.alternative, clause.kept) == ("png", "The way out", [])
    assert Image.open(io.BytesIO(clause.picture.data)).convert("RGB").getpixel((1, 1))[0] > 150  # type: ignore[index]


def test_a_picture_that_draws_is_kept_as_a_file_with_its_words() -> None:
    draft = with_pictures(p(picture("a", "The way out")), a_emf=EMF)
    clause = draft.sections[0].clauses[0]
    (block, _), (left,) = clause.kept[0], draft.left_out
    assert clause.picture is None
    assert block.picture
    assert block.picture.data == EMF
    assert left.why == f"pages cannot show a picture of this kind; its file is kept as files/{block.picture.file}"
    assert f"files/{block.picture.file}: open it, save it as PNG" in clause.doubts[-1].says
    assert "“The way out”" in clause.doubts[-1].says


def test_where_older_programs_have_a_picture_that_pages_can_show_it_is_taken() -> None:
    draft = with_pictures(
        p(alternatives(picture("a", "The way out"), picture("b", "The way out"))), a_emf=EMF, b_png=PNG
    )
    clause = draft.sections[0].clauses[0]
    assert clause.picture
    assert (clause.picture.data, clause.kept, draft.left_out) == (PNG, [], [])


def test_what_only_older_programs_show_is_read() -> None:
    """Ink: newer programs draw the strokes."""
    ink = '<w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri="ink"><w14:contentPart xmlns:w14="urn:ink"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    clause = with_pictures(p(alternatives(ink, picture("b", "Signed"))), b_png=PNG).sections[0].clauses[0]
    assert clause.picture
    assert clause.picture.alternative == "Signed"


def test_the_pages_of_a_fax_are_kept_where_one_of_them_is_shown() -> None:
    clause = with_pictures(p(picture("a")), a_tif=raster("TIFF", 3)).sections[0].clauses[0]
    assert clause.picture
    assert [because for _, because in clause.kept] == ["it has 3 pages, and a page here shows the first"]


def test_pictures_in_the_cells_of_a_table_are_kept() -> None:
    rows = table(("Sign", "Means"), (p(picture("a", "A flame")), "Fire"), (p(picture("b", "A cross")), "First aid"))
    clause = with_pictures(rows, a_png=PNG, b_png=PNG + b"2").sections[0].clauses[0]
    assert clause.table
    assert clause.picture
    assert clause.picture.alternative == "A flame"
    assert [because for _, because in clause.kept] == ["the clause has a picture already"]


def test_a_broken_or_a_vast_picture_is_kept_and_stops_nothing() -> None:
    vast = b"BM" + bytes(8) + (54).to_bytes(4, "little") + (40).to_bytes(4, "little") + (60_000).to_bytes(4, "little") * 2 + b"\x01\x00\x18\x00" + bytes(24)  # fmt: skip
    for data in (vast, b"II*\x00rubbish", b"GIF89a", b""):
        clause = with_pictures(p(picture("a")), a_exe=data).sections[0].clauses[0]
        assert clause.picture is None
        assert [block.picture.file.rpartition(".")[2] for block, _ in clause.kept if block.picture] == ["bin"]


def test_a_damaged_chart_stops_nothing_and_is_told() -> None:
    document = with_chart(p("Words.") + p(chart_of("chart1")), "<c:chartSpace")
    assert [block.text for block in document.blocks] == ["Words."]
    assert (
        "The words of the chart or diagram in paragraph 2 are not in the file, or are damaged." in document.warnings[0]
    )


def test_an_opendocument_text_says_of_its_charts_what_the_word_file_says(tmp_path: Path) -> None:
    """LibreOffice is the witness that the charts of these tests are charts, too."""
    body = HEAD + p("See:") + p(chart_of("chart1")) + p("Last words.")
    word = word_file(body, parts={"charts/chart1.xml": ("chart", ABSENCES.replace("0.0%", "General"))})
    document, was = odt.read(convert(word, "a.docx", "odt", tmp_path)), docx.read(word)
    assert [(block.kind, block.text, rows(block)) for block in document.blocks] == [
        (block.kind, block.text, rows(block)) for block in was.blocks
    ]
    assert [block.doubts for block in document.blocks] == [block.doubts for block in was.blocks]


def read_odt(text: str, **parts: str | bytes) -> Document:
    names = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{full}:1.0"' for name, full in ODF.items())
    content = f'<office:document-content {names} xmlns:xlink="http://www.w3.org/1999/xlink"><office:body><office:text>{text}</office:text></office:body></office:document-content>'
    return odt.read(packed({"content.xml": content, **parts}))


def test_a_formula_of_an_opendocument_text_stands_in_its_sentence() -> None:
    formula = '<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow><mfrac><mi>days</mi><mn>12</mn></mfrac><mo>×</mo><msup><mi>n</mi><mn>2</mn></msup></mrow><annotation>{days} over 12</annotation></semantics></math>'
    frame = '<draw:frame><draw:object xlink:href="./Object 1"/><draw:image xlink:href="./ObjectReplacements/Object 1"/></draw:frame>'
    document = read_odt(f"<text:p>They lose {frame} of their pay.</text:p>", **{"Object 1/content.xml": formula})
    assert [(block.text, len(block.doubts)) for block in document.blocks] == [("They lose days/12×n² of their pay.", 1)]


def test_pictures_and_shapes_of_a_group_of_an_opendocument_text_are_read() -> None:
    frame = '<draw:frame><svg:desc>A flame</svg:desc><draw:image xlink:href="Pictures/a.svm"/><draw:image xlink:href="Pictures/a.png"/></draw:frame>'
    shapes = "<draw:ellipse><text:p>Fire</text:p></draw:ellipse><draw:line/><draw:connector><text:p>then</text:p></draw:connector>"
    text = f"<text:p>See <draw:g>{frame}{shapes}</draw:g> this.</text:p>"
    document = read_odt(text, **{"Pictures/a.svm": b"VCLMTF", "Pictures/a.png": PNG})
    assert [(block.kind, block.text) for block in document.blocks] == [
        ("paragraph", "See this."), ("figure", ""), ("paragraph", "Fire"), ("paragraph", "then"),
    ]  # fmt: skip
    picture = document.blocks[1].picture
    assert picture
    assert (picture.data, picture.alternative) == (PNG, "A flame")


def test_an_import_loses_nothing_of_drawings(tmp_path: Path) -> None:
    """The whole way, into a handbook that holds to every rule."""
    root = tmp_path / "handbook"
    begin_handbook(root, None)
    body = HEAD + p("See:") + p(chart_of("chart1")) + p("If you are ill:") + p(diagram_of()) + p("The way out:") + p(picture("a", "Go left"))  # fmt: skip
    body += '<w:sectPr><w:headerReference w:type="default" r:id="rel-header1"/></w:sectPr>'
    parts: dict[str, tuple[str, str | bytes]] = {
        "charts/chart1.xml": ("chart", ABSENCES), DATA: ("diagramData", STEPS), "media/a.emf": ("image", EMF),
        "header1.xml": ("header", part("hdr", p("Larkhill Trust"))),
    }  # fmt: skip
    (tmp_path / "attendance.docx").write_bytes(word_file(body, parts=parts))
    result = run(root, "import", tmp_path / "attendance.docx", "--trust", TRUST)
    assert result.returncode == 0, result.stderr
    assert "words are accounted for" in result.stdout
    folder = next((root / "trusts" / TRUST).glob("attendance*"))
    (kept,) = (folder / "files").iterdir()
    assert kept.read_bytes() == EMF
    written = next(folder.glob("2*.yml")).read_text()
    for words_of_it in (
        'caption: "Days lost"',
        "School year",
        "6.1%",
        "Tell the office",
        "By 7.30am",
        f"files/{kept.name}",
        "Go left",
    ):
        assert words_of_it in written, words_of_it
    report = json.loads(next((root / "build" / "imports").rglob("report.json")).read_text())
    assert report["counts"]["lost"] == 0
    (left,) = (one for one in report["left_out"] if "picture" in one["why"])
    assert left["why"].endswith(f"its file is kept as files/{kept.name}")
    page = next((root / "build" / "imports").rglob("index.html")).read_text()
    assert "not in the document: ours" not in page
    assert "</a>: a picture. Left out: pages cannot show a picture of this kind" in page
    shown_rows = next(one["text"] for one in report["blocks"] if one["kind"] == "chart")
    assert shown_rows.startswith("Days lost\nSchool year | Teachers")
