"""Random roll-ups of a few customers, and what measures say of them worked out customer by customer and month by month.

Several currencies, levels below 0, gaps, and traits that begin late or change: what a real build seldom makes at once.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import duckdb
from hypothesis import strategies as st

from relevo.book.schema import OPEN, ROLLUPS
from relevo.measures.card import Frame
from relevo.measures.slices import NONE

FIRST, LAST = 24290, 24301
MONTHS = range(FIRST, LAST + 1)
KINDS = ("new", "reactivation", "expansion", "contraction", "churn")
CAUSES = ("seats", "cancel", "price", None)
SEGMENTS = ("ent", "smb")
_TABLES = ("calendar_month", "fx_month", "mrr_level", "customer_start", "customer_trait", "movement")
Sums = Counter[tuple[Any, ...]]


@dataclass(frozen=True)
class Level:
    currency: str
    arr_e6: int
    since: int
    until: int


@dataclass(frozen=True)
class Customer:
    """One customer: the month of its first MRR (None: never paid), levels, values by month, movements."""

    name: str
    first_month: int | None
    churn_month: int | None
    levels: tuple[Level, ...]
    values: tuple[tuple[str, int, int], ...]
    moves: tuple[tuple[int, str, str | None, int], ...]

    def value(self, key_month: int) -> str:
        """Its segment in a month, or in the one of its first MRR where that is later."""
        moment = max(key_month, self.first_month if self.first_month is not None else key_month)
        return next((v for v, since, until in self.values if since <= moment < until), NONE)


@dataclass(frozen=True)
class Company:
    customers: tuple[Customer, ...]
    rates: dict[tuple[str, int], int]

    def worth(self, customer: Customer, month: int, rate_month: int) -> int:
        """What it pays at a month's end at the rate of another month; 0 where that is not above 0."""
        held = [x for x in customer.levels if x.since <= month < x.until and (x.currency, rate_month) in self.rates]
        return max(sum(x.arr_e6 * self.rates[x.currency, rate_month] for x in held), 0)

    def of(self, frame: Frame, key_month: int) -> Iterator[tuple[Customer, tuple[str, ...]]]:
        """The customers that `where` keeps, each with the slice it is in (nothing, where none is asked)."""
        for customer in self.customers:
            value = customer.value(key_month)
            if all(value in [v for k, v in frame.where if k == name] for name in dict(frame.where)):
                yield customer, (value,) if frame.by else ()

    def fill(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Make the tables hold this company alone."""
        for name, rows in self._rows().items():
            connection.execute(f"DELETE FROM {name}")
            if rows:
                place = "(" + ", ".join("?" for _ in rows[0]) + ")"
                sql = f"INSERT INTO {name} VALUES {', '.join([place] * len(rows))}"
                connection.execute(sql, [cell for row in rows for cell in row])

    def _rows(self) -> dict[str, list[tuple[Any, ...]]]:
        started = [c for c in self.customers if c.first_month is not None]
        return {
            "calendar_month": [(m, 0, 0) for m in MONTHS],
            "fx_month": [(currency, month, rate) for (currency, month), rate in self.rates.items()],
            "mrr_level": [(c.name, x.currency, x.arr_e6, x.since, x.until) for c in self.customers for x in c.levels],
            "customer_start": [(c.name, 0, c.first_month, None, c.churn_month) for c in started],
            "customer_trait": [(c.name, "segment", *value) for c in self.customers for value in c.values],
            "movement": [
                (c.name, month, month, kind, cause, None, None, base)
                for c in self.customers
                for month, kind, cause, base in c.moves
            ],
        }


def empty_book() -> duckdb.DuckDBPyConnection:
    """A database with the tables that companies fill."""
    connection = duckdb.connect()
    kinds = {"string": "VARCHAR", "int64": "BIGINT", "decimal(38, 0)": "DECIMAL(38, 0)"}
    for name in _TABLES:
        columns = ", ".join(f"{column} {kinds[kind]}" for column, kind in ROLLUPS[name].items())
        connection.execute(f"CREATE TABLE {name} ({columns})")
    return connection


def asked(window: int = 1, by: str | None = None, where: Sequence[tuple[str, str]] = (), **more: Any) -> Frame:
    """A frame over all months but the first and the last."""
    ends = tuple(range(FIRST + 1, LAST))
    return replace(Frame(ends, window, by, tuple(where), date(2025, 1, 31), "EUR", LAST - 1), **more)


@st.composite
def companies(draw: st.DrawFn) -> Company:
    """A few customers; some pay in two currencies, some owe less than nothing for a while."""
    rates = {(c, m): draw(st.integers(1, 4)) * 10**9 for c in ("EUR", "USD") for m in MONTHS}
    count = draw(st.integers(1, 12))
    return Company(tuple(draw(_customer(f"c{n}")) for n in range(count)), rates)


@st.composite
def _customer(draw: st.DrawFn, name: str) -> Customer:
    currencies = draw(st.sampled_from((("EUR",), ("USD",), ("EUR", "USD"))))
    amounts = draw(st.sampled_from(((1, 2, 5), (1, 2, 5), (-2, 1, 3))))
    levels = tuple(level for c in currencies for level in draw(_levels(c, amounts)))
    paying = [x.since for x in levels if x.arr_e6 > 0]
    first = min(paying) - draw(st.integers(0, 1)) if paying else None
    moves = [] if first is None else draw(st.lists(_move(first), max_size=6))
    gone = draw(st.sampled_from((None, LAST - 3))) if first is not None else None
    churn = None if gone is None or first is None else max(gone, first)
    return Customer(name, first, churn, levels, tuple(draw(_values())), tuple(moves))


@st.composite
def _levels(draw: st.DrawFn, currency: str, amounts: Sequence[int]) -> list[Level]:
    """Levels one after the other; some leave a gap, the last may stay open."""
    marks = sorted(draw(st.lists(st.integers(FIRST, LAST), min_size=2, max_size=5, unique=True)))
    ends = [*marks[1:], draw(st.sampled_from((OPEN, LAST + 1)))]
    spans = [(a, b) for a, b in zip(marks, ends, strict=True) if a < b and draw(st.integers(0, 4))]
    return [Level(currency, draw(st.sampled_from(amounts)) * 10**6, a, b) for a, b in spans]


@st.composite
def _values(draw: st.DrawFn) -> list[tuple[str, int, int]]:
    """No value, one for ever, or one after the other from a month on."""
    marks = sorted(draw(st.lists(st.sampled_from((0, FIRST + 3, FIRST + 6)), max_size=3, unique=True)))
    ends = [*marks[1:], OPEN]
    return [(draw(st.sampled_from(SEGMENTS)), a, b) for a, b in zip(marks, ends, strict=False)]


@st.composite
def _move(draw: st.DrawFn, first: int) -> tuple[int, str, str | None, int]:
    kind = draw(st.sampled_from(KINDS))
    sign = -1 if kind in ("contraction", "churn") else 1
    month = draw(st.integers(first, max(first, LAST)))
    return month, kind, draw(st.sampled_from(CAUSES)), sign * draw(st.integers(1, 9)) * 10**15


def summed(rows: Iterable[tuple[tuple[Any, ...], tuple[int, ...]]]) -> dict[tuple[Any, ...], tuple[int, ...]]:
    """Sums by key, without keys all of whose sums are 0."""
    found: dict[tuple[Any, ...], list[int]] = {}
    for key, values in rows:
        mine = found.setdefault(key, [0] * len(values))
        for place, value in enumerate(values):
            mine[place] += value
    return {key: tuple(values) for key, values in found.items() if any(values)}
