"""One receipt with all that it is held against, from which every rule reads."""

from __future__ import annotations

from dataclasses import dataclass

from clausebook.acknowledgements.campaigns.handbook_index import HandbookIndex
from clausebook.acknowledgements.desk.people import Person
from clausebook.acknowledgements.inbox.readers.submission import Origin
from clausebook.acknowledgements.inbox.rules.decision import Decision, LinkOwner
from clausebook.acknowledgements.inbox.rules.register_index import EarlierReceipt, Known
from clausebook.acknowledgements.register.entries import Assurance
from clausebook.acknowledgements.signing.links import Link, LinkedPolicy
from clausebook.acknowledgements.signing.receipts import Receipt, SignedPolicy

BY_HAND = "settle it with `clausebook acks review ENTRY --accept` or `--reject`"


@dataclass(frozen=True)
class Clock:
    """When this is judged, and the day on which HR received what does not tell it itself."""

    at: str
    received: str


@dataclass(frozen=True)
class Case:
    """What a receipt says of one policy; its link is genuine, was issued by this desk and asks for that policy."""

    id: str
    receipt: Receipt
    part: SignedPolicy
    origin: Origin
    link: Link
    linked: LinkedPolicy
    whose: LinkOwner
    person: Person | None
    received: str
    """The day or moment on which HR received it."""
    known: Known
    books: HandbookIndex

    @property
    def assurance(self) -> Assurance:
        """A mail's sender can be forged, and a link passed on: both together are harder to come by than one."""
        mail = self.person.mail.lower() if self.person else ""
        return "link and sender" if mail and self.origin.sender == mail else "link only"

    def hold(self, reason: str, next_step: str = BY_HAND, detail: str = "") -> Decision:
        return Decision("hold", reason, next_step, detail, self.whose, self.assurance, self.received)

    def reject(self, reason: str, next_step: str) -> Decision:
        return Decision("reject", reason, next_step, whose=self.whose, received=self.received)


def received_of(origin: Origin, prior: EarlierReceipt | None, clock: Clock) -> str:
    """When HR received it: as the channel tells, unless it tells a day to come; or as it told the first time."""
    told = origin.received
    if told and told[:10] <= clock.at[:10]:
        return told
    return prior.received if prior and prior.received else clock.received
