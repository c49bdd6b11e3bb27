"""What a file is, told by its first bytes and its parts, whatever its name says; and what is said of one that is no policy's text."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

from clausebook.edit.importers.blocks import UnreadableError
from clausebook.edit.importers.readers.markup import damaged
from clausebook.edit.importers.readers.packages import Package, locked
from clausebook.edit.importers.readers.sheet import looks_like_sheet

Format = Literal["docx", "odt", "pdf", "xlsx", "csv", "markdown", "html", "text", "rst"]
WORD = "Word (.docx), OpenDocument (.odt), PDF, Markdown, HTML, plain text and reStructuredText can be brought in"
SAVE_AS = "open it in {} and save it as a Word document (.docx), and bring that in"
PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"GIF87a", b"GIF89a", b"BM")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ARCHIVES = (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0")
PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
HTML = re.compile(rb"\s*(?:<!doctype\s+html|<html\b|<\?xml[^>]*>\s*(?:<!doctype\s+html|<html\b)|<(?:head|body|h[1-6]|p|div|ul|ol|table)\b)", re.IGNORECASE)  # fmt: skip
TAG = re.compile(r"</?[a-z][a-z0-9]*[\s>]", re.IGNORECASE)
LETTER = re.compile(rb"(?:MIME-Version|From|Received|Return-Path|Message-ID|Delivered-To): ?\S", re.IGNORECASE)
RST = re.compile(r"(?m)^\.\. (?:[a-zA-Z-]+::|\[#?\w+\] )|:[a-z]+:`[^`\n]+`|`[^`\n]+ <[^>\n]+>`_")
MARKDOWN = re.compile(r"(?m)^#{1,6} \S|\[[^\]\n]{1,300}\]\([^)\s]{1,500}\)|\*\*\S[^*\n]*\*\*|^\|.*\|\s*\n\|[\s:|-]+\|")
"""Signs that only such a text has: bullets and lines that are drawn below a heading stand in any."""
BY_NAME: dict[str, Format] = {
    ".md": "markdown", ".markdown": "markdown", ".mdown": "markdown", ".html": "html", ".htm": "html", ".xhtml": "html", ".txt": "text", ".text": "text", ".rst": "rst",
}  # fmt: skip
MOST_UNSEEN = 50
"""Of as many signs one may be none that is written, before a file is no text."""


def format_of(data: bytes, name: str) -> Format:
    """The format of a file; its name is asked only where several formats of text would hold. Raises UnreadableError."""
    if not data.strip(b"\0 \t\r\n"):
        raise UnreadableError(
            "the file is empty",
            "there is nothing in it",
            "choose another file, or save it again in the program that wrote it",
        )
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _of_zip(data)
    _refuse(data)
    return _of_text(data, name)


def _of_zip(data: bytes) -> Format:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise damaged() from error
    if "word/document.xml" in names or (
        "[Content_Types].xml" in names and any(name.startswith("word/") for name in names)
    ):
        return "docx"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    for start, what in (("ppt/", "a presentation"),):
        if any(name.startswith(start) for name in names):
            raise UnreadableError(
                f"the file is {what}",
                f"a policy is a text; {WORD}",
                "copy its text into a Word document and bring that in",
            )
    if "mimetype" in names:
        return _of_mimetype(data)
    if any(name.endswith(".iwa") or name.startswith("Index/") for name in names):
        raise UnreadableError(
            "the file is a Pages document",
            "only Pages can read it",
            "open it in Pages, choose File, Export To, Word, and bring that in",
        )
    raise UnreadableError(
        "the file is a zip of other files",
        f"{WORD}, each as a file",
        "unpack it and bring in the files, or the folder that they are in",
    )


def _of_mimetype(data: bytes) -> Format:
    archive = zipfile.ZipFile(io.BytesIO(data))
    kind = Package(archive).read("mimetype").strip()
    if kind.startswith(b"application/vnd.oasis.opendocument.text"):
        return "odt"
    what = "an e-book" if b"epub" in kind else "an OpenDocument file that is no text"
    raise UnreadableError(f"the file is {what}", WORD, "copy its text into a Word document and bring that in")


def _refuse(data: bytes) -> None:
    """Raises for what is known, and is no text."""
    if data.startswith(OLE):
        _refuse_ole(data)
    if data.startswith(b"{\\rtf"):
        raise UnreadableError("the file is in Rich Text Format (.rtf)", WORD, SAVE_AS.format("Word or LibreOffice"))
    if data.startswith(PICTURES) or data[4:8] == b"ftyp" or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        raise UnreadableError(
            "the file is a picture",
            "it holds no text, even where it shows some",
            "ask for the document that it was made from, or copy its words into a Word document",
        )
    if data.startswith(ARCHIVES):
        raise UnreadableError(
            "the file is an archive of other files",
            f"{WORD}, each as a file",
            "unpack it and bring in the files, or the folder that they are in",
        )
    if LETTER.match(data):
        raise UnreadableError(
            "the file is an email or a web archive (.eml, .mht)",
            WORD,
            "save its attachment, or copy its words into a Word document, and bring that in",
        )
    if data.startswith(PROGRAMS):
        raise UnreadableError(
            "the file is a program",
            "it is no document, and was not run",
            "delete it if you did not expect it, and tell whoever looks after your computers",
        )


def _refuse_ole(data: bytes) -> None:
    """The container of Office before 2007, in which today's Office keeps what is locked with a password."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise locked()
    for stream, what in (
        ("WordDocument", "a Word document of before 2007 (.doc)"),
        ("Workbook", "a spreadsheet (.xls)"),
        ("PowerPoint Document", "a presentation (.ppt)"),
    ):
        if stream.encode("utf-16-le") in data:
            raise UnreadableError(f"the file is {what}", WORD, SAVE_AS.format("Word or LibreOffice"))
    raise UnreadableError("the file is of an old Office program", WORD, SAVE_AS.format("the program that wrote it"))


def _of_text(data: bytes, name: str) -> Format:
    if HTML.match(data.removeprefix(b"\xef\xbb\xbf")):
        return "html"
    text = decode(data)
    unseen = sum((ord(sign) < 32 and sign not in "\t\r\n\f\x0b") or sign == "\ufffd" for sign in text[:100_000])
    if unseen > min(len(text), 100_000) // MOST_UNSEEN:
        raise UnreadableError(
            "the file is of a kind that is not known",
            WORD,
            "open it in the program that wrote it, and save it as a Word document (.docx) or as PDF",
        )
    if looks_like_sheet(text):
        return "csv"
    named = BY_NAME.get("." + name.lower().rpartition(".")[2])
    if named and (named != "html" or TAG.search(text)):
        return named
    return "rst" if RST.search(text) else "markdown" if MARKDOWN.search(text) else "text"


def decode(data: bytes) -> str:
    """The words of a file of text: UTF-16 and UTF-8 by what they are, else as Windows writes Western languages."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
