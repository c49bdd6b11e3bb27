"""An academy of a trust: what it fills in, what it adds, and which of the trust's policies it has adopted, when."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from clausebook.model.revision import Ruling, SectionRecord
from clausebook.model.trust import Contact
from clausebook.model.values import Id, Mark, PartialDate, Record, Text, Wording

How = Literal["unchanged", "appendix", "fields", "framework"]
"""How academies adopt a policy: as it is; with an appendix of their own; with their fields filled in; or each writes its own within it."""
WITH_APPENDIX: tuple[How, ...] = ("appendix", "framework")


class Adoption(Record):
    """How a trust's academies adopt one of its policies."""

    how: How = Field(description="unchanged, appendix, fields or framework.")
    called: Text | None = Field(default=None, description="The trust's own name for it, such as Category 2.")
    by: PartialDate | None = Field(default=None, description="The day by which each academy has adopted it.")


class Adopted(Record):
    """That an academy has adopted a revision of one of the trust's policies."""

    revision: Id = Field(description="Which revision of the trust's policy.")
    date: PartialDate = Field(description="When.")
    by: Text | None = Field(default=None, description="Who decided, such as the local governing board.")
    minute: Text | None = Field(default=None, description="Where it is minuted.")


class AcademyRecord(Record):
    """trusts/TRUST/academies/ACADEMY.yml"""

    name: Text = Field(description="The academy's full name.")
    short_name: Text | None = Field(default=None, description="What its staff call it.")
    contacts: tuple[Contact, ...] = Field(default=(), description="Who its staff can ask, before those of the trust.")
    fields: dict[Id, Text] = Field(
        default={}, description="What it fills in, by the ids of the fields in the trust's trust.yml."
    )
    adopted: dict[Id, Adopted] = Field(default={}, description="Which policies it has adopted, by their ids.")

    @property
    def short(self) -> str:
        return self.short_name or self.name


class Bearing(Record):
    """How a clause of an appendix bears on one of the trust's text."""

    clause: Id = Field(description="The clause of the appendix.")
    target: Id = Field(description="The clause of the trust's policy.")
    how: Literal["names", "tightens", "loosens"] = Field(
        description="names: it speaks of it; tightens: it asks for more; loosens: it asks for less, which the trust must rule on."
    )
    seen: Mark | None = None
    """The mark of the trust's clause as somebody last read it beside the appendix; `clausebook academies read` writes it."""
    ruling: Ruling | None = Field(default=None, description="Of one that loosens: who in the trust decided, and what.")


class AppendixRecord(Record):
    """trusts/TRUST/academies/ACADEMY/appendix/POLICY.yml: what an academy adds to one policy of its trust."""

    title: Text | None = Field(default=None, description="What it is called, where that is not Appendix.")
    wording: Wording = Field(description="restated: in our own words; verbatim: the academy's own text.")
    since: PartialDate | None = Field(default=None, description="Since when it holds.")
    approved_by: Text | None = Field(default=None, description="Who approved it.")
    binds: tuple[Id, ...] | None = None
    """Whom a clause binds unless it says otherwise; left out, those whom the trust's text binds."""
    sections: tuple[SectionRecord, ...] = Field(min_length=1, description="Its text.")
    bears_on: tuple[Bearing, ...] = ()
    """Which of the trust's clauses it bears on, and how."""
