"""What people ask who do not understand something: it stands in their receipts, and not in the register, which holds no free text of staff."""

from __future__ import annotations

from dataclasses import replace

from clausebook.acknowledgements.desk.paths import Desk
from clausebook.acknowledgements.inbox.collect import read_stored
from clausebook.acknowledgements.register.entries import Register
from clausebook.acknowledgements.register.standings import Standing, Standings, Unclear


def with_questions(desk: Desk, register: Register, standings: Standings) -> Standings:
    """The same standings, with each question, as long as the desk has its receipt."""
    receipts = {one.number: one.body.receipt for one in register.find(kind="not-understood") if one.body}

    def asked(one: Unclear, policy: str) -> Unclear:
        stored = None if one.question else read_stored(desk, receipts[one.entry])
        part = stored.receipt.part(policy) if stored else None
        return replace(one, question=part.question) if part and part.question else one

    def told(standing: Standing) -> Standing:
        return replace(standing, unclear=tuple(asked(one, standing.policy) for one in standing.unclear))

    return replace(standings, by_key={key: told(one) if one.unclear else one for key, one in standings.by_key.items()})
