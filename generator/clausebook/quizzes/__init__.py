"""Quizzes: which questions one trust's staff can be asked, which of them a reader is asked, and what the answers are worth."""

from clausebook.quizzes.draw import draw_options, draw_questions
from clausebook.quizzes.questions import AskedOption, AskedQuestion, ask_all, ask_pool, mark_of_basis, mark_of_pool
from clausebook.quizzes.quiz import TakenQuiz, take_quiz

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
    "take_quiz",
]
