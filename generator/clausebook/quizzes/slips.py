"""Completion slips: the lines `quiz1.…` that staff pass on, read out of mails, tables and saved files.

A line is `quiz1.` and the base64url (RFC 4648, section 5, without padding) of a JSON object, as overrides/scripts/shared/codec.js
writes it. On its way it may have been broken, quoted with `>`, or wrapped as quoted-printable does it (RFC 2045, 6.7).
Whoever holds it could have changed it: what is read here is a claim, and only the marking says what it is worth.
"""

from __future__ import annotations

import base64
import hashlib
import json
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from clausebook.model.campaign import MOST_POLICIES
from clausebook.model.values import AskedId, Id, Mark
from clausebook.quizzes.broken_lines import LONGEST, PIECE, DamagedLine, find_lines

START = "quiz1."
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def _visible(value: object) -> object:
    """A name without what a terminal would obey or hide."""
    return (
        "".join("�" if unicodedata.category(ch) in UNSEEN else ch for ch in value) if isinstance(value, str) else value
    )


def _minute(value: object) -> object:
    """`2026-11-21T10:15Z`, a minute that there is."""
    if isinstance(value, str):
        datetime.strptime(value, "%Y-%m-%dT%H:%MZ")  # noqa: DTZ007 — the Z is matched as a letter, and means UTC
    return value


IdOrNone = Annotated[str, StringConstraints(pattern=r"^([a-z0-9]+(-[a-z0-9]+)*)?$", max_length=80)]


Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class TextAsked(BaseModel):
    """A text that a quiz asked about."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    digest: Digest
    policy: Id
    revision: Id


class Answered(BaseModel):
    """What every slip says: what somebody answered, as their browser wrote it down."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    answers: dict[AskedId, Annotated[tuple[Id, ...], Field(max_length=27)]] = Field(min_length=1, max_length=60)
    """By question: the options that were chosen, of an order in the reader's order; none where it was not answered."""
    attempt: Annotated[int, Field(ge=0, le=999)]
    """Counted from 0."""
    finished: Annotated[
        str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}Z$"), BeforeValidator(_minute)
    ]
    mark: Mark
    """Of the pool that the questions were drawn from."""
    name: Annotated[str, StringConstraints(max_length=200), BeforeValidator(_visible)]
    role: IdOrNone
    seed: Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{1,100}$")]
    trust: Id

    @property
    def quiz(self) -> tuple[str, ...]:
        """Names the quiz that it is of."""
        raise NotImplementedError

    @property
    def key(self) -> tuple[str, ...]:
        """The same for the same answers of one attempt, however often they are passed on, and under whatever name."""
        answers = json.dumps(self.answers, sort_keys=True)
        return (*self.quiz, self.role, self.seed, str(self.attempt), self.finished, answers)

    @property
    def id(self) -> str:
        """SHA-256 of its key."""
        return hashlib.sha256(json.dumps(self.key).encode()).hexdigest()


class Slip(Answered):
    """A quiz on one policy."""

    digest: Digest
    policy: Id
    revision: Id
    since: IdOrNone
    """The older revision of a quiz on what changed."""

    @property
    def quiz(self) -> tuple[str, ...]:
        return self.trust, self.policy, self.revision, self.since

    @property
    def policies(self) -> tuple[TextAsked, ...]:
        """The one text that it asked about."""
        return (TextAsked(digest=self.digest, policy=self.policy, revision=self.revision),)


class CampaignSlip(Answered):
    """The one quiz of a campaign over several policies."""

    campaign: Id
    policies: tuple[TextAsked, ...] = Field(min_length=1, max_length=MOST_POLICIES)
    """Those that the person owed, in the campaign's order."""

    @property
    def quiz(self) -> tuple[str, ...]:
        return self.trust, "", self.campaign, *(f"{one.policy} {one.revision}" for one in self.policies)


AnySlip = Slip | CampaignSlip


def read_slip(says: str) -> AnySlip:
    """The slip that a JSON object is. Raises ValidationError."""
    return _kind_of(json.loads(says)).model_validate_json(says)


def _kind_of(says: object) -> type[AnySlip]:
    return CampaignSlip if isinstance(says, dict) and "campaign" in says else Slip


def find_slips(text: str) -> Iterator[AnySlip | DamagedLine]:
    """Every slip in `text`, in its order, and every line that begins like one and cannot be read. Raises nothing."""
    return find_lines(START, text, _slip)


def _slip(line: str) -> AnySlip | str:
    """The slip with which a line begins, or why there is none. What stands behind it may have come along: the JSON says where it ends."""
    payload = PIECE.match(line, len(START))[0]  # type: ignore[index]  # it matches nothing, too
    whole = payload[:LONGEST]
    whole = whole[: len(whole) - (len(whole) % 4 == 1)]
    written = base64.urlsafe_b64decode(whole + "=" * (-len(whole) % 4)).decode("utf-8", "replace")
    try:
        says, end = json.JSONDecoder().raw_decode(written)
    except (ValueError, RecursionError):
        if len(payload) > LONGEST:
            return f"it is longer than {LONGEST:,} characters, and no slip is"
        return "a part of it is missing, or a sign in it was changed"
    try:
        return _kind_of(says).model_validate_json(written[:end])
    except ValidationError as error:
        return _misfits(error)


def _misfits(error: ValidationError) -> str:
    names = dict.fromkeys(str(one["loc"][0]) if one["loc"] else "all of it" for one in error.errors(include_url=False))
    told = ", ".join("".join(ch for ch in name[:20] if ch.isalnum() or ch == " ") for name in list(names)[:3])
    return f"it does not hold what a slip of Clausebook holds ({told})"
