"""A receipt: `ackr2.<payload>.<check>`, one line that a person's browser makes and the person passes on.

The payload is base64url of the RFC 8785 form of a Receipt; the check is the first sixteen hexadecimal digits of the SHA-256
of `ackr2.<payload>`. The check shows damage on the way, and no more: whoever holds a receipt can write another. Only the
link in it is authenticated. The name, the times and the answers are claims; HR's own time of receipt counts.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from clausebook.acknowledgements.signing.links import Digest
from clausebook.acknowledgements.signing.tokens import CHECK, checked_line, payload_of, read_token, record_in
from clausebook.model.campaign import MOST_POLICIES
from clausebook.model.values import AskedId, Id, Mark
from clausebook.quizzes.broken_lines import LONGEST, DamagedLine, find_lines

START = "ackr2"
WHOLE = re.compile(rf"{START}\.[A-Za-z0-9_-]+\.{CHECK}")
Moment = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$")]
Words = Annotated[str, StringConstraints(max_length=2000)]


class QuizTaken(BaseModel):
    """The raw answers of the quiz; what they are worth is worked out from the YAML."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    answers: dict[AskedId, Annotated[list[Id], Field(max_length=27)]] = Field(max_length=60)
    attempt: Annotated[int, Field(ge=0, le=999)]
    finished: Annotated[str, StringConstraints(max_length=20)]
    mark: Mark
    role: Annotated[str, StringConstraints(max_length=80)]
    seed: Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{1,100}$")]
    since: Annotated[str, StringConstraints(max_length=80)]


class SignedPolicy(BaseModel):
    """What a receipt says of one policy."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    policy: Id
    revision: Id
    digest: Digest
    """Of the text that the page showed."""
    shown: Annotated[str, StringConstraints(max_length=80)]
    """`whole`, or the id of the revision since which the changed clauses were shown."""
    outcome: Literal["acknowledged", "not-understood"]
    unclear: Annotated[list[Id], Field(max_length=50)]
    """Of `not-understood`: the clauses."""
    question: Words
    """Of `not-understood`: what the person asks; may be empty."""
    quiz: QuizTaken | None
    """The quiz on this policy."""


class Receipt(BaseModel):
    """What somebody says that they did, as their browser wrote it down."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    link: Annotated[str, StringConstraints(max_length=4000)]
    """The personal link by its name, `r1.…`; empty where the page was opened without one."""
    trust: Id
    campaign: Id
    policies: Annotated[list[SignedPolicy], Field(min_length=1, max_length=MOST_POLICIES)]
    statement: Words
    """The words that were ticked."""
    name: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    """As it was typed."""
    opened: Annotated[str, StringConstraints(max_length=40)]
    signed: Annotated[str, StringConstraints(max_length=40)]
    """By the clock of the person's device; whether they are moments that there are, judging says."""
    checked: Annotated[list[Literal["signature", "dates", "digest"]], Field(max_length=3)]
    """What the page could check of the link; on plain HTTP no signature."""
    quiz: QuizTaken | None
    """The one quiz on all of its policies, where the campaign asks for that."""

    def part(self, policy: str) -> SignedPolicy | None:
        """What it says of a policy; None where it does not speak of that one."""
        return next((one for one in self.policies if one.policy == policy), None)


@dataclass(frozen=True)
class FoundReceipt:
    """A receipt with the line that it was read from; `id` is the same however often it arrives, and by whatever channel."""

    line: str
    receipt: Receipt

    @property
    def id(self) -> str:
        """SHA-256 of the line, as 64 hexadecimal digits."""
        return hashlib.sha256(self.line.encode()).hexdigest()


def receipt_id(raw: bytes) -> str:
    """The id of what lies in a receipt's file: SHA-256 of its line, without the end of the line."""
    return hashlib.sha256(raw.removesuffix(b"\n")).hexdigest()


def write_receipt(receipt: Receipt) -> str:
    """The line, as the page writes it too."""
    return checked_line(START, receipt)


def read_receipt(line: str) -> FoundReceipt | str:
    """The receipt that a line is, or the reason in words why it is none."""
    token = read_token(line, START, payload=r"[A-Za-z0-9_-]+", end=CHECK)
    if not token or len(line) > LONGEST:
        return "the receipt is cut off, or something was added to it"
    if not token.is_undamaged:
        return "the receipt was changed on its way: its check does not fit"
    receipt = record_in(Receipt, token.payload)
    if not receipt:
        return "the receipt holds something that our page does not write"
    if payload_of(receipt) != token.payload:
        return "the receipt is not written as our page writes it"
    return FoundReceipt(line, receipt)


def find_receipts(text: str) -> Iterator[FoundReceipt | DamagedLine]:
    """Every receipt in a text, in its order, whole or damaged; mails may have broken and quoted its line. Raises nothing."""
    return find_lines(f"{START}.", text, _read_first)


def _read_first(line: str) -> FoundReceipt | str:
    """The receipt with which a line begins: what follows it in a mail may have come along."""
    whole = WHOLE.match(line)
    return read_receipt(whole[0] if whole else "")
