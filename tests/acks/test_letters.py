"""The letters to staff, as a trust rewords them: content/letters of the handbook comes before the engine's."""

from __future__ import annotations

import email
import email.policy
from pathlib import Path

import pytest

from acks.conftest import STAFF, Office

ROOT = Path(__file__).parents[2]
DAY = "2025-10-01"


def reword(office: Office, name: str, *changes: tuple[str, str]) -> None:
    """Put the engine's letter into the handbook, with these words in place of those."""
    text = (ROOT / "content" / "letters" / name).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    own = office.handbook_folder / "content" / "letters" / name
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(text, encoding="utf-8")


def mails(office: Office, folder: str) -> list[tuple[str, str]]:
    """The subject and the words of each mail of a run."""
    read = [
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        for path in sorted((office.desk.root / "out" / folder / "mails").glob("*.eml"))
    ]
    return [(str(mail["Subject"]), mail.get_content()) for mail in read]


def test_an_invitation_is_worded_as_the_trust_words_it(office: Office) -> None:
    reword(
        office,
        "invitation.txt",
        ("Subject: Please read", "Subject: Dear colleague, please read"),
        ("Your personal link", "Here is your own link, {{ person.name }}"),
    )
    office.issue(DAY)
    subject, words = mails(office, f"{DAY}-issue")[0]
    assert subject.startswith("Dear colleague, please read and acknowledge by")
    assert "Here is your own link, " in words
    assert "#a2." in words


def test_a_trust_that_words_nothing_itself_sends_the_engines_letter(office: Office) -> None:
    assert not (office.handbook_folder / "content" / "letters").exists()
    office.issue(DAY)
    subject, words = mails(office, f"{DAY}-issue")[0]
    assert subject.startswith("Please read and acknowledge by 31 October 2025: ")
    paragraphs = words.replace("\r\n", "\n").split("\n\n")
    assert paragraphs[0].startswith("Dear ")
    assert paragraphs[2] == "Your personal link:"
    assert paragraphs[3].startswith("https://")
    assert "\n" not in paragraphs[3]
    assert not [part for part in paragraphs if part != part.strip("\n") and part is not paragraphs[-1]], (
        "an empty paragraph"
    )


def test_a_name_with_signs_of_html_is_written_as_it_is(office: Office) -> None:
    office.issue(DAY, roster=STAFF.replace("Aoife Ní Bhriain", "Jo O'Brien & Sons <x>"))
    assert "Dear Jo O'Brien & Sons <x>," in mails(office, f"{DAY}-issue")[0][1]


@pytest.mark.parametrize(("old", "new", "said"), [
    ("{% endfor %}", "", "invitation.txt:19: the letter cannot be written: "),
    ("{{ privacy }}", "{{ privacy_notice }}", "invitation.txt:46: the letter cannot be written: no letter knows `privacy_notice`; this one knows asks, due"),
    ("{{ ask.address }}", "{{ ask.adress }}", "invitation.txt:22: the letter cannot be written: "),
    ("Subject: Please", "Please", "invitation.txt:1: the letter cannot be written: its first line is not the subject"),
], ids=["a sign is missing", "a word that no letter knows", "a word of a link that is not there", "no subject"])  # fmt: skip
def test_a_letter_that_cannot_be_filled_in_is_told_with_its_line(office: Office, old: str, new: str, said: str) -> None:
    reword(office, "invitation.txt", (old, new))
    told = office.issue(DAY, code=1)
    assert f"content/letters/{said}" in told, told
    assert "Mend the line, or delete the file" in told
    assert not (office.desk.root / "out").exists() or not list((office.desk.root / "out").glob("*/mails/*"))


@pytest.mark.parametrize("name", ["reminder.txt", "reply.txt"])
def test_a_broken_letter_stops_a_command_before_it_writes(office: Office, name: str) -> None:
    reword(office, name, ("{{ person.name }}", "{{ person.name"))
    assert f"content/letters/{name}:" in office.issue(DAY, code=1)
    assert not office.entries("issued"), "a link was issued that no letter carries"
