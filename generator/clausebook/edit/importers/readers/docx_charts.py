"""A chart of an Office file: its title, the names of its axes and series, and the values that the file keeps of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from clausebook.edit.importers.readers.docx_package import A, whole
from clausebook.edit.importers.readers.drawings import Chart, with_others
from clausebook.edit.importers.readers.sheet import day_of_number

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
CX = "{http://schemas.microsoft.com/office/drawing/2014/chartex}"
AXES = tuple(f"{C}{name}" for name in ("catAx", "dateAx", "valAx", "serAx"))
CATEGORIES, VALUES = (f"{C}cat", f"{C}xVal"), (f"{C}val", f"{C}yVal", f"{C}bubbleSize")
PERCENT = re.compile(r"0(?:\.(0+))?%")
FIXED = re.compile(r"(#,##)?0(?:\.(0+))?")
Values = Mapping[int, str]


@dataclass(frozen=True)
class _Series:
    name: str
    categories: Values
    values: tuple[Values, ...]
    """Of a bubble two: where it stands, and how large it is."""
    axes: tuple[str, ...]
    """The words beside the axes that it is drawn on: that of its categories, that of its values."""


def read_chart(root: Any, drawn_on: Sequence[Any] = ()) -> Chart:
    """What a part of charts/ says; `drawn_on` are the parts with the shapes that somebody drew on it."""
    if root.tag == f"{CX}chartSpace":
        title, series = _words(root.find(f"{CX}chart/{CX}title")), list(_series_of_newer(root))
    else:
        title, series = _words(root.find(f"{C}chart/{C}title")), list(_series(root))
    rows = tuple(_rows(series))
    return with_others(title, rows, (text for part in (root, *drawn_on) for text in _paragraphs(part)))


def _series(root: Any) -> Iterator[_Series]:
    axes = {_value(axis, "axId"): _words(axis.find(f"{C}title")) for axis in root.iter(*AXES)}
    for one in root.iter(f"{C}ser"):
        around = one.getparent()
        on = tuple(axes.get(axis.get("val", ""), "") for axis in around.iterfind(f"{C}axId"))
        name = one.find(f"{C}tx")
        values = tuple(_points(found) for tag in VALUES if (found := one.find(tag)) is not None)
        categories = next((_points(found) for tag in CATEGORIES if (found := one.find(tag)) is not None), {})
        yield _Series("" if name is None else " ".join(_points(name).values()) or _words(name), categories, values, on)


def _series_of_newer(root: Any) -> Iterator[_Series]:
    """Of the charts that came with Office 2016: a waterfall, a funnel, a map."""
    data = {one.get("id", ""): one for one in root.iterfind(f"{CX}chartData/{CX}data")}
    axes = [_words(axis.find(f"{CX}title")) for axis in root.iter(f"{CX}axis")]
    for one in root.iter(f"{CX}series"):
        name, named = one.find(f"{CX}tx"), one.find(f"{CX}dataId")
        own = data.get(named.get("val", "") if named is not None else "")
        texts, numbers = ([] if own is None else own.findall(f"{CX}{kind}Dim") for kind in ("str", "num"))
        categories = _joined([_level(level, f"{CX}pt") for dim in texts for level in dim.iterfind(f"{CX}lvl")])
        values = tuple(_level(level, f"{CX}pt") for dim in numbers for level in dim.iterfind(f"{CX}lvl"))
        told = "" if name is None else "".join(found.text or "" for found in name.iter(f"{CX}v"))
        yield _Series(told or _words(name), categories, values, tuple(axes))


def _rows(series: Sequence[_Series]) -> Iterator[tuple[str, ...]]:
    """A row for each category where all series have the same ones, else for each point of each series."""
    if not series:
        return
    if all(one.categories == series[0].categories and len(one.values) < 2 for one in series):
        places = sorted({place for one in series for part in (one.categories, *one.values) for place in part})
        yield (_axis(series[0], 0), *(_heading(one, several=len(series) > 1) for one in series))
        for place in places:
            values = (one.values[0].get(place, "") if one.values else "" for one in series)
            yield (series[0].categories.get(place, ""), *values)
        return
    columns = max(len(one.values) for one in series)
    yield ("", _axis(series[0], 0), _axis(series[0], 1), *[""] * (columns - 1))
    for one in series:
        for place in sorted({place for part in (one.categories, *one.values) for place in part}):
            found = [values.get(place, "") for values in one.values]
            yield (one.name, one.categories.get(place, ""), *found, *[""] * (columns - len(found)))


def _heading(one: _Series, *, several: bool) -> str:
    axis = _axis(one, 1)
    return f"{one.name} ({axis})" if one.name and axis and several else ": ".join(filter(None, (one.name, axis)))


def _axis(one: _Series, place: int) -> str:
    return one.axes[place] if place < len(one.axes) else ""


def _points(element: Any) -> Values:
    """What the file keeps of a run of cells; of categories in several levels the outer stand before the inner."""
    levels = list(element.iter(f"{C}lvl"))
    if levels:
        return _joined([_level(level, f"{C}pt", f"{C}v") for level in levels])
    cache = next(element.iter(f"{C}strCache", f"{C}numCache", f"{C}strLit", f"{C}numLit"), None)
    if cache is None:
        return {place: found.text or "" for place, found in enumerate(element.iterfind(f"{C}v"))}
    form = cache.find(f"{C}formatCode")
    is_number = cache.tag.startswith(f"{C}num")
    return {
        place: _number(text, one.get("formatCode") or (form.text if form is not None else "") or "") if is_number else text
        for one in cache.iterfind(f"{C}pt")
        for place, text in [_point(one, f"{C}v")]
    }  # fmt: skip


def _level(level: Any, tag: str, inside: str | None = None) -> Values:
    points = (_point(one, inside) for one in level.iterfind(tag))
    form = level.get("formatCode")
    return {place: _number(text, form) if form is not None else text for place, text in points}


def _point(one: Any, inside: str | None) -> tuple[int, str]:
    found = one if inside is None else one.find(inside)
    return whole(one.get("idx")), (found.text or "" if found is not None else "").strip()


def _joined(levels: Sequence[Values]) -> Values:
    """The innermost level is the first; an outer one is told where it begins, and goes on."""
    if not levels:
        return {}
    found = {}
    for place, text in sorted(levels[0].items()):
        outer = (
            next((level[at] for at in sorted(level, reverse=True) if at <= place), "") for level in reversed(levels[1:])
        )
        found[place] = " · ".join(filter(None, (*outer, text)))
    return found


def _number(text: str, form: str) -> str:
    """A value as the chart shows it, as far as its format is a usual one: a part of 1 in percent, a day as a date."""
    try:
        value = Decimal(text)
        if (day := day_of_number(float(value), form)) is not None:
            return day
        if found := PERCENT.fullmatch(form):
            return f"{_rounded(value * 100, found[1])}%"
        if found := FIXED.fullmatch(form):
            return f"{_rounded(value, found[2]):{',' if found[1] else ''}f}"
        return f"{float(value):.15g}"
    except (ArithmeticError, ValueError, TypeError):
        return text


def _rounded(value: Decimal, decimals: str | None) -> Decimal:
    """As spreadsheets round: a half goes up."""
    return value.quantize(Decimal(1).scaleb(-len(decimals or "")), ROUND_HALF_UP)


def _words(element: Any) -> str:
    """The words of a title, typed or taken from a cell."""
    if element is None:
        return ""
    return " ".join(_paragraphs(element)) or " ".join(one.text or "" for one in element.iter(f"{C}v", f"{CX}v"))


def _paragraphs(element: Any) -> Iterator[str]:
    for paragraph in element.iter(f"{A}p"):
        if words := " ".join("".join(one.text or "" for one in paragraph.iter(f"{A}t")).split()):
            yield words


def _value(element: Any, name: str) -> str:
    found = element.find(f"{C}{name}")
    return "" if found is None else found.get("val", "")
