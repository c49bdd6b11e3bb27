"""What a reader should know about a revision that it does not say of itself: a review that is due or overdue, apparent
conflicts, stale references, gaps in the source.

Nothing here is written per trust: each finding follows from content/references.yml, the dates, or the revision's own records.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from clausebook.findings.academies import find_in_academies
from clausebook.findings.between_policies import find_between
from clausebook.findings.contradictions import find_contradictions
from clausebook.findings.finding import KINDS, Finding, Kind
from clausebook.findings.reviews import Review, review_of, review_of_policy
from clausebook.model import ClausePattern, Reference
from clausebook.model.citation import heading_of, name_of
from clausebook.model.clause import Clause
from clausebook.model.dates import count, in_words, period_in_words
from clausebook.model.handbook import Handbook, Policy, Revision
from clausebook.model.labels import ruling_on
from clausebook.model.model_policy import find_model
from clausebook.model.text import find_phrase, plain_words, without_phrase

__all__ = ["KINDS", "Finding", "Kind", "find_all", "find_in_policy"]


def find_all(handbook: Handbook, as_of: date) -> tuple[Finding, ...]:
    """Every finding of every policy, as things stand on the day `as_of`."""
    return tuple(
        found for trust in handbook.trusts
        for found in (
            *(one for policy in trust.policies for one in _of_policy(trust.id, policy, handbook.references, as_of)),
            *find_between(trust, handbook, as_of),
            *find_in_academies(trust, as_of),
            *(one for revision in trust.in_force for one in _newer_model(revision, handbook, as_of)),
        )
    )  # fmt: skip


def _of_policy(trust: str, policy: Policy, references: tuple[Reference, ...], as_of: date) -> Iterator[Finding]:
    now = policy.in_force
    if review := review_of_policy(trust, policy, as_of):
        yield from _review(review, now.id if now else "")
    if now:
        yield from _in_text(now, references, as_of)


def find_in_policy(revision: Revision, references: tuple[Reference, ...], as_of: date) -> tuple[Finding, ...]:
    """The findings of one document by itself, the most urgent kind first."""
    return (*_review(review_of(revision, as_of), revision.id), *_in_text(revision, references, as_of))


def _in_text(revision: Revision, references: tuple[Reference, ...], as_of: date) -> tuple[Finding, ...]:
    return (
        *_conflicts(revision, as_of),
        *_conflicts_by_rule(revision, as_of),
        *_stale(revision, references),
        *_gaps(revision, as_of),
    )


def _review(review: Review, revision: str) -> Iterator[Finding]:
    today = in_words(review.as_of)
    if review.state == "overdue":
        tense, now = "was", f"O{review.in_words[1:]} on {today}. The policy stays in force until it is replaced."
    elif review.state == "due":
        left = (review.last - review.as_of).days
        told = f"{count(left, 'day')} {'is' if left == 1 else 'are'} left on" if left else "It is due today,"
        tense, now = "is", f"{told} {today}. The last day is {in_words(review.last)}."
    else:
        return
    assert review.due
    when = f"{'on' if len(review.due) == len('2021-09-30') else 'in'} {in_words(review.due)}"
    by = f", by its cycle of {period_in_words(review.every)}" if review.every else ""
    yield Finding(
        review.trust, review.policy, revision, review.state, (), (), f"The review {tense} due {when}{by}.", now,
        review.due, review.as_of.isoformat(),
    )  # fmt: skip


def _conflicts(revision: Revision, as_of: date) -> Iterator[Finding]:
    for conflict in revision.record.conflicts:
        ruling = conflict.ruling
        now = ruling_on(conflict.clauses, revision.record) or "No ruling is recorded. Ask before you rely on either."
        clauses = [revision.by_id[clause] for clause in conflict.clauses]
        yield Finding(
            revision.trust, revision.policy, revision.id, "conflict", conflict.clauses,
            tuple(clause.lines for clause in clauses if clause.lines), conflict.about, now,
            ruling.date if ruling else None, as_of.isoformat(),
        )  # fmt: skip


def _conflicts_by_rule(revision: Revision, as_of: date) -> Iterator[Finding]:
    for pair in find_contradictions(revision):
        clauses = (pair.ban, pair.other)
        yield Finding(
            revision.trust, revision.policy, revision.id, "conflict-by-rule", tuple(clause.id for clause in clauses),
            tuple(clause.lines for clause in clauses if clause.lines), " ".join(_said(clause) for clause in clauses),
            "Found by a rule, from the words alone. A person's ruling settles it: HR records one under “conflicts”. "
            "Until then, ask before you rely on either.", None, as_of.isoformat(),
        )  # fmt: skip


def _said(clause: Clause) -> str:
    place = name_of(clause) if clause.number else f"A clause under “{heading_of(clause)}”"
    return f"{place} says: “{plain_words(' '.join((*clause.lead_in, clause.text)))}”"


def _stale(revision: Revision, references: tuple[Reference, ...]) -> Iterator[Finding]:
    record = revision.record
    outermost = [_Whole(clause) for part in revision.sections for clause in part.clauses]
    for reference in references:
        clauses = [clause for clause in revision.clauses if named(reference, clause.said)]
        front = [part for part in record.front_matter if named(reference, part.says)]
        linked = [title for title in record.related if named(reference, title)]
        taken = [one for one in _following(revision, reference, outermost) if one not in clauses]
        if not (clauses or front or linked or taken):
            continue
        texts = (*(clause.said for clause in clauses), *linked, *(part.says for part in front))
        words_used = next((name for text in texts if (name := named(reference, text))), None)
        what = (
            f"The policy names “{words_used}”"
            if words_used
            else f"The policy holds to an older practice: {reference.label}"
        )
        places = "".join(f", in the linked document “{title}”" for title in linked)
        yield Finding(
            revision.trust, revision.policy, revision.id, "stale", tuple(clause.id for clause in (*clauses, *taken)),
            (*(clause.lines for clause in (*clauses, *taken) if clause.lines), *(part.lines for part in front)),
            f"{what}{places}.", reference.now, reference.since, reference.as_of,
        )  # fmt: skip


class _Whole:
    """A clause that stands by itself, its items among its parts, and all that it says."""

    def __init__(self, clause: Clause) -> None:
        self.parts = tuple(clause.walk())
        self.said = " ".join(part.said for part in self.parts)


def _following(revision: Revision, reference: Reference, outermost: Iterable[_Whole]) -> tuple[Clause, ...]:
    """The clauses by which the policy follows a practice that has moved on: those of the pattern, else the most direct of the answer."""
    asked = reference.position
    answered: tuple[str, ...] = ()
    if asked:
        position = revision.record.positions.get(asked.question)
        if not position or position.answer not in asked.answers:
            return ()
        answered = position.clauses[:1]
    if not reference.clauses:
        return tuple(revision.by_id[clause] for clause in answered)
    return tuple(found for whole in outermost for found in _fitting(whole, reference.clauses))


def _fitting(whole: _Whole, pattern: ClausePattern) -> tuple[Clause, ...]:
    """Of a clause with its items those in which a phrase of the pattern stands; none where the whole does not fit it."""
    if not all(any(_names(whole.said, phrases)) for phrases in pattern.all) or any(_names(whole.said, pattern.none)):
        return ()
    return tuple(
        part
        for part in whole.parts
        if any(_names(part.said, (phrase for phrases in pattern.all for phrase in phrases)))
    )


def _names(text: str, phrases: Iterable[str]) -> Iterator[bool]:
    return (find_phrase(phrase, text) is not None for phrase in phrases)


def named(reference: Reference, text: str) -> str | None:
    """The words by which `text` names `reference`; None where it does not, or shows that it knows of the change."""
    for phrase in reference.unless:
        if find_phrase(phrase, text):
            text = without_phrase(phrase, text)
    return next((found for phrase in reference.match if (found := find_phrase(phrase, text))), None)


def _newer_model(revision: Revision, handbook: Handbook, as_of: date) -> Iterator[Finding]:
    model = find_model(handbook.models, revision.record.model)
    if model and model.newer:
        yield Finding(
            revision.trust, revision.policy, revision.id, "newer-model", (), (),
            f"The policy was made from {model.title}. A newer one is out: {model.newer.name}.",
            "Nothing changes until the trust changes its policy. Look at what the newer model changes, clause by clause.",
            None, as_of.isoformat(),
        )  # fmt: skip


def _gaps(revision: Revision, as_of: date) -> Iterator[Finding]:
    for gap in revision.record.gaps:
        yield Finding(
            revision.trust, revision.policy, revision.id, "gap", (), (gap.lines,) if gap.lines else (), gap.says,
            "Nothing is filled in. Ask first.", None, as_of.isoformat(),
        )  # fmt: skip
