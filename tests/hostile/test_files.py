"""What is published beside the pages stays what it is, whatever the handbook's texts hold: tables, feeds, calendars, packages, names."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from html import escape, unescape
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from weasyprint.urls import FatalURLFetchingError

from browser_kit import answering
from clausebook.build.engines.weasyprint import render_pdf

from .conftest import Made
from .handbook import FIRST, HOST, HOSTILE, payload

HOLDS_DATA = re.compile(
    r'(?:\(window\.clausebookData = window\.clausebookData \|\| \{\}\)\["[a-z0-9/ -]+"\]|var __index) = (.*?);?\s*',
    re.DOTALL,
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def files(made: Made, *endings: str) -> list[Path]:
    found = [
        path
        for folder in (made.site, made.packages)
        for ending in endings
        for path in sorted(folder.rglob(f"*.{ending}"))
    ]
    assert found
    return found


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, _: list[tuple[str, str | None]]) -> None:
        self.found.append(tag)


def _elements(html: str) -> list[str]:
    """The elements of a piece of HTML."""
    parser = _Elements()
    parser.feed(html)
    return parser.found


def test_no_cell_of_a_csv_file_begins_a_formula(made: Made) -> None:
    for path in files(made, "csv"):
        cells = [cell for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8"))) for cell in row]
        assert any("'=2+5|" in cell for cell in cells), path
        assert [cell for cell in cells if cell.startswith(FORMULA)] == []


def test_no_cell_of_a_workbook_is_a_formula_or_leads_away(made: Made) -> None:
    for path in files(made, "xlsx"):
        cells = [
            cell for sheet in load_workbook(path) for row in sheet.iter_rows() for cell in row if cell.value is not None
        ]
        assert any(str(cell.value).startswith("=2+5|") and cell.data_type == "s" for cell in cells), path
        assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
        assert [
            cell.hyperlink.target for cell in cells if cell.hyperlink and re.match(r"\w+:", cell.hyperlink.target)
        ] == []


def test_xml_is_whole_and_has_no_element_of_a_text(made: Made) -> None:
    for path in files(made, "xml", "svg"):
        text = path.read_bytes()
        for element in ElementTree.fromstring(text).iter():
            assert HOSTILE not in element.tag, path
            assert not [name for name in element.attrib if name.startswith("on") or name == HOSTILE], path


def test_what_moodle_shows_as_html_has_no_element_of_a_text(made: Made) -> None:
    banks = [path for path in files(made, "xml") if path.name == "moodle.xml"]
    assert banks
    for path in banks:
        shown = [one.findtext("text") or "" for one in ElementTree.parse(path).iter() if one.get("format") == "html"]
        assert any(HOSTILE in text for text in shown)
        found = [tag for text in shown for tag in _elements(text)]
        assert set(found) <= {
            "p",
            "strong",
            "em",
            "a",
            "ul",
            "ol",
            "li",
            "blockquote",
            "section",
            "div",
            "span",
            "h3",
            "h4",
            "dl",
            "dt",
            "dd",
            "br",
        }


def test_json_and_the_scripts_that_hold_it_are_data(made: Made) -> None:
    for path in files(made, "json"):
        json.loads(path.read_text(encoding="utf-8"))
    for path in [path for path in files(made, "js") if "data" in path.parts or path.name == "search_index.js"]:
        found = HOLDS_DATA.fullmatch(path.read_text(encoding="utf-8"))
        assert found, path
        json.loads(found[1])


def test_the_calendar_has_an_event_for_each_review_and_no_line_of_a_text(made: Made) -> None:
    (path,) = files(made, "ics")
    calendar = Calendar.from_ical(path.read_bytes())
    events = calendar.walk("VEVENT")
    assert len(events) == len({str(event["UID"]) for event in events}) == 3
    assert all(re.fullmatch(r"[a-z0-9/@.-]+", str(event["UID"])) for event in events)
    titles = [
        payload(f"{record}.title", 4000).strip() for record in ("RevisionRecord", "RevisionRecord", "PolicyRecord")
    ]
    summaries = [str(event["SUMMARY"]).replace("\r\n", "\n") for event in events]
    assert all(sum(title in summary for summary in summaries) == titles.count(title) for title in titles)
    names = {
        re.split("[:;]", line)[0] for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith(" ")
    }
    assert all(re.fullmatch("[A-Z-]+", name) for name in names), names


def test_a_palette_gives_colours_and_nothing_else(made: Made) -> None:
    for path in made.site.rglob("trust.css"):
        colours, printed = path.read_text(encoding="utf-8").split("@page {")
        values = re.findall(r":\s*([^;{}]+);", colours)
        assert values
        assert all(re.fullmatch("#[0-9a-f]{3,6}", value) for value in values)
        (name,) = re.findall(r'@bottom-left \{ content: "([^"]*)"; \}', printed)
        assert re.fullmatch(r"(?:[\w ,.-]|\\[0-9a-f]{6} )+", name), (
            "every sign that could end the string is written as its code"
        )
        assert printed.count('"') == 4


def test_a_title_may_be_longer_than_a_key_of_yaml(made: Made) -> None:
    title = payload("RevisionRecord.title", 4000)
    assert len(title) > 1024
    text = unescape((made.site / FIRST / "social-media/index.html").read_text(encoding="utf-8"))
    assert f"<title>{' '.join(title.split())} Social media policy - " in text


def test_the_first_page_is_called_start_in_the_navigation_and_by_its_trust_in_the_window(made: Made) -> None:
    text = (made.site / FIRST / "index.html").read_text(encoding="utf-8")
    assert f"<title>{escape(payload('TrustRecord.short_name', 20)).replace('&quot;', '&#34;')} - " in text
    assert re.search(r'class="md-tabs__link">\s*Start\s*<', text)


def test_no_name_of_a_file_comes_from_a_text(made: Made) -> None:
    for folder in (made.site, made.packages):
        for path in folder.rglob("*"):
            name = path.relative_to(folder).as_posix()
            assert HOSTILE not in name
            assert HOST not in name
            assert re.fullmatch(r"[\w./-]+", name, re.ASCII), name


@dataclass
class Asked:
    """A web host on this machine that notes what it is asked for."""

    address: str
    paths: list[str]


@pytest.fixture(scope="module")
def asked() -> Iterator[Asked]:
    paths: list[str] = []

    class Host(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(404)

        def log_message(self, *_: Any) -> None:
            pass

    with answering(Host) as server:
        yield Asked(f"http://127.0.0.1:{server.server_port}/", paths)


@pytest.mark.parametrize(
    "html",
    ['<img src="{}">', '<link rel="stylesheet" href="{}">', "<style>@import url({});</style>", '<p style="background: url({})">x</p>',
     "<style>@font-face {{ font-family: x; src: url({}) }} p {{ font-family: x }}</style><p>x</p>", '<object data="{}"></object>',
     '<link rel="attachment" href="{}">', '<a rel="attachment" href="{}">x</a>', '<svg><image href="{}" width="9" height="9"/></svg>',
     '<embed src="{}">', '<svg><use href="{}#x"/></svg>'],
)  # fmt: skip
def test_a_print_could_fetch_nothing_even_if_it_asked(html: str, asked: Asked, tmp_path: Path) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text>the secret</text></svg>')
    for address in (
        f"{asked.address}a.svg",
        asked.address.removeprefix("http:"),
        secret.as_uri(),
        f"../../../../../../..{secret}",
    ):
        with suppress(FatalURLFetchingError):
            made = pikepdf.open(
                io.BytesIO(render_pdf(f'<html lang="en"><title>x</title><body>{html.format(address)}', {}))
            )
            assert not made.attachments
            streams = [one.read_bytes() for one in made.objects if isinstance(one, pikepdf.Stream)]
            assert not [one for one in streams if b"secret" in one]
    assert asked.paths == []
