"""A zip, read in the one form in which packs are written: what two programs could read differently is refused."""

from __future__ import annotations

import struct
import zlib

LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
NEEDED, STORED, FIRST_DAY = 20, 0, 0x21  # version 2.0, not compressed, 1 January 1980
MADE_BY, PLAIN_FILE = 3 << 8 | 20, 0o100644 << 16


class ChangedZipError(ValueError):
    """A zip that our program did not write so."""


def read_zip(raw: bytes) -> dict[str, bytes]:
    """The files by their names. Raises ValueError where this is no zip at all, ChangedZipError where it is another one than ours."""
    if LOCAL not in raw:
        raise ValueError("this is no zip")
    files: dict[str, bytes] = {}
    place = 0
    while raw[place : place + 4] == LOCAL and place + 30 <= len(raw):
        size, length = int.from_bytes(raw[place + 18 : place + 22], "little"), raw[place + 26] | raw[place + 27] << 8
        name = raw[place + 30 : place + 30 + length].decode("latin-1")
        if name in files:
            break
        files[name] = raw[place + 30 + length : place + 30 + length + size]
        place += 30 + length + size
    if write_zip(files) != raw:
        raise ChangedZipError("the zip is not as our program writes one: something was put in, hidden, renamed or packed again. Nothing in it was checked. If someone packed it again, check the folder that it unpacks to")  # fmt: skip
    return files


def write_zip(files: dict[str, bytes]) -> bytes:
    """The zip of these files, to hold the one that was read against it."""
    out, index, place = [], [], 0
    for name, data in files.items():
        raw = name.encode("latin-1")
        about = struct.pack("<HHHHHIIIHH", NEEDED, 0, STORED, 0, FIRST_DAY, zlib.crc32(data), len(data), len(data), len(raw), 0)  # fmt: skip
        out += [LOCAL, about, raw, data]
        index += [CENTRAL, struct.pack("<H", MADE_BY), about, struct.pack("<HHHII", 0, 0, 0, PLAIN_FILE, place), raw]
        place += 30 + len(raw) + len(data)
    size = sum(map(len, index))
    return b"".join([*out, *index, END, struct.pack("<HHHHIIH", 0, 0, len(files), len(files), size, place, 0)])
