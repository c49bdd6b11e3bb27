"""Emails that HR sends say what they were given, to the letter."""

from __future__ import annotations

import base64
import email
import quopri
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acks.conftest import POLICY, TRUST, Office, edit
from clausebook.acknowledgements.campaigns.drafts import write_draft

WORD = re.compile(r"=\?utf-8\?([bq])\?([^?]*)\?=", re.IGNORECASE)
TITLE = "Social media policy – staff – “safe online”"
NAME = "Siân O’Brien-Łuczak, of a very long name that goes on – and on – and “on”, Zoë"
# Whatever may stand in one line of text, without a space at either end.
LINES = st.text(st.characters(blacklist_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=120).map(str.strip)


def decoded(raw: bytes, name: str) -> str:
    """A header as RFC 2047 says, and not as a library does: white space between two encoded words is no space."""
    value = re.search(rf"(?im)^{name}: ?((?:.*\r\n(?:[ \t].*\r\n)*))", raw.decode())[1].replace("\r\n", "").strip()
    value = re.sub(r"(\?=)\s+(=\?)", r"\1\2", value)
    return WORD.sub(lambda one: _bytes(one[1], one[2]).decode(), value)


def _bytes(how: str, text: str) -> bytes:
    return base64.b64decode(text) if how.lower() == "b" else quopri.decodestring(text, header=True)


@given(LINES, LINES)
def test_what_is_given_is_what_stands_there(subject: str, name: str) -> None:
    raw = write_draft((name, "a@b.example"), "hr@b.example", subject, "Words")
    assert decoded(raw, "Subject") == subject
    assert max(map(len, raw.split(b"\r\n"))) < 200
    if not name.isascii():
        assert decoded(raw, "To") == f"{name} <a@b.example>"
    assert email.message_from_bytes(raw)["From"] == "hr@b.example"


def test_no_line_break_makes_a_header_of_its_own() -> None:
    raw = write_draft(("A\nBcc: x@evil.invalid", "a@b.example"), None, "B\r\nBcc: x@evil.invalid", "Words")
    assert "Bcc" not in email.message_from_bytes(raw)


@pytest.mark.parametrize("words", ["Dear Zoë,\n\nhttps://x.example/" + "a" * 500 + "\n", "From here\n.\nto there\n"])
def test_the_words_are_as_they_were(words: str) -> None:
    message = email.message_from_bytes(write_draft(("A", "a@b.example"), None, "S", words))
    assert message.get_payload(decode=True).decode().replace("\r\n", "\n") == words  # type: ignore[union-attr]


def test_the_title_in_every_email_of_hrs(office: Office) -> None:
    """The invitation, the reminder and the reply name the policy as its author wrote it."""
    revision = office.handbook_folder / f"trusts/{TRUST}/{POLICY}/2025-09.yml"
    edit(revision, (r"(?m)^title: .*$", f"title: {TITLE}"))
    office.clausebook("confirm-changes", TRUST, POLICY, "2025-09", "--handbook", office.handbook_folder)
    roster = f'staff_number,name,mail,academy,manager,roles,starts,leaves,aliases\nE100,"{NAME}",a@example.org,North,,staff,2019-09-01,,\n'
    office.issue("2025-09-10", roster=roster)
    office.signing("remind", "--as-of", "2025-10-31")
    office.acknowledged("E100", "2025-09", "2025-11-01")
    office.signing("reply", "--as-of", "2025-11-01")
    mails = sorted((office.desk.root / "out").glob("*/mails/*.eml"))
    assert len(mails) == 3
    for path in mails:
        assert TITLE in decoded(path.read_bytes(), "Subject"), path
        assert decoded(path.read_bytes(), "To") == f"{NAME} <a@example.org>"
