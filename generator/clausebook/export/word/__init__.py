"""A policy as a Word file, as HR would have made it, and the changes between two revisions as tracked changes.

`pieces` says what the file is made of, `front` what stands before the text, `numbering` which numbers Word counts; `body`, `runs`,
`styles` and `package` make XML of it. lxml is known here alone of this room. What a file names itself by is in model/word_identity.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from clausebook.compare.revisions.matching import match_clauses
from clausebook.export.word.body import make_document
from clausebook.export.word.front import facts_and_history, front_of, front_of_comparison, title_of, whose_of
from clausebook.export.word.numbering import without_numbers, work_out_numbering
from clausebook.export.word.package import HEADS, About, render_package
from clausebook.export.word.pictures import Drawing, read_drawing
from clausebook.export.word.pieces import Piece, pieces_of
from clausebook.export.word.projections import prove
from clausebook.export.word.redline import track_changes
from clausebook.export.word.runs import Assembly, Author
from clausebook.model.handbook import Revision, Trust
from clausebook.model.labels import STATUS
from clausebook.model.outline import Part, outline_of
from clausebook.model.values import DRAFTS
from clausebook.model.word_identity import render_exported, word_medium

__all__ = ["Pictures", "render_comparison", "render_policy"]
LOGO_SIZE = 1_440_000
"""4 centimetres."""


@dataclass(frozen=True)
class Pictures:
    """What a file shows, as PNG or JPEG: a picture that is neither is told in words."""

    figures: Mapping[str, bytes] = field(default_factory=dict)
    """By the names of their files."""
    logo: bytes | None = None

    @property
    def drawn_logo(self) -> Drawing | None:
        return read_drawing(self.logo, widest=2 * LOGO_SIZE, highest=LOGO_SIZE) if self.logo else None

    def drawings(self) -> dict[str, Drawing]:
        read = {name: read_drawing(data) for name, data in self.figures.items()}
        return {name: drawing for name, drawing in read.items() if drawing}


NO_PICTURES = Pictures()


def render_policy(trust: Trust, revision: Revision, day: date, pictures: Pictures = NO_PICTURES) -> bytes:
    """The Word file of a revision. `day` is when it is made."""
    parts = outline_of(revision)
    numbering = work_out_numbering(parts)
    text = pieces_of(revision, parts, numbering, word_medium(trust.address, revision.policy), pictures.drawings())
    pieces = [*front_of(trust, revision, parts, pictures.drawn_logo), *text, *whose_of(trust, revision)]
    assembly = _assembly(trust, day, parts)
    document = make_document(pieces, assembly, HEADS)
    about = _about(trust, revision, day, render_exported(revision))
    return render_package(document, numbering, trust.record.palette.shades, assembly, about)


def render_comparison(trust: Trust, old: Revision, new: Revision, day: date, pictures: Pictures = NO_PICTURES) -> bytes:
    """The Word file of the changes from `old` to `new`, tracked, with the trust as their author.

    Proved before it is returned: accepting all gives the new text, rejecting all the old one. Raises UnprovedError, which is our bug.
    """
    before, after = (list(_typed(trust, revision, pictures)) for revision in (old, new))
    links = (link for link in match_clauses(old, new) if len(link.before) == len(link.after) == 1)
    renamed = {link.before[0].id: link.after[0].id for link in links}
    front = list(front_of_comparison(trust, old, new, pictures.drawn_logo))
    pieces = [*front, *track_changes(before, after, renamed)]
    assembly = _assembly(trust, day, (*outline_of(old), *outline_of(new)))
    document = make_document(pieces, assembly, HEADS)
    prove(document, [*front, *before], [*front, *after])
    about = replace(_about(trust, new, day, render_exported(new, old)), tracks_changes=True)
    return render_package(document, without_numbers(()), trust.record.palette.shades, assembly, about)


def _typed(trust: Trust, revision: Revision, pictures: Pictures) -> Iterator[Piece]:
    """A revision with every number typed, without a list of contents, which Word cannot track."""
    parts = outline_of(revision)
    yield from title_of(trust, revision)
    yield from facts_and_history(revision)
    yield from pieces_of(
        revision, parts, without_numbers(parts), word_medium(trust.address, revision.policy), pictures.drawings()
    )


def _assembly(trust: Trust, day: date, parts: Sequence[Part]) -> Assembly:
    return Assembly(Author(trust.record.name, _moment(day)), frozenset(part.of for part in parts))


def _about(trust: Trust, revision: Revision, day: date, exported: str) -> About:
    return About(revision.record.title, trust.record.name, state_of(revision), _moment(day), revision.digest, exported)


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def state_of(revision: Revision) -> str:
    """What the foot of each page says: `September 2025 (version 3.0)`, and that it is a draft."""
    status = revision.record.status
    return f"{STATUS[status]}: {revision.name}" if status in DRAFTS else revision.name
