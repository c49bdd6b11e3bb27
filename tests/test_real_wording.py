"""What real policies are worded like: accepted where it says what its modality says, found whatever its typography, asked about where it could mean the opposite."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clausebook.check.employer import ACTS
from clausebook.check.library import read_handbook
from clausebook.model.text import Medium, as_read, find_phrase, render_prose

if TYPE_CHECKING:
    from conftest import Clausebook

FILE = "trusts/sample/social-media/2025-01.yml"
REVISION = """title: Social media policy
status: draft
wording: {wording}
binds: [staff]
replaces: 2024-01
{source}sections:
  - id: rules
    heading: {heading}
    clauses:
      - {clause}
positions:
  pupil-connection: {{answer: silent, searched: ["{searched}", zebra]}}
  report-request: {{answer: silent, searched: [kumquat, zebra]}}
  change-passwords: {{answer: silent, searched: [kumquat, zebra]}}
"""
SOURCE = """source: {title: A text, file: a.txt, sha256: 826686bdbb85d2ba899886ec73e7c927385a1451eae04e9e21eb4b0f633f45f2, lines: 9}
not_stated: [version, titled, approved, published, effective, review_due, approved_by, owner]
"""


def codes(handbook_folder: Path, text: str, modality: str = "states", **more: str) -> list[str]:
    """The codes of the problems of a clause with this text in an otherwise sound draft."""
    clause = json.dumps({"id": "clause", "modality": modality, "topics": ["pupils"], "text": text}, ensure_ascii=False)
    if more.get("wording") == "restated":
        clause = clause[:-1] + ', "lines": "1"}'
        more["source"] = SOURCE
    parts = {"wording": "verbatim", "source": "", "heading": "Rules", "searched": "kumquat", "clause": clause} | more
    (handbook_folder / FILE).write_text(REVISION.format(**parts), encoding="utf-8")
    _, problems = read_handbook(handbook_folder)
    return [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("modality", "text"),
    [
        ("must-not", "Meetings with pupils off site are forbidden. Staff should only meet pupils in class."),
        ("must-not", "Email should be for work only. Do not use it for shopping."),
        ("must-not", "Under no circumstances give a pupil a lift; parents should be rung instead."),
        ("must-not", "Lifts are not permitted. Parents should be rung."),
        ("must", "Ring the office at once. You should say who you are."),
        ("must", "iPads must be locked away at night."),
        ("must", "eSafety concerns must be reported the same day."),
        ("states", "See [paragraph 3.1](#clause)."),
        ("states", "See the [social media policy](policy:social-media#no-contact)."),
        ("states", "Ring [0800 1111](tel:08001111)."),
        ("states", "The first paragraph.\n\nThe second one."),
        ("states", "The sentence ends [the source breaks off here]."),
        ("states", "Staff of the Trust (see [the site](https://example.org/a_b))."),
    ],
)
def test_a_trusts_own_words_are_accepted(handbook_folder: Path, modality: str, text: str) -> None:
    assert codes(handbook_folder, text, modality) == []


@pytest.mark.parametrize(
    ("modality", "text", "code"),
    [
        ("must-not", "Staff should meet pupils in class only.", "P308"),
        ("must", "Staff should ask first. They should ask in writing.", "P308"),
        ("must-not", "Staff should give no pupil a lift.", "P308"),
        ("must-not", "Staff should never give a pupil a lift.", "P308"),
        ("states", "accept pupils as friends.", "P302"),
        ("states", "See the [grievance policy](../grievance/index.html).", "P602"),
        ("states", "See [this](javascript:alert).", "P602"),
        ("states", "Ring [us](tel:nobody).", "P602"),
    ],
)
def test_what_is_wrong_stays_wrong(handbook_folder: Path, modality: str, text: str, code: str) -> None:
    assert codes(handbook_folder, text, modality) == [code]


def test_a_trusts_own_text_is_asked_for_no_word_and_no_sign(handbook_folder: Path) -> None:
    codes(handbook_folder, "Staff should meet pupils in class only.", "must-not")
    _, problems = read_handbook(handbook_folder)
    assert problems[0].fix == "write `modality: should` (or `should-not`)"
    assert codes(handbook_folder, "Staff should meet pupils in class only.", "must-not", wording="restated") == ["P308"]
    _, problems = read_handbook(handbook_folder)
    assert problems[0].fix.endswith("or put must into the words")


def test_a_lead_in_of_the_trusts_own_needs_no_colon(handbook_folder: Path) -> None:
    clause = "{id: lead, modality: must, topics: [pupils], text: Staff must, items: [{id: ask, text: ask first}]}"
    assert codes(handbook_folder, "", clause=clause) == []
    (handbook_folder / FILE).write_text((handbook_folder / FILE).read_text().replace("text: Staff must,", "text: '',"))
    assert [one.code for one in read_handbook(handbook_folder)[1]] != []


@pytest.mark.parametrize(
    "heading", ["'This means that staff should not:'", "What you must not do", "Don’t", "Unacceptable use"]
)
def test_an_order_below_a_heading_that_forbids_is_asked_about(handbook_folder: Path, heading: str) -> None:
    assert codes(handbook_folder, "Use their power to threaten pupils.", heading=heading) == ["P309"]
    assert codes(handbook_folder, "Staff must not use their power to threaten pupils.", heading=heading) == []
    clause = "{id: clause, modality: must-not, topics: [pupils], stands_alone: true, text: Use their power to threaten pupils.}"
    assert codes(handbook_folder, "", heading=heading, clause=clause) == []


@pytest.mark.parametrize("heading", ["Passwords", "What you must do", "Notes on email"])
def test_an_instruction_below_any_other_heading_is_none_of_that(handbook_folder: Path, heading: str) -> None:
    assert codes(handbook_folder, "Use a password of three words.", heading=heading) == []


@pytest.mark.parametrize(
    ("searched", "text"),
    [
        ("reasonable use", "Reasonable use is allowed at all times."),
        ("reasonable use", "Reasonable\u00a0use is allowed at all times."),
        ("reasonable use", "Reasonable\u202fuse is allowed."),
        ("reasonable  use", "Reasonable use is allowed."),
        ("reasonable use", "*Reasonable* use is allowed."),
        ("reasonable use", "Rea\u00adsonable use is allowed."),
        ("reasonable use", "[Reasonable](https://example.org/) use is allowed."),
        ("Trust's computer", "A Trust’s computer is for work."),
        ("Trust’s computer", "A Trust's computer is for work."),
        ("caf\u00e9", "The cafe\u0301 is open."),
        ("e-mail", "The e\u2011mail is open."),
    ],
)
def test_a_word_is_found_whatever_its_typography(handbook_folder: Path, searched: str, text: str) -> None:
    assert "P304" in codes(handbook_folder, text, searched=searched)


@pytest.mark.parametrize(
    ("searched", "text"), [("use", "Users are named."), ("re-sign", "Staff resign."), ("contact", "A contract.")]
)
def test_another_word_is_another_word(handbook_folder: Path, searched: str, text: str) -> None:
    assert codes(handbook_folder, text, searched=searched) == []


def test_a_force_is_read_through_a_no_break_space(handbook_folder: Path) -> None:
    assert codes(handbook_folder, "Staff must\u00a0not share a lift; pupils should walk.", "must-not") == []
    assert find_phrase("Keeping Children Safe in Education", "see Keeping\u00a0Children *Safe* in Education 2024")
    assert find_phrase("Home-Academy Agreement", "the home\u2011academy\u2009agreement") == "home-academy agreement"
    assert find_phrase("must not", "must or not") is None
    assert as_read("“Trust’s”\u00a0 own") == '"Trust\'s" own'


def test_a_question_is_asked_and_nothing_waits_for_it(handbook_folder: Path, clausebook: Clausebook) -> None:
    text = "Whoever breaks these rules may face disciplinary steps, and in the worst case lose their job by dismissal."
    assert codes(handbook_folder, text) == ["P310"]
    handbook, _ = read_handbook(handbook_folder)
    assert handbook, "what is only asked about is built"
    told = clausebook("check", "--handbook", handbook_folder)
    assert told.returncode == 0
    assert "P310 Is this right? `clause` speaks of “disciplinary”" in told.stdout
    assert told.stdout.endswith("no problems, 1 question\n")
    as_json = json.loads(clausebook("check", "--format", "json", "--handbook", handbook_folder).stdout)
    assert (as_json["count"], [one["asks"] for one in as_json["problems"]]) == (0, [True])
    assert clausebook("check", "--format", "github", "--handbook", handbook_folder).stdout.startswith("::warning file=")
    path = handbook_folder / FILE
    path.write_text(path.read_text() + "consequences: []\n")
    assert read_handbook(handbook_folder)[1] == []


@pytest.mark.parametrize(
    "text",
    ["The Trust reserves the right to look.", "We may look.", "Each Academy may look.", "The Board of Trustees can look.", "The school and the trust may look.",
     "The Trust also reserves the right to look."],
)  # fmt: skip
def test_a_power_of_the_employer_is_asked_about(handbook_folder: Path, text: str) -> None:
    assert codes(handbook_folder, text, "may") == ["P311"]
    assert codes(handbook_folder, text, "states") == []


@pytest.mark.parametrize(
    "text", ["Staff may look.", "Employees of the Trust may look.", "You may look.", "Teachers at the school can look."]
)
def test_what_staff_may_do_is_no_power_of_the_employer(text: str) -> None:
    assert not ACTS.match(text)


def test_links_within_a_trust_are_followed_on_its_policy_pages_alone() -> None:
    text = "See [3.1](#no-contact), the [grievance policy](policy:grievance) and [its end](policy:grievance#appeal)."
    assert render_prose(text, Medium("../", is_whole=True)) == (
        'See <a href="#no-contact">3.1</a>, the <a href="../grievance/index.html">grievance policy</a> and '
        '<a href="../grievance/index.html#appeal">its end</a>.'
    )
    assert render_prose(text) == "See 3.1, the grievance policy and its end."
    assert render_prose("One.\n\nTwo.\nThree\nfour.") == "One.<br><br>Two.<br><br>Three\nfour."
