"""Why an answer is right, as plain sentences: for formats that hold no page of ours, and so no macro of content/pages."""

from __future__ import annotations

from collections.abc import Iterator

from clausebook.export.lms.course import Lesson
from clausebook.model import labels
from clausebook.quizzes import AskedOption, AskedQuestion
from clausebook.quizzes.questions import Basis


def tell_reasons(asked: AskedQuestion, option: AskedOption | None = None) -> tuple[str, ...]:
    """What decides, a sentence or two each, in the author's limited Markdown.

    With an option of a question whose options are decided one by one, what decides on that one.
    """
    bases = asked.bases
    if option and all(basis.asks for basis in bases) and option in asked.options[: len(bases)]:
        bases = (bases[asked.options.index(option)],)
    return tuple(told for basis in bases for told in _tell(basis))


def _tell(basis: Basis) -> Iterator[str]:
    if basis.asks:
        yield f"**{basis.asks}**"
    if basis.answer == "silent":
        searched = ", ".join(f"“{word}”" for word in basis.searched)
        yield f"The policy does not say.{f' We searched it for {searched}.' if searched else ''} **Ask first.**"
    elif basis.answer == "unreadable":
        yield "The document is damaged where it would say. **Ask first.**"
    if basis.because:
        yield f"{basis.because} {basis.caution}".rstrip()
    elif basis.answer in labels.FORCE:
        yield f"The strongest word of its clauses on this is “{labels.FORCE[basis.answer]}”."


def name_policy(lesson: Lesson) -> str:
    """Whose text it is, which state of it, and whether it is restated."""
    revision = lesson.revision
    return f"{lesson.trust.record.name}: {revision.record.title}, revision {revision.id}, {lesson.wording}."
