"""An email as a file that a mail program opens as a draft: its headers say to the letter what they were given.

Python's EmailMessage loses spaces where it folds a header that is not ASCII (cpython issue 144156), so headers are encoded whole.
"""

from __future__ import annotations

import re
from email import charset
from email.header import Header
from email.message import Message
from email.policy import compat32
from email.utils import formataddr

UTF_8 = charset.Charset("utf-8")
UTF_8.body_encoding = charset.QP  # which keeps a long address whole
BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
AS_ONE_LINE = 60  # signs of ASCII that need no folding beside the header's name


def write_draft(to: tuple[str, str], sender: str | None, subject: str, words: str) -> bytes:
    """The .eml file; `to` is a name and an address."""
    mail: Message[str, str | Header] = Message(compat32)
    mail["Subject"] = _encoded(BREAKS.sub(" ", subject).strip(), "Subject")
    name = BREAKS.sub(" ", to[0]).strip()
    mail["To"] = formataddr((name, to[1])) if name.isascii() else f"{_encoded(name, 'To')} <{to[1]}>"
    if sender:
        mail["From"] = sender
    mail["X-Unsent"] = "1"  # Outlook opens it as a draft
    mail["MIME-Version"] = "1.0"
    mail.set_payload(words, UTF_8)
    return mail.as_bytes(policy=compat32.clone(linesep="\r\n"))


def _encoded(text: str, name: str) -> str:
    """The value of a header, folded as RFC 2047 asks."""
    if text.isascii() and len(text) <= AS_ONE_LINE and "=?" not in text:
        return text
    return Header(text, "utf-8", header_name=name).encode(linesep="\n")
