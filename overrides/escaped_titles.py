"""Titles of pages as text: Material writes them into its navigation, its head and its foot as they are.

MkDocs calls this as a hook (`hooks:` in mkdocs.yml), once every page is read and before any is written. What a title says
stays the same; a sign that HTML would obey is written as its code, and the theme's own `| e` leaves it as it then is.
"""

from __future__ import annotations

from typing import Any

from markupsafe import Markup, escape


def on_env(env: Any, files: Any, **_: Any) -> Any:
    for file in files.documentation_pages():
        page = file.page
        page.title = _escaped(page.title)
        if "title" in page.meta:
            page.meta["title"] = _escaped(page.meta["title"])
    return env


def _escaped(title: Any) -> Markup:
    return escape(" ".join(str(title).split()))
