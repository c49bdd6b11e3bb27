"""Which PDFs there are: for each trust its policy, quick guide and form, for the hub its matrices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from generator.compare import QuestionCell, TopicCell, compare_questions, compare_topics, question_cell
from generator.findings import Finding
from generator.merge import Clause, Handbook, Library, Policy
from generator.pages import (

    clauses_by_force,
    guide_groups,
    notes_by_clause,
    place_gaps,
    policies_compared,
    roles_bound,
    short_names,
)
from generator.palette import work_out_shades
from generator.render import render_print

HUB_COLOURS = ("#1f3a5f", "#9a3412")


@dataclass(frozen=True)
class Print:
    """One PDF to be made: where it goes below the site, and the HTML that it is laid out from."""

    path: str
    html: str
    form: bool = False
    one_page: bool = False


@dataclass(frozen=True)
class MatrixRow:
    """A row of a printed matrix."""

    label: str
    cells: Sequence[QuestionCell | TopicCell]


@dataclass(frozen=True)
class MatrixGroup:
    """Rows that are printed as one table."""

    label: str
    rows: tuple[MatrixRow, ...]


def trust_prints(handbook: Handbook, library: Library, findings: tuple[Finding, ...], templates: Path) -> list[Print]:
    """The PDFs of one trust."""
    shades = work_out_shades(handbook.trust.palette.primary, handbook.trust.palette.accent)
    prints = []
    for policy in handbook.policies:
        own = tuple(found for found in findings if (found.trust, found.policy) == (policy.trust, policy.id))
        shared: dict[str, Any] = {"handbook": handbook, "policy": policy, "library": library, "findings": own, "shades": shades}
        cells = tuple((question, question_cell(policy, question)) for question in library.questions)
        folder = f"{handbook.id}/downloads/{policy.id}"
        prints += [
            Print(f"{folder}/policy.pdf", render_print(
                "policy.html", templates, **shared, notes=notes_by_clause(own), gaps_after=place_gaps(policy))),
            Print(f"{folder}/quick-guide.pdf", render_print(
                "quick-guide.html", templates, **shared, guide=guide_groups(cells), place=place_of,
                more=_more_by_role(policy, library)), one_page=True),
            Print(f"{folder}/acknowledgement-form.pdf", render_print("acknowledgement-form.html", templates, **shared), form=True),
        ]  # fmt: skip
    return prints


def place_of(clause: Clause) -> str:
    """How paper cites a clause: by its number, or by the source's lines where there is none."""
    if clause.number and clause.number[0].isdigit():
        return clause.number
    return f"line {clause.lines.first}" if clause.lines else clause.section.heading


def _more_by_role(policy: Policy, library: Library) -> list[tuple[str, str]]:
    """For each role that the policy does not bind as a rule, the places of the clauses that do."""
    found = []
    for role in roles_bound(policy, library):
        if role.id in policy.revision.binds or role.id == "employer":
            continue
        duties = clauses_by_force(policy.clauses, role.id)
        places = [place_of(c) for force in ("must", "must-not", "should", "should-not") for c in duties.get(force, [])]
        if places:
            found.append((role.label, ", ".join(dict.fromkeys(places))))
    return found


def hub_prints(library: Library, templates: Path, as_of: date) -> list[Print]:
    """The PDFs of the hub: both matrices, landscape."""
    policies = tuple(policy for policy in library.policies if policy.id == policies_compared(library))
    shared: dict[str, Any] = {
        "policies": policies, "names": short_names(library), "as_of": as_of, "shades": work_out_shades(*HUB_COLOURS),
    }  # fmt: skip
    questions, topics = compare_questions(library, policies), compare_topics(library, policies)
    by_question, by_topic = [], []
    for group in library.groups:
        ids = {topic.id for topic in group.topics}
        asked = tuple(MatrixRow(row.question.ask, row.cells) for row in questions if row.question.topic in ids)
        by_question += [MatrixGroup(group.label, asked)] if asked else []
        by_topic.append(MatrixGroup(group.label, tuple(MatrixRow(r.topic.label, r.cells) for r in topics if r.topic.id in ids)))
    return [
        Print("downloads/questions-matrix.pdf", render_print(
            "matrix.html", templates, **shared, title="Staff social media policies, by question", noun="Question", groups=by_question,
            about="Each trust's answer to each key question, in a word; the reasons and the clauses are on the hub.")),
        Print("downloads/topics-matrix.pdf", render_print(
            "matrix.html", templates, **shared, title="Staff social media policies, by topic", noun="Topic", groups=by_topic,
            about="The forces of each trust's clauses on each topic, the strongest first, and how many clauses there are.")),
    ]  # fmt: skip


