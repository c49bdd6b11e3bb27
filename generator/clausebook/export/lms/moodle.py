"""Moodle XML: every question of the pool for a question bank, each with the clauses that it rests on in its feedback.

The elements are those of Moodle Docs, "Moodle XML format". Fractions of a multiple choice have five decimal places, as Moodle
writes them. A question about an order becomes a matching question: each step and its place.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from markupsafe import Markup

from clausebook.export.lms.course import FULL, Course, Format, Lesson
from clausebook.export.lms.manifests import render_xml
from clausebook.export.lms.player import PolicyInPackage, policy_of
from clausebook.export.lms.reasons import name_policy, tell_reasons
from clausebook.model import labels
from clausebook.model.citation import cite
from clausebook.model.clause import Clause
from clausebook.model.text import plain_words, render_prose
from clausebook.pages.structures import tell_blocks, tell_closing
from clausebook.pages.templates import render_document
from clausebook.quizzes import AskedOption, AskedQuestion

FORMAT = Format(
    "moodle.xml", "Moodle questions (XML)", "Every question with its feedback and clauses, for Moodle's question bank."
)
LONGEST_NAME = 250  # Moodle keeps 255 signs of a name or a category
LONGEST_NUMBER = 100  # and of an idnumber so many: a longer one ends the import
SHORT = 12  # digits of a digest
KINDS = {"single": "multichoice", "multiple": "multichoice", "true-false": "truefalse", "order": "matching"}
TRUE_FALSE = {"true", "false"}


@dataclass(frozen=True)
class PolicyText:
    """package/policy.html"""

    shared: PolicyInPackage
    name: str


def render_moodle(course: Course) -> bytes:
    """The question bank as one file, policy after policy."""
    quiz = ET.Element("quiz")
    for lesson in course.banks:
        _category(quiz, lesson)
        _description(quiz, lesson)
        names = names_of(lesson)
        for asked in lesson.pool:
            _question(quiz, asked, names[asked.id], lesson)
    return render_xml(quiz)


def category_of(lesson: Lesson) -> str:
    """Where the questions are filed: a category for the policy, and in it one for the revision. A slash of a title is doubled."""
    title = shortened(lesson.revision.record.title.replace("/", "//")).rstrip("/")
    return f"$course$/top/{title}/{lesson.revision.id}"


def number_of(asked: AskedQuestion, lesson: Lesson) -> str:
    """What names the question in a question bank, from one revision to the next."""
    return short_number(f"{lesson.revision.policy}.{asked.id}")


def short_number(number: str) -> str:
    """`number`, or where it is too long its beginning and a digest of it: the same as long as it is the same."""
    if len(number) <= LONGEST_NUMBER:
        return number
    return f"{number[: LONGEST_NUMBER - SHORT - 1]}.{hashlib.sha256(number.encode()).hexdigest()[:SHORT]}"


def shortened(text: str) -> str:
    return text if len(text) <= LONGEST_NAME else f"{text[: LONGEST_NAME - 1]}…"


def names_of(lesson: Lesson) -> dict[str, str]:
    """What each question is called in a list of them, by its id: its case and what it asks, and no two the same."""
    names: dict[str, str] = {}
    for asked in lesson.pool:
        told = plain_words(" ".join(one for one in (asked.question.scenario, asked.question.ask) if one))
        name = shortened(told)
        names[asked.id] = (
            name if name not in names.values() else f"{told[: LONGEST_NAME - len(asked.id) - 4]}… ({asked.id})"
        )
    return names


def tags_of(asked: AskedQuestion, lesson: Lesson) -> tuple[str, ...]:
    """Words to find or draw it by: its own, whether everybody must know it, and whom it concerns where not everybody."""
    must_know = ("must-know",) if asked.question.must_know else ()
    roles = (lesson.handbook.role_labels[role] for role in asked.question.roles)
    return tuple(dict.fromkeys((*asked.question.tags, *must_know, *roles)))


def is_plain_true_false(asked: AskedQuestion) -> bool:
    """Whether its two options are the words true and false and no more: a format that brings its own words may then have them."""
    return asked.question.kind == "true-false" and {truth_of(option) for option in asked.options} == TRUE_FALSE


def truth_of(option: AskedOption) -> str:
    return plain_words(option.text).strip(" .").casefold()


def _category(quiz: ET.Element, lesson: Lesson) -> None:
    question = ET.SubElement(quiz, "question", type="category")
    _text(question, "category", category_of(lesson))
    _text(question, "info", f"{name_policy(lesson)} Digest {lesson.revision.digest}.", format="plain_text")


def _description(quiz: ET.Element, lesson: Lesson) -> None:
    """The whole policy as the first thing of a quiz: it asks nothing and is never drawn at random."""
    html = render_document("package/policy.html", lesson.looks, PolicyText(policy_of(lesson), name_policy(lesson)))
    question = ET.SubElement(quiz, "question", type="description")
    _text(question, "name", shortened(f"To read first: {lesson.revision.record.title}"))
    _text(question, "questiontext", html, format="html")
    _text(question, "generalfeedback", "", format="html")
    _value(question, "defaultgrade", "0")
    _value(question, "idnumber", short_number(f"{lesson.revision.policy}.policy"))


def _question(quiz: ET.Element, asked: AskedQuestion, name: str, lesson: Lesson) -> None:
    kind = KINDS[asked.question.kind]
    if kind == "truefalse" and not is_plain_true_false(asked):
        kind = "multichoice"
    question = ET.SubElement(quiz, "question", type=kind)
    _text(question, "name", name)
    _text(question, "questiontext", _ask(asked), format="html")
    _text(question, "generalfeedback", _general_feedback(asked, lesson), format="html")
    _value(question, "defaultgrade", "1")
    _value(question, "penalty", "1" if kind == "truefalse" else "0.3333333")
    _value(question, "hidden", "0")
    _value(question, "idnumber", number_of(asked, lesson))
    if kind == "multichoice":
        _choices(question, asked)
    elif kind == "truefalse":
        for option in asked.options:
            _answer(question, option, asked, FULL if option.is_right else 0, text=truth_of(option))
    else:
        _steps(question, asked)
    if tags := tags_of(asked, lesson):
        listed = ET.SubElement(question, "tags")
        for tag in tags:
            _text(listed, "tag", tag)


def _choices(question: ET.Element, asked: AskedQuestion) -> None:
    single = asked.question.kind != "multiple"
    _value(question, "single", "true" if single else "false")
    _value(question, "shuffleanswers", "false" if asked.question.kind == "true-false" else "true")
    _value(question, "answernumbering", "abc")
    _combined_feedback(question)
    right = FULL / len(asked.right)
    for option in asked.options:
        wrong = 0 if single else -FULL
        _answer(question, option, asked, right if option.is_right else wrong)


def _steps(question: ET.Element, asked: AskedQuestion) -> None:
    _value(question, "shuffleanswers", "true")
    _combined_feedback(question)
    for place, option in enumerate(asked.options, 1):
        pair = ET.SubElement(question, "subquestion", format="html")
        _value(pair, "text", str(render_prose(option.text)))
        _text(pair, "answer", str(place))


def _answer(
    question: ET.Element, option: AskedOption, asked: AskedQuestion, fraction: float, text: str | None = None
) -> None:
    answer = ET.SubElement(
        question,
        "answer",
        fraction=f"{fraction:.5f}".rstrip("0").rstrip("."),
        format="moodle_auto_format" if text else "html",
    )
    _value(answer, "text", text or str(render_prose(option.text)))
    said = _paragraphs(tell_reasons(asked, option)) if option.is_right else str(render_prose(option.says))
    _text(answer, "feedback", said, format="html")


def _combined_feedback(question: ET.Element) -> None:
    _text(question, "correctfeedback", "Correct.", format="html")
    _text(question, "partiallycorrectfeedback", "Partly correct.", format="html")
    _text(question, "incorrectfeedback", "Not correct.", format="html")


def _ask(asked: AskedQuestion) -> str:
    told = [Markup("<p>{}</p>").format(render_prose(asked.question.scenario))] if asked.question.scenario else []
    hint = " Give each step its place." if asked.question.kind == "order" else ""
    return str(
        Markup("").join([*told, Markup("<p><strong>{}</strong>{}</p>").format(render_prose(asked.question.ask), hint)])
    )


def _general_feedback(asked: AskedQuestion, lesson: Lesson) -> str:
    """Reasons and clauses: what makes the question stand alone, wherever it is asked."""
    parts = [Markup("<p>{}</p>").format(name_policy(lesson)), Markup(_paragraphs(tell_reasons(asked)))]  # noqa: S704 — escaped there
    if asked.question.kind == "order":
        steps = (
            Markup("<li>{} {}</li>").format(render_prose(option.text), render_prose(option.says))
            for option in asked.options
        )
        parts.append(Markup("<ol>{}</ol>").format(Markup("").join(steps)))
    parts += [_quote(clause) for clause in asked.clauses]
    return str(Markup("").join(parts))


def _quote(clause: Clause) -> Markup:
    lead_in = Markup("").join(Markup("{} ").format(render_prose(one)) for one in clause.lead_in)
    return Markup("<blockquote><p><strong>{}</strong> {}{}</p>{}{}<p>{}</p></blockquote>").format(
        labels.FORCE[clause.modality],
        lead_in,
        render_prose(clause.text) + tell_blocks(clause),
        _items(clause),
        _closing(clause),
        cite(clause),
    )


def _closing(clause: Clause) -> Markup:
    told = tell_closing(clause)
    return Markup("<p>{}</p>").format(told) if told else told


def _items(clause: Clause) -> Markup:
    if not clause.items:
        return Markup("")
    return Markup("<ul>{}</ul>").format(Markup("").join(_item(item, clause) for item in clause.items))


def _item(item: Clause, above: Clause) -> Markup:
    force = (
        Markup("<strong>{}</strong> ").format(labels.FORCE[item.modality]) if item.modality != above.modality else ""
    )
    return Markup("<li>{}{}{}</li>").format(
        force, render_prose(item.text) + tell_blocks(item), _items(item) + tell_closing(item)
    )


def _paragraphs(texts: tuple[str, ...]) -> str:
    return str(Markup("").join(Markup("<p>{}</p>").format(render_prose(text)) for text in texts))


def _text(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    """An element whose words stand in a `text` of their own, as most of Moodle's do."""
    _value(ET.SubElement(parent, name, attributes), "text", text)


def _value(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text
