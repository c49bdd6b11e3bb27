"""P307, P308: an answer that its clauses do not carry, or a clause whose words have another force than its modality.

A *should* is not a *must*: advice does not prohibit, a prohibition is more than advice, and a ban permits nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from clausebook.check.walk import walk_clauses
from clausebook.load import Loaded
from clausebook.model import Item
from clausebook.model.problems import Problem
from clausebook.model.text import as_read

ADVICE = {"should", "should-not"}
DUTY = {"must", "must-not"}
BAN = {"must-not", "should-not"}
# Words of a force, as a whole word or words. A clause may hold several; what it must not do is hold only those of another.
BANS = (
    r"do not|don't|(?<!should )never|forbidden|prohibited|banned|barred|not (?:permitted|allowed|acceptable|tolerated)"
    r"|unacceptable|(?:under|in) no circumstances"
)
WORDS = {
    "must": r"must|shall|always|has to|have to|is required|are required|will|needs? to|required|expected",
    "should": r"should|ought|advised|advisable|encouraged|recommended|asked to|good idea|discouraged|expected|never",
    "may": r"may|can|could|might|allowed|permitted|free to|invited|right to|authorise\w*|possible|up to",
}


def check_force(loaded: Loaded) -> Iterator[Problem]:
    for revision in loaded.revisions:
        forces = {
            written.item.id: _force(written.item, written.above) for written in walk_clauses(revision.file.record)
        }
        for name, position in revision.file.record.positions.items():
            cited = {forces[clause] for clause in position.clauses if clause in forces}
            if not cited:
                continue
            if position.answer in ("required", "prohibited") and cited <= ADVICE:
                weaker = "advised" if position.answer == "required" else "advised-against"
                yield from revision.file.problem(
                    ("positions", name, "answer"), "P307", f"`{position.answer}` is stronger than its clauses",
                    f"all of them only say {' or '.join(sorted(cited)).replace('-', ' ')}", f"write `{weaker}`, or name the clause that says must",
                )  # fmt: skip
            if position.answer == "permitted" and cited <= BAN:
                yield from revision.file.problem(
                    ("positions", name, "answer"), "P307", "`permitted` is not what its clauses say",
                    f"all of them say {' or '.join(sorted(cited)).replace('-', ' ')}", "write `prohibited` or `advised-against`, or name the clause that permits it",
                )  # fmt: skip
            if position.answer in ("advised", "advised-against") and cited <= DUTY:
                stronger = "required" if position.answer == "advised" else "prohibited"
                yield from revision.file.problem(
                    ("positions", name, "answer"), "P307", f"`{position.answer}` is weaker than its clauses",
                    f"all of them say {' or '.join(sorted(cited)).replace('-', ' ')}", f"write `{stronger}`, or name the clause that says should",
                )  # fmt: skip


def check_words(loaded: Loaded) -> Iterator[Problem]:
    for revision in loaded.texts:
        for written in walk_clauses(revision.file.record):
            modality = _force(written.item, written.above)
            force = modality.removesuffix("-not")
            text = as_read(" ".join(item.text or "" for item in (*written.above, written.item)))
            if force not in WORDS or written.item.items or _holds(modality, text):
                continue
            is_verbatim = revision.file.record.wording == "verbatim"
            other = next(
                (name for name in ("should", "must") if name != force and _says(name, text, is_verbatim)), None
            )
            if other:
                yield from revision.file.problem(
                    (*written.path, "text"), "P308", f"the words of `{written.item.id}` say {other}, and its modality says {modality.replace('-', ' ')}",
                    "tables and the quick guide show the modality, so both must say the same",
                    f"write `modality: {other}` (or `{other}-not`)" + ("" if is_verbatim else f", or put {force} into the words"),
                )  # fmt: skip


def _holds(modality: str, text: str) -> bool:
    words = WORDS[modality.removesuffix("-not")]
    return (
        re.search(rf"\b(?:{words}|{BANS})\b" if modality == "must-not" else rf"\b(?:{words})\b", text, re.IGNORECASE)
        is not None
    )


def _says(force: str, text: str, is_verbatim: bool) -> bool:
    """Whether the text has the word of another force. Of a trust's own text each sentence must: one without may be an instruction."""
    sentences = re.split(r"(?<=[.;:!?])\s+", text) if is_verbatim else [text]
    return all(re.search(rf"\b{force}\b", sentence) for sentence in sentences)


def _force(item: Item, above: tuple[Item, ...]) -> str:
    return next((one.modality for one in (item, *reversed(above)) if one.modality), "states")
