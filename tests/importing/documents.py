"""Documents made for the tests of bringing in: Word files from raw XML, so that each trap is in them exactly; other formats by LibreOffice."""

from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
DRAWN = {
    "chart": "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
    "diagramData": "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml",
}
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63f8cfc0f01f0005000 1ff56c7f6600000000049454e44ae426082".replace(" ", "")
)  # fmt: skip
STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/><w:basedOn w:val="berschrift1"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:sz w:val="26"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/><w:basedOn w:val="Normal"/></w:style>
<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
"""


def word_file(
    body: str, *, numbering: str = "", styles: str = "", parts: dict[str, tuple[str, str | bytes]] | None = None
) -> bytes:
    """A Word file of paragraphs and tables as XML. `parts` are further ones: name to (kind of relationship, content); what belongs to
    one of them is `of another part`."""
    more = {"styles.xml": ("styles", _root("styles", STYLES + styles)), **(parts or {})}
    if numbering:
        more["numbering.xml"] = ("numbering", _root("numbering", numbering))
    document = _root(
        "document", f"<w:body>{body}<w:sectPr/></w:body>" if "<w:sectPr" not in body else f"<w:body>{body}</w:body>"
    )
    return packed({
        "[Content_Types].xml": _content_types(more),
        "_rels/.rels": _rels({"rId1": ("officeDocument", "word/document.xml")}),
        "word/_rels/document.xml.rels": _rels({_id(name): (kind, name) for name, (kind, _) in more.items() if kind != "of another part"}),
        "word/document.xml": document,
        **{f"word/{name}": content for name, (kind, content) in more.items() if kind != "hyperlink" and "://" not in name},
    })  # fmt: skip


def packed(parts: dict[str, str | bytes]) -> bytes:
    """A zip of its parts, the same bytes each time."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return raw.getvalue()


def _id(name: str) -> str:
    """The id by which the document names a part: `header1.xml` as rel-header1."""
    return "rel-" + name.rpartition("/")[2].partition(".")[0]


def _root(name: str, inside: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{name} {NAMES}>{inside}</w:{name}>'


def part(name: str, inside: str) -> str:
    """Another part of the file: `hdr`, `ftr`, `footnotes`, `comments`."""
    return _root(name, inside)


def _rels(found: dict[str, tuple[str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="{identity}" Type="{OFFICE}/{kind}" Target="{escape(target)}"{" TargetMode=" + chr(34) + "External" + chr(34) if "://" in target or target.startswith("mailto:") else ""}/>'
        for identity, (kind, target) in found.items()
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'
    )


def _content_types(parts: dict[str, tuple[str, str | bytes]]) -> str:
    own = "".join(
        f'<Override PartName="/word/{name}" ContentType="{DRAWN.get(kind, f"{MAIN}.{kind}+xml")}"/>'
        for name, (kind, _) in parts.items()
        if name.endswith(".xml")
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/word/document.xml" ContentType="{MAIN}.document.main+xml"/>{own}</Types>'
    )


def p(*runs: str, style: str = "", num: str = "", level: int | None = None, more: str = "", mark: str = "") -> str:
    """A paragraph of runs; `num` and `level` are its list; `mark` is what its own mark has, such as a tracked change."""
    numbered = (f'<w:ilvl w:val="{level}"/>' if level is not None else "") + (
        f'<w:numId w:val="{num}"/>' if num else ""
    )
    properties = (
        (f'<w:pStyle w:val="{style}"/>' if style else "")
        + (f"<w:numPr>{numbered}</w:numPr>" if numbered else "")
        + more
        + (f"<w:rPr>{mark}</w:rPr>" if mark else "")
    )
    inside = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside}</w:p>"


def r(text: str, looks: str = "", tag: str = "t") -> str:
    """A run; a tab and a line break of Python become those of Word."""
    inside = f'<w:{tag} xml:space="preserve">{escape(text)}</w:{tag}>'
    inside = inside.replace("\t", f'</w:{tag}><w:tab/><w:{tag} xml:space="preserve">').replace(
        "\n", f'</w:{tag}><w:br/><w:{tag} xml:space="preserve">'
    )
    return f"<w:r>{f'<w:rPr>{looks}</w:rPr>' if looks else ''}{inside}</w:r>"


def lists(*definitions: tuple[str, ...], nums: dict[str, str | int] | None = None) -> str:
    """The part numbering.xml: each definition is the levels of one list (see `lvl`); `nums` are further lists by their id, each the
    place of a definition, or XML of its own."""
    inside = "".join(
        f'<w:abstractNum w:abstractNumId="{place}"><w:multiLevelType w:val="multilevel"/>{"".join(levels)}</w:abstractNum>'
        for place, levels in enumerate(definitions)
    )
    inside += "".join(_num(str(place + 1), place) for place in range(len(definitions)))
    return inside + "".join(_num(number, what) for number, what in (nums or {}).items())


def _num(number: str, what: str | int) -> str:
    if isinstance(what, int):
        what = f'<w:abstractNumId w:val="{what}"/>'
    return f'<w:num w:numId="{number}">{what}</w:num>'


def lvl(
    level: int,
    text: str,
    fmt: str = "decimal",
    *,
    start: int = 1,
    more: str = "",
    font: str = "",
    indent: int | None = None,
) -> str:
    """One level of a list. Elements of `more` stand where the schema wants them, before the text."""
    left = 360 * (level + 1) if indent is None else indent
    look = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr>' if font else ""
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{start}"/><w:numFmt w:val="{fmt}"/>{more}<w:lvlText w:val="{escape(text)}"/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="360"/></w:pPr>{look}</w:lvl>'
    )


def table(*rows: tuple[str, ...]) -> str:
    """A table; a cell is XML of its own (`<w:tc>`), paragraphs, or words."""
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(_cell(cell) for cell in row)}</w:tr>" for row in rows) + "</w:tbl>"


def _cell(cell: str) -> str:
    return cell if cell.startswith("<w:tc>") else f"<w:tc>{cell if cell.startswith('<') else p(cell)}</w:tc>"


def tc(*inside: str, properties: str = "") -> str:
    """A cell with properties, such as how many columns it spans."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(inside)}</w:tc>"


def box(inside: str) -> str:
    """A text box as Word writes it: twice, for new programs and for old ones."""
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:docPr id="1" name="Box"/><a:graphic><a:graphicData '
        f'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx>'
        "</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"<w:txbxContent>{inside}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def field(code: str, *shown: str) -> str:
    """A field with what it shows."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">{escape(code)}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{"".join(r(one) for one in shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def tracked(
    kind: str, inside: str, author: str = "Ada Marsh", date: str = "2026-03-02T10:00:00Z", identity: int = 1
) -> str:
    """`ins`, `del`, `moveFrom` or `moveTo` around runs; without any, as the mark of a paragraph has it."""
    return f'<w:{kind} w:id="{identity}" w:author="{author}" w:date="{date}">{inside}</w:{kind}>'


def convert(data: bytes, name: str, to: str, folder: Path) -> bytes:
    """What LibreOffice makes of a document: `txt:Text`, `pdf`, `odt`, `docx`, `html`."""
    return convert_all({name: data}, to, folder)[name]


def convert_all(files: dict[str, bytes], to: str, folder: Path) -> dict[str, bytes]:
    """The same for many at once, because it is slow to start; each beside its name."""
    for name, data in files.items():
        (folder / name).write_bytes(data)
    out = folder / "converted"
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", to, "--outdir", str(out), *(str(folder / name) for name in files)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    ending = to.partition(":")[0]
    return {name: (out / name).with_suffix(f".{ending}").read_bytes() for name in files}


LEGAL = (lvl(0, "%1."), lvl(1, "%1.%2"), lvl(2, "(%3)", "lowerLetter"), lvl(3, "(%4)", "lowerRoman"))
"""How most numbered policies are numbered: 4. and 4.1 and (a) and (i)."""
BULLETS = (
    lvl(0, "\uf0b7", "bullet", font="Symbol"),
    lvl(1, "o", "bullet", font="Courier New"),
    lvl(2, "\uf0a7", "bullet", font="Wingdings"),
)

PAGE = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="708" w:footer="708"/>'
"""A4 with an inch at each side."""
RULES = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right"))
SPACED = '<w:spacing w:after="120"/>'
ASK = "Staff must ask their line manager before they use a personal account to write about the school, its pupils or their families{}."
KINDS = (
    "a kind of matter that is long enough to go on in a second line of the page, because of its many words",
    "a photo",
    "a message that names a pupil, a parent or somebody who works at the school, whatever it says of them",
)


def ruled(*rows: tuple[str, ...], width: int = 3000) -> str:
    """A table with lines around its cells."""
    look = f'<w:tcW w:w="{width}" w:type="dxa"/><w:tcBorders>{RULES}</w:tcBorders>'
    return table(*(tuple(tc(p(cell), properties=look) for cell in row) for row in rows))


def page_edges(
    body: str, *, head: str = "Larkhill Trust", foot: str = "Version 3, page "
) -> tuple[str, dict[str, tuple[str, str | bytes]]]:
    """A body whose pages have a head and a numbered foot, and the parts that it needs."""
    ends = f'<w:sectPr><w:headerReference w:type="default" r:id="rel-header1"/><w:footerReference w:type="default" r:id="rel-footer1"/>{PAGE}</w:sectPr>'
    footer = part("ftr", p(foot, field("PAGE", "1"), " of ", field("NUMPAGES", "3")))
    return body + ends, {"header1.xml": ("header", part("hdr", p(head))), "footer1.xml": ("footer", footer)}


def numbered_policy(sections: int = 6, *, spacing: str = SPACED) -> bytes:
    """Counted numbers in four levels, bullets, a table over two pages, heads and feet: several pages."""
    body = p("Social media policy", style="berschrift1")
    for section in range(1, sections + 1):
        body += p(f"What part {section} is about", style="berschrift2", num="1", level=0)
        for clause in range(1, 4):
            body += p(ASK.format(f", as rule {section}-{clause} says"), num="1", level=1, more=spacing)
            if clause == 2:
                body += "".join(p(kind, num="1", level=2, more=spacing) for kind in KINDS)
        body += p(r("In all of this,", "<w:b/>"), " staff must not share:", more=spacing)
        body += "".join(p(kind, num="2", level=0, more=spacing) for kind in KINDS)
    rows = [
        (f"Duty {row}", "All staff and the headteacher", f"Within {row} weeks, or before the end of term at the latest")
        for row in range(1, 31)
    ]
    body += ruled(("Duty", "Who", "When"), *rows) + p("This is said after the table.", more=spacing)
    body, parts = page_edges(body)
    return word_file(body, numbering=lists(LEGAL, BULLETS), parts=parts)


def plain_policy() -> bytes:
    """No style and no counted number: bold lines for headings, typed numbers and bullets, as half of all policies have them."""

    def hanging(text: str, left: int) -> str:
        return p(
            text,
            more=f'<w:tabs><w:tab w:val="left" w:pos="{left + 500}"/></w:tabs><w:ind w:left="{left + 500}" w:hanging="500"/>{SPACED}',
        )

    body = p(r("STAFF CODE OF CONDUCT", '<w:b/><w:sz w:val="32"/>'), more='<w:jc w:val="center"/>')
    for section in range(1, 7):
        body += p(r(f"{section}. What part {section} is about", "<w:b/>"), more=SPACED)
        body += hanging(f"{section}.1\t" + ASK.format(f", as part {section} says"), 0)
        body += hanging(f"{section}.2\tStaff must not:", 0)
        body += "".join(hanging(f"•\t{kind}", 500) for kind in KINDS)
        body += hanging(
            f"{section}.3\tWhere 4.1 and 4.2 apply, staff may ask for 2 weeks of leave in writing, and no later than on 1 September 2026 or 14 days before",
            0,
        )
        body += p(r("Note: ", "<w:b/>"), "this is a self-evident part of the well-known rules that all staff and all long-term visitors hold to each day of the school year.", more=SPACED + '<w:jc w:val="both"/>')  # fmt: skip
    body, parts = page_edges(body, head="Code of conduct", foot="Page ")
    return word_file(body, parts=parts)
