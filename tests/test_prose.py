"""What readers, editors and HR are shown is plain English: no word of prose/plain-words.yml stands in it."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from jinja2 import Environment

TESTS = Path(__file__).parent
ROOT = TESTS.parent
STIFF = [
    (re.compile(rf"(?<![\w`-])(?:{word})(?![\w`-])", re.IGNORECASE), say)
    for word, say in yaml.safe_load((TESTS / "prose/plain-words.yml").read_text(encoding="utf-8")).items()
]
TAG = re.compile(r"<code>.*?</code>|<[^>]*>")
EXPRESSION = re.compile(r"\$\{[^{}]*\}")
STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"|`([^`]*)`')
PATTERN = re.compile(
    r"\\[bws]|\(\?|\w\|\w|SELECT |[a-z]+(?: [a-z]+){20}"
)  # of a regular expression, of SQL, of a list of words

Shown = Iterator[tuple[int, str]]  # each with its line


def of_template(path: Path) -> Shown:
    """What a Jinja template says itself, and in its strings."""
    for line, kind, value in Environment(autoescape=True).lex(path.read_text(encoding="utf-8")):
        if kind == "data" or (kind == "string" and " " in value):
            words = TAG.sub(lambda tag: "\n" * tag[0].count("\n"), value)
            yield from enumerate(words.split("\n"), line)


def of_script(path: Path) -> Shown:
    """The strings of a script, and what its templates say around their expressions."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip().startswith(("//", "/*", "*")):
            found = (one[1] or one[2] or "" for one in STRING.finditer(EXPRESSION.sub("…", line.split(" // ")[0])))
            yield from ((number, text) for text in found if " " in text)


def of_module(path: Path) -> Shown:
    """The strings of a module with a blank in them, but for its docstrings, where those are not a command's help."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value and node not in texts:
            yield node.lineno, node.value


UNSHOWN = {"searched", "find", "binds"}
"""Fields whose values are looked for, or are ids."""


def of_authored(path: Path) -> Shown:
    """The texts of an author's file: whatever has a blank in it."""

    def within(node: yaml.Node) -> Shown:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value not in UNSHOWN:
                    yield from within(value)
        elif isinstance(node, yaml.SequenceNode):
            for one in node.value:
                yield from within(one)
        elif " " in node.value:
            yield node.start_mark.line + 1, node.value

    yield from within(yaml.compose(path.read_text(encoding="utf-8")))


WHERE: list[tuple[str, str, Callable[[Path], Shown]]] = [
    ("content/pages", "*.md", of_template),
    ("content/pages", "*.html", of_template),
    ("content/pages", "*.txt", of_template),
    ("content/letters", "*.txt", of_template),
    ("overrides/print", "*.html", of_template),
    ("overrides/theme", "*.html", of_template),
    ("overrides/scripts", "*.js", of_script),
    ("generator/clausebook", "*.py", of_module),
    ("content", "*.yml", of_authored),
    ("quizzes", "*.yml", of_authored),
    ("trusts", "*.yml", of_authored),
    ("generator/clausebook/starter", "*.yml", of_authored),
]
READ = {".md": of_template, ".js": of_script, ".py": of_module, ".yml": of_authored}
FILES = [(path, read) for folder, name, read in WHERE for path in sorted((ROOT / folder).rglob(name))]


def stiff_words(shown: Shown) -> Iterator[tuple[int, str, str]]:
    """Each stiff word with its line and what to say instead."""
    for line, text in shown:
        if not PATTERN.search(text):
            yield from ((line, found[0], say) for word, say in STIFF for found in word.finditer(text))


@pytest.mark.parametrize(("path", "read"), FILES, ids=lambda one: one.name if isinstance(one, Path) else "")
def test_nothing_stiff_is_shown(path: Path, read: Callable[[Path], Shown]) -> None:
    found = [f"{path.relative_to(ROOT)}:{line}: “{word}”: say {say}" for line, word, say in stiff_words(read(path))]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("name", "text", "line", "word"),
    [
        ("a.md", "# A title\n<p>It binds\nsomebody.</p>", 3, "somebody"),
        ("a.md", "{{ 'for everybody here' }}", 1, "everybody"),
        ("a.js", "const a = 1;\nsay(`${name} sends mail`);", 2, "mail"),
        ("a.py", "def f():\n    return 'prior to that'\n", 2, "prior to"),
        ("a.yml", "binds: [staff]\nsections:\n  - {id: nobody, text: Tell nobody.}\n", 3, "nobody"),
    ],
)
def test_a_stiff_word_is_found_where_it_is_shown(name: str, text: str, line: int, word: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(text)
    read = READ[path.suffix]
    assert (line, word) in [(at, found) for at, found, _ in stiff_words(read(path))]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "{% for role in record.binds %}<a data-mail='x'>{# whom #}</a>{% endfor %} add `binds: [staff]`"),
        ("a.js", "// nobody reads this\nconst whom = 1;"),
        ("a.py", '"""Whom it is for."""\nmail = "mail"\n'),
        ("a.yml", "# whom it binds\nid: nobody\nsearched: [in the event of]\nreceipts: {mail: a@b.org}\n"),
    ],
)
def test_what_no_reader_sees_may_be_called_anything(name: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(text)
    read = READ[path.suffix]
    assert list(stiff_words(read(path))) == []
