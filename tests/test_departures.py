"""Where a policy departs from the model that it was made from, and what a newer model means for it."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import page as page_validation
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from clausebook.cli import cli
from clausebook.compare.departures import Departures, departures_from, departures_of, names_of
from clausebook.compare.model_moves import ThreeWay, compare_three
from clausebook.edit.take.model import take_model
from clausebook.export.data import clause_records
from clausebook.export.departures import departure_records, model_move_records
from clausebook.load.fields import read_record
from clausebook.load.merge import merge_revision
from clausebook.load.yaml_events import parse_document
from clausebook.looks import Looks
from clausebook.model import RevisionRecord
from clausebook.pages.prints import trust_prints
from modelled import MODEL, POLICY, STARTER, TRUST, Edit, Value, changed, clause, read, texts, write_modelled
from paper import write_pdf

if TYPE_CHECKING:
    from conftest import Clausebook

FORTY_SIX = texts(46)
Plan = list[tuple[str, int]]
LARKHILL = ("larkhill-example", "whistleblowing")


def clauses_of(text: Value) -> list[Value]:
    return text["sections"][0]["clauses"]


def put(name: str, **fields: Any) -> Edit:
    def edit(text: Value) -> None:
        next(one for one in clauses_of(text) if one["id"] == name).update(fields)

    return edit


def drop(name: str) -> Edit:
    def edit(text: Value) -> None:
        clauses_of(text)[:] = [one for one in clauses_of(text) if one["id"] != name]

    return edit


def add(after: str, new: Value) -> Edit:
    def edit(text: Value) -> None:
        place = next(place for place, one in enumerate(clauses_of(text)) if one["id"] == after)
        clauses_of(text).insert(place + 1, new)

    return edit


FOUR = (
    put("rule-2", modality="should", text="Staff should keep rule 2 of these rules, whatever so so else they do."),
    drop("rule-9"),
    add("rule-12", clause("own-rule", "Staff must ask the office before they post a picture.")),
    put("rule-20", text="Staff must keep to what the board said about holidays, and to nothing else that they do."),
)


def found(folder: Path, model: Value, ours: Value) -> Departures:
    handbook = read(write_modelled(folder / "handbook", model, ours))
    departures = departures_of(handbook.in_force[0], handbook)
    assert departures
    return departures


def three(folder: Path, model: Value, ours: Value, newer: Value) -> ThreeWay:
    handbook = read(write_modelled(folder / "handbook", model, ours, newer))
    compared = compare_three(handbook.in_force[0], handbook)
    assert compared
    return compared


def told(departures: Departures) -> dict[str, str]:
    return {one.clause: one.kind for one in departures.all}


def test_four_departures_in_forty_six_clauses_are_four_lines(tmp_path: Path, clausebook: Clausebook) -> None:
    folder = write_modelled(tmp_path / "handbook", FORTY_SIX, changed(FORTY_SIX, *FOUR))
    done = clausebook("departures", TRUST, POLICY, "--handbook", folder)
    assert done.returncode == 0, done.stderr
    head, _, table = done.stdout.partition("\n\n")
    assert (
        "43 of 46 clauses say what the model says; 4 departures: 1 loosened, 1 added, 1 left out, 1 reworded." in head
    )
    _, *lines = table.strip().splitlines()
    assert [line.split("  ")[0].strip() for line in lines] == ["Loosened", "Left out", "Added", "Reworded"]
    assert len(done.stdout.splitlines()) < 24


@pytest.mark.parametrize(
    ("ours", "kind"),
    [
        (put("rule-2", modality="must-not", text="Staff must not keep rule 2 of these rules."), "reworded"),
        (put("rule-2", modality="may", text="Staff may keep rule 2 of these rules, whatever so so else they do."), "loosened"),
        (put("rule-2", binds=["staff", "employer"]), "tightened"),
        (put("rule-2", text="Staff must keep rule 2 of these rules, whatever else anybody tells them to do."), "reworded"),
        (drop("rule-2"), "left-out"),
    ],
    ids=["opposite", "less force", "more people", "other words", "gone"],
)  # fmt: skip
def test_a_departure_is_of_a_kind(ours: Edit, kind: str, tmp_path: Path) -> None:
    assert told(found(tmp_path, texts(6), changed(texts(6), ours))) == {"rule-2": kind}


def test_what_weakens_a_clause_is_told_before_what_else_changed(tmp_path: Path) -> None:
    edit = put(
        "rule-2", modality="should", binds=["staff", "employer"], text="Staff should keep other rules, if they like."
    )
    assert told(found(tmp_path, texts(6), changed(texts(6), edit))) == {"rule-2": "loosened"}


@pytest.mark.parametrize(
    ("model", "ours"),
    [
        ("Staff must tell [name of the lead] at once.", "Staff must tell Priya Anand at once."),
        ("Staff must write to {lead} within [number] days.", "Staff must write to the head of HR within ten days."),
        ("Staff must tell the school of it.", "Staff must tell Sample Trust of Nowhere of it."),
        ("Staff must tell the governing body of it.", "Staff must tell the trust of it."),
        ("Staff must tell ______ of it.", "Staff must tell the office of it."),
    ],
)
def test_a_name_that_was_filled_in_is_no_other_rule(model: str, ours: str, tmp_path: Path) -> None:
    with_blank, filled = (changed(texts(3), put("rule-2", text=text)) for text in (model, ours))
    assert told(found(tmp_path, with_blank, filled)) == {"rule-2": "names-filled-in"}


@pytest.mark.parametrize(
    ("model", "ours"),
    [
        ("Staff must tell [name of the lead] at once.", "Staff must tell Priya Anand within a week."),
        ("Staff must tell [name of the lead] at once.",
         "Staff must tell Priya Anand, who is the lead for all of this and much else besides in the whole of the trust, at once."),
        ("Staff must tell the school of it.", "Staff must tell nobody of it."),
    ],
)  # fmt: skip
def test_more_than_a_name_is_another_rule(model: str, ours: str, tmp_path: Path) -> None:
    with_blank, filled = (changed(texts(3), put("rule-2", text=text)) for text in (model, ours))
    assert told(found(tmp_path, with_blank, filled)) == {"rule-2": "reworded"}


def test_numbers_a_title_and_a_link_of_the_trusts_own_depart_from_nothing(tmp_path: Path) -> None:
    linked = "Staff must keep [rule 2](#rule-3) of these rules, whatever so so else they do."
    ours = changed(texts(6), put("rule-1", number="1.9"), put("rule-2", text=linked))
    departures = found(tmp_path, texts(6), ours)
    assert (departures.all, departures.only_placed, departures.unchanged) == ((), 2, 6)
    assert departures.in_words == "no departures"


def test_the_starter_departs_in_four_places_each_of_another_kind() -> None:
    handbook = read(STARTER)
    departures = departures_of(handbook.trust(LARKHILL[0]).policy(LARKHILL[1]).current, handbook)
    assert departures
    assert told(departures) == {
        "in-writing": "left-out", "trustee": "names-filled-in", "card": "added", "outcome-told": "tightened",
    }  # fmt: skip
    assert [one.why is not None for one in departures.all] == [False, False, False, True]
    assert "made up" in departures.model.provider.record.name
    assert "made up" in departures.model.revision.record.title


def test_of_a_newer_model_each_change_can_be_taken_or_must_be_decided_or_is_there(tmp_path: Path) -> None:
    model, new_rule = texts(12), clause("new-rule", "Staff must lock their phones away.")
    ours = changed(
        model,
        put("rule-2", text="Staff must keep what we say in rule 2."),
        drop("rule-3"),
        put("rule-5", modality="may", text="Staff may keep rule 5."),
    )
    newer = changed(
        model, put("rule-1", text="Staff must keep rule 1 at all times, and tell the head of it."), put("rule-2", text="Staff must keep rule 2 and no other rule."),
        put("rule-3", text="Staff must keep rule 3 in writing from today."), put("rule-5", modality="may", text="Staff may keep rule 5."), drop("rule-7"), add("rule-8", new_rule),
    )  # fmt: skip
    compared = three(tmp_path, model, ours, newer)
    assert {move.diff.clause: move.state for move in compared.moves} == {
        "rule-1": "take", "rule-2": "choose", "rule-3": "choose", "rule-5": "same", "rule-7": "take", "new-rule": "take",
    }  # fmt: skip
    assert compared.in_words == "6 changes: 3 can be taken over, 2 to decide, 1 already in the policy"


@pytest.mark.parametrize(
    ("choice", "rule_2"), [("ours", "what we say"), ("theirs", "no other rule"), ("later", "what we say")]
)
def test_a_draft_takes_over_what_can_be_taken(choice: str, rule_2: str, tmp_path: Path, clausebook: Clausebook) -> None:
    model = changed(texts(8), put("rule-4", text="Staff must write to [name of the lead] about rule 4."))
    ours = changed(
        model,
        put("rule-2", text="Staff must keep what we say in rule 2."),
        put("rule-4", text="Staff must write to Priya Anand about rule 4."),
    )
    ours["departures"] = [{"change": "reworded:rule-2", "why": "Staff asked for it."}]
    newer = changed(
        model, put("rule-1", text="Staff must keep rule 1 at all times, and tell the head of it."), put("rule-2", text="Staff must keep rule 2 and no other rule."),
        put("rule-4", text="Staff must ring [name of the lead] about rule 4 at once."), drop("rule-7"),
        add("rule-8", clause("new-rule", "Staff must lock away:", items=[{"id": "phones", "text": "their phones; and"}, {"id": "keys", "text": "their keys."}])),
    )  # fmt: skip
    folder = write_modelled(tmp_path / "handbook", model, ours, newer)
    path = folder / "trusts" / TRUST / POLICY / "2024-01.yml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("      - id: rule-5", "      # look at this one\n      - id: rule-5"),
        encoding="utf-8",
    )
    done = clausebook(
        "models", "take", TRUST, POLICY, f"--{choice}", "--yes", "--revision", "2026-11", "--handbook", folder
    )
    assert done.returncode == 0, done.stderr
    handbook = read(folder)
    draft = handbook.trust(TRUST).policy(POLICY).draft
    assert draft
    assert draft.record.model == "sample-templates/social-media/2025-01"
    assert [one.id for one in draft.clauses] == [
        "rule-1", "rule-2", "rule-3", "rule-4", "rule-5", "rule-6", "rule-8", "new-rule", "phones", "keys",
    ]  # fmt: skip
    assert "tell the head" in draft.by_id["rule-1"].text
    assert rule_2 in draft.by_id["rule-2"].text
    assert draft.by_id["rule-4"].text == "Staff must ring Priya Anand about rule 4 at once."
    assert draft.by_id["keys"].lead_in == ("Staff must lock away:",)
    text = (folder / "trusts" / TRUST / POLICY / "2026-11.yml").read_text(encoding="utf-8")
    assert "      # look at this one\n      - id: rule-5" in text
    assert ("doubts:" in text) is (choice == "later")
    assert ("departures:" in text) is (choice != "theirs")


def test_taken_whole_a_text_departs_from_the_newer_model_only_where_it_did_before(
    tmp_path: Path, clausebook: Clausebook
) -> None:
    """Whatever the provider changed: what we had before remains, and nothing else does."""
    model = texts(14)
    ours = changed(model, *FOUR[:3])
    newer = changed(
        model, put("rule-1", modality="should", text="Staff should keep rule 1."), put("rule-2", text="Staff must keep rule 2 twice a day."), drop("rule-4"),
        drop("rule-5"), put("rule-9", text="Staff must keep rule 9 in writing."), add("rule-14", clause("one-more", "Staff must count their rules.")),
        add("rule-10", clause("another", "Staff must not count other people's rules.", "must-not")), put("rule-11", note="A footnote."),
    )  # fmt: skip
    newer["sections"][0]["heading"] = "Rules of today"
    newer["sections"].append(
        {
            "id": "more",
            "number": "2",
            "heading": "More rules",
            "clauses": [clause("more-1", "Staff must read more rules.", number="2.1")],
        }
    )
    folder = write_modelled(tmp_path / "handbook", model, ours, newer)
    done = clausebook(
        "models", "take", TRUST, POLICY, "--theirs", "--yes", "--revision", "2026-11", "--handbook", folder
    )
    assert done.returncode == 0, done.stderr
    handbook = read(folder)
    draft = handbook.trust(TRUST).policy(POLICY).draft
    assert draft
    departures = departures_of(draft, handbook)
    assert departures
    assert told(departures) == {"own-rule": "added"}


def answered(folder: Path, answers: str) -> Result:
    arguments = ["models", "take", TRUST, POLICY, "--revision", "2026-11", "--handbook", str(folder)]
    return CliRunner().invoke(cli, arguments, input=answers)


def test_whose_words_to_keep_is_asked(tmp_path: Path) -> None:
    model = texts(4)
    ours, newer = (
        changed(model, put("rule-2", text=text)) for text in ("Staff must keep ours.", "Staff must keep theirs.")
    )
    folder = write_modelled(tmp_path / "handbook", model, ours, newer)
    done = answered(folder, "theirs\ny\n")
    assert done.exit_code == 0, done.output
    assert "Your text: Staff must keep ours." in done.output
    draft = read(folder).trust(TRUST).policy(POLICY).draft
    assert draft
    assert draft.by_id["rule-2"].text == "Staff must keep theirs."


def test_nothing_is_written_unless_somebody_says_yes(tmp_path: Path) -> None:
    newer = changed(texts(4), put("rule-2", text="Staff must keep theirs."))
    folder = write_modelled(tmp_path / "handbook", texts(4), texts(4), newer)
    assert "Nothing was written." in answered(folder, "n\n").output
    assert not (folder / "trusts" / TRUST / POLICY / "2026-11.yml").exists()


def test_where_there_is_nothing_to_take_it_says_so(tmp_path: Path, clausebook: Clausebook) -> None:
    folder = write_modelled(tmp_path / "handbook", texts(4), texts(4))
    done = clausebook("models", "take", TRUST, POLICY, "--handbook", folder)
    assert "nothing to take" in done.stdout
    assert "no departures" in clausebook("departures", TRUST, POLICY, "--handbook", folder).stdout
    assert "no newer revision" in clausebook("departures", TRUST, POLICY, "--newer", "--handbook", folder).stdout


def test_a_policy_without_a_model_says_how_to_name_one(handbook_folder: Path, clausebook: Clausebook) -> None:
    done = clausebook("departures", "sample", "social-media", "--handbook", handbook_folder)
    assert done.returncode == 2
    assert "names no model: add `model: provider/kind/revision`" in " ".join(done.stderr.split())


def test_findings_and_data_tell_of_a_newer_model(clausebook: Clausebook) -> None:
    done = clausebook("findings", "--kind", "newer-model", "--format", "json", "--handbook", STARTER)
    assert "October 2026 (version 2)" in json.dumps(json.loads(done.stdout))
    handbook = read(STARTER)
    departures = [(one.kind, one.clause, one.why is not None) for one in departure_records(handbook, ())]
    assert len(departures) == 4
    assert ("tightened", "outcome-told", True) in departures
    clauses = [one for one in clause_records(handbook, ()) if one.policy == "whistleblowing"]
    assert {one.model for one in clauses} == {"example-templates/whistleblowing/2025-09"}
    assert {one.id: one.departure for one in clauses if one.departure} == {
        "trustee": "names-filled-in", "card": "added", "outcome-told": "tightened",
    }  # fmt: skip
    assert {one.clause: one.state for one in model_move_records(handbook, ())} == {
        "answer-in-five-days": "take", "outcome-told": "choose", "support-offered": "take",
    }  # fmt: skip


EDITS = st.lists(st.tuples(st.sampled_from(["reword", "force", "drop", "add", "list"]), st.integers(1, 9)), max_size=5)


def edits_of(plan: list[tuple[str, int]], who: str) -> list[Edit]:
    """What `who` changed, each clause once."""
    found: list[Edit] = []
    for kind, number in {number: (kind, number) for kind, number in plan}.values():
        name = f"rule-{number}"
        own = f"{who}-{number}"
        found.append({
            "reword": put(name, text=f"Staff must do what {who} wrote about {number}, {name * 3}."),
            "force": put(name, modality="should", text=f"Staff should keep rule {number} as {who} says."),
            "drop": drop(name),
            "add": add(name, clause(own, f"Staff must follow {own} {'to the letter ' * number}.")),
            "list": add(name, clause(own, f"Staff must keep by {own}:", items=[{"id": f"{own}-a", "text": f"what {own} has."}])),
        }[kind])  # fmt: skip
    return sorted(found, key=lambda edit: edit.__qualname__.startswith("drop"))  # nothing is put behind what is gone


@settings(max_examples=20, deadline=None)
@given(mine=EDITS, theirs=EDITS)
def test_whatever_both_changed_taken_whole_it_departs_only_by_what_is_ours(mine: Plan, theirs: Plan) -> None:
    model = texts(9)
    ours, newer = changed(model, *edits_of(mine, "we")), changed(model, *edits_of(theirs, "they"))
    with tempfile.TemporaryDirectory() as folder:
        handbook = read(write_modelled(Path(folder) / "handbook", model, ours, newer))
        text = (Path(folder) / "handbook/trusts/sample/social-media/2024-01.yml").read_text(encoding="utf-8")
    revision = handbook.in_force[0]
    before, compared = departures_of(revision, handbook), compare_three(revision, handbook)
    assert before
    assert compared
    drafted = take_model(text, revision.record, compared, compared.moves, ())
    document, problems = parse_document("draft.yml", drafted.text.encode())
    assert document, problems
    record, _, unfit = read_record(document, RevisionRecord)
    assert record, unfit
    taken = merge_revision(TRUST, POLICY, "2026-11", record)
    now = replace(compared.departures.model, revision=compared.now)
    after = departures_from(now, taken, names_of(handbook.trust(TRUST)))
    assert set(told(after)) <= set(told(before))
    kept = take_model(text, revision.record, compared, (), compared.moves)
    assert kept.text == text.replace(f'"{MODEL}/2023-01"', f"{MODEL}/2025-01")


def test_the_print_of_the_departures_passes_the_checks_of_pdf_ua_1(tmp_path: Path) -> None:
    handbook, looks = read(STARTER), Looks(STARTER)
    prints = {one.path: one for one in trust_prints(handbook.trusts[0], handbook, (), looks, date(2026, 11, 20))}
    write_pdf(
        prints["larkhill-example/downloads/whistleblowing/departures.pdf"].html, looks, tmp_path / "departures.pdf"
    )
    report = page_validation.validate_pdf(tmp_path / "departures.pdf", profile="ua1")
    assert report.is_compliant, [(failure.rule_id, failure.message) for failure in report.failures]


def test_a_draft_that_is_there_already_takes_them_too(tmp_path: Path, clausebook: Clausebook) -> None:
    newer = changed(texts(4), put("rule-2", text="Staff must keep theirs."))
    folder = write_modelled(tmp_path / "handbook", texts(4), texts(4), newer)
    assert clausebook("revise", TRUST, POLICY, "2026-09", "--handbook", folder).returncode == 0
    draft = folder / "trusts" / TRUST / POLICY / "2026-09.yml"
    draft.write_text(draft.read_text(encoding="utf-8").replace("keep rule 3", "heed rule 3"), encoding="utf-8")
    done = clausebook("models", "take", TRUST, POLICY, "--yes", "--handbook", folder)
    assert done.returncode == 0, done.stderr
    taken = read(folder).trust(TRUST).policy(POLICY).draft
    assert taken
    assert (taken.id, taken.by_id["rule-2"].text) == ("2026-09", "Staff must keep theirs.")
    assert "heed rule 3" in taken.by_id["rule-3"].text
    assert "nothing to take" in clausebook("models", "take", TRUST, POLICY, "--handbook", folder).stdout


def test_a_build_after_the_model_changed_shows_the_new_words(tmp_path: Path, clausebook: Clausebook) -> None:
    newer = changed(texts(4), put("rule-2", text="Staff must keep theirs."))
    folder = write_modelled(tmp_path / "handbook", texts(4), texts(4), newer)
    page = folder / "site" / TRUST / POLICY / "departures/index.html"
    for words in ("theirs", "theirs for ever"):
        model = folder / "models" / MODEL / "2025-01.yml"
        model.write_text(model.read_text(encoding="utf-8").replace("keep theirs.", f"keep {words}."), encoding="utf-8")
        assert clausebook("build", "--no-pdf", "--quiet", "--handbook", folder).returncode == 0
        assert words in " ".join(page.read_text(encoding="utf-8").split())
        assert "can be taken over" in (folder / "site/compare/models/index.html").read_text(encoding="utf-8")
