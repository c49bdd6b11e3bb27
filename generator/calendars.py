"""iCalendar (RFC 5545), and only here: review dates for the calendars that people already look at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from generator.calendar_dates import in_words
from generator.model import Dates
from generator.reviews import SOON, Review
from generator.words import FACTS

STATED = ("titled", "approved", "published", "effective", "review_due")


def render_reviews(reviews: Sequence[Review], names: dict[str, str], as_of: date) -> bytes:
    """An all-day event for each stated review date, with an alarm 90 days before. `names`: each trust's short name.

    An event keeps its UID when a later revision states another date, so that a calendar moves it instead of adding one.
    """
    calendar = Calendar()
    calendar.add("PRODID", "-//Clausebook//Reviews//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("X-WR-CALNAME", "Policy reviews")
    for review in reviews:
        if review.due:
            calendar.add_component(_event(review, review.due, names[review.policy.trust], as_of))
    return bytes(calendar.to_ical())


def _event(review: Review, due: str, name: str, as_of: date) -> Event:
    policy = review.policy
    title = policy.revision.title
    if title[1:2].islower():  # a word, and no abbreviation
        title = title[0].lower() + title[1:]
    event = Event()
    event.add("UID", f"review-{policy.trust}/{policy.id}@clausebook.invalid")  # RFC 2606: a domain that is nobody's
    event.add("DTSTAMP", datetime.combine(as_of, time(), UTC))
    event.add("DTSTART", review.last)
    event.add("SUMMARY", f"Review due: {name} {title}")
    event.add("DESCRIPTION", _described(policy.revision.dates, due))
    event.add("TRANSP", "TRANSPARENT")  # it takes nobody's day
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("TRIGGER", timedelta(days=-SOON))
    alarm.add("DESCRIPTION", f"Review due in {SOON} days: {name} {title}")
    event.add_component(alarm)
    return event


def _described(dates: Dates, due: str) -> str:
    stated = dates.model_dump()
    told = "; ".join(f"{FACTS[name]}: {in_words(stated[name])}" for name in STATED if stated[name])
    exact = len(due) == len("2021-09-30")
    meant = "" if exact else " The event stands on the last day that this can mean."
    return f"The document states: {told}.{meant} The policy stays in force until it is replaced."
