"""What an auditor would try: entries edited, cut, put in, moved, an end cut off, a forged checkpoint; each is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from acks.conftest import TRUST, Office
from clausebook.acknowledgements.register.checkpoints import Checkpoint, sign_checkpoint
from clausebook.acknowledgements.register.entries import FIRST, Body, Entry, Head, digest_of, line_of, read_entries
from clausebook.acknowledgements.signing.keys import new_key

Spoil = Callable[[list[str]], list[str]]


@pytest.fixture
def signed(office: Office) -> Office:
    """Seven entries with a checkpoint, and the entry that says so."""
    office.issue("2025-09-10")
    office.acknowledged("E100", "2025-09", "2025-09-12")
    office.signing("checkpoint")
    return office


def edited(lines: list[str]) -> list[str]:
    return [*lines[:2], lines[2].replace('"due":"2025-10-31"', '"due":"2026-10-31"'), *lines[3:]]


def rehashed(lines: list[str]) -> list[str]:
    """Edited by somebody who knows how a body is hashed, and stops there."""
    value = json.loads(lines[2])
    value["body"]["facts"]["due"] = "2026-10-31"
    value["head"]["body"] = digest_of(value["salt"], value["body"])
    return [*lines[:2], line_of(Head(**value["head"]), value["salt"], value["body"]).decode(), *lines[3:]]


def emptied(lines: list[str]) -> list[str]:
    """As a purge leaves it, but no entry says so."""
    return [*lines[:2], line_of(Head(**json.loads(lines[2])["head"])).decode(), *lines[3:]]


def rechained(lines: list[str]) -> list[str]:
    """The whole register written anew, without entry 3: a chain that holds."""
    bodies = [Body.model_validate(json.loads(line)["body"]) for line in (*lines[:2], *lines[3:])]
    return write_anew(bodies)


def write_anew(bodies: list[Body]) -> list[str]:
    lines, before = [], FIRST
    for number, body in enumerate(bodies, 1):
        value = body.model_dump(exclude_defaults=True)
        head = Head(number=number, before=before, body=digest_of("ab", value))
        lines.append(line_of(head, "ab", value).decode())
        before = head.hash
    return lines


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (edited, "register.jsonl:3: entry 3 does not say what it said when it was written: it was edited"),
        (rehashed, "register.jsonl:4: entry 4 does not hang from the entry before it"),
        (emptied, "register.jsonl:3: entry 3 says nothing any more, and no entry says that it was purged"),
        (lambda lines: [*lines[:2], *lines[3:]], "register.jsonl:3: entry 4 stands where entry 3 should"),
        (lambda lines: [lines[1], lines[0], *lines[2:]], "register.jsonl:1: entry 2 stands where entry 1 should"),
        (lambda lines: [*lines[:3], lines[2], *lines[3:]], "register.jsonl:4: entry 3 stands where entry 4 should"),
        (lambda lines: [*lines[:2], "{}\n", *lines[3:]], "register.jsonl:3: this is no entry of a register"),
        (lambda lines: lines[:-3], "checkpoints/7.json: it knows entry 7 of 20"),
        (lambda lines: lines[:0], "the register ends with entry 0: its end was cut off"),
        (rechained, "checkpoints/7.json: entry 7 is not the one of 20"),
    ],
)  # fmt: skip
def test_what_was_done_to_the_register_is_named(signed: Office, spoil: Spoil, said: str) -> None:
    assert "no faults" in signed.run("verify")
    lines = signed.desk.register.read_text().splitlines(keepends=True)
    signed.desk.register.write_text("".join(spoil(lines)))
    assert said in signed.run("verify", code=1)


def test_an_end_that_was_cut_off_shows_nowhere_without_a_checkpoint(office: Office) -> None:
    office.issue("2025-09-10")
    lines = office.desk.register.read_text().splitlines(keepends=True)
    office.desk.register.write_text("".join(lines[:-1]))
    said = office.run("verify")
    assert "no signed checkpoint: no faults. Until there is a checkpoint" in said


def test_half_a_line_was_never_accepted(signed: Office) -> None:
    with signed.desk.register.open("ab") as file:
        file.write(b'{"head":{"number":9,')
    assert "8 entries, 1 signed checkpoint: no faults" in signed.run("verify")


def checkpoint_file(office: Office) -> Path:
    return office.desk.checkpoint_file(7)


def test_a_checkpoint_that_was_changed_or_forged_or_taken_away_is_named(signed: Office) -> None:
    path = checkpoint_file(signed)
    good = path.read_bytes()
    path.write_bytes(good.replace(b'"number":7', b'"number":5'))
    said = signed.run("verify", code=1)
    assert "7.json: this is the checkpoint of entry 5" in said
    assert "7.json: its signature does not fit" in said
    stranger = new_key()
    entry = next(one for one in read_entries(signed.desk.register) if isinstance(one, Entry) and one.number == 7)
    forged = Checkpoint(number=7, hash=entry.head.hash, at="2026-01-01T00:00:00Z", key=stranger.id)
    path.write_bytes(sign_checkpoint(forged, stranger))
    assert f"7.json: it is signed with the key {stranger.id}, which is none of ours" in signed.run("verify", code=1)
    (ours,) = signed.merged.keys
    path.write_bytes(sign_checkpoint(forged.model_copy(update={"key": ours.id}), stranger))
    assert "7.json: its signature does not fit" in signed.run("verify", code=1)
    path.write_bytes(b"{}")
    assert "7.json: this is no checkpoint" in signed.run("verify", code=1)
    path.unlink()
    assert "an entry says that this checkpoint was made, and it is gone" in signed.run("verify", code=1)


def test_a_register_forged_with_a_key_of_its_own_does_not_fit_the_handbook(signed: Office) -> None:
    stranger = new_key()
    facts = {"id": stranger.id, "public": stranger.public, "first": "2025-09-01"}
    lines = write_anew([Body(kind="key", at="2026-01-01T00:00:00Z", trust=TRUST, facts=facts)])
    signed.desk.register.write_text("".join(lines))
    checkpoint_file(signed).unlink()
    head = Head.model_validate(json.loads(lines[0])["head"])
    forged = Checkpoint(number=1, hash=head.hash, at="2026-01-01T00:00:00Z", key=stranger.id)
    signed.desk.checkpoint_file(1).write_bytes(sign_checkpoint(forged, stranger))
    assert "which is none of ours" in signed.run("verify", code=1)


def test_the_desk_alone_vouches_for_itself_and_says_so(signed: Office) -> None:
    (signed.handbook_folder / "trusts" / TRUST / "keys.yml").unlink()
    assert "this desk vouched for itself" in signed.run("verify")


def test_a_purge_counts_where_hr_signed_it_or_a_checkpoint_covers_it(signed: Office) -> None:
    lines = signed.desk.register.read_text().splitlines(keepends=True)
    signed.desk.register.write_text("".join(emptied(lines)))
    signed.add(Body(kind="purged", at="2026-11-01T00:00:00Z", facts={"entries": [3]}, says="Left in 2019.", by="HR"))
    said = signed.run("verify", code=1)
    assert "register.jsonl:9: entry 9 says that entries were purged, and HR did not sign it" in said
    assert "entry 3 says nothing any more" in said
    signed.signing("checkpoint")  # earlier programs signed no purge: what HR's key covers since then counts
    assert "no faults. 1 were purged, as entries say." in signed.run("verify")


def test_nothing_is_added_to_a_register_that_does_not_hold(signed: Office) -> None:
    lines = signed.desk.register.read_text().splitlines(keepends=True)
    signed.desk.register.write_text("".join(edited(lines)))
    before = signed.desk.register.read_bytes()
    said = signed.issue("2025-12-31", code=1)
    assert "register.jsonl:3: entry 3 does not say" in said
    assert "Nothing was written" in said
    assert signed.desk.register.read_bytes() == before


def test_a_second_checkpoint_of_the_same_state_is_not_made(signed: Office) -> None:
    before = signed.desk.register.read_bytes()
    assert "Nothing was added since" in signed.signing("checkpoint")
    assert signed.desk.register.read_bytes() == before


def test_verify_says_how_far_the_newest_checkpoint_reaches(signed: Office) -> None:
    assert signed.run("verify") == "8 entries, 1 signed checkpoint: no faults.\n"
    signed.acknowledged("E101", "2025-09", "2025-09-13")
    assert "The newest checkpoint covers the first 7." in signed.run("verify")


def test_verify_makes_no_desk(bare_office: Office) -> None:
    assert "there is no desk at" in bare_office.run("verify", code=2)
    assert not bare_office.desk.root.exists()
