"""How alike two texts are, and whether they differ in no more than their typing.

A text that is wrongly held to be the same lets staff miss a rule; one that is wrongly held to be another costs HR one
click. So only what cannot change a meaning counts as typing, and every doubt goes the other way. There is no measure of
letters here: `contact` and `contract`, `employer` and `employee`, `prescribe` and `proscribe` are one letter apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz.distance import Indel

from clausebook.model import Modality
from clausebook.model.text import plain_signs

TOKEN = re.compile(
    r"""
      (?P<exact> (?:https?://|mailto:|www\.)[^\s()<>"']*[^\s()<>"'.,;:!]   # an address
               | [^\s()<>"',;:]{1,64}@[^\s()<>"',;:]*\w                     # an email address: before its @ no more (RFC 5321, 4.5.3.1.1)
               | [^\W\d_]*\d(?:[\w]|[.,:/-](?=\w))* )                      # a number, a date, a clause: 1.10 is not 1.1
    | (?P<word> [^\W\d_]+(?:'[^\W\d_]+)* )
    | (?P<sign> [^\w\s.,;:!'"()\[\]*_-]                                    # £ % & / ? and the like
              | (?<=\bno)[.,;:!] | (?<=\bnot)[.,;:!] | (?<=\bnever)[.,;:!] # “No, staff may” is not “No staff may”
              | [.,;:!](?=\s+(?:not|never)\b) )
    """,
    re.VERBOSE | re.IGNORECASE,
)
EMPHASISED = frozenset({"all", "any", "may", "must", "no", "not", "only"})
SEPARABLE = frozenset({"anti", "co", "de", "dis", "ex", "in", "mis", "non", "over", "pre", "re", "un", "under"})
SPELLINGS = (
    (7, re.compile(r"([a-z])\1"), r"\1"),  # accomodate, accommodate
    (7, re.compile(r"z"), "s"),  # authorize, authorise
    (7, re.compile(r"ei"), "ie"),  # recieve, receive
    (6, re.compile(r"our"), "or"),  # behavior, behaviour
)  # fmt: skip
"""Ways to spell one word, and how long the longer of the two must be: `planing` is not `planning`, but `off` is not `of`."""

FORCE_WORDS: dict[Modality, str] = {
    "must": "must",
    "must-not": "must not",
    "should": "should",
    "should-not": "should not",
    "may": "may",
}


def words_of(text: str) -> list[str]:
    """The words of `text` in order, without case and punctuation."""
    return re.findall(r"\w+(?:'\w+)*", plain_signs(text).casefold())


def similarity_of(one: Sequence[str], other: Sequence[str]) -> int:
    """How many of both texts' words stand in the same order in both, from 0 to 100."""
    return int(100 * Indel.normalized_similarity(one, other))


def is_same_but_for_typing(before: str, after: str) -> bool:
    """Whether case, punctuation, spaces, typographic signs or a word's spelling are all that differs."""
    return any(_agree(_tokens(before, joined=joined), _tokens(after, joined=joined)) for joined in (False, True))


def with_force(text: str, before: Modality, after: Modality) -> str:
    """`text` with the words of one force put for those of another; as it is where either has no words of its own."""
    if before not in FORCE_WORDS or after not in FORCE_WORDS:
        return text
    return re.sub(rf"\b{FORCE_WORDS[before]}\b", FORCE_WORDS[after], text)


def _tokens(text: str, *, joined: bool) -> list[str]:
    """What carries the meaning of `text`; `joined` reads `e-mail` as one word, where otherwise it is two."""
    plain = re.sub(r"([^\W\d_]+)-(?=[^\W\d_])", _join, plain_signs(text)) if joined else plain_signs(text)
    return [_token(found) for found in TOKEN.finditer(plain)]


def _join(found: re.Match[str]) -> str:
    """The first part of a compound without its hyphen; `re-sign` keeps it, for `resign` is another word."""
    return found[0] if found[1].casefold() in SEPARABLE else found[1]


def _token(found: re.Match[str]) -> str:
    word = found["word"]
    if word is None:
        return found[0]
    folded = word.casefold().replace("'", "")
    is_acronym = word.isupper() and 2 <= len(word) <= 5 and folded not in EMPHASISED
    return word if is_acronym else folded  # IT is not it


def _agree(before: list[str], after: list[str]) -> bool:
    return len(before) == len(after) and all(
        one == other or _spelt(one, other) for one, other in zip(before, after, strict=True)
    )


def _spelt(one: str, other: str) -> bool:
    """Whether two unlike words are one word in two spellings."""
    if not (one.isalpha() and other.isalpha() and one.islower() and other.islower()):
        return False
    return any(
        max(len(one), len(other)) >= length and pattern.sub(to, one) == pattern.sub(to, other)
        for length, pattern, to in SPELLINGS
    )
