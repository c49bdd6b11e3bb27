"""Runs of words with their looks, written as the text of a block: **bold**, *italic*, [links](https://…); what nobody sees is taken out."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from clausebook.edit.importers.marks import Marked, split_mark
from clausebook.model.text import is_safe_link

UNSEEN = {"\u200b": "zero-width space", "\u2060": "word joiner", "\ufeff": "byte order mark", "\u00ad": "soft hyphen"}
JOINERS = {"\u200c": "zero-width non-joiner", "\u200d": "zero-width joiner"}
TURNS = dict.fromkeys(
    "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    "sign that turns the direction of the text",
)
LATIN = re.compile(r"[\x00-\u024f\u2000-\u206f]")
SPACES = re.compile(r"[^\S\n]+")
AROUND_BREAK = re.compile(r" *\n *")
RTL = ("R", "AL")
SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Span:
    """Words of one look."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str | None = None


@dataclass(frozen=True)
class Written:
    """A paragraph's words as a block has them."""

    marked: Marked
    """With the looks of its words in the text."""
    bold: bool
    """All of them."""
    italic: bool


def clean(text: str) -> tuple[str, Counter[str]]:
    """The text without what nobody sees, each kind of space as a space; and what was taken out, by its name."""
    gone: Counter[str] = Counter()
    kept = []
    turned = any(unicodedata.bidirectional(sign) in RTL for sign in text)
    for place, sign in enumerate(text):
        name = UNSEEN.get(sign) or (None if turned else TURNS.get(sign))
        if (
            sign in JOINERS
            and LATIN.fullmatch(text[place - 1 : place] or " ")
            and LATIN.fullmatch(text[place + 1 : place + 2] or " ")
        ):
            name = JOINERS[sign]
        if name is None and unicodedata.category(sign) in ("Cc", "Cn") and sign not in "\t\n":
            name = "control sign"
        if name:
            gone[name] += 1
        else:
            kept.append("\n" if sign in "\u2028\u2029" else " " if unicodedata.category(sign) == "Zs" else sign)
    return unicodedata.normalize("NFC", "".join(kept)), gone


def clean_spans(spans: Iterable[Span]) -> tuple[list[Span], Counter[str]]:
    """The same for spans."""
    cleaned, gone = [], Counter[str]()
    for span in spans:
        text, out = clean(span.text)
        cleaned.append(replace(span, text=text))
        gone += out
    return cleaned, gone


def note_mark(text: str) -> str:
    """The mark of a note as the text bears it: ¹, or [i] where it is no figure."""
    return text.translate(SUPERSCRIPT) if text.isdigit() else f"[{text}]"


def told(gone: Counter[str]) -> tuple[str, ...]:
    """What `clean` took out, in words: `3 × zero-width space`."""
    return tuple(f"{count} × {name}" for name, count in sorted(gone.items()))


def is_right_to_left(texts: Iterable[str]) -> bool:
    """Whether most letters of a document run from right to left."""
    ways = Counter(unicodedata.bidirectional(sign) for text in texts for sign in text)
    turned = sum(ways[way] for way in RTL)
    return turned > ways["L"]


def plain(spans: Iterable[Span]) -> str:
    """The words alone."""
    return "".join(span.text for span in spans)


def write_words(spans: Sequence[Span], *, split: bool = True) -> Written:
    """The words of one paragraph; its typed mark is parted from them where `split` is true."""
    spans = _tidy(spans)
    shown = [span for span in spans if span.text.strip()]
    marked = split_mark(plain(spans)) if split else Marked("", plain(spans))
    words = _without_start(spans, len(plain(spans)) - len(marked.text))
    seen = (
        [span for span in words if any(sign.isalnum() for sign in span.text)]
        or [span for span in words if span.text.strip()]
        or shown
    )
    bold = bool(seen) and all(span.bold for span in seen)
    italic = bool(seen) and all(span.italic for span in seen)
    words = [replace(span, bold=span.bold and not bold, italic=span.italic and not italic) for span in words]
    text = _write_all(list(_joined(words))).strip()
    return Written(replace(marked, text=AROUND_BREAK.sub("\n", SPACES.sub(" ", text))), bold, italic)


def _tidy(spans: Sequence[Span]) -> list[Span]:
    """Without the spaces at the start and the end, so that what `split_mark` returns is the end of it."""
    spans = [span for span in spans if span.text]
    while spans and not spans[0].text.lstrip():
        spans = spans[1:]
    while spans and not spans[-1].text.rstrip():
        spans = spans[:-1]
    if spans:
        spans[0] = replace(spans[0], text=spans[0].text.lstrip())
        spans[-1] = replace(spans[-1], text=spans[-1].text.rstrip())
    return spans


def _without_start(spans: Sequence[Span], length: int) -> list[Span]:
    kept = []
    for span in spans:
        kept.append(replace(span, text=span.text[length:]))
        length = max(0, length - len(span.text))
    return [span for span in kept if span.text]


def _joined(spans: Iterable[Span]) -> Iterable[Span]:
    """Neighbours of one look as one; spaces between two of them have the look of both."""
    fixed: list[Span] = []
    for span in spans:
        looks = replace(fixed[-1], text=span.text) if fixed and not span.text.strip() and not span.link else span
        fixed.append(looks)
    for _, group in groupby(fixed, key=lambda span: (span.bold, span.italic, span.link)):
        alike = list(group)
        yield replace(alike[0], text=plain(alike))


def _write_all(spans: Sequence[Span]) -> str:
    """*Italic* is one only between words, and `***` would be read in two ways: there it goes without."""
    text = ""
    for place, span in enumerate(spans):
        after = spans[place + 1] if place + 1 < len(spans) else Span(" ")
        behind = after.text[:1] if not after.bold else "*"
        inside = " " if span.text[:1].isspace() else text[-1:] or " ", " " if span.text[-1:].isspace() else behind
        close = any(sign in "*_" or sign.isalnum() for sign in inside)
        text += _write(replace(span, italic=span.italic and not span.bold and not close))
    return text


def _write(span: Span) -> str:
    """Signs of emphasis stand close to the words, or they would be none."""
    words = SPACES.sub(" ", span.text)
    core = words.strip()
    if not core:
        return words
    start, end = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    if "\n" not in core and "*" not in core and any(sign.isalnum() for sign in core):
        core = f"**{core}**" if span.bold else f"*{core}*" if span.italic else core
    if span.link and is_safe_link(span.link) and not {"[", "]", "\n"} & set(core):
        core = f"[{core}]({span.link})"
    return start + core + end
