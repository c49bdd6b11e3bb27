"""What the words of a block tell about it: whether it leads into a list, goes on from one, or would say the opposite if read alone."""

from __future__ import annotations

import re

from clausebook.check.lead_ins import FINITE, FORBIDS, NAMED
from clausebook.model.text import as_read

OPEN_END = re.compile(
    r"(?:\b(?:to|that|not|must|should|shall|will|may|can|and|or|by|for|of|from|with|are|is|be|including|include|includes|following|"
    r"example|when|if|where|the|never)|[:,;–—-])$",
    re.IGNORECASE,
)
"""How a sentence ends that goes on below."""
GOES_ON = re.compile(
    r"(?:and|or|but|unless|except|in which case|otherwise|nor|this list|these lists?|the above|the list above|this includes|these include|any of the above|all of the above|"
    r"the examples? above|the following also)\b",
    re.IGNORECASE,
)
"""How a sentence begins that belongs to the list above it."""
MOST_LABEL_WORDS = 6
CAPTION = re.compile(r"(?:table|figure|fig\.?|diagram)\s*\d+", re.IGNORECASE)


def leads_in(text: str) -> bool:
    """Whether a sentence is not whole without what stands below it."""
    words = as_read(text).rstrip(" *")
    return bool(OPEN_END.search(words)) and not words.endswith("etc,")


def is_label(text: str) -> bool:
    """Whether words only name what stands below them, such as `Unacceptable` over a list."""
    words = as_read(text)
    return len(words.split()) <= MOST_LABEL_WORDS and not words.endswith((".", ";", "!", "?", ","))


def goes_on(text: str) -> bool:
    """Whether a paragraph after a list belongs to it."""
    words = as_read(text)
    return starts_within(words) or bool(GOES_ON.match(words))


def starts_within(text: str) -> bool:
    """Whether it starts in lower case, and not with a name such as iPads or eSafety."""
    word = re.match(r"[\w-]+", as_read(text))
    return as_read(text)[:1].islower() and not (word and any(sign.isupper() for sign in word[0]))


def stands_alone(text: str) -> bool:
    """Whether a sentence says of whom it speaks, or has a verb of its own force."""
    sentence = re.split(r"(?<=[.;:!?])\s", as_read(text))[0]
    return not starts_within(sentence) and bool(NAMED.match(sentence) or FINITE.search(sentence))


def forbids(text: str) -> bool:
    """Whether words say that what follows them is not to be done."""
    return bool(FORBIDS.search(as_read(text)) or re.search(r"\bdon'?ts?\b", as_read(text), re.IGNORECASE))
