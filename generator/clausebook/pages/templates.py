"""Jinja, and only here: a page's template and data into Markdown, a template of a whole document into HTML."""

from __future__ import annotations

import json
import posixpath
import re
import traceback
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, TemplateError, meta
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from clausebook.compare.revisions.clause_diffs import render_redline
from clausebook.compare.strictness import is_promise
from clausebook.looks import LETTERS, PAGES, PRINTS, Looks
from clausebook.model import labels, verdicts
from clausebook.model.citation import cite, name_of, number_of
from clausebook.model.dates import age, in_words, period_in_words
from clausebook.model.text import QUOTED, render_prose
from clausebook.pages import structures
from clausebook.pages.page import REVIEW_OVERDUE, Page, clauses_by_force, reading_minutes
from clausebook.pages.revisions import comment_link, mistake_link
from clausebook.pages.terms import with_terms
from clausebook.pages.views import fields_of

__all__ = [
    "BrokenLetterError",
    "TemplateError",
    "escape_css",
    "escape_markdown",
    "find_templates",
    "kept_templates",
    "kind_of",
    "render_document",
    "render_letter",
    "render_page",
    "render_print",
    "require_letter",
    "sentence",
]


class BrokenLetterError(Exception):
    """A letter that somebody reworded and that cannot be filled in: where, and why."""

    def __init__(self, place: str, why: str) -> None:
        super().__init__(
            f"{place}: the letter cannot be written: {why}\nMend the line, or delete the file: then the engine's own letter is sent."
        )


MARKDOWN_SIGNS = re.compile(r"([\\`*_{}\[\]()#+\-.!|])")  # those that Python-Markdown takes a backslash before


def render_page(page: Page, looks: Looks, as_of: date, **settings: Any) -> str:
    """The Markdown of `page`, with its title and what the theme must know at the top.

    `settings` reach the template beside the page's own data; `root` leads from the page to its site's root.
    """
    body = _environment(looks.folders(PAGES)).get_template(page.template).render(
        page=page, root=page.root, as_of=as_of, **settings, **fields_of(page.view)
    )  # fmt: skip
    meta: dict[str, Any] = {"title": page.title}
    if hidden := (*page.hide, *(["path"] if page.crumbs else [])):
        meta["hide"] = list(hidden)
    if not page.in_search:
        meta["search"] = {"exclude": True}
    if page.crumbs:
        meta["crumbs"] = [
            {"name": name, "to": posixpath.relpath(f"{path}/index.html", page.path)} for name, path in page.crumbs
        ]
    if page.banner:
        meta |= {
            "banner": page.banner,
            "banner_word": page.banner_word,
            "banner_is_calm": page.banner_word == REVIEW_OVERDUE,
        }
    head = "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in meta.items())
    return f"---\n{head}\n---\n\n{body.strip()}\n"


def render_print(template: str, looks: Looks, *views: object) -> str:
    """The HTML of a template of overrides/print."""
    data = {name: value for view in views for name, value in fields_of(view).items()}
    return _environment(looks.folders(PRINTS)).get_template(template).render(data)


def render_document(template: str, looks: Looks, view: object) -> str:
    """The text of a template of content/pages that is no page of a site: the page of a package, or a part of one."""
    return _environment(looks.folders(PAGES)).get_template(template).render(**fields_of(view)).strip() + "\n"


def render_letter(template: str, looks: Looks, view: object) -> tuple[str, str]:
    """The subject and the text of a letter of content/letters, whose first line is `Subject: …`.

    Raises BrokenLetterError where the handbook's own letter cannot be filled in.
    """
    try:
        written = _environment(looks.folders(LETTERS)).get_template(template).render(**fields_of(view)).strip()
    except TemplateError as error:
        raise BrokenLetterError(_place_in(template, error), str(error.message)) from error
    subject, _, text = written.partition("\n")
    if not subject.startswith("Subject:"):
        raise BrokenLetterError(
            f"{LETTERS}/{template}:1", "its first line is not the subject: begin it with “Subject:”"
        )
    return subject.removeprefix("Subject:").strip(), text.strip() + "\n"


def require_letter(template: str, looks: Looks, names: set[str]) -> None:
    """Raises BrokenLetterError where a letter is no template, or asks for what is not among `names`."""
    environment = _environment(looks.folders(LETTERS))
    source = looks.find(f"{LETTERS}/{template}").read_text(encoding="utf-8")
    try:
        asked = meta.find_undeclared_variables(environment.parse(source)) - set(environment.globals) - names
    except TemplateError as error:
        raise BrokenLetterError(_place_in(template, error), str(error.message)) from error
    for name in sorted(asked):
        line = next(
            (number for number, text in enumerate(source.splitlines(), 1) if re.search(rf"\b{name}\b", text)), 1
        )
        raise BrokenLetterError(
            f"{LETTERS}/{template}:{line}", f"no letter knows `{name}`; this one knows {', '.join(sorted(names))}"
        )


def _place_in(template: str, error: TemplateError) -> str:
    """The file, and the line in it where Jinja or its traceback tells one."""
    frames = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(template)]
    line = getattr(error, "lineno", None) or (frames[-1] if frames else 1)
    return f"{LETTERS}/{template}:{line}"


def find_templates(template: str, looks: Looks) -> set[str]:
    """`template` of content/pages and all that it takes in, directly or not, by their paths in a handbook.

    Raises ValueError where one is named only when it is rendered.
    """
    environment = _environment(looks.folders(PAGES))
    found: set[str] = set()
    waiting = [template]
    while waiting:
        name = waiting.pop()
        if f"{PAGES}/{name}" not in found:
            found.add(f"{PAGES}/{name}")
            source = looks.find(f"{PAGES}/{name}").read_text(encoding="utf-8")
            for other in meta.find_referenced_templates(environment.parse(source)):
                if other is None:
                    raise ValueError(f"{name} takes in a template whose name is not written in it")
                waiting.append(other)
    return found


class _Kept(BytecodeCache):
    """Compiled templates by name and source, for as long as the process runs."""

    def __init__(self) -> None:
        self.compiled: dict[str, bytes] = {}

    def get_cache_key(self, name: str, filename: str | None = None) -> str:  # noqa: ARG002 — Jinja's own name
        return name  # wherever the file lies: a site is built in another folder each time

    def load_bytecode(self, bucket: Bucket) -> None:
        if known := self.compiled.get(f"{bucket.key} {bucket.checksum}"):
            bucket.bytecode_from_string(known)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.compiled[f"{bucket.key} {bucket.checksum}"] = bucket.bytecode_to_string()


@cache
def kept_templates() -> BytecodeCache:
    """Where other environments of this process keep what they compiled."""
    return _Kept()


class _FirstOfFolders(FileSystemLoader):
    """As Jinja's own, but a template that is compiled already is left where a file has come to stand before its own."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        first = self._find_first(template)
        source, path, is_same = super().get_source(environment, template)
        return source, path, lambda: is_same() and self._find_first(template) == first

    def _find_first(self, template: str) -> str | None:
        return next((folder for folder in self.searchpath if Path(folder, template).is_file()), None)


@cache
def _environment(folders: tuple[Path, ...]) -> Environment:
    environment = Environment(
        loader=_FirstOfFolders(folders), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )  # fmt: skip
    environment.filters |= {
        "prose": render_prose,
        "paragraphs": structures.render_text,
        "blocks": structures.render_blocks,
        "closing": structures.render_closing,
        "goes_on": structures.render_goes_on,
        "told": structures.tell_blocks,
        "closing_told": structures.tell_closing,
        "file_kind": structures.describe_file,
        "redline": render_redline,
        "md": escape_markdown,
        "date": in_words,
        "period": period_in_words,
        "lines": labels.lines_in_words,
        "number": number_of,
        "name": name_of,
        "cite": cite,
        "sentence": sentence,
        "within_sentence": within_sentence,
        "with_terms": with_terms,
        "css_text": escape_css,
    }
    environment.globals |= {
        "words": labels,
        "verdicts": verdicts,
        "reading_minutes": reading_minutes,
        "clauses_by_force": clauses_by_force,
        "kind_of": kind_of,
        "comment_link": comment_link,
        "mistake_link": mistake_link,
        "page_medium": structures.page_medium,
        "reading_medium": structures.reading_medium,
        "print_medium": structures.print_medium,
        "package_medium": structures.package_medium,
        "bank_medium": structures.bank_medium,
        "QUOTED": QUOTED,
        "promise": is_promise,
        "age": age,
    }
    return environment


def escape_markdown(text: str) -> Markup:
    """Text for a heading of a page: on one line, and nothing in it acts as Markdown or HTML."""
    one_line = " ".join(text.split())  # a heading ends with its line
    return Markup(MARKDOWN_SIGNS.sub(r"\\\1", str(escape(one_line))).replace("&\\#", "&#"))  # noqa: S704 — escaped


def escape_css(text: str) -> Markup:
    """Text for between the quotes of a CSS string: every sign that could end it is written as its code."""
    return Markup("".join(ch if ch.isalnum() or ch in " ,.-" else f"\\{ord(ch):06x} " for ch in text))  # noqa: S704 — escaped


def within_sentence(text: str) -> str:
    """`text` as it stands within a sentence: a small first letter, but for an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def sentence(text: str) -> str:
    """The text with a capital letter at its start."""
    return text[:1].upper() + text[1:]


def kind_of(schema: dict[str, Any]) -> str:
    """What a field of a JSON Schema holds, in a word or two."""
    if "anyOf" in schema:
        return " or ".join(kind_of(one) for one in schema["anyOf"])
    if "enum" in schema:
        return "one of " + ", ".join(schema["enum"])
    if schema.get("type") == "array":
        return f"list of {kind_of(schema.get('items', {}))}"
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1].removesuffix("Record")
    return {"string": "text", "integer": "whole number", "boolean": "true or false", "null": "null"}.get(
        schema.get("type", ""), "object"
    )
