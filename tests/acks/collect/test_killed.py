"""kill -9 in the middle of collecting, at each step of its writing: nothing that was accepted is lost, and nothing is doubled."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from .conftest import PEOPLE, ROOT, Hr, Staff, mail, mail_of


def test_killed_at_each_step_of_writing(hr: Hr, staff: Staff) -> None:
    lives = killings(hr, staff, list(PEOPLE)[:3], "each")
    assert lives[-1]["killed"] > 10
    assert lives[-1]["at"] == [0, 2, 3], "each of its two batches, of two and of one, is there whole or not at all"


@pytest.mark.long
def test_killed_a_hundred_times(hr: Hr, staff: Staff) -> None:
    lives = killings(hr, staff, list(PEOPLE), "100")
    assert lives[-1]["killed"] >= 100
    assert any(0 < count < len(PEOPLE) for count in lives[-1]["at"]), "some were killed in the middle"


def killings(hr: Hr, staff: Staff, people: list[str], kills: str) -> list[dict[str, Any]]:
    """What each life of a desk came to: whatever stopped it, all receipts are acknowledged once in the end."""
    mails = [mail(staff.receipt(number), mail_of(number)).replace(b"\r\n", b"\n") for number in people]
    hr.put("inbox.mbox", b"\n".join(b"From x@example.org Sat Nov 21 10:00:00 2026\n" + one for one in mails))
    script = Path(__file__).with_name("killing.py")
    command = [sys.executable, script, hr.handbook_folder, hr.desk, hr.heap, kills]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(ROOT / "tests")}
    )
    assert done.returncode == 0, done.stderr
    lives = [json.loads(line) for line in done.stdout.splitlines()]
    assert {life["acknowledged"] for life in lives} == {len(mails)}
    assert all(set(life["kinds"]) == {"key", "people", "issued", "acknowledged"} for life in lives)
    return lives
