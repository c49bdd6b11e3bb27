"""A personal link: `a2.<payload>.<signature>` in the fragment of an address, which no server and no log ever sees.

The payload is base64url of the RFC 8785 form of a Link; the signature is Ed25519 over the bytes of `a2.<payload>`. Whoever holds
a link can use it: a link that was passed on, with the right name typed in, cannot be told from the real thing.

A receipt names its link by `r1.<ref>.<signature>`: whoever holds the register knows all that the link says by its reference,
and the signature proves that the receipt's maker held it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from clausebook.acknowledgements.signing.keys import SigningKey
from clausebook.acknowledgements.signing.tokens import Token, payload_of, read_token, record_in, signed_line
from clausebook.model.campaign import MOST_POLICIES
from clausebook.model.values import Id

START = "a2"
SHORT = 16  # digits of a digest in a link
NAMED = "r1"
DAMAGED = "the link is damaged: a part of it is missing or was changed"
Reference = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{22}$")]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
QuizMode = Literal["none", "learn", "sealed", "self-check"]
Day = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]


class LinkedPolicy(BaseModel):
    """A policy that a link asks for."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    policy: Id
    revision: Id
    digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
    """The first sixteen digits of the digest of the revision's text: the register has all of them."""
    since: Annotated[str, StringConstraints(pattern=r"^([a-z0-9]+(-[a-z0-9]+)*)?$", max_length=80)]
    """The revision that the person acknowledged last; empty where there is none, and the whole policy is to be read."""


class Link(BaseModel):
    """What a link says. Dates are days, both ends included."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    ref: Reference
    """Stands for a person and a campaign; it tells nothing of either. 128 bits, as base64url."""
    trust: Id
    campaign: Id
    policies: Annotated[list[LinkedPolicy], Field(min_length=1, max_length=MOST_POLICIES)]
    """In the order in which they are to be read."""
    quiz: QuizMode
    quizzes: Literal["each", "one"]
    """A quiz on each of its policies, or one on all of them."""
    due: Day
    issued: Day
    expires: Day
    key: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$")]

    def linked(self, policy: str) -> LinkedPolicy | None:
        """What it says of a policy; None where it does not ask for that one."""
        return next((one for one in self.policies if one.policy == policy), None)


@dataclass(frozen=True)
class UnreadLink:
    """A text that is no link of ours, with the reason in words."""

    reason: str


def write_link(link: Link, key: SigningKey) -> str:
    """The fragment of the address, without its `#`."""
    return signed_line(START, link, key)


def reference_in(text: str) -> str:
    """The reference in a link's name; empty where the text is none."""
    name = _name(text)
    return name.payload if name else ""


def check_named(text: str, link: Link, public_keys: Mapping[str, str]) -> Link | UnreadLink:
    """`link`, which is what the register has of the reference in the name `text`, where that was signed for it."""
    name = _name(text)
    if not name:
        return UnreadLink(DAMAGED)
    return _signed(link, Token(START, payload_of(link), name.end), public_keys)


def read_link(text: str, public_keys: Mapping[str, str]) -> Link | UnreadLink:
    """The link in `text`, held against the public keys by their ids."""
    token = read_token(text, START)
    link = record_in(Link, token.payload) if token else None
    return _signed(link, token, public_keys) if token and link else UnreadLink(DAMAGED)


def _name(text: str) -> Token | None:
    return read_token(text, NAMED, payload=r"[A-Za-z0-9_-]{22}")


def _signed(link: Link, token: Token, public_keys: Mapping[str, str]) -> Link | UnreadLink:
    if link.key not in public_keys:
        return UnreadLink("the link was signed with a key that is not ours")
    if not token.is_signed_by(public_keys[link.key]):
        return UnreadLink("the link was changed after it was issued: its signature does not fit")
    return link
