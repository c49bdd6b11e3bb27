"""A file that is a zip of XML parts: opened with limits on what it unpacks to."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import Any

from clausebook.edit.importers.blocks import UnreadableError
from clausebook.edit.importers.readers.markup import damaged, parse_xml

MOST_PARTS = 20_000
MOST_UNPACKED = 400_000_000
MOST_PART = 150_000_000
MOST_RATIO = 300
SMALL = 5_000_000
"""A part below this may be packed as tightly as it likes."""
CHUNK = 1 << 20


@dataclass
class Package:
    """The parts of a zip, each read once it is asked for."""

    archive: zipfile.ZipFile
    unpacked: int = 0
    parts: dict[str, bytes] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        return self.archive.namelist()

    def __contains__(self, name: str) -> bool:
        return name in self.archive.NameToInfo

    def read(self, name: str) -> bytes:
        """The bytes of a part, unpacked piece by piece, so that a bomb is left before it has filled the memory."""
        if name not in self.parts:
            self.parts[name] = self._unpack(self.archive.getinfo(name))
        return self.parts[name]

    def xml(self, name: str) -> Any:
        """The root element of a part; None where there is no such part."""
        return parse_xml(self.read(name)) if name in self else None

    def _unpack(self, entry: zipfile.ZipInfo) -> bytes:
        if entry.flag_bits & 1:
            raise locked()
        pieces, size = [], 0
        try:
            with self.archive.open(entry) as stream:
                while piece := stream.read(CHUNK):
                    size += len(piece)
                    self.unpacked += len(piece)
                    _hold_to_limits(size, self.unpacked, entry)
                    pieces.append(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, KeyError) as error:
            raise damaged() from error
        return b"".join(pieces)


def _hold_to_limits(size: int, unpacked: int, entry: zipfile.ZipInfo) -> None:
    if (
        size > MOST_PART
        or unpacked > MOST_UNPACKED
        or (size > SMALL and size > MOST_RATIO * max(1, entry.compress_size))
    ):
        raise UnreadableError(
            "the file unpacks to far more than a policy holds",
            "it may have been made to fill the memory of the computer that opens it",
            "ask whoever sent it what it is; if it is right, take out its pictures or divide it",
        )


def open_package(data: bytes) -> Package:
    """Opens the bytes of a zip; raises UnreadableError where they are none."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise damaged() from error
    if len(archive.namelist()) > MOST_PARTS:
        raise UnreadableError("the file holds too many parts", f"it has more than {MOST_PARTS:,}", "divide it")
    return Package(archive)


def locked() -> UnreadableError:
    """What is said of a file that asks for a password."""
    return UnreadableError("the file is locked with a password", "Clausebook asks for no passwords", "open it with its password, save a copy without one, and bring that in")  # fmt: skip
