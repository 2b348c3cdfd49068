"""When customers ask, hour by hour of the week, and whether anybody was there (row S2-29)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt

from relevo.base.business_time import DAY_S, WEEKDAYS, Spans, known_zone, offsets, union
from relevo.base.periods import month_of
from relevo.book.ledger.hours import SHIFT
from relevo.book.schema import Tables
from relevo.measures.card import BEHIND, Card, Dimension, Direction, Found, Frame, Kind, Model, Out, Record, Unit
from relevo.measures.rounding import rate
from relevo.measures.slices import by_slice, group, sliced_by_own
from relevo.measures.support.effort import window_begins
from relevo.measures.support.hours import seconds as instant_s
from relevo.measures.support.spells import seconds

CLOCK, COMPANY, CUSTOMER = "clock", "company", "customer"
OWN = (
    Dimension(CLOCK, "whose clock tells weekday and hour: company, or customer where its time zone is known."),
    Dimension("channel", "how the conversation came in."),
    Dimension("tier", "the service tier it was handled under."),
    Dimension("category", "what it is about, as it was first said."),
)
_NAMES = tuple(each.name for each in OWN if each.name != CLOCK)
HOURS_A_WEEK, MINUTE_S, HOUR_S = 7 * 24, 60, 3600
_THURSDAY = 3  # the first day of 1970
Numbers = npt.NDArray[np.int64]


def asked(tables: Tables, frame: Frame) -> ir.Table:
    """Waits begun in the window, with the slice asked for; the slice of a clock is cut later."""
    since = tables.customer_wait.filter(lambda t: (t.from_at < frame.until) & (t.from_at >= window_begins(frame)))
    at = seconds(since.from_at)
    rows = since.select(
        "customer_id", "channel", "tier", "category", "calendar", minute_s=at - at % MINUTE_S,
        key_month=ibis.literal(month_of(frame.as_of), "int64"),
    )  # fmt: skip
    return sliced_by_own(rows, tables, _without_clock(frame), _NAMES)


def demand(tables: Tables, frame: Frame) -> ir.Table:
    """How many began to wait in each minute, by calendar and by the customer's time zone (and slice)."""
    rows = asked(tables, frame)
    zones = tables.customer.select(whose="customer_id", timezone="timezone")
    known = rows.left_join(zones, rows.customer_id == zones.whose)
    keys = group(_without_clock(frame), "minute_s", "calendar", "timezone")
    return known.group_by(keys).aggregate(asked=known.count())


def hours(tables: Tables, frame: Frame) -> ir.Table:
    """The open hours of every schedule and the shifts of every person that reach into the window."""
    first, last = instant_s(window_begins(frame)), instant_s(frame.until)
    rows = tables.open_hours.filter(lambda t: (t.to_s > first) & (t.from_s < last))
    return rows.select("calendar", "from_s", "to_s").order_by("calendar", "from_s")


def behind(tables: Tables, frame: Frame) -> ir.Table:
    """The customers who asked, per slice."""
    rows, keys = asked(tables, frame), group(_without_clock(frame))
    return (rows.group_by(keys) if keys else rows).aggregate(customers=rows.customer_id.nunique())


def _without_clock(frame: Frame) -> Frame:
    where = tuple(each for each in frame.where if each[0] != CLOCK)
    return replace(frame, by=None if frame.by == CLOCK else frame.by, where=where)


@dataclass(frozen=True, eq=False)
class _Cover:
    """When somebody was there."""

    found: Sequence[Record]

    @cached_property
    def shifts(self) -> Spans:
        """When anybody was on shift."""
        return union(tuple((r["from_s"], r["to_s"]) for r in self.found if r["calendar"].startswith(SHIFT)))

    @cached_property
    def schedules(self) -> Mapping[str, Spans]:
        """When each schedule was open."""
        spans: dict[str, list[tuple[int, int]]] = {}
        for r in self.found:
            spans.setdefault(r["calendar"], []).append((r["from_s"], r["to_s"]))
        return {name: tuple(each) for name, each in spans.items() if not name.startswith(SHIFT)}

    def there(self, calendar: str | None, at: Numbers) -> npt.NDArray[np.float64]:
        """1 where somebody was there, 0 where nobody was, NaN where it is not known."""
        known = np.full(at.shape, np.nan) if calendar is None else _inside(self.schedules.get(calendar, ()), at)
        if not self.shifts:
            return known
        decided = (at >= self.shifts[0][0]) & (at < self.shifts[-1][1])
        return np.where(decided, _inside(self.shifts, at), known)


def _inside(spans: Spans, at: Numbers) -> npt.NDArray[np.float64]:
    """1 where an instant lies in one of merged spans, else 0."""
    edges = np.array([edge for span in spans for edge in span], dtype=np.int64)
    return (np.searchsorted(edges, at, side="right") % 2).astype(float)


@dataclass(frozen=True, eq=False)
class _Week:
    """Counts by hour of the week: asked, of these known whether anybody was there, and of these with somebody there."""

    asked: Numbers
    known: Numbers
    covered: Numbers

    @classmethod
    def of(cls, found: Sequence[Record], cover: _Cover, zone: str | None) -> "_Week":
        """The counts on the clock of a zone, or on those of the customers."""
        week = cls(*(np.zeros(HOURS_A_WEEK, dtype=np.int64) for _ in range(3)))
        for (calendar, theirs), rows in _alike(found).items():
            clock = zone or theirs
            if clock and known_zone(clock):
                week.add(rows, clock, cover, calendar)
        return week

    def add(self, rows: Sequence[Record], clock: str, cover: _Cover, calendar: str | None) -> None:
        """Count those who asked under one calendar on one clock."""
        at, n = (np.array([int(row[name]) for row in rows], dtype=np.int64) for name in ("minute_s", "asked"))
        hour, there = hours_of_week(at, clock), cover.there(calendar, at)
        is_known = ~np.isnan(there)
        np.add.at(self.asked, hour, n)
        np.add.at(self.known, hour[is_known], n[is_known])
        np.add.at(self.covered, hour[there == 1], n[there == 1])

    def rows(self) -> Iterator[Record]:
        """Every hour of the week."""
        for place in range(HOURS_A_WEEK):
            asked, known, covered = (int(each[place]) for each in (self.asked, self.known, self.covered))
            yield {
                "weekday": WEEKDAYS[place // 24], "hour": place % 24, "asked": asked,
                "covered": None if asked and not known else covered,
                "uncovered_share": rate(known - covered, known), "n": known,
            }  # fmt: skip


def _alike(found: Sequence[Record]) -> dict[tuple[str | None, str | None], list[Record]]:
    """Rows by calendar and time zone."""
    groups: dict[tuple[str | None, str | None], list[Record]] = {}
    for row in found:
        groups.setdefault((row["calendar"], row["timezone"]), []).append(row)
    return groups


def hours_of_week(at: Numbers, zone: str) -> Numbers:
    """The hour of the week, 0 from Monday's midnight, that a zone's clocks show at instants."""
    return minutes_of_week(at, zone) // (HOUR_S // MINUTE_S)


def minutes_of_week(at: Numbers, zone: str) -> Numbers:
    """The minute of the week, 0 from Monday's midnight, that a zone's clocks show at instants."""
    runs = offsets(zone, int(at.min()), int(at.max()) + 1)
    place = np.searchsorted(np.array([run[0] for run in runs]), at, side="right") - 1
    local = at + np.array([run[2] for run in runs])[place]
    return np.asarray(((local // DAY_S + _THURSDAY) % 7 * DAY_S + local % DAY_S) // MINUTE_S)


def _finish(found: Found, frame: Frame) -> list[Record]:
    cover, inner = _Cover(found["hours"]), _without_clock(frame)
    rows: list[Record] = []
    for of, demanded in by_slice(found["demand"], inner).items():
        for clock in _clocks(frame) if demanded else ():
            week = _Week.of(demanded, cover, frame.timezone if clock == COMPANY else None)
            label = {} if frame.by is None else {frame.by: clock if frame.by == CLOCK else of}
            rows += [{**label, **cells} for cells in week.rows()]
    return rows


def _clocks(frame: Frame) -> tuple[str, ...]:
    """The clocks that are asked for: the company's by default."""
    wanted = [value for name, value in frame.where if name == CLOCK]
    known = tuple(clock for clock in (COMPANY, CUSTOMER) if clock in wanted or not wanted)
    return known if frame.by == CLOCK else known[:1]


COVER = Model(
    Card(
        name="cover",
        title="Cover by hour",
        question="In which hours of the week do customers ask while nobody is there?",
        unit=Unit.RATE,
        grain="one row per hour of the week",
        direction=Direction.DOWN,
        kind=Kind.CONTEXT,
        read_with=("waits",),
        columns=(
            Out("weekday", Unit.TEXT, "The day of the week: mon to sun."),
            Out("hour", Unit.COUNT, "The hour, 0 to 23, on the clock that is asked for."),
            Out("asked", Unit.COUNT, "Times a customer began to wait in that hour."),
            Out("covered", Unit.COUNT, "Of these, while somebody was there; null where that is not known."),
            Out("uncovered_share", Unit.RATE, "The share begun while nobody was there, of those of which it is known."),
            Out("n", Unit.COUNT, "Times of which it is known whether somebody was there."),
        ),
        definition=(
            "A wait begins with a customer's oldest unanswered message. Somebody is there while anybody is on shift; "
            "before the first and after the last shift of the window, and where no shifts are kept, while the calendar "
            "of the case is open; without a calendar either it is not known. Weekday and hour are those of the "
            "company's time zone at that instant, summer time included; with the dimension clock those of the "
            "customer's own, of customers whose time zone is known. An hour that clocks repeat counts twice, one that "
            "they leave out has none. The window is the N months that end with the as-of day's. A customer's slice is "
            "its value in the month of the as-of day."
        ),
        source="Row S2-29; support reference, section 3.",
        months=3,
        has_months=False,
        ends_earlier=True,
        own_dimensions=OWN,
        from_stage=2,
    ),
    {"demand": demand, "hours": hours, BEHIND: behind},
    _finish,
)
