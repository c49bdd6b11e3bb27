"""What is handed to a person: their link with the words that belong to it, for the list, the mail and the paper form."""

from __future__ import annotations

from dataclasses import dataclass

from clausebook.acknowledgements.desk.people import Person
from clausebook.acknowledgements.register.standings import Asked
from clausebook.acknowledgements.signing.keys import SigningKey
from clausebook.acknowledgements.signing.links import Link, write_link
from clausebook.model import Campaign
from clausebook.model.handbook import Revision


class NoSiteError(Exception):
    """The campaign does not say where its site is published, so that no link can begin."""


@dataclass(frozen=True)
class Ask:
    """One link, ready to be handed out."""

    person: Person
    campaign: Campaign
    revision: Revision
    trust_name: str
    statement: str
    privacy: str
    """What is kept about the person, in a paragraph."""
    link: Link
    address: str
    """The personal address, with the link behind its `#`."""


def page_address(campaign: Campaign, trust: str, file: str) -> str:
    """Where the page to acknowledge is published. Raises NoSiteError."""
    if not campaign.site:
        raise NoSiteError(
            f"campaign {campaign.id} does not say where its site is published: add `site: https://…` to it in {file}; personal links begin with it"
        )
    return f"{campaign.site.rstrip('/')}/{trust}/{campaign.path}/index.html"


def link_of(asked: Asked, trust: str, policy: str) -> Link:
    """The very link that was issued: the register holds all that it says."""
    return Link(
        ref=asked.ref, trust=trust, policy=policy, revision=asked.revision, digest=asked.digest,
        since=asked.since, quiz=asked.quiz, due=asked.due, issued=asked.issued, expires=asked.expires, key=asked.key,
    )  # fmt: skip


def write_ask(
    person: Person,
    campaign: Campaign,
    revision: Revision,
    words: tuple[str, str, str],
    link: Link,
    key: SigningKey,
    page: str,
) -> Ask:
    """`words` are the trust's name, what is signed, and what is kept about whoever signs."""
    return Ask(person, campaign, revision, *words, link, f"{page}#{write_link(link, key)}")
