"""Text from YAML as HTML: everything is escaped, and of Markdown only emphasis, strong and safe links are kept."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from markupsafe import Markup, escape

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
INNER = re.compile(r"(?:policy:(?P<policy>[a-z0-9-]+))?(?:#(?P<clause>[a-z0-9-]+))?")
"""An address within a trust: a clause of the same policy, another policy, a clause of that."""
PARAGRAPH = re.compile(r"\s*\n\s*\n\s*|(?<=[.:;!?”’\"')])[^\S\n]*\n\s*")
"""A blank line, or a line's end where a sentence ends too: of a folded text YAML leaves no more of a blank line."""
STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
EMPHASIS = re.compile(r"(?<![\w*])\*(?=\S)([^*]+?)(?<=\S)\*(?![\w*])")


def is_safe_link(address: str) -> bool:
    """Whether `address` is a web or mail address or a telephone number; anything else could act by itself."""
    return SAFE.fullmatch(address) is not None


def inner_link(address: str) -> re.Match[str] | None:
    """`#clause`, `policy:id` or `policy:id#clause`, as the groups `policy` and `clause`; None for any other address."""
    return INNER.fullmatch(address) if address else None


def render_prose(text: str, root: str | None = None) -> Markup:
    """One run of author's text as inline HTML; a blank line parts two paragraphs.

    `root` leads from a page of a policy to its trust's site: only there are links within the trust followed, elsewhere their words
    stand alone.
    """
    parts, end = [], 0
    for link in LINK.finditer(text):
        parts.append(_inline(text[end : link.start()]))
        if is_safe_link(link["address"]):
            parts.append(Markup('<a href="{}">{}</a>').format(link["address"], _inline(link["words"])))
        elif inner := inner_link(link["address"]):
            words = _inline(link["words"])
            address = _address(inner, root)
            parts.append(words if address is None else Markup('<a href="{}">{}</a>').format(address, words))
        else:
            parts.append(_inline(link.group()))
        end = link.end()
    return Markup("").join([*parts, _inline(text[end:])])


def plain_words(text: str) -> str:
    """The words alone, as a reader sees them: without the signs of emphasis, and with the words of a link for the link."""
    shown = LINK.sub(
        lambda link: link["words"] if is_safe_link(link["address"]) or inner_link(link["address"]) else link.group(),
        text,
    )
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
    found = _phrase(phrase).search(as_read(text))
    return found.group() if found else None


def without_phrase(phrase: str, text: str) -> str:
    """`text`, as it is read, without the phrase."""
    return _phrase(phrase).sub(" ", as_read(text))


@cache
def _phrase(phrase: str) -> re.Pattern[str]:
    plain = as_read(phrase)
    end = "" if plain[-1:].isdigit() else r"(?!\w)"
    return re.compile(rf"(?<!\w){re.escape(plain)}{end}", re.IGNORECASE)


def _address(inner: re.Match[str], root: str | None) -> str | None:
    if root is None:
        return None
    page = f"{root}{inner['policy']}/index.html" if inner["policy"] else ""
    return f"{page}#{inner['clause']}" if inner["clause"] else page


def _inline(text: str) -> Markup:
    escaped = PARAGRAPH.sub("<br><br>", str(escape(text)))
    return Markup(EMPHASIS.sub(r"<em>\1</em>", STRONG.sub(r"<strong>\1</strong>", escaped)))  # noqa: S704 — escaped above
