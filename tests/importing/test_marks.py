"""The typed mark of a paragraph is parted from its words, and words that only look like one are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausebook.edit.importers.marks import split_mark

MARKS = {
    "4.1 Staff must ask.": "4.1", "4.1\tStaff": "4.1", "7.2. Staff": "7.2.", "1.0 Introduction": "1.0", "1.10 Staff": "1.10", "3.1.1 Leave": "3.1.1",
    "4.1Staff must ask.": "4.1", "1. Scope": "1.", "1) Scope": "1)", "(1) Scope": "(1)", "4 Responsibilities": "4", "1 – Introduction": "1 –", "4.1: Leave": "4.1:",
    "(a) in writing": "(a)", "(iv) at once": "(iv)", "a) in writing": "a)", "i. at once": "i.", "(aa) later": "(aa)", "4.1(a) later": "4.1(a)", "1(a) later": "1(a)",
    "4.1.a Later": "4.1.a", "4a. Later": "4a.", "A.1 Later": "A.1", "A1.2 Later": "A1.2", "A. Introduction": "A.", "2.1 Working hours": "2.1", "2.1 To provide": "2.1",
    "• in writing": "•", "•in writing": "•", "- in writing": "-", "– in writing": "–", "* in writing": "*", "o in writing": "o", "o\tin writing": "o", "▪ in writing": "▪",
    "4.1": "4.1", "1.": "1.",
}  # fmt: skip
WORDS = [
    "2018 saw changes.", "2 weeks' notice is needed.", "2.5 days of leave", "1.5 FTE", "4.50 per hour", "£4.50 an hour", "9.30 am is the start.", "10.12.2024 was the day.",
    "4 September 2024", "12/09/2024", "1st May", "24/7 cover", "3-4 days", "3 - 4 days", "2.5 – 3 hours", "1,000 staff", "5% of staff", "0.5 of a post",
    "A teacher must ask.", "I agree.", "4.1 and 4.2 apply.", "4.1 applies to all.", "J. Smith, Headteacher", "J. Smith", "e.g. a photo", "i.e. a photo", "(s)he may ask.",
    "(it) is", "(e.g. a photo)", "-5 degrees", "or later", "A4 paper", "Y11 pupils", "p. 4", "12", "2024",
]  # fmt: skip
UNREADABLE = ["\uf0b7 in writing", "\uf0b7in writing", "(cid:1) in writing", "(cid:127)in writing", "\ufffd in writing"]


@pytest.mark.parametrize("text", MARKS)
def test_a_mark_is_parted(text: str) -> None:
    assert split_mark(text).mark == MARKS[text]


@pytest.mark.parametrize("text", WORDS)
def test_words_that_look_like_a_mark_stay(text: str) -> None:
    found = split_mark(text)
    assert (found.mark, found.text) == ("", text)


@pytest.mark.parametrize("text", UNREADABLE)
def test_a_bullet_of_a_font_without_letters_is_a_bullet(text: str) -> None:
    assert (split_mark(text).mark, split_mark(text).text) == ("•", "in writing")


@pytest.mark.parametrize(
    "text",
    ["2.5 days of leave", "4.1 and 4.2 apply.", "J. Smith, Headteacher", "3 Teachers must attend.", "A. Introduction"],
)
def test_what_may_be_either_is_told(text: str) -> None:
    assert split_mark(text).doubts


STARTS = st.one_of(st.sampled_from([*MARKS, *WORDS]), st.from_regex(r"[0-9a-zA-Z().•o\-–*: \t]{0,12}", fullmatch=True))


@given(STARTS, st.text(st.characters(exclude_categories=["Cs", "Co", "Cn"], exclude_characters="\ufffd"), max_size=30))
def test_mark_and_words_are_what_stood_there(start: str, rest: str) -> None:
    text = start + rest
    found = split_mark(text)
    assert "".join((found.mark + found.text).split()) == "".join(text.split())
    assert text.strip().startswith(found.mark)
    assert text.strip().endswith(found.text)
