"""A decision on one arrival: what becomes of it, why, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from clausebook.acknowledgements.register.entries import Assurance, Kind
from clausebook.acknowledgements.register.standings import Asked

Outcome = Literal["accept", "duplicate", "hold", "reject"]
KINDS: dict[Outcome, Kind] = {"accept": "acknowledged", "duplicate": "duplicate", "hold": "held", "reject": "rejected"}


@dataclass(frozen=True, slots=True)
class LinkOwner:
    """Whose link it is, as the register knows it."""

    person: str
    trust: str
    policy: str
    asked: Asked


@dataclass(frozen=True)
class Decision:
    """`reason` and `next_step` name nobody, because they go into the register; `detail` is for HR's eyes alone."""

    outcome: Outcome
    reason: str
    next_step: str = ""
    detail: str = ""
    whose: LinkOwner | None = None
    assurance: Assurance = ""
    received: str = ""
    about: int | None = None
    """The entry of the register that it has to do with."""
    unclear: bool = False
    """Accepted as the word that something was not understood."""
    recorded: bool = True
    """Whether the register gets an entry: not for what it holds already, nor for what was no receipt."""
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> Kind:
        """Of the entry."""
        return "not-understood" if self.unclear else KINDS[self.outcome]

    @property
    def words(self) -> str:
        """The reason in full, for HR."""
        more = "; ".join(filter(None, (self.assurance if self.outcome == "accept" else "", self.detail)))
        return f"{self.reason} ({more})" if more else self.reason
