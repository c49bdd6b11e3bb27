"""A campaign: which policies a trust asks whom to acknowledge, by when, in which words, and where the receipts go."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from clausebook.model.values import Id, MailAddress, PartialDate, Record, Text

WebAddress = Annotated[str, StringConstraints(pattern=r"^https://[A-Za-z0-9.-]+(:[0-9]{1,5})?([/?#][^\s\"'<>]*)?$")]


class Receipts(Record):
    """Where a person's receipt goes: one of the three."""

    mail: MailAddress | None = Field(default=None, description="The address that receipts are mailed to.")
    form: WebAddress | None = Field(default=None, description="The web address of a form that takes them.")
    file: Text | None = Field(default=None, description="What to do with the saved file, in a sentence.")


MOST_POLICIES = (
    16  # of a campaign: a personal link over them all stays shorter than the 2,083 signs that some mail programs open
)


class Campaign(Record):
    """One year's acknowledgement of one policy or of several: a person gets one link for all, and signs once."""

    id: Id = Field(description="Names the campaign, such as 2025-26.")
    policies: tuple[Id, ...] = Field(
        min_length=1,
        max_length=MOST_POLICIES,
        description="The policies' ids, in the order in which they are to be read.",
    )
    roles: tuple[Id, ...] = Field(min_length=1, description="Who is asked: ids from content/roles.yml.")
    academies: tuple[Text, ...] = ()
    """Only people of these academies are asked, by their ids or names, or as the roster calls them; without any, those of all."""
    due: PartialDate = Field(description="The day by which everyone is asked to sign: 2025-10-31.")
    new_starters_within: Annotated[int, Field(gt=0, le=365)] = 14
    """How many days a new starter has, from the first day at work."""
    statement: Text = Field(description="What a person signs, in the first person.")
    quiz: Literal["none", "learn", "sealed", "self-check"] = "none"
    """Whether the quiz goes with it: learn tells each answer at once, sealed is marked by HR, self-check is for the reader alone."""
    quizzes: Literal["each", "one"] = "each"
    """Of several policies: a quiz on each, or one that asks about all of them."""
    site: WebAddress | None = None
    """Where the sites are published, such as https://policies.example.org: personal links begin with it."""
    expires_after: Annotated[int, Field(gt=0, le=365)] = 60
    """How many days after it is due a personal link still works."""
    keep_years: Annotated[int, Field(ge=0, le=50)] = 6
    """How many years after somebody leaves what is held on them is purged."""
    receipts: Receipts = Field(description="Where receipts go: `mail`, `form` or `file`.")
    on_expiry: Text = Field(description="What happens where someone has not signed by then.")

    @property
    def path(self) -> str:
        """The page that its links open, below the trust's site: a policy's own, or the campaign's where it asks for several."""
        return f"{self.policies[0]}/acknowledge" if len(self.policies) == 1 else f"acknowledge/{self.id}"

    @property
    def has_one_quiz(self) -> bool:
        """Whether one quiz asks about all its policies."""
        return self.quiz != "none" and self.quizzes == "one" and len(self.policies) > 1


class PublicKey(Record):
    """A key by which a page knows that a personal link is HR's."""

    id: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$")] = Field(
        description="The first digits of its SHA-256; a link names it."
    )
    public: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{43}$")]
    """The 32 bytes of the Ed25519 public key, as base64url."""
    first: PartialDate = Field(description="The first day on which links were signed with it.")
    last: PartialDate | None = None
    """The last day, once another key took its place: links signed until then still hold."""


class KeysOfTrust(Record):
    """trusts/<trust>/keys.yml; `clausebook acks keys` writes it."""

    keys: tuple[PublicKey, ...] = Field(min_length=1, description="The keys, the oldest first.")


class Privacy(Record):
    """What staff are told of the data that acknowledgement leaves (UK GDPR, Article 13), beside what follows from the campaigns."""

    contact: Text = Field(description="Who to ask about personal data, and how: the data protection officer.")
    basis: Text | None = Field(default=None, description="The legal basis, in a sentence.")
    notice: WebAddress | None = Field(default=None, description="The address of the trust's privacy notice for staff.")


class Acknowledgements(Record):
    """trusts/<trust>/acknowledgements.yml"""

    privacy: Privacy | None = None
    """Who to ask about personal data. Where it is missing, staff are told to ask the trust's first contact."""

    campaigns: tuple[Campaign, ...] = Field(
        min_length=1, description="The campaigns; several on one policy ask different roles."
    )
