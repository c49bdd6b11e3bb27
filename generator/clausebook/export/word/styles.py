"""The looks of a Word file: its styles, in the trust's colours, and its ways to number."""

from __future__ import annotations

from collections.abc import Iterator

from clausebook.export.word.numbering import BULLETS, LEVELS, OUTLINE, Numbering
from clausebook.export.word.pieces import BODY, STEP
from clausebook.export.word.xml import Element, make
from clausebook.model.colours import Shades

FONT = "Arial"
LANGUAGE = "en-GB"
GREY, RULE = "595959", "A6A6A6"
BULLET_SIGNS = ("•", "–", "▪")
HEADING_SIZES = (32, 26, 23, 22)
"""In half points."""


def make_styles(shades: Shades) -> Element:
    """The part styles.xml."""
    colour, tint = _hex(shades.link_light), "F2F2F2"
    return make("w:styles", _defaults(), *(
        _style("Normal", "Normal", is_default=True),
        *(_heading(level, size, colour) for level, size in enumerate(HEADING_SIZES, 1)),
        _style("Title", "Title", "Normal", "Normal", p=_p(keep=True, before=0, after=60), r=_r(size=52, bold=True, colour=colour)),
        _style("Subtitle", "Subtitle", "Normal", "Normal", p=_p(after=240), r=_r(size=26, colour=GREY)),
        _style("FrontHeading", "Front heading", "Normal", "Normal", p=_p(keep=True, before=320, after=120), r=_r(size=26, bold=True, colour=colour)),
        _style("StateNote", "State of the draft", "Normal", p=_p(after=80, border=colour, shade=tint)),
        _style("Clause", "Clause", "Normal", p=_p(indent=(BODY, BODY))),
        _style("ClauseContinued", "Clause continued", "Normal", p=_p(indent=(BODY, 0))),
        _style("ListParagraph", "List Paragraph", "Normal", p=_p(after=80, indent=(BODY + STEP, STEP))),
        _style("Caption", "caption", "Normal", p=_p(keep=True, before=120, after=80, indent=(BODY, 0)), r=_r(size=20, bold=True, colour=GREY)),
        _style("Figure", "Figure", "Normal", p=_p(keep=True, before=80, after=80, indent=(BODY, 0))),
        _style("Logo", "Logo", "Normal", p=_p(after=240)),
        _style("FormTitle", "Form title", "Normal", "FormField", p=_p(keep=True, before=160, after=80, indent=(BODY, 0)), r=_r(bold=True)),
        _style("FormField", "Form field", "Normal", p=_p(after=120, indent=(BODY, 0), tab=4536)),
        _style("Attachment", "Attachment", "Normal", p=_p(indent=(BODY, 0))),
        _style("TableText", "Table text", "Normal", p=_p(before=40, after=40), r=_r(size=20)),
        _style("Header", "header", "Normal", p=_p(after=0, tab=9070, right=True), r=_r(size=18, colour=GREY)),
        _style("Footer", "footer", "Normal", p=_p(after=0, tab=9070, right=True), r=_r(size=18, colour=GREY)),
        _style("TOC1", "toc 1", "Normal", "Normal", p=_p(after=60, indent=(567, 567))),
        _style("TOC2", "toc 2", "Normal", "Normal", p=_p(after=40, indent=(1247, 680))),
        _style("FootnoteText", "footnote text", "Normal", p=_p(after=0), r=_r(size=18)),
        _style("CommentText", "annotation text", "Normal", r=_r(size=20)),
        _character("FootnoteReference", "footnote reference", make("w:vertAlign", val="superscript")),
        _character("Hyperlink", "Hyperlink", make("w:color", val=colour), make("w:u", val="single")),
        _character("PlaceholderText", "Placeholder Text", make("w:color", val=GREY)),
        _character("AcademyField", "Academy field", make("w:shd", val="clear", color="auto", fill="FFF2CC")),
        _table_style(colour),
    ))  # fmt: skip


def make_numbering(numbering: Numbering) -> Element:
    """The part numbering.xml."""
    lists = list(enumerate(numbering.lists, BULLETS + 1))
    return make(
        "w:numbering",
        _abstract(OUTLINE, (_outline_level(level, end) for level, end in enumerate(numbering.ends))),
        _abstract(BULLETS, (_item_level(level, "bullet", BULLET_SIGNS[level % 3]) for level in range(LEVELS))),
        *(_abstract(num, (_item_level(level, marker.format, f"{marker.opens}%{level + 1}{marker.closes}") for level in range(LEVELS)))
          for num, (marker, _) in lists),
        *(make("w:num", make("w:abstractNumId", val=num), numId=num) for num in (OUTLINE, BULLETS, *(num for num, _ in lists))),
    )  # fmt: skip


def _abstract(number: int, levels: Iterator[Element]) -> Element:
    sign = f"{number:08X}"
    return make("w:abstractNum", make("w:nsid", val=sign), make("w:multiLevelType", val="multilevel"), make("w:tmpl", val=sign), *levels, abstractNumId=number)  # fmt: skip


def _outline_level(level: int, end: str) -> Element:
    text = ".".join(f"%{one + 1}" for one in range(level + 1)) + end
    return _level(level, "decimal", text, BODY, BODY)


def _item_level(level: int, form: str, text: str) -> Element:
    return _level(level, form, text, BODY + STEP * (level + 1), STEP)


def _level(level: int, form: str, text: str, left: int, hanging: int) -> Element:
    return make(
        "w:lvl", make("w:start", val=1), make("w:numFmt", val=form), make("w:lvlText", val=text), make("w:lvlJc", val="left"),
        make("w:pPr", make("w:ind", left=left, hanging=hanging)), ilvl=level,
    )  # fmt: skip


def _defaults() -> Element:
    run = make(
        "w:rPr", make("w:rFonts", ascii=FONT, hAnsi=FONT, cs=FONT, eastAsia=FONT), make("w:sz", val=22), make("w:szCs", val=22),
        make("w:lang", val=LANGUAGE, eastAsia=LANGUAGE, bidi="ar-SA"),
    )  # fmt: skip
    paragraph = make("w:pPr", make("w:spacing", after=140, line=276, lineRule="auto"))
    return make("w:docDefaults", make("w:rPrDefault", run), make("w:pPrDefault", paragraph))


def _heading(level: int, size: int, colour: str) -> Element:
    paragraph = _p(keep=True, before=360 - 60 * level, after=120, indent=(BODY, BODY), outline=level - 1)
    return _style(f"Heading{level}", f"heading {level}", "Normal", "Clause", p=paragraph, r=_r(size=size, bold=True, colour=colour))  # fmt: skip


def _style(
    style: str, name: str, based_on: str | None = None, following: str | None = None, *,
    p: Element = None, r: Element = None, is_default: bool = False,
) -> Element:  # fmt: skip
    return make(
        "w:style", make("w:name", val=name), make("w:basedOn", val=based_on) if based_on else None,
        make("w:next", val=following) if following else None, make("w:qFormat"), p, r,
        type="paragraph", styleId=style, default="1" if is_default else None,
        customStyle="1" if name[0].isupper() and style in CUSTOM else None,
    )  # fmt: skip


CUSTOM = frozenset({"FrontHeading", "StateNote", "Clause", "ClauseContinued", "Figure", "Logo", "FormTitle", "FormField", "Attachment", "TableText"})  # fmt: skip


def _character(style: str, name: str, *looks: Element) -> Element:
    custom = "1" if style == "AcademyField" else None
    return make("w:style", make("w:name", val=name), make("w:rPr", *looks), type="character", styleId=style, customStyle=custom)  # fmt: skip


def _table_style(colour: str) -> Element:
    borders = make("w:tblBorders", *(make(f"w:{side}", val="single", sz=4, space=0, color=RULE) for side in ("top", "left", "bottom", "right", "insideH", "insideV")))  # fmt: skip
    margins = make("w:tblCellMar", make("w:left", w=100, type="dxa"), make("w:right", w=100, type="dxa"))
    header = make(
        "w:tblStylePr", make("w:rPr", make("w:b"), make("w:color", val="FFFFFF")),
        make("w:tcPr", make("w:shd", val="clear", color="auto", fill=colour)), type="firstRow",
    )  # fmt: skip
    column = make("w:tblStylePr", make("w:rPr", make("w:b")), make("w:tcPr", make("w:shd", val="clear", color="auto", fill="F2F2F2")), type="firstCol")  # fmt: skip
    return make("w:style", make("w:name", val="Policy table"), make("w:tblPr", borders, margins), header, column, type="table", styleId="PolicyTable", customStyle="1")  # fmt: skip


def _p(
    *, keep: bool = False, before: int | None = None, after: int | None = None, indent: tuple[int, int] | None = None,
    outline: int | None = None, tab: int | None = None, right: bool = False, border: str = "", shade: str = "",
) -> Element:  # fmt: skip
    return make(
        "w:pPr", make("w:keepNext") if keep else None, make("w:keepLines") if keep else None,
        make("w:pBdr", make("w:left", val="single", sz=24, space=8, color=border)) if border else None,
        make("w:shd", val="clear", color="auto", fill=shade) if shade else None,
        make("w:tabs", make("w:tab", val="right" if right else "left", pos=tab)) if tab else None,
        make("w:spacing", before=before, after=after) if before is not None or after is not None else None,
        make("w:ind", left=indent[0], hanging=indent[1]) if indent else None,
        make("w:outlineLvl", val=outline) if outline is not None else None,
    )  # fmt: skip


def _r(*, size: int | None = None, bold: bool = False, colour: str = "") -> Element:
    return make(
        "w:rPr", make("w:b") if bold else None, make("w:color", val=colour) if colour else None,
        make("w:sz", val=size) if size else None, make("w:szCs", val=size) if size else None,
    )  # fmt: skip


def _hex(colour: str) -> str:
    return colour.lstrip("#").upper()
