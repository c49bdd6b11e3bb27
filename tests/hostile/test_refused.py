"""A field that takes only some words refuses hostile ones at their line, and text that looks like code is refused everywhere."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from clausebook.load.fields import read_record
from clausebook.load.yaml_events import read_document
from clausebook.model.text import is_safe_link, render_prose

from .conftest import Made
from .fields import KINDS, fields_of, values_of
from .handbook import HOST, files_of, read, write, write_base

FIELDS = {field.name: field for record in KINDS.values() for field in fields_of(record)}
SHAPED = sorted(name for name, field in FIELDS.items() if not field.free)
PAYLOADS = {
    "an element": '"><img src=x onerror=ran(1)>',
    "a path": "../../../outside",
    "a style": f"red;}} * {{ background: url(//{HOST}/) }}",
    "an address": "javascript:ran(1)",
    "a template": "{{ 7 * 7 }}",
    "a formula": "=2+5",
    "another line": "word\nother: word",
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[type[BaseModel], str]]:
    """What stands in each file of a sound handbook, as JSON, with the record that it holds."""
    folder = write_base(tmp_path_factory.mktemp("base") / "handbook")
    return [(record, json.dumps(read(path))) for path, record in files_of(folder)]


@pytest.mark.parametrize("text", PAYLOADS.values(), ids=PAYLOADS)
@pytest.mark.parametrize("name", SHAPED)
def test_a_field_of_some_words_refuses_all_others_at_their_line(
    name: str, text: str, files: list[tuple[type[BaseModel], str]], tmp_path: Path
) -> None:
    read_anew = ((record, json.loads(content)) for record, content in files)
    record, value = next((record, value) for record, value in read_anew if put(value, record, name, text))
    write(tmp_path / "file.yml", value)
    document, problems = read_document(tmp_path / "file.yml", "file.yml")
    assert document
    _, _, more = read_record(document, record)
    lines = [number for number, line in enumerate(document.lines, 1) if json.dumps(text)[1:-1] in line]
    found = [one for one in (*problems, *more) if one.place.line in lines]
    assert [one.code for one in found] in (["P103"], ["P104"], ["P105"])
    assert found[0].what
    assert found[0].why
    assert found[0].fix


def put(value: dict[str, Any], record: type[BaseModel], name: str, text: str) -> bool:
    """Put `text` in the first field `name` of a file's `value`, or beside its neighbours where it is left out; whether there is room."""
    field, above = FIELDS[name], name.removesuffix("[key]") if name.endswith("[key]") else name.rpartition(".")[0]
    for path, other in values_of(record, value):
        if other.name == name:
            *into, last = path
            _at(value, into)[last] = text
            return True
        if name.endswith("[key]") and other.name.startswith(above):
            holder = _at(value, path[: path.index(above.rpartition(".")[2]) + 1])
            holder[text] = holder.popitem()[1]
            return True
    for path, other in values_of(record, value):
        if other.name.rpartition(".")[0] == above:
            *into, _ = path[:-1] if isinstance(path[-1], int) else path
            _at(value, into)[name.rpartition(".")[2]] = [text] if field.many else text
            return True
    return False


def _at(value: Any, path: Sequence[str | int]) -> Any:
    for part in path:
        value = value[part]
    return value


def test_text_that_looks_like_code_is_refused_in_every_field_that_takes_text(made: Made) -> None:
    refused = {(one.place.file, one.place.line) for one in made.problems if one.code == "P601"}
    for path, record in files_of(made.handbook_folder):
        document, _ = read_document(path, path.relative_to(made.handbook_folder).as_posix())
        assert document
        for place, field in values_of(record, document.value):
            spot = document.spot(*place).value
            assert not field.free or (spot.file, spot.line) in refused, f"{field.name} in {spot}"


@pytest.mark.parametrize(
    "address",
    ["javascript:ran(1)", "JaVaScRiPt:ran(1)", "java&#115;cript:ran(1)", "java\tscript:ran(1)", "\x01javascript:ran(1)", "data:text/html,x",
     "vbscript:x", "//away.invalid", "https://", "https://[", "https://user@away.invalid", "file:///etc/passwd", "../../outside", "#x", "ftp://away.invalid",
     'https://a.invalid/"onclick=ran(1)', "mailto:nobody", "mailto://[@x"],
)  # fmt: skip
def test_a_link_that_leads_to_no_page_and_no_mail_is_no_link(address: str) -> None:
    assert not is_safe_link(address)
    assert "<a" not in render_prose(f"[words]({address})")


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "http://example.org:8080/a_(b)?c=d#e",
        "https://bücher.example/[1]",
        "mailto:a@example.org?subject=b",
    ],
)
def test_a_link_to_a_page_or_a_mail_is_one(address: str) -> None:
    assert is_safe_link(address)
    assert render_prose(f"[words]({address})") == f'<a href="{address}">words</a>'
