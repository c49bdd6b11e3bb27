"""What the importer makes of a document's blocks: sections, clauses, and each list under the words that lead into it."""

from __future__ import annotations

import pytest

from clausebook.edit.importers.outline.build import build_draft
from importing.outlined import document, outlined

CASES = {
    "numbers give the levels": (
        """
# 1.\tIntroduction
1.1\tThis policy is for all staff.
1.2\tStaff must read it.
# 2.\tUse
2.1\tStaff must not:
    (a)\tshare a password
    (b)\tuse another's:
        (i)\taccount
        (ii)\tdevice
2.2\tAsk first.
""",
        """
# 1 Introduction
1.1 This policy is for all staff.
1.2 Staff must read it.
# 2 Use
2.1 Staff must not:
  (a) share a password
  (b) use another's:
    (i) account
    (ii) device
2.2 Ask first.
""",
    ),
    "a bullet stays under its lead-in, though it starts with a capital": (
        """
! Conduct
This means that staff should not:
•\tAccept pupils as friends
•\tGive out their number
Everybody should ask if they are unsure.
""",
        """
# Conduct
This means that staff should not:
  Accept pupils as friends
  Give out their number
Everybody should ask if they are unsure.
""",
    ),
    "a heading leads into the list below it": (
        """
# Staff should not:
•\tAccept pupils as friends
•\tGive out their number
# Unacceptable use
•\tGambling
•\tChain letters
# Passwords
•\tStaff must keep their password secret.
•\tEverybody must change it if it is known.
""",
        """
# Staff should not:
Staff should not:
  Accept pupils as friends
  Give out their number
# Unacceptable use
Unacceptable use
  Gambling
  Chain letters
# Passwords
Staff must keep their password secret.
Everybody must change it if it is known.
""",
    ),
    "paragraphs without marks are a list where the words before them wait for one": (
        """
! Phones
Staff must not, while they teach:
use a phone
take photographs
Headteachers may allow exceptions.
""",
        """
# Phones
Staff must not, while they teach:
  use a phone
  take photographs
Headteachers may allow exceptions.
""",
    ),
    "a sentence goes on after its list": (
        """
# 3.\tBreaches
3.1\tIf you
•\tlose a device
•\tshare a password
you must tell the IT team at once.
3.2\tThe trust may act.
""",
        """
# 3 Breaches
3.1 If you
  lose a device
  share a password
< you must tell the IT team at once.
3.2 The trust may act.
""",
    ),
    "a second paragraph belongs to the number above it": (
        """
# 4.\tData
4.1\tKeep data safe.
This holds at home, too.
4.2\tReport a loss.
""",
        """
# 4 Data
4.1 Keep data safe. / This holds at home, too.
4.2 Report a loss.
""",
    ),
    "a printed number that repeats, has a stray dot, or starts with a nought stays": (
        """
! 1.0\tPurpose
1.1\tThis policy says what to do.
1.1\tIt is for all staff.
! 2.0\tRules
2.1\tStaff must ask first.
7.2.\tStaff must report.
""",
        """
# 1.0 Purpose
1.1 This policy says what to do.
1.1 It is for all staff.
# 2.0 Rules
2.1 Staff must ask first.
7.2 Staff must report.
""",
    ),
    "a deep number can be a heading": (
        """
# 3.\tLeave
## 3.1\tKinds of leave
! 3.1.1\tCompassionate leave
Staff may take five days.
! 3.1.2\tJury service
Staff must tell their manager.
""",
        """
# 3 Leave
## 3.1 Kinds of leave
### 3.1.1 Compassionate leave
Staff may take five days.
### 3.1.2 Jury service
Staff must tell their manager.
""",
    ),
    "a heading's style on whole sentences numbers clauses": (
        """
# 1.\tScope
## 1.1\tThis policy applies to everybody who works for the trust, paid or not.
## 1.2\tIt does not apply to pupils, who have a policy of their own.
# 2.\tRules
## 2.1\tStaff must not use their own phones while they teach or supervise pupils.
""",
        """
# 1 Scope
1.1 This policy applies to everybody who works for the trust, paid or not.
1.2 It does not apply to pupils, who have a policy of their own.
# 2 Rules
2.1 Staff must not use their own phones while they teach or supervise pupils.
""",
    ),
    "two lists under one number": (
        """
# 5.\tSocial media
5.1\tYou may:
•\tpost news of the school
•\tshare its own posts
But you must not:
•\tname pupils
•\tpost their pictures
5.2\tAsk if unsure.
""",
        """
# 5 Social media
5.1 You may:
  post news of the school
  share its own posts
But you must not:
  name pupils
  post their pictures
5.2 Ask if unsure.
""",
    ),
    "an entry that ends in a colon leads into what follows, even on its own level": (
        """
! Behaviour
Staff are asked to note the following:
•\tStaff must never:
•\thit a pupil
•\tshout at a pupil
•\tThe headteacher must be told of any breach.
""",
        """
# Behaviour
Staff are asked to note the following:
  Staff must never:
    hit a pupil
    shout at a pupil
  The headteacher must be told of any breach.
""",
    ),
    "a list that goes on over a subheading's place keeps its letters": (
        """
# 6.\tSteps
6.1\tThe steps are:
    a)\tinformal
    b)\tformal
    h)\tappeal
    i)\tend
""",
        """
# 6 Steps
6.1 The steps are:
  a) informal
  b) formal
  h) appeal
  i) end
""",
    ),
    "headings of one level stand beside each other, whatever the level": (
        """
#### Purpose
Staff must read this.
#### Rules
Staff must ask.
##### Exceptions
The headteacher may allow one.
#### Review
It is reviewed each year.
""",
        """
# Purpose
Staff must read this.
# Rules
Staff must ask.
## Exceptions
The headteacher may allow one.
# Review
It is reviewed each year.
""",
    ),
    "a list within a list, whose numbers begin again": (
        """
# Grievances
1.\tA grievance is a concern about work.
2.\tExamples are:
1.\tterms of employment;
2.\thealth and safety;
3.\tworking hours.
3.\tThis procedure does not apply to a dismissal.
4.\tEverybody may be accompanied.
""",
        """
# Grievances
1 A grievance is a concern about work.
2 Examples are:
  1 terms of employment;
  2 health and safety;
  3 working hours.
3 This procedure does not apply to a dismissal.
4 Everybody may be accompanied.
""",
    ),
    "a word over a list leads into it": (
        """
# Internet
Acceptable
1.\tVisiting sites that are about work
2.\tReading news at lunch
Forbidden
1.\tGambling
2.\tPornography
""",
        """
# Internet
Acceptable
  1 Visiting sites that are about work
  2 Reading news at lunch
Forbidden
  1 Gambling
  2 Pornography
""",
    ),
    "a table hangs from the clause above it, and a frame is none": (
        """
# 7.\tLimits
7.1\tThese limits apply:
| Step | Days
| Letter | 5
| Hearing | 10
| Staff must keep to them.
""",
        """
# 7 Limits
7.1 These limits apply:
  | Step | Days
  | Letter | 5
  | Hearing | 10
  | Staff must keep to them. |
""",
    ),
    "a number in one column and its words in the other": (
        """
# 8.\tRules
| 8.1 | Staff must ask.
| 8.2 | Staff must not guess.
""",
        """
# 8 Rules
8.1 Staff must ask.
8.2 Staff must not guess.
""",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_an_outline(name: str) -> None:
    given, wanted = CASES[name]
    assert outlined(given) == wanted.strip("\n")


def test_a_list_of_contents_is_left_out_and_its_headings_are_not() -> None:
    draft = build_draft(
        document("""
Contents
1.\tPurpose\t2
2.\tRules\t3
3.\tReview\t4
! 1.\tPurpose
This policy says what to do.
! 2.\tRules
Staff must ask first.
! 3.\tReview
It is reviewed each year.
"""),
        "a policy",
    )
    assert [one.block.text.partition("\t")[0] for one in draft.left_out] == ["Contents", "Purpose", "Rules", "Review"]
    assert [section.heading for section in draft.sections] == ["Purpose", "Rules", "Review"]


def test_a_table_of_versions_before_the_title_is_front_matter() -> None:
    draft = build_draft(
        document("""
| Version | 2.1
| Approved by | Board of trustees
| Date approved | 4 March 2026
| Next review | March 2027
! Code of conduct policy
! Purpose
This policy says what to do, and what not to do, for everybody who works for the trust.
"""),
        "a policy",
    )
    assert draft.title == "Code of conduct policy"
    assert [block.kind for block in draft.front] == ["table"]
    assert [section.heading for section in draft.sections] == ["Purpose"]
