"""What needs the viewer today: tasks, customers whose MRR moved within a week, sources that are late, what was gained.

The lists are the viewer's; figures of the company stand above them.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from relevo.answers.benefit import Benefit, benefit
from relevo.answers.freshness import StaleSource, stale_sources
from relevo.answers.measures import show
from relevo.answers.reading import Reading, Scope
from relevo.answers.relay.waiting import Waiting, waiting
from relevo.answers.tasks import TaskLine, my_tasks
from relevo.base.config import Home
from relevo.base.periods import month_of
from relevo.book.remembering import Remembered
from relevo.measures.card import Ask

WEEK_DAYS = 7
SHOWN = 12
_WEEKS: Remembered[tuple["WeekMove", ...]] = Remembered(32)


@dataclass(frozen=True)
class WeekMove:
    """A customer whose MRR moved in the last seven days of the book: the last day, the largest kind, cause and all."""

    customer_id: str
    on: date
    kind: str
    cause: str | None
    cents: int


@dataclass(frozen=True)
class TodayLists:
    """The lists of today. `week` is cut to the largest dozen, `week_found` counts all; tasks are as of now.

    So is what waits, but for dropped batons.
    """

    benefit: Benefit
    tasks: tuple[TaskLine, ...]
    waiting: Waiting
    week: tuple[WeekMove, ...]
    week_found: int
    week_since: date
    stale: tuple[StaleSource, ...]
    scope: Scope


def today_lists(reading: Reading, home: Home, now: datetime) -> TodayLists:
    """The lists as of the book, and tasks and sources as of `now`. NotReady before the first book."""
    book = reading.company_book
    week, since = _week(reading), book.as_of - timedelta(days=WEEK_DAYS - 1)
    return TodayLists(
        benefit=benefit(reading),
        tasks=my_tasks(reading, now.astimezone(ZoneInfo(book.company.timezone)).date()),
        waiting=waiting(reading, now),
        week=week[:SHOWN],
        week_found=len(week),
        week_since=since,
        stale=stale_sources(reading, home, now),
        scope=reading.scope,
    )


def _week(reading: Reading) -> tuple[WeekMove, ...]:
    """Customers whose amounts the viewer may see, the largest movement first; made once per book and sight."""
    return _WEEKS.get(reading.money_book, "week", lambda: _moves(reading))


def _moves(reading: Reading) -> tuple[WeekMove, ...]:
    as_of = reading.company_book.as_of
    since = as_of - timedelta(days=WEEK_DAYS - 1)
    log = show(reading, "movement_log", Ask(first=month_of(since), last=month_of(as_of)))
    moved: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in log.rows:
        if row["customer_id"] and since <= row["at"] <= as_of:
            moved[row["customer_id"]].append(row)
    found = (_moved(customer_id, rows) for customer_id, rows in moved.items())
    return tuple(sorted(found, key=lambda m: (-abs(m.cents), m.customer_id)))


def _moved(customer_id: str, rows: list[Mapping[str, Any]]) -> WeekMove:
    most = max(rows, key=lambda r: abs(r["base_cents"] or 0))
    cents = sum(r["base_cents"] or 0 for r in rows)
    return WeekMove(customer_id, max(r["at"] for r in rows), most["kind"], most["cause"], cents)
