"""P704: a mkdocs.yml, the handbook's or its own in the place of the engine's, that asks for something it may not.

What keeps readers safe must not rest on a file that is edited for its looks: where pages are read from and published to is
fixed, and what runs while they are made is a list. Which policy pages carry is no matter of this file: a build adds it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from clausebook.layout import ENGINE_CONFIG, HOOKS
from clausebook.load import Document, Loaded
from clausebook.load.document import Path
from clausebook.model.problems import Problem, nearest, shown

INHERITS: dict[Path, str] = {("INHERIT",): ENGINE_CONFIG}
FIXED: dict[Path, str] = {
    ("docs_dir",): "build/hub",
    ("site_dir",): "site",
    ("use_directory_urls",): "false",
    ("theme", "name"): "material",
    ("theme", "custom_dir"): "overrides/theme",
    ("theme", "font"): "false",
}
MAY = frozenset({
    "site_name", "site_description", "site_url", "site_author", "copyright", "nav", "not_in_nav", "theme", "plugins", "markdown_extensions",
    "extra_css", "extra_javascript", "extra", "validation", "strict", "docs_dir", "site_dir", "use_directory_urls", "hooks",
})  # fmt: skip
OF_THE_THEME = frozenset({
    "name", "variant", "custom_dir", "language", "font", "favicon", "logo", "icon", "features", "palette", "direction",
})  # fmt: skip
ONE_OF: dict[str, frozenset[str]] = {
    "hooks": frozenset(HOOKS),
    "plugins": frozenset({"search", "offline"}),
    "markdown_extensions": frozenset(
        {"attr_list", "toc", "tables", "def_list", "abbr", "md_in_html", "admonition", "footnotes"}
    ),
}


def check_site_settings(loaded: Loaded) -> Iterator[Problem]:
    for document in loaded.settings:
        is_whole = document.file == ENGINE_CONFIG  # the other one inherits from it
        yield from _fields(document, (), document.value, MAY if is_whole else MAY | {"INHERIT"})
        if isinstance(theme := document.value.get("theme"), dict):
            yield from _fields(document, ("theme",), theme, OF_THE_THEME)
        for path, wanted in (FIXED if is_whole else FIXED | INHERITS).items():
            yield from _fixed(document, path, wanted, must=is_whole or path in INHERITS)
        for field, known in ONE_OF.items():
            yield from _entries(document, field, known)
        for field in ("extra_css", "extra_javascript"):
            yield from _own_files(document, field)


def _fields(document: Document, path: Path, value: dict[str, Any], known: frozenset[str]) -> Iterator[Problem]:
    for name in value:
        if name not in known:
            near = nearest(name, known, 80)
            yield document.problem(
                (*path, name), "P704", f"`{shown(name)}` is not for this file", "what else MkDocs can do could take files from elsewhere, or run them",
                f"write `{near}`" if near else "take it out", at_key=True,
            )  # fmt: skip


def _fixed(document: Document, path: Path, wanted: Any, *, must: bool) -> Iterator[Problem]:
    value: Any = document.value
    for length, part in enumerate(path, 1):
        if not isinstance(value, dict) or part not in value:
            if not must and isinstance(value, dict):
                return
            yield document.problem(
                path[: length - 1], "P704", f"`{'.'.join(map(str, path))}` is missing", "every site is made in this one way, so that its pages are safe to open",
                f"add `{path[-1]}: {wanted}`", at_key=True,
            )  # fmt: skip
            return
        value = value[part]
    if value != wanted:
        yield document.problem(
            path, "P704", f"`{'.'.join(map(str, path))}` is not {wanted}", "every site is made in this one way, so that its pages are safe to open",
            f"write `{path[-1]}: {wanted}`",
        )  # fmt: skip


def _entries(document: Document, field: str, known: frozenset[str]) -> Iterator[Problem]:
    entries = document.value.get(field) or []
    for index, entry in enumerate(entries if isinstance(entries, list) else [entries]):
        for name in entry if isinstance(entry, dict) else [str(entry)]:
            if name not in known:
                yield document.problem(
                    (field, index), "P704", f"`{shown(name)}` is none of the {field.replace('_', ' ')} that a handbook may use",
                    "each runs while pages are made, and can write what it likes into them", f"use some of: {', '.join(sorted(known))}",
                )  # fmt: skip


def _own_files(document: Document, field: str) -> Iterator[Problem]:
    for index, name in enumerate(document.value.get(field) or []):
        if not isinstance(name, str) or ":" in name or name.startswith("/") or ".." in name.split("/"):
            yield document.problem(
                (field, index), "P704", f"`{shown(name)}` is no file of the handbook", "pages ask no other host for anything",
                "put the file below overrides/theme/assets, and name it from assets/ on",
            )  # fmt: skip
