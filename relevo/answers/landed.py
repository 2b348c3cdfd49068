"""What stands in the landing, asked once per state of it: it changes only when something is loaded or erased."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import duckdb

from relevo.base.config import Home
from relevo.book.engine import connect
from relevo.book.landing import (
    Landing,
    LandingStatus,
    QuarantinedRow,
    ReasonCount,
    quarantine_reasons,
    quarantined_rows,
    status,
)

T = TypeVar("T")


@dataclass(frozen=True)
class Landed:
    """A state of a landing, told from others by its last load and by how many erasures its loads went through."""

    path: Path
    last_load: int
    erasures: int


@dataclass(frozen=True)
class Aside:
    """Which rows put aside: of a table, a source, a reason; None asks for all."""

    table: str | None = None
    source: str | None = None
    reason: str | None = None


def landed(home: Home) -> Landed:
    """The landing of a home as it stands now."""
    loads = Landing(home.landing).loads()
    return Landed(home.landing, max((x.seq for x in loads), default=0), sum(len(x.erased) for x in loads))


@lru_cache(maxsize=4)
def landing_status(state: Landed) -> LandingStatus:
    """Counts and findings of a landing."""
    return _asked(state, status)


@lru_cache(maxsize=4)
def reasons_aside(state: Landed) -> tuple[ReasonCount, ...]:
    """Why rows were put aside, and how many."""
    return _asked(state, quarantine_reasons)


@lru_cache(maxsize=8)
def rows_aside(state: Landed, which: Aside, limit: int, offset: int = 0) -> tuple[QuarantinedRow, ...]:
    """One page of the rows put aside, to be looked at."""
    return all_rows_aside(state, which, limit, offset)


def all_rows_aside(state: Landed, which: Aside, limit: int, offset: int = 0) -> tuple[QuarantinedRow, ...]:
    """Rows put aside for a file; they are not kept in memory."""
    asked = which.table, which.source, which.reason
    return _asked(state, lambda landing, connection: quarantined_rows(landing, connection, limit, offset, *asked))


def _asked(state: Landed, question: Callable[[Landing, duckdb.DuckDBPyConnection], T]) -> T:
    connection = connect()
    try:
        return question(Landing(state.path), connection)
    finally:
        connection.close()
