"""What tests of Word files share: the files that they make, and how they look into them."""

from __future__ import annotations

import io
import struct
import subprocess
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from lxml import etree

from clausebook.load.merge import merge_revision
from clausebook.model import RevisionRecord
from clausebook.model.handbook import Revision

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TRUST, POLICY = "larkhill-example", "grievance"


def revision_of(sections: list[dict[str, Any]], **fields: Any) -> Revision:
    """A revision with these sections, as a file of the handbook would give them."""
    record = {
        "title": "A policy",
        "status": "in-force",
        "wording": "verbatim",
        "binds": ["staff"],
        "sections": sections,
    }
    return merge_revision(TRUST, POLICY, "2026-01", RevisionRecord.model_validate(record | fields))


def clause(name: str, text: str, number: str | None = None, **fields: Any) -> dict[str, Any]:
    numbered = {"number": number} if number else {}
    return {"id": name, "text": text, "modality": "must", "topics": ["conduct"]} | numbered | fields


def parts_of(made: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def xml_of(made: bytes, part: str = "word/document.xml") -> Any:
    return etree.fromstring(parts_of(made)[part])


def words_of(element: Any) -> str:
    """Its words, as they stand in the file: no number that Word counts is among them."""
    signs = {f"{W}t": lambda one: one.text or "", f"{W}delText": lambda one: one.text or "", f"{W}tab": lambda _: "\t"}
    return "".join(signs[one.tag](one) for one in element.iter() if one.tag in signs and one.getparent().tag == f"{W}r")


def paragraphs(made: bytes) -> Iterator[Any]:
    return xml_of(made).iter(f"{W}p")


def as_libreoffice_prints(folder: Path, made: Mapping[str, bytes]) -> dict[str, list[str]]:
    """The lines of each file, with the numbers that LibreOffice counts; all in one start of it."""
    for name, content in made.items():
        (folder / f"{name}.docx").write_bytes(content)
    convert(folder, "txt:Text", *made)
    return {name: (folder / f"{name}.txt").read_text(encoding="utf-8-sig").splitlines() for name in made}


def convert(folder: Path, form: str, *names: str, into: Path | None = None) -> None:
    files = [str(folder / f"{name}.docx") for name in names]
    command = ["soffice", f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to", form]
    subprocess.run([*command, "--outdir", str(into or folder), *files], check=True, capture_output=True, timeout=300)


def png(width: int, height: int) -> bytes:
    """A white picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = zlib.compress((b"\0" + b"\xff\xff\xff" * width) * height)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", rows)
        + chunk(b"IEND", b"")
    )
