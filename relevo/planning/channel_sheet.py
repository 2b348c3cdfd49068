"""What a channel takes before it is opened: hours to staff, people, and what they cost (row S3-27).

Two needs are worked out and the larger one holds: somebody has to be there in the hours that are promised (cover), and
what comes has to be done by people who cannot be busy in every minute (work). In small teams cover binds. How long
customers would queue within those hours is not worked out here.

Method: ../shared/reference/support.md, section 11: people = hours / (paid hours x (1 - away) x occupancy).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil

from relevo.base.business_time import WEEKDAYS
from relevo.base.errors import WrongUse
from relevo.base.money import half_up

# Whether a channel answers at once: then somebody has to be there, and nothing is worked out without a plan of hours.
AT_ONCE: Mapping[str, bool] = {
    "phone": True, "chat": True, "video": True,
    "mail": False, "web_form": False, "messenger": False, "community": False,
}  # fmt: skip
DAY_MINUTES = 24 * 60
WEEK_MINUTES = len(WEEKDAYS) * DAY_MINUTES
# 365.25 days a year, twelve months, seven days a week.
WEEKS_A_MONTH = Fraction(1461, 336)


@dataclass(frozen=True)
class Cover:
    """The hours of a week in which a channel is open, and how many people are there at once.

    Times are minutes after midnight; hours that close at or before they open run into the next day. WrongUse for no
    day, a day or a time that does not exist, hours without a length, or nobody there.
    """

    days: tuple[str, ...]
    opens: int
    closes: int
    people: int

    def __post_init__(self) -> None:
        """Refuse a plan that leaves open when somebody is there."""
        if not self.days or not set(self.days) <= set(WEEKDAYS):
            raise WrongUse(f"{', '.join(self.days) or 'No day'} is no plan of days.", f"Name {', '.join(WEEKDAYS)}.")
        if not 0 <= self.opens < DAY_MINUTES or not 0 <= self.closes <= DAY_MINUTES or self.opens == self.closes:
            raise WrongUse(
                f"Hours from {self.opens} to {self.closes} minutes after midnight say neither a day nor nothing.",
                "Give a time to open and a later one to close; 1440 closes at midnight.",
            )
        if self.people < 1:
            raise WrongUse(f"{self.people} people cannot be there.", "Give 1 or more.")

    @property
    def minutes(self) -> tuple[bool, ...]:
        """Of each minute of the week, from Monday's midnight on, whether the channel is open."""
        length = (self.closes - self.opens) % DAY_MINUTES or DAY_MINUTES
        found = [False] * WEEK_MINUTES
        for day in self.days:
            begins = WEEKDAYS.index(day) * DAY_MINUTES + self.opens
            for minute in range(begins, begins + length):
                found[minute % WEEK_MINUTES] = True
        return tuple(found)

    @property
    def open_hours(self) -> Fraction:
        """Hours a week in which it is open."""
        return Fraction(sum(self.minutes), 60)


@dataclass(frozen=True)
class Working:
    """A week of one person: paid hours, the share of them away from customers, and how much of the rest can be filled.

    The defaults are usual ones (leave, meetings, training and breaks 30 %, occupancy 75 to 85 %) and to be edited.
    WrongUse for a week in which nobody could work.
    """

    paid_hours: Fraction = Fraction(40)
    away: Fraction = Fraction(30, 100)
    occupancy: Fraction = Fraction(85, 100)

    def __post_init__(self) -> None:
        """Refuse a week that leaves no hour."""
        if not (0 < self.paid_hours <= 168 and 0 <= self.away < 1 and 0 < self.occupancy <= 1):
            raise WrongUse(
                "Nobody can work such a week.", "Give up to 168 paid hours, away below 100 %, occupancy above 0 %."
            )

    @property
    def productive_hours(self) -> Fraction:
        """Hours a week that one person is there for customers."""
        return self.paid_hours * (1 - self.away)


@dataclass(frozen=True)
class Proposal:
    """A channel that is proposed: conversations expected a month, minutes each, and when somebody is to be there.

    WrongUse for a channel that nobody knows, for nothing to do, and for one that answers at once without a plan of
    cover.
    """

    channel: str
    conversations: int
    minutes: Fraction
    cover: Cover | None = None
    working: Working = field(default_factory=Working)

    def __post_init__(self) -> None:
        """Refuse what cannot be worked out."""
        if self.channel not in AT_ONCE:
            raise WrongUse(f"There is no channel {self.channel[:40]!r}.", f"Known: {', '.join(AT_ONCE)}.")
        if self.conversations < 0 or self.minutes <= 0:
            raise WrongUse(
                f"{self.conversations} conversations of {self.minutes} minutes cannot be.",
                "Give 0 or more a month, and more than 0 minutes each.",
            )
        if AT_ONCE[self.channel] and self.cover is None:
            raise WrongUse(
                f"{self.channel} answers at once, so somebody has to be there.",
                "Fill in the coverage plan: days, from when, until when, and how many people at once.",
            )


@dataclass(frozen=True)
class Staffing:
    """What a proposal takes: hours a week to be there, hours a week for the work, and the people for the larger one.

    `cover_hours` is None without a plan of cover. `work_hours` are those of the work itself, `busy_hours` those in
    which it can be done by people who are filled as far as the occupancy says.
    """

    proposal: Proposal
    cover_hours: Fraction | None
    work_hours: Fraction
    busy_hours: Fraction

    @property
    def hours(self) -> Fraction:
        """Hours to staff a week: the larger of the two needs."""
        return max(self.cover_hours or Fraction(0), self.busy_hours)

    @property
    def is_bound_by_cover(self) -> bool:
        """Whether being there takes more than the work."""
        return self.cover_hours is not None and self.cover_hours >= self.busy_hours

    @property
    def people(self) -> Fraction:
        """How many people that takes, before anybody is counted as a whole one."""
        return self.hours / self.proposal.working.productive_hours

    @property
    def whole_people(self) -> int:
        """The same as people that can be hired."""
        return ceil(self.people)

    @property
    def at_once(self) -> int | None:
        """How many have to be there at once for the work alone; None without a plan of cover."""
        cover = self.proposal.cover
        return None if cover is None else max(1, ceil(self.busy_hours / cover.open_hours))

    @property
    def paid_hours_a_month(self) -> Fraction:
        """Paid hours a month, the time away from customers included."""
        return self.people * self.proposal.working.paid_hours * WEEKS_A_MONTH

    def cost(self, hourly_cents: int) -> int:
        """What they cost a month, in the minor units of an hour's cost; rounded half-up, once."""
        return half_up(self.paid_hours_a_month * hourly_cents)


def staffing(proposal: Proposal) -> Staffing:
    """Hours and people that a proposal takes."""
    cover = proposal.cover
    work = proposal.conversations * proposal.minutes / 60 / WEEKS_A_MONTH
    there = None if cover is None else cover.open_hours * cover.people
    return Staffing(proposal, there, work, work / proposal.working.occupancy)


def share_within(cover: Cover, asked: Sequence[int]) -> float | None:
    """The part of questions, counted by minute of the week, that came while it would be open; None without any."""
    whole = sum(asked)
    inside = sum(n for n, is_open in zip(asked, cover.minutes, strict=True) if is_open)
    return inside / whole if whole else None
