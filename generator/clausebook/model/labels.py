"""The words that readers see for what records hold: one place, so that a page, a PDF and a table say the same."""

from __future__ import annotations

from collections.abc import Iterable

from clausebook.model import Answer, Dates, Lines, Modality, Question, RevisionRecord, Unanswered, Unsaid
from clausebook.model.academy import How
from clausebook.model.dates import in_words
from clausebook.model.verdicts import Verdict, verdict

FORCE: dict[Modality, str] = {
    "must": "Must",
    "must-not": "Must not",
    "should": "Should",
    "should-not": "Should not",
    "may": "May",
    "states": "States",
}
ANSWER: dict[Answer, str] = {
    "required": "Required",
    "prohibited": "Prohibited",
    "restricted": "Restricted",
    "permitted": "Permitted",
    "advised": "Advised",
    "advised-against": "Advised against",
    "not-required": "Not required",
    "silent": "Not stated",
    "unreadable": "Can't be read",
}
UNANSWERED: dict[Unanswered, str] = {"not-looked-at": "Not looked at yet", "not-covered": "Not dealt with"}
"""A key question that no policy of a trust has answered."""
UNANSWERED_MEANS: dict[Unanswered, str] = {
    "not-looked-at": "A policy deals with this, but no one has written down its answer yet. Ask first.",
    "not-covered": "None of the trust's policies here deals with this. Ask first.",
}
CELL: dict[str, str] = {name: word for table in (ANSWER, UNANSWERED) for name, word in table.items()}
"""A trust's answer to a key question, in a word."""
STRENGTH: dict[str, str] = {
    answer: word for answer, word in CELL.items() if answer not in ("silent", "unreadable", "not-looked-at")
}
"""How strongly an answer is put: the small word beside its verdict. Where the verdict says it all there is none."""
VERDICT: dict[Verdict, str] = {
    "yes": "Yes",
    "no": "No",
    "depends": "It depends",
    "not-stated": "Not stated",
    "unreadable": "Can't be read",
    "not-looked-at": "Not looked at yet",
}
"""What an answer comes to: the first words of every answer."""
VERDICT_MEANS: dict[Verdict, str] = {
    "yes": "The policy says yes. The small word beside it says how strongly: a should is not a must.",
    "no": "The policy says no. The small word beside it says how strongly.",
    "depends": "Only within limits, with permission, or for some people. Read which.",
    "not-stated": "The policy does not say. That is not permission: ask first.",
    "unreadable": "The document is damaged where it would say. Ask first.",
    "not-looked-at": "A policy deals with this, but no one has written down its answer yet. Ask first.",
}
ANSWER_MEANS: dict[Answer, str] = {
    "required": "The policy says it must be so. For a question such as “does it …”: yes, as a rule.",
    "prohibited": "The policy says it must not be so. The reason names any narrow exception.",
    "restricted": "Allowed only within limits, with permission, or for some people. The reason says which.",
    "permitted": "The policy says it may be so, or allows it.",
    "advised": "A “should”: recommended, not required.",
    "advised-against": "A “should not”: discouraged, not forbidden.",
    "not-required": "The policy says it does not have to be so.",
    "silent": "The policy does not say. That is not permission: ask first.",
    "unreadable": "The document is damaged where it would say. Ask first.",
}
CELL_MEANS: dict[str, str] = {name: word for table in (ANSWER_MEANS, UNANSWERED_MEANS) for name, word in table.items()}
UNSAID: dict[Unsaid, str] = {
    "front-matter": "In the front matter",
    "unreadable": "Can't be read",
    "silent": "Not stated",
    "not-covered": "Not dealt with",
}
"""A topic on which no clause is."""
UNSAID_MEANS: dict[Unsaid, str] = {
    "front-matter": "No clause is about this topic. The document says it before its clauses:",
    "unreadable": "The document is damaged where it would speak of this. Ask first.",
    "silent": "No clause of this policy is about this topic. Ask first.",
    "not-covered": "None of the trust's policies here deals with this topic. Ask first.",
}
OUTCOME = {
    "met": "Met",
    "partly": "Partly met",
    "contradicted": "Not met",
    "silent": "Not stated",
    "unreadable": "Can't be read",
}
"""What became of a point of a checklist."""
STATUS = {
    "draft": "Draft",
    "consultation": "Out for consultation",
    "in-force": "In force",
    "superseded": "Superseded",
    "withdrawn": "Withdrawn",
}
FACTS = {
    "title": "title",
    "version": "version",
    "titled": "date on the document",
    "approved": "date of approval",
    "published": "date of publication",
    "effective": "date it takes effect",
    "review_due": "date of the next review",
    "approved_by": "who approved it",
    "owner": "owner",
}
REVIEW = {
    "overdue": "overdue",
    "due": "due within 90 days",
    "later": "due later",
    "not-stated": "without a review date",
}
"""How the review of a policy stands, after a number of policies."""
CHANGE = {
    "added": "Added",
    "removed": "Removed",
    "split": "Split",
    "joined": "Joined",
    "stricter": "Stricter",
    "looser": "Less strict",
    "binds-more": "Now applies to more people",
    "binds-fewer": "Now applies to fewer people",
    "reworded": "Reworded",
    "heading": "Heading changed",
    "title": "Title changed",
    "editorial": "Tidied up",
    "moved": "Moved",
    "renumbered": "Renumbered",
}
DEPARTURE = {
    "tightened": "Tightened",
    "loosened": "Loosened",
    "added": "Added",
    "left-out": "Left out",
    "reworded": "Reworded",
    "names-filled-in": "Only names filled in",
}
"""How a policy departs from the model that it was made from."""
MOVE = {
    "take": "Can be taken over",
    "choose": "Both texts changed",
    "same": "The policy says this already",
}
"""What a change of a newer model means for a policy that was made from an older one."""
HOW: dict[How, str] = {
    "unchanged": "Every academy uses it as it is.",
    "fields": "Each academy fills in its own details.",
    "appendix": "An academy may add rules of its own.",
    "framework": "Each academy writes its own rules within it.",
}
"""How academies adopt a policy."""
HOW_IN_BRIEF: dict[How, str] = {
    "unchanged": "unchanged",
    "fields": "own details",
    "appendix": "own rules added",
    "framework": "own rules within it",
}
"""The same after the name of an academy and a policy."""
BEARS = {
    "names": "It speaks of this clause of the trust:",
    "tightens": "It asks for more than this clause of the trust:",
    "loosens": "It asks for less than this clause of the trust:",
}
"""How a clause of an academy bears on one of its trust."""
BEARS_IN_BRIEF = {"names": "speaks of it", "tightens": "asks for more", "loosens": "asks for less"}
KIND = {
    "overdue": "Review overdue",
    "due": "Review due",
    "doubtful": "Doubtful since the draft",
    "conflict": "Apparent contradiction",
    "policies-differ": "Two policies differ",
    "conflict-by-rule": "Possible contradiction, found by rule",
    "stale": "Out of date",
    "gap": "Gap in the source",
    "to-read-again": "An academy’s part to be read again",
    "loosens": "An academy asks for less than the trust",
    "not-filled-in": "An academy has not filled this in",
    "not-adopted": "An academy has not adopted the text in force",
    "newer-model": "A newer model is out",
}


def said(question: Question, answer: Answer | Unanswered, aside: str = "") -> str:
    """The verdict, and beside it how strongly, and whatever else is to stand there: `No (prohibited)`."""
    beside = ", ".join(part for part in (STRENGTH.get(answer, "").lower(), aside) if part)
    return VERDICT[verdict(question, answer)] + (f" ({beside})" if beside else "")


TO_DO = {
    "set-a-date": "Review it, and set the next date",
    "decide": "Ask the owner which rule applies",
    "correct": "Correct the document",
    "find-the-text": "Find the missing text",
    "read-again": "Read the academy’s part beside the trust’s text",
    "ask-the-academy": "Ask the academy",
    "read-the-model": "See what the newer model changes",
    "nothing": "Settled: nothing to do",
}
"""What to do about a finding."""


def dated(dates: Dates) -> str:
    """When a policy is from, as exactly as it says."""
    if dates.titled:
        return in_words(dates.titled)
    return f"approved {in_words(dates.approved)}" if dates.approved else "undated"


def ruling_on(clauses: Iterable[str], record: RevisionRecord) -> str:
    """The ruling that settles the contradiction between these clauses, in words; nothing where none is recorded."""
    among = set(clauses)
    ruling = next(
        (conflict.ruling for conflict in record.conflicts if conflict.ruling and among.issuperset(conflict.clauses)),
        None,
    )
    return f"Ruling by {ruling.by}, {in_words(ruling.date)}: {ruling.says}" if ruling else ""


def lines_in_words(lines: Lines | None) -> str:
    """`line 119` or `lines 117–140`; nothing where the text is the trust's own."""
    if lines is None:
        return ""
    return f"line {lines}" if lines.first == lines.last else f"lines {lines}"
