"""The words of a clause as an author writes them, from what came back: what nobody changed stays to the letter, with its links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from clausebook.edit.take.lines import Line
from clausebook.edit.take.shapes import shape_of
from clausebook.model.outline import Part
from clausebook.model.text import LINK, Medium, is_link, paragraphs_of, plain_words

BREAK = re.compile(r"\s*\n\s*")
Words = Sequence[tuple[Line, Part | None]]


def changed_text(old: str | None, now: Words, medium: Medium) -> str | None:
    """The new text; None where nobody changed it. `medium` is where the links of the file led."""
    before = paragraphs_of(old) if old else []
    after = [_paragraph(line, part, before, medium) for line, part in now if line.read]
    return None if after == before else "\n\n".join(after)


def changed_line(old: str, line: Line) -> str | None:
    """As `changed_text`, of a title or a heading, which is one line and is bold by its style."""
    now = " ".join(line.text.split())
    return None if _plain(old) == _plain(now) else now


def _paragraph(line: Line, part: Part | None, before: Sequence[str], medium: Medium) -> str:
    """A paragraph that somebody left as it was is the author's own to the letter."""
    is_of_clause = shape_of(line).kind in ("clause", "item", "more")
    own = _with_looks(line) if is_of_clause else BREAK.sub(" ", line.text).strip()
    known = [part.text] if part else []
    show = _shown if is_of_clause and not line.note else _plain  # before a footnote's mark no emphasis is read
    same = next((text for text in (*known, *before) if show(text) == show(own)), None)
    return same if same is not None else restore_links(own, known or before, medium)


def _with_looks(line: Line) -> str:
    """A paragraph that is bold or italic as a whole says so in its look alone."""
    text = BREAK.sub(" ", line.text).strip()
    sign = {(True, False): "**", (False, True): "*"}.get((line.block.look.bold, line.block.look.italic), "")
    return f"{sign}{text}{sign}" if sign and text and "*" not in text else text


def _shown(text: str) -> str:
    """What a reader sees of it, with its emphasis: of a link the words alone."""
    shown = LINK.sub(lambda link: link["words"] if is_link(link["address"]) else link.group(), text)
    return " ".join(shown.replace("\N{NO-BREAK SPACE}", " ").split())


def _plain(text: str) -> str:
    """As `_shown`, of what is bold by its style, so that no emphasis can be seen in it."""
    return plain_words(_shown(text))


def restore_links(text: str, before: Iterable[str], medium: Medium) -> str:
    """The text with the links that it had: Word shows only where they led from the file, if they led anywhere."""
    for link in (found for old in before for found in LINK.finditer(old) if is_link(found["address"])):
        shown = medium.find(link["address"])
        if shown and f"]({shown})" in text:
            text = text.replace(f"]({shown})", f"]({link['address']})")
        elif link.group() not in text:
            text = _link_again(text, link)
    return text


def _link_again(text: str, link: re.Match[str]) -> str:
    """The first place outside of other links where its words stand, as the link that they were."""
    words = plain_words(link["words"])
    taken = [found.span() for found in LINK.finditer(text)]
    for found in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text):
        if not any(first < found.end() and found.start() < end for first, end in taken):
            return text[: found.start()] + link.group() + text[found.end() :]
    return text
