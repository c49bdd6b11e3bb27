"""Text from YAML as HTML: everything is escaped, and of Markdown only emphasis, strong and safe links are kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Literal

from markupsafe import Markup, escape

LIKE_ASCII = str.maketrans("İıſK", "iisk")  # what `re.IGNORECASE` takes for i, s and k
QUOTES_AND_DASHES = str.maketrans({
    **dict.fromkeys("‘’‚‛′`´", "'"), **dict.fromkeys("“”„‟«»″", '"'), **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff"), "…": "...",
})  # fmt: skip
"""Typographic signs as a keyboard has them; those that nobody sees go."""

LINK = re.compile(r"\[(?P<words>[^\[\]\n]+)\]\((?P<address>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)")
# A host is a name, and at most a port: with a bracket or a user in it an address is none, or leads elsewhere than it says.
SAFE = re.compile(
    r"(https?://[\w.-]+(:[0-9]{1,5})?([/?#][^\s\"'<>]*)?|mailto:[^\s\"'<>/\[\]]+@[^\s\"'<>]+|tel:\+?[0-9][0-9-]{1,20})",
    re.IGNORECASE,
)
FILE = re.compile(r"file:(?P<file>[^#?]+)", re.IGNORECASE)
"""A file of the policy, by its path below the policy's folder files/."""
INNER = re.compile(r"(?:policy:(?P<policy>[a-z0-9-]+))?(?:#(?P<clause>[a-z0-9-]+))?")
"""An address within a trust: a clause of the same policy, another policy, a clause of that."""
PARAGRAPH = re.compile(r"\s*\n\s*\n\s*|(?<=[.:;!?”’\"')])[^\S\n]*\n\s*")
"""A blank line, or a line's end where a sentence ends too: of a folded text YAML leaves no more of a blank line."""
FIELD = re.compile(r"(?<!\{)\{(?P<field>[a-z0-9]+(?:-[a-z0-9]+)*)\}(?!\})")
"""What each academy fills in: `{dsl}`."""
STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
EMPHASIS = re.compile(r"(?<![\w*])\*(?=\S)([^*]+?)(?<=\S)\*(?![\w*])")


def is_safe_link(address: str) -> bool:
    """Whether `address` is a web or mail address or a telephone number; anything else could act by itself."""
    return SAFE.fullmatch(address) is not None


def inner_link(address: str) -> re.Match[str] | None:
    """`#clause`, `policy:id` or `policy:id#clause`, as the groups `policy` and `clause`; None for any other address."""
    return INNER.fullmatch(address) if address else None


def file_links(text: str) -> Iterator[str]:
    """The files of the policy that links of a text lead to."""
    return (found["file"] for link in LINK.finditer(text) if (found := FILE.fullmatch(link["address"])))


def is_link(address: str) -> bool:
    """Whether an address is one that a link may have, within the handbook or elsewhere."""
    return bool(is_safe_link(address) or inner_link(address) or FILE.fullmatch(address))


def fields_in(text: str) -> Iterator[str]:
    """The fields that a text leaves to each academy, by their ids."""
    return (found["field"] for found in FIELD.finditer(text)) if "{" in text else iter(())


def fill_in(text: str, values: Mapping[str, str], links: Mapping[str, str]) -> str:
    """`text` with each field that has a value filled in: within a link as it is, elsewhere as `links` has it where it has it."""
    parts, end = [], 0
    for link in LINK.finditer(text):
        parts += [_filled(text[end : link.start()], {**values, **links}), _filled(link.group(), values)]
        end = link.end()
    return "".join((*parts, _filled(text[end:], {**values, **links})))


def name_fields(text: str) -> str:
    """The text as it reads where no academy has filled in its fields: each field by the words of its id."""
    return (
        FIELD.sub(lambda found: f"[your academy’s {found['field'].replace('-', ' ')}]", text) if "{" in text else text
    )


def _filled(text: str, values: Mapping[str, str]) -> str:
    return FIELD.sub(lambda found: values.get(found["field"], found.group()), text)


@dataclass(frozen=True)
class Medium:
    """Where a text is shown: what links can lead to from there. The words of a link that leads nowhere stand alone."""

    to_trust: str | None = None
    """The way to the trust's site, with a slash at its end."""
    to_files: str | None = None
    """The way to the policy's files."""
    is_whole: bool = False
    """Whether the whole policy stands there, each clause at its id."""
    definitions: Mapping[str, str] = field(default_factory=dict)
    """The words that the policy explains, each with the id of the clause that does."""
    shows: Literal["all", "print", "figures", "words"] = "words"
    """Whether figures and forms are shown, shown as paper holds them, only figures are, or both are told in words."""
    to_pdf: str | None = None
    """The way to the PDF in which the policy's forms can be filled in."""

    def find(self, address: str) -> str | None:
        """Where a link leads from here; None for nowhere."""
        if is_safe_link(address):
            return address
        if file := FILE.fullmatch(address):
            return None if self.to_files is None else self.to_files + file["file"]
        inner = inner_link(address)
        if inner is None:
            return None
        clause = f"#{inner['clause']}" if inner["clause"] else ""
        if inner["policy"]:
            return None if self.to_trust is None else f"{self.to_trust}{inner['policy']}/index.html{clause}"
        return clause if self.is_whole else None


QUOTED = Medium()
"""Where a clause stands by itself."""


def render_prose(text: str, medium: Medium = QUOTED) -> Markup:
    """One run of author's text as inline HTML; a blank line parts two paragraphs."""
    parts, end = [], 0
    for link in LINK.finditer(text):
        parts.append(_explained(text[end : link.start()], medium))
        words, address = link["words"], medium.find(link["address"])
        if address is not None:
            parts.append(Markup('<a href="{}">{}</a>').format(address, _inline(words)))
        else:
            parts.append(_inline(words if is_link(link["address"]) else link.group()))
        end = link.end()
    return Markup("").join([*parts, _explained(text[end:], medium)])


def render_paragraphs(text: str, medium: Medium = QUOTED) -> list[Markup]:
    """Each paragraph of author's text as inline HTML."""
    return [render_prose(paragraph, medium) for paragraph in PARAGRAPH.split(text.strip())]


def paragraphs_of(text: str) -> list[str]:
    """Each paragraph as one line."""
    return [" ".join(paragraph.splitlines()) for paragraph in PARAGRAPH.split(text.strip())]


def plain_words(text: str) -> str:
    """The words alone, as a reader sees them: without the signs of emphasis, and with the words of a link for the link."""
    shown = LINK.sub(lambda link: link["words"] if is_link(link["address"]) else link.group(), text)
    return EMPHASIS.sub(r"\1", STRONG.sub(r"\1", shown))


def plain_signs(text: str) -> str:
    """The text with its accents in one form (NFC) and its typographic signs as a keyboard has them."""
    return unicodedata.normalize("NFC", text).translate(QUOTES_AND_DASHES)


@lru_cache(maxsize=20_000)
def as_read(text: str) -> str:
    """The text as a reader's eye takes it in: words alone, with plain signs and one plain space between them."""
    return " ".join(plain_signs(plain_words(text)).split())


def find_phrase(phrase: str, text: str) -> str | None:
    """The words of `text` that are `phrase`, whatever their case, typography and emphasis; None where they do not stand there."""
    if phrase.isascii() and as_read(phrase).lower() not in _in_small_letters(text):
        return None  # most phrases stand in few texts, and this is ten times as quick to find out
    found = _phrase(phrase).search(as_read(text))
    return found.group() if found else None


@lru_cache(maxsize=20_000)
def _in_small_letters(text: str) -> str:
    """As a pattern that ignores case reads a text: it takes four letters that ASCII lacks for letters that it has."""
    return as_read(text).translate(LIKE_ASCII).lower()


def without_phrase(phrase: str, text: str) -> str:
    """`text`, as it is read, without the phrase."""
    return _phrase(phrase).sub(" ", as_read(text))


@cache
def _phrase(phrase: str) -> re.Pattern[str]:
    plain = as_read(phrase)
    end = "" if plain[-1:].isdigit() else r"(?!\w)"
    return re.compile(rf"(?<!\w){re.escape(plain)}{end}", re.IGNORECASE)


def _explained(text: str, medium: Medium) -> Markup:
    """As `_inline`, with a link from the first of each word that the policy explains to the clause that does."""
    if not medium.definitions:
        return _inline(text)
    parts, end, told = [], 0, set[str]()
    for found in _any_of(tuple(medium.definitions)).finditer(text):
        clause = medium.definitions.get(found[0]) or medium.definitions[found[0][0].lower() + found[0][1:]]
        if clause not in told:
            told.add(clause)
            parts += [
                _inline(text[end : found.start()]),
                Markup('<a class="cb-defined" href="#{}">{}</a>').format(clause, found[0]),
            ]
            end = found.end()
    return Markup("").join([*parts, _inline(text[end:])])


@cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """The longest first, so that a word within another does not hide it; any may begin a sentence."""
    either = (
        f"[{word[0]}{word[0].upper()}]{re.escape(word[1:])}" if word[0].islower() else re.escape(word)
        for word in sorted(words, key=len, reverse=True)
    )
    return re.compile(rf"(?<![\w-])(?:{'|'.join(either)})(?![\w-])")


def _inline(text: str) -> Markup:
    escaped = PARAGRAPH.sub("<br><br>", str(escape(text)))
    return Markup(EMPHASIS.sub(r"<em>\1</em>", STRONG.sub(r"<strong>\1</strong>", escaped)))  # noqa: S704 — escaped above
