"""The force of a clause and whom it binds, guessed from its words: suggestions to be read, never facts."""

from __future__ import annotations

import re
from collections.abc import Container

from clausebook.model import Modality
from clausebook.model.text import as_read

BANS = (
    r"must (?:not|never)|shall (?:not|never)|may not|(?:is|are|be) (?:strictly |expressly )?(?:prohibited|forbidden|banned)"
    r"|(?:is|are|be|being) (?:not|never) (?:be )?(?:permitted|allowed|acceptable)|not (?:be )?(?:permitted|allowed|acceptable|tolerated)"
    r"|(?:^|[.:;] )(?:do not|don't|never)\b|under no circumstances|unacceptable|cannot"
    r"|will not (?:use|share|post|accept|give|take|have|allow|access|disclose|be tolerated)"
)
FORCES: tuple[tuple[Modality, str], ...] = (
    ("must-not", BANS),
    ("should-not", r"should (?:not|never)|ought not|advised (?:not to|against)|discouraged|(?:^|[.:;] )avoid\b"),
    ("must", r"must|shall|required to|(?:has|have) to|(?:is|are) expected to|needs? to|obliged to|(?:staff|employees|workers|managers|headteachers?|principals?|governors|trustees|you|everyone|colleagues|the (?:school|trust|academy|college|employer|headteacher|principal|governing (?:body|board)|board)) will|responsible for|(?:^|[.:;] )(?:always|ensure|report|tell|keep|make sure)\b"),
    ("should", r"should|ought|encouraged to|advised to|recommended|good practice|advisable"),
    ("may", r"may|can|(?:is|are) (?:permitted|allowed|entitled|free) to|(?:has|have) the right to|at (?:the|their|its) discretion"),
)  # fmt: skip
WHOM: tuple[tuple[str, str], ...] = (
    ("safeguarding-leads", r"(?:the )?(?:designated safeguarding (?:lead|officer|person)s?|dsls?)"),
    ("hr", r"(?:the )?(?:hr|human resources|people team)\b"),
    ("it-team", r"(?:the )?(?:it|ict|network|systems?) (?:team|manager|technicians?|department|support|services|staff)"),
    ("senior-leaders", r"(?:the )?(?:headteachers?|head teachers?|principals?|heads? of school|executive (?:head|principal|leader)s?|chief executive|ceo|senior leaders?|senior leadership team|slt)\b"),
    ("managers", r"(?:the |all |line |your |an? )*(?:line )?managers?\b"),
    ("governors", r"(?:the )?(?:governors|trustees|governing (?:body|board)|local governing|board of trustees|trust board|directors)\b"),
    ("employer", r"(?:the |our |this )?(?:trust|school|academy|academies|college|employer|multi-academy trust|local authority|council)\b(?! staff)"),
    ("volunteers", r"(?:all |any )?volunteers\b"),
    ("contractors", r"(?:all |any )?(?:contractors|consultants)\b"),
    ("visitors", r"(?:all |any )?visitors\b"),
    ("pupils", r"(?:all |any )?(?:pupils|students|children|learners)\b"),
    ("parents", r"(?:all |any )?(?:parents|carers)\b"),
)  # fmt: skip
STAFF = re.compile(
    r"(?:all |any |every )?(?:members? of )?(?:staff|employees?|workers?|colleagues|you|teachers?|everyone|individuals)\b",
    re.IGNORECASE,
)


def guess_force(text: str) -> Modality | None:
    """The strongest force that words state, or None where they state none."""
    words = as_read(text)
    return next(
        (force for force, pattern in FORCES if re.search(rf"(?<!\w)(?:{pattern})(?!\w)", words, re.IGNORECASE)), None
    )


def forces_of(text: str) -> set[Modality]:
    """The force of each sentence that states one."""
    return {force for sentence in re.split(r"(?<=[.;!?])\s+", as_read(text)) if (force := guess_force(sentence))}


def guess_whom(text: str, roles: Container[str]) -> str | None:
    """The role with which a sentence begins; None where it begins with staff, or with nobody."""
    words = as_read(text)
    if STAFF.match(words):
        return None
    return next((role for role, pattern in WHOM if role in roles and re.match(pattern, words, re.IGNORECASE)), None)


def last_sentence(text: str) -> str:
    """The sentence that leads into a list."""
    return re.split(r"(?<=[.;!?])\s+", as_read(text))[-1]
