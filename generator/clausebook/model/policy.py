"""A policy as a whole, beside its revisions: what it is compared as, who answers for it, how often it is reviewed, who approved what."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from clausebook.model.academy import Adoption
from clausebook.model.campaign import WebAddress
from clausebook.model.source import Dates
from clausebook.model.values import Id, PartialDate, Period, PolicyFileName, Record, Text


class Approval(Record):
    """That somebody approved a revision; a text that is approved again unchanged has several."""

    revision: Id | None = None
    """Which; leave it out for a policy that has no revision here."""
    by: Text = Field(description="Who approved it, such as the board of trustees.")
    date: PartialDate = Field(description="When it was approved.")
    minute: Text | None = Field(default=None, description="Where it is minuted.")


class PolicyRecord(Record):
    """trusts/TRUST/POLICY/policy.yml: it may be left out where the folder has the name of a kind of policy."""

    kind: Id | None = None
    """What it is compared as: an id from content/kinds.yml. Leave it out where the folder has that name."""
    subjects: tuple[Id, ...] = ()
    """The subjects that it deals with beside those of its kind: names of files in content/subjects/."""
    beside: Id | None = None
    """Another policy of the trust that is of the same kind and in force as well, such as one for support staff."""
    title: Text | None = None
    """What it calls itself, where no revision of it stands here yet; with one, the title stands there."""
    link: WebAddress | None = Field(default=None, description="Where it can be read, while no revision is here.")
    file: PolicyFileName | None = Field(
        default=None, description="The document itself in the policy's folder files/, while no revision is here."
    )
    dates: Dates = Field(default=Dates(), description="The dates that it gives, while no revision is here.")
    owner: Text | None = Field(default=None, description="Who answers for it today.")
    approved_by: Text | None = Field(default=None, description="Who approves it.")
    approval: Literal["required"] | None = None
    """required: `clausebook adopt` wants to be told who approved the draft, when, and by which minute."""
    audience: tuple[Id, ...] = Field(default=(), description="Who it is for: ids from content/roles.yml.")
    at_induction: bool | None = Field(default=None, description="Whether new staff are given it when they start.")
    adoption: Adoption | None = None
    """How the trust's academies adopt it; unchanged where nothing says otherwise."""
    review_every: Period | None = None
    """How often it is reviewed: its next review follows from the last approval where no date is stated."""
    withdrawn: PartialDate | None = None
    """When it was withdrawn, of a policy whose last revision is `withdrawn`."""
    approvals: tuple[Approval, ...] = Field(default=(), description="Who approved what, when; the newest last.")
