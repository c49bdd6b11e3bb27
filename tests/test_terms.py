"""Words of the glossary are explained where a policy uses them."""

from __future__ import annotations

from pathlib import Path

from clausebook.check.library import read_handbook
from clausebook.model.text import Medium
from clausebook.pages.structures import render_text
from clausebook.pages.terms import find_terms, with_terms
from larkhill import write_larkhill


def test_a_word_is_explained_once_a_section_and_once_among_its_rules(tmp_path: Path) -> None:
    handbook, problems = read_handbook(write_larkhill(tmp_path / "handbook"))
    assert handbook, problems
    revision = handbook.trusts[0].policies[0].in_force
    assert revision
    terms, explained = find_terms(revision, handbook.terms)
    (lead,) = [one for one in terms if "DSL" in one.words]
    for part in revision.sections:
        told = [clause for clause in part.clauses if lead in explained[clause.id]]
        assert len(told) <= 2
        using = [clause for clause in part.clauses if "designated safeguarding lead" in clause.text.lower()]
        assert using[:1] == told[:1], "the first in the section is among them"
        for clause in told:
            html = "".join(render_text(clause, with_terms(Medium(), explained[clause.id])))
            assert html.count(f'href="#{lead.id}"') == 1
            assert "signated safeguarding lead</a>" in html
