"""The JSON Schemas of the files that authors write: editors complete and explain fields with them."""

from __future__ import annotations

import json
from typing import Any

from clausebook import model

DIALECT = "https://json-schema.org/draft/2020-12/schema"
AUTHORED: dict[str, type[model.Record]] = {
    "trust": model.TrustRecord,
    "academy": model.AcademyRecord,
    "appendix": model.AppendixRecord,
    "revision": model.RevisionRecord,
    "acknowledgements": model.Acknowledgements,
    "keys": model.KeysOfTrust,
    "quiz": model.Quiz,
    "quizzes-of-trust": model.QuizzesOfTrust,
    "policy": model.PolicyRecord,
    "provider": model.ProviderRecord,
    "subject": model.SubjectRecord,
    "kinds": model.Kinds,
    "roles": model.Roles,
    "references": model.References,
    "glossary": model.Glossary,
    "everyday-words": model.EverydayWords,
    "checklist": model.Checklist,
}


def author_schemas() -> dict[str, str]:
    """The JSON Schemas of the files that authors write, by file name."""
    return {
        f"{name}.schema.json": render_schema({"$schema": DIALECT, **record.model_json_schema()})
        for name, record in AUTHORED.items()
    }  # fmt: skip


def render_schema(schema: dict[str, Any]) -> str:
    """A schema as the text of its file, the same bytes each time."""
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
