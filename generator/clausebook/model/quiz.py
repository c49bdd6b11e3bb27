"""A quiz: questions whose right answer follows, trust by trust, from what that trust's own policy says."""

from __future__ import annotations

import math
from typing import Annotated, Literal

from pydantic import Field

from clausebook.model.values import Id, Mark, Outcome, Record, Text

Kind = Literal["single", "multiple", "true-false", "order"]


class QuizOption(Record):
    """One answer that a reader can choose, or one step that a reader puts in its place."""

    id: Id = Field(description="Names the option within its question.")
    text: Text = Field(description="What the reader can choose.")
    says: Text = Field(description="What is said to a reader who chose it wrongly; of a step, why it is where it does.")
    right_when: tuple[Outcome, ...] = ()
    """The answers to the key question, or the strongest forces of the topic, under which this option is right."""
    right_in: tuple[Id, ...] = ()
    """For a question that rests on clauses: the trusts in which this option is right."""
    about: Id | None = None
    """Of a multiple choice: the key question that decides on this option alone."""


class Basis(Record):
    """The clauses of one trust that a question rests on."""

    trust: Id = Field(description="The trust's id.")
    clauses: tuple[Id, ...] = Field(
        min_length=1, description="The clauses that make an option right, the most direct first."
    )
    because: Text = Field(description="One plain sentence: what these clauses say, with the conditions that matter.")


class QuizQuestion(Record):
    """A question. What decides which option is right is one of `about`, `topic` and `rests_on`, or `about` of each option."""

    id: Id = Field(description="Names the question within the quiz.")
    kind: Kind = "single"
    """single: one option is right; multiple: one or more; true-false: two options; order: the options as written are in order."""
    about: Id | None = None
    """The key question whose answer, trust by trust, decides which option is right."""
    topic: Id | None = None
    """The topic whose strongest force, trust by trust, decides which option is right."""
    rests_on: tuple[Basis, ...] = ()
    """The clauses, trust by trust, that decide; a trust that is not named is not asked."""
    scenario: Text | None = Field(default=None, description="What has happened, in a sentence or two.")
    ask: Text = Field(description="What the reader is asked.")
    options: tuple[QuizOption, ...] = Field(min_length=2, max_length=26)
    """The answers to choose from; two for true-false."""
    unsaid: Literal["ask-first", "leave-out"] = "ask-first"
    """Where a policy does not say, or cannot be read: the quiz's `ask_first` is the right answer, or the question is left out."""
    must_know: bool = False
    """true where it is asked before all others."""
    roles: tuple[Id, ...] = ()
    """Whom it concerns; leave it out where it concerns everybody."""
    tags: tuple[Id, ...] = ()
    """Words of your own to find it by."""


class AskFirst(Record):
    """The answer that is right wherever a policy does not say."""

    text: Text = Field(description="What the reader can choose.")
    says: Text = Field(description="What is said to a reader who chose it although the policy does say.")


class Quiz(Record):
    """quizzes/<policy>.yml, or with `subject` a bank that serves every policy which deals with it, by whatever name."""

    subject: Id | None = None
    """The subject that the questions are on: each policy that deals with their topics is asked them. Leave it out in the bank of one policy."""
    title: Text = Field(description="What the page of the quiz is called.")
    draw: Annotated[int, Field(gt=0, le=50, description="How many questions each member of staff is asked.")]
    pass_mark: Annotated[int, Field(gt=0)]
    """How many right answers pass."""
    ask_first: AskFirst = Field(
        description="An answer that joins questions by itself, and is right where the policy does not say."
    )
    questions: tuple[QuizQuestion, ...] = Field(min_length=1)
    """The questions, in the order in which an author reads them; each reader gets a draw."""


class QuizOfTrust(Record):
    """How one trust uses one quiz."""

    policy: Id = Field(
        description="The policy's id: its questions are those of quizzes/<policy>.yml and of its subjects."
    )
    pass_mark: Annotated[int, Field(gt=0)] | None = None
    """How many right answers pass here, where it is not as the quiz says."""
    attempts: Annotated[int, Field(gt=0, le=50)] | None = None
    """How often a reader may try; leave it out where as often as they like."""
    read: dict[Id, Mark] = Field(
        default={},
        description="For each question the mark of the words that it was read for; `clausebook quiz review` writes it.",
    )


class OneQuiz(Record):
    """How one quiz on all policies of a campaign is taken: one with `quizzes: one`."""

    draw: Annotated[int, Field(gt=0, le=50)] = 12
    """How many questions each member of staff is asked; of more policies than that, one on each."""
    pass_mark: Annotated[int, Field(gt=0)] | None = None
    """How many right answers pass; where it is left out, four of five."""
    attempts: Annotated[int, Field(gt=0, le=50)] | None = None
    """How often a reader may try; leave it out where as often as they like."""

    @property
    def wanted(self) -> int:
        """How many right answers of a whole draw pass."""
        return self.pass_mark or math.ceil(4 * self.draw / 5)


class QuizzesOfTrust(Record):
    """trusts/<trust>/quizzes.yml"""

    quizzes: tuple[QuizOfTrust, ...] = Field(
        min_length=1, description="The quizzes that this trust's staff take, one for each policy."
    )
    one_quiz: OneQuiz = OneQuiz()
    """How the one quiz of a campaign over several policies is taken."""
