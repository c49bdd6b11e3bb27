"""Whatever lies in a heap and whatever it says: readers and judging raise nothing, and tell at least one thing of each file."""

from __future__ import annotations

import hashlib
import json
import time
from base64 import urlsafe_b64encode
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clausebook.acknowledgements.campaigns.handbook_index import HandbookIndex
from clausebook.acknowledgements.desk.names import compare_names
from clausebook.acknowledgements.desk.paths import Desk
from clausebook.acknowledgements.desk.people import read_people
from clausebook.acknowledgements.inbox.readers.files import read_item
from clausebook.acknowledgements.inbox.readers.submission import Arrival, Item, Origin, PaperCode, PlatformRow
from clausebook.acknowledgements.inbox.rules.case import Clock
from clausebook.acknowledgements.inbox.rules.decision import Decision
from clausebook.acknowledgements.inbox.rules.judge import judge
from clausebook.acknowledgements.inbox.rules.register_index import Known, RegisterIndex
from clausebook.acknowledgements.register.entries import read_register
from clausebook.acknowledgements.register.standings_as_at import read_standings
from clausebook.acknowledgements.signing.receipts import FoundReceipt, find_receipts, read_receipt
from clausebook.check.library import read_handbook
from clausebook.model.identity import canonical_json
from receipts_made import changed as with_changes

from .conftest import TODAY, Office, Staff

NAMES = ("x", "x.eml", "x.mbox", "x.csv", "x.json", "x.html", "x.xlsx", "x.pdf", "x.png")
BEGINS = (
    b"", b"%PDF-1.4\n", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"PK\x03\x04", b"From x Sat Nov 21 10:00:00 2026\nFrom: a@b.c\n\n",
    b"From: a@b.c\nContent-Type: multipart/mixed; boundary=x\n\n--x\n", b"MIME-Version: 1.0\nContent-Type: message/rfc822\n\n", b"\xff\xfe", b"[{",
    b"Name,Email,Status\n", b"sep=", b"ackr2.", b"Content-Type: text/plain; charset=\xff\nDate: \xe9\nFrom: =?x?q?=\n\n",
)  # fmt: skip
SLOW = settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@SLOW
@given(st.sampled_from(NAMES), st.sampled_from(BEGINS), st.binary(max_size=400))
def test_any_bytes_give_an_arrival(name: str, begin: bytes, rest: bytes) -> None:
    arrivals = list(read_item(Item(name, begin + rest, Origin(name))))
    assert arrivals
    for arrival in arrivals:
        assert len(arrival.content.id) == 64


@SLOW
@given(st.text(alphabet="ackr2. =\n>\r\tAZ_-09", max_size=300))
def test_any_text_is_searched(text: str) -> None:
    list(find_receipts(text))


@pytest.mark.parametrize(
    "unit", ["ackr2.", "ackr2." + "A" * 40 + "\n", "a\n", "From x\n\n", "<", "ackr2.\n> ", "From: x\n\n"]
)
def test_large_and_hostile_texts_take_time_in_line(unit: str) -> None:
    def seconds(times: int) -> float:
        start = time.process_time()  # other processes may be busy
        for _ in read_item(Item("x.eml", (unit * times).encode(), Origin("x"))):
            pass
        return time.process_time() - start

    small = max(seconds(20_000), 0.01)
    assert seconds(80_000) < small * 12


@pytest.fixture(scope="session")
def books(office: Office) -> HandbookIndex:
    handbook, problems = read_handbook(office.handbook_folder)
    assert handbook, problems
    return HandbookIndex(handbook)


@pytest.fixture(scope="session")
def known(office: Office) -> Known:
    memory = RegisterIndex()
    with read_register(office.desk / "register.sqlite", memory.apply) as register:
        return Known(memory, read_standings(register), read_people(Desk(office.desk)))


CLOCK = Clock(f"{TODAY}T12:00:00Z", str(TODAY))
ID = st.from_regex(r"\A[a-z0-9]{1,4}(-[a-z0-9]{1,3}){0,1}\Z")
MOMENT = st.from_regex(r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z\Z")
CHANGES = st.fixed_dictionaries({}, optional={
    "name": st.text(min_size=1, max_size=30), "signed": MOMENT, "opened": MOMENT, "statement": st.text(max_size=50), "trust": ID, "policy": ID,
    "revision": ID, "digest": st.from_regex(r"\A[0-9a-f]{64}\Z"), "shown": st.text(max_size=20), "link": st.text(max_size=100),
    "outcome": st.sampled_from(["acknowledged", "not-understood"]), "unclear": st.lists(ID, max_size=3), "question": st.text(max_size=20),
})  # fmt: skip
QUIZ = st.fixed_dictionaries({}, optional={
    "answers": st.dictionaries(ID, st.lists(ID, max_size=3), max_size=4), "attempt": st.integers(0, 999), "finished": st.text(max_size=20),
    "mark": st.from_regex(r"\A[0-9a-f]{12}\Z"), "role": st.text(max_size=10), "seed": st.from_regex(r"\A[\x21-\x7e]{1,20}\Z"), "since": st.text(max_size=10),
})  # fmt: skip


def changed(line: str, changes: dict[str, Any], quiz: dict[str, Any]) -> FoundReceipt | str:
    found = read_receipt(line)
    assert isinstance(found, FoundReceipt)
    record = found.receipt.model_dump()
    record = with_changes(record, changes | {"quiz": record["policies"][0]["quiz"] | quiz})
    try:
        begun = "ackr2." + urlsafe_b64encode(canonical_json(record)).decode().rstrip("=")
    except (ValueError, UnicodeEncodeError):
        return "no JSON"
    return read_receipt(f"{begun}.{hashlib.sha256(begun.encode()).hexdigest()[:16]}")


@SLOW
@given(
    changes=CHANGES,
    quiz=QUIZ,
    received=st.sampled_from(["", str(TODAY), "1999-01-01", "9999-12-31T23:59:59Z"]),
    sender=st.text(max_size=10),
)
def test_any_receipt_is_judged(
    staff: Staff,
    known: Known,
    books: HandbookIndex,
    changes: dict[str, Any],
    quiz: dict[str, Any],
    received: str,
    sender: str,
) -> None:
    found = changed(staff.receipt("1003"), changes, quiz)
    if isinstance(found, str):
        return
    decision = judge(Arrival(Origin("x", received=received, sender=sender), found), known, books, CLOCK)
    assert isinstance(decision, Decision)
    assert decision.reason
    if decision.outcome in ("hold", "reject"):
        assert decision.next_step
    if decision.outcome == "accept":
        assert not set(changes) & {"trust", "policy", "revision", "digest", "link"}
    assert "Smith" not in decision.reason + decision.next_step + json.dumps(decision.facts)


@SLOW
@given(*(st.text(max_size=40) for _ in range(4)), st.lists(st.text(max_size=20), max_size=3))
def test_any_row_is_judged(
    known: Known, books: HandbookIndex, name: str, mail: str, score: str, course: str, statuses: list[str]
) -> None:
    row = PlatformRow(name, mail, tuple(statuses), score, course, "")
    assert judge(Arrival(Origin("x", channel="platform"), row), known, books, CLOCK).outcome in ("hold", "reject")
    code = PaperCode(name, "0" * 64)
    assert judge(Arrival(Origin("x", channel="scan"), code), known, books, CLOCK).outcome == "reject"


@SLOW
@given(st.text(max_size=40), st.lists(st.text(max_size=40), max_size=3))
def test_any_names_are_compared(typed: str, names: list[str]) -> None:
    assert compare_names(typed, names) in ("fits", "near", "other")


FITS = [
    ("Zoë O’Connor-Łukasz", "ZOE OCONNOR LUKASZ", "fits"), ("John Smith", "Smith, John", "fits"), ("John Smith", "J Smith", "fits"),
    ("John Paul Smith", "John Smith", "fits"), ("John Smith", "John P. Smith", "fits"), ("Mary-Ann Evans", "Maryann Evans", "fits"),
    ("José Peña", "Jose Pen\u0303a", "fits"), ("Jürgen Groß", "Jurgen Gross", "fits"), ("Siân Llŷr", "SIAN LLYR", "fits"),
    ("Nguyễn Thị Lan", "Nguyen Thi Lan", "fits"), ("王 小明", "王小明", "fits"), ("Madonna", "madonna", "fits"), ("Dr John Smith", "John Smith", "fits"),
    ("John Smith", "Jon Smith", "near"), ("John Smith", "John", "near"), ("John Smith", "Jane Smith", "near"), ("Anna Kowalska", "Anna Nowak", "near"),
    ("John Smith", "Bugs Bunny", "other"), ("John Smith", "J. S.", "other"), ("John Smith", "", "other"), ("Li Wu", "Bo Li", "near"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "typed", "fit"), FITS)
def test_names(name: str, typed: str, fit: str) -> None:
    assert compare_names(typed, [name]) == fit


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    from clausebook.acknowledgements.inbox.readers.files import read_heap

    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    (tmp_path / ".hidden").write_text("x")
    assert [one.origin.file for one in read_heap([tmp_path, tmp_path / "nothing.txt"])] == [
        str(tmp_path / "nothing.txt")
    ]
