"""The same input gives the same bytes: in another folder, on another day, with another order of hashes."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from made_once import OWN_CACHE
from test_build import ENV, digests, handbook_folder, run

DAY = ("--as-of", "2026-11-20")
LATER = time.time() + 400 * 24 * 3600
# A process whose clock is 400 days ahead. Time that passes (monotonic) stays as it is.
AHEAD = """
import datetime, time
shift = 400 * 24 * 3600
real = time.time
time.time = lambda: real() + shift
class Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)
    @classmethod
    def utcnow(cls):
        return cls.now(datetime.timezone.utc).replace(tzinfo=None)
class LaterDay(datetime.date):
    @classmethod
    def today(cls):
        return Later.now().date()
datetime.datetime, datetime.date = Later, LaterDay
"""


@pytest.mark.long
def test_another_folder_another_day_and_other_hashes_give_the_same_site(tmp_path: Path) -> None:
    first, second = (handbook_folder(tmp_path / name, "att") for name in ("first", "another/second"))
    (tmp_path / "ahead").mkdir()
    (tmp_path / "ahead/sitecustomize.py").write_text(AHEAD)
    done = run(first, "build", "--quiet", *DAY, PYTHONHASHSEED="1", TZ="Europe/London", **OWN_CACHE)
    assert done.returncode == 0, done.stderr
    later = OWN_CACHE | {
        "PYTHONPATH": f"{tmp_path / 'ahead'}:{ENV['PYTHONPATH']}",
        "PYTHONHASHSEED": "2",
        "TZ": "Pacific/Auckland",
    }
    said = subprocess.run(
        [sys.executable, "-c", "import time; print(time.time())"], env=ENV | later, capture_output=True, text=True
    )
    assert float(said.stdout) > LATER - 3600, "the clock of the second build is ahead"
    done = run(second, "build", "--quiet", *DAY, **later)
    assert done.returncode == 0, done.stderr
    found = digests(first / "site")
    assert digests(second / "site") == found
    assert {Path(name).suffix for name in found} >= {".html", ".pdf", ".zip", ".xlsx", ".ics", ".gz", ".json"}


def test_source_date_epoch_is_the_day(tmp_path: Path) -> None:
    folder = handbook_folder(tmp_path / "first", "att")
    assert run(folder, "build", "--no-pdf", "--quiet", *DAY, **OWN_CACHE).returncode == 0
    before = digests(folder / "site")
    shutil.rmtree(folder / "build")
    assert run(folder, "build", "--no-pdf", "--quiet", SOURCE_DATE_EPOCH="1795132800", **OWN_CACHE).returncode == 0
    assert digests(folder / "site") == before
