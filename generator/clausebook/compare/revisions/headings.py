"""The title of a policy and the headings of its sections, told as clauses that state them: words that can change like any other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from clausebook.compare.revisions.change import TITLE, Change, Kind
from clausebook.compare.revisions.matching import Link
from clausebook.compare.revisions.wording import is_same_but_for_typing
from clausebook.model import SectionRecord
from clausebook.model.clause import Clause
from clausebook.model.handbook import Revision, Section


def find_heading_changes(old: Revision, new: Revision, kept: Mapping[str, str]) -> Iterator[Change]:
    """What happened to the title and to each heading that has clauses below it on both sides; `kept` is of match_sections.

    Below it are those of the sections within it, too.
    """
    yield from _changed(_title_of(old), _title_of(new), "title")
    before, after = ({part.record.id: part for part in revision.sections} for revision in (old, new))
    for one, other in kept.items():
        if before[one].all_clauses and after[other].all_clauses:
            yield from _changed(_heading_of(before[one]), _heading_of(after[other]), "heading")


def match_sections(old: Revision, new: Revision, links: Sequence[Link]) -> dict[str, str]:
    """The new id of each old section: by its id; typed in afresh, by its heading, or else by where most of its clauses are."""
    before, after = ({part.record.id: part.record.heading for part in revision.sections} for revision in (old, new))
    kept = {section: section for section in before if section in after}
    afresh = {heading: section for section, heading in after.items() if section not in before}
    kept |= {
        section: afresh.pop(heading) for section, heading in before.items() if section not in kept and heading in afresh
    }
    left = set(afresh.values())
    for section in (one for one in before if one not in kept):
        went = Counter(
            link.after[0].section.id
            for link in links
            if link.before[0].section.id == section and link.after[0].section.id in left
        )
        if went:
            kept[section] = went.most_common(1)[0][0]
            left.discard(kept[section])
    return kept


def _changed(one: Clause, other: Clause, kind: Kind) -> Iterator[Change]:
    if one.text != other.text:
        yield Change("editorial" if is_same_but_for_typing(one.text, other.text) else kind, (one,), (other,))
    elif one.id != other.id:
        yield Change("editorial", (one,), (other,))


def _heading_of(part: Section) -> Clause:
    first = part.all_clauses[0]
    binds = dict.fromkeys(role for clause in part.all_clauses for one in clause.walk() for role in one.binds)
    return Clause(
        first.trust, first.policy, first.revision, part.record, part.record.id, part.record.number,
        part.record.number_inferred, (), (), part.record.heading, "states", tuple(binds), (), part.record.lines, False, part.all_clauses,
    )  # fmt: skip


def _title_of(revision: Revision) -> Clause:
    title = revision.record.title
    section = SectionRecord(id=TITLE, heading=title, clauses=())
    return Clause(
        revision.trust, revision.policy, revision.id, section, TITLE, None, False, (), (), title, "states",
        revision.record.binds, (), None, False, (),
    )  # fmt: skip
