"""What is handed to a person: their link with the words that belong to it, for the list, the mail and the paper form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clausebook.acknowledgements.desk.people import Person
from clausebook.acknowledgements.register.standings import IssuedLink
from clausebook.acknowledgements.signing.keys import SigningKey
from clausebook.acknowledgements.signing.links import SHORT, Link, LinkedPolicy, write_link
from clausebook.model import Campaign
from clausebook.model.handbook import Revision


class NoSiteError(Exception):
    """The campaign does not say where its site is published, so that no link can begin."""


@dataclass(frozen=True)
class AskedPolicy:
    """A policy that a link asks for."""

    revision: Revision
    since: str
    """The revision that the person acknowledged last; empty where they are to read the whole policy."""

    @property
    def title(self) -> str:
        return " ".join(self.revision.record.title.split())


@dataclass(frozen=True)
class Ask:
    """One link, ready to be handed out."""

    person: Person
    campaign: Campaign
    policies: tuple[AskedPolicy, ...]
    trust_name: str
    privacy: str
    """What is kept about the person, in a paragraph."""
    link: Link
    address: str
    """The personal address, with the link behind its `#`."""

    @property
    def titles(self) -> str:
        """The policies by name: “A”, “A and B”, “A, B and C”."""
        return listed([policy.title for policy in self.policies])


def listed(words: Sequence[str]) -> str:
    """Several words as a sentence lists them."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""


def page_address(campaign: Campaign, trust: str) -> str:
    """Where the page to acknowledge is published. Raises NoSiteError."""
    if not campaign.site:
        file = f"trusts/{trust}/acknowledgements.yml"
        raise NoSiteError(
            f"campaign {campaign.id} does not say where its site is published: add `site: https://…` to it in {file}; personal links begin with it"
        )
    return f"{campaign.site.rstrip('/')}/{trust}/{campaign.path}/index.html"


def link_of(issued: IssuedLink) -> Link:
    """The very link that was issued: the register holds all that it says."""
    asked = list(issued.asked.values())
    first = asked[0]
    return Link(
        ref=first.ref, trust=issued.trust, campaign=first.campaign,
        policies=[
            LinkedPolicy(policy=policy, revision=one.revision, digest=one.digest[:SHORT], since=one.since)
            for policy, one in issued.asked.items()
        ],
        quiz=first.quiz, quizzes=first.quizzes, due=min(one.due for one in asked), issued=first.issued,
        expires=first.expires, key=first.key,
    )  # fmt: skip


def personal_address(link: Link, campaign: Campaign, key: SigningKey) -> str:
    """The address of the page with the link behind its `#`. Raises NoSiteError."""
    return f"{page_address(campaign, link.trust)}#{write_link(link, key)}"
