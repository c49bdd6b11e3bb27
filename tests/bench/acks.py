"""How acknowledgement grows with the staff: `make bench` prints seconds a thousand and the most memory that was used.

Each measurement runs in a process of its own. A benchmark, not a test: it asserts nothing.
"""

from __future__ import annotations

import resource
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from acks.registers import standings_of_register
from clausebook.acknowledgements.campaigns.issue import Issuing, issue_links, new_ref
from clausebook.acknowledgements.campaigns.outbox import write_outgoing
from clausebook.acknowledgements.desk.paths import Desk
from clausebook.acknowledgements.desk.people import new_person_id
from clausebook.acknowledgements.desk.roster_row import Row
from clausebook.acknowledgements.register.checkpoints import Checkpoint, sign_checkpoint
from clausebook.acknowledgements.register.entries import Body, open_register
from clausebook.acknowledgements.register.verify import verify_desk
from clausebook.acknowledgements.signing.keys import new_key
from clausebook.check.library import read_handbook
from clausebook.looks import Looks
from clausebook.model.handbook import Trust
from larkhill import write_larkhill

DAY, AT = date(2025, 9, 10), "2025-09-10T09:00:00Z"
MEASURED = (("issue", (5_000, 20_000)), ("verify", (50_000, 200_000)), ("standing", (50_000, 200_000)))  # fmt: skip


def main() -> None:
    if len(sys.argv) > 1:
        measure(sys.argv[1], int(sys.argv[2]))
        return
    print(f"{'':10} {'how many':>9} {'seconds':>8} {'s a thousand':>13} {'most memory, MB':>16}")
    for what, sizes in MEASURED:
        for size in sizes:
            subprocess.run([sys.executable, "-m", "bench.acks", what, str(size)], check=True)


def measure(what: str, size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        work = {"issue": issue, "verify": verify, "standing": standing}[what](Path(folder), size)
        start = time.perf_counter()
        work()
        seconds = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what:10} {size:9,} {seconds:8.1f} {seconds / size * 1000:13.3f} {memory:16.0f}", flush=True)


def issue(folder: Path, size: int) -> Callable[[], object]:
    """From a roster to the register, the list of links and a mail for each person."""
    trust = campaign_of(folder)
    issuing = Issuing(trust, trust.campaigns, tuple(row(n) for n in range(size)), DAY, AT, new_key())
    desk = Desk(folder / "desk")
    return lambda: write_outgoing(desk, DAY, issue_links(desk, issuing).asks, None, Looks(Path(__file__).parents[2]))


def campaign_of(folder: Path) -> Trust:
    copy = write_larkhill(folder / "handbook")
    shutil.rmtree(copy / "quizzes", ignore_errors=True)
    (copy / "trusts/larkhill-example/quizzes.yml").unlink(missing_ok=True)
    path = copy / "trusts/larkhill-example/acknowledgements.yml"
    path.write_text(path.read_text().replace("quiz: learn", "site: https://policies.example.org\n    quiz: none"))
    handbook, problems = read_handbook(copy)
    assert handbook, problems
    return handbook.trusts[0]


def row(number: int) -> Row:
    return Row(number + 2, f"E{number}", f"Person Number {number}", f"p{number}@example.org", f"Academy {number % 40}",
               f"E{number // 12}", "staff", "2020-09-01", "", "")  # fmt: skip


def verify(folder: Path, size: int) -> Callable[[], object]:
    desk, key = Desk(folder / "desk"), new_key()
    number, hash_ = fill(desk, size)
    desk.checkpoints.mkdir()
    desk.checkpoint_file(number).write_bytes(
        sign_checkpoint(Checkpoint(number=number, hash=hash_, at=AT, key=key.id), key)
    )
    return lambda: verify_desk(desk, {key.id: key.public})


def standing(folder: Path, size: int) -> Callable[[], object]:
    desk = Desk(folder / "desk")
    fill(desk, size)
    return lambda: standings_of_register(desk.register, "2025-10-31")


def fill(desk: Desk, size: int) -> tuple[int, str]:
    """A register in which half of the entries are links, and half what came of them; its length and its hash."""
    shared = {"trust": "larkhill-example", "policy": "social-media", "revision": "2025-09", "digest": "0" * 64}
    facts = {
        "issued": "2025-09-10",
        "due": "2025-10-31",
        "expires": "2025-12-30",
        "since": "",
        "quiz": "none",
        "key": "0" * 12,
    }
    with open_register(desk.register) as register:
        for _ in range(size // 2000):
            who = [{"ref": new_ref(), "person": new_person_id()} for _ in range(1000)]
            register.add([Body(kind="issued", at=AT, campaign="2025-26", facts=facts, **shared, **one) for one in who])
            register.add([
                Body(kind="acknowledged", at=AT, received="2025-09-12", channel="mail", assurance="link and sender",
                     receipt=secrets.token_hex(32), **shared, **one)
                for one in who
            ])  # fmt: skip
        return register.length, register.hash


if __name__ == "__main__":
    main()
