"""Ids from words: what a clause or a section is called in its address, before somebody gives it a better name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from clausebook.model.text import plain_words

SMALL = frozenset(
    ["a", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by", "can", "could", "do", "does", "for", "from", "had", "has", "have", "he", "her", "his", "if", "in", "into", "is", "it", "its", "may", "might", "must", "no", "nor", "of", "on", "or", "our", "out", "shall", "she", "should", "so", "such", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "to", "was", "we", "were", "what", "when", "where", "which", "who", "will", "with", "would", "you", "your", "not", "all"]
)  # fmt: skip
LONGEST = 48
WORDS = 5


def fresh_id(text: str, taken: Container[str], kept: str = "") -> str:
    """An id from the first telling words of a text that is not `taken`; `kept` where the text has none. *Not* and *never* tell."""
    plain = unicodedata.normalize("NFKD", plain_words(text)).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", plain))
    telling = [word for word in words if word not in SMALL or word == "not"][:WORDS] or words[:WORDS]
    name = "-".join(telling)[:LONGEST].strip("-") or kept or "clause"
    if name.startswith("cb-"):
        name = f"the-{name}"
    found, count = name, 2
    while found in taken or re.fullmatch(r"(?:con|prn|aux|nul|com\d|lpt\d)", found):
        found, count = f"{name}-{count}", count + 1
    return found
