"""A Document into a record: every misfit that pydantic finds becomes a problem in the author's words.

Where a misfit can be stepped over, the rest is still turned into a record, so that one wrong word does not hide what
else is wrong: the paths that were stepped over are returned, and no rule speaks about them.
"""

from __future__ import annotations

import copy
import typing
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from generator.load.document import Document, Path
from generator.problems import Problem, nearest

R = TypeVar("R", bound=BaseModel)

WORDS_WHY = {
    "modality": ("a modality", "the modality decides how the clause is worded, compared and tested"),
    "answer": ("an answer", "every page and table shows the answer as one of eight words"),
    "right_when": ("an answer", "an option is right for the trusts whose position is this answer"),
    "status": ("a status", "the status decides where and how the revision is published"),
    "wording": ("a wording", "readers must know whether they read the trust's words or ours"),
    "not_stated": ("something a document may leave unsaid", "the page lists what the document does not state"),
    "asked_by": ("a kind of reader", "readers find questions by who asks them"),
}
STAND_INS: dict[str, Any] = {
    "text": "?", "heading": "?", "title": "?", "says": "?", "about": "?", "label": "?", "name": "?", "short_name": "?",
    "ask": "?", "now": "?", "since": "?", "term": "?", "means": "?", "scenario": "?", "role": "?", "reach": "?", "by": "?",
    "modality": "states", "status": "draft", "wording": "restated", "answer": "silent", "asked_by": "both",
    "topics": ["?"], "binds": ["?"], "match": ["?"], "date": "2000", "as_of": "2000", "lines": "1", "file": "?",
    "sha256": "0" * 64, "pass_mark": "1", "primary": "#000000", "accent": "#000000", "clauses": [], "contacts": [{"role": "?", "reach": "?"}],
    "palette": {"primary": "#000000", "accent": "#000000"}, "topic": "?", "on": "?",
}  # fmt: skip
DROP = object()


def read_record(document: Document, model: type[R]) -> tuple[R | None, frozenset[Path], list[Problem]]:
    """The record that `document` holds, the paths that were stepped over to get it, and every misfit.

    The record is None only where too little of the document fits to go on.
    """
    value, stepped_over, problems = copy.deepcopy(document.value), set(document.broken), []
    for _ in range(6):
        try:
            return model.model_validate(value), frozenset(stepped_over), problems
        except ValidationError as error:
            for misfit in error.errors(include_url=False):
                path = _author_path(misfit["loc"])
                if not _inside(path, stepped_over):
                    problems.append(_problem(document, model, path, misfit))
                stepped_over.add(path)
                if not _step_over(value, path, misfit):
                    return None, frozenset(stepped_over), problems
    return None, frozenset(stepped_over), problems


def _author_path(loc: tuple[str | int, ...]) -> Path:
    """pydantic marks a mapping's key with `[key]`; an author sees the key itself."""
    return tuple(part for part in loc if part != "[key]")


def _inside(path: Path, others: set[Path]) -> bool:
    return any(path[:length] in others for length in range(len(path) + 1))


def _problem(document: Document, model: type[BaseModel], path: Path, misfit: dict[str, Any]) -> Problem:
    kind, given = misfit["type"], misfit.get("input")
    field = next((part for part in reversed(path) if isinstance(part, str)), "")
    if kind == "extra_forbidden":
        known = fields_at(model, path[:-1])
        near = nearest(field, known)
        return document.problem(path, "P101", f"`{field}` is not a field here", "a field that nobody reads is a fact that nobody sees",
                                f"write `{near}`" if near else f"use one of: {', '.join(known)}", at_key=True)  # fmt: skip
    if kind == "missing":
        return document.problem(path[:-1], "P102", f"`{field}` is missing", _why_missing(model, path),
                                f"add a line `{field}: …`")  # fmt: skip
    if kind == "literal_error":
        noun, why = WORDS_WHY.get(field, (f"a value of `{field}`", "only these values have a meaning"))
        words = [word for word in misfit["ctx"]["expected"].replace("'", "").replace(" or ", ", ").split(", ") if word]
        near = nearest(str(given), words)
        fix = f"write `{near}`" if near else f"write one of: {', '.join(words)}"
        return document.problem(path, "P104", f"`{_short(given)}` is not {noun}", why, fix)
    if kind in ("string_pattern_mismatch", "value_error"):
        return _shape_problem(document, path, field, given)
    return _kind_problem(document, path, field, kind, given)


def _why_missing(model: type[BaseModel], path: Path) -> str:
    known = model_at(model, path[:-1])
    described = known.model_fields[path[-1]].description if known and path[-1] in known.model_fields else None
    return (described or "the page cannot be made without it").rstrip(".")


def _shape_problem(document: Document, path: Path, field: str, given: Any) -> Problem:
    if field in ("lines",):
        return document.problem(path, "P105", f"`{_short(given)}` names no lines", "each clause cites the lines of its source",
                                "write one line, `119`, or a run from the smaller to the larger, `117-140`")  # fmt: skip
    if field in ("primary", "accent"):
        return document.problem(path, "P105", f"`{_short(given)}` is not a colour", "colours are checked for contrast before they are used",
                                'write six hexadecimal digits in quotes, such as "#1f4e79"')  # fmt: skip
    if field == "sha256":
        return document.problem(path, "P105", "this is not a SHA-256 digest", "the digest shows which file the lines were counted in",
                                "write the 64 digits that `sha256sum FILE` prints")  # fmt: skip
    if field in ("date", "titled", "approved", "published", "effective", "review_due", "as_of"):
        return document.problem(path, "P105", f"`{_short(given)}` is not a date", "dates are compared to find what is overdue",
                                "write a year, month or day: 2018, 2018-09 or 2018-09-01")  # fmt: skip
    return document.problem(path, "P105", f"`{_short(given)}` cannot be an id", "ids are addresses of pages and clauses and never change",
                            "use lower-case letters, digits and single hyphens, such as no-contact-with-pupils")  # fmt: skip


def _kind_problem(document: Document, path: Path, field: str, kind: str, given: Any) -> Problem:
    wants = {
        "string_type": "text", "tuple_type": "a list", "model_type": "fields", "model_attributes_type": "fields",
        "dict_type": "fields", "bool_parsing": "true or false", "int_parsing": "a whole number", "greater_than": "a number above 0",
        "too_short": "at least one entry", "string_too_short": "text that is not empty", "string_too_long": "shorter text",
        "too_long": "fewer entries", "int_type": "a whole number", "bool_type": "true or false",
    }.get(kind, "another kind of value")  # fmt: skip
    found = {dict: "fields", list: "a list", type(None): "nothing"}.get(type(given), f"`{_short(given)}`")
    if kind == "string_too_long":
        found = f"text of {len(str(given))} characters"
    if kind in ("too_short", "too_long"):
        found = "none" if kind == "too_short" else "too many"
    return document.problem(path, "P103", f"`{field}` wants {wants}, and finds {found}", "each field holds one kind of value",
                            f"give {wants} there; trusts/README.md shows an example")  # fmt: skip


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 40 else text[:39] + "…"


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


def _record_in(annotation: Any) -> Any:
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


def _step_over(value: Any, path: Path, misfit: dict[str, Any]) -> bool:
    """Put something in place of the misfit that lets the rest be read; False where nothing would."""
    holder = value
    for part in path[:-1]:
        try:
            holder = holder[part]
        except (KeyError, IndexError, TypeError):
            return True  # an earlier misfit of the same round already took it away
    if not path or not isinstance(holder, dict | list):
        return False
    stand_in = _stand_in(path, misfit)
    last = path[-1]
    if stand_in is DROP:
        if isinstance(holder, dict):
            holder.pop(last, None)
        elif isinstance(last, int) and last < len(holder):
            holder[last] = None
            holder[:] = [entry for entry in holder if entry is not None] or holder
        return True
    if isinstance(holder, dict) or (isinstance(last, int) and last < len(holder)):
        holder[last] = stand_in
    return True


def _stand_in(path: Path, misfit: dict[str, Any]) -> Any:
    kind, given, last = misfit["type"], misfit.get("input"), path[-1]
    if kind == "literal_error":
        return misfit["ctx"]["expected"].split("'")[1]
    if kind == "tuple_type" and isinstance(given, str):
        return [given]
    if last == "id":
        return "stand-in-" + "-".join(str(part).lower() for part in path if isinstance(part, int))
    if kind == "missing" or (kind != "extra_forbidden" and last in STAND_INS):
        return STAND_INS.get(str(last), DROP)
    return DROP
