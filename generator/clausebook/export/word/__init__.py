"""A policy as a Word file, as HR would have made it, and the changes between two revisions as tracked changes.

`pieces` says what the file is made of, `front` what stands before the text, `numbering` which numbers Word counts; `body`, `runs`,
`styles` and `package` make XML of it. lxml is known here alone of this room. What a file names itself by is in model/word_identity.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from clausebook.export.word.front import front_of
from clausebook.export.word.numbering import work_out_numbering
from clausebook.export.word.package import About, render_package
from clausebook.export.word.pictures import Drawing, read_drawing
from clausebook.export.word.pieces import pieces_of
from clausebook.export.word.runs import Assembly, Author
from clausebook.model.handbook import Revision, Trust
from clausebook.model.labels import STATUS
from clausebook.model.outline import outline_of
from clausebook.model.text import Medium
from clausebook.model.values import DRAFTS
from clausebook.model.word_identity import render_exported

__all__ = ["Pictures", "medium_of", "render_policy"]
LOGO_SIZE = 1_440_000
"""4 centimetres."""


@dataclass(frozen=True)
class Pictures:
    """What a file shows, as PNG or JPEG: a picture that is neither is told in words."""

    figures: Mapping[str, bytes] = field(default_factory=dict)
    """By the names of their files."""
    logo: bytes | None = None

    def drawings(self) -> dict[str, Drawing]:
        read = {name: read_drawing(data) for name, data in self.figures.items()}
        return {name: drawing for name, drawing in read.items() if drawing}


NO_PICTURES = Pictures()


def render_policy(trust: Trust, revision: Revision, day: date, pictures: Pictures = NO_PICTURES) -> bytes:
    """The Word file of a revision. `day` is when it is made."""
    parts = outline_of(revision)
    numbering = work_out_numbering(parts)
    logo = read_drawing(pictures.logo, widest=2 * LOGO_SIZE, highest=LOGO_SIZE) if pictures.logo else None
    text = pieces_of(revision, parts, numbering, medium_of(trust, revision), pictures.drawings())
    pieces = [*front_of(trust, revision, parts, logo), *text]
    moment = f"{day.isoformat()}T00:00:00Z"
    assembly = Assembly(Author(trust.record.name, moment), frozenset(part.of for part in parts))
    about = About(revision.record.title, trust.record.name, state_of(revision), moment, revision.digest, render_exported(revision))  # fmt: skip
    return render_package(pieces, numbering, trust.record.palette.shades, assembly, about)


def medium_of(trust: Trust, revision: Revision) -> Medium:
    """A Word file shows the whole policy, and leads to the site where somebody has said where that is."""
    address = trust.address
    return Medium(address, f"{address}{revision.policy}/files/" if address else None, is_whole=True)


def state_of(revision: Revision) -> str:
    """What the foot of each page says: `September 2025 (version 3.0)`, and that it is a draft."""
    status = revision.record.status
    return f"{STATUS[status]}: {revision.name}" if status in DRAFTS else revision.name
