"""The bytes of a roster as text, whatever a spreadsheet program wrote; in words, where it is no encoding that we can trust."""

from __future__ import annotations

import codecs

from clausebook.model.problems import Place, Problem

WHY = "a name that is read in the wrong encoding is another name, and no receipt would fit it"
FIX = "save it again: in Excel, Save As, “CSV UTF-8 (Comma delimited)”; in LibreOffice, character set “Unicode (UTF-8)”"
MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode_roster(raw: bytes, file: str) -> str | Problem:
    """UTF-8 with or without its mark, or UTF-16 with its mark; lines end in `\\n` whatever they ended in."""
    if b"\0" in raw and not raw.startswith(MARKS):
        line = raw[: raw.index(0)].count(b"\n") + 1
        return Problem(Place(file, line), "R101", "this is no text that we know: it holds zero bytes", WHY, FIX)
    try:
        text = raw.decode("utf-16" if raw.startswith(MARKS) else "utf-8-sig")
    except UnicodeDecodeError as error:
        return _undecoded(raw, file, error)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _undecoded(raw: bytes, file: str, error: UnicodeDecodeError) -> Problem:
    if raw.startswith(MARKS):
        return Problem(Place(file), "R101", "this begins as UTF-16 and does not go on as such", WHY, FIX)
    start = 3 if raw.startswith(codecs.BOM_UTF8) else 0  # the positions of `utf-8-sig` are counted after the mark
    place = error.start + start
    line = raw[:place].count(b"\n") + 1
    begins = raw.rfind(b"\n", 0, place) + 1
    ends = raw.find(b"\n", place)
    source = raw[begins : ends if ends >= 0 else len(raw)].decode("cp1252", errors="replace").rstrip("\r")
    column = len(raw[begins:place].decode("cp1252", errors="replace")) + 1
    what = "this is not UTF-8: it seems to be Windows-1252, as older programs save CSV"
    return Problem(Place(file, line, column), "R101", what, WHY, FIX, source)
