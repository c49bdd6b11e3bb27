"""What somebody might do to an evidence pack who also writes the manifest anew, so that no plain checksum tells."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

from clausebook.acknowledgements.register.checkpoints import Checkpoint, SignedCheckpoint, sign_checkpoint
from clausebook.acknowledgements.signing.keys import SigningKey, new_key
from clausebook.acknowledgements.signing.receipts import FoundReceipt, read_receipt, write_receipt

Files = dict[str, bytes]


def read_zip(raw: bytes) -> Files:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zip_of(files: Files) -> bytes:
    """As the command writes it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            archive.writestr(entry, data)
    return out.getvalue()


def manifest_of(files: Files) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files["manifest.json"])["manifest"]
    return found


def write_pack(files: Files, **about: Any) -> bytes:
    """The pack with a manifest that fits the files, and the signature that it had."""
    whole = json.loads(files["manifest.json"])
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name != "manifest.json"}
    whole["manifest"] |= about | {"files": digests}
    return zip_of(files | {"manifest.json": canonical(whole)})


def signed_again(raw: bytes, key: SigningKey) -> bytes:
    """The pack as HR's own key would sign it, so that what is in it must tell."""
    files = read_zip(raw)
    manifest = manifest_of(files) | {"key": key.id}
    return zip_of(files | {"manifest.json": canonical({"manifest": manifest, "signature": key.sign(canonical(manifest))})})  # fmt: skip


def entries(files: Files) -> list[dict[str, Any]]:
    return [json.loads(line) for line in files["register.jsonl"].decode().split("\n") if line]


def with_entries(files: Files, those: list[dict[str, Any]]) -> Files:
    return files | {"register.jsonl": b"".join(canonical(one) + b"\n" for one in those)}


def place_of(those: list[dict[str, Any]], kind: str) -> int:
    return next(place for place, one in enumerate(those) if one.get("body", {}).get("kind") == kind)


def canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def written_anew(files: Files, those: list[dict[str, Any]]) -> bytes:
    """Every head from the first on fits its body and hangs from the one before it: only checkpoints and receipts know."""
    before = "0" * 64
    for number, one in enumerate(those, 1):
        if "body" in one:
            one["head"]["body"] = hashlib.sha256(one["salt"].encode() + canonical(one["body"])).hexdigest()
        one["head"] |= {"number": number, "before": before}
        before = hashlib.sha256(canonical(one["head"])).hexdigest()
    return write_pack(with_entries(files, those), entries=len(those), hash=before)


def day_changed(files: Files) -> bytes:
    those = entries(files)
    those[place_of(those, "acknowledged")]["body"]["received"] = "2024-09-20"
    return written_anew(files, those)


def other_person(files: Files) -> bytes:
    """Somebody's receipt is made another person's."""
    those = entries(files)
    found = those[place_of(those, "acknowledged")]["body"]
    found["person"] = next(one["body"]["person"] for one in those if one["body"].get("person") not in (None, found["person"]))  # fmt: skip
    return written_anew(files, those)


def edited(files: Files) -> bytes:
    those = entries(files)
    those[place_of(those, "acknowledged")]["body"]["received"] = "2024-09-20"
    return write_pack(with_entries(files, those))


def cut_out(files: Files) -> bytes:
    those = entries(files)
    del those[place_of(those, "void")]
    return write_pack(with_entries(files, those), entries=len(those))


def end_cut_off(files: Files) -> bytes:
    """The manifest is made to agree: only the checkpoints know."""
    return written_anew(files, entries(files)[:-5])


def reordered(files: Files) -> bytes:
    those = entries(files)
    place = place_of(those, "on-behalf")
    those[place - 1], those[place] = those[place], those[place - 1]
    return write_pack(with_entries(files, those))


def silenced(files: Files) -> bytes:
    """A voiding says nothing any more, as if it had been left out."""
    those = entries(files)
    place = place_of(those, "void")
    those[place] = {"head": those[place]["head"]}
    return write_pack(with_entries(files, those))


def receipt_swapped(files: Files) -> bytes:
    """A whole receipt by the same link, with another name in it."""
    lines = files["receipts.txt"].decode().split("\n")
    found = read_receipt(lines[0])
    assert isinstance(found, FoundReceipt)
    lines[0] = write_receipt(found.receipt.model_copy(update={"name": "Someone Else"}))
    return write_pack(files | {"receipts.txt": "\n".join(lines).encode()})


def receipt_taken(files: Files) -> bytes:
    lines = files["receipts.txt"].decode().split("\n")
    return write_pack(files | {"receipts.txt": "\n".join(lines[1:]).encode()})


def clause_changed(files: Files) -> bytes:
    """With a digest in the manifest that fits the new words."""
    name = "texts/social-media/2025-09.json"
    text = files[name].replace(b"must not", b"may", 1).replace(b"should not", b"may", 1)
    assert text != files[name]
    about = manifest_of(files)
    for one in about["revisions"]:
        one["digest"] = hashlib.sha256(text).hexdigest() if name.endswith(f"{one['revision']}.json") else one["digest"]
    return write_pack(files | {name: text}, revisions=about["revisions"])


def checkpoint_forged(files: Files) -> bytes:
    """Signed with a key of somebody else's, under the name of HR's."""
    name = next(one for one in files if one.startswith("checkpoints/"))
    told = SignedCheckpoint.model_validate_json(files[name]).checkpoint
    return write_pack(files | {name: sign_checkpoint(Checkpoint(**told.model_dump()), new_key())})


def checkpoint_taken(files: Files) -> bytes:
    name = next(one for one in files if one.startswith("checkpoints/"))
    return write_pack({one: data for one, data in files.items() if one != name})


def key_changed(files: Files) -> bytes:
    keys = json.loads(files["keys.json"])
    keys[0]["public"] = new_key().public
    return write_pack(files | {"keys.json": canonical(keys)})


def link_forged(files: Files) -> bytes:
    """A receipt, its entry and the whole chain were made anew, with a link that HR's key did not sign."""
    lines = files["receipts.txt"].decode().split("\n")
    found = read_receipt(lines[0])
    assert isinstance(found, FoundReceipt)
    begun, _, signature = found.receipt.link.rpartition(".")
    raw = bytearray(base64.urlsafe_b64decode(signature + "=="))
    raw[3] ^= 1
    forged = f"{begun}.{base64.urlsafe_b64encode(bytes(raw)).rstrip(b'=').decode()}"
    lines[0] = write_receipt(found.receipt.model_copy(update={"link": forged}))
    those = entries(files)
    for one in those:
        if one.get("body", {}).get("receipt") == found.id:
            one["body"]["receipt"] = hashlib.sha256(lines[0].encode()).hexdigest()
    return written_anew(files | {"receipts.txt": "\n".join(lines).encode()}, those)


def damaged(files: Files) -> bytes:
    """On the way, and nobody wrote the manifest anew."""
    name = "policies/social-media/2025-09.pdf"
    return zip_of(files | {name: files[name][:-1] + b"?"})


TAMPERINGS: dict[str, tuple[Callable[[Files], bytes], str]] = {
    "edited": (edited, "does not say what it said when it was written"),
    "day-changed": (day_changed, "it, or one before it, was written anew or cut off"),
    "other-person": (other_person, "no entry issued this link to this person"),
    "cut-out": (cut_out, "one was cut out, put in or moved"),
    "end-cut-off": (end_cut_off, "it, or one before it, was written anew or cut off"),
    "reordered": (reordered, "one was cut out, put in or moved"),
    "silenced": (silenced, "entries say nothing and were not purged"),
    "receipt-swapped": (receipt_swapped, "no entry names the receipt"),
    "receipt-taken": (receipt_taken, "its receipt is missing"),
    "clause-changed": (clause_changed, "and its text is not in the pack"),
    "checkpoint-forged": (checkpoint_forged, "its signature does not fit: it was changed, or forged"),
    "checkpoint-taken": (checkpoint_taken, "the register says that it was made, and it is missing or does not hold"),
    "key-changed": (key_changed, "does not fit its id"),
    "link-forged": (link_forged, "holds no link that a key of keys.json signed"),
    "damaged": (damaged, "policies/social-media/2025-09.pdf: it was changed or damaged"),
}
"""What is done, and what both programs of a pack must say of it."""
