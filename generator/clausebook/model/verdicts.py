"""What an answer means for whoever asks: yes, no or it depends; what to do; and whether it frees or limits them.

An answer is a force (“advised”, “prohibited”); whether it comes to a yes goes by what the question asks.
"""

from __future__ import annotations

from typing import Literal

from clausebook.model import Answer, Asks, Question, Unanswered

Verdict = Literal["yes", "no", "depends", "not-stated", "unreadable", "not-looked-at"]
Tone = Literal["frees", "limits", "depends", "unknown", "fact"]
"""What a verdict means for a member of staff. Colours hang on it, and never on the force."""

UNKNOWN: dict[Answer | Unanswered, Verdict] = {
    "silent": "not-stated", "not-covered": "not-stated", "unreadable": "unreadable", "not-looked-at": "not-looked-at",
}  # fmt: skip
NO: dict[Asks, tuple[Answer, ...]] = {
    "leave": ("prohibited", "advised-against"),
    "duty": ("prohibited", "advised-against", "permitted", "not-required"),
    "trust-duty": ("prohibited", "advised-against", "not-required"),
    "trust-power": ("prohibited", "advised-against", "not-required"),
    "fact": ("prohibited", "advised-against", "not-required"),
}
"""Which answers come to a no. “Restricted” depends, and all others are a yes."""

ONLY_ADVISED = "recommended, not required"
STAFF: dict[Asks, dict[Answer, str]] = {
    "leave": {
        "required": "You must {}.",
        "prohibited": "You must not {}.",
        "restricted": "You may {} only within limits. Read which.",
        "permitted": "You may {}.",
        "advised": f"You may {{}}, and you should: {ONLY_ADVISED}.",
        "advised-against": "You should not {}: advised against, not forbidden.",
        "not-required": "You may {}. You do not have to.",
    },
    "duty": {
        "required": "You must {}.",
        "prohibited": "You must not {}.",
        "restricted": "You must {} in some cases. Read which.",
        "permitted": "You may {}. You do not have to.",
        "advised": f"You should {{}}: {ONLY_ADVISED}.",
        "advised-against": "You should not {}: advised against, not forbidden.",
        "not-required": "You do not have to {}.",
    },
}
"""What to do, where the question asks about something that a reader does."""
OTHERS: dict[Answer, str] = {
    "required": "The policy requires it.",
    "prohibited": "The policy rules it out.",
    "restricted": "Only in some cases. Read which.",
    "permitted": "The policy allows it.",
    "advised": f"The policy says it should happen: {ONLY_ADVISED}.",
    "advised-against": "The policy advises against it, but does not rule it out.",
    "not-required": "The policy does not require it.",
}
FACTS: dict[Answer, str] = OTHERS | {
    "required": "The policy says so.",
    "prohibited": "The policy says it is not so.",
    "permitted": "The policy says so.",
}


def verdict(question: Question, answer: Answer | Unanswered) -> Verdict:
    """What `answer` comes to, by what `question` asks."""
    if answer in UNKNOWN:
        return UNKNOWN[answer]
    if answer == "restricted":
        return "depends"
    return "no" if answer in NO[question.asks] else "yes"


def tone(question: Question, answer: Answer | Unanswered) -> Tone:
    """What `answer` means for a member of staff; a fact where a yes is neither good nor bad news for them."""
    found = verdict(question, answer)
    if found == "depends":
        return "depends"
    if found not in ("yes", "no"):
        return "unknown"
    if question.asks == "leave" or question.protects:
        frees: Verdict = "yes"
    elif question.asks in ("duty", "trust-power"):
        frees = "no"
    else:
        return "fact"
    return "frees" if found == frees else "limits"


def advice(question: Question, answer: Answer | Unanswered, *, pupils: bool) -> str:
    """What to do, in a sentence; `pupils`: the question's topic is about what staff do with pupils.

    Where nothing can be read and a leave touches pupils, the advice is not to, until somebody has been asked; but nobody is
    told not to do what protects them or a child.
    """
    if answer in UNKNOWN:
        return _advice_on_silence(question, pupils)
    said: Answer = answer  # type: ignore[assignment]
    if question.act and question.asks in STAFF:
        return STAFF[question.asks][said].format(question.act)
    return (FACTS if question.asks == "fact" else OTHERS)[said]


def _advice_on_silence(question: Question, pupils: bool) -> str:
    act = question.act
    if question.asks == "leave" and act:
        if question.protects:
            return f"Ask whether you may {act}."
        if pupils:
            return f"Don't {act} until you have asked."
        return f"Ask before you {act}.".replace("you be ", "you are ")
    if question.asks == "duty" and act:
        return f"Act as if you must {act}, until you have asked." if pupils else f"Ask if you need to {act}."
    if question.asks == "trust-power" and not question.protects:
        return "Do not assume that it is ruled out. Ask."
    return "Do not rely on it until you have asked." if question.protects else "Ask. Do not assume either way."
