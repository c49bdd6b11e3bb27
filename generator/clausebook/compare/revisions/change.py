"""One typed difference between two revisions of a policy, which can say what it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from clausebook.compare.revisions import in_words
from clausebook.model.clause import Clause
from clausebook.model.structures import all_in_words
from clausebook.model.text import paragraphs_of

Kind = Literal[
    "added", "removed", "split", "joined", "stricter", "looser", "binds-more", "binds-fewer", "reworded", "heading",
    "title", "editorial", "moved", "renumbered",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)
"""In the order in which several changes of one clause are told."""
TITLE = "title"
"""The id of a policy's title, which is told of as a clause is."""
NEVER_MATERIAL: frozenset[Kind] = frozenset({"editorial", "moved", "renumbered"})


@dataclass(frozen=True)
class Change:
    """What happened to a clause. A clause that changed in several ways has several changes."""

    kind: Kind
    before: tuple[Clause, ...]
    """The clauses of the old revision: none where it is added, several where they are joined."""
    after: tuple[Clause, ...]
    """The clauses of the new revision: none where it is removed, several where it is split."""
    similarity: int | None = None
    """How alike the wording of both sides is, from 0 to 100; nothing where there is only one side."""
    doubtful: bool = False
    """Whether a person should look if both sides are the same clause at all."""
    follows: str | None = None
    """The id, in the new revision, of the clause that it stands after, or stood after where it is removed."""
    through: str | None = None
    """The id of the lead-in whose like change brought this one about: both can be shown, and confirmed, as one."""
    through_id: str | None = None
    """The `id` of that change."""

    @property
    def clause(self) -> str:
        """The id by which a reader finds the clause: in the new revision, or in the old one where it is removed."""
        return (self.after or self.before)[0].id

    @property
    def id(self) -> str:
        """Names the change among all between these two revisions: `reworded:no-contact-with-pupils`.

        Where ids differ it has both sides: `split:breaches>breaches+who-to-tell`.
        """
        before, after = ("+".join(clause.id for clause in side) for side in (self.before, self.after))
        return (
            f"{self.kind}:{before}>{after}"
            if before and after and before != after
            else f"{self.kind}:{after or before}"
        )

    @property
    def anchor(self) -> str:
        """The end of the clause's address, from the sign `#` on; nothing for the title."""
        return "" if self.clause == TITLE else f"#{self.clause}"

    @property
    def is_only_address(self) -> bool:
        """Whether a reader finds the very same words, at another address."""
        if self.kind != "editorial":
            return False
        (one,), (other,) = self.before, self.after
        return (one.lead_in, one.said) == (other.lead_in, other.said)

    @property
    def material(self) -> bool:
        """Whether a change of this kind asks staff to acknowledge anew, unless HR says otherwise."""
        return self.kind not in NEVER_MATERIAL

    @property
    def text_before(self) -> str:
        """The words of the old side with their lead-ins."""
        return _text(self.before)

    @property
    def text_after(self) -> str:
        """The words of the new side with their lead-ins."""
        return _text(self.after)

    def in_words(self, roles: Mapping[str, str] | None = None) -> str:
        """One plain sentence for staff; `roles` has each role's label by its id."""
        return in_words.SENTENCES[self.kind](self.before, self.after, roles or {})

    def doubt_in_words(self) -> str:
        """Why a person should look at it; nothing where there is no doubt."""
        return in_words.doubt(self.before, self.after, self.similarity) if self.doubtful else ""


def _text(clauses: tuple[Clause, ...]) -> str:
    """Each clause with its lead-ins, unless the clause before has just said them; a line for each paragraph, and each row of a table."""
    said: list[str] = []
    for clause in clauses:
        said += [lead_in for lead_in in clause.lead_in if lead_in not in said]
        said.append("\n".join((*paragraphs_of(clause.text), *all_in_words(clause.structures))))
    return " ".join(said)
