"""The kinds of value that a field can hold: ids, dates, line numbers, and the words that are chosen from a list."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, NamedTuple, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

Modality = Literal["must", "must-not", "should", "should-not", "may", "states"]
Answer = Literal[
    "required",
    "prohibited",
    "restricted",
    "permitted",
    "advised",
    "advised-against",
    "not-required",
    "silent",
    "unreadable",
]
ANSWERS: tuple[Answer, ...] = get_args(Answer)

Outcome = Literal[Answer, Modality]
"""What can decide a quiz question: an answer to a key question, or the strongest force on a topic."""
OUTCOMES: tuple[Outcome, ...] = (*ANSWERS, *get_args(Modality))

Unanswered = Literal["not-looked-at", "not-covered"]
"""How a question stands where no policy of a trust has answered it: nobody has looked yet, or none deals with its topic."""

Unsaid = Literal["front-matter", "unreadable", "silent", "not-covered"]
"""How a topic stands where no clause is on it; not-covered where no policy of a trust deals with it."""

Status = Literal["draft", "consultation", "in-force", "superseded", "withdrawn"]
DRAFTS: tuple[Status, ...] = ("draft", "consultation")
PAST: tuple[Status, ...] = ("superseded", "withdrawn")
Wording = Literal["restated", "verbatim"]
Stated = Literal[
    "title", "version", "titled", "approved", "published", "effective", "review_due", "approved_by", "owner"
]

SuggestedFact = Literal[Stated, "kind", "history"]
"""What a program can read out of a document about itself."""


class Lines(NamedTuple):
    """A run of lines of the source, both ends included, counted from 1."""

    first: int
    last: int

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


def read_lines(value: Any) -> Any:
    """`"119"` or `"117-140"` as Lines; anything else raises ValueError, which pydantic reports."""
    if isinstance(value, Lines):
        return value
    found = re.fullmatch(r"([1-9][0-9]{0,6})(?:-([1-9][0-9]{0,6}))?", str(value))
    if not found:
        raise ValueError("lines")
    first, last = int(found[1]), int(found[2] or found[1])
    if last < first:
        raise ValueError("lines-backwards")
    return Lines(first, last)


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
ModelName = Annotated[
    str,
    StringConstraints(
        pattern=r"^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$", max_length=242
    ),
    Field(description="A model policy: provider/kind/revision, as its file is called in models/."),
]
PolicyFileName = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9]+([._-][a-z0-9]+)*(/[a-z0-9]+([._-][a-z0-9]+)*)*$", max_length=120),
    Field(description="A file in the policy's folder files/, such as forms/request.docx."),
]
Number = Annotated[
    str,
    StringConstraints(min_length=1, max_length=20),
    Field(description='The number exactly as the source prints it, in quotes: "1.10" is not 1.1.'),
]
PartialDate = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"),
    Field(description="As exact as the source: 2018, 2018-09 or 2018-09-01."),
    WithJsonSchema({"type": ["string", "integer"], "pattern": r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}),
]
Period = Annotated[
    str,
    StringConstraints(pattern=r"^P([1-9][0-9]?Y|[1-9][0-9]?M)$"),
    Field(description="An ISO 8601 period of years or months: P1Y, P18M."),
]
MailAddress = Annotated[str, StringConstraints(pattern=r"^[^@\s,;?&]+@[^@\s,;?&]+\.[^@\s,;?&]+$")]
AskedId = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*(--[a-z0-9]+(-[a-z0-9]+)*)?$", max_length=162)
]
"""A question of a quiz: its id, and in a quiz over several policies the policy's id and two hyphens before it."""
Mark = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$")]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
SourceLines = Annotated[
    Lines,
    BeforeValidator(read_lines),
    Field(description="Lines of the source: 119, or 117-140."),
    WithJsonSchema({"type": ["string", "integer"], "pattern": "^[0-9]+(-[0-9]+)?$"}),
]


class Record(BaseModel):
    """What every record shares: frozen, and no field that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class OneOfMany(Record):
    """A record of which a handbook has tens of thousands: it does not remember which of its fields were written, which takes a fifth of the memory."""

    def model_post_init(self, _: Any) -> None:
        object.__setattr__(self, "__pydantic_fields_set__", _NOT_REMEMBERED)


_NOT_REMEMBERED: set[str] = set()
