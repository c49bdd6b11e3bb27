"""kill -9 in the middle of collecting, a hundred times: nothing that was accepted is lost, and nothing is doubled."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from .conftest import PEOPLE, ROOT, Hr, Staff, mail, mail_of


def test_killed_a_hundred_times(hr: Hr, staff: Staff) -> None:
    mails = [mail(staff.receipt(number), mail_of(number)).replace(b"\r\n", b"\n") for number in PEOPLE]
    hr.put("inbox.mbox", b"\n".join(b"From x@example.org Sat Nov 21 10:00:00 2026\n" + one for one in mails))
    script = Path(__file__).with_name("killing.py")
    command = [sys.executable, script, hr.handbook_folder, hr.desk, hr.heap, "100"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)})
    assert done.returncode == 0, done.stderr
    lives = [json.loads(line) for line in done.stdout.splitlines()]
    assert lives[-1]["killed"] >= 100
    assert {life["acknowledged"] for life in lives} == {len(mails)}
    assert all(set(life["kinds"]) == {"key", "people", "issued", "acknowledged"} for life in lives)
    assert any(0 < count < len(mails) for count in lives[-1]["at"]), "some were killed in the middle"
