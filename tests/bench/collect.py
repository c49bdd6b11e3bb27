"""How collecting grows with the staff: seconds a thousand receipts and the most memory that was used.

Each measurement runs in a process of its own. A benchmark, not a test: it asserts nothing.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from bench.acks import AT, DAY, campaign_of, row
from clausebook.acknowledgements.campaigns.handbook_index import HandbookIndex
from clausebook.acknowledgements.campaigns.invitations import Ask
from clausebook.acknowledgements.campaigns.issue import Issuing, issue_links
from clausebook.acknowledgements.desk.paths import Desk
from clausebook.acknowledgements.desk.people import read_people
from clausebook.acknowledgements.inbox.collect import Heap, collect
from clausebook.acknowledgements.inbox.rules.case import Clock
from clausebook.acknowledgements.register.trust_keys import render_keys, rotate
from clausebook.acknowledgements.signing.keys import new_key
from clausebook.acknowledgements.signing.receipts import Receipt, SignedPolicy, write_receipt
from clausebook.check.library import read_handbook

SIZES = (2_000, 20_000)
CLOCK = Clock("2025-09-13T09:00:00Z", "2025-09-13")


def main() -> None:
    if len(sys.argv) > 1:
        measure(sys.argv[1], int(sys.argv[2]))
        return
    print(f"{'':10} {'how many':>9} {'seconds':>8} {'s a thousand':>13} {'most memory, MB':>16}")
    for what in ("mbox", "csv", "again"):
        for size in SIZES:
            subprocess.run([sys.executable, "-m", "bench.collect", what, str(size)], check=True)


def measure(what: str, size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "bench.collect", f"make-{what}", str(size), folder]
        if what.startswith("make-"):
            make(Path(sys.argv[3]), what.removeprefix("make-"), size)
            return
        subprocess.run(command, check=True)  # what is made for the measurement must not count as its memory
        work = collecting(Path(folder))
        if what == "again":
            work()
        start = time.perf_counter()
        accepted = work()
        seconds = time.perf_counter() - start
    assert accepted == (0 if what == "again" else size)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what:10} {size:9,} {seconds:8.1f} {seconds / size * 1000:13.3f} {memory:16.0f}", flush=True)


def make(folder: Path, what: str, size: int) -> None:
    """A desk that issued so many links, and a heap with a receipt of each."""
    trust, key = campaign_of(folder), new_key()
    (folder / "handbook/trusts/larkhill-example/keys.yml").write_text(render_keys(rotate((), key, DAY)))
    issuing = Issuing(trust, trust.campaigns, tuple(row(n) for n in range(size)), DAY, AT, key)
    asks = issue_links(Desk(folder / "desk"), issuing).asks
    with (folder / "heap").open("wb") as heap:
        if what == "csv":
            heap.write(b"Completion time,Email,Receipt\n")
        for ask in asks:
            heap.write(as_row(ask) if what == "csv" else as_mail(ask))
    (folder / "heap").rename(folder / f"heap.{'csv' if what == 'csv' else 'mbox'}")


def line_of(ask: Ask) -> str:
    link, signature = ask.link, ask.address.rsplit(".", 1)[1]
    parts = [
        SignedPolicy(
            policy=one.policy, revision=one.revision, digest=asked.revision.digest, shown="whole", outcome="acknowledged", unclear=[], question="", quiz=None
        )
        for one, asked in zip(link.policies, ask.policies, strict=True)
    ]  # fmt: skip
    return write_receipt(Receipt(
        link=f"r1.{link.ref}.{signature}", trust=link.trust, campaign=link.campaign, policies=parts, statement=ask.campaign.statement,
        name=ask.person.name, opened="2025-09-12T08:00:00Z", signed="2025-09-12T08:10:00Z", checked=["signature", "dates", "digest"], quiz=None,
    ))  # fmt: skip


def as_row(ask: Ask) -> bytes:
    return f"2025-09-12T08:11:00Z,{ask.person.mail},{line_of(ask)}\n".encode()


def as_mail(ask: Ask) -> bytes:
    mail = EmailMessage(policy=SMTP.clone(linesep="\n"))
    mail["From"], mail["Date"] = ask.person.mail, "Fri, 12 Sep 2025 08:11:00 +0000"
    mail.set_content(f"Hello,\n\n{line_of(ask)}\n\nBest wishes\n")
    return b"From x@example.org Fri Sep 12 08:11:00 2025\n" + mail.as_bytes() + b"\n"


def collecting(folder: Path) -> Callable[[], int]:
    handbook, problems = read_handbook(folder / "handbook")
    assert handbook, problems
    desk, heap = Desk(folder / "desk"), next(folder.glob("heap.*"))
    people = read_people(desk)
    return lambda: sum(
        one.decision.outcome == "accept" for one in collect(Heap([heap]), desk, HandbookIndex(handbook), people, CLOCK)
    )


if __name__ == "__main__":
    main()
