"""The records that authors write: trusts, revisions, shared content, quizzes.

Every record is frozen. What a record may hold is said here once: the loader turns a misfit into a problem with its
place, and `clausebook schema` turns the same models into the JSON Schemas that editors use.
"""

from generator.model.campaign import Acknowledgements, Campaign, Receipts
from generator.model.checklist import Checklist, ChecklistRule, Point
from generator.model.quiz import Quiz, QuizOption, QuizQuestion
from generator.model.revision import (
    Clause,
    Confirmation,
    Conflict,
    Consequence,
    Consultation,
    Dates,
    FrontMatter,
    Gap,
    HistoryEntry,
    Item,
    Position,
    Revision,
    Ruling,
    Section,
    Source,
)
from generator.model.shared import (
    Glossary,
    PositionTaken,
    Question,
    Questions,
    Reference,
    References,
    Role,
    Roles,
    Term,
    Topic,
    TopicGroup,
    Topics,
)
from generator.model.trust import Contact, Palette, Trust, Words
from generator.model.values import ANSWERS, Answer, Lines, Modality, Record, Status, Wording

__all__ = [
    "ANSWERS",
    "Acknowledgements",
    "Answer",
    "Campaign",
    "Checklist",
    "ChecklistRule",
    "Clause",
    "Confirmation",
    "Conflict",
    "Consequence",
    "Consultation",
    "Contact",
    "Dates",
    "FrontMatter",
    "Gap",
    "Glossary",
    "HistoryEntry",
    "Item",
    "Lines",
    "Modality",
    "Palette",
    "Point",
    "Position",
    "PositionTaken",
    "Question",
    "Questions",
    "Quiz",
    "QuizOption",
    "QuizQuestion",
    "Receipts",
    "Record",
    "Reference",
    "References",
    "Revision",
    "Role",
    "Roles",
    "Ruling",
    "Section",
    "Source",
    "Status",
    "Term",
    "Topic",
    "TopicGroup",
    "Topics",
    "Trust",
    "Wording",
    "Words",
]
