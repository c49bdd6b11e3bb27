"""Whatever stands in the files: a handbook either loads and its pages render, or gives problems with places. Never a crash."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.build import read_library
from generator.findings import find_all
from generator.hub import hub_pages
from generator.lms import FORMATS
from generator.nearest import find_nearest
from generator.problems import Problem, render_github, render_json, render_text
from generator.render import render_page
from generator.trust import trust_pages

TESTS = Path(__file__).parent
HANDBOOK = TESTS / "handbook"
TEMPLATES = TESTS.parent / "content" / "pages"
FILES = {path.relative_to(HANDBOOK).as_posix(): path.read_bytes() for path in sorted(HANDBOOK.rglob("*.yml"))}
TODAY = date(2026, 11, 20)

SPLINTERS = [
    "\x00", "\x07", "\x1b[31m", "\t", "\r\n", "\r", "\x0c", "\x85", "\u2028", "\u202e", "\u200f", "\ufeff", "\u200b", "\U0001f600", "é", "\u0301",
    "&a ", "*a", "<<: *a", "!!python/object:os.system ", "!!binary ", "!x ", "---\n", "...\n", "%YAML 1.1\n---\n", "? ", "- ", ": ", "#", "|\n", ">-\n",
    "[", "{", "]", "}", "'", '"', '"\\ud800"', "\\", "null", "~", "no", "0x_", "1:30", ".inf", "9" * 5000, "[" * 40, "{a: " * 40, "x" * 5000, "<b>", "[a](javascript:b)",
    "{{ 7 * 7 }}", "{% raw %}", "must-not", "in-force", "silent", "2023-02-30", "9999-99", "00", "sections:\n", "positions: {}\n",
]  # fmt: skip
WHOLE = {
    "empty": b"", "blank": b" \n\n", "comment": b"# nothing\n", "scalar": b"word\n", "list": b"- a\n", "nul": b"\x00" * 9, "bom": b"\xef\xbb\xbf",
    "utf-16": "title: Ä\n".encode("utf-16"), "latin-1": "title: Ä\n".encode("latin-1"), "surrogates": b"title: \xed\xa0\x80\n",
    "brackets": b"[" * 200_000, "braces": b"{a: " * 50_000, "dashes": b"- " * 50_000, "questions": b"? " * 50_000,
    "indents": b"".join(b" " * n + b"a:\n" for n in range(400)), "scalar of 1.9 MB": b"title: " + b"x" * 1_900_000, "too large": b"title: " + b"x" * 2_100_000,
    "keys": b"".join(b"a%d: b\n" % n for n in range(3_000)), "same keys": b"title: b\n" * 3_000, "laughs": b"a: &a [b, b]\n" + b"".join(b"c%d: [*a, *a, *a]\n" % n for n in range(99)),
    "tags": b"!!python/object/apply:os.system ['true']\n", "digits": b"version: " + b"9" * 5_000, "hexadecimal": b"version: 0x_\n", "equals": b"version: =\n",
    "directive": b"%FOO bar\n---\na: b\n", "merge": b"<<: {title: a}\n", "null key": b"~: a\n", "empty key": b"'': a\n",
}  # fmt: skip


def stands(handbook: Path) -> list[Problem]:
    """The promise itself, checked for one handbook; returns the problems that were found."""
    library, problems = read_library(handbook)
    if library is None:
        assert problems
        for problem in problems:
            assert problem.place.line >= 1
            assert problem.place.column >= 1
            assert problem.place.file.split("/")[0] in ("content", "trusts", "quizzes")
            assert problem.what
            assert problem.why
            assert problem.fix
        text = render_text(problems)
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text)
        render_github(problems).encode()
        json.loads(render_json(problems).encode())
        return problems
    findings = find_all(library, TODAY)
    pages = [(page, "") for page in hub_pages(library, findings, TODAY)]
    nearest = find_nearest(library.compared)
    pages += [
        (page, "../") for one in library.handbooks for page in trust_pages(one, library, findings, nearest, drafts=True)
    ]
    for page, to_hub in pages:
        render_page(page, TEMPLATES, TODAY, hub=page.root + to_hub, pdfs=True, drafts=True, packages=FORMATS).encode()
    return []


def with_file(name: str, content: bytes) -> list[Problem]:
    with tempfile.TemporaryDirectory() as folder:
        handbook = Path(shutil.copytree(HANDBOOK, Path(folder) / "handbook"))
        (handbook / name).write_bytes(content)
        return stands(handbook)


def test_the_handbook_as_it_is_loads_and_renders() -> None:
    assert stands(HANDBOOK) == []


@pytest.mark.parametrize("name", ["content/topics.yml", "trusts/sample/social-media/2024-01.yml"])
@pytest.mark.parametrize("content", WHOLE.values(), ids=WHOLE)
def test_a_file_of_something_else_is_a_problem_in_that_file(name: str, content: bytes) -> None:
    assert name in {problem.place.file for problem in with_file(name, content)}


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    name=st.sampled_from(sorted(FILES)),
    content=st.one_of(
        st.binary(max_size=200), st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))
    ),
)
def test_any_bytes_at_all(name: str, content: bytes) -> None:
    with_file(name, content)


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(name=st.sampled_from(sorted(FILES)), value=st.text(max_size=60), place=st.integers(0, 60))
def test_any_text_as_a_quoted_value(name: str, value: str, place: int) -> None:
    lines = FILES[name].decode().split("\n")
    values = [number for number, line in enumerate(lines) if re.match(r"[ -]*\w+: \S", line)]
    number = values[place % len(values)]
    lines[number] = lines[number].split(": ", 1)[0] + ": " + json.dumps(value)
    with_file(name, "\n".join(lines).encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("seed", range(12))
def test_a_file_that_an_accident_befell(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(20):
        name = chance.choice(sorted(FILES))
        text = FILES[name].decode()
        for _ in range(chance.randint(1, 3)):
            text = accident(text, chance)
        with_file(name, text.encode(chance.choice(["utf-8"] * 8 + ["utf-8-sig", "utf-16"]), "surrogatepass"))


def accident(text: str, chance: random.Random) -> str:
    """`text` with one thing deleted, doubled, moved or put in."""
    lines = text.split("\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    what = chance.randrange(7)
    if what == 0:
        del lines[one]
    elif what == 1:
        lines.insert(other, lines[one])
    elif what == 2:
        lines[one], lines[other] = lines[other], lines[one]
    elif what == 3:
        lines[one] = " " * chance.randrange(12) + lines[one].lstrip()
    elif what == 4:
        lines[one] = lines[one].split(":")[0] + ": " + chance.choice(SPLINTERS)
    elif what == 5:
        return text.replace("\n", chance.choice(["\r\n", "\r", "\n\n", "\n\t"]))
    else:
        at = chance.randint(0, len(text))
        return text[:at] + chance.choice(SPLINTERS) + text[at:]
    return "\n".join(lines)


@pytest.mark.parametrize(
    "name", [*FILES, "content", "quizzes", "trusts", "trusts/sample", "trusts/sample/social-media"]
)
@pytest.mark.parametrize("instead", ["nothing", "folder", "empty file", "loop", "link out", "broken link", "pipe"])
def test_something_else_by_that_name(handbook: Path, name: str, instead: str) -> None:
    path = handbook / name
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    if instead == "folder":
        path.mkdir()
    elif instead == "empty file":
        path.touch()
    elif instead == "pipe":
        os.mkfifo(path)
    elif instead != "nothing":
        path.symlink_to({"loop": path.name, "link out": "/", "broken link": "nowhere"}[instead])
    problems = stands(handbook)
    # A handbook may do without quizzes and checklists, and a trust without taking one.
    optional = name.startswith(("quizzes", "content/checklists", "trusts/sample/quizzes.yml"))
    assert problems or (optional and instead == "nothing") or (name == "quizzes" and instead == "folder")


@pytest.mark.parametrize(
    "name",
    [
        b"\xff.yml",
        b"a b.yml",
        b"\x1b[31m.yml",
        b"\xe2\x80\xae.yml",
        b"a\nb.yml",
        b"x" * 200 + b".yml",
        b"-.yml",
        b"Con.yml",
    ],
)
@pytest.mark.parametrize("folder", ["trusts/sample/social-media", "quizzes"])
def test_a_name_that_is_no_address(handbook: Path, folder: str, name: bytes) -> None:
    Path(os.fsdecode(os.fsencode(handbook / folder) + b"/" + name)).write_bytes(b"title: a\n")
    assert [problem.code for problem in stands(handbook)] == ["P703"]
