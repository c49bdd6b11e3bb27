"""A campaign: which policy a trust asks whom to acknowledge, by when, in which words, and where the receipts go."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from generator.model.values import Id, MailAddress, PartialDate, Record, Text

WebAddress = Annotated[str, StringConstraints(pattern=r"^https://[^\s\"'<>]+$")]


class Receipts(Record):
    """Where a person's receipt goes: one of the three."""

    mail: MailAddress | None = Field(default=None, description="The address that receipts are mailed to.")
    form: WebAddress | None = Field(default=None, description="The web address of a form that takes them.")
    file: Text | None = Field(default=None, description="What to do with the saved file, in a sentence.")


class Campaign(Record):
    """One year's acknowledgement of one policy."""

    id: Id = Field(description="Names the campaign, such as 2025-26.")
    policy: Id = Field(description="The policy's id.")
    roles: tuple[Id, ...] = Field(min_length=1, description="Who is asked: ids from content/roles.yml.")
    due: PartialDate = Field(description="The day by which everybody is asked to sign: 2025-10-31.")
    new_starters_within: Annotated[int, Field(gt=0, le=365)] = 14
    """How many days a new starter has, from the first day at work."""
    statement: Text = Field(description="What a person signs, in the first person.")
    quiz: Literal["none", "learn", "sealed", "self-check"] = "none"
    """Whether the quiz goes with it: learn tells each answer at once, sealed is marked by HR, self-check is for the reader alone."""
    receipts: Receipts = Field(description="Where receipts go: `mail`, `form` or `file`.")
    on_expiry: Text = Field(description="What happens where somebody has not signed by then.")


class Acknowledgements(Record):
    """trusts/<trust>/acknowledgements.yml"""

    campaigns: tuple[Campaign, ...] = Field(min_length=1, description="The campaigns, one for each policy at a time.")
