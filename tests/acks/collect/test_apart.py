"""A file that stalls, bursts or ends the program that reads it is named, and does not stop what else lies in the heap."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
import time
import zipfile
import zlib
from pathlib import Path

import pytest

from clausebook.acknowledgements.inbox.readers import apart
from clausebook.acknowledgements.inbox.readers.submission import (
    Arrival,
    Item,
    Origin,
    PaperCode,
    PlatformRow,
    Unread,
    digest,
)
from clausebook.acknowledgements.inbox.readers.wire import read_arrival, write_arrival
from clausebook.acknowledgements.signing.receipts import FoundReceipt, read_receipt
from clausebook.quizzes.slips import Slip, find_slips

from .conftest import ROOT, Hr, Staff, mail, mail_of
from .test_heaps import workbook
from .test_on_its_way import SLIP


def stalling_pdf() -> bytes:
    """Fifty pages that share one long drawing."""
    drawing = zlib.compress(b"0 0 m 2000 2000 l 0 2000 l S " * 300_000)
    pages = range(4, 54)
    parts = [
        b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj", f"2 0 obj<</Type/Pages/Kids[{' '.join(f'{n} 0 R' for n in pages)}]/Count 50>>endobj".encode(),
        f"3 0 obj<</Length {len(drawing)}/Filter/FlateDecode>>stream\n".encode() + drawing + b"\nendstream endobj",
        *(f"{n} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 2000 2000]/Contents 3 0 R>>endobj".encode() for n in pages),
    ]  # fmt: skip
    return b"%PDF-1.4\n" + b"\n".join(parts) + b"\ntrailer<</Size 54/Root 1 0 R>>\n%%EOF\n"


def bursting_workbook() -> bytes:
    """Few bytes that become twenty million cells: each row names only its last one."""
    out, row = io.BytesIO(), '<row><c r="XFD1"/></row>'
    with zipfile.ZipFile(io.BytesIO(workbook([["a"]]))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name).decode()
            if name.endswith("sheet1.xml"):
                text = re.sub("<sheetData>.*</sheetData>", f"<sheetData>{row * 1_200}</sheetData>", text)
            new.writestr(name, text)
    return out.getvalue()


BAD = {
    "stalls": ("2.pdf", stalling_pdf, apart.MOST_MEMORY, "longer than"),
    "bursts": ("2.xlsx", bursting_workbook, 300_000_000, "more memory"),
}


@pytest.mark.parametrize("kind", BAD)
def test_the_rest_of_the_heap_is_read(hr: Hr, staff: Staff, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    name, make, memory, reason = BAD[kind]
    monkeypatch.setattr(apart, "SECONDS", 8.0)
    monkeypatch.setattr(apart, "MOST_MEMORY", memory)
    hr.put("1.eml", mail(staff.receipt("1003"), mail_of("1003")))
    hr.put(name, make())
    hr.put("3.eml", mail(staff.receipt("1004"), mail_of("1004")))
    begun = time.monotonic()
    rows = hr.collect()
    assert [row["Decision"] for row in rows] == ["accept", "reject", "accept"]
    assert rows[1]["File"].endswith(name)
    assert reason in rows[1]["Reason"]
    assert "not read whole" in rows[1]["Reason"]
    assert time.monotonic() - begun < 60


def test_ctrl_c_is_heard_and_what_was_taken_in_is_kept(hr: Hr, staff: Staff) -> None:
    hr.put("1.eml", mail(staff.receipt("1003"), mail_of("1003")))
    hr.put("2.pdf", stalling_pdf())
    hr.put("3.eml", mail(staff.receipt("1004"), mail_of("1004")))
    process = subprocess.Popen(
        [sys.executable, "-m", "clausebook", "acks", "collect", hr.heap, "--desk", hr.desk, "--handbook", hr.handbook_folder],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 — a suite that runs in the background hears none
    )  # fmt: skip
    until = time.monotonic() + 60
    while not hr.bodies() and time.monotonic() < until:  # what was judged is written while the next file takes its time
        time.sleep(0.1)
    assert hr.kinds() == ["acknowledged"]
    process.send_signal(signal.SIGINT)
    said, told = process.communicate(timeout=20)
    assert process.returncode == 130, told
    assert "accept 1" in said
    assert "run it again" in told
    assert "Traceback" not in told
    hr.heap.joinpath("2.pdf").unlink()
    assert [row["Decision"] for row in hr.collect()] == ["duplicate", "accept"]


def test_a_program_that_ends_while_it_reads_is_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = apart.Reader()
    try:
        assert [one.content.kind for one in reader.read(Item("a.txt", b"x", Origin("a.txt")))] == ["nothing"]  # type: ignore[union-attr]
        assert reader.process
        os.kill(reader.process.pid, signal.SIGKILL)
        found = list(reader.read(Item("b.txt", b"x", Origin("b.txt"))))
        assert "ended the program" in found[0].content.reason  # type: ignore[union-attr]
        assert found[0].origin.file == "b.txt"
        assert len(list(reader.read(Item("c.txt", b"x", Origin("c.txt"))))) == 1
    finally:
        reader.close()


def test_what_is_sent_back_is_what_was_found(staff: Staff) -> None:
    receipt = read_receipt(staff.receipt("1003"))
    assert isinstance(receipt, FoundReceipt)
    origin = Origin("a", "b", "mail", "2026-11-21", "a@b.example", digest(b""), "slip")
    (slip,) = find_slips(SLIP)
    assert isinstance(slip, Slip)
    for content in (
        receipt, slip, Unread("nothing", "\udcff\n", "ü", "0" * 64), PaperCode("A" * 22, "0" * 64), PlatformRow("ł", "m", ("x", "y"), "1", "c", ""),
    ):  # fmt: skip
        assert read_arrival(write_arrival(Arrival(origin, content))) == Arrival(origin, content)


def test_a_heap_may_be_anywhere(hr: Hr, staff: Staff, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program is found from whatever folder HR works in."""
    hr.put("1.txt", staff.receipt("1003"))
    monkeypatch.chdir(tmp_path)
    assert hr.only()["Decision"] == "accept"
