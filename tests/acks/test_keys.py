"""Keys: encrypted at the desk, public in the handbook, and one takes the place of another without a link being lost."""

from __future__ import annotations

import pytest

from acks.conftest import TRUST, Office
from clausebook.acknowledgements.signing.keys import WrongPassphraseError, read_key
from clausebook.acknowledgements.signing.links import Link, read_link


def test_a_key_is_encrypted_and_its_public_half_is_in_the_handbook(office: Office) -> None:
    (key,) = office.merged.keys
    pem = office.desk.key_file(key.id).read_bytes()
    assert b"ENCRYPTED" in pem
    assert read_key(pem, "correct horse battery staple").public == key.public
    with pytest.raises(WrongPassphraseError):
        read_key(pem, "wrong")
    (entry,) = office.entries("key")
    assert entry.body
    assert entry.body.facts == {"id": key.id, "public": key.public, "first": "2025-09-01"}
    assert office.clausebook("check", "--handbook", office.handbook_folder).stdout == "no problems\n"


def test_after_rotation_the_new_key_signs_and_old_links_still_hold(office: Office) -> None:
    office.issue("2025-09-10")
    office.signing("keys", TRUST, "--as-of", "2026-01-05")
    old, new = office.merged.keys
    assert (old.first, old.last, new.first, new.last) == ("2025-09-01", "2026-01-05", "2026-01-05", None)
    assert office.clausebook("check", "--handbook", office.handbook_folder).stdout == "no problems\n"
    office.issue("2026-01-10")
    keys = {one.id: one.public for one in office.merged.keys}
    for name, key in (("2025-09-10-issue", old), ("2026-01-10-issue", new)):
        for row in office.links(name):
            link = read_link(row["Link"].split("#")[1], keys)
            assert isinstance(link, Link)
            assert link.key == key.id


def test_a_checkpoint_of_an_older_key_still_holds(office: Office) -> None:
    office.signing("checkpoint")
    office.signing("keys", TRUST)
    office.signing("checkpoint")
    assert "2 signed checkpoints: no faults" in office.run("verify")


def test_a_wrong_passphrase_is_told_and_nothing_is_issued(office: Office) -> None:
    (office.folder / "passphrase").write_text("another one\n")
    assert "this passphrase does not open" in office.issue("2025-09-10", code=2)
    assert office.entries("issued") == []


def test_a_short_passphrase_is_refused(bare_office: Office) -> None:
    (bare_office.folder / "passphrase").write_text("abc\n")
    assert "fewer than 8" in bare_office.signing("keys", TRUST, code=2)
    assert not (bare_office.handbook_folder / "trusts" / TRUST / "keys.yml").exists()


def test_a_key_never_begins_before_the_one_whose_place_it_takes(office: Office) -> None:
    assert "cannot begin on 2025-08-31" in office.signing("keys", TRUST, "--as-of", "2025-08-31", code=2)
    assert len(office.merged.keys) == 1


def test_a_key_of_another_desk_is_told(office: Office) -> None:
    (key,) = office.merged.keys
    office.desk.key_file(key.id).rename(office.folder / "elsewhere.pem")
    assert "was made at another desk" in office.issue("2025-09-10", code=2)


def test_without_a_key_nothing_is_issued(bare_office: Office) -> None:
    assert "clausebook acks keys larkhill-example makes one" in bare_office.issue("2025-09-10", code=2)


def test_the_passphrase_is_asked_for_twice(bare_office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr("click.prompt", lambda _text, **more: asked.append(more) or "a long passphrase")
    bare_office.run("keys", TRUST)
    assert asked == [{"hide_input": True, "confirmation_prompt": True}]
