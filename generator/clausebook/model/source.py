"""What a document says of itself, and what of it is in no clause: its dates, its source, its change log, its front matter."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from clausebook.model.values import Id, PartialDate, Record, SourceLines, Text


class Dates(Record):
    """The dates that a document gives, each as exact as it gives them."""

    titled: PartialDate | None = None
    """The date that the document itself bears."""
    approved: PartialDate | None = Field(default=None, description="When it was approved.")
    published: PartialDate | None = Field(default=None, description="When it was made public.")
    effective: PartialDate | None = Field(default=None, description="When it takes effect.")
    review_due: PartialDate | None = Field(default=None, description="By when it is to be reviewed.")

    @property
    def starts(self) -> tuple[str, str] | None:
        """From when the text holds, as exactly as it is known, after the field that says so first."""
        names = ("effective", "published", "approved", "titled")
        return next(((name, value) for name in names if (value := getattr(self, name))), None)


class Source(Record):
    """The document that a restated revision stands for."""

    title: Text = Field(description="The document's own title.")
    file: Text = Field(description="The extracted text in which the lines are counted.")
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    """The 64 digits that `sha256sum FILE` prints."""
    lines: Annotated[int, Field(gt=0)] = Field(description="How many lines the file has.")


class HistoryEntry(Record):
    """One row of the document's own change log."""

    revision: Text | None = Field(default=None, description="What the document calls that state of itself.")
    date: PartialDate | None = Field(default=None, description="When, as exact as the document gives it.")
    author: Text | None = Field(default=None, description="Who made the change.")
    says: Text = Field(description="What was changed.")


class FrontMatter(Record):
    """Lines of the source that are no clause: title, contents, mission, version table."""

    lines: SourceLines = Field(description="Where it is in the source: 1, or 1-13.")
    says: Text = Field(description="What is there.")
    topics: tuple[Id, ...] = ()
    """The topics that it answers, such as review-and-version for a table of dates and versions."""


class LeftOut(Record):
    """Words of a document that is brought in which are in no clause, and why."""

    lines: SourceLines = Field(description="Where it is in the source: 1, or 1-13.")
    says: Text = Field(description="The words.")
    why: Text = Field(description="Why they are no part of the text, such as: the foot of each page.")
