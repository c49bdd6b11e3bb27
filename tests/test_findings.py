"""What the review desk tells: reviews that are due, contradictions that a rule finds, in the terminal and in a calendar."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar, Component

from clausebook.export.calendar import render_reviews
from clausebook.export.data import FindingRecord, finding_records
from clausebook.findings.contradictions import find_contradictions
from clausebook.findings.find import KINDS, _fitting, _Whole, find_all, find_in_policy, named
from clausebook.findings.finding import BY_KIND
from clausebook.findings.reviews import find_reviews, review_of
from clausebook.load.merge import merge_revision
from clausebook.looks import Looks
from clausebook.model import RevisionRecord
from clausebook.model.handbook import Handbook, Policy, Revision, Trust
from clausebook.model.labels import KIND, ruling_on
from clausebook.pages.hub import ROWS, hub_pages
from clausebook.pages.page import notes_by_clause
from clausebook.pages.templates import render_page
from clausebook.quizzes.questions import Basis

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 20)
SHARED = {"topics": ["phones"]}


def made(*clauses: dict, trust: str = "made-up", **fields) -> Revision:
    """A policy with these clauses, under its one heading; what they do not say of themselves is the same for all."""
    numbered = [{"id": f"clause-{number}", **SHARED, **clause} for number, clause in enumerate(clauses, 1)]
    numbered = numbered or [{"id": "clause-1", **SHARED, "modality": "states", "text": "Phones ring."}]
    sections = [{"id": "phones", "heading": "Phones", "clauses": numbered}]
    plain = {"title": "Phone policy", "status": "in-force", "wording": "verbatim", "binds": ["staff"]}
    return merge_revision(
        trust, "phones", "2026", RevisionRecord.model_validate({**plain, "sections": sections, **fields})
    )


def due(stated: str | None, day: date) -> list:
    found = find_in_policy(made(dates={"review_due": stated} if stated else {}), (), day)
    assert len(found) <= 1
    return [(one.kind, one.what, one.now) for one in found]


# Reviews


@pytest.mark.parametrize(
    ("stated", "day", "kind"),
    [
        ("2026-12-01", date(2026, 9, 1), None),  # 91 days before
        ("2026-12-01", date(2026, 9, 2), "due"),  # 90 days before
        ("2026-12-01", date(2026, 12, 1), "due"),
        ("2026-12-01", date(2026, 12, 2), "overdue"),
        ("2026-12", date(2026, 12, 31), "due"),  # a month is over on its last day
        ("2026-12", date(2027, 1, 1), "overdue"),
        ("2026", date(2026, 10, 1), None),
        ("2026", date(2026, 10, 2), "due"),
        ("2024-02", date(2024, 2, 29), "due"),
        (None, TODAY, None),
    ],
)
def test_a_review_is_due_for_90_days_and_overdue_from_the_day_after(stated, day: date, kind: str | None) -> None:
    assert [one for one, _, _ in due(stated, day)] == ([kind] if kind else [])


def test_the_words_say_how_many_days_are_left() -> None:
    assert due("2026-12", TODAY) == [
        ("due", "The review is due in December 2026.", "41 days are left on 20 November 2026. The last day is 31 December 2026.")
    ]  # fmt: skip
    assert due("2026-11-21", TODAY) == [
        ("due", "The review is due on 21 November 2026.", "1 day is left on 20 November 2026. The last day is 21 November 2026.")
    ]  # fmt: skip
    assert due("2026-11-20", TODAY)[0][2].startswith("It is due today, 20 November 2026.")


def test_words_for_a_table_of_reviews() -> None:
    shown = {
        stated: review_of(made(dates={"review_due": stated} if stated else {}), TODAY).in_words
        for stated in ("2026-09", "2026-11-20", "2026-11-21", "2026-12", None)
    }
    assert list(shown.values()) == [
        "overdue by 1 month", "due today", "due in 1 day", "due in 41 days", "not stated",
    ]  # fmt: skip


def test_a_note_on_a_review_that_is_due_stands_on_the_policy_page(handbook: Handbook) -> None:
    day = date(2021, 7, 12)
    att = next(trust for trust in handbook.trusts if trust.id == "att")
    assert "80 days are left on 12 July 2021." in policy_page(handbook, att, day)
    assert "The review is due" not in policy_page(handbook, att, TODAY)


def policy_page(handbook: Handbook, trust: Trust, day: date) -> str:
    from clausebook.pages.trust import others_of, trust_pages

    pages = trust_pages(trust, handbook, find_all(handbook, day), others_of(trust, handbook, {}), day)
    page = next(page for page in pages if page.template == "trust/policy.md")
    return render_page(page, Looks(ROOT), day, hub="../../", pdfs=False)


# Contradictions by rule


def found_by_rule(*clauses: dict, **fields) -> list[tuple[str, str]]:
    return [(pair.ban.id, pair.other.id) for pair in find_contradictions(made(*clauses, **fields))]


def clause(force: str, text: str, **fields) -> dict:
    return {"modality": force, "text": text, **fields}


NO_PHONES = clause("must-not", "Staff must not use personal phones.")
CONTRADICT = [
    (NO_PHONES, clause("may", "In breaks, staff may use their personal phones.")),  # a case of what is forbidden
    (NO_PHONES, clause("must", "Staff must use personal phones to sign in.")),
    (NO_PHONES, clause("should", "Staff should always use a personal phone on trips.")),  # an ending more or less
    (clause("should-not", "Staff should not share posts about the school."),
     clause("should", "Staff should share posts about the school.")),
    (clause("should-not", "Staff should not post pictures of pupils."),
     clause("must", "Staff must post pictures of pupils on the school's page.")),
    (clause("must-not", "Pictures of pupils must not be posted."), clause("may", "Staff may post pictures of pupils.")),
    (clause("must-not", "Do not accept friend requests from pupils."),
     clause("may", "You may accept friend requests from pupils in the sixth form.")),
    (clause("must-not", "Staff must not contact pupils unless they belong to their family."),
     clause("may", "Staff may contact pupils on the school's platform.")),  # the exception names another case
    (clause("must-not", "Staff must not:", items=[{"id": "item", "text": "keep pictures of pupils at home."}]),
     clause("may", "Staff may keep pictures of pupils at home for a term.")),
]  # fmt: skip
STAND_TOGETHER = [
    # the ban is narrower: a limit
    (clause("must-not", "Staff must not use personal phones in lessons."), clause("may", "Staff may use personal phones.")),
    (clause("must-not", "Staff must not use personal phones in lessons."), clause("may", "Staff may use personal phones in breaks.")),
    # two sides of one demand
    (clause("must-not", "Staff must not send school email from their own account."),
     clause("must", "Staff must send school email from the account that they are given.")),
    (clause("must-not", "Staff must not share confidential information."),
     clause("must", "Staff must keep confidential information to themselves.")),
    # about the act, and not the act
    (NO_PHONES, clause("must", "Staff must report colleagues who use personal phones.")),
    (NO_PHONES, clause("must", "Staff must not only think before they use personal phones.")),
    # a word between makes it another act
    (clause("must-not", "Staff must not accept friend requests from pupils."),
     clause("may", "Staff may accept friend requests from former pupils.")),
    (clause("must-not", "Staff must not accept friend requests from pupils."),
     clause("may", "Staff may accept friend requests from parents of pupils.")),
    (clause("must-not", "Staff must not accept friend requests from pupils."),
     clause("may", "Staff may accept friend requests from pupils' parents.")),
    # an exception that names the other's case, on either side
    (clause("must-not", "Staff must not contact pupils, unless these belong to their family."),
     clause("may", "Staff may contact pupils who are family.")),
    (clause("must-not", "Except on school trips, staff must not use personal phones."),
     clause("may", "Staff may use personal phones on trips.")),
    (clause("must-not", "Staff must not post pictures of pupils without their parents' consent."),
     clause("may", "Staff may post pictures of pupils with consent.")),
    (clause("must-not", "Staff must not use personal phones. In breaks they may."),
     clause("may", "Staff may use personal phones in breaks.")),
    (clause("must-not", "Staff must not use personal phones on trips."),
     clause("must", "Staff must use personal phones, except on trips.")),
    # a duty that is meant for the excepted case, and one that is a limit
    (clause("must-not", "Staff must not use personal phones without leave."),
     clause("must", "Staff must use personal phones quietly.")),
    (clause("must-not", "Staff must not share pictures of pupils."),
     clause("must", "Staff must share pictures of pupils only with the school office.")),
    # forces that can both hold, subjects and people that differ
    (clause("should-not", "Staff should not use personal phones."), clause("may", "Staff may use personal phones.")),
    (NO_PHONES, clause("states", "Staff use personal phones.")),
    (NO_PHONES, clause("may", "Staff may use personal phones.", topics=["trips"])),
    (NO_PHONES, clause("may", "Visitors may use personal phones.", binds=["visitors"])),
    # one statement, told in two clauses
    ({**NO_PHONES, "lines": "12"}, clause("may", "In breaks staff may use personal phones.", lines="12-13")),
    ({**NO_PHONES, "number": "4.1"}, clause("may", "In breaks staff may use personal phones.", number="4.1")),
    # too little to go by
    (clause("must-not", "Staff must not swear."), clause("must", "Staff must swear an oath.")),
]  # fmt: skip


@pytest.mark.parametrize(("ban", "other"), CONTRADICT, ids=lambda one: one["text"][:50])
def test_what_contradicts_is_found_whichever_comes_first(ban: dict, other: dict) -> None:
    assert len(found_by_rule(ban, other)) == 1
    assert len(found_by_rule(other, ban)) == 1


@pytest.mark.parametrize(("ban", "other"), STAND_TOGETHER, ids=lambda one: one["text"][:50])
def test_what_can_stand_together_is_left_alone(ban: dict, other: dict) -> None:
    assert found_by_rule(ban, other) == []
    assert found_by_rule(other, ban) == []


def test_an_items_lead_in_belongs_to_it() -> None:
    lead_in = clause("must-not", "On trips, staff must not:", items=[{"id": "phones", "text": "use personal phones;"}])
    assert found_by_rule(lead_in, clause("may", "Staff may use personal phones.")) == []
    assert found_by_rule(lead_in, clause("may", "On trips, staff may use personal phones.")) == [("phones", "clause-2")]


def test_a_pair_that_a_person_has_recorded_is_told_once_with_the_ruling() -> None:
    pair = (NO_PHONES, clause("may", "In breaks, staff may use their personal phones."))
    recorded = {"clauses": ["clause-2", "clause-1"], "about": "Breaks.", "ruling": None}
    ruling = {"by": "HR", "date": "2026-10", "says": "Breaks are free."}
    assert [one.kind for one in find_in_policy(made(*pair), (), TODAY)] == ["conflict-by-rule"]
    for conflict, now in ((recorded, "No ruling is recorded."), ({**recorded, "ruling": ruling}, "Ruling by HR, October 2026: Breaks are free.")):  # fmt: skip
        found = find_in_policy(made(*pair, conflicts=[conflict]), (), TODAY)
        assert [one.kind for one in found] == ["conflict"]
        assert found[0].now.startswith(now)


def test_the_note_tells_both_clauses_who_found_it_and_what_settles_it_beside_each() -> None:
    pair = ({**NO_PHONES, "number": "4.1"}, clause("may", "In breaks, staff may use their personal phones."))
    found = find_in_policy(made(*pair), (), TODAY)
    assert found[0].label == "Possible contradiction, found by rule"
    assert found[0].what == (
        "Clause 4.1 says: “Staff must not use personal phones.” "
        "A clause under “Phones” says: “In breaks, staff may use their personal phones.”"
    )
    assert "a rule" in found[0].now
    assert "ruling settles it" in found[0].now
    assert "“conflicts”" in found[0].now
    assert found[0].noted == "2026-11-20"
    assert notes_by_clause(found) == {"clause-1": [found[0]], "clause-2": [found[0]]}


def test_the_five_real_policies_have_no_pair_that_the_rule_finds(handbook: Handbook) -> None:
    """All 531 pairs of opposed forces on one topic that bind a common role were printed, most alike first, and read down to
    where nothing but the topic was common. The real contradictions among them are recorded under `conflicts` already."""
    assert [pair for revision in handbook.in_force for pair in find_contradictions(revision)] == []


# Pairs that look alike by their words, and why no union rep would call them a contradiction.
NONE = [
    # A ban and its own exception, in the next sentence of the same bullet (lines 662 to 664).
    ("catholic", "no-informing-practice", "informing-practice-in-some-roles"),
    ("catholic", "no-informing-practice", "informing-practice-with-care"),
    # Not doing a thing, and thinking first whether it is that thing, fit together.
    ("catholic", "no-disreputable-activities", "think-about-disrepute"),
    # Two sides of one rule: not there, but here.
    ("catholic", "no-raising-concerns-online", "concerns-through-policies"),
    ("laat", "no-personal-email-for-work", "provided-email-only"),
    ("archway", "no-full-names", "first-names-or-initials"),
    ("archway", "no-unapproved-response", "direct-inquiries"),
    # The permission itself ends where the ban begins: in paid working time.
    ("catholic", "no-personal-use-in-work-time", "occasional-use-authorised"),
    # The ban excepts publicity; the duty is about publicity.
    ("catholic", "phone-camera", "phone-camera-authorised"),
    # Posting is forbidden; the permission is for taking, the subject of that passage.
    ("catholic", "no-pictures-even-if-asked", "picture-permission"),
    # Email accounts and social media accounts are different things.
    ("laat", "no-personal-email-for-work", "personal-accounts-for-professional-use"),
    # Kept in a safe place, and not in the classroom.
    ("laat", "camera-devices-not-in-classroom", "camera-devices-stored"),
]


@pytest.mark.parametrize(("trust", "ban", "other"), NONE)
def test_candidates_that_were_read_and_rejected(handbook: Handbook, trust: str, ban: str, other: str) -> None:
    revision = next(revision for revision in handbook.in_force if revision.trust == trust)
    assert {ban, other} <= revision.by_id.keys()
    assert (ban, other) not in [(pair.ban.id, pair.other.id) for pair in find_contradictions(revision)]


# The terminal


def test_findings_in_the_terminal(clausebook) -> None:
    shown = clausebook("findings", "att", "--handbook", ROOT, "--as-of", "2026-11-20")
    assert shown.returncode == 0
    for words in ("ATT", "Social media", "Review overdue", "Apparent contradiction", "no-logo-on-own-sites (Must not)", "logo-needs-ceo", "No ruling",
                  "Data Protection Act 2018", "Since: July 2023"):  # fmt: skip
        assert words in " ".join(shown.stdout.split()), words
    assert "Archway" not in shown.stdout


def test_findings_to_take_away_narrowed_by_kind(clausebook) -> None:
    asked = ("findings", "--handbook", ROOT, "--as-of", "2021-08-01", "--kind", "due", "--format")
    told = json.loads(clausebook(*asked, "json").stdout)["Findings"]
    assert [(row["Trust"], row["Kind"], row["Since"]) for row in told] == [("ATT", "Review due", "2021-09")]
    assert told[0]["Now"].startswith("60 days are left on 1 August 2021.")
    rows = list(csv.DictReader(io.StringIO(clausebook(*asked, "csv").stdout.removeprefix("\ufeff"))))
    assert rows == told
    assert clausebook(*asked, "markdown").stdout.startswith("| Trust | Policy | Kind | What | Now | Since | Clauses |")
    gaps = clausebook("findings", "lwlat", "--handbook", ROOT, "--kind", "gap", "--format", "csv").stdout
    assert "source line 63" in gaps


def test_nothing_found_is_said(clausebook) -> None:
    asked = ("findings", "archway", "--handbook", ROOT, "--as-of", "2026-11-20", "--kind", "due")
    assert clausebook(*asked).stdout == "Nothing to note.\n"
    assert json.loads(clausebook(*asked, "--format", "json").stdout) == {"Findings": []}


def test_an_unknown_trust_or_kind_is_answered_as_by_compare(clausebook) -> None:
    said = clausebook("findings", "atf", "--handbook", ROOT)
    assert said.returncode == 2
    assert "there is no trust 'atf'; did you mean att?" in said.stderr
    compared = clausebook("compare", "atf", "laat", "--topic", "friend-requests", "--handbook", ROOT)
    assert compared.stderr.splitlines()[-1] == said.stderr.splitlines()[-1]
    assert clausebook("findings", "--kind", "stail", "--handbook", ROOT).returncode == 2


# Data and words


def test_every_kind_has_its_words_and_its_place_in_the_data(handbook: Handbook) -> None:
    assert tuple(KIND) == KINDS
    schema = FindingRecord.model_json_schema()
    assert tuple(schema["properties"]["kind"]["enum"]) == KINDS
    assert "due, doubtful, policies-differ, conflict-by-rule and newer-model have joined" in schema["description"]
    found = find_all(handbook, date(2021, 8, 1))
    assert "due" in {record.kind for record in finding_records(handbook, found)}


# The hub's page


def desk(handbook: Handbook, day: date) -> str:
    pages = hub_pages(handbook, find_all(handbook, day), day, {})
    page = next(page for page in pages if page.path == "findings")
    return render_page(page, Looks(ROOT), day, hub=page.root, pdfs=False)


def test_the_review_desk_lists_every_review_by_date_and_leads_to_the_calendar(handbook: Handbook) -> None:
    text = desk(handbook, date(2021, 8, 1))
    table = text[text.index("<tbody>") : text.index("</tbody>")]
    assert [name for name in ("ATT", "LwLAT", "Archway") if f'<th scope="row">{name}</th>' in table] == [
        "ATT",
        "LwLAT",
        "Archway",
    ]
    assert table.index(">ATT<") < table.index(">LwLAT<") < table.index(">Archway<")
    assert "due in 60 days" in table
    assert table.count("not stated") == 6  # three trusts: the date, and the word
    assert 'href="../downloads/reviews.ics"' in text
    assert "Not in the table" not in text
    assert "overdue by 5 years and 1 month" in desk(handbook, TODAY)


def test_the_review_desk_stays_light_with_many_trusts(handbook: Handbook) -> None:
    stated = [f"2026-{month:02}" for month in range(1, 13)] + ["2030", None, None, None]
    handbooks = []
    for number in range(500):
        trust = f"made-up-{number:03}"
        when = stated[number % len(stated)]
        revision = made(trust=trust, dates={"review_due": when} if when else {})
        own = handbook.trusts[0].record.model_copy(update={"short_name": f"M{number:03}"})
        handbooks.append(Trust(trust, own, (Policy(revision.policy, revision, (), None),)))
    many = replace(handbook, trusts=tuple(handbooks), subjects=(), checklists={})
    pages = {
        page.path: page
        for page in hub_pages(many, find_all(many, TODAY), TODAY, {})
        if page.path.startswith("findings")
    }
    assert len(pages) == 25
    told = pages["findings"].view.desk
    wanted = sum(1 for number in range(500) if number % len(stated) < 12)
    assert len(told.rows) == ROWS
    assert told.more == wanted - ROWS
    assert {one.state for one in told.rows} == {"overdue"}
    assert (told.later, told.not_stated) == (
        sum(n % 16 == 12 for n in range(500)),
        sum(n % 16 > 12 for n in range(500)),
    )
    text = render_page(pages["findings"], Looks(ROOT), TODAY, hub="../", pdfs=False)
    assert f"{wanted - ROWS} more are overdue or due" in text
    assert "What is due" not in render_page(pages["findings/page_2"], Looks(ROOT), TODAY, hub="../../", pdfs=False)


def test_the_review_desk_goes_by_what_to_do_the_most_urgent_first(handbook: Handbook) -> None:
    text = desk(handbook, TODAY)
    headings = re.findall(r'<h2 id="([a-z-]+)">(.*?)</h2>', text)
    assert headings[:3] == [
        ("set-a-date", "Review it, and set the next date"), ("decide", "Ask the owner which rule applies"), ("correct", "Correct the document"),
    ]  # fmt: skip
    for to_do, part in zip(headings, text.split('<section data-cb-group aria-labelledby="')[1:], strict=True):
        kinds = set(re.findall(r'data-kind="([a-z-]+)"', part))
        assert kinds <= {kind for kind, what in BY_KIND.items() if what == to_do[0]}
    found = find_all(handbook, TODAY)
    assert text.count("data-cb-finding") == len(found)
    assert f"<strong>{len([one for one in found if one.is_open])} things to look at</strong>" in text


# The calendar


def test_the_calendar_holds_each_stated_review_and_says_what_is_stated(handbook: Handbook) -> None:
    data = render_reviews(find_reviews(handbook, TODAY), handbook.short_names, TODAY)
    events = {str(event["UID"]): event for event in Calendar.from_ical(data).walk("VEVENT")}
    assert set(events) == {"review-att/social-media@clausebook.invalid", "review-lwlat/social-media@clausebook.invalid"}
    event = events["review-att/social-media@clausebook.invalid"]
    assert event["SUMMARY"] == "Review overdue: ATT social media policy"
    assert event.decoded("DTSTART") == date(2021, 9, 30)  # the last day that September 2021 can mean
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert event.decoded("DTSTAMP") == datetime(2026, 11, 20, tzinfo=UTC)
    assert "date of the next review: September 2021" in event["DESCRIPTION"]
    assert "date on the document: September 2018" in event["DESCRIPTION"]
    (alarm,) = event.walk("VALARM")
    assert alarm["ACTION"] == "DISPLAY"


def calendar_event(as_of: date = TODAY, **dates: str) -> Component:
    """The event of a policy that gives these dates."""
    review = review_of(made(dates=dates), as_of)
    (event,) = Calendar.from_ical(render_reviews((review,), {"made-up": "M"}, as_of)).walk("VEVENT")
    return event


def test_a_coming_review_rings_before_it_and_on_its_day() -> None:
    event = calendar_event(review_due="2027-09-30")
    rings = [date(2027, 9, 30) + alarm.decoded("TRIGGER") for alarm in event.walk("VALARM")]
    assert event["SUMMARY"].startswith("Review due: ")
    assert [alarm.decoded("TRIGGER") for alarm in event.walk("VALARM")] == [
        timedelta(days=-90, hours=9), timedelta(days=-14, hours=9), timedelta(hours=9)
    ]  # fmt: skip
    assert all(day > TODAY for day in rings)
    assert "RRULE" not in event


def test_an_overdue_review_comes_back_and_rings_each_time() -> None:
    event = calendar_event(review_due="2021-09")
    assert event["RRULE"].to_ical() == b"FREQ=WEEKLY;INTERVAL=4"
    assert [alarm.decoded("TRIGGER") for alarm in event.walk("VALARM")] == [timedelta(hours=9)]
    assert "RRULE" not in calendar_event(date(2021, 9, 30), review_due="2021-09"), "it is due today"


def test_a_date_that_moves_is_newer_and_one_that_stays_is_the_same(handbook: Handbook) -> None:
    before, after = (calendar_event(review_due=day) for day in ("2027-09-30", "2028-09-30"))
    assert before["UID"] == after["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert before.decoded("LAST-MODIFIED") == datetime(2026, 11, 20, tzinfo=UTC)
    assert calendar_event(date(2026, 12, 24), review_due="2027-09-30")["SEQUENCE"] == before["SEQUENCE"]
    review = review_of(made(dates={"review_due": "2027-06-30"}), TODAY)  # a new revision may bring it forward
    once, twice = (
        Calendar.from_ical(render_reviews((replace(review, times_stated=times),), {"made-up": "M"}, TODAY)).walk(
            "VEVENT"
        )[0]
        for times in (1, 2)
    )
    assert twice["SEQUENCE"] > before["SEQUENCE"] > once["SEQUENCE"]
    own = next(one for one in find_reviews(handbook, TODAY) if one.trust == "att")
    assert own.times_stated == 1


def test_the_calendar_is_the_same_bytes_and_within_the_standards_lines(handbook: Handbook) -> None:
    first, second = (render_reviews(find_reviews(handbook, TODAY), handbook.short_names, TODAY) for _ in range(2))
    assert first == second
    assert all(len(line) <= 75 for line in first.split(b"\r\n"))
    assert b"\n" not in first.replace(b"\r\n", b"")


def test_an_abbreviation_keeps_its_capitals_in_a_summary() -> None:
    review = review_of(made(title="ICT and phones", dates={"review_due": "2026"}), TODAY)
    (event,) = Calendar.from_ical(render_reviews((review,), {"made-up": "M"}, TODAY)).walk("VEVENT")
    assert event["SUMMARY"] == "Review due: M ICT and phones"


def test_hostile_words_stay_words_in_the_calendar() -> None:
    revision = made(title="Phones; a, b\nEND:VEVENT", dates={"review_due": "2026-12"})
    reviews_of_one = (review_of(revision, TODAY),)
    data = render_reviews(reviews_of_one, {"made-up": "M, “U”"}, TODAY)
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    assert event["SUMMARY"] == "Review due: M, “U” phones; a, b\nEND:VEVENT"


def test_a_ruling_settles_a_contradiction_wherever_it_is_told() -> None:
    said = ({"text": "Staff must not post.", "modality": "must-not"}, {"text": "Staff may post.", "modality": "may"})
    conflict = {"clauses": ["clause-1", "clause-2"], "about": "One forbids what the other allows."}
    ruling = {"by": "HR", "date": "2026-05-01", "says": "No one posts."}
    open_, settled = (
        find_in_policy(made(*said, conflicts=[one]), (), TODAY)[0] for one in (conflict, {**conflict, "ruling": ruling})
    )
    assert (open_.label, open_.is_open) == ("Apparent contradiction", True)
    assert (settled.label, settled.is_open) == ("Contradiction settled by a ruling", False)
    assert settled.now == "Ruling by HR, 1 May 2026: No one posts."
    revision = made(*said, conflicts=[{**conflict, "ruling": ruling}])
    assert ruling_on(["clause-1", "clause-2", "other"], revision.record) == settled.now
    assert ruling_on(["clause-1"], revision.record) == ""
    caution = Basis("prohibited", (), conflict=True, ruling=settled.now).caution
    assert caution == settled.now
    assert "ask before you rely" in Basis("prohibited", (), conflict=True).caution
    assert Basis("prohibited", ()).caution == ""


def following(handbook: Handbook, reference: str, text: str) -> bool:
    """Whether a policy whose one clause says `text` would be found, were its answer the one that is meant."""
    pattern = next(one.clauses for one in handbook.references if one.id == reference)
    clause = replace(handbook.in_force[0].clauses[0], text=text, items=())
    return bool(_fitting(_Whole(clause), pattern))


@pytest.mark.parametrize(
    ("reference", "text", "found"),
    [
        ("allegations-to-the-head", "A concern that a member of staff harmed a child must go to the Designated Safeguarding Lead.", True),
        ("allegations-to-the-head", "A concern that a member of staff harmed a child must go to the Headteacher, and the DSL is told.", False),
        ("allegations-to-the-head", "A concern that staff harmed a child goes to the Headteachers of both schools and the DSL.", False),
        ("allegations-to-the-head", "A concern that staff harmed a child goes to the Head of School; the DSL is told.", False),
        ("allegations-to-the-head", "If a parent harmed a child, tell the DSL.", False),
        ("allegations-to-the-head", "Allegations by one pupil against another must be reported to the DSL.", False),
        ("monitoring-without-notice", "The Trust may intercept and review messages without notice.", True),
        ("monitoring-without-notice", "Monitoring takes place without prior notice.", True),
        ("monitoring-without-notice", "Access to the network may be withdrawn without notice.", False),
        ("monitoring-without-notice", "This policy may change without notice, so staff should read it every term.", False),
        ("monitoring-without-notice", "The Trust may delete copies of emails without notice, and only IT has access.", False),
        ("no-expectation-of-privacy", "Users should have no expectation of privacy.", True),
        ("no-expectation-of-privacy", "Staff keep a reasonable expectation of privacy in their private life.", False),
        ("harm-threshold-of-three", "Staff who harmed a child, committed an offence against a child, or pose a risk of harm.", True),
        ("harm-threshold-of-three", "Staff who harmed a child, committed an offence against a child, pose a risk of harm, or may not be suitable.", False),
        ("kcsie-annex-a", "Staff who do not work with children read Annex A of KCSIE.", True),
        ("kcsie-annex-a", "Annex A of KCSIE is no substitute for Part one.", False),
        ("kcsie-annex-a", "The form is in Annex A.", False),
        ("sick-pay-waiting-days", "No SSP is due for the three waiting days.", True),
        ("sick-pay-waiting-days", "SSP is paid without waiting days.", False),
        ("sick-pay-waiting-days", "A self-certificate covers the first three days; SSP is explained below.", False),
        ("flexible-working-conditions", "Staff with 26 weeks’ service may ask for flexible working.", True),
        ("flexible-working-conditions", "Flexible working: one request in any 12 months.", True),
        ("flexible-working-conditions", "The flexible working procedure is reviewed once a year.", False),
        ("flexible-working-conditions", "Flexible working can be asked for from the first day, by two requests in any 12 months.", False),
        ("paternity-and-parental-service", "Unpaid parental leave needs one year's service.", True),
        ("paternity-and-parental-service", "Shared parental leave needs 26 weeks' service.", False),
        ("paternity-and-parental-service", "Statutory paternity pay needs 26 weeks' service, paternity leave does not.", False),
        ("good-faith", "Whistleblowing is protected if the concern is raised in good faith.", True),
        ("good-faith", "A protected disclosure need not be made in good faith.", False),
        ("good-faith", "Managers and unions negotiate in good faith.", False),
        ("all-reasonable-steps", "The Trust takes reasonable steps to prevent sexual harassment.", True),
        ("all-reasonable-steps", "The Trust takes all reasonable steps to prevent sexual harassment.", False),
        ("all-reasonable-steps", "Staff should take reasonable steps to keep a record of sexual harassment.", False),
        ("harassment-law-first-of-october", "From 1 October 2026 the Trust answers for harassment by third parties.", True),
        ("harassment-law-first-of-october", "From 30 October 2026 the Trust answers for harassment by third parties.", False),
        ("harassment-law-first-of-october", "The harassment procedure holds from 1 October 2026.", False),
        ("right-to-join-a-union", "From October 2026 the Trust gives each worker a statement of the right to join a trade union.", True),
        ("right-to-join-a-union", "Everybody has the right to join a trade union.", False),
        ("unfair-dismissal-two-years", "After two years' service an employee can claim unfair dismissal.", True),
        ("unfair-dismissal-two-years", "The panel's members serve for two years.", False),
    ],
)  # fmt: skip
def test_a_pattern_finds_what_it_means_and_no_neighbour(
    handbook: Handbook, reference: str, text: str, found: bool
) -> None:
    assert following(handbook, reference, text) is found


@pytest.mark.parametrize(
    ("reference", "text", "found"),
    [
        ("kcsie-edition", "see Keeping Children Safe in Education (2024)", True),
        ("kcsie-edition", "see Keeping Children Safe in Education 2026", False),
        ("kcsie-edition", "see Keeping Children Safe in Education", False),
        ("academy-trust-handbook-edition", "the Academy Trust Handbook 2024", True),
        ("academy-trust-handbook-edition", "the Academy Trust Handbook (2026)", False),
        ("working-together-edition", "Working Together to Safeguard Children (2018)", True),
        ("working-together-edition", "Working Together 2023", True),
        ("working-together-edition", "working together to safeguard children 2026", False),
        ("working-together-edition", "after working together 20 years", False),
        ("reasonable-force-2013", "Use of Reasonable Force in Schools (2013)", True),
        ("reasonable-force-2013", "The use of reasonable force in schools is lawful.", False),
    ],
)
def test_an_edition_is_named_by_its_year(handbook: Handbook, reference: str, text: str, found: bool) -> None:
    meant = next(one for one in handbook.references if one.id == reference)
    assert bool(named(meant, text)) is found
