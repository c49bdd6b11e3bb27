"""How people stand at a date: what they were asked, what they signed, what they owe. standings_as_at.py asks a register for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from clausebook.acknowledgements.register.entries import Assurance
from clausebook.acknowledgements.signing.links import QuizMode

SIGNS = ("acknowledged", "on-behalf", "carried")
"""The kinds of entry by which somebody has acknowledged a revision."""
Key = tuple[str, str, str]
"""Person, trust and policy."""


@dataclass(frozen=True, slots=True)
class TextKey:
    """Which text somebody was asked for or signed: a revision of the trust's, or one with an academy's fields and appendix.

    A trust's own text is known by its revision alone, an academy's by what it says: its appendix has no revisions.
    """

    revision: str
    digest: str = ""
    """Empty for the trust's own text."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a personal link asks of one policy; a link over several has one of these for each, with the same `ref`."""

    entry: int
    ref: str
    campaign: str
    revision: str
    digest: str
    since: str
    issued: str
    due: str
    expires: str
    quiz: QuizMode
    quizzes: Literal["each", "one"]
    key: str
    academy: str = ""
    """The academy whose text it is; empty for the trust's own."""

    @property
    def text(self) -> TextKey:
        return TextKey(self.revision, self.digest if self.academy else "")


@dataclass(frozen=True, slots=True)
class Signed:
    """An acknowledgement of a revision: the first that holds."""

    entry: int
    ref: str
    revision: str
    day: str
    """When HR received it, as a day or a moment."""
    how: str
    """acknowledged, on-behalf or carried."""
    assurance: Assurance
    carried_from: str = ""
    digest: str = ""
    academy: str = ""
    """The academy whose text it was; empty for the trust's own."""

    @property
    def text(self) -> TextKey:
        return TextKey(self.revision, self.digest if self.academy else "")


@dataclass(frozen=True, slots=True)
class Unclear:
    """A person's word that they did not understand some clauses."""

    entry: int
    ref: str
    revision: str
    day: str
    clauses: tuple[str, ...]
    question: str
    answered: bool


@dataclass(frozen=True, slots=True)
class Held:
    """A receipt that waits for a decision; `person` is empty where nobody knows whose it is."""

    entry: int
    ref: str
    person: str
    trust: str
    policy: str
    day: str
    says: str


@dataclass(frozen=True, slots=True)
class Excused:
    """An entry by which a person need not sign: they left, or are exempt from a campaign."""

    entry: int
    campaign: str
    """Of an exemption."""
    day: str
    """Of somebody who left: the last day at work."""
    by: str
    says: str


@dataclass(frozen=True)
class Standing:
    """How one person stands towards one policy of one trust. What is void is not in it."""

    person: str
    trust: str
    policy: str
    asked: tuple[Asked, ...] = ()
    """In the order in which they were issued."""
    signed: tuple[Signed, ...] = ()
    """One for each text, in the order of their days."""
    unclear: tuple[Unclear, ...] = ()
    exempt: tuple[Excused, ...] = ()
    left: Excused | None = None

    def signed_of(self, text: TextKey) -> Signed | None:
        return next((one for one in self.signed if one.text == text), None)

    def has_left(self, day: str) -> bool:
        return self.left is not None and self.left.day[:10] < day

    def is_exempt(self, campaign: str) -> bool:
        return any(one.campaign == campaign for one in self.exempt)

    def link_for(self, text: TextKey, day: str) -> Asked | None:
        """The link by which they can still sign `text` on `day`."""
        return next((one for one in reversed(self.asked) if one.text == text and one.expires >= day), None)


@dataclass(frozen=True)
class IssuedLink:
    """A personal link as it was issued, whatever of it has become void since."""

    person: str
    trust: str
    asked: dict[str, Asked]
    """By policy, in the order in which the link names them."""


@dataclass(frozen=True)
class Standings:
    """How everybody stands whom the register knows."""

    by_key: Mapping[Key, Standing]
    links: Mapping[str, IssuedLink]
    """By reference, the void ones too."""
    held: tuple[Held, ...]
    """What still waits for a decision."""
    void: frozenset[int]
    """The numbers of the entries that do not count."""
    left: Mapping[tuple[str, str], Excused]
    """Who has left, by person and trust; whoever has left has left for every policy."""

    def of(self, person: str, trust: str, policy: str) -> Standing:
        found = self.by_key.get((person, trust, policy))
        return found or Standing(person, trust, policy, left=self.left.get((person, trust)))

    def __iter__(self) -> Iterator[Standing]:
        """Each person with each policy that they were asked for or signed."""
        return (standing for standing in self.by_key.values() if standing.policy)


@dataclass(frozen=True)
class Owed:
    """What a person owes on a day: to sign `revision`, of which they read all, or what changed since `since`."""

    person: str
    trust: str
    policy: str
    campaign: str
    revision: str
    since: str
    due: str
    overdue: int
    """Days past the due day; 0 while it is not past."""
    asked: Asked


def settled_by(standing: Standing) -> Signed | None:
    """What settles the last link that was issued to a person; None where nothing does, or none was issued."""
    if not standing.asked:
        return None
    last = standing.asked[-1]
    return next(
        (
            one
            for one in standing.signed
            if one.text == last.text or (one.how != "acknowledged" and one.entry > last.entry)
        ),
        None,
    )


def find_owed(standing: Standing, day: date) -> Owed | None:
    """What a person owes on `day`, by the last link that was issued to them; None where nothing."""
    today = day.isoformat()
    if not standing.asked or standing.has_left(today):
        return None
    last = standing.asked[-1]
    if settled_by(standing) or standing.is_exempt(last.campaign):
        return None
    due = min(one.due for one in standing.asked if one.text == last.text)
    overdue = max(0, (day - date.fromisoformat(due)).days)
    return Owed(
        standing.person, standing.trust, standing.policy, last.campaign, last.revision, last.since, due, overdue, last
    )
