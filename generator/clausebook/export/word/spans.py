"""Author's text as runs of a Word file: words with their emphasis, where a link leads, what an academy fills in, what was tracked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from clausebook.model.text import EMPHASIS, FIELD, LINK, STRONG, Medium, is_link

Tracked = Literal["inserted", "deleted"]
Control = Literal["field", "text", "date", "tick"]


@dataclass(frozen=True)
class Span:
    """Words that look alike."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str | None = None
    """An address, or `#` and the id of a clause of the same document."""
    control: Control | None = None
    """Whether it is something to fill in."""
    note: tuple[Span, ...] = ()
    """The footnote that its mark refers to; it then has no text."""
    style: str | None = None
    tracked: Tracked | None = None


def spans_of(text: str, medium: Medium) -> tuple[Span, ...]:
    """One paragraph of limited Markdown; the words of a link that leads nowhere from a Word file stand alone."""
    return tuple(piece for span in _linked(text, medium) for piece in _with_fields(span))


def shorten(spans: Iterable[Span], first: int, end: int) -> Iterator[Span]:
    """The part of the spans from one sign to before another; a footnote's mark counts as one sign."""
    place = 0
    for span in spans:
        start, place = place, place + length_of(span)
        if span.note:
            if first <= start < end:
                yield span
        elif words := span.text[max(first - start, 0) : max(end - start, 0)]:
            yield replace(span, text=words)


def length_of(span: Span) -> int:
    return 1 if span.note else len(span.text)


def track(spans: Iterable[Span], how: Tracked | None) -> tuple[Span, ...]:
    """The same spans, inserted or deleted."""
    return tuple(replace(span, tracked=how) for span in spans)


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Neighbours that look alike as one."""
    found: list[Span] = []
    for span in spans:
        if found and not span.note and not found[-1].note and replace(found[-1], text="") == replace(span, text=""):
            found[-1] = replace(span, text=found[-1].text + span.text)
        else:
            found.append(span)
    return tuple(found)


def _linked(text: str, medium: Medium) -> Iterator[Span]:
    end = 0
    for link in LINK.finditer(text):
        yield from _emphasised(text[end : link.start()], Span(""))
        address = medium.find(link["address"])
        shown = link["words"] if address is not None or is_link(link["address"]) else link.group()
        yield from _emphasised(shown, Span("", link=address))
        end = link.end()
    yield from _emphasised(text[end:], Span(""))


def _emphasised(text: str, like: Span) -> Iterator[Span]:
    for pattern, looks in ((STRONG, replace(like, bold=True)), (EMPHASIS, replace(like, italic=True))):
        if found := pattern.search(text):
            yield from _emphasised(text[: found.start()], like)
            yield from _emphasised(found[1], looks)
            yield from _emphasised(text[found.end() :], like)
            return
    if text:
        yield replace(like, text=text)


def _with_fields(span: Span) -> Iterator[Span]:
    end = 0
    for found in FIELD.finditer(span.text) if not span.link else ():
        if words := span.text[end : found.start()]:
            yield replace(span, text=words)
        yield replace(span, text=found[0], control="field")
        end = found.end()
    if words := span.text[end:]:
        yield replace(span, text=words)
