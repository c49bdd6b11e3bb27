"""A handbook that has every field there is, and hostile text in each that takes text: `write_handbook` writes it."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from clausebook.load.yaml_events import parse_document
from larkhill import write_larkhill

from .fields import KINDS, values_of

ROOT = Path(__file__).parents[2]
LISTS = Path(__file__).parent / "content"
FIRST, SECOND = "larkhill-example", "second-example"
KEY_ID, KEY = "acf26c14d6b5", "hIn-uX-CUg9DDUypqqncHW12VT6CQ8Qg85OJ6N8Antg"
HOSTILE = "x-hostile"  # an element that only a payload could make
SUM, WORKED_OUT = "7177 * 7", "50239"
HOST = "away.invalid"
MANY = 2  # so many of one field in one file get all that we have; the others a short one


ASKED_FOR = {
    "id": "grievance", "label": "Grievance", "about": "How to complain.",
    "at_induction": {"value": "true", "source": "our-estimate", "note": "With the contract."},
    "required_by": {"force": "law", "own_document": "true", "source": "our-estimate", "since": "1996", "says": "A law asks for it."},
    "usual_review": {"every": "P1Y", "source": "our-estimate", "note": "Recommended."},
}  # fmt: skip
ELSEWHERE = {
    "title": "Grievance procedure", "link": "https://policies.example.org/grievance", "owner": "HR", "approved_by": "The board",
    "dates": {"approved": "2024-05-01", "review_due": "2027-05"}, "audience": ["staff"],
}  # fmt: skip


def payload(name: str, most: int) -> str:
    """Hostile text that carries the field's name: it begins like a formula, and no part of it may come to life."""
    if most < 100:
        return f'="><{HOSTILE} id={name[-1]}>'[:most]
    return (
        f'=2+5|{name} <{HOSTILE} id="{name}"></{HOSTILE}><script>ran("{name}")</script>'
        f'<img src="https://{HOST}/{name}.png" onerror="ran(\'{name}\')"><svg onload=ran("{name}")>'
        f'" onfocus="ran(\'{name}\')" autofocus="" x=\'{{{{ {SUM} }}}} {{% raw %}} {{# #}} ${{{SUM}}}'
        f' [a](JaVaScRiPt:ran("{name}")) [a](data:text/html,<script>ran(1)</script>) [a](&#106;avascript:ran(1)) [a](java\tscript:ran(1))'
        f" \"'; }} * {{ background: url(https://{HOST}/style) }} /* <javascript:ran(1)> ![a](https://{HOST}/i.png) </script></style></title></textarea>--> ]]> */ {{: onclick=ran(1) {HOSTILE}=1 }}"
        f"\n\n[ref]: javascript:ran(1)\n\n[a][ref] [ref]\n\n# <{HOSTILE}> {{: {HOSTILE}=1 }}\n\n<{HOSTILE}>\n\n{'and so on ' * 60}"
    )


def short(name: str, most: int) -> str:
    return payload(name, most) if most < 100 else f'=2+5|{name} <{HOSTILE} id="{name}"> "{HOSTILE}=\'1'


def write_base(folder: Path) -> Path:
    """A sound handbook in which every field that takes text stands: the starter's trust, and a second one for what that one lacks."""
    first = _write_first(folder)
    shutil.copytree(LISTS, folder / "content")
    for name in ("content/pages", "overrides"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    (first / "keys.yml").write_text(
        f'keys:\n  - {{id: "{KEY_ID}", public: "{KEY}", first: 2026-01-01}}\n', encoding="utf-8"
    )
    _write_second(first, folder / "trusts" / SECOND)
    kinds = read(folder / "content/kinds.yml")
    kinds["sources"][0]["dagger"] = "An earlier edition."
    kinds["kinds"].append(ASKED_FOR | {"subjects": kinds["kinds"][0]["subjects"]})
    write(folder / "content/kinds.yml", kinds)
    references = read(folder / "content/references.yml")
    met = next(
        one for one in references["references"] if "position" in one
    )  # by an answer, whatever stands in its phrases
    met["position"] = {"question": "former-pupil", "answers": ["restricted"]}
    unmet = next(one for one in references["references"] if one is not met)
    unmet["clauses"] = {"all": [["no such words"], ["nor these"]], "none": ["and not these"]}
    references["references"].sort(key=lambda one: one is not met)
    write(folder / "content/references.yml", references)
    _write_model(folder, first)
    checklist = folder / "content/checklists/starter.yml"
    checklist.write_text(
        f"modelled_on: A list of points\nif_missing: Add it.\n{checklist.read_text(encoding='utf-8')}", encoding="utf-8"
    )
    return folder


def _write_first(folder: Path) -> Path:
    """The starter's trust with its policy on social media alone, and with answers to the questions of these lists."""
    first = write_larkhill(folder) / "trusts" / FIRST
    write(
        first / "quizzes.yml",
        read(first / "quizzes.yml") | {"one_quiz": {"draw": "9", "pass_mark": "7", "attempts": "3"}},
    )
    asked = {question["id"] for question in read(LISTS / "subjects/social-media.yml")["questions"]}
    for path in (first / "social-media").glob("20*.yml"):
        revision = read(path)
        revision["positions"] = {name: one for name, one in revision["positions"].items() if name in asked}
        revision["evidence"] = {"former-pupil": [revision["sections"][0]["clauses"][0]["id"]]}
        write(path, revision)
    return first


def _write_second(first: Path, second: Path) -> None:
    (second / "social-media").mkdir(parents=True)
    (second / "grievance").mkdir()
    write(second / "grievance/policy.yml", ELSEWHERE)
    for name in ("trust.yml", "acknowledgements.yml"):
        write(second / name, read(first / name) | ({"short_name": "Second"} if name == "trust.yml" else {}))
    for acknowledgements in (first / "acknowledgements.yml", second / "acknowledgements.yml"):
        asked = read(acknowledgements)
        asked["privacy"]["basis"] = "Legitimate interests."
        write(acknowledgements, asked)
    campaigns = read(second / "acknowledgements.yml")
    campaigns["campaigns"][0] |= {"receipts": {"file": "Hand it in."}, "quiz": "none", "academies": ["North Academy"]}
    write(second / "acknowledgements.yml", campaigns)
    revision = read(first / "social-media/2025-09.yml")
    for name in ("changes", "replaces"):
        del revision[name]
    revision["wording"] = "restated"
    revision["source"] = {"title": "A document", "file": "a.txt", "sha256": "0" * 64, "lines": "900"}
    revision["front_matter"] = [
        {"lines": "1", "says": "The title.", "topics": [revision["sections"][0]["clauses"][0]["topics"][0]]}
    ]
    revision["left_out"] = [{"lines": "899", "says": "Page 1 of 9", "why": "the foot of each page"}]
    revision["evidence"] = {"former-pupil": [revision["sections"][0]["clauses"][0]["id"]]}
    revision["gaps"] = [{"id": "torn-off", "section": "9", "lines": "900", "says": "The last page is torn off."}]
    revision["positions"]["mfa"] = {"answer": "unreadable", "gap": "torn-off"}
    line = 2
    for section in revision["sections"]:
        start = line
        line += 1
        for clause in section["clauses"]:
            clause["lines"] = str(line)
            line += 1
            for item in clause.get("items", ()):
                item["number"] = clause["number"]
        section["lines"] = f"{start}-{line - 1}"
    first = revision["sections"][0]
    listed = next(clause for section in revision["sections"] for clause in section["clauses"] if "items" in clause)
    first["clauses"][0] |= structures("a-clause")
    listed["items"][0] |= structures("an-item")
    within = {"id": "within", "number": "1.9", "heading": "Within", "lines": "890-891", "clauses": [
        {**first["clauses"][0], "id": "set-within", "lines": "891"}
    ]}  # fmt: skip
    first["sections"] = [within]
    _write_academy(second, revision)
    files = second / "social-media" / "files"
    files.mkdir()
    (files / "picture.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>\n', encoding="utf-8"
    )
    write(second / "social-media/2025-09.yml", revision)


def _write_academy(second: Path, revision: dict[str, Any]) -> None:
    """An academy that fills a field in and adds to a policy of which each academy writes its own appendix."""
    with_fields = {
        "fields": [{"id": "dsl", "label": "Safeguarding lead", "type": "text"}, {"id": "motto", "label": "Motto", "type": "text"}],
        "unfilled": "ask",
    }  # fmt: skip
    write(second / "trust.yml", read(second / "trust.yml") | with_fields)
    adoption = {"adoption": {"how": "appendix", "called": "Category 2", "by": "2025-12-01"}}
    write(second / "social-media/policy.yml", adoption)
    academy = {
        "name": "North Academy", "short_name": "North", "contacts": [{"role": "The office", "reach": "Ask at the desk."}],
        "fields": {"dsl": "Priya Nair"},
        "adopted": {"social-media": {"revision": "2025-09", "date": "2025-10-01", "by": "The board", "minute": "4"}},
    }  # fmt: skip
    (second / "academies/north/appendix").mkdir(parents=True)
    write(second / "academies/north.yml", academy)
    topics = revision["sections"][0]["clauses"][0]["topics"]
    clause = {
        "number": "N1",
        "modality": "must",
        "binds": ["staff"],
        "topics": topics,
        "text": "Staff must tell {dsl} of {motto}.",
    }
    item = {"number": "N2", "text": "at once", "modality": "must", "binds": ["staff"], "topics": topics}
    section = {"number": "N", "heading": "At North", "clauses": [
        {**clause, **structures("an-own-clause"), "id": "north-clause", "must_know": "true"},
        {**clause, "id": "north-listed", "text": "Staff must say it:", "items": [{**item, **structures("an-own-item"), "id": "north-item"}]},
    ]}  # fmt: skip
    below = {
        "id": "north-within",
        "number": "N.1",
        "heading": "Within",
        "clauses": [{**clause, "id": "north-within-clause"}],
    }
    on = revision["sections"][0]["clauses"][0]["id"]
    appendix = {
        "title": "At North", "wording": "verbatim", "since": "2025-10-01", "approved_by": "The board", "binds": ["staff"],
        "sections": [{"id": "north", **section, "sections": [below]}],
        "bears_on": [
            {"clause": "north-clause", "target": on, "how": "tightens", "seen": "0123456789ab"},
            {"clause": "north-listed", "target": on, "how": "loosens", "ruling": {"by": "The board", "date": "2025-10", "says": "It may."}},
        ],
    }  # fmt: skip
    write(second / "academies/north/appendix/social-media.yml", appendix)


def _write_model(folder: Path, first: Path) -> None:
    """A model that the first trust's policy was made from: its text without one clause."""
    provider = folder / "models/example-templates"
    (provider / "social-media").mkdir(parents=True)
    write(
        provider / "provider.yml",
        {"name": "Example Templates", "short_name": "Example", "about": "Made up.", "link": "https://example.org/t"},
    )
    policy = first / "social-media/2025-09.yml"
    revision = read(policy)
    model = {name: revision[name] for name in ("title", "version", "wording", "binds", "dates")}
    *clauses, left_out = revision["sections"][0]["clauses"]
    section = revision["sections"][0] | {"clauses": clauses}
    model |= {"status": "in-force", "sections": [section, *revision["sections"][1:]]}
    write(provider / "social-media/2025-01.yml", model)
    named = {
        "model": "example-templates/social-media/2025-01",
        "departures": [{"change": f"added:{left_out['id']}", "why": "We wanted it."}],
    }
    write(policy, revision | named)


def structures(name: str) -> dict[str, Any]:
    """All that can stand with a clause."""
    return {
        "defines": f"word of {name}",
        "table": {"caption": "A table", "header": ["One", "Two"], "rows": [["1", "2"]]},
        "figure": {"file": "picture.svg", "alternative": "A picture", "caption": "Its caption"},
        "form": {
            "title": "A form",
            "fields": [{"label": "A field", "kind": kind, "hint": "How"} for kind in ("text", "tick")],
        },
        "attachment": {"file": "picture.svg", "label": "A file"},
        "after": "And so on.",
        "note": "A footnote.",
    }


def read(path: Path) -> dict[str, Any]:
    """The values of a YAML file, each text as it is written."""
    document, problems = parse_document(path.name, path.read_bytes())
    assert document, problems
    return document.value


def write(path: Path, value: dict[str, Any]) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")


def write_handbook(folder: Path) -> Path:
    """The base with hostile text in every field that takes any text."""
    write_base(folder)
    for path, record in files_of(folder):
        value, count = read(path), Counter()
        for place, field in list(values_of(record, value)):
            if field.free:
                count[field.name] += 1
                _put(
                    value, place, (payload if count[field.name] <= MANY else short)(field.name, field.most), field.most
                )
        write(path, value)
    return folder


def files_of(folder: Path) -> Iterator[tuple[Path, type[BaseModel]]]:
    """Every YAML file of the handbook, with the record that it holds."""
    seen: set[Path] = set()
    for pattern, record in KINDS.items():
        for path in sorted(set(folder.glob(pattern)) - seen):
            seen.add(path)
            yield path, record


def _put(value: Any, place: tuple[str | int, ...], text: str, most: int) -> None:
    *above, last = place
    for part in above:
        value = value[part]
    value[last] = text if most < 100 else f"{text} {value[last]}"
