"""The code keeps its shape: imports one way, one module per library, every command in the README with help."""

from __future__ import annotations

import ast
import re
from graphlib import TopologicalSorter
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from clausebook.cli import cli

ROOT = Path(__file__).parent.parent
ENGINE = ROOT / "generator" / "clausebook"
MODULES = sorted(path for path in ENGINE.rglob("*.py") if "starter" not in path.relative_to(ENGINE).parts)

# Each room, and the rooms that its modules may import beside their own. What stands in no room is for all: the clock, the files, where they lie, the looks.
GROUND = {"clock", "files", "layout", "looks", "system", "__version__"}
ROOMS = {
    "model": "",
    "load": "model",
    "compare": "model",
    "findings": "model compare",
    "quizzes": "model compare",
    "check": "model load compare quizzes",
    "edit": "model load compare check pages",
    "pages": "model compare findings quizzes",
    "export": "model compare findings quizzes pages",
    "build": "model compare findings pages export check",
    "acknowledgements": "model load compare quizzes pages export build/engines",
    "cli": "model load compare findings quizzes check edit pages export build acknowledgements",
    "__main__": "cli",
}
ONLY_IN = {
    "yaml": {"load/yaml_events.py"},
    "mkdocs": {"build/engines/mkdocs.py"},
    "zensical": {"build/engines/zensical.py"},
    "weasyprint": {"build/engines/weasyprint.py"},
    "jinja2": {"pages/templates.py"},
    "coloraide": {"model/colours.py"},
    "rfc8785": {"model/identity.py"},
    "cryptography": {"acknowledgements/signing/keys.py", "acknowledgements/desk/encryption.py"},
    "openpyxl": {"acknowledgements/inbox/readers/workbooks.py", "edit/importers/readers/sheet.py"},
    "pypdfium2": {"acknowledgements/inbox/readers/pdf.py", "build/engines/drawings.py"},
    "PIL": {"acknowledgements/inbox/readers/pictures.py", "edit/importers/pictures.py"},
    "zxingcpp": {"acknowledgements/inbox/readers/pictures.py"},
    "segno": {"pages/qr_code.py"},
    "sqlite3": {"acknowledgements/register/database.py"},
    "rich": {"cli/progress.py", "cli/revising.py", "cli/showing.py"},
    "click": {
        "cli/__init__.py",
        "cli/acks/__init__.py",
        "cli/acks/collect.py",
        "cli/acks/decisions.py",
        "cli/acks/encrypt.py",
        "cli/acks/evidence.py",
        "cli/acks/issue.py",
        "cli/acks/keeping.py",
        "cli/acks/keys.py",
        "cli/acks/options.py",
        "cli/acks/register.py",
        "cli/acks/replies.py",
        "cli/acks/report.py",
        "cli/academies.py",
        "cli/adopting.py",
        "cli/answering.py",
        "cli/building.py",
        "cli/comparing.py",
        "cli/exporting.py",
        "cli/importing.py",
        "cli/checking.py",
        "cli/inspecting.py",
        "cli/looking.py",
        "cli/models.py",
        "cli/options.py",
        "cli/progress.py",
        "cli/quizzing.py",
        "cli/reading.py",
        "cli/review_session.py",
        "cli/reviewing.py",
        "cli/revising.py",
        "cli/sealing.py",
        "cli/showing.py",
        "cli/starting.py",
        "cli/taking.py",
        "cli/wording.py",
    },
    "filelock": {"system.py"},
    "docutils": {"edit/importers/readers/rst.py"},
    "markdown_it": {"edit/importers/readers/markdown.py"},
    "pdfplumber": {"edit/importers/readers/pdf_page.py"},
    "lxml": {"edit/importers/readers/markup.py", "export/word/package.py", "export/word/xml.py"},
    "watchfiles": {"build/serve.py"},
    "distributed": {"build/cluster.py"},
    "fsspec": {"build/remote_store.py"},
    "aiohttp": {"build/remote_store.py"},
    "xlsxwriter": {"export/spreadsheet.py"},
    "icalendar": {"export/calendar.py"},
}


TESTS = [path for path in sorted((ROOT / "tests").rglob("*.py")) if "node_modules" not in path.parts]
CLOCK = re.compile(
    r"datetime\.now\(|date\.today\(|utcnow\(|\btime\.(?:time|ctime|strftime)\(|localtime\(|gmtime\(|mktime\(|formatdate\(|make_msgid\("
    r"|\.astimezone\(\)|fromtimestamp\([^,()]*(?:\([^()]*\))?[^,()]*\)"  # in the zone of the machine
)
KEEP_TIME = {  # they compare ages of files, or make a clock of their own; no day that a reader sees follows from them
    "generator/clausebook/clock.py", "generator/clausebook/build/cache.py", "generator/clausebook/load/kept.py", "tests/test_structure.py", "tests/test_cache.py", "tests/test_repeatable.py", "tests/bench/machine.py",
}  # fmt: skip
ITS_OWN_ENCODING = re.compile(r"\.read_text\(\)|\.write_text\((?!.*encoding=)|\btext=True|universal_newlines")
OF_NO_WALL = re.compile(
    r"\.clock\.(?:set_fixed_time|install|pause_at|set_system_time)\((?!\"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\"\))"
)
NO_CLOCK = re.compile(r"(?<!at_now\()(?<!at_now\(self\.)\b(?:browser|chromium)\.new_(?:context|page)\(")


def imports(path: Path) -> list[str]:
    """Every module that `path` imports, wherever in the file; what is imported from a package is named with it."""
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


def places(path: Path) -> tuple[str, ...]:
    """Where a module of ours stands: its room, and what is below."""
    return path.relative_to(ENGINE).with_suffix("").parts


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ENGINE).as_posix())
def test_a_room_imports_what_the_table_allows(path: Path) -> None:
    own = places(path)[0]
    if own in GROUND | {"__init__"}:
        return
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "clausebook" and parts[1] not in (own, *GROUND):
            allowed = ROOMS[own].split()
            assert parts[1] in allowed or "/".join(parts[1:3]) in allowed, f"{own} imports {name}"


def test_every_module_stands_in_a_room() -> None:
    assert {places(path)[0] for path in MODULES} - {"__init__"} - GROUND == set(ROOMS)


def test_the_parts_of_acknowledgement_import_each_other_in_no_circle() -> None:
    parts = {path.parent.name for path in (ENGINE / "acknowledgements").glob("*/__init__.py")}
    arrows = {part: set[str]() for part in parts}
    for part in parts:
        for path in (ENGINE / "acknowledgements" / part).rglob("*.py"):
            names = [name.split(".") for name in imports(path) if name.startswith("clausebook.acknowledgements.")]
            arrows[part] |= {name[2] for name in names if name[2] in parts - {part}}
    TopologicalSorter(arrows).prepare()  # raises CycleError with the circle


@pytest.mark.parametrize(("library", "homes"), ONLY_IN.items())
def test_a_library_is_known_to_one_module(library: str, homes: set[str]) -> None:
    users = {
        path.relative_to(ENGINE).as_posix()
        for path in MODULES
        if any(name.split(".")[0] == library for name in imports(path))
    }
    assert users == homes


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_says_what_it_is_for_and_stays_small(path: Path) -> None:
    text = path.read_text()
    assert ast.get_docstring(ast.parse(text)), "no opening sentence"
    assert len(text.splitlines()) <= 300


@pytest.mark.parametrize("path", [*MODULES, *TESTS], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_only_the_clock_asks_what_time_it_is(path: Path) -> None:
    """The suite passes on any day, at any hour, in any time zone, because all in it takes place at one moment (tests/clock.py)."""
    if path.relative_to(ROOT).as_posix() not in KEEP_TIME:
        assert not CLOCK.search(path.read_text()), "take clausebook.clock, or NOW of tests/clock.py"


LOOSE = re.compile(r"""re\.compile\(\s*[rb]*(["'])\^(?:(?!\1)[^|\n])*(?<!\\)\$\1""")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_whole_match_is_asked_for_as_such(path: Path) -> None:
    """In Python `$` lets the end of a line pass: a link with a line feed behind it was accepted, and no later evidence pack held."""
    assert not LOOSE.search(path.read_text()), "take fullmatch, without ^ and $"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_module_reads_or_writes_text_as_the_machines_language_has_it(path: Path) -> None:
    assert not ITS_OWN_ENCODING.search(path.read_text()), 'say encoding="utf-8"'


def test_where_a_browsers_clock_is_set_it_is_by_the_wall_of_this_machine() -> None:
    """A printed page bears the day of the wall, and no moment in UTC falls on the same day from Samoa to Kiribati."""
    assert not [path for path in TESTS if OF_NO_WALL.search(path.read_text())], 'say "2026-11-20T12:00:00"'


@pytest.mark.parametrize("folder", ["acks", "browser"])
def test_every_browser_in_which_people_sign_stands_at_the_tests_moment(folder: str) -> None:
    assert not [path for path in TESTS if folder in path.relative_to(ROOT).parts and NO_CLOCK.search(path.read_text())]


def commands(group: click.Group, above: str = "") -> dict[str, click.Command]:
    """Every command by its words, those of groups as well: `quiz mark`."""
    found = {}
    for name, command in group.commands.items():
        found[above + name] = command
        if isinstance(command, click.Group):
            found |= commands(command, f"{above}{name} ")
    return found


@pytest.mark.parametrize("name", sorted(commands(cli)))
def test_every_command_is_in_the_readme_and_has_help_with_an_example(name: str) -> None:
    assert f"`clausebook {name}" in (ROOT / "README.md").read_text()
    said = CliRunner().invoke(cli, [*name.split(), "--help"]).output
    assert f"clausebook {name}" in said.split("Example", 1)[1]
    for parameter in commands(cli)[name].params:
        if parameter.param_type_name == "option":
            assert getattr(parameter, "help", None), f"--{parameter.name} has no help"


def test_the_top_level_is_what_the_design_fixes() -> None:
    allowed = {"mkdocs.yml", "pyproject.toml", "Makefile", "content", "trusts", "generator", "quizzes", "overrides", "tests",
               "README.md", "LICENSE", "CHANGELOG.md", "build", "site"}  # fmt: skip
    there = {
        path.name for path in ROOT.iterdir() if not path.name.startswith(".") and not path.name.endswith(".egg-info")
    }
    assert there <= allowed


def test_no_committed_file_names_where_packages_come_from() -> None:
    for path in (
        ROOT / "generator/requirements.txt",
        ROOT / "tests/requirements.txt",
        ROOT / "tests/package-lock.json",
        ROOT / "Makefile",
    ):
        text = path.read_text()
        assert "--index-url" not in text
        assert '"resolved"' not in text
        assert "--find-links" not in text
