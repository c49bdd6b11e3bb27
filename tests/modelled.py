"""A handbook with a trust whose policy was made from a model: for what is told of departures and of newer models."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

from clausebook.check.library import read_handbook
from clausebook.edit.importers.written import written
from clausebook.load.yaml_events import parse_document
from clausebook.model.handbook import Handbook

STARTER = Path(__file__).parents[1] / "generator" / "clausebook" / "starter"
HANDBOOK = Path(__file__).parent / "handbook"
TRUST, POLICY, MODEL = "sample", "social-media", "sample-templates/social-media"
Edit = Callable[[dict[str, Any]], None]
Value = dict[str, Any]


def read_yaml(path: Path) -> Value:
    document, problems = parse_document(path.name, path.read_bytes())
    assert document, problems
    return document.value


def clause(name: str, text: str, modality: str = "must", **more: Any) -> Value:
    return {"id": name, "modality": modality, "topics": ["pupils"], "text": text, **more}


def texts(count: int) -> Value:
    """A text of so many clauses."""
    clauses = [
        clause(
            f"rule-{place}",
            f"Staff must keep rule {place} of these rules, whatever {'so ' * place}else they do.",
            number=f"1.{place}",
        )
        for place in range(1, count + 1)
    ]
    return {
        "title": "Social media policy", "status": "in-force", "wording": "verbatim", "binds": ["staff"],
        "sections": [{"id": "rules", "number": "1", "heading": "Rules", "clauses": clauses}],
    }  # fmt: skip


def write_modelled(folder: Path, model: Value, ours: Value, newer: Value | None = None) -> Path:
    """A handbook whose one policy is `ours`, made from `model`; `newer` came out since."""
    for name in ("content", "quizzes", "trusts"):
        for path in (HANDBOOK / name).rglob("*.yml"):
            target = folder / path.relative_to(HANDBOOK)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    (folder / "quizzes/social-media.yml").unlink()
    (folder / "trusts/sample/quizzes.yml").unlink()
    models = folder / "models" / MODEL
    models.mkdir(parents=True)
    write(models.parent / "provider.yml", {"name": "Sample Templates", "short_name": "Sample"})
    write(models / "2023-01.yml", {**model, "title": "Model policy", **({"status": "superseded"} if newer else {})})
    if newer:
        write(models / "2025-01.yml", {**newer, "title": "Model policy", "replaces": "2023-01"})
    asked = ("pupil-connection", "report-request", "change-passwords")
    positions = {name: {"answer": "silent", "searched": ["pupil", "connect"]} for name in asked}
    covers = {"covers": ["pupils", "friend-requests", "passwords"]}
    write(
        folder / "trusts/sample/social-media/2024-01.yml",
        {**ours, "model": f"{MODEL}/2023-01", **covers, "positions": positions},
    )
    return folder


def write(path: Path, value: Value) -> None:
    path.write_text(written(value), encoding="utf-8")


def changed(text: Value, *edits: Edit) -> Value:
    """A copy of a text with these edits."""
    copy = deepcopy(text)
    for edit in edits:
        edit(copy)
    return copy


def read(folder: Path) -> Handbook:
    handbook, problems = read_handbook(folder)
    assert handbook, problems
    return handbook
