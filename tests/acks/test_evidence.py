"""Evidence packs: the same bytes each time, checked by code that shares nothing with ours, and no tampering goes unseen."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from acks.registers import replace_text
from clausebook.acknowledgements.evidence.verifier.ed25519 import Key
from clausebook.acknowledgements.evidence.verifier.source import render_program
from clausebook.acknowledgements.privacy.purge import expired_by, purge_expired
from clausebook.acknowledgements.register.entries import Body
from clausebook.acknowledgements.register.purges import Purge
from clausebook.acknowledgements.signing.keys import fingerprint, in_groups
from clausebook.model.base64url import decode, encode
from larkhill import write_larkhill

from .independent import verify
from .made_desks import (
    NOW,
    PASSPHRASE,
    POLICY,
    TRUST,
    add_other_ways,
    new_key,
    revision_named,
    term_of_2025,
    trust,
)
from .tampering import (
    TAMPERINGS,
    Files,
    canonical,
    entries,
    manifest_of,
    place_of,
    read_zip,
    signed_again,
    write_pack,
    written_anew,
)

Clausebook = Callable[..., subprocess.CompletedProcess[str]]
ROOT = Path(__file__).parents[2]
AS_OF = "2025-11-20"


class Place:
    """A desk and a handbook beside each other."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made = term_of_2025(folder / "desk")
        (folder / "passphrase").write_text(PASSPHRASE)
        self.handbook_folder = folder / "handbook"
        write_larkhill(self.handbook_folder)
        key = self.made.public_key
        (self.handbook_folder / "trusts" / TRUST / "keys.yml").write_text(f'keys:\n  - {{id: "{key.id}", public: "{key.public}", first: {key.first}}}\n')  # fmt: skip

    def pack(self, *more: str, name: str = "pack.zip", code: int = 0) -> Files:
        """Made by the command in a process of its own, so that a PDF's date is not this process's."""
        done = subprocess.run(
            [sys.executable, "-m", "clausebook", "acks", "evidence", TRUST, "--desk", self.made.desk.root, "--handbook", self.handbook_folder,
             "--out", self.folder / name, "--passphrase-file", self.folder / "passphrase", "--as-of", AS_OF, *more],
            cwd=ROOT, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == code, done.stderr
        self.said = done.stdout + done.stderr
        return read_zip((self.folder / name).read_bytes())


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place(tmp_path_factory.mktemp("hr"))


@pytest.fixture(scope="module")
def pack(place: Place) -> Files:
    return place.pack()


def run_verifier(folder: Path, raw: bytes) -> subprocess.CompletedProcess[str]:
    """verify.py as the pack holds it, on a bare Python."""
    folder.mkdir(exist_ok=True)
    (folder / "pack.zip").write_bytes(raw)
    (folder / "verify.py").write_bytes(read_zip(raw)["verify.py"])
    return subprocess.run(
        [sys.executable, "-I", "-S", "verify.py", "pack.zip"], cwd=folder, capture_output=True, text=True
    )


def test_a_pack_holds_what_an_auditor_needs(pack: Files, place: Place) -> None:
    assert set(pack) >= {
        "README.txt", "verify.html", "verify.py", "register.jsonl", "receipts.txt", "receipts-told.jsonl", "statements.json", "keys.json", "manifest.json",
        "texts/social-media/2025-09.json", "texts/social-media/2024-09.json", "policies/social-media/2025-09.pdf",
        "policies/social-media/2024-09.pdf", "redlines/social-media/2024-09_2025-09.pdf",
    }  # fmt: skip
    assert "texts/social-media/2023-09.json" not in pack  # nobody acknowledged it
    for name in ("2024-09", "2025-09"):
        assert hashlib.sha256(pack[f"texts/{POLICY}/{name}.json"]).hexdigest() == revision_named(name).digest
        assert pack[f"policies/{POLICY}/{name}.pdf"].startswith(b"%PDF")
    assert entries(pack) == place.made.lines()
    assert {one["receipts"] for one in json.loads(pack["statements.json"])} == {2, 3}
    text = b"".join(data for name, data in pack.items() if not name.startswith(("policies", "redlines")))
    assert b"alder" not in text.lower()
    assert b"@example.org" not in text  # nothing of people.json


def test_it_holds_by_code_that_is_not_ours(pack: Files, place: Place, tmp_path: Path) -> None:
    assert verify(pack) == set()
    done = run_verifier(tmp_path / "bare", (place.folder / "pack.zip").read_bytes())
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert "No faults." in done.stdout
    assert "social-media 2025-09: on-behalf, on behalf: 1" in done.stdout
    assert place.made.key.public in done.stdout
    assert in_groups(fingerprint(place.made.key.public)) in done.stdout


def test_verify_py_reads_the_folder_that_it_lies_in(place: Place, pack: Files, tmp_path: Path) -> None:
    shutil.unpack_archive(place.folder / "pack.zip", tmp_path / "pack")
    done = subprocess.run([sys.executable, "-I", "-S", tmp_path / "pack/verify.py"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_is_found(name: str, pack: Files, tmp_path: Path) -> None:
    tamper, _ = TAMPERINGS[name]
    raw = tamper(pack)
    assert {"signature", "files"} & verify(read_zip(raw))
    done = run_verifier(tmp_path / "bare", raw)
    assert done.returncode == 1, done.stdout
    assert any(
        words in done.stdout for words in ("changed after HR signed it", "changed or damaged", "which is no key of")
    )


@pytest.mark.parametrize("name", sorted(set(TAMPERINGS) - {"damaged"}))
def test_tampering_is_found_even_where_hr_itself_signs_it(name: str, place: Place, pack: Files, tmp_path: Path) -> None:
    tamper, said = TAMPERINGS[name]
    raw = signed_again(tamper(pack), place.made.key)
    assert verify(read_zip(raw))
    done = run_verifier(tmp_path / "bare", raw)
    assert done.returncode == 1, done.stdout
    assert "something in it was changed after HR signed it" not in done.stdout
    assert said in done.stdout


@pytest.mark.parametrize("raw", [b"", b"no zip at all", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_pack_is_called_none(raw: bytes, tmp_path: Path) -> None:
    (tmp_path / "verify.py").write_text(render_program())
    (tmp_path / "pack.zip").write_bytes(raw)
    done = subprocess.run(
        [sys.executable, "-I", "-S", "verify.py", "pack.zip"], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "no evidence pack" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_same_pack_has_the_same_bytes_and_bears_one_date(place: Place, pack: Files) -> None:
    place.pack(name="again.zip")
    assert (place.folder / "again.zip").read_bytes() == (place.folder / "pack.zip").read_bytes()
    with zipfile.ZipFile(place.folder / "pack.zip") as archive:
        assert {(one.date_time, one.compress_type) for one in archive.infolist()} == {((1980, 1, 1, 0, 0, 0), 0)}
    assert (place.folder / "pack.zip").stat().st_mode & 0o077 == 0


def test_without_names_it_still_holds(place: Place, tmp_path: Path) -> None:
    pack = place.pack("--redact", name="redacted.zip")
    everything = b"".join(data for name, data in pack.items() if not name.startswith(("policies", "redlines")))
    for words in (b'Example"', b"Ann Example", b"R. Ward", b"niece", b"Broken arm", b"colleague in her name"):
        assert words not in everything, words
    assert not [name for name in everything.split(b"\n") if name.startswith(b"ackr2.")]
    assert verify(pack) == set()
    done = run_verifier(tmp_path / "bare", (place.folder / "redacted.zip").read_bytes())
    assert done.returncode == 0, done.stdout
    assert "names left out" in done.stdout
    assert "told without names" in done.stdout
    proven = [one["body"]["kind"] for one in entries(pack) if "body" in one]
    assert proven.count("acknowledged") == 5  # what a page and the program wrote needs no redaction
    assert "social-media 2025-09: acknowledged, link only: 1" in done.stdout  # Kim's is void, as is told
    ids = pack["receipts-left-out.txt"].decode().split()
    named = {one["body"]["receipt"] for one in entries(pack) if one.get("body", {}).get("receipt")}
    assert named <= set(ids)
    assert "left out for names" in pack["README.txt"].decode()


def test_as_at_a_day_and_of_one_trust_the_chain_still_holds(tmp_path: Path) -> None:
    place = Place(tmp_path)
    other = Body(kind="acknowledged", at=NOW, person="p-otheraaaaaaaaaaa", trust="another-trust", policy=POLICY, revision="2020-01", digest="0" * 64, received="2025-01-01")  # fmt: skip
    place.made.add(other)
    pack = place.pack("--as-of", "2025-10-31")
    assert verify(pack) == set()
    assert manifest_of(pack)["left_out"] == {"after the day": 5, "another trust": 1}
    assert b"another-trust" not in pack["register.jsonl"]
    kinds = [one["body"]["kind"] for one in entries(pack) if "body" in one]
    assert "void" not in kinds
    assert run_verifier(tmp_path / "bare", (tmp_path / "pack.zip").read_bytes()).returncode == 0


def reply_forged(files: Files) -> bytes:
    """HR's reply is made to confirm another entry, and the chain is written anew."""
    those = entries(files)
    body = those[place_of(those, "replied")]["body"]
    start, payload, signature = body["facts"]["line"].split(".")
    told = json.loads(decode(payload)) | {"entry": 1}
    body["facts"]["line"] = f"{start}.{encode(canonical(told))}.{signature}"
    return written_anew(files, those)


def test_other_ways_are_checked_as_far_as_they_can_be(tmp_path: Path) -> None:
    place = Place(tmp_path)
    add_other_ways(place.made)
    pack = place.pack()
    assert verify(pack) == set()
    done = run_verifier(tmp_path / "bare", (tmp_path / "pack.zip").read_bytes())
    assert done.returncode == 0, done.stdout
    assert "acknowledged, paper with witness: 1" in done.stdout
    raw = reply_forged(pack)
    assert "reply" in verify(read_zip(raw))
    assert "the reply that it names was changed" in run_verifier(tmp_path / "bare", raw).stdout
    redacted = b"".join(
        data for name, data in place.pack("--redact").items() if not name.startswith(("policies", "redlines"))
    )
    for words in (b"Olga", b"Ward", b"Smith", b"married", b"Pia"):
        assert words not in redacted, words
    assert run_verifier(tmp_path / "bare", (tmp_path / "pack.zip").read_bytes()).returncode == 0


def test_after_a_purge_a_pack_still_holds(tmp_path: Path) -> None:
    place = Place(tmp_path)
    choose, why = expired_by(trust(), date(2031, 10, 16)), "The period for keeping is over."
    assert len(purge_expired(place.made.desk, TRUST, choose, Purge("HR manager", why, NOW, place.made.key))) == 1
    pack = place.pack("--as-of", "2031-10-16")
    assert verify(pack) == set()
    done = run_verifier(tmp_path / "bare", (tmp_path / "pack.zip").read_bytes())
    assert done.returncode == 0, done.stdout
    assert f"Purged on 2025-11-20 by HR manager: 1 issued, 1 left. Why: {why}" in done.stdout
    assert (
        sum("body" not in one for one in entries(pack)) == 4
    )  # two were purged; digests of people.json are in no pack


def test_what_was_lost_is_said_and_not_hidden(tmp_path: Path) -> None:
    place = Place(tmp_path)
    receipts = sorted(place.made.desk.receipts.iterdir())
    receipts[0].unlink()
    path = place.handbook_folder / "trusts" / TRUST / POLICY / "2025-09.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("media helps our schools to", "media helps our schools, to"), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != text
    pack = place.pack(code=1)
    assert "was edited after it was acknowledged" in place.said
    assert f"receipt {receipts[0].stem} is not in" in place.said
    assert "WHAT THE PACK LACKS" in pack["README.txt"].decode()
    assert {"text", "receipt"} <= verify(pack)


def test_lines_with_other_line_ends_in_them_stay_one_line(tmp_path: Path) -> None:
    """Python takes U+2028 and others for ends of lines where JSON does not."""
    place = Place(tmp_path)
    place.made.by_hand("exempt", "Cat", "2025-11-19", says="One\u2028line\u0085still\x0b.", campaign="2025-26")
    assert verify(place.pack()) == set()
    assert run_verifier(tmp_path / "bare", (tmp_path / "pack.zip").read_bytes()).returncode == 0


def test_a_pack_never_lies_in_the_handbook(clausebook: Clausebook, place: Place) -> None:
    done = clausebook("acks", "evidence", TRUST, "--desk", place.made.desk.root, "--handbook", place.handbook_folder, "--out", place.handbook_folder / "x.zip")  # fmt: skip
    assert done.returncode == 2
    assert "must lie apart" in done.stderr


def test_no_pack_of_a_broken_register(clausebook: Clausebook, tmp_path: Path) -> None:
    place = Place(tmp_path)
    register = place.made.desk.register
    replace_text(register, "Broken arm", "Broken leg")
    done = clausebook("acks", "evidence", TRUST, "--desk", place.made.desk.root, "--handbook", place.handbook_folder, "--out", tmp_path / "x.zip", "--passphrase-file", tmp_path / "passphrase")  # fmt: skip
    assert done.returncode == 1
    assert not (tmp_path / "x.zip").exists()


def test_signatures_are_checked_as_rfc_8032_says() -> None:
    """The first three vectors of section 7.1, and a hundred of the library's with one bit changed."""
    for public, message, signature in (
        ("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "", "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
        ("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72", "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
        ("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82", "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"),
    ):  # fmt: skip
        assert Key(encode(bytes.fromhex(public))).signed(bytes.fromhex(message), encode(bytes.fromhex(signature)))
    key = new_key()
    checker = Key(key.public)
    for number in range(100):
        message = bytes([number]) * number
        signature = bytearray(decode(key.sign(message)))
        assert checker.signed(message, encode(bytes(signature)))
        signature[number % 64] ^= 1 << number % 8
        assert not checker.signed(message, encode(bytes(signature)))
        assert not checker.signed(message + b"!", key.sign(message))


@pytest.mark.parametrize(
    ("public", "wrong"),
    [
        (bytes(32), "is a key with which anyone can sign"),
        (bytes([1]) + bytes(31), "is a key with which anyone can sign"),
        (bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"), "is a key with which anyone can sign"),
        (bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85"), "is a key with which anyone can sign"),
        (bytes([0xEC]) + bytes([0xFF]) * 30 + bytes([0x7F]), "is a key with which anyone can sign"),
        (bytes([0xEE]) + bytes([0xFF]) * 30 + bytes([0x7F]), "is no key"),
        (bytes([2]) + bytes(31), "is no key"),
        (bytes(31), "is no key"),
        (bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"), ""),
    ],
)  # fmt: skip
def test_a_key_with_which_anybody_can_sign_is_none(public: bytes, wrong: str) -> None:
    assert Key(encode(public)).wrong == wrong


def test_a_terminal_is_told_nothing_by_a_pack(place: Place, pack: Files, tmp_path: Path) -> None:
    raw = signed_again(write_pack(pack, trust_name="Larkhill\x1b[2J\x1b]0;owned\x07\u202etxt"), place.made.key)
    done = run_verifier(tmp_path / "bare", raw)
    assert "Larkhill\\u001b[2J\\u001b]0;owned\\u0007\\u202etxt, as at 2025-11-20" in done.stdout
    assert "\x1b" not in done.stdout


def test_a_fingerprint_that_hr_told_is_compared(place: Place, pack: Files, clausebook: Clausebook) -> None:
    mine = in_groups(fingerprint(place.made.key.public)).upper()
    done = clausebook("acks", "check", place.folder / "pack.zip", "--fingerprint", mine)
    assert done.returncode == 0
    assert "It is the fingerprint that you were told." in done.stdout
    done = clausebook("acks", "check", place.folder / "pack.zip", "--fingerprint", fingerprint(new_key().public))
    assert done.returncode == 1
    assert "signed with another key than the one whose fingerprint you were told" in done.stdout
    assert "by another way than this pack came" in clausebook("acks", "check", place.folder / "pack.zip").stdout
    assert clausebook("acks", "check", place.folder / "passphrase").returncode == 2


def test_what_is_not_under_a_checkpoint_is_named(tmp_path: Path) -> None:
    place = Place(tmp_path)
    place.made.by_hand("exempt", "Cat", "2025-11-19", says="On leave.", campaign="2025-26")
    place.pack()
    said = run_verifier(tmp_path / "bare", (tmp_path / "pack.zip").read_bytes()).stdout
    assert "The newest checkpoint covers the first 26 entries." in said
    assert "Entry 28 (exempt) was written after it" in said
    assert "Entry 27" not in said  # the one that notes the checkpoint


def test_the_program_needs_nothing_of_ours() -> None:
    program = render_program()
    assert "import clausebook" not in program
    assert "from clausebook" not in program
    compile(program, "verify.py", "exec")
