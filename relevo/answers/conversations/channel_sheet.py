"""A channel that is proposed: what was asked in a form, what is missing in it, and what the channel would take."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from relevo.answers.reading import Reading
from relevo.answers.scope import led_by
from relevo.base.business_time import WEEKDAYS
from relevo.base.money import half_up
from relevo.book.remembering import Remembered
from relevo.desk.house.rules import rules_in_force
from relevo.insight.talks.channels import asked_by_minute
from relevo.planning.channel_sheet import (
    AT_ONCE,
    DAY_MINUTES,
    Cover,
    Proposal,
    Staffing,
    Working,
    share_within,
    staffing,
)

__all__ = ["AT_ONCE", "COSTS_RULE", "USUAL", "WEEKDAYS", "Sheet", "SheetAsk", "Staffing", "sheet_of"]
COSTS_RULE = "hourly_costs"
USUAL = Working()
_DECIMAL = re.compile(r"[0-9]{1,7}([.,][0-9]{1,2})?")
_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])|24:00")
# What a number may be, both ends included.
_RANGES: Mapping[str, tuple[Fraction, Fraction]] = {
    "conversations": (Fraction(1), Fraction(1_000_000)), "minutes": (Fraction(1, 10), Fraction(1440)),
    "people": (Fraction(1), Fraction(1000)), "paid_hours": (Fraction(1), Fraction(168)),
    "away": (Fraction(0), Fraction(95)), "occupancy": (Fraction(5), Fraction(100)),
}  # fmt: skip
_WHOLE = ("conversations", "people")
PLAN = ("days", "opens", "closes", "people")
_MINUTES: Remembered[tuple[int, ...]] = Remembered(4)


@dataclass(frozen=True)
class SheetAsk:
    """What stands in the form, as it was written; '' is nothing."""

    channel: str = "phone"
    conversations: str = ""
    minutes: str = ""
    days: tuple[str, ...] = ()
    opens: str = ""
    closes: str = ""
    people: str = ""
    role: str = ""
    paid_hours: str = str(USUAL.paid_hours)
    away: str = str(half_up(100 * USUAL.away))
    occupancy: str = str(half_up(100 * USUAL.occupancy))


@dataclass(frozen=True)
class Sheet:
    """The decision sheet. `problems` say by field what is wrong with it: missing, needed, unreadable, range, unknown.

    `needed` is what a channel that answers at once, or a plan that was begun, cannot do without. `staffing` is None
    while anything is wrong, or nothing was asked. `within` is the part of the `questions` of twelve months that came in
    the hours of the plan. `cost_cents` is a month's; where it is None `no_cost` says why: unset, or not_yours.
    `roles` are those whose hourly cost is known to the reader.
    """

    asked: SheetAsk
    is_asked: bool
    problems: Mapping[str, str]
    staffing: Staffing | None
    within: float | None
    questions: int
    cost_cents: int | None
    no_cost: str
    role: str
    roles: tuple[str, ...]
    currency: str


def sheet_of(reading: Reading, asked: SheetAsk | None) -> Sheet:
    """The sheet for what was asked, or an empty one."""
    found = _Reader(asked or SheetAsk())
    proposal = found.proposal() if asked else None
    told = staffing(proposal) if proposal else None
    costs = _costs(reading)
    role = found.asked.role if costs and found.asked.role in costs else next(iter(sorted(costs or {})), "")
    cover, by_minute = (proposal.cover if proposal else None), _by_minute(reading) if proposal else ()
    return Sheet(
        asked=found.asked,
        is_asked=asked is not None,
        problems=found.problems,
        staffing=told,
        within=share_within(cover, by_minute) if cover else None,
        questions=sum(by_minute),
        cost_cents=told.cost(costs[role]) if told and costs and role else None,
        no_cost="not_yours" if costs is None else "" if role else "unset",
        role=role,
        roles=tuple(sorted(costs or {})),
        currency=reading.company_book.company.currency,
    )


def _by_minute(reading: Reading) -> tuple[int, ...]:
    """Questions of the last twelve complete months by minute of the week."""
    book = reading.company_book
    return _MINUTES.get(book, "asked", lambda: tuple(map(int, asked_by_minute(book, book.last_complete_month))))


def _costs(reading: Reading) -> Mapping[str, int] | None:
    """What an hour of each role costs, as the house says; None for who neither sees all amounts nor leads anybody.

    Of a role that one person holds it is what that person costs.
    """
    viewer = reading.viewer
    if viewer.money is not None and not led_by(reading, viewer.me) - viewer.me:
        return None
    held = rules_in_force(reading.company_book.as_of).get(COSTS_RULE)
    return held.value if held and isinstance(held.value, Mapping) else {}


@dataclass
class _Reader:
    """What was written in the form, read field by field; what cannot be read is noted as a problem."""

    asked: SheetAsk
    problems: dict[str, str] = field(default_factory=dict)

    def proposal(self) -> Proposal | None:
        """What is proposed; None where anything is wrong."""
        channel = self.asked.channel
        if channel not in AT_ONCE:
            self.problems["channel"] = "unknown"
        talks, minutes = self.number("conversations"), self.number("minutes")
        cover, working = self.cover(AT_ONCE.get(channel, False)), self.working()
        if self.problems or talks is None or minutes is None or working is None:
            return None
        return Proposal(channel, int(talks), minutes, cover, working)

    def working(self) -> Working | None:
        """What a week of one person is taken to be."""
        paid, away, occupancy = (self.number(name) for name in ("paid_hours", "away", "occupancy"))
        return None if paid is None or away is None or occupancy is None else Working(paid, away / 100, occupancy / 100)

    def cover(self, at_once: bool) -> Cover | None:
        """When somebody is to be there; None where that is left open, which not every channel may."""
        written = [name for name in PLAN if getattr(self.asked, name)]
        if not written and not at_once:
            return None
        self.problems |= {name: "needed" for name in PLAN if name not in written}
        days, people = self.days(), self.number("people") if self.asked.people else None
        opens, closes = self.time("opens"), self.time("closes")
        if opens is None or closes is None or people is None or not days or any(p in self.problems for p in PLAN):
            return None
        closes = closes or DAY_MINUTES
        if opens == closes:
            self.problems["closes"] = "same"
            return None
        return Cover(days, opens, closes, int(people))

    def days(self) -> tuple[str, ...]:
        """The days of the week, in their order."""
        if not set(self.asked.days) <= set(WEEKDAYS):
            self.problems["days"] = "unknown"
        return tuple(day for day in WEEKDAYS if day in self.asked.days)

    def time(self, name: str) -> int | None:
        """A time of day as minutes after midnight."""
        text = getattr(self.asked, name)
        if not text:
            return None
        if not _TIME.fullmatch(text) or (text == "24:00" and name == "opens"):
            self.problems[name] = "unreadable"
            return None
        return 60 * int(text[:2]) + int(text[3:])

    def number(self, name: str) -> Fraction | None:
        """A number within what it may be; whole where it counts something."""
        text = getattr(self.asked, name).strip()
        if not _DECIMAL.fullmatch(text):
            self.problems[name] = "unreadable" if text else "missing"
            return None
        found, (low, high) = Fraction(text.replace(",", ".")), _RANGES[name]
        if not low <= found <= high or (name in _WHOLE and found.denominator != 1):
            self.problems[name] = "range"
            return None
        return found
