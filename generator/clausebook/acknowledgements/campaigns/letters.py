"""The email that brings a person their links: plain words, ready to be sent by whatever HR sends email with."""

from __future__ import annotations

from collections.abc import Sequence

from clausebook.acknowledgements.campaigns.drafts import write_draft
from clausebook.acknowledgements.campaigns.invitations import Ask
from clausebook.model.dates import in_words

QUIZ = {
    "none": "",
    "learn": "A short quiz comes first. It tells you at once where an answer was not right, and you can try again.",
    "sealed": "A short quiz comes first. HR marks it after you have sent your receipt.",
    "self-check": "A short quiz comes first. It is for you alone.",
}


def render_mail(asks: Sequence[Ask]) -> bytes:
    """The email with all links of one person, as an .eml file that a mail program opens as a draft."""
    first = asks[0]
    titles = " and ".join(one.revision.record.title for one in asks)
    sender = next((one.campaign.receipts.mail for one in asks if one.campaign.receipts.mail), None)
    subject = f"Please read and acknowledge by {in_words(min(one.link.due for one in asks))}: {titles}"
    return write_draft((first.person.name, first.person.mail), sender, subject, _words(asks))


def _words(asks: Sequence[Ask]) -> str:
    first = asks[0]
    return "\n\n".join([
        f"Dear {first.person.name},",
        *(paragraph for one in asks for paragraph in _ask(one)),
        "This email is for you alone. Do not pass it on or forward it: whoever has your link could sign in your name.",
        ("No law asks for this signature. Your trust asks for it, as your employer's own choice. If you do not understand a clause, do not "
        "sign: the page lets you say which one, and somebody gets back to you."),
        first.privacy,
        first.trust_name,
    ]) + "\n"  # fmt: skip


def _ask(ask: Ask) -> list[str]:
    title, link = ask.revision.record.title, ask.link
    reads = (
        f"You acknowledged it last as revision {link.since}. This time you are asked only about what has changed for you since then."
        if link.since
        else "You are asked to read it, and to say that you have."
    )
    return [
        f"{ask.trust_name} asks you to acknowledge its {title}, revision {link.revision}, by {in_words(link.due)}. {reads}",
        "Your personal link:",
        ask.address,
        f"It works until {in_words(link.expires)}. If clicking does not open it, copy the whole line into your browser.",
        *([QUIZ[link.quiz]] if QUIZ[link.quiz] else []),
        f"When you have signed, the page shows a receipt. {_receipts(ask)} Until it has arrived, HR does not know that you have signed.",
        f"If it is not done in time: {ask.campaign.on_expiry}",
    ]


def _receipts(ask: Ask) -> str:
    receipts = ask.campaign.receipts
    if receipts.mail:
        return f"Send it to {receipts.mail}."
    return f"Put it into the form at {receipts.form}." if receipts.form else str(receipts.file)
