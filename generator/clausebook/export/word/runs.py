"""Spans as the runs of a paragraph: hyperlinks, content controls, footnotes, tracked insertions and deletions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from clausebook.export.word.pictures import Drawing
from clausebook.export.word.spans import Control, Span, Tracked
from clausebook.export.word.xml import Element, make, text
from clausebook.model.word_identity import bookmark_of

TAGS = {"inserted": "w:ins", "deleted": "w:del"}
HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
CONTROL_NAMES: dict[Control, str] = {"field": "Each academy fills this in", "text": "Fill in", "date": "Date", "tick": "Tick"}  # fmt: skip


@dataclass(frozen=True)
class Author:
    """Who is named for tracked changes, and when."""

    name: str
    date: str


@dataclass
class Assembly:
    """What the parts of one Word file share: numbers that may stand once only, targets of links, pictures, footnotes."""

    author: Author
    anchors: frozenset[str] = frozenset()
    """What has a bookmark, so that a link can lead there."""
    links: dict[str, str] = field(default_factory=dict)
    """The id of the relationship to each address."""
    pictures: dict[str, tuple[str, Drawing]] = field(default_factory=dict)
    """The id of the relationship to each picture, by its name."""
    footnotes: list[Element] = field(default_factory=list)
    _last: int = 0

    def next_id(self) -> int:
        """One that nothing else in the file has, be it a bookmark, a tracked change or a control."""
        self._last += 1
        return self._last

    def link(self, address: str) -> str:
        return self.links.setdefault(address, f"rIdLink{len(self.links) + 1}")

    def picture(self, drawing: Drawing) -> str:
        own = self.pictures.setdefault(drawing.name, (f"rIdPicture{len(self.pictures) + 1}", drawing))
        return own[0]

    def tracked(self, how: Tracked, *children: Element) -> Element:
        return make(TAGS[how], *children, id=self.next_id(), author=self.author.name, date=self.author.date)

    def bookmark(self, name: str) -> Iterator[Element]:
        """A point: its start and its end at one place."""
        number = self.next_id()
        yield make("w:bookmarkStart", id=number, name=bookmark_of(name))
        yield make("w:bookmarkEnd", id=number)


def runs_of(spans: Iterable[Span], assembly: Assembly) -> Iterator[Element]:
    """The content of a paragraph."""
    for link, linked in groupby(spans, key=lambda span: span.link):
        content = _content(tuple(linked), assembly)
        if link is None:
            yield from content
        elif not link.startswith("#"):
            yield make("w:hyperlink", *content, r_id=assembly.link(link), history=1)
        elif link[1:] in assembly.anchors:
            yield make("w:hyperlink", *content, anchor=bookmark_of(link[1:]), history=1)
        else:
            yield from content


def _content(spans: tuple[Span, ...], assembly: Assembly) -> Iterator[Element]:
    for (how, control), alike in groupby(spans, key=lambda span: (span.tracked, span.control)):
        runs = [run for span in alike for run in _runs(span, assembly)]
        content = [assembly.tracked(how, *runs)] if how else runs
        yield from [_control(control, content, assembly)] if control and how != "deleted" else content


def _runs(span: Span, assembly: Assembly) -> Iterator[Element]:
    if span.note:
        yield make("w:r", make("w:rPr", make("w:rStyle", val="FootnoteReference")), _footnote(span.note, assembly))
        return
    looks = _looks(span)
    deleted = span.tracked == "deleted"
    for place, line in enumerate(span.text.split("\n")):
        for number, words in enumerate(line.split("\t")):
            if place and not number:
                yield make("w:r", _looks(span), make("w:br"))
            if number:
                yield make("w:r", _looks(span), make("w:tab"))
            if words:
                yield make("w:r", looks, text(words, deleted=deleted))
                looks = _looks(span)


def _looks(span: Span) -> Element | None:
    style = span.style or ("Hyperlink" if span.link else "AcademyField" if span.control == "field" else None)
    if not (style or span.bold or span.italic):
        return None
    return make(
        "w:rPr", make("w:rStyle", val=style) if style else None,
        make("w:b") if span.bold else None, make("w:bCs") if span.bold else None,
        make("w:i") if span.italic else None, make("w:iCs") if span.italic else None,
    )  # fmt: skip


def _footnote(spans: tuple[Span, ...], assembly: Assembly) -> Element:
    number = len(assembly.footnotes) + 1
    mark = make("w:r", make("w:rPr", make("w:rStyle", val="FootnoteReference")), make("w:footnoteRef"))
    paragraph = make("w:p", make("w:pPr", make("w:pStyle", val="FootnoteText")), mark, make("w:r", text(" ")))
    note = make("w:footnote", paragraph, id=number)
    assembly.footnotes.append(note)
    paragraph.extend(runs_of(spans, assembly))
    return make("w:footnoteReference", id=number)


def _control(control: Control, content: list[Element], assembly: Assembly) -> Element:
    kinds = {
        "date": lambda: make("w:date", make("w:dateFormat", val="d MMMM yyyy"), make("w:lid", val="en-GB")),
        "tick": lambda: make(
            "w14:checkbox", make("w14:checked", w14_val=0), make("w14:checkedState", w14_val="2612", w14_font="MS Gothic"),
            make("w14:uncheckedState", w14_val="2610", w14_font="MS Gothic"),
        ),
    }  # fmt: skip
    kind = kinds[control]() if control in kinds else make("w:text")
    about = make("w:sdtPr", make("w:alias", val=CONTROL_NAMES[control]), make("w:tag", val=control), make("w:id", val=assembly.next_id()),
                 make("w:showingPlcHdr") if control in ("text", "date") else None, kind)  # fmt: skip
    return make("w:sdt", about, make("w:sdtContent", *content))
