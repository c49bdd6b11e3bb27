"""The machine that is measured on: what it is, and how long a command takes on it and with how much memory."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[2]
CLAUSEBOOK = (sys.executable, "-m", "clausebook")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", "NO_MKDOCS_2_WARNING": "1"}
LIBRARIES = ("mkdocs", "mkdocs-material", "weasyprint", "pagefind")
EVERY = 0.2  # seconds between two looks at the processes; what is read is the most that each ever had


@dataclass(frozen=True)
class Ran:
    """One run of a command: seconds, and the most memory in MB that its own process, one of its workers, and a tool had."""

    seconds: float
    main: float = 0
    worker: float = 0
    tool: float = 0


def facts() -> list[tuple[str, str]]:
    """The machine and what is measured, without a word of where it stands."""
    model = next(
        (line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), "unknown"
    )
    memory = next((int(line.split()[1]) for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0)
    commit = _git("rev-parse", "--short", "HEAD") + (" with changes" if _git("status", "--porcelain") else "")
    return [
        ("machine", f"{len(os.sched_getaffinity(0))} cores ({model}), {memory / 1e6:.0f} GB, {platform.system()}"),
        ("made with", ", ".join((f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in LIBRARIES)))),
        ("measured on", f"{datetime.now(UTC):%-d %B %Y}, commit {commit}"),
        ("load when it began", f"{os.getloadavg()[0]:.1f} processes wanted to run (0 is a quiet machine)"),
    ]  # fmt: skip


def commit_and_day() -> tuple[str, str]:
    """What is measured, and when, as history.csv has it."""
    return _git("rev-parse", "--short", "HEAD"), f"{datetime.now(UTC):%Y-%m-%d}"


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines() if Path(path).exists() else []


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True).stdout.strip()


def run(command: Sequence[object], **environment: str) -> float:
    """The seconds that a command takes. Raises CalledProcessError where it fails, after it has said why."""
    start = time.monotonic()
    subprocess.run([*map(str, command)], check=True, env=ENVIRONMENT | environment, stdout=subprocess.DEVNULL)
    return time.monotonic() - start


def watch(command: Sequence[object]) -> Ran:
    """As `run`, with the memory of each of its processes."""
    start = time.monotonic()
    process = subprocess.Popen([*map(str, command)], env=ENVIRONMENT, stdout=subprocess.DEVNULL)
    most: dict[str, float] = {"main": 0, "worker": 0, "tool": 0}
    while process.poll() is None:
        for one in _family(process.pid):
            kind = "main" if one == process.pid else "worker" if "multiprocessing" in _read(one, "cmdline") else "tool"
            most[kind] = max(most[kind], most_memory(one))
        time.sleep(EVERY)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, process.args)
    return Ran(time.monotonic() - start, **most)


def _family(root: int) -> list[int]:
    """A process and all that hang from it."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").iterdir():
        if path.name.isdigit() and (stat := _read(int(path.name), "stat")):
            children.setdefault(int(stat.rsplit(")", 1)[1].split()[1]), []).append(int(path.name))
    found = [root]
    for one in found:
        found += children.get(one, [])
    return found


def most_memory(process: int) -> float:
    """VmHWM of proc(5): the most that was resident at any time, in MB."""
    lines = _read(process, "status").splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0)


def cpu_seconds(process: int) -> float:
    """What a process that still runs has taken of all cores, by itself and in the system."""
    fields = _read(process, "stat").rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK") if fields else 0


def _read(process: int, name: str) -> str:
    try:
        return Path(f"/proc/{process}/{name}").read_text()
    except OSError:  # it has ended
        return ""
