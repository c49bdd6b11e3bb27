"""A revision of a policy: its sections and clauses, its positions, and what the document says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from clausebook.model.source import Dates, FrontMatter, HistoryEntry, LeftOut, Source
from clausebook.model.structures import Attachment, Figure, Form, Structures, Table, Way, all_in_words, texts_of
from clausebook.model.values import (
    Answer,
    Id,
    MailAddress,
    Mark,
    Modality,
    ModelName,
    Number,
    OneOfMany,
    PartialDate,
    Record,
    SourceLines,
    Stated,
    Status,
    SuggestedFact,
    Text,
    Wording,
)


class Item(OneOfMany):
    """An entry of a list: it completes the lead-in that it hangs from, and inherits what it does not say."""

    id: Id
    """Never changes, whatever happens to the number: it is the clause's address."""
    number: Number | None = None
    """As the source prints it, in quotes. An item without one takes that of the clause it hangs from."""
    number_inferred: bool = False
    """true where only counting paragraphs gives the number."""
    lines: SourceLines | None = Field(default=None, description="Where it is in the source: 119, or 117-140.")
    modality: Modality | None = None
    """The force of the words: must, must-not, should, should-not, may, states."""
    binds: tuple[Id, ...] | None = None
    """Whom it binds: ids from content/roles.yml."""
    topics: tuple[Id, ...] | None = None
    """What it is compared by: ids of topics from content/subjects/."""
    text: Text | None = None
    """The words, as a whole sentence; those of an item complete its lead-in."""
    stands_alone: bool = False
    """true where somebody has looked: it needs no lead-in, however it begins."""
    must_know: bool = False
    """true where everybody must know it before they start: some question of the quiz then rests on it."""
    defines: Text | None = None
    """The word that this clause explains: where it occurs in the policy it leads here."""
    table: Table | None = Field(default=None, description="A table that is below the text.")
    figure: Figure | None = Field(default=None, description="A picture that is below the text.")
    form: Form | None = Field(default=None, description="Fields to fill in, below the text.")
    attachment: Attachment | None = Field(default=None, description="A file to download, below the text.")
    items: tuple[Item, ...] = ()
    """The list that hangs from this text; the text is then the lead-in and ends in a colon."""
    after: Text | None = None
    """The words that go on after the list and belong to all of it."""
    note: Text | None = Field(default=None, description="The footnote to it.")
    suggested: tuple[Literal["modality", "topics", "binds", "must_know", "defines"], ...] = ()
    """The fields that a program filled in and nobody has looked at: `clausebook review` goes through them."""
    doubts: tuple[Text, ...] = ()
    """What an importer was not sure of; whoever has looked takes the line out."""

    @property
    def structures(self) -> Structures:
        """What stands beside its text and its items; which files it names, only the merged clause knows."""
        return Structures(self.table, self.figure, self.form, self.attachment, self.after, self.note)

    @property
    def texts(self) -> Iterator[tuple[Way, str]]:
        """Every run of its words, each with the way to it."""
        return texts_of(self.text, self.structures)

    @property
    def said(self) -> str:
        """All its words but those of its items."""
        return " ".join((self.text or "", *all_in_words(self.structures))).strip()


class ClauseRecord(Item):
    """One statement of a policy."""

    modality: Modality = Field(description="The force of the words: must, must-not, should, should-not, may, states.")
    topics: tuple[Id, ...] = Field(
        min_length=1, description="What it is compared by: ids of topics from content/subjects/."
    )


class SectionRecord(Record):
    """A headed part of a revision."""

    id: Id = Field(description="Never changes: it is the section's address.")
    number: Number | None = None
    """As the source prints it, in quotes; leave it out where there is none."""
    number_inferred: bool = Field(default=False, description="true where only counting sections gives the number.")
    heading: Text = Field(description="As the source prints it.")
    heading_lost: bool = False
    """true where the source has the text but not the heading; it then comes from the contents list, or is ours."""
    lines: SourceLines | None = Field(default=None, description="From its heading's line to its last line.")
    clauses: tuple[ClauseRecord, ...] = Field(default=(), description="Its own statements, in the order of the source.")
    sections: tuple[SectionRecord, ...] = ()
    """The headed parts within it, after its own statements: 4.1 and 4.2 of section 4. Four levels at most."""
    doubts: tuple[Text, ...] = ()
    """What an importer was not sure of; whoever has looked takes the line out."""


class Position(OneOfMany):
    """A revision's answer to one key question."""

    answer: Answer
    """required, prohibited, restricted, permitted, advised, advised-against, not-required, silent or unreadable."""
    clauses: tuple[Id, ...] = ()
    """The clauses that give the answer, the most direct first."""
    because: Text | None = Field(default=None, description="One plain sentence with the conditions that matter.")
    searched: tuple[Text, ...] = ()
    """For `silent`: the words that were searched for."""
    gap: Id | None = None
    """For `unreadable`: the gap that hides the answer."""
    conflict: bool = False
    """true where clauses of this revision disagree; both sides are then named."""


class Ruling(Record):
    """A person's decision on an apparent conflict."""

    by: Text = Field(description="Who decided.")
    date: PartialDate = Field(description="When: 2018, 2018-09 or 2018-09-01.")
    says: Text = Field(description="What holds from now on.")


class Conflict(Record):
    """Clauses of one revision that cannot both hold."""

    clauses: tuple[Id, ...] = Field(min_length=2, description="The ids of the clauses, both sides.")
    about: Text = Field(description="What one side says and the other does not.")
    ruling: Ruling | None = Field(default=None, description="Who decided, when, and what; null while no one has.")


class Consequence(Record):
    """What may follow where a clause is not kept."""

    clauses: tuple[Id, ...] = Field(min_length=1, description="The clauses that tell it, the most direct first.")
    of: tuple[Id, ...] = ()
    """The clauses that were not kept; leave it out where it follows any breach of the policy."""
    what: Text = Field(description="What may follow, in a plain sentence with the force of the clauses.")
    acts: Text | None = Field(default=None, description="Who acts; leave it out where the policy does not say.")
    procedure: Text | None = None
    """The procedure or policy that it runs under, as the document names it; leave it out where none is named."""


class Gap(Record):
    """A place where the source is damaged or lacks what it names."""

    id: Id = Field(description="A position that is unreadable names it.")
    section: Number | None = Field(default=None, description="The number or heading of the section that is damaged.")
    lines: SourceLines | None = None
    """Where the source is damaged; null where nothing of it is left."""
    says: Text = Field(description="What is missing, and how one knows.")


class Confirmation(Record):
    """What HR decided of one change from the revision before: whether it asks staff to acknowledge anew."""

    change: Text
    """Its kind and clause, as `clausebook diff` names it: reworded:no-contact-with-pupils."""
    material: bool = Field(description="true where staff must acknowledge the policy again because of it.")
    seen: Mark
    """The mark of the two wordings that were compared, as `clausebook confirm-changes` writes it."""
    because: Text | None = None
    """Why; needed where it is decided otherwise than its kind suggests."""


class Departure(Record):
    """Why a text departs from the model that it was made from."""

    change: Text
    """Its kind and clause, as `clausebook departures` names it: reworded:no-contact-with-pupils."""
    why: Text = Field(description="The reason, in a plain sentence.")


class Consultation(Record):
    """Until when, and how, staff and unions can say what they think of a draft."""

    opens: PartialDate = Field(description="The first day: 2026-11-01.")
    closes: PartialDate = Field(description="The last day: 2026-12-01.")
    comments_to: MailAddress = Field(description="The email address that comments go to.")
    about: Text = Field(description="What is asked of those who are consulted, in a sentence or two.")


class RevisionRecord(Record):
    """One dated state of one policy of one trust."""

    title: Text = Field(description="What the document calls itself.")
    version: Number | None = None
    """As printed, in quotes; where there is none, name it under not_stated."""
    status: Status = Field(description="draft, consultation, in-force, superseded or withdrawn.")
    wording: Wording = Field(description="restated: in our own words; verbatim: the trust's own text.")
    replaces: Id | None = None
    """The id of the revision that came before it."""
    model: ModelName | None = None
    """The model policy that it was made from: provider/kind/revision, as its file is called in models/."""
    departures: tuple[Departure, ...] = ()
    """Why it departs from its model, where somebody wants to say so."""
    digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = None
    """The digest of the text, as `clausebook adopt` recorded it when another revision replaced this one: a past text stays as it was."""
    consultation: Consultation | None = Field(default=None, description="For a draft that is out for consultation.")
    dates: Dates = Field(default=Dates(), description="The dates that the document gives, as exact as it gives them.")
    approved_by: Text | None = Field(default=None, description="Who approved it.")
    owner: Text | None = Field(default=None, description="Who answers for it.")
    source: Source | None = None
    """The document that a restated revision stands for, with the file in which lines are counted."""
    not_stated: tuple[Stated, ...] = ()
    """Whatever of version, dates, approved_by and owner the document does not give."""
    covers: tuple[Id, ...] = ()
    """Topics that it deals with although no clause carries them: it may then answer questions on them, as `silent` or `unreadable`."""
    binds: tuple[Id, ...] = Field(min_length=1)
    """Whom a clause binds unless it says otherwise."""
    history: tuple[HistoryEntry, ...] = Field(default=(), description="The document's own change log, the oldest last.")
    related: tuple[Text, ...] = Field(default=(), description="Documents that it lists as linked, as it names them.")
    front_matter: tuple[FrontMatter, ...] = ()
    """What stands in the source and is no clause: title, contents, version table."""
    left_out: tuple[LeftOut, ...] = ()
    """What an importer left out of the text, with the reason."""
    suggested: tuple[SuggestedFact, ...] = ()
    """What a program read out of the document about itself, and nobody has looked at."""
    doubts: tuple[Text, ...] = ()
    """What an importer was not sure of in the document as a whole."""
    sections: tuple[SectionRecord, ...] = Field(min_length=1, description="The text, in the order of the document.")
    changes: tuple[Confirmation, ...] = ()
    """What HR decided of each change from the revision before; `clausebook confirm-changes` writes the list."""
    positions: dict[Id, Position] = Field(
        default={},
        description="The answer to each key question on a topic that the policy covers: ids from content/subjects/.",
    )
    evidence: dict[Id, tuple[Id, ...]] = Field(
        default={},
        description="Clauses that may bear on a key question that is not answered yet, as a program found them.",
    )
    conflicts: tuple[Conflict, ...] = ()
    """Clauses that cannot both hold, with a ruling once there is one."""
    consequences: tuple[Consequence, ...] = Field(
        default=(), description="What may follow a breach, and on which clauses it hangs."
    )
    gaps: tuple[Gap, ...] = Field(default=(), description="Where the source is damaged, or lacks what it names.")

    @property
    def topics_covered(self) -> frozenset[str]:
        """The topics that it deals with: those of its clauses and its front matter, and those on which it is silent by name."""
        items = (topic for clause in _clauses_of(self.sections) for topic in _topics_of(clause))
        return frozenset((*items, *(topic for part in self.front_matter for topic in part.topics), *self.covers))


def _clauses_of(sections: Iterable[SectionRecord]) -> Iterator[ClauseRecord]:
    for section in sections:
        yield from section.clauses
        yield from _clauses_of(section.sections)


def _topics_of(item: Item) -> Iterator[str]:
    yield from item.topics or ()
    for below in item.items:
        yield from _topics_of(below)
