"""What drifts between a trust's text and its academies: what is to be read again, ruled on, filled in or adopted, and who is told."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from clausebook.check.library import read_handbook
from clausebook.export.academies import academy_records
from clausebook.findings.academies import adoptions_of
from clausebook.findings.find import find_all
from clausebook.findings.finding import Finding
from clausebook.looks import Looks
from clausebook.model.handbook import Handbook
from clausebook.model.problems import render_text
from clausebook.pages.templates import render_page
from clausebook.pages.trust import others_of, trust_pages
from conftest import Clausebook

STARTER = Path(__file__).parents[1] / "generator/clausebook/starter"
LARKHILL = "larkhill-example"
TODAY = date(2026, 11, 20)
FIELDS = "fields:\n  - {id: dsl, label: Designated safeguarding lead, type: name}\nunfilled: ask\n"
APPENDIX = """\
# Ours, by hand.
wording: verbatim
sections:
  - id: east
    heading: At Eastfield
    sections:
      - id: east-requests
        number: "E1"
        heading: Requests
        clauses:
          - {id: east-tell, number: "E1.1", modality: must, topics: [friend-requests], text: "Staff must tell {dsl}."}
          - {id: east-family, number: "E1.2", modality: may, topics: [pupils], text: Staff may write to a pupil of their family.}
          - {id: east-not, number: "E1.4", modality: must-not, topics: [pupils], text: Staff must not message a pupil.}
          - {id: east-who, number: "E1.3", modality: states, topics: [friend-requests], text: The office keeps a list of requests.}
bears_on:
"""


@pytest.fixture
def folder(handbook_folder: Path) -> Path:
    """A trust with one academy, which adds to the trust's only policy."""
    trust = handbook_folder / "trusts/sample"
    with (trust / "trust.yml").open("a", encoding="utf-8") as about:
        about.write(FIELDS)
    (trust / "quizzes.yml").unlink()  # whose questions would be doubtful as well
    (trust / "academies/eastfield/appendix").mkdir(parents=True)
    (trust / "academies/eastfield.yml").write_text(
        "name: Eastfield Academy\nshort_name: Eastfield\nfields: {dsl: Priya Nair}\n", encoding="utf-8"
    )
    (trust / "social-media/policy.yml").write_text("adoption: {how: appendix}\n", encoding="utf-8")
    bear(handbook_folder, target="turn-down")
    return handbook_folder


def bear(
    folder: Path, clause: str = "east-tell", target: str = "no-contact", how: str = "tightens", rest: str = ""
) -> None:
    """Let the academy's appendix be about one clause of the trust, as it has been read; `rest` stands behind `seen`."""
    appendix = folder / "trusts/sample/academies/eastfield/appendix/social-media.yml"
    entry = f"  - {{clause: {clause}, target: {target}, how: {how}"
    appendix.write_text(f"{APPENDIX}{entry}}}\n", encoding="utf-8")
    mark = read(folder).trust("sample").policy("social-media").current.by_id[target].mark
    appendix.write_text(f'{APPENDIX}{entry}, seen: "{mark}"{rest}}}\n', encoding="utf-8")


def read(folder: Path) -> Handbook:
    handbook, problems = read_handbook(folder)
    assert handbook, render_text(problems)
    return handbook


def edit(folder: Path, *changes: tuple[str, str], file: str = "social-media/2024-01.yml") -> None:
    path = folder / "trusts/sample" / file
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def told(folder: Path, as_of: date = TODAY) -> list[Finding]:
    return [one for one in find_all(read(folder), as_of) if one.academy]


# To be read again


def test_what_was_read_and_has_not_changed_is_not_told(folder: Path) -> None:
    assert told(folder) == []


@pytest.mark.parametrize(
    ("target", "old", "new"),
    [
        pytest.param("no-contact", "through a private account", "through any account", id="the clause itself"),
        pytest.param("turn-down", "turn the request down", "refuse the request", id="an item"),
        pytest.param("turn-down", "Staff whom a pupil asks", "Whoever is asked by a pupil", id="the lead-in of an item"),
        pytest.param("requests", "tell their line manager", "tell the head", id="an item of a list"),
        pytest.param("no-contact", "modality: must-not", "modality: should-not", id="its force"),
    ],
)  # fmt: skip
def test_a_changed_clause_of_the_trust_asks_for_the_academys_to_be_read_again(
    folder: Path, target: str, old: str, new: str
) -> None:
    clause = "east-not" if target == "no-contact" else "east-tell"
    bear(folder, clause, target)
    assert told(folder) == []
    words = {"modality: should-not": ("must not be in touch", "should not be in touch")}
    edit(folder, (old, new), *([words[new]] if new in words else []))
    (found,) = told(folder)
    assert (found.kind, found.academy, found.clauses, found.to_do) == (
        "to-read-again", "eastfield", (target,), "read-again",
    )  # fmt: skip
    assert (
        f"Eastfield: clause {'E1.4' if clause == 'east-not' else 'E1.1'} is said to ask for more than clause"
        in found.what
    )
    assert "has changed since someone read the two together" in found.what
    assert "clausebook academies read sample eastfield social-media" in found.now


@pytest.mark.parametrize(
    "change",
    [
        pytest.param([('number: "1.2"', 'number: "1.7"')], id="another number"),
        pytest.param([("topics: [friend-requests]", "topics: [friend-requests, pupils]")], id="another topic"),
        pytest.param([("of their own family", "of their family")], id="another clause"),
        pytest.param([("heading: Contact", "heading: Being in touch")], id="another heading"),
    ],
)
def test_what_does_not_change_the_words_asks_nobody_to_read_again(folder: Path, change: list[tuple[str, str]]) -> None:
    edit(folder, *change)
    assert told(folder) == []


def test_a_field_that_is_filled_in_anew_asks_nobody_to_read_again(folder: Path) -> None:
    edit(folder, ("text: tell their line manager.", 'text: "tell their line manager, or {dsl}."'))
    bear(folder, target="requests")
    edit(folder, ("Priya Nair", "Tom Okafor"), file="academies/eastfield.yml")
    assert told(folder) == []
    assert "Tom Okafor" in read(folder).trust("sample").academies[0].texts["social-media"].by_id["tell-manager"].text


def test_what_no_one_has_read_beside_the_trusts_text_is_told_as_that(folder: Path) -> None:
    edit(folder, (', seen: "', '}\n# "'), file="academies/eastfield/appendix/social-media.yml")
    (found,) = told(folder)
    assert found.kind == "to-read-again"
    assert found.what.startswith("Eastfield: no one has read clause E1.1 beside clause 1.2 of the trust’s text yet.")


# Asks for less


@pytest.mark.parametrize(
    ("clause", "how", "less"),
    [
        ("east-family", "loosens", True),
        ("east-family", "tightens", True),  # whatever its author says: the trust must not, the academy may
        ("east-family", "names", True),
        ("east-tell", "tightens", True),  # must not against must
        ("east-who", "names", False),  # what only states asks nothing
    ],
)
def test_an_academys_clause_that_asks_for_less_waits_for_the_trusts_ruling(
    folder: Path, clause: str, how: str, *, less: bool
) -> None:
    bear(folder, clause, "no-contact", how)
    assert [(one.kind, one.to_do, one.is_open) for one in told(folder)] == [("loosens", "decide", True)] * less
    if less:
        (found,) = told(folder)
        assert "The trust says: “Staff must not be in touch with a pupil through a private account.”" in found.what
        assert "The trust has not ruled on this." in found.now


def test_a_ruling_settles_it(folder: Path) -> None:
    bear(folder, "east-family", "no-contact", "loosens", ", ruling: {by: The board, date: 2024-02, says: They may.}")
    (found,) = told(folder)
    assert (found.label, found.to_do) == ("Contradiction settled by a ruling", "nothing")
    assert found.now == "Ruling by The board, February 2024: They may."


# Fields and adoptions


def test_a_field_that_only_the_appendix_uses_is_missed(folder: Path) -> None:
    edit(folder, ("fields: {dsl: Priya Nair}\n", ""), file="academies/eastfield.yml")
    (found,) = told(folder)
    assert (found.kind, found.what) == (
        "not-filled-in",
        "Eastfield has not filled in: Designated safeguarding lead.",
    )


@pytest.mark.parametrize(
    ("by", "as_of", "adopted", "kinds"),
    [
        ("2026-10-31", date(2026, 10, 31), "", []),
        ("2026-10-31", date(2026, 11, 1), "", ["not-adopted"]),
        ("2026-10", date(2026, 10, 31), "", []),  # a month is over on its last day
        ("2026-10-31", TODAY, "adopted:\n  social-media: {revision: 2024-01, date: 2024-02-01}\n", []),
    ],
)
def test_an_adoption_is_late_from_the_day_after(
    folder: Path, by: str, as_of: date, adopted: str, kinds: list[str]
) -> None:
    edit(folder, ("how: appendix", f"how: appendix, by: {by}"), file="social-media/policy.yml")
    edit(folder, ("fields:", f"{adopted}fields:"), file="academies/eastfield.yml")
    assert [one.kind for one in told(folder, as_of)] == kinds
    (line,) = adoptions_of(read(folder).trust("sample"), as_of)
    assert (line.is_late, line.is_current) == (bool(kinds), bool(adopted))


@pytest.fixture(scope="module")
def starter() -> Handbook:
    return read(STARTER)


def test_the_starter_has_one_of_each(starter: Handbook) -> None:
    found = {(one.academy, one.policy, one.kind): one for one in find_all(starter, TODAY) if one.academy}
    assert set(found) == {
        ("northgate", "code-of-conduct", "not-filled-in"),
        ("northgate", "code-of-conduct", "not-adopted"),
        ("westmoor", "social-media", "to-read-again"),
        ("westmoor", "social-media", "loosens"),
        ("westmoor", "social-media", "not-adopted"),
    }
    assert "overdue by 20 days on 20 November 2026" in found["northgate", "code-of-conduct", "not-adopted"].what
    assert "adopted an earlier text of this policy" in found["westmoor", "social-media", "not-adopted"].what
    assert "last in September 2025 (version 3.0)" in found["westmoor", "social-media", "to-read-again"].what


def test_what_only_hr_and_the_academies_have_to_do_is_not_on_the_trusts_pages(starter: Handbook) -> None:
    trust = starter.trust(LARKHILL)
    findings = tuple(find_all(starter, TODAY))
    pages = trust_pages(trust, starter, findings, others_of(trust, starter, {}), TODAY)
    of_text = [page for page in pages if page.path in ("", "social-media", "code-of-conduct")]
    assert len(of_text) == 3
    shown = [
        render_page(page, Looks(STARTER.parents[2]), TODAY, hub=f"{page.root}../", pdfs=True, drafts=False, packages=())
        for page in of_text
    ]
    assert "The review was due" in "".join(shown)
    assert not [one.what for one in findings if one.academy and any(one.what in page for page in shown)]


def test_the_data_say_how_each_academy_stands_to_each_policy(starter: Handbook) -> None:
    records = {(one.academy, one.policy): one for one in academy_records(starter, ())}
    assert len(records) == 3 * len(starter.trust(LARKHILL).in_force)
    westmoor = records["westmoor", "social-media"]
    assert (westmoor.how, westmoor.called, westmoor.is_current) == ("framework", "Category 4", False)
    assert [(one.clause, one.state, one.asks_less) for one in westmoor.bearings] == [
        ("westmoor-agreement-yearly", "changed", False),
        ("westmoor-news-account", "read", True),
    ]
    assert records["northgate", "code-of-conduct"].missing == ["safeguarding-lead"]
    digests = {records[academy, "social-media"].digest for academy in ("eastfield", "northgate", "westmoor")}
    assert len(digests) == 2
    assert [records[academy, "social-media"].own_text for academy in ("eastfield", "westmoor")] == [False, True]


# Commands


@pytest.fixture
def larkhill(tmp_path: Path) -> Path:
    return Path(shutil.copytree(STARTER, tmp_path / "starter"))


def test_the_list_has_a_row_for_each_academy_and_policy(larkhill: Path, clausebook: Clausebook) -> None:
    done = clausebook(
        "academies", "list", LARKHILL, "--format", "json", "--as-of", "2026-11-20", "--handbook", larkhill
    )
    rows = {(one["Academy"], one["Policy"]): one for one in json.loads(done.stdout)["Academies of Larkhill"]}
    assert len(rows) == 18
    assert rows["Westmoor", "Social media policy"] == {
        "Academy": "Westmoor", "Policy": "Social media policy", "How": "Category 4: own rules within it",
        "Adopted": "2024-09 on 30 September 2024, an earlier text", "Not filled in": "", "To be read again": "W1 beside 6.1",
    }  # fmt: skip
    late = rows["Northgate", "Staff code of conduct"]
    assert (late["Adopted"], late["Not filled in"]) == (
        "not recorded, overdue since 31 October 2026",
        "Designated safeguarding lead",
    )


def test_reading_shows_both_texts_and_writes_nothing_before_a_yes(
    larkhill: Path, clausebook: Clausebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = larkhill / f"trusts/{LARKHILL}/academies/westmoor/appendix/social-media.yml"
    before = path.read_text(encoding="utf-8")
    monkeypatch.setattr("click.confirm", lambda *_, **__: False)
    done = clausebook("academies", "read", LARKHILL, "westmoor", "social-media", "--handbook", larkhill)
    assert "The trust then: Account owners must have a parent's or carer's agreement" in done.stdout
    assert "[-Account owners-]{+Whoever puts a pupil's picture on an official account+}" in done.stdout
    assert "Nothing was written." in done.stdout
    assert path.read_text(encoding="utf-8") == before


def test_what_was_read_is_written_down_and_all_else_stays(larkhill: Path, clausebook: Clausebook) -> None:
    path = larkhill / f"trusts/{LARKHILL}/academies/westmoor/appendix/social-media.yml"
    before = path.read_text(encoding="utf-8")
    done = clausebook("academies", "read", LARKHILL, "westmoor", "social-media", "--yes", "--handbook", larkhill)
    assert done.stdout.endswith("that you have read 1 of 1.\n")
    mark = read(larkhill).trust(LARKHILL).policy("social-media").current.by_id["agreement"].mark
    assert path.read_text(encoding="utf-8") == before.replace("seen: 32f78787a5bd", f'seen: "{mark}"')
    again = clausebook("academies", "read", LARKHILL, "westmoor", "social-media", "--handbook", larkhill)
    assert again.stdout == "Nothing is to be read again.\n"


@pytest.mark.parametrize(
    ("written", "read_now"),
    [
        ("  - {clause: east-tell, target: turn-down, how: tightens}  # ours\n",
         '  - {clause: east-tell, target: turn-down, how: tightens, seen: "MARK"}  # ours\n'),
        ("  - clause: east-tell\n    target: turn-down   # the item\n    how: tightens       # more\n",
         '  - clause: east-tell\n    target: turn-down   # the item\n    how: tightens       # more\n    seen: "MARK"\n'),
        ("  - how: tightens\n    seen: '0123456789ab' # old\n    clause: east-tell\n    target: turn-down\n",
         '  - how: tightens\n    seen: "MARK" # old\n    clause: east-tell\n    target: turn-down\n'),
    ],
    ids=["in brackets", "a line each", "quoted"],
)  # fmt: skip
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_mark_is_written_however_the_entry_is_laid_out(
    folder: Path, clausebook: Clausebook, written: str, read_now: str, ending: str
) -> None:
    path = folder / "trusts/sample/academies/eastfield/appendix/social-media.yml"
    path.write_bytes(f"{APPENDIX}{written}".replace("\n", ending).encode())
    done = clausebook("academies", "read", "sample", "eastfield", "social-media", "--yes", "--handbook", folder)
    assert done.returncode == 0, done.stderr
    mark = read(folder).trust("sample").policy("social-media").current.by_id["turn-down"].mark
    assert path.read_bytes().decode() == f"{APPENDIX}{read_now}".replace("MARK", mark).replace("\n", ending)


def test_a_name_that_is_not_there_is_told_with_the_nearest(folder: Path, clausebook: Clausebook) -> None:
    for names, said in (
        (("sampel", "eastfield", "social-media"), "did you mean sample?"),
        (("sample", "eastfeld", "social-media"), "did you mean eastfield?"),
        (("sample", "eastfield", "grievance"), "there are: social-media"),
    ):
        done = clausebook("academies", "read", *names, "--handbook", folder)
        assert (done.returncode, said in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("their line manager", "the head", ""),
        ("turn the request down", "refuse the request",
         "Eastfield has 1 clause to read beside the new text: clausebook academies read sample eastfield social-media"),
        ("turn-down", "say-no", "What Eastfield adds to it no longer fits: clausebook check says where."),
    ],
    ids=["nothing that it is about", "a clause that it is about", "a clause that is gone"],
)  # fmt: skip
def test_who_puts_a_text_in_force_is_told_which_academies_have_to_read(
    folder: Path, clausebook: Clausebook, old: str, new: str, said: str
) -> None:
    shutil.rmtree(folder / "quizzes")
    (folder / "quizzes").mkdir()
    only = ("sample", "social-media")
    assert clausebook("revise", *only, "2026-12", "--handbook", folder).returncode == 0
    edit(folder, (old, new), file="social-media/2026-12.yml")
    assert clausebook("confirm-changes", *only, "--handbook", folder).returncode == 0
    done = clausebook("adopt", *only, "--effective", "2026-11-20", "--answers-read", "--handbook", folder)
    assert done.returncode == 0, done.stderr
    assert "2026-12 is in force" in done.stdout
    told_of_academies = [line for line in done.stdout.splitlines() if "Eastfield" in line]
    assert told_of_academies == ([said] if said else [])
