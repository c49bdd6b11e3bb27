"""What a handbook must hold true: one rule a file, named by its P-codes.

What may enter: a rule that takes what was loaded (or, where it needs lead-ins and inherited fields, the merged handbook) and returns
Problems; none writes. `library` loads, checks and merges: it is how every command gets its handbook.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from clausebook.check import (
    academies,
    campaigns,
    checklists,
    conflicts,
    consequences,
    contrast,
    dates,
    definitions,
    ejected,
    employer,
    everyday_words,
    evidence,
    file_names,
    force,
    identifiers,
    in_force,
    inner_links,
    keys,
    known_clauses,
    known_words,
    lead_ins,
    logos,
    looked_at,
    looks,
    lost_words,
    models,
    one_quiz,
    policy_files,
    policy_records,
    questions_answered,
    quiz_answers,
    quiz_clauses,
    quiz_shapes,
    quiz_subjects,
    quiz_texts,
    quizzes,
    revisions,
    safe_text,
    sections,
    silence,
    site_settings,
    source_lines,
    stated,
    subjects_covered,
    tables,
    unquoted_numbers,
    yes_or_no,
)
from clausebook.check.drafts import ask_of_drafts
from clausebook.load import Loaded
from clausebook.model.problems import Problem

Rule = Callable[[Loaded], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    unquoted_numbers.check_unquoted_numbers,
    identifiers.check_identifiers,
    known_words.check_known_words,
    everyday_words.check_everyday_words,
    yes_or_no.check_yes_or_no,
    known_clauses.check_known_clauses,
    questions_answered.check_questions_answered,
    sections.check_sections,
    tables.check_tables,
    policy_files.check_files,
    definitions.check_definitions,
    looked_at.check_looked_at,
    lead_ins.check_lead_ins,
    evidence.check_evidence,
    silence.check_silence,
    conflicts.check_conflicts,
    force.check_force,
    force.check_words,
    lost_words.check_lost_words,
    dates.check_dates,
    stated.check_stated,
    subjects_covered.check_subjects_covered,
    in_force.check_in_force,
    revisions.check_revisions,
    policy_records.check_policy_records,
    academies.check_academies,
    models.check_models,
    source_lines.check_source_lines,
    consequences.check_consequences,
    employer.check_employer,
    contrast.check_contrast,
    logos.check_logos,
    safe_text.check_safe_text,
    inner_links.check_inner_links,
    quizzes.check_quizzes,
    quiz_shapes.check_quiz_shapes,
    quiz_subjects.check_quiz_subjects,
    quiz_clauses.check_quiz_clauses,
    quiz_answers.check_quiz_answers,
    quiz_texts.check_quiz_texts,
    site_settings.check_site_settings,
    looks.check_looks,
    ejected.check_ejected,
    file_names.check_file_names,
    checklists.check_checklists,
    campaigns.check_campaigns,
    one_quiz.check_one_quiz,
    keys.check_keys,
)


def check_handbook(loaded: Loaded) -> list[Problem]:
    """Every problem that any rule finds; of a draft that was brought in some of them are questions."""
    return ask_of_drafts(loaded, (problem for rule in RULES for problem in rule(loaded)))
