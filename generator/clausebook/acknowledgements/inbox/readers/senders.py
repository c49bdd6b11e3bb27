"""Who sent a mail, as far as its outermost headers prove it: one address, and no server that says it is another's."""

from __future__ import annotations

import re
from email.message import Message

ADDRESS = r"([^\s<>@,;:\"()]+@[^\s<>@,;:\"()]+)"
COMMENT = r"(?:\s*\([^()]*\))?"
NAME = r"(?:\"(?:[^\"\\]|\\.)*\"|[^\"<>@,;:]*)"
# One mailbox (RFC 5322, 3.4): no list, no group, and no second address where a name should stand.
ONE_SENDER = re.compile(rf"{ADDRESS}{COMMENT}|{NAME}\s*<{ADDRESS}>{COMMENT}")
PASSED = re.compile(r"\bdmarc\s*=\s*pass\b")
FAILED = re.compile(r"\b(?:spf|dkim|sender-id|auth)\s*=\s*(?:(?:hard|soft)?fail|permerror|policy)\b")
FAILED_WHOLE = re.compile(r"\b(?:dmarc|compauth)\s*=\s*(?:fail|permerror)\b")
SPF_FAILED = re.compile(r"\s*(?:soft)?fail\b")


def sender_of(message: Message[str, str]) -> str:
    """The address in lower case; empty where the mail does not have exactly one, or where a server says that it was forged."""
    told = message.get_all("From", [])
    if len(told) != 1 or is_doubted(message):
        return ""
    shape = ONE_SENDER.fullmatch(" ".join(str(told[0]).split()))
    return (shape[1] or shape[2]).lower() if shape else ""


def is_doubted(message: Message[str, str]) -> bool:
    """Whether a server wrote down that the sender's name is not proven (RFC 8601, RFC 7208).

    Who sends a mail can write such lines too: they only ever lower what is believed.
    """
    results = [str(one).lower() for one in message.get_all("Authentication-Results", [])]
    if any(FAILED_WHOLE.search(result) or (FAILED.search(result) and not PASSED.search(result)) for result in results):
        return True
    spf = [str(one).lower() for one in message.get_all("Received-SPF", [])]
    return any(SPF_FAILED.match(one) for one in spf) and not any(PASSED.search(result) for result in results)
