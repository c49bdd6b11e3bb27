"""Quizzes: which questions one trust's staff can be asked, which of them a reader is asked, and what the answers are worth.

What may enter: functions over merged records and slips; no HTML and no file. Questions and revisions flow in; a quiz, a draw, marked
slips and tallies flow out. The draw and the marking stand a second time in JavaScript, held together by vectors that Python writes.
"""

from clausebook.quizzes.draw import draw_options, draw_questions
from clausebook.quizzes.questions import AskedOption, AskedQuestion, ask_all, ask_pool, mark_of_basis, mark_of_pool
from clausebook.quizzes.quiz import TakenQuiz, may_offer_course, take_campaign_quiz, take_quiz

__all__ = [
    "AskedOption",
    "AskedQuestion",
    "TakenQuiz",
    "ask_all",
    "ask_pool",
    "draw_options",
    "draw_questions",
    "mark_of_basis",
    "mark_of_pool",
    "may_offer_course",
    "take_campaign_quiz",
    "take_quiz",
]
