"""The schemas that `clausebook schema` writes: an editor that follows them accepts the real files, and explains every field."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from clausebook.cli import cli

ROOT = Path(__file__).parent.parent
SCHEMA_OF = {
    "subjects": "subject", "quizzes": "quiz", "checklists": "checklist", "academies": "academy", "appendix": "appendix",
}  # fmt: skip
BY_NAME = {"quizzes": "quizzes-of-trust"}  # which stands beside trust.yml
FILES = sorted(
    path.relative_to(ROOT)
    for folder in ("content", "trusts", "quizzes", "generator/clausebook/starter")
    for path in (ROOT / folder).rglob("*.yml")
    if path.name != "mkdocs.yml"  # which is MkDocs' own
)
REVISION = ROOT / "tests" / "handbook" / "trusts" / "sample" / "social-media" / "2024-01.yml"


@pytest.fixture(scope="module")
def schemas(tmp_path_factory) -> dict[str, dict]:
    folder = tmp_path_factory.mktemp("schemas")
    done = CliRunner().invoke(cli, ["schema", str(folder)])
    assert done.exit_code == 0
    written = sorted(folder.iterdir())
    assert sorted(done.output.splitlines()) == [str(path) for path in written]
    return {path.name.removesuffix(".schema.json"): json.loads(path.read_text()) for path in written}


def schema_for(path: Path, schemas: dict[str, dict]) -> dict:
    return schemas[kind_of(path, schemas)]


def kind_of(path: Path, schemas: dict[str, dict]) -> str:
    name = BY_NAME.get(path.stem, path.stem)
    if path.parent.name not in SCHEMA_OF and name in schemas:
        return name
    return SCHEMA_OF.get(path.parent.name, "revision")


def as_an_editor_reads(path: Path) -> object:
    """Every scalar with the type that unquoted YAML gives it; JSON has no dates, so these stay text."""
    return plain(yaml.safe_load(path.read_text()))


def plain(value: object) -> object:
    if isinstance(value, dict):
        return {key: plain(below) for key, below in value.items()}
    if isinstance(value, list):
        return [plain(below) for below in value]
    return value.isoformat() if isinstance(value, date) else value


def faults(value: object, schema: dict) -> list[str]:
    """What an editor would mark, with what each alternative of a field asks for."""
    return [
        f"{found.json_path}: {found.message}"
        for error in Draft202012Validator(schema).iter_errors(value)
        for found in (error, *(error.context or ()))
    ]


@pytest.mark.parametrize("path", FILES, ids=str)
def test_the_real_files_fit(path: Path, schemas: dict[str, dict]) -> None:
    assert faults(as_an_editor_reads(ROOT / path), schema_for(path, schemas)) == []


def test_every_kind_of_file_has_a_schema_and_a_real_file(schemas: dict[str, dict]) -> None:
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    written_only = {"keys"}  # by `clausebook acks keys`: no trust here issues personal links
    assert {kind_of(path, schemas) for path in FILES} == set(schemas) - written_only
    assert len([path for path in FILES if len(path.parts) == 4]) >= 5


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title: Social media policy\nversion", "titel: Social media policy\nversion", "'titel' was unexpected"),
        ("        modality: may\n", "        modality: shall\n", "'shall' is not one of"),
        ("        modality: may\n", "        colour: red\n        modality: may\n", "'colour' was unexpected"),
        ("        modality: may\n", "", "'modality' is a required property"),
        ("answer: required", "answer: forbidden", "'forbidden' is not one of"),
        ("id: relatives", "id: The Relatives", "does not match"),
        ("        lines: 7\n", "        lines: about 7\n", "does not match"),
        ("titled: 2024-01", "titled: January", "does not match"),
        ("  file: sample.txt\n", "", "'file' is a required property"),
        ('number: "1.3"', "number: 1.3", "1.3 is not"),
    ],
)
def test_a_mistake_is_marked_while_typing(
    old: str, new: str, said: str, schemas: dict[str, dict], tmp_path: Path
) -> None:
    text = REVISION.read_text()
    assert faults(as_an_editor_reads(REVISION), schemas["revision"]) == []
    assert text.count(old) == 1
    (tmp_path / "broken.yml").write_text(text.replace(old, new))
    found = faults(as_an_editor_reads(tmp_path / "broken.yml"), schemas["revision"])
    assert any(said in fault for fault in found), found


@pytest.mark.parametrize("name", ["revision", "trust", "quiz", "quizzes-of-trust"])
def test_every_field_that_an_author_meets_is_explained(name: str, schemas: dict[str, dict]) -> None:
    schema = schemas[name]
    records = {name: schema, **schema.get("$defs", {})}
    bare = [
        f"{record}.{field}"
        for record, shape in records.items()
        for field, rule in shape.get("properties", {}).items()
        if not rule.get("description")
    ]
    assert bare == []
