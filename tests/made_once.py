"""What all processes of one run of the tests share: a cache for their builds, and folders that are filled once for all of them."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

SHARED, CACHE, JOBS = "CLAUSEBOOK_TEST_SHARED", "CLAUSEBOOK_CACHE", "CLAUSEBOOK_JOBS"
OWN_CACHE = {CACHE: "", JOBS: ""}
"""The environment of a build as its user has it, who shares nothing with other tests: where a test is about what is made anew, or about the cache."""


def begin() -> None:
    """Done by the process that starts the others, which learn from the environment where it is."""
    os.environ[SHARED] = tempfile.mkdtemp(prefix="clausebook-tests-")
    os.environ[CACHE] = f"{os.environ[SHARED]}/cache"
    os.environ[JOBS] = "1"  # other tests keep the other cores busy


def end() -> None:
    shutil.rmtree(os.environ.pop(SHARED), ignore_errors=True)
    del os.environ[CACHE], os.environ[JOBS]


def made_once(name: str, make: Callable[[Path], object]) -> Path:
    """A folder that `make` fills in whichever process wants it first; the others wait until it is whole. No test may write there."""
    folder = Path(os.environ[SHARED]) / name
    made = folder.with_name(f"{name}.made")
    with folder.with_name(f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            shutil.rmtree(folder, ignore_errors=True)  # a process that has ended began it
            folder.mkdir()
            make(folder)
            made.touch()
    return folder
