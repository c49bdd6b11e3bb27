"""LibreOffice as somebody who edits: a macro opens a file, does as it is told, and saves it, once for each edit."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

Steps = Sequence[tuple[str, ...]]
"""What is done, each with the words by which its place is found, and what is typed."""

MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">{}</script:module>
"""
BASIC = """
Sub Opened(path As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  doc = StarDesktop.loadComponentFromURL(ConvertToURL(path), "_blank", 0, hidden())
End Sub

Sub Saved(path As String)
  Dim form(0) As New com.sun.star.beans.PropertyValue
  form(0).Name = "FilterName" : form(0).Value = "MS Word 2007 XML"
  doc.storeToURL(ConvertToURL(path), form())
  doc.close(True)
End Sub

Function Found(words As String)
  search = doc.createSearchDescriptor()
  search.SearchString = words
  search.SearchCaseSensitive = True
  at = doc.findFirst(search)
  Found = at.Text.createTextCursorByRange(at)
End Function

Sub Tracked
  doc.RecordChanges = True
End Sub

Sub Reword(words As String, other As String)
  at = Found(words)
  at.setString(other)
End Sub

Sub EnterBefore(words As String)
  at = Found(words)
  at.collapseToStart()
  at.Text.insertControlCharacter(at, com.sun.star.text.ControlCharacter.PARAGRAPH_BREAK, False)
End Sub

Sub TypeBefore(words As String, other As String)
  at = Found(words)
  at.gotoStartOfParagraph(False)
  at.Text.insertString(at, other, False)
  at.Text.insertControlCharacter(at, com.sun.star.text.ControlCharacter.PARAGRAPH_BREAK, False)
End Sub

Sub TypeBehind(words As String, other As String)
  at = Found(words)
  at.gotoEndOfParagraph(False)
  at.Text.insertControlCharacter(at, com.sun.star.text.ControlCharacter.PARAGRAPH_BREAK, False)
  at.Text.insertString(at, other, False)
End Sub

Sub TypeOver(words As String, other As String)
  at = Found(words)
  at.gotoStartOfParagraph(False)
  at.gotoEndOfParagraph(True)
  at.setString(other)
End Sub

Sub TakeOut(words As String)
  at = Found(words)
  at.gotoStartOfParagraph(False)
  at.gotoEndOfParagraph(True)
  at.goRight(1, True)
  at.setString("")
End Sub

Sub JoinNext(words As String)
  at = Found(words)
  at.gotoEndOfParagraph(False)
  at.goRight(1, True)
  at.setString(" ")
End Sub

Sub MoveBehind(words As String, other As String)
  at = Found(words)
  at.gotoStartOfParagraph(False)
  at.gotoEndOfParagraph(True)
  at.goRight(1, True)
  control = doc.CurrentController
  control.select(at)
  held = control.getTransferable()
  at.setString("")
  goal = Found(other)
  goal.gotoEndOfParagraph(False)
  goal.goRight(1, False)
  control.select(goal)
  control.insertTransferable(held)
End Sub
"""


def edit_in_libreoffice(folder: Path, made: bytes, edits: Mapping[str, Steps]) -> None:
    """Write `<name>.docx` for each edit of the file, all in one start of LibreOffice."""
    (folder / "made.docx").write_bytes(made)
    lines = ["Dim doc As Object", "Sub Play"]
    for name, steps in edits.items():
        lines.append(f'Opened("{folder}/made.docx")')
        lines += [f"{step}({', '.join(map(_quoted, words))})" if words else step for step, *words in steps]
        lines.append(f'Saved("{folder}/{name}.docx")')
    module = "\n".join([*lines, "End Sub", BASIC])
    office = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore"]
    _run([*office, "--terminate_after_init"])  # which makes the profile, with an empty module in it
    (folder / "profile/user/basic/Standard/Module1.xba").write_text(MODULE.format(escape(module)), encoding="utf-8")
    _run([*office, "macro:///Standard.Module1.Play"])


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=300)


def _quoted(words: str) -> str:
    return '"' + words.replace('"', '""') + '"'
