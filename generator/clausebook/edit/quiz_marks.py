"""What `quiz review` writes into a trust's quizzes.yml: text in, text out; every line outside `read:` stays, comments and all."""

from __future__ import annotations

from collections.abc import Mapping

from clausebook.edit.field_lines import FieldLines, NotInFieldsError

NEW = """\
# Which quizzes the staff of this trust take. `clausebook quiz review` writes what is under `read`: for each question the
# mark of the words that someone read it against. When these words change, the question is doubtful until it is read again.
# pass_mark and attempts may be given beside `policy`: how many right answers pass here, and how often a reader may try.

quizzes:
"""


def write_marks(text: str, policy: str, marks: Mapping[str, str] | None) -> str:
    """The text with these marks for the quiz on `policy`, whose entry is added where there is none; no text is a new file.

    With None in place of marks those that an entry has stay. Raises NotInFieldsError where the file is not written as one field a line.
    """
    if not text:
        return NEW + "".join(f"{line}\n" for line in _entry("  - ", policy, marks))
    file = FieldLines(text)
    policies = [entry.get("policy") for entry in file.document.value.get("quizzes") or ()]
    if not policies:
        raise NotInFieldsError
    if policy not in policies:
        place = file.lines_of("quizzes", len(policies) - 1)[1]
        return file.written([((place, place), _entry(file.lead("quizzes", 0), policy, marks))])
    if marks is None:
        return text
    path = ("quizzes", policies.index(policy))
    if file.has(*path, "read"):
        return file.written([(file.lines_of(*path, "read"), _read(file.lead(*path, "read"), marks))])
    place = file.lines_of(*path)[1]
    return file.written([((place, place), _read(_pad(file.lead(*path, "policy")), marks))])


def _entry(lead: str, policy: str, marks: Mapping[str, str] | None) -> list[str]:
    return [f"{lead}policy: {policy}", *_read(_pad(lead), marks or {})]


def _read(lead: str, marks: Mapping[str, str]) -> list[str]:
    """The field in which the marks stand; `lead` is what stands before it on its line."""
    if not marks and "-" not in lead:
        return []
    return [
        f"{lead}read:{'' if marks else ' {}'}",
        *(f'{_pad(lead)}  {name}: "{mark}"' for name, mark in marks.items()),
    ]


def _pad(lead: str) -> str:
    return " " * len(lead)
