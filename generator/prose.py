"""Text from YAML as HTML: everything is escaped, and of Markdown only emphasis, strong and safe links are kept."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

LINK = re.compile(r"\[(?P<words>[^\[\]\n]+)\]\((?P<address>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)")
# A host is a name, and at most a port: with a bracket or a user in it an address is none, or leads elsewhere than it says.
SAFE = re.compile(
    r"(https?://[\w.-]+(:[0-9]{1,5})?([/?#][^\s\"'<>]*)?|mailto:[^\s\"'<>/\[\]]+@[^\s\"'<>]+)", re.IGNORECASE
)
STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
EMPHASIS = re.compile(r"(?<![\w*])\*(?=\S)([^*]+?)(?<=\S)\*(?![\w*])")


def is_safe_link(address: str) -> bool:
    """Whether `address` is a web or mail address; anything else could act by itself."""
    return SAFE.fullmatch(address) is not None


def render_prose(text: str) -> Markup:
    """One run of author's text as inline HTML."""
    parts, end = [], 0
    for link in LINK.finditer(text):
        parts.append(_inline(text[end : link.start()]))
        if is_safe_link(link["address"]):
            parts.append(Markup('<a href="{}">{}</a>').format(link["address"], _inline(link["words"])))
        else:
            parts.append(_inline(link.group()))
        end = link.end()
    return Markup("").join([*parts, _inline(text[end:])])


def plain_words(text: str) -> str:
    """The words alone, as a reader sees them: without the signs of emphasis, and with the words of a link for the link."""
    shown = LINK.sub(lambda link: link["words"] if is_safe_link(link["address"]) else link.group(), text)
    return EMPHASIS.sub(r"\1", STRONG.sub(r"\1", shown))


def _inline(text: str) -> Markup:
    escaped = str(escape(text))
    return Markup(EMPHASIS.sub(r"<em>\1</em>", STRONG.sub(r"<strong>\1</strong>", escaped)))  # noqa: S704 — escaped above
