"""The words of one paragraph of an OpenDocument file, with their looks; and what hangs in it: pictures, text boxes, notes, bookmarks."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar

from clausebook.edit.importers.readers.docx_package import whole
from clausebook.edit.importers.readers.odt_objects import body_of, formula_in_line, is_formula, open_object
from clausebook.edit.importers.readers.odt_styles import DRAW, OFFICE, SVG, TEXT, Styles, is_bold
from clausebook.edit.importers.readers.packages import Package
from clausebook.edit.importers.readers.words import SUPERSCRIPT, Span, note_mark

HREF = "{http://www.w3.org/1999/xlink}href"
WHITE = re.compile(r"[ \t\r\n]+")
CREATOR, DATE = ("{http://purl.org/dc/elements/1.1/}" + name for name in ("creator", "date"))
UNSEEN = {
    f"{TEXT}soft-page-break",
    f"{TEXT}tracked-changes",
    f"{TEXT}change",
    f"{TEXT}change-start",
    f"{TEXT}change-end",
}

SHAPES = tuple(DRAW + name for name in (
    "custom-shape", "rect", "g", "ellipse", "circle", "line", "polyline", "polygon", "regular-polygon", "path", "connector", "caption", "measure",
))  # fmt: skip


@dataclass
class Words:
    """What a paragraph holds, in its order."""

    spans: list[Span] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    pictures: list[tuple[list[str], str | None]] = field(default_factory=list)
    """The parts that each is in, in one form or another, and the words that stand for it."""
    objects: list[Any] = field(default_factory=list)
    """The roots of what other programs put in, such as charts."""
    notes: list[tuple[str, Any]] = field(default_factory=list)
    """The mark and the body of each note."""
    anchors: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Look:
    styles: tuple[tuple[str, str | None], ...]
    """Family and name of the styles around the words, the nearest first."""
    link: str | None = None


@dataclass
class TextReader:
    """Reads one paragraph."""

    styles: Styles
    package: Package
    words: Words = field(default_factory=Words)

    def read(self, paragraph: Any) -> Words:
        """What one text:p or text:h holds."""
        self._walk(paragraph, _Look((("paragraph", paragraph.get(f"{TEXT}style-name")),)))
        return self.words

    def read_frame(self, frame: Any) -> Words:
        """What a frame holds that hangs in no paragraph."""
        self.READERS[frame.tag](self, frame, _Look(()))
        return self.words

    def _walk(self, element: Any, look: _Look) -> None:
        self._say(WHITE.sub(" ", element.text or ""), look)
        for child in element:
            if child.tag not in UNSEEN:
                reader = self.READERS.get(child.tag)
                if reader:
                    reader(self, child, look)
                else:
                    self._walk(child, look)
            self._say(WHITE.sub(" ", child.tail or ""), look)

    def _say(self, text: str, look: _Look) -> None:
        if not text:
            return
        around = list(look.styles)
        if self.styles.of_words(around, "display") == "none":
            self.words.hidden.append(text)
            return
        if text.strip() and self.styles.of_words(around, "text-line-through-style") not in ("", "none"):
            self.words.doubts.append(f"these words are struck through: {text.strip()}")
        raised = self.styles.of_words(around, "text-position").startswith("super") and text.strip().isdigit()
        bold, italic = (
            is_bold(self.styles.of_words(around, "font-weight")),
            self.styles.of_words(around, "font-style") == "italic",
        )
        self.words.spans.append(Span(text.translate(SUPERSCRIPT) if raised else text, bold, italic, look.link))

    def _span(self, element: Any, look: _Look) -> None:
        self._walk(element, _Look((("text", element.get(f"{TEXT}style-name")), *look.styles), look.link))

    def _link(self, element: Any, look: _Look) -> None:
        self._walk(element, _Look(look.styles, element.get(HREF)))

    def _spaces(self, element: Any, look: _Look) -> None:
        self._say(" " * min(whole(element.get(f"{TEXT}c"), 1), 1000), look)

    def _tab(self, _: Any, look: _Look) -> None:
        self._say("\t", look)

    def _break(self, _: Any, look: _Look) -> None:
        self._say("\n", look)

    def _note(self, element: Any, look: _Look) -> None:
        citation, body = element.find(f"{TEXT}note-citation"), element.find(f"{TEXT}note-body")
        mark = note_mark("".join(citation.itertext()).strip()) if citation is not None else "[*]"
        self._say(mark, look)
        self.words.notes.append((mark, body))

    def _bookmark(self, element: Any, _: _Look) -> None:
        if name := element.get(f"{TEXT}name"):
            self.words.anchors.append(name)

    def _frame(self, element: Any, look: _Look) -> None:
        """A text box, a picture, or what another program put in; a picture may be there in several forms for several programs."""
        box = element.find(f"{DRAW}text-box")
        told = next(
            (one.text for name in ("desc", "title") if (one := element.find(SVG + name)) is not None and one.text), None
        )
        if box is not None:
            self.words.boxes.append(box)
            return
        if (own := element.find(f"{DRAW}object")) is not None and self._object(own, look):
            return
        images = [href.removeprefix("./") for one in element.iterfind(f"{DRAW}image") if (href := one.get(HREF))]
        if images:
            self.words.pictures.append((images, told))
        elif own is not None:
            self.words.doubts.append("it holds an object of another program, whose words could not be read")

    def _object(self, element: Any, look: _Look) -> bool:
        """Whether its words could be read."""
        root = next(iter(element), None)
        root = open_object(self.package, element.get(HREF) or "") if root is None else root
        if root is None:
            return False
        if is_formula(root):
            self._say(formula_in_line(root), look)
            self.words.doubts.append("it holds a formula, which is written in one line here")
            return True
        body = body_of(root)
        if body is not None:
            self.words.objects.append(body)
        return body is not None

    def _shape(self, element: Any, _: _Look) -> None:
        """A shape with words in it, or several shapes and pictures that are one."""
        has_words = any("".join(part.itertext()).strip() for part in element.iter(f"{TEXT}p"))
        if has_words or next(element.iter(f"{DRAW}image", f"{DRAW}object"), None) is not None:
            self.words.boxes.append(element)

    def _ruby(self, element: Any, look: _Look) -> None:
        base, spoken = element.find(f"{TEXT}ruby-base"), element.find(f"{TEXT}ruby-text")
        if base is not None:
            self._walk(base, look)
        self._say(f"({''.join(spoken.itertext())})" if spoken is not None else "", look)

    def _skip(self, _: Any, __: _Look) -> None:
        """Comments are read apart."""

    READERS: ClassVar[dict[str, Callable[..., None]]] = {
        f"{TEXT}span": _span, f"{TEXT}a": _link, f"{TEXT}s": _spaces, f"{TEXT}tab": _tab, f"{TEXT}line-break": _break,
        f"{TEXT}note": _note, f"{TEXT}bookmark": _bookmark, f"{TEXT}bookmark-start": _bookmark, f"{DRAW}frame": _frame,
        **dict.fromkeys(SHAPES, _shape), f"{TEXT}ruby": _ruby,
        f"{OFFICE}annotation": _skip, f"{OFFICE}annotation-end": _skip,
    }  # fmt: skip
