"""Sums over intervals of months are what laying every customer out month by month gives, to the last digit."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings

from relevo.base.periods import Grain
from relevo.book.compiling import compile_sql
from relevo.book.schema import Tables
from relevo.measures.card import Expression, Frame
from relevo.measures.revenue.acquisition import won_customers
from relevo.measures.revenue.cohorts import LAST_TENURE, tenure_parts, triangle_parts
from relevo.measures.revenue.forecast import steps
from relevo.measures.revenue.gross_margin import revenue_steps
from relevo.measures.revenue.lifetime_parts import Window, paid
from relevo.measures.revenue.movements import bridge_parts
from relevo.measures.revenue.opening_cohorts import cohort_sums
from relevo.measures.revenue.snapshot import arpa_parts, snapshot
from relevo.measures.revenue.upgrades import CHOSEN, GIVEN_BACK, upgrade_sums
from tests.measures.levels_by_hand import FIRST, LAST, Company, Customer, asked, companies, empty_book, summed

EXAMPLES = 6
MANY_EXAMPLES = 150
Row = tuple[tuple[Any, ...], tuple[int, ...]]
ByHand = Callable[[Company, Frame], Iterator[Row]]
BY = {"by": "segment"}
KEPT = {"where": (("segment", "ent"), ("segment", "(none)"))}
SINCE = FIRST + 4


def stock(company: Company, frame: Frame) -> Iterator[Row]:
    for month in frame.ends:
        for customer, cut in company.of(frame, month):
            worth = company.worth(customer, month, month)
            yield (month, *cut), (worth, int(worth > 0))


def new_beside_stock(company: Company, frame: Frame) -> Iterator[Row]:
    yield from ((key, (*values, 0, 0)) for key, values in stock(company, frame))
    yield from ((key, (0, 0, base, 1)) for key, base in _new(company, frame) if key[0] in frame.ends)


def _new(company: Company, frame: Frame) -> Iterator[tuple[tuple[Any, ...], int]]:
    for month in range(FIRST - 1, LAST + 1):
        for customer, cut in company.of(frame, month):
            yield from (((month, *cut), m[3]) for m in customer.moves if m[:2] == (month, "new"))


def won(company: Company, frame: Frame) -> Iterator[Row]:
    yield from ((key, (1, base)) for key, base in _new(company, frame) if key[0] <= frame.last_complete)


def bridge(company: Company, frame: Frame) -> Iterator[Row]:
    length = frame.grain.months
    for end in frame.ends:
        for customer, cut in company.of(frame, end - length):
            yield (end, "opening", *cut), (company.worth(customer, end - length, end - length),)
            yield (end, "closing", *cut), (company.worth(customer, end, end),)
            for month, kind, _, base in customer.moves:
                if end - length < month <= end:
                    yield (end, kind, *cut), (base,)


def _windows(company: Company, frame: Frame) -> Iterator[tuple[int, Customer, tuple[str, ...], int, int]]:
    for end in frame.ends:
        opened = end - frame.window
        for customer, cut in company.of(frame, opened):
            opening = company.worth(customer, opened, opened)
            if opening:
                yield end, customer, cut, opening, company.worth(customer, end, opened)


def cohort(company: Company, frame: Frame) -> Iterator[Row]:
    for end, _, cut, opening, closing in _windows(company, frame):
        yield (end, *cut), (opening, closing, min(opening, closing), 1, int(not closing))


def learned(company: Company, frame: Frame) -> Iterator[Row]:
    for end, customer, _, opening, closing in _windows(company, asked(1, where=frame.where)):
        yield (end, end - (customer.first_month or 0)), (1, opening, closing)


def upgrades(company: Company, frame: Frame) -> Iterator[Row]:
    for end, customer, cut, opening, _ in _windows(company, frame):
        chosen = [
            base
            for month, kind, cause, base in customer.moves
            if end - frame.window < month <= end
            and ((kind == "expansion" and cause in CHOSEN) or (kind == "contraction" and cause in GIVEN_BACK))
        ]
        up = max(sum(chosen), 0)
        yield (end, *cut), (1, int(up > 0), opening, up)


def triangle(company: Company, frame: Frame) -> Iterator[Row]:
    observed = range(frame.ends[0], frame.last_complete + 1)
    for first in observed:
        for customer, cut in company.of(frame, first):
            if customer.first_month == first:
                yield (first, None, *cut), (1, 0)
                for month in observed:
                    worth = company.worth(customer, month, month)
                    yield (first, month, *cut), (int(worth > 0), worth)


def tenure(company: Company, frame: Frame) -> Iterator[Row]:
    for customer, cut in (
        each for c in company.customers for each in company.of(frame, c.first_month or 0) if each[0] is c
    ):
        first = customer.first_month
        if first is not None and first <= frame.last_complete:
            yield ("began", min(frame.last_complete - first, LAST_TENURE), *cut), (1, 0)
            for month in range(max(first, frame.ends[0]), frame.last_complete + 1):
                worth = company.worth(customer, month, month)
                yield ("paying", month - first, *cut), (int(worth > 0), worth)


def revenue(company: Company, frame: Frame) -> Iterator[Row]:
    for customer, cut in company.of(frame, SINCE - 1):
        for level in customer.levels:
            for month, change in ((level.since, level.arr_e6), (level.until, -level.arr_e6)):
                if month <= frame.last_complete:
                    yield (level.currency, month, *cut), (change,)


def paid_by_age(company: Company, frame: Frame) -> Iterator[Row]:
    until = LAST - 1
    for customer, cut in company.of(frame, SINCE - 1):
        begin = customer.first_month
        end = until if customer.churn_month is None or customer.churn_month > until else customer.churn_month
        if begin is None or begin > until or end < max(begin, SINCE):
            continue
        for level in customer.levels:
            first, last = max(level.since, begin, SINCE), min(level.until, until + 1)
            if first < last:
                arr = level.arr_e6
                yield (level.currency, first - begin, *cut), (arr, arr * arr)
                yield (level.currency, last - begin, *cut), (-arr, -arr * arr)


def _revenue(tables: Tables, frame: Frame) -> Any:
    return revenue_steps(tables, frame, SINCE)


def _paid(tables: Tables, frame: Frame) -> Any:
    return paid(tables, frame, Window(SINCE, LAST - 1))


_COHORT = ("opening_e16", "closing_e16", "gross_e16", "customers", "lost")
_UPGRADES = ("customers", "upgraded", "opening_e16", "upgrade_e16")
_ARPA = ("base_e16", "customers", "new_e16", "new_customers")
_QUARTER = {"grain": Grain.QUARTER, "ends": (FIRST + 4, FIRST + 7, FIRST + 10)}
CASES: dict[str, tuple[Expression, ByHand, tuple[str, ...], tuple[str, ...], dict[str, Any]]] = {
    f"{name} {more}": (expression, by_hand, keys, sums, more)
    for name, expression, by_hand, keys, sums, several in (
        ("stock", snapshot, stock, ("month",), ("base_e16", "customers"), ({}, BY, KEPT, {**BY, **KEPT})),
        ("arpa", arpa_parts, new_beside_stock, ("month",), _ARPA, ({}, BY)),
        ("won", won_customers, won, ("month",), ("n", "base_e16"), (BY,)),
        ("bridge", bridge_parts, bridge, ("month", "part"), ("base_e16",), (
            {}, BY, {**BY, **KEPT}, {**BY, **_QUARTER},
        )),
        ("cohort", cohort_sums, cohort, ("month",), _COHORT, (
            {"window": 1}, {"window": 3}, {"window": 1, **BY}, {"window": 3, **BY}, {"window": 3, **KEPT},
        )),
        ("learned", steps, learned, ("month", "age"), ("n", "opening_e16", "closing_e16"), ({}, KEPT)),
        ("upgrades", upgrade_sums, upgrades, ("month",), _UPGRADES, ({"window": 1, **BY}, {"window": 3})),
        ("triangle", triangle_parts, triangle, ("first_month", "month"), ("customers", "base_e16"), ({}, BY)),
        ("tenure", tenure_parts, tenure, ("part", "tenure"), ("customers", "base_e16"), (BY,)),
        ("revenue", _revenue, revenue, ("currency", "month"), ("delta_e6",), ({}, BY)),
        ("paid", _paid, paid_by_age, ("currency", "age"), ("delta_e6", "delta_squared"), (BY,)),
    )
    for more in several
}  # fmt: skip


@pytest.fixture(scope="module")
def book() -> duckdb.DuckDBPyConnection:
    return empty_book()


@lru_cache(maxsize=64)
def _sql(case: str) -> str:
    expression, _, _, _, more = CASES[case]
    return compile_sql(expression(Tables(), asked(**more)))


def _agrees(book: duckdb.DuckDBPyConnection, company: Company) -> None:
    company.fill(book)
    for case, (_, by_hand, keys, sums, more) in CASES.items():
        names = [*keys, *(["slice"] if "by" in more else [])]
        found = book.execute(f"SELECT {', '.join([*names, *sums])} FROM ({_sql(case)})").fetchall()
        rows = {row[: len(names)]: tuple(int(v) for v in row[len(names) :]) for row in found}
        assert len(rows) == len(found), case
        assert {k: v for k, v in rows.items() if any(v)} == summed(by_hand(company, asked(**more))), case


@given(companies())
@settings(max_examples=EXAMPLES)
def test_sums_over_intervals_are_those_of_every_customer_and_month(
    book: duckdb.DuckDBPyConnection, company: Company
) -> None:
    _agrees(book, company)


@pytest.mark.sims
@given(companies())
@settings(max_examples=MANY_EXAMPLES, derandomize=False)
def test_sums_over_intervals_are_those_of_every_customer_and_month_of_many(
    book: duckdb.DuckDBPyConnection, company: Company
) -> None:
    _agrees(book, company)
