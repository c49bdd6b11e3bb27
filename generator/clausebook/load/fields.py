"""A Document into a record: every misfit that pydantic finds becomes a problem in the author's words.

Where a misfit can be stepped over, the rest is still turned into a record, so that one wrong word does not hide what
else is wrong: the paths that were stepped over are returned, and no rule speaks about them.
"""

from __future__ import annotations

import copy
import re
import typing
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from clausebook.load.document import Document, Path
from clausebook.model.problems import Problem, nearest, shown

R = TypeVar("R", bound=BaseModel)

WORDS_WHY = {
    "modality": ("a modality", "the modality decides how the clause is worded, compared and tested"),
    "answer": ("an answer", "every page and table shows the answer as one of eight words"),
    "right_when": ("an answer or a force", "an option is right for the trusts whose policy says this"),
    "status": ("a status", "the status decides where and how the revision is published"),
    "wording": ("a wording", "readers must know whether they read the trust's words or ours"),
    "not_stated": ("something a document may leave unsaid", "the page lists what the document does not state"),
    "asked_by": ("a kind of reader", "readers find questions by who asks them"),
}
# What a text must look like: a sign of the model's pattern, or the field's name, and what is then said of a text that does not.
SHAPE_WORDS = (
    ("^#", "`{}` is not a colour", "colours are checked for contrast before they are used",
     'write six hexadecimal digits in quotes, such as "#1f4e79"'),
    ("file", "`{}` cannot be a file of a policy", "what is published must stand in the policy's folder files/, and its name is part of its address",
     "put the file there, and write its name with lower-case letters, digits, single hyphens and dots, such as forms/request.docx"),
    ("model", "`{}` cannot be the name of a model", "the text is compared with the model that it was made from",
     "write provider, kind and revision as the file is called in models/, such as example-templates/grievance/2025-09"),
    ("digest", "`{}` is not the digest of a text", "the digest shows that a past text stays as it was",
     "take the line back as `clausebook adopt` wrote it"),
    ("{64}", "this is not a SHA-256 digest", "the digest shows which file the lines were counted in",
     "write the 64 digits that `sha256sum FILE` prints"),
    ("[0-9]{4}", "`{}` is not a date", "dates are compared to find what is overdue",
     "write a year, month or day: 2018, 2018-09 or 2018-09-01"),
    ("^P", "`{}` is not a period", "the next review is worked out from it", "write a number of years or months: P1Y, P2Y, P18M"),
    ("@", "`{}` is not an email address", "readers write to it with one click", "write one address, such as hr@trust.example.org"),
    ("https:", "`{}` is not a web address", "readers are led there with one click",
     "start it with https:// and the name of a host, such as https://forms.example.org/policy"),
)  # fmt: skip
COUNTED = {
    "too_short": "with fewer it says nothing",
    "too_long": "there is room for so many on the page",
    "string_too_short": "the page would show a blank",
    "string_too_long": "there is room for so many on the page",
}
KEY = "[key]"  # pydantic's mark for a misfit in a mapping's key
ROUNDS = 12  # more than the records are deep: each round fills in what the one before it left bare
MARK_SHAPE = "0" * 12
# One for each pattern of the model.
SHAPES = (
    "stand-in",
    "2000",
    "#000000",
    "0" * 64,
    MARK_SHAPE,
    "a@b.invalid",
    "https://a.invalid",
    "0" * 43,
    "P1Y",
    "a/b/c",
)
NUMBERS = {"value_error": "1", "int_parsing": "1", "int_type": "1", "greater_than": "1", "int_parsing_size": "1",
           "bool_parsing": "false", "bool_type": "false"}  # fmt: skip


def read_record(document: Document, model: type[R]) -> tuple[R | None, frozenset[Path], list[Problem]]:
    """The record that `document` holds, the paths that were stepped over to get it, and every misfit.

    The record is None only where too little of the document fits to go on.
    """
    value, stepped_over = document.value, set(document.broken)
    problems: list[Problem] = []
    for _ in range(ROUNDS):
        try:
            return model.model_validate(value), frozenset(stepped_over), problems
        except ValidationError as error:
            value = copy.deepcopy(value)
            for misfit in filter(_is_misfit, error.errors(include_url=False)):
                path = _author_path(misfit["loc"])
                if not _inside(path, stepped_over):
                    problems.append(_problem(document, model, path, misfit))
                stepped_over.add(path)
                _step_over(value, path, misfit, model)
    return None, frozenset(stepped_over), problems


def _is_misfit(error: ErrorDetails) -> bool:
    """pydantic counts only the entries that fit, so it calls a list too short when one of its entries is wrong."""
    given = error.get("input")
    return not (error["type"] == "too_short" and isinstance(given, list) and len(given) >= error["ctx"]["min_length"])


def _author_path(loc: tuple[str | int, ...]) -> Path:
    """Where an author sees the misfit."""
    return tuple(part for part in loc if part != KEY)


def _inside(path: Path, others: set[Path]) -> bool:
    return any(path[:length] in others for length in range(len(path) + 1))


def _problem(document: Document, model: type[BaseModel], path: Path, misfit: ErrorDetails) -> Problem:
    kind, given = misfit["type"], misfit.get("input")
    field = next((part for part in reversed(path) if isinstance(part, str)), "")
    if kind == "extra_forbidden":
        known = fields_at(model, path[:-1])
        near = nearest(field, known)
        return document.problem(path, "P101", f"`{shown(field)}` is not a field here", "a field that no one reads is a fact that no one sees",
                                f"write `{near}`" if near else f"use one of: {', '.join(known)}", at_key=True)  # fmt: skip
    if kind == "missing":
        return document.problem(path[:-1], "P102", f"`{field}` is missing", _why_missing(model, path),
                                f"add a line `{field}: …`")  # fmt: skip
    if kind in ("literal_error", "string_pattern_mismatch", "value_error") and not isinstance(given, str):
        return _kind_problem(document, path, field, "one_word", misfit)
    if kind == "literal_error":
        noun, why = WORDS_WHY.get(field, (f"a value of `{field}`", "only these values have a meaning"))
        words = _expected(misfit)
        near = nearest(str(given), words)
        fix = f"write `{near}`" if near else f"write one of: {', '.join(words)}"
        return document.problem(path, "P104", f"`{shown(given)}` is not {noun}", why, fix)
    if kind in ("string_pattern_mismatch", "value_error"):
        pattern = misfit.get("ctx", {}).get("pattern", "")
        return _shape_problem(document, path, field, given, pattern, at_key=misfit["loc"][-1] == KEY)
    return _kind_problem(document, path, field, kind, misfit)


def _expected(misfit: ErrorDetails) -> list[str]:
    """The words that a field may hold: pydantic lists them as `'a', 'b' or 'c'`."""
    return re.findall(r"'([^']+)'", misfit["ctx"]["expected"])


def _why_missing(model: type[BaseModel], path: Path) -> str:
    known = model_at(model, path[:-1])
    described = known.model_fields[path[-1]].description if known and path[-1] in known.model_fields else None
    why = (described or "the page cannot be made without it").rstrip(".")
    return why[0].lower() + why[1:]


def _shape_problem(document: Document, path: Path, field: str, given: Any, pattern: str, *, at_key: bool) -> Problem:
    if path[:1] == ("keys",) and field in ("id", "public"):
        return document.problem(path, "P105", f"`{shown(given)}` is no part of a key", "a page knows by it that a link is HR's",
                                "take the line back as `clausebook acks keys` wrote it")  # fmt: skip
    if re.search(pattern, MARK_SHAPE) and not re.search(pattern, SHAPES[0]):
        command = "clausebook quiz review" if "read" in path else "clausebook confirm-changes"
        return document.problem(path, "P105", f"`{shown(given)}` is not a mark", "the mark is how a change of the words is noticed",
                                f"take the line out and run `{command}`, which writes it")  # fmt: skip
    if field == "lines":
        return document.problem(path, "P105", f"`{shown(given)}` names no lines", "each clause cites the lines of its source",
                                "write one line, `119`, or a run from the smaller to the larger, `117-140`")  # fmt: skip
    for sign, what, why, fix in SHAPE_WORDS:
        if sign in pattern or sign == field:
            return document.problem(path, "P105", what.format(shown(given)), why, fix)
    return document.problem(path, "P105", f"`{shown(given)}` cannot be an id", "ids are addresses of pages and clauses and never change",
                            "use lower-case letters, digits and single hyphens, such as no-contact-with-pupils", at_key=at_key)  # fmt: skip


def _kind_problem(document: Document, path: Path, field: str, kind: str, misfit: ErrorDetails) -> Problem:
    given, limits = misfit.get("input"), misfit.get("ctx", {})
    wants = {
        "one_word": "one word", "string_type": "text", "tuple_type": "a list", "model_type": "fields", "model_attributes_type": "fields",
        "dict_type": "fields", "bool_parsing": "true or false", "int_parsing": "a whole number", "greater_than": "a number above 0",
        "too_short": f"{_count(limits.get('min_length'))} or more", "too_long": f"{_count(limits.get('max_length'))} at most",
        "string_too_short": "text that is not empty", "string_too_long": f"{limits.get('max_length')} characters at most",
        "int_type": "a whole number", "bool_type": "true or false",
    }.get(kind, "another kind of value")  # fmt: skip
    found = {dict: "fields", list: "a list", type(None): "nothing"}.get(type(given), f"`{shown(given)}`")
    if kind in ("string_too_short", "string_too_long"):
        found = f"{len(str(given))}" if given else "none"
    if kind in ("too_short", "too_long"):
        found = str(limits.get("actual_length") or "none")
    what = f"`{field}` wants {wants}, and finds {found}"
    if path and isinstance(path[-1], int):
        what = f"an entry of `{field}` wants {wants}, and finds {found}"
    return document.problem(path, "P103", what, COUNTED.get(kind, "each field holds one kind of value"),
                            f"give {wants}; trusts/README.md shows an example")  # fmt: skip


def _count(number: int | None) -> str:
    return "1 entry" if number == 1 else f"{number} entries"


def model_at(model: type[BaseModel], path: Path) -> type[BaseModel] | None:
    """The model of the record at `path` below a record of `model`."""
    here: Any = model
    for part in path:
        if isinstance(part, int):
            continue
        if typing.get_origin(here) is dict:
            here = typing.get_args(here)[1]
            continue
        record = _record_in(here)
        if record is None or part not in record.model_fields:
            return None
        here = record.model_fields[part].annotation
    return _record_in(here)


def _record_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in typing.get_args(annotation):
        if found := _record_in(part):
            return found
    return None


def fields_at(model: type[BaseModel], path: Path) -> list[str]:
    """The fields that the record at `path` may have."""
    here = model_at(model, path)
    return list(here.model_fields) if here else []


def _step_over(value: Any, path: Path, misfit: ErrorDetails, model: type[BaseModel]) -> None:
    """Put something in place of the misfit that lets the rest be read; lists keep their length, so that places stay right."""
    holder = value
    for part in path[:-1]:
        try:
            holder = holder[part]
        except (KeyError, IndexError, TypeError):
            return  # an earlier misfit of the same round already took it away
    last: Any = path[-1]
    if isinstance(holder, dict) and (misfit["type"] == "extra_forbidden" or misfit["loc"][-1] == KEY):
        holder.pop(last, None)
    elif isinstance(holder, dict) or (isinstance(holder, list) and last < len(holder)):
        holder[last] = _stand_in(misfit, model_at(model, path) is not None)


def _stand_in(misfit: ErrorDetails, of_records: bool) -> Any:
    """What may stand where the misfit stood. A missing field gets nothing at first: the next round says what it wants."""
    kind, given, limits = misfit["type"], misfit.get("input"), misfit.get("ctx", {})
    if kind == "missing":
        return None
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return {}
    if kind in ("tuple_type", "too_short", "too_long"):
        entries = list(given) if isinstance(given, list | tuple) else [given] if isinstance(given, str) else []
        wanting = limits.get("min_length", 0) - len(entries)
        return [*entries, *([{} if of_records else "stand-in"] * wanting)][: limits.get("max_length")]
    if kind == "literal_error":
        return _expected(misfit)[0]
    if kind == "string_pattern_mismatch":
        return next((text for text in SHAPES if re.search(limits["pattern"], text)), "?")
    return NUMBERS.get(kind, "stand-in")
