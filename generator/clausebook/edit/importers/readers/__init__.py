"""One reader a format: each is a function from the bytes of a file to a `Document`, or raises `UnreadableError` with what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from clausebook.edit.importers.blocks import Document, UnreadableError
from clausebook.edit.importers.readers import docx, html, markdown, odt, pdf, plain_text, rst, sheet
from clausebook.edit.importers.readers.file_kinds import Format, format_of

MOST_BYTES = 100_000_000
READERS: dict[Format, Callable[[bytes], Document]] = {
    "docx": docx.read, "html": html.read, "markdown": markdown.read, "odt": odt.read, "pdf": pdf.read, "rst": rst.read, "text": plain_text.read,
    "xlsx": sheet.read_xlsx, "csv": sheet.read_csv,
}  # fmt: skip
"""By what the file is, and not by what its name says."""


def read_document(path: Path) -> Document:
    """The document in a file. Raises UnreadableError with what is the matter with it, why, and what to do."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise UnreadableError(
            f"the file is of {size // 1_000_000:,} MB",
            f"no more than {MOST_BYTES // 1_000_000} MB are read",
            "take out or compress its pictures in the program that wrote it, or divide it",
        )
    data = path.read_bytes()
    return READERS[format_of(data, path.name)](data)
