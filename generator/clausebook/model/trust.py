"""A trust: who it is, its colours, its words, whom to ask, and what its academies fill in."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from clausebook.model.colours import Shades, work_out_shades
from clausebook.model.values import Colour, Id, MailAddress, Record, Text


class Palette(Record):
    """A trust's two colours."""

    primary: Colour = Field(description="The header and the links, as six hexadecimal digits in quotes.")
    accent: Colour = Field(description="The second colour, as six hexadecimal digits in quotes.")

    @property
    def shades(self) -> Shades:
        return work_out_shades(self.primary, self.accent)


class Words(Record):
    """The trust's own words for our shared pages."""

    pupils: Text = Field(default="pupils", description="What the trust calls its pupils.")
    head: Text = Field(default="Headteacher", description="What the trust calls the head of a school.")
    staff: Text = Field(default="staff", description="What the trust calls its staff.")


class Contact(Record):
    """Who staff can ask, and how."""

    role: Text = Field(description="Who to ask, or about what.")
    reach: Text = Field(description="How to reach them.")


class AcademyField(Record):
    """What each academy fills in where a text of the trust says `{id}`."""

    id: Id = Field(description="How texts name it: dsl for {dsl}.")
    label: Text = Field(description="What it is called: Designated safeguarding lead.")
    type: Literal["name", "role", "email", "phone", "text"] = Field(description="name, role, email, phone or text.")


class TrustRecord(Record):
    """A multi-academy trust."""

    name: Text = Field(description="The trust's full name.")
    short_name: Annotated[str, StringConstraints(min_length=1, max_length=20)]
    """What staff call it, in 20 characters at most."""
    about: Text | None = Field(default=None, description="One line about the trust.")
    palette: Palette = Field(description="The trust's two colours; white text must be readable on both.")
    words: Words = Field(default=Words(), description="The trust's own words for pupils, head and staff.")
    contacts: tuple[Contact, ...] = Field(min_length=1, description="Who staff can ask.")
    mistakes_to: MailAddress | None = Field(
        default=None, description="The email address for whoever finds that something on the trust's pages is wrong."
    )
    fields: tuple[AcademyField, ...] = Field(default=(), description="What each academy fills in.")
    unfilled: Literal["problem", "ask"] = "problem"
    """ask: where an academy has not filled in a field, its pages say "ask your academy office" until it has."""

    def contact(self, *, pupils: bool) -> Contact:
        """Whom to ask: about pupils the one for safeguarding, where the trust names one; otherwise the first that is not for that alone."""
        fitting = (one for one in self.contacts if ("safeguarding" in one.role.lower()) == pupils)
        return next(fitting, self.contacts[0])
