"""An item is never shown without its lead-in: on no page of any trust, and on none of the hub's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from .tree import Element, parse

Item = dict[str, Any]
SHORT = 25  # a shorter item's words may stand in another sentence by chance: only the item alone counts


def plain(text: str) -> str:
    """A clause's text as a page shows it: without the signs of emphasis and links, with single blanks."""
    text = re.sub(r"\[([^\[\]]+)\]\([^()\s]*\)", r"\1", text)
    return " ".join(re.sub(r"\*+(?=\S)(.+?)(?<=\S)\*+", r"\1", text).split())


def shown_items(page: Element, items: list[Item]) -> Iterator[tuple[Element, Item]]:
    """Each element that shows an item's text, with the item."""
    texts = [(plain(item["text"]), item) for item in items]
    for element in page.walk():
        if element.tag not in ("li", "p", "td", "dd", "blockquote", "legend", "div"):
            continue
        own = element.text(own=True)
        if own:
            yield from ((element, item) for text, item in texts if (text == own if len(text) < SHORT else text in own))


def without_lead_in(page: Element, items: list[Item]) -> list[str]:
    """The items that `page` shows without every lead-in standing before them in the same quotation, clause or list."""
    found: dict[tuple[int, str], bool] = {}
    for element, item in shown_items(page, items):
        around = list(element.ancestry())
        whole = next((one for one in around if one.tag in ("blockquote", "article")), None)
        whole = whole or [one for one in around if one.tag in ("li", "p")][-1]
        before = whole.text().partition(plain(item["text"]))[0]
        stands = all(plain(words) in before for words in item["lead_in"])
        key = (id(element), plain(item["text"]))  # the same words may be an item of two clauses
        found[key] = found.get(key, False) or stands
    return [text for (_, text), stands in found.items() if not stands]


def test_no_page_shows_an_item_alone(site: Path, records: Callable[[str], list[Item]]) -> None:
    items = [one for one in records("clauses") if one["lead_in"]]
    trusts = {one["trust"] for one in records("clauses")}
    alone, pages_with_items = [], set()
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        trust = name.partition("/")[0]
        own = [one for one in items if trust not in trusts or one["trust"] == trust]
        page = parse(path.read_text(encoding="utf-8"))
        alone += [f"{name}: {text}" for text in without_lead_in(page, own)]
        if any(True for _ in shown_items(page, own)):
            pages_with_items.add(name)
    assert alone == []
    with_items = {f"{one['trust']}/{one['policy']}/index.html" for one in items}
    assert with_items <= pages_with_items
    assert any(name.startswith("compare/topics/") for name in pages_with_items)


def test_an_item_alone_would_be_found() -> None:
    item = {"text": "accept pupils of the school as friends", "lead_in": ["Staff must not:"]}
    whole = "<article><p>Staff must not:</p><ul><li>accept pupils of the school as friends</li></ul></article>"
    assert without_lead_in(parse(whole), [item]) == []
    assert without_lead_in(parse(whole.replace("<p>Staff must not:</p>", "")), [item]) == [item["text"]]
    assert without_lead_in(parse("<p>You accept pupils of the school as friends.</p>"), [item]) != []
