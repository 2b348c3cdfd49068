"""The job `reviews`: every week a random sample of solved conversations is drawn and given to colleagues in turn.

It may be killed at any line and run twice: a week has one sample, and what nobody was given yet waits until somebody
takes it.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from relevo.answers.reading import Reading
from relevo.base.config import Home
from relevo.base.errors import WrongUse
from relevo.base.periods import end_of_day_utc
from relevo.book.store import Store
from relevo.desk.running.outcome import Outcome, Result
from relevo.jobs.clock import now, today

REVIEWS = "reviews"
# Who the history names for what no person did.
WHO = "relevo"
_SEEDS = 2**62


@dataclass(frozen=True)
class Week:
    """The seven days of a week by its Monday, and the instants between which they lie, UTC as books have them."""

    monday: date
    begins: datetime
    ends: datetime


def week_before(day: date, zone: str) -> Week:
    """The last week that was over before a day, where the company is."""
    monday = day - timedelta(days=day.weekday() + 7)
    ends = [end_of_day_utc(monday + timedelta(days=n), zone).replace(tzinfo=None) for n in (-1, 6)]
    return Week(monday, *ends)


def draw_reviews(home: Home, kept: Mapping[str, Any]) -> Outcome:  # noqa: ARG001 - every job has this shape
    """Draw last week's sample if the book has that week whole, and give it to reviewers."""
    from relevo.desk.reviews.kept import has_sample

    zone = home.config().company.timezone
    week = week_before(today(zone), zone)
    if has_sample(week.monday):
        return Outcome(Result.OK, "nothing_due", "Last week's sample was drawn before.")
    if Store(home.books).current() is None:
        return Outcome(Result.OK, "nothing_due", "No book has been published yet.")
    from relevo.jobs.opening import operator_reading

    reading = operator_reading(home)
    try:
        return draw_week(reading, week, secrets.randbelow(_SEEDS))
    finally:
        reading.company_book.close()


def draw_week(reading: Reading, week: Week, seed: int) -> Outcome:
    """Draw the sample of a week with a seed, and give it to reviewers; nothing for a week the book does not hold."""
    from relevo.answers.reviews.drawing import assign, sample_of
    from relevo.desk.reviews.actions import NewSample, give, keep_sample
    from relevo.desk.reviews.rules import review_rules

    rules = review_rules(week.monday + timedelta(days=7))
    book = reading.company_book
    if not rules.per_person:
        return Outcome(Result.OK, "nothing_due", "The house draws no conversations for reviews.")
    if book.as_of < week.monday + timedelta(days=6):
        return Outcome(Result.OK, "nothing_due", "The book does not have last week whole yet.")
    found, among = sample_of(reading, week.begins, week.ends, rules.per_person, seed)
    new = NewSample(week.monday, seed, rules.per_person, book.id, among)
    try:
        wanted = keep_sample(new, found, WHO, now())
    except WrongUse:
        return Outcome(Result.OK, "nothing_due", "Last week's sample was drawn before.")
    given = give(assign(reading, wanted, rules, seed, now()), WHO, now())
    return Outcome(Result.OK, "drawn", f"Conversations drawn for reviews: {len(wanted)} of {among}; given: {given}.")
