"""iCalendar (RFC 5545), and only here: review dates for the calendars that people already look at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from clausebook.findings.reviews import SOON, Review
from clausebook.model.dates import in_words, period_in_words
from clausebook.model.labels import FACTS

SOONER = 14  # days before a review, for the second reminder
NINE = 9  # o'clock: an all-day event begins at midnight
MORE_THAN_DAYS = 100_000  # than there are in the years that a policy can state
STATED = ("titled", "approved", "published", "effective", "review_due")


def render_reviews(reviews: Sequence[Review], names: dict[str, str], as_of: date) -> bytes:
    """An all-day event for each stated review date. `names`: each trust's short name.

    A coming review rings 90 days before, 14 days before and on the day; one that is overdue comes back every four weeks and rings
    each time, because an alarm in the past never does.

    An event keeps its UID when another date is stated, and its SEQUENCE grows, so that a calendar moves it instead of adding one.
    """
    calendar = Calendar()
    calendar.add("PRODID", "-//Clausebook//Reviews//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("X-WR-CALNAME", "Policy reviews")
    for review in reviews:
        if review.due:
            calendar.add_component(_event(review, review.due, names[review.trust], as_of))
    return bytes(calendar.to_ical())


def _event(review: Review, due: str, name: str, as_of: date) -> Event:
    title = review.title
    if title[1:2].islower():  # a word, and no abbreviation
        title = title[0].lower() + title[1:]
    event = Event()
    event.add("UID", f"review-{review.trust}/{review.policy}@clausebook.invalid")  # RFC 2606: a domain that is nobody's
    now = datetime.combine(as_of, time(), UTC)
    event.add("DTSTAMP", now)
    event.add("LAST-MODIFIED", now)
    event.add("SEQUENCE", _sequence(review))
    event.add("DTSTART", review.last)
    is_overdue = review.state == "overdue"
    what = f"Review {'overdue' if is_overdue else 'due'}: {name} {title}"
    event.add("SUMMARY", what)
    event.add("DESCRIPTION", _described(review, due))
    event.add("TRANSP", "TRANSPARENT")  # it takes nobody's day
    if is_overdue:
        event.add("RRULE", {"FREQ": "WEEKLY", "INTERVAL": 4})
    for before in (0,) if is_overdue else (SOON, SOONER, 0):
        event.add_component(_alarm(before, f"Review due in {before} days: {name} {title}" if before else what))
    return event


def _sequence(review: Review) -> int:
    """Grows with each revision that states a date (RFC 5546, 2.1.4), and where the date of the same one is put off."""
    return review.times_stated * MORE_THAN_DAYS + (review.last - date(2000, 1, 1)).days


def _alarm(days_before: int, words: str) -> Alarm:
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("TRIGGER", timedelta(days=-days_before, hours=NINE))
    alarm.add("DESCRIPTION", words)
    return alarm


def _described(review: Review, due: str) -> str:
    stated = review.dates.model_dump()
    told = "; ".join(f"{FACTS[name]}: {in_words(stated[name])}" for name in STATED if stated[name])
    exact = len(due) == len("2021-09-30")
    meant = "" if exact else " The event is on the last day that this can mean."
    cycle = f" The review follows from its cycle of {period_in_words(review.every)}." if review.every else ""
    return f"The document states: {told}.{cycle}{meant} The policy stays in force until it is replaced."
