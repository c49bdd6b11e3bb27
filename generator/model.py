"""The records that authors write: trusts, revisions, clauses, positions, quizzes.

Every record is frozen. What a record may hold is said here once: the loader turns a misfit into a problem with its
place, and `clausebook schema` turns the same models into the JSON Schemas that editors use.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

MODALITIES = ("must", "must-not", "should", "should-not", "may", "states")
ANSWERS = (
    "required",
    "prohibited",
    "restricted",
    "permitted",
    "advised",
    "advised-against",
    "silent",
    "unreadable",
)
STATUSES = ("draft", "consultation", "in-force", "superseded", "withdrawn")

Modality = Literal["must", "must-not", "should", "should-not", "may", "states"]
Answer = Literal[
    "required", "prohibited", "restricted", "permitted", "advised", "advised-against", "silent", "unreadable"
]
Status = Literal["draft", "consultation", "in-force", "superseded", "withdrawn"]
Wording = Literal["restated", "verbatim"]
Stated = Literal["title", "version", "titled", "approved", "published", "effective", "review_due", "approved_by", "owner"]


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
RevisionId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
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


class Item(Record):
    """An entry of a list: it completes the lead-in that it hangs from, and inherits what it does not say."""

    id: Id
    """Never changes, whatever happens to the number: it is the clause's address."""
    number: Number | None = None
    number_inferred: bool = False
    """true where only counting paragraphs gives the number."""
    lines: SourceLines | None = None
    modality: Modality | None = None
    """The force of the words: must, must-not, should, should-not, may, states."""
    binds: tuple[Id, ...] | None = None
    """Whom it binds: ids from content/roles.yml."""
    topics: tuple[Id, ...] | None = None
    """What it is compared by: ids from content/topics.yml."""
    text: Text | None = None
    items: tuple[Item, ...] = ()
    """The list that hangs from this text; the text is then the lead-in and ends in a colon."""


class Clause(Item):
    """One statement of a policy."""

    modality: Modality
    topics: tuple[Id, ...] = Field(min_length=1)


class Section(Record):
    """A headed part of a revision."""

    id: Id
    number: Number | None = None
    number_inferred: bool = False
    heading: Text
    heading_lost: bool = False
    """true where the source has the text but not the heading; it then comes from the contents list, or is ours."""
    lines: SourceLines | None = None
    clauses: tuple[Clause, ...]


class Position(Record):
    """A revision's answer to one key question."""

    answer: Answer
    clauses: tuple[Id, ...] = ()
    """The clauses that give the answer, the most direct first."""
    because: Text | None = None
    searched: tuple[Text, ...] = ()
    """For `silent`: the words that were searched for."""
    gap: Id | None = None
    """For `unreadable`: the gap that hides the answer."""
    conflict: bool = False
    """true where clauses of this revision disagree; both sides are then named."""


class Ruling(Record):
    """A person's decision on an apparent conflict."""

    by: Text
    date: PartialDate
    says: Text


class Conflict(Record):
    """Clauses of one revision that cannot both hold."""

    clauses: tuple[Id, ...] = Field(min_length=2)
    about: Text
    ruling: Ruling | None = None


class Gap(Record):
    """A place where the source is damaged or lacks what it names."""

    id: Id
    section: Number | None = None
    lines: SourceLines | None = None
    says: Text


class Dates(Record):
    """The dates that a document gives, each as exact as it gives them."""

    titled: PartialDate | None = None
    """The date that the document itself bears."""
    approved: PartialDate | None = None
    published: PartialDate | None = None
    effective: PartialDate | None = None
    review_due: PartialDate | None = None


class Source(Record):
    """The document that a restated revision stands for."""

    title: Text
    file: Text
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    lines: Annotated[int, Field(gt=0)]


class HistoryEntry(Record):
    """One row of the document's own change log."""

    revision: Text | None = None
    date: PartialDate | None = None
    author: Text | None = None
    says: Text


class FrontMatter(Record):
    """Lines of the source that are no clause: title, contents, mission, version table."""

    lines: SourceLines
    says: Text


class Revision(Record):
    """One dated state of one policy of one trust."""

    title: Text
    version: Number | None = None
    status: Status
    wording: Wording
    dates: Dates = Dates()
    approved_by: Text | None = None
    owner: Text | None = None
    source: Source | None = None
    not_stated: tuple[Stated, ...] = ()
    binds: tuple[Id, ...] = Field(min_length=1)
    """Whom a clause binds unless it says otherwise."""
    history: tuple[HistoryEntry, ...] = ()
    related: tuple[Text, ...] = ()
    front_matter: tuple[FrontMatter, ...] = ()
    sections: tuple[Section, ...] = Field(min_length=1)
    positions: dict[Id, Position] = {}
    conflicts: tuple[Conflict, ...] = ()
    gaps: tuple[Gap, ...] = ()


class Palette(Record):
    """A trust's two colours."""

    primary: Colour
    accent: Colour


class Words(Record):
    """The trust's own words for our shared pages."""

    pupils: Text = "pupils"
    head: Text = "Headteacher"
    staff: Text = "staff"


class Contact(Record):
    """Whom staff can ask, and how."""

    role: Text
    reach: Text


class Trust(Record):
    """A multi-academy trust."""

    name: Text
    short_name: Annotated[str, StringConstraints(min_length=1, max_length=20)]
    about: Text | None = None
    palette: Palette
    words: Words = Words()
    contacts: tuple[Contact, ...] = Field(min_length=1)


class Role(Record):
    """Somebody whom a clause can bind."""

    id: Id
    label: Text
    about: Text


class Roles(Record):
    """content/roles.yml"""

    roles: tuple[Role, ...] = Field(min_length=1)


class Topic(Record):
    """The subject that clauses of different trusts are compared by."""

    id: Id
    label: Text
    about: Text


class TopicGroup(Record):
    """Topics that a reader meets together."""

    id: Id
    label: Text
    topics: tuple[Topic, ...] = Field(min_length=1)


class Topics(Record):
    """content/topics.yml"""

    groups: tuple[TopicGroup, ...] = Field(min_length=1)


class Question(Record):
    """A key question: each revision takes one position on it."""

    id: Id
    ask: Text
    asked_by: Literal["new starter", "union rep", "both"]
    topic: Id
    act: Text | None = None
    """What it asks about, as something that a reader does: it completes “You must …” in the quick guide."""


class Questions(Record):
    """content/questions.yml"""

    questions: tuple[Question, ...] = Field(min_length=1)


class PositionTaken(Record):
    """A key question together with the answers that are meant."""

    question: Id
    answers: tuple[Answer, ...] = Field(min_length=1)


class Reference(Record):
    """A law, body, product or practice that a policy may name and that has moved on since."""

    id: Id
    label: Text
    match: tuple[Text, ...] = ()
    """Phrases that point to it, found in the words of a clause whatever their case."""
    position: PositionTaken | None = None
    """For a practice that has no name of its own: the policy follows it where it takes this position."""
    unless: tuple[Text, ...] = ()
    """Phrases that, in the same clause, show that the policy knows of the change."""
    now: Text
    since: Text
    as_of: PartialDate
    """When we last looked this up: the date on our note."""


class References(Record):
    """content/references.yml"""

    references: tuple[Reference, ...] = Field(min_length=1)


class Term(Record):
    """A word that a reader may not know."""

    term: Text
    means: Text


class Glossary(Record):
    """content/glossary.yml"""

    terms: tuple[Term, ...] = Field(min_length=1)


class QuizOption(Record):
    """One answer that a reader can choose."""

    id: Id
    text: Text
    right_when: tuple[Answer, ...] = ()
    """The positions under which this option is the right one."""


class QuizQuestion(Record):
    """A question whose right answer follows, trust by trust, from its position on a key question."""

    id: Id
    on: Id
    """The key question that decides which option is right."""
    scenario: Text
    ask: Text
    options: tuple[QuizOption, ...] = Field(min_length=2, max_length=6)


class Quiz(Record):
    """quizzes/<policy>.yml"""

    title: Text
    pass_mark: Annotated[int, Field(gt=0)]
    """How many right answers pass."""
    questions: tuple[QuizQuestion, ...] = Field(min_length=1)
