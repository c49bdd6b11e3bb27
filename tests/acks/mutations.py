"""Evidence packs changed at random, by a seed: in the zip, in files, in JSON, in keys, in the register, with or without a signature."""

from __future__ import annotations

import hashlib
import json
import re
import struct
import zlib
from collections.abc import Callable
from random import Random
from typing import Any

from clausebook.acknowledgements.signing.keys import SigningKey, new_key
from clausebook.model.base64url import decode, encode

from .tampering import (
    TAMPERINGS,
    Files,
    canonical,
    entries,
    manifest_of,
    read_zip,
    signed_again,
    with_entries,
    write_pack,
    written_anew,
    zip_of,
)

Change = Callable[[Random, Files], bytes]
STRANGE = (
    "NaN", "Infinity", "1e21", "1e-7", "40.0", "4e1", "-0", "-1", "0", "01", "12345678901234567890", "9007199254740993", "1.5", "true", "null",
    "[]", "{}", '""', '"\\ud800"', '"\\u0041"', '"\\/"', '"\ufeff"', '"\u2028"', '"\u202e"', '"a\\u0000b"', "[" * 40 + "]" * 40, "[" * 5000 + "]" * 5000,
    '"2025-02-30"', '"con"', '"../x"', '"constructor"', '{"__proto__":1}', '{"a":1,"a":1}',
)  # fmt: skip
"""Values that two programs might read differently, as JSON writes them."""
NAMES = (
    "../x", "/etc/x", "README.TXT", "policies\\x", "CON", "x:ads", "texts/con/2025-09.json", "checkpoints/999999.json", "checkpoints/01.json",
    "checkpoints/-1.json", "receipts.txt", "redacted.jsonl", "", ".", "manifest.json ", "constructor", "__proto__", "exe\u00e9.gpj", "redlines/a/b_c.pdf",
)  # fmt: skip
WEAK = (bytes(32), bytes([1]) + bytes(31), bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
        bytes([0xEC]) + bytes([0xFF]) * 30 + bytes([0x7F]), bytes([0xED]) + bytes([0xFF]) * 31, bytes([2]) + bytes(31))  # fmt: skip


def mutate(seed: int, packs: list[Files], key: SigningKey) -> tuple[bytes, bool]:
    """A changed pack, and whether HR's key signed what it is now."""
    random = Random(seed)
    files = dict(random.choice(packs))
    if random.random() < 0.2:
        return random.choice(ZIP_CHANGES)(random, files), False
    raw = random.choice(CHANGES)(random, files)
    for _ in range(random.choice((0, 0, 0, 1, 2))):
        raw = random.choice(CHANGES)(random, read_zip(raw))
    who = random.random()
    if who < 0.5:
        return _signed(raw, key), True
    return (_by_a_stranger(raw, random) if who < 0.6 else raw), False


def _signed(raw: bytes, key: SigningKey) -> bytes:
    try:
        return signed_again(raw, key)
    except (KeyError, ValueError, TypeError, RecursionError):  # no manifest any more that could be signed
        return raw


def _by_a_stranger(raw: bytes, random: Random) -> bytes:
    """Signed with a key that was put in for it."""
    stranger, files = new_key(), read_zip(raw)
    try:
        keys = json.loads(files["keys.json"])
        keys.append({"trust": manifest_of(files)["trust"], "id": stranger.id, "public": stranger.public, "first": "2020-01-01", "last": None})  # fmt: skip
        return signed_again(write_pack(files | {"keys.json": canonical(keys)}), stranger)
    except (KeyError, ValueError, TypeError, AttributeError, RecursionError):
        return raw


# In the zip


def _flip(random: Random, files: Files) -> bytes:
    raw = bytearray(zip_of(files))
    for _ in range(random.choice((1, 1, 2, 8))):
        raw[random.randrange(len(raw))] ^= 1 << random.randrange(8)
    return bytes(raw)


def _flip_in_lists(random: Random, files: Files) -> bytes:
    """In the central list and the end record, where sizes, names and places stand."""
    raw = bytearray(zip_of(files))
    raw[random.randrange(raw.index(b"PK\x01\x02"), len(raw))] ^= 1 << random.randrange(8)
    return bytes(raw)


def _flip_in_a_header(random: Random, files: Files) -> bytes:
    raw = bytearray(zip_of(files))
    places = [one.start() for one in re.finditer(b"PK\x03\x04", raw)]
    raw[random.choice(places) + random.randrange(34)] ^= 1 << random.randrange(8)
    return bytes(raw)


def _cut(random: Random, files: Files) -> bytes:
    raw = zip_of(files)
    return raw[: random.randrange(len(raw))] if random.random() < 0.5 else raw[random.randrange(1, 200) :]


def _more(random: Random, files: Files) -> bytes:
    raw, more = zip_of(files), random.randbytes(random.randrange(1, 60))
    place = random.choice((0, len(raw), raw.index(b"PK\x01\x02"), raw.rindex(b"PK\x05\x06")))
    return raw[:place] + more + raw[place:]


def _two_lists(random: Random, files: Files) -> bytes:
    """A second zip behind the first, or in its comment."""
    other = zip_of(files | {"README.txt": b"another"})
    raw = zip_of(files)
    if random.random() < 0.5:
        return raw + other
    return raw[:-2] + struct.pack("<H", min(len(other), 65535)) + other[:65535]


def _hidden(random: Random, files: Files) -> bytes:
    """A local entry that no list names."""
    raw = zip_of(files)
    data = b"hidden"
    local = b"PK\x03\x04" + struct.pack("<HHHHHIIIHH", 20, 0, 0, 0, 0x21, zlib.crc32(data), len(data), len(data), 5, 0) + b"x.txt" + data  # fmt: skip
    return local + raw if random.random() < 0.5 else raw.replace(b"PK\x01\x02", local + b"PK\x01\x02", 1)


def _twice(random: Random, files: Files) -> bytes:
    name = random.choice(sorted(files))
    raw = zip_of(files)
    single = zip_of({name: files[name] + b"!"})
    return single[: single.index(b"PK\x01\x02")] + raw


# In files, with a manifest that fits


def _bytes(random: Random, files: Files) -> bytes:
    name = random.choice(sorted(files))
    data = bytearray(files[name])
    for _ in range(random.choice((1, 1, 3))):
        place = random.randrange(len(data) + 1)
        data[place : place + random.choice((0, 1))] = random.choice((b"", b"\n", b"\r", b" ", b"\xff", b"0", b'"', b"\x00", random.randbytes(1)))  # fmt: skip
    return _with(files | {name: bytes(data)})


def _with(files: Files) -> bytes:
    try:
        return write_pack(files)
    except (KeyError, ValueError, TypeError, AttributeError, RecursionError):
        return zip_of(files)


def _a_value(random: Random, files: Files) -> bytes:
    """Some value of some JSON is another one."""
    name = random.choice([one for one in sorted(files) if one.endswith((".json", ".jsonl")) and files[one]])
    lines = files[name].split(b"\n") if name.endswith(".jsonl") else [files[name]]
    place = random.randrange(max(1, len(lines) - 1))
    spans = [one.span() for one in re.finditer(rb'"(?:[^"\\]|\\.)*"|-?[0-9.]+|true|false|null|\[\]|\{\}', lines[place])]
    if spans:
        start, end = random.choice(spans)
        strange = random.choice(STRANGE).encode("utf-8", "surrogatepass")
        lines[place] = lines[place][:start] + strange + lines[place][end:]
    return _with(files | {name: b"\n".join(lines)})


def _a_field(random: Random, files: Files) -> bytes:
    """A key more, a key less, a key twice, blanks, another order: in canonical form, or not."""
    name = random.choice([one for one in sorted(files) if one.endswith((".json", ".jsonl")) and files[one]])
    lines = files[name].rstrip(b"\n").split(b"\n") if name.endswith(".jsonl") else [files[name]]
    place = random.randrange(len(lines))
    try:
        value = json.loads(lines[place])
        spot = random.choice([one for one in _objects(value) if one])
    except (ValueError, IndexError, RecursionError):
        return _with(files)
    if random.random() < 0.5:
        spot.pop(random.choice(sorted(spot)))
    else:
        spot[random.choice(("extra", "by", "says", "number", "redacted", "__proto__", "kinds"))] = random.choice(
            (1, "x", None, [], True)
        )
    written = (canonical(value), json.dumps(value).encode(), canonical(value).replace(b"{", b'{"a":1,"a":1,', 1))
    lines[place] = random.choice((written[0], *written))
    end = b"\n" if name.endswith(".jsonl") else b""
    return _with(files | {name: random.choice((b"\n", b"\n", b"\r\n", b"\n\n")).join(lines) + end})


def _objects(value: Any) -> list[dict[str, Any]]:
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return ([value] if isinstance(value, dict) else []) + [found for one in parts for found in _objects(one)]


def _names(random: Random, files: Files) -> bytes:
    """A file more, a file less, a file by another name."""
    name, other = random.choice(sorted(files)), random.choice(NAMES)
    how = random.random()
    changed = dict(files)
    if how < 0.4:
        changed[other] = b"more"
    elif how < 0.7:
        changed.pop(name)
    else:
        changed[other] = changed.pop(name)
    return _with(changed)


def _keys(random: Random, files: Files) -> bytes:
    """A key that anybody can sign with, that is none, or that stands there twice."""
    keys = json.loads(files["keys.json"])
    raw = random.choice((*WEAK, random.randbytes(32), decode(keys[0]["public"])))
    one = {"trust": keys[0]["trust"], "id": hashlib.sha256(raw).hexdigest()[:12], "public": encode(raw), "first": "2020-01-01", "last": None}  # fmt: skip
    return _with(files | {"keys.json": canonical(random.choice(([*keys, one], [one], [one, *keys], [])))})


def _register(random: Random, files: Files) -> bytes:
    """Entries changed, cut out, put in or moved, and the chain written anew, or not."""
    those = entries(files)
    place, other = random.randrange(len(those)), random.randrange(len(those))
    how = random.randrange(8)
    if how == 0:
        del those[place]
    elif how == 1:
        those.insert(other, json.loads(json.dumps(those[place])))
    elif how == 2:
        those[place], those[other] = those[other], those[place]
    elif how == 3:
        those = those[:place]
    elif how == 4:
        those[place].pop("body", None)
        those[place].pop("salt", None)
    elif how == 5:
        _change_body(random, those[place].get("body", {}))
    elif how == 6:
        those.append({"head": {}, "salt": "0" * 32, "body": _purge(random, len(those))})
    else:
        _change_body(random, those[place]["head"])
    if not those or random.random() < 0.4:
        return _with(with_entries(files, those))
    return written_anew(files, those)


def _change_body(random: Random, body: dict[str, Any]) -> None:
    name = random.choice(
        (
            "kind",
            "person",
            "revision",
            "digest",
            "received",
            "receipt",
            "about",
            "says",
            "by",
            "ref",
            "facts",
            "number",
            "before",
        )
    )
    body[name] = random.choice(("acknowledged", "void", "purged", "replied", "p-x", "2025-09", "", 1, 3, None, {}, {"entries": [3]}, {"line": "ackc1.a.b"}, [1], "0" * 64))  # fmt: skip


def _purge(random: Random, length: int) -> dict[str, Any]:
    facts: dict[str, Any] = {"people": 1, "entries": [random.randrange(length + 3)]}
    if random.random() < 0.5:
        facts |= {"kinds": ["issued"], "key": "0" * 12, "signature": "A" * 86}
    return {"kind": "purged", "at": "2025-11-20T09:00:00Z", "by": "HR", "says": "Why.", "facts": facts}


def _checkpoints(random: Random, files: Files) -> bytes:
    names = [one for one in sorted(files) if one.startswith("checkpoints/")]
    if not names:
        return _with(files)
    name, changed = random.choice(names), dict(files)
    data = changed[name] if random.random() < 0.5 else changed.pop(name)
    changed[f"checkpoints/{random.choice((1, 3, 27, 90, 999999))}.json"] = data
    return _with(changed)


def _about(random: Random, files: Files) -> bytes:
    """The manifest says something else."""
    name = random.choice(sorted(manifest_of(files)))
    return write_pack(files, **{name: random.choice((True, False, None, [], {}, "x", 0, 1, 40, "2025-11-20", {"names": 1}, [{}], "larkhill-example"))})  # fmt: skip


def _receipts(random: Random, files: Files) -> bytes:
    """A receipt says something else, with a check that fits, and its entry knows it, or not."""
    lines = files.get("receipts.txt", b"").decode("utf-8", "replace").split("\n")
    place = random.randrange(len(lines))
    if not lines[place].startswith("ackr2."):
        return _with(files)
    try:
        says = json.loads(decode(lines[place].split(".")[1]))
    except ValueError:
        return _with(files)
    parts = says.get("policies")
    part = random.choice(
        [says, *(one for one in (parts if isinstance(parts, list) else ()) if isinstance(one, dict) and one)]
    )
    part[random.choice(sorted(part))] = random.choice(("acknowledged", "not-understood", "x", "", 1, [], None, "a2.e30." + "A" * 86, "r1.x." + "A" * 86))  # fmt: skip
    begun = f"ackr2.{encode(canonical(says))}"
    old, lines[place] = lines[place], f"{begun}.{hashlib.sha256(begun.encode()).hexdigest()[:16]}"
    changed = files | {"receipts.txt": "\n".join(lines).encode()}
    those = entries(files)
    for one in those:
        if one.get("body", {}).get("receipt") == hashlib.sha256(old.encode()).hexdigest():
            one["body"]["receipt"] = hashlib.sha256(lines[place].encode()).hexdigest()
    return written_anew(changed, those) if random.random() < 0.5 else _with(changed)


def _tampering(random: Random, files: Files) -> bytes:
    return TAMPERINGS[random.choice(sorted(TAMPERINGS))][0](files)


def _or_nothing(change: Change) -> Change:
    """What was changed before may leave nothing that this can change."""

    def changed(random: Random, files: Files) -> bytes:
        try:
            return change(random, dict(files))
        except (
            KeyError,
            ValueError,
            TypeError,
            IndexError,
            AttributeError,
            StopIteration,
            AssertionError,
            RecursionError,
        ):
            return zip_of(files)

    return changed


ZIP_CHANGES = tuple(
    map(_or_nothing, (_flip, _flip_in_lists, _flip_in_a_header, _cut, _more, _two_lists, _hidden, _twice))
)
CHANGES = tuple(map(_or_nothing, (
    _bytes, _a_value, _a_value, _a_field, _a_field, _names, _keys, _register, _register, _checkpoints, _about, _receipts, _tampering,
)))  # fmt: skip
