"""The promise about input, whatever stands in the files: a handbook loads and its pages render, or it gives problems with places."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from clausebook.check import check_handbook
from clausebook.check.decided_changes import check_confirmed
from clausebook.check.departures import check_departures
from clausebook.check.quiz_confirmations import check_read
from clausebook.compare.nearest import find_nearest
from clausebook.export.data import data_files
from clausebook.export.feed import render_feed
from clausebook.export.lms import FORMATS
from clausebook.findings.find import find_all
from clausebook.layout import OF_ENGINE
from clausebook.load import Loaded, LoadedAcademy, LoadedAppendix, load_handbook
from clausebook.load.fields import read_record
from clausebook.load.merge import merge_handbook
from clausebook.load.models import LoadedModels
from clausebook.load.reader import Authored
from clausebook.load.yaml_events import read_document
from clausebook.looks import Looks
from clausebook.model.problems import Problem, render_github, render_json, render_text
from clausebook.pages.hub import hub_pages
from clausebook.pages.templates import render_page
from clausebook.pages.trust import others_of, trust_pages

TESTS = Path(__file__).parents[1]
TEMPLATES = Looks(TESTS.parent)
TODAY = date(2026, 11, 20)
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
MODEL = """\
title: Model social media policy
status: in-force
wording: verbatim
binds: [staff]
sections:
  - id: contact
    number: "1"
    heading: Contact
    clauses:
      - id: no-contact
        number: "1.1"
        modality: should-not
        topics: [pupils]
        text: Staff should not be in touch with a pupil through a private account.
      - id: relatives
        number: "1.3"
        modality: may
        topics: [pupils]
        text: Staff may stay in touch with pupils of [name of the school] who are of their own family.
"""
APPENDIX = """\
title: Social media at Eastfield
wording: verbatim
since: 2024-02-01
approved_by: The local governing board
sections:
  - id: eastfield-requests
    heading: Requests at Eastfield
    clauses:
      - id: tell-dsl
        number: "E1"
        modality: must
        topics: [friend-requests]
        text: Staff must tell {dsl} of each request.
      - id: family
        number: "E2"
        modality: may
        topics: [pupils]
        text: Staff may answer a pupil of their own family.
bears_on:
  - {clause: tell-dsl, target: tell-manager, how: tightens, seen: 0123456789ab}
  - clause: family
    target: no-contact
    how: loosens
    ruling: {by: The board, date: 2024-02, says: They may.}
"""
# What tests/handbook does without, so that every kind of file is there.
MORE = {
    "content/everyday-words.yml": """\
words:
  - {word: Snapchat, topics: [pupils, friend-requests]}
  - {word: WhatsApp, topics: [pupils]}
""",
    "trusts/sample/acknowledgements.yml": """\
campaigns:
  - id: 2026-27
    policies: [social-media]
    roles: [staff]
    due: 2026-10-31
    statement: I have read the policy.
    quiz: learn
    site: https://policies.example.org
    receipts: {mail: hr@sample.example.org}
    on_expiry: Your line manager asks you.
""",
    "trusts/sample/social-media/policy.yml": """\
owner: The head
audience: [staff]
review_every: P1Y
adoption: {how: appendix, called: Category 2, by: 2024-03-01}
approvals:
  - {revision: 2024-01, by: The board, date: 2024-01-10, minute: "5"}
""",
    "trusts/sample/academies/eastfield.yml": """\
name: Eastfield Academy
short_name: Eastfield
contacts:
  - {role: The office, reach: Ask at the desk.}
fields: {dsl: Priya Nair}
adopted:
  social-media: {revision: 2024-01, date: 2024-02-01, by: The local governing board, minute: "4"}
""",
    "trusts/sample/academies/eastfield/appendix/social-media.yml": APPENDIX,
    "models/sample-templates/provider.yml": """\
name: Sample Templates
short_name: Sample
about: Templates that are made up.
link: https://templates.example.org
""",
    "models/sample-templates/social-media/2023-09.yml": MODEL,
    "trusts/sample/keys.yml": """\
keys:
  - {id: "acf26c14d6b5", public: "hIn-uX-CUg9DDUypqqncHW12VT6CQ8Qg85OJ6N8Antg", first: 2026-01-01}
""",
}
DRAFT = """\
status: consultation
replaces: 2024-01
consultation: {opens: 2026-11-02, closes: 2026-12-04, comments_to: hr@sample.example.org, about: What do you think of it?}
history:
  - {revision: "2", date: 2026-11, author: HR, says: A word was changed.}
related: [Code of conduct]
consequences:
  - {clauses: [requests], of: [no-contact], what: It may be looked into., acts: The head, procedure: Disciplinary procedure}
changes: []
"""


def write_small(folder: Path) -> Path:
    """A small handbook with a file of every kind, a draft among them."""
    shutil.copytree(TESTS / "handbook", folder)
    for name, text in MORE.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    with (folder / "trusts/sample/trust.yml").open("a", encoding="utf-8") as about:
        about.write("fields:\n  - {id: dsl, label: Designated safeguarding lead, type: name}\nunfilled: ask\n")
    policy = folder / "trusts/sample/social-media"
    text = (policy / "2024-01.yml").read_text(encoding="utf-8").replace("status: in-force\n", DRAFT)
    text = text.replace(
        "wording:",
        "model: sample-templates/social-media/2023-09\ndepartures:\n  - {change: added:requests, why: Staff asked.}\nwording:",
    )
    (policy / "2026-12.yml").write_text(text.replace("turn the request down", "refuse the request"), encoding="utf-8")
    return folder


def stands(handbook_folder: Path) -> list[Problem]:
    """Holds the handbook to the promise; returns the problems that were found."""
    return _judge(*load_handbook(handbook_folder))


def stands_with(base: Loaded, name: str) -> list[Problem]:
    """The same for a handbook of which only the file `name` is another than when `base` was loaded: ten times as fast."""
    document, problems = read_document(base.root / name, name)
    read = None
    if document:
        record, stepped_over, more = read_record(document, type(_authored(base, name).record))
        problems += more
        read = Authored(document, record, stepped_over) if record else None
    changed: dict[str, Any] = {"unread": base.unread if read else base.unread | {name}}
    for field in fields(base):
        held = getattr(base, field.name)
        if _is(held, name):
            changed[field.name] = read
        elif isinstance(held, dict):
            kept = {key: read if _is(one, name) else one for key, one in held.items()}
            changed[field.name] = {key: one for key, one in kept.items() if one}
    revisions = (replace(one, file=read) if _is(one.file, name) else one for one in base.revisions)
    changed["revisions"] = tuple(one for one in revisions if one.file)
    models = (replace(one, file=read) if _is(one.file, name) else one for one in base.models.revisions)
    providers = {key: read if _is(one, name) else one for key, one in base.models.providers.items()}
    changed["models"] = LoadedModels(
        {key: one for key, one in providers.items() if one}, tuple(one for one in models if one.file)
    )
    changed["academies"] = tuple(
        replace(one, file=read if _is(one.file, name) else one.file, appendices=_appendices_with(one, name, read))
        for one in base.academies
        if read or not _is(one.file, name)
    )
    return _judge(replace(base, **changed), problems)


def _appendices_with(academy: LoadedAcademy, name: str, read: Authored[Any] | None) -> dict[str, LoadedAppendix]:
    with_it = {key: replace(one, file=read) if _is(one.file, name) else one for key, one in academy.appendices.items()}
    return {key: one for key, one in with_it.items() if one.file}


def _authored(base: Loaded, name: str) -> Authored[Any]:
    return next(one for one in base.files if _is(one, name))


def _is(held: object, name: str) -> bool:
    return isinstance(held, Authored) and held.document.file == name


def _judge(loaded: Loaded, problems: list[Problem]) -> list[Problem]:
    """The rest of the straight line, as `read_handbook` and `build` go it."""
    problems = [*problems, *check_handbook(loaded)]
    handbook = None if problems else merge_handbook(loaded)
    if handbook:
        problems = [
            *check_read(loaded, handbook),
            *check_confirmed(loaded, handbook),
            *check_departures(loaded, handbook),
        ]
    if problems or not handbook:
        _are_told(problems)
        return problems
    findings = find_all(handbook, TODAY)
    pages = [(page, "") for page in hub_pages(handbook, findings, TODAY, data_files())]
    nearest = find_nearest(handbook.in_force)
    for one in handbook.trusts:
        pages += [
            (page, "../")
            for page in trust_pages(one, handbook, findings, others_of(one, handbook, nearest), TODAY, drafts=True)
        ]
        render_feed(one).encode()
    for page, to_hub in pages:
        render_page(page, TEMPLATES, TODAY, hub=page.root + to_hub, pdfs=True, drafts=True, packages=FORMATS).encode()
    return []


def _are_told(problems: list[Problem]) -> None:
    assert problems
    for problem in problems:
        assert problem.place.line >= 1
        assert problem.place.column >= 1
        assert problem.place.file.removeprefix(OF_ENGINE).split("/")[0] in ("content", "trusts", "models", "quizzes")
        assert problem.what
        assert problem.why
        assert problem.fix
    assert not HIDDEN.search(render_text(problems))
    render_github(problems).encode()
    json.loads(render_json(problems).encode())
