"""A quiz: questions whose right answer follows, trust by trust, from a position."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from generator.model.values import Answer, Id, Record, Text


class QuizOption(Record):
    """One answer that a reader can choose."""

    id: Id = Field(description="Names the option within its question.")
    text: Text = Field(description="What the reader can choose.")
    right_when: tuple[Answer, ...] = ()
    """The positions under which this option is the right one."""


class QuizQuestion(Record):
    """A question whose right answer follows, trust by trust, from its position on a key question."""

    id: Id = Field(description="Names the question within the quiz.")
    about: Id
    """The key question that decides which option is right."""
    scenario: Text = Field(description="What has happened, in a sentence or two.")
    ask: Text = Field(description="What the reader is asked about it.")
    options: tuple[QuizOption, ...] = Field(min_length=2, max_length=6)
    """Two to six answers, of which exactly one is right for each trust."""


class Quiz(Record):
    """quizzes/<policy>.yml"""

    title: Text = Field(description="What the page of the quiz is called.")
    draw: Annotated[int, Field(gt=0, description="How many questions each trust's staff are asked.")]
    pass_mark: Annotated[int, Field(gt=0)]
    """How many right answers pass."""
    questions: tuple[QuizQuestion, ...] = Field(min_length=1)
    """The questions, in the order in which they are asked."""
