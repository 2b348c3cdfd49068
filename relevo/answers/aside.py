"""Rows put aside: what, where, why, and what to do; by table, source and reason."""

from dataclasses import dataclass

from relevo.answers.landed import Aside, Landed, all_rows_aside, landed, reasons_aside, rows_aside
from relevo.answers.reading import Reading, Refused
from relevo.base.config import Home
from relevo.book.landing import QuarantinedRow, ReasonCount

PAGE = 50
# A download is a file that somebody opens: more than this is asked for by table.
MOST = 100_000


@dataclass(frozen=True)
class AsideAsk:
    """Which rows: of a table, a source, a reason; None asks for all. `limit` None is a whole file."""

    table: str | None = None
    source: str | None = None
    reason: str | None = None
    offset: int = 0
    limit: int | None = PAGE


@dataclass(frozen=True)
class AsidePage:
    """One page of the rows put aside, how many there are, and the reasons with their counts.

    `reasons` are those of every row, whatever is asked for; rows and reasons are there for who sees everything alone,
    for their values may name customers of others.
    """

    ask: AsideAsk
    rows: tuple[QuarantinedRow, ...]
    found: int
    total: int
    reasons: tuple[ReasonCount, ...]
    may_read: bool

    @property
    def next_offset(self) -> int | None:
        """Where the next rows begin; None where there are no more."""
        shown = self.ask.offset + len(self.rows)
        return shown if self.rows and shown < self.found else None


def aside_page(reading: Reading, home: Home, ask: AsideAsk) -> AsidePage:
    """The rows put aside that are asked for."""
    may_read = reading.viewer.sees_everything
    state, which = landed(home), Aside(ask.table, ask.source, ask.reason)
    reasons = reasons_aside(state)
    found = sum(r.rows for r in reasons if _fits(r, ask))
    rows = _rows(state, which, ask) if may_read else ()
    return AsidePage(ask, rows, found, sum(r.rows for r in reasons), reasons if may_read else (), may_read)


def _rows(state: Landed, which: Aside, ask: AsideAsk) -> tuple[QuarantinedRow, ...]:
    if ask.limit is None:
        return all_rows_aside(state, which, MOST, ask.offset)
    return rows_aside(state, which, ask.limit, ask.offset)


def check_may_read(reading: Reading) -> None:
    """Raise Refused for who does not see everything."""
    if not reading.viewer.sees_everything:
        raise Refused("Rows put aside may name customers of others.", "Ask somebody who sees the whole company.")


def _fits(each: ReasonCount, ask: AsideAsk) -> bool:
    pairs = ((ask.table, each.table), (ask.source, each.source), (ask.reason, each.reason))
    return all(asked in (None, is_) for asked, is_ in pairs)
