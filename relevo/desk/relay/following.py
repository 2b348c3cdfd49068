"""What becomes of what a hand-off told: which lines are followed up, what is said of them, how they stand. Pure.

Rows S1-15 to S1-19: needs are delivered or dropped, wishes can be met or not, a value is realised in part, dates slip,
and events show value in time, late or not at all. Numbers are exact: whole millionths, shown as decimals.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from relevo.base.errors import WrongUse

NEEDS, WISHES, VALUES, DATES, EVENTS = "needs", "wanted_solution", "expected_value", "calendar", "value_events"
FOLLOWED = (NEEDS, WISHES, VALUES, DATES, EVENTS)
# What happens on a day that the book may know.
WATCHED = frozenset({DATES, EVENTS})
# Numbers are kept with so many digits behind the point.
DIGITS = 6
MILLION = 10**DIGITS
_MOST = 9_000_000_000_000


class Status(StrEnum):
    """What somebody, or the book, said of a line."""

    OPEN = "open"
    DELIVERED = "delivered"
    DROPPED = "dropped"
    EXISTS = "exists"
    PLANNED = "planned"
    ABSENT = "absent"
    REACHED = "reached"
    MISSED = "missed"


class Standing(StrEnum):
    """How a line stands by a day: its status, and what its day and its numbers add to it."""

    OPEN = "open"
    DELIVERED = "delivered"
    DROPPED = "dropped"
    EXISTS = "exists"
    PLANNED = "planned"
    ABSENT = "absent"
    REACHED = "reached"
    LATE = "late"
    MISSED = "missed"


class Priority(StrEnum):
    """How much the customer needs it; '' where nobody said."""

    MUST = "must"
    NICE = "nice"


class How(StrEnum):
    """What said it: a person, whose word stays, or a rule on the book."""

    PERSON = "person"
    RULE = "rule"


class Counts(StrEnum):
    """What of the product's use is counted: all events, the most users on one day, or the days with any use."""

    EVENTS = "events"
    USERS = "users"
    DAYS = "days"


STATUSES: Mapping[str, tuple[Status, ...]] = {
    NEEDS: (Status.OPEN, Status.DELIVERED, Status.DROPPED),
    WISHES: (Status.OPEN, Status.EXISTS, Status.PLANNED, Status.ABSENT),
    VALUES: (Status.OPEN,),
    DATES: (Status.OPEN, Status.REACHED, Status.DROPPED),
    EVENTS: (Status.OPEN, Status.REACHED, Status.MISSED),
}
# These are said for a reason.
WITH_REASON = frozenset({Status.DROPPED, Status.MISSED})
# These happen on a day.
WITH_DAY = frozenset({Status.DELIVERED, Status.REACHED})
MILESTONE, USAGE = "milestone", "usage"


@dataclass(frozen=True)
class Watch:
    """What in the book says that a line was reached, since its hand-off was given.

    `kind` is milestone or usage; `what` the milestone's kind or the feature; of a feature `counts` reaches `least`.
    """

    kind: str
    what: str
    counts: Counts = Counts.EVENTS
    least: int = 1

    @property
    def code(self) -> str:
        """Kind and what in one word, as forms and rows hold it."""
        return f"{self.kind}:{self.what}"


@dataclass(frozen=True)
class Use:
    """The use of one feature on one day; `users` is None where they were not counted."""

    on: date
    events: int
    users: int | None


def watch_of(code: str, counts: str = Counts.EVENTS, least: int | None = 1) -> Watch | None:
    """The rule that a code names, None for ''. WrongUse for one that is none, or a number below 1."""
    if not code:
        return None
    kind, _colon, what = code.partition(":")
    if kind not in (MILESTONE, USAGE) or not what:
        raise WrongUse(f"{code[:40]!r} is nothing that the book could tell.", "Choose a milestone or a feature.")
    if counts not in set(Counts):
        raise WrongUse(f"Nothing counts {counts[:40]!r}.", f"Known: {', '.join(Counts)}.")
    if least is None or not 1 <= least <= 1_000_000_000:
        raise WrongUse("A rule on use has a number of 1 or more.", "Say from how many on it is reached.")
    return Watch(kind, what, Counts(counts), least)


def reached_on(uses: Iterable[Use], watch: Watch) -> date | None:
    """The first day on which use had reached what a rule asks; None where it never did."""
    events = days = users = 0
    for each in sorted(uses, key=lambda use: use.on):
        events, days, users = events + each.events, days + (each.events > 0), max(users, each.users or 0)
        if {Counts.EVENTS: events, Counts.DAYS: days, Counts.USERS: users}[watch.counts] >= watch.least:
            return each.on
    return None


def share_realised(baseline: Decimal | None, target: Decimal | None, actual: Decimal | None) -> Fraction | None:
    """(actual - baseline) / (target - baseline); None where a part is missing or the target is the baseline.

    Below 0 it went the other way, above 1 further than was expected.
    """
    if baseline is None or target is None or actual is None or target == baseline:
        return None
    return (Fraction(actual) - Fraction(baseline)) / (Fraction(target) - Fraction(baseline))


def slip_days(first: date | None, now: date | None) -> int | None:
    """Days between the day planned first and the one that holds now; negative where it comes earlier."""
    return None if first is None or now is None else (now - first).days


def standing_of(
    item: str, status: Status, due_on: date | None, done_on: date | None, share: Fraction | None, today: date
) -> Standing:
    """How a line stands by a day, where the company is. Its own day is over with the end of it.

    A value counts as reached with its whole share, as missed where it was measured and its day is over.
    """
    is_over = due_on is not None and due_on < today
    if item == VALUES:
        if share is not None and share >= 1:
            return Standing.REACHED
        return Standing.MISSED if share is not None and is_over else Standing.OPEN
    if status is Status.REACHED:
        return Standing.LATE if due_on and done_on and done_on > due_on else Standing.REACHED
    if status is Status.OPEN and item in WATCHED and is_over:
        return Standing.MISSED
    return Standing(status)


def millionths(value: Decimal | None) -> int | None:
    """A number as it is kept; WrongUse for one that has more digits, or is too large."""
    if value is None:
        return None
    if not value.is_finite() or abs(value) > _MOST:
        raise WrongUse("This number is too large.", "Choose a larger unit, such as thousands.")
    kept = value * MILLION
    if kept != kept.to_integral_value():
        raise WrongUse(f"{value} has more than {DIGITS} digits behind the point.", "Round it.")
    return int(kept)


def from_millionths(kept: int | None) -> Decimal | None:
    """A kept number as a decimal without zeros at its end."""
    if kept is None:
        return None
    whole, rest = divmod(abs(kept), MILLION)
    digits = f"{whole}.{rest:0{DIGITS}d}".rstrip("0").rstrip(".")
    return Decimal(f"-{digits}" if kept < 0 else digits)
