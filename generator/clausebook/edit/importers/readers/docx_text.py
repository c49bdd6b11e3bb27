"""The words of one paragraph of a Word file, with their looks; and what hangs in it: pictures, text boxes, notes, bookmarks."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar

from clausebook.edit.importers.blocks import Picture
from clausebook.edit.importers.readers.docx_drawings import names_words, pictures_in, shown_in
from clausebook.edit.importers.readers.docx_math import formula_in_line
from clausebook.edit.importers.readers.docx_package import MC, A, M, R, V, W, WordPackage, switch, value, whole
from clausebook.edit.importers.readers.docx_styles import Style, Styles
from clausebook.edit.importers.readers.symbols import is_symbol_font, symbol
from clausebook.edit.importers.readers.words import SUPERSCRIPT, Span

LINK = re.compile(r'HYPERLINK\s+"([^"]+)"')
BUTTON = re.compile(r"MACROBUTTON\s+\S+\s+(.+)")
SIGN = re.compile(r"SYMBOL\s+(\d+)(?:.*\\f\s+\"?([^\"\\]+))?")
UNKNOWN = "�"
UNSEEN = {f"{W}{name}" for name in (
    "pPr", "rPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "fldData", "tblPr", "tblGrid", "trPr", "tcPr", "rubyPr", "rt",
    "delInstrText", "proofErr", "annotationRef", "footnoteRef", "endnoteRef", "sectPr",
)} | {f"{MC}Fallback", f"{M}rPr", f"{M}ctrlPr"}  # fmt: skip
REMOVED = (f"{W}del", f"{W}moveFrom")
INSERTED = (f"{W}ins", f"{W}moveTo")


@dataclass
class Words:
    """What a paragraph holds, in its order."""

    spans: list[Span] = field(default_factory=list)
    contents: list[Span] = field(default_factory=list)
    """Its words that belong to the list of contents."""
    boxes: list[Any] = field(default_factory=list)
    pictures: list[tuple[str, str | None]] = field(default_factory=list)
    """The id of each, and the words that stand for it."""
    graphics: list[Any] = field(default_factory=list)
    """Each a:graphicData that stands for a chart or a diagram."""
    notes: list[tuple[str, str]] = field(default_factory=list)
    """The kind and the id of each note that it refers to."""
    anchors: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    sizes: dict[float, int] = field(default_factory=dict)
    had_words: bool = False
    """Whether it has any in the file, shown or not."""


@dataclass
class _Field:
    code: str = ""
    shows: bool = False
    chosen: str = ""
    """Of a box to tick or a list to choose from: what it shows."""

    @property
    def is_contents(self) -> bool:
        return self.code.split()[:1] == ["TOC"]


@dataclass(frozen=True)
class _Look:
    run: Any = None
    link: str | None = None


@dataclass
class TextReader:
    """Reads the paragraphs of a story in their order: a field may go on from one to the next."""

    word: WordPackage
    styles: Styles
    part: str
    accepted: bool
    note_marks: dict[tuple[str, str], str]
    fields: list[_Field] = field(default_factory=list)
    in_contents: bool = False
    chain: tuple[Style, ...] = ()
    words: Words = field(default_factory=Words)

    def read(self, paragraph: Any, chain: tuple[Style, ...]) -> Words:
        """What one w:p holds; changes that are tracked are taken as accepted, or as refused."""
        self.words, self.chain = Words(), chain
        self._walk(paragraph, _Look())
        return self.words

    def _walk(self, element: Any, look: _Look) -> None:
        for child in element:
            if child.tag in UNSEEN or not isinstance(child.tag, str):
                continue
            if child.tag in (REMOVED if self.accepted else INSERTED):
                self.words.had_words |= any(text.text for text in child.iter(f"{W}t", f"{W}delText"))
                continue
            reader = self.READERS.get(child.tag)
            if reader:
                reader(self, child, look)
            else:
                self._walk(child, look)

    def _say(self, text: str, look: _Look) -> None:
        self.words.had_words |= bool(text.strip())
        if self.fields and not all(one.shows for one in self.fields):
            return
        if self.styles.toggled("vanish", look.run, self.chain):
            self.words.hidden.append(text)
            return
        own = (
            text.translate(SUPERSCRIPT)
            if value(look.run, "vertAlign") == "superscript" and text.strip().isdigit()
            else text
        )
        size = self.styles.size(look.run, self.chain)
        if size and text.strip():
            self.words.sizes[size] = self.words.sizes.get(size, 0) + len(text)
        if text.strip() and (self.styles.toggled("strike", look.run, self.chain) or switch(look.run, "dstrike")):
            self.words.doubts.append(f"these words are struck through: {text.strip()}")
        link = look.link or next((found[1] for one in self.fields if (found := LINK.search(one.code))), None)
        span = Span(
            own, self.styles.toggled("b", look.run, self.chain), self.styles.toggled("i", look.run, self.chain), link
        )
        is_contents = self.in_contents or any(one.is_contents for one in self.fields)
        (self.words.contents if is_contents else self.words.spans).append(span)

    def _run(self, element: Any, look: _Look) -> None:
        properties = element.find(f"{W}rPr")
        change = properties.find(f"{W}rPrChange/{W}rPr") if properties is not None and not self.accepted else None
        self._walk(element, _Look(properties if change is None else change, look.link))

    def _text(self, element: Any, look: _Look) -> None:
        text = element.text or ""
        font = self.styles.font(look.run, self.chain)
        if is_symbol_font(font):
            text = "".join(symbol(font, ord(sign)) or self._unknown(font) for sign in text)
        self._say(text, look)

    def _symbol(self, element: Any, look: _Look) -> None:
        font, code = element.get(f"{W}font", ""), element.get(f"{W}char", "")
        try:
            self._say(symbol(font, int(code, 16)) or self._unknown(font), look)
        except ValueError:
            self._say(self._unknown(font), look)

    def _unknown(self, font: str) -> str:
        self.words.doubts.append(
            f"a sign of the font {font or 'without a name'} cannot be written here; it stands as {UNKNOWN}"
        )
        return UNKNOWN

    def _break(self, _: Any, look: _Look) -> None:
        self._say("\n", look)

    def _tab(self, _: Any, look: _Look) -> None:
        self._say("\t", look)

    def _hyphen(self, _: Any, look: _Look) -> None:
        self._say("-", look)

    def _soft_hyphen(self, _: Any, __: _Look) -> None:
        """It is seen only where a line of Word ends."""

    def _link(self, element: Any, look: _Look) -> None:
        found = self.word.relationships(self.part).get(element.get(f"{R}id", ""))
        self._walk(element, _Look(look.run, found.target if found and found.is_outside else look.link))

    def _ruby(self, element: Any, look: _Look) -> None:
        self._walk(element, look)
        spoken = "".join(text.text or "" for text in element.iterfind(f"{W}rt//{W}t"))
        self._say(f"({spoken})" if spoken else "", look)

    def _math(self, element: Any, look: _Look) -> None:
        self._say(formula_in_line(element), look)
        self.words.doubts.append("it holds a formula, which is written in one line here")

    def _note(self, element: Any, look: _Look) -> None:
        key = element.tag.removeprefix(W).removesuffix("Reference"), element.get(f"{W}id", "")
        self.words.notes.append(key)
        if not switch(element, "customMarkFollows") and element.get(f"{W}customMarkFollows") is None:
            self._say(self.note_marks.get(key, ""), look)

    def _field_sign(self, element: Any, look: _Look) -> None:
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            self.fields.append(_Field(chosen=_chosen(element)))
        elif kind == "separate" and self.fields:
            self.fields[-1].shows = True
        elif kind == "end" and self.fields:
            self._end(self.fields.pop(), look)

    def _end(self, one: _Field, look: _Look) -> None:
        if one.chosen:  # Word draws it, whatever stands as its result
            self._say(one.chosen, look)
        if one.shows or one.chosen:
            return
        if found := BUTTON.search(one.code):
            self._say(found[1], look)
        elif found := SIGN.search(one.code):
            self._say(symbol((found[2] or "").strip(), int(found[1])) or self._unknown(found[2] or ""), look)
        elif one.code.split()[:1] == ["LISTNUM"]:
            self.words.doubts.append("Word counts a number in the middle of it (LISTNUM), which could not be read")

    def _instruction(self, element: Any, _: _Look) -> None:
        if self.fields:
            self.fields[-1].code += element.text or ""

    def _simple_field(self, element: Any, look: _Look) -> None:
        self.fields.append(_Field(element.get(f"{W}instr", ""), shows=True))
        self._walk(element, look)
        self.fields.pop()

    def _bookmark(self, element: Any, _: _Look) -> None:
        if (name := element.get(f"{W}name")) and name != "_GoBack":
            self.words.anchors.append(name)

    def _drawing(self, element: Any, look: _Look) -> None:
        """A picture, or text boxes; a group may hold both, and a box in a box is read with the outer one."""
        boxes = [
            box
            for box in shown_in(element, f"{W}txbxContent")
            if next(box.iterancestors(f"{W}txbxContent"), None) is _box_around(element)
        ]
        self.words.boxes += boxes
        self.words.pictures += pictures_in(element, boxes)
        for one in element.iter(f"{V}textpath"):
            self._say(one.get("string", ""), look)
        self.words.graphics += [
            one
            for one in shown_in(element, f"{A}graphicData")
            if names_words(one) and not any(box in one.iterancestors() for box in boxes)
        ]

    def _alternatives(self, element: Any, look: _Look) -> None:
        """The first that is offered: what stands in the others is the same, for older programs, unless only they can be shown here."""
        first, older = element.find(f"{MC}Choice"), element.find(f"{MC}Fallback")
        pictures, before = len(self.words.pictures), self._count()
        if first is not None:
            self._walk(first, look)
        if older is None or self._can_show(self.words.pictures[pictures:]):
            return
        if self._count() == before:  # ink, which has no words, and is a picture for older programs
            self._walk(older, look)
            return
        offered = list(pictures_in(older, list(older.iter(f"{W}txbxContent"))))
        if self._can_show(offered):
            self.words.pictures[pictures:] = offered

    def _count(self) -> int:
        words = self.words
        return sum(
            map(
                len,
                (words.spans, words.contents, words.boxes, words.pictures, words.graphics, words.notes, words.hidden),
            )
        )

    def _can_show(self, pictures: list[tuple[str, str | None]]) -> bool:
        """Whether any of these pictures is one that pages can show."""
        found = (self.word.relationships(self.part).get(name) for name, _ in pictures)
        return any(
            Picture("", self.word.package.read(one.target)).ending
            for one in found
            if one is not None and not one.is_outside and one.target in self.word.package
        )

    def _box(self, element: Any, _: _Look) -> None:
        self.words.boxes.append(element)

    READERS: ClassVar[dict[str, Callable[..., None]]] = {
        f"{W}r": _run, f"{W}t": _text, f"{W}delText": _text, f"{W}sym": _symbol,
        f"{W}br": _break, f"{W}cr": _break, f"{W}tab": _tab, f"{W}ptab": _tab,
        f"{W}noBreakHyphen": _hyphen, f"{W}softHyphen": _soft_hyphen, f"{W}hyperlink": _link,
        f"{W}ruby": _ruby, f"{M}oMath": _math, f"{W}footnoteReference": _note,
        f"{W}endnoteReference": _note, f"{W}fldChar": _field_sign, f"{W}instrText": _instruction,
        f"{W}fldSimple": _simple_field, f"{W}bookmarkStart": _bookmark, f"{W}drawing": _drawing,
        f"{W}pict": _drawing, f"{W}object": _drawing, f"{MC}AlternateContent": _alternatives,
        f"{W}txbxContent": _box,
    }  # fmt: skip
    """What each element of a paragraph comes to; any other is looked into, so that no wrapper hides words."""


def _box_around(element: Any) -> Any:
    return next(element.iterancestors(f"{W}txbxContent"), None)


def _chosen(field_sign: Any) -> str:
    box, options = field_sign.find(f"{W}ffData/{W}checkBox"), field_sign.find(f"{W}ffData/{W}ddList")
    if box is not None:
        checked = switch(box, "checked")
        return "☒" if (switch(box, "default") if checked is None else checked) else "☐"
    if options is not None:
        entries = [one.get(f"{W}val", "") for one in options.iterfind(f"{W}listEntry")]
        number = whole(value(options, "result") or value(options, "default"))
        return entries[number] if 0 <= number < len(entries) else ""
    return ""
