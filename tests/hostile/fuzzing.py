"""The fuzzer, a process of its own so that its limits are real: `python fuzzing.py SEED FIRST COUNT`, run in tests/hostile's parent.

Each case follows from its seed and its number alone. It holds the handbook to the promise within SECONDS and within MEGABYTES more
than the process had before its first case. A case that does not hold is told with its traceback and the command that runs it again.
"""

from __future__ import annotations

import faulthandler
import resource
import shutil
import signal
import sys
import tempfile
import traceback
from collections import Counter
from pathlib import Path
from random import Random

from clausebook.load import Loaded, load_handbook
from hostile.accidents import ENCODINGS, INSTEAD, MILD, WHOLE, befall_bytes, befall_text, put_instead, quote_a_value
from hostile.promise import stands, stands_with, write_small

SECONDS, MEGABYTES = 5, 500
WAITS = 30  # seconds by the clock, for a case that works on nothing and waits, such as for the other end of a pipe
WHOLE_LINE = 25  # of so many cases one is loaded from the folder as a command would


class HangError(BaseException):
    """A case took too long. No Exception, so that nothing under test can catch it."""


def run_case(base: Loaded, seed: str, number: int) -> str:
    """One case; returns what came of it."""
    chance = Random(f"{seed}:{number}")
    names = sorted(file.document.file for file in base.files)
    name, what = chance.choice(names), chance.randrange(100)
    if what < 2:
        return _on_disk(base.root, chance)
    path = base.root / name
    sound = path.read_bytes()
    path.write_bytes(_mutated(sound, what, chance))
    try:
        return (
            "problems" if (stands(base.root) if number % WHOLE_LINE == 0 else stands_with(base, name)) else "rendered"
        )
    finally:
        path.write_bytes(sound)


def _mutated(sound: bytes, what: int, chance: Random) -> bytes:
    if what < 4:
        return chance.choice(list(WHOLE.values()))
    if what < 10:
        return befall_bytes(sound, chance)
    text = sound.decode()
    if what < 30:
        return quote_a_value(text, chance.choice(MILD), chance.randrange(999)).encode()
    for _ in range(chance.randint(1, 3)):
        text = befall_text(text, chance)
    return text.encode(chance.choice(ENCODINGS), "surrogatepass")


def _on_disk(root: Path, chance: Random) -> str:
    with tempfile.TemporaryDirectory() as folder:
        handbook_folder = Path(shutil.copytree(root, Path(folder) / "handbook"))
        put_instead(chance.choice(sorted(handbook_folder.rglob("*"))), chance.choice(list(INSTEAD)))
        return "problems" if stands(handbook_folder) else "rendered"


def main(seed: str, first: int, count: int) -> int:
    """Runs the cases; the exit code is 1 where one of them does not hold."""
    with tempfile.TemporaryDirectory() as folder:
        base, problems = load_handbook(write_small(Path(folder) / "handbook"))
        assert problems == stands(base.root) == []  # and all that is imported late is imported
        before = _megabytes()
        space = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (space + MEGABYTES * 2**20,) * 2)
        signal.signal(signal.SIGPROF, _hang)
        signal.signal(signal.SIGALRM, _hang)
        came, wrong = Counter[str](), 0
        for number in range(first, first + count):
            faulthandler.dump_traceback_later(WAITS * 2, exit=True)  # where not even a signal gets through
            signal.setitimer(signal.ITIMER_PROF, SECONDS)  # of this process's own work: other processes may be busy
            signal.setitimer(signal.ITIMER_REAL, WAITS)
            try:
                came[run_case(base, seed, number)] += 1
            except (Exception, HangError):  # noqa: BLE001 — whatever it is, it is told
                wrong += 1
                print(f"case {number} of seed {seed}; run it again: python -m hostile.fuzzing {seed} {number} 1")
                traceback.print_exc(file=sys.stdout)
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)
                signal.setitimer(signal.ITIMER_REAL, 0)
        faulthandler.cancel_dump_traceback_later()
    more = _megabytes() - before
    print(f"{dict(came)}, {more:.0f} MB more than before")
    return int(wrong > 0 or more > MEGABYTES)


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _hang(*_: object) -> None:
    raise HangError(f"more than {SECONDS} seconds of work, or {WAITS} by the clock")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
