"""Every billing system, in every way of writing, tells the company's rows and builds the book that they build."""

import calendar
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pytest

from relevo.base.money import ARR_SCALE, MONTHS_PER_YEAR
from relevo.base.periods import month_of
from relevo.book.book import Book
from relevo.book.build import Order, build
from relevo.book.store import Store
from relevo.sources.demo.exports import BILLING, MACHINE, REDUCED, WAYS, Export, Way, story, write_export, write_truth
from tests.sources.demo.exporting import CUSTOMERS, ENDS_ON, NOW, ZONE, Loaded, assert_whole

BY_NAME = {export.name: export for export in BILLING}
PAIRS = [(export.name, way) for export in BILLING for way in ((MACHINE,) if export.is_loaded else WAYS)]
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Figures:
    """What a book says of recurring revenue, by customer, day and currency; customers without their system's name."""

    levels: Rows
    movements: Rows

    @classmethod
    def of(cls, loaded: Loaded) -> "Figures":
        store = Store(loaded.landing.path.parent / f"{loaded.landing.path.name}.books")
        assert build(loaded.landing, store, loaded.config, Order(ENDS_ON, NOW), lambda _: None).published
        book = Book.open(store.path)
        try:
            who = "regexp_replace(customer_id, '^[a-z]+:', '')"
            levels = f"SELECT {who}, currency, arr_e6, from_month, to_month FROM mrr_level"
            moves = f"SELECT {who}, day, kind, currency, amount_e6, base_e16 FROM movement"
            return cls(*(sorted(book.run_sql(sql).rows) for sql in (levels, moves)))
        finally:
            book.close()


@pytest.fixture(scope="module")
def company() -> Iterator[duckdb.DuckDBPyConnection]:
    with story(CUSTOMERS, ENDS_ON) as told_by:
        yield told_by


@pytest.fixture(scope="module")
def canonical(company: duckdb.DuckDBPyConnection, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("canonical") / "files"
    write_truth(company, folder)
    return folder


@pytest.fixture(scope="module")
def truth(company: duckdb.DuckDBPyConnection, canonical: Path) -> Figures:
    loaded = Loaded.of(canonical, MACHINE)
    assert not loaded.lost(company)
    return Figures.of(loaded)


@pytest.fixture(scope="module")
def reduced(company: duckdb.DuckDBPyConnection, tmp_path_factory: pytest.TempPathFactory) -> Figures:
    folder = tmp_path_factory.mktemp("reduced") / "files"
    write_truth(company, folder, is_reduced=True)
    return Figures.of(Loaded.of(folder, MACHINE))


@pytest.mark.parametrize(("name", "way"), PAIRS, ids=[f"{name}-{way.name}" for name, way in PAIRS])
def test_one_and_the_same_book(
    company: duckdb.DuckDBPyConnection, canonical: Path, truth: Figures, tmp_path: Path, name: str, way: Way
) -> None:
    write_export(BY_NAME[name], company, way, tmp_path / "files")
    shutil.copy(canonical / "fx_rate.csv", tmp_path / "files")
    loaded = Loaded.of(tmp_path / "files", way)
    assert_whole(company, BY_NAME[name], loaded)
    made = Figures.of(loaded)
    assert made.levels == truth.levels
    assert made.movements == truth.movements


@pytest.mark.parametrize("export", REDUCED, ids=lambda export: export.name)
def test_discounts_that_begin_and_end_make_the_same_book_too(
    company: duckdb.DuckDBPyConnection,
    canonical: Path,
    truth: Figures,
    reduced: Figures,
    tmp_path: Path,
    export: Export,
) -> None:
    write_export(export, company, MACHINE, tmp_path / "files")
    shutil.copy(canonical / "fx_rate.csv", tmp_path / "files")
    loaded = Loaded.of(tmp_path / "files", MACHINE)
    assert_whole(company, export, loaded)
    made = Figures.of(loaded)
    assert made.levels == reduced.levels
    assert made.movements == reduced.movements
    assert len(reduced.levels) > len(truth.levels) + 10, "discounts that end are movements"


def test_the_truth_is_what_its_subscriptions_cost(company: duckdb.DuckDBPyConnection, truth: Figures) -> None:
    """MRR of each customer at the end of each month, added up here from what each subscription costs a month."""
    subs = company.execute(
        "SELECT customer_id, currency, unit_amount_cents * quantity, months, paid_from, ended FROM sub "
        "WHERE paid_from IS NOT NULL"
    ).fetchall()
    months = range(min(row[3] for row in truth.levels), month_of(ENDS_ON) + 1)
    want: dict[tuple[str, str, int], Fraction] = {}
    for month in months:
        last = _end_of(month)
        for who, currency, amount, length, begins, ends in subs:
            if begins < last and (ends is None or ends >= last):
                key = (who, currency, month)
                want[key] = want.get(key, Fraction(0)) + Fraction(int(amount), length)
    got = {
        (who, currency, month): Fraction(arr, ARR_SCALE * MONTHS_PER_YEAR)
        for who, currency, arr, begins, ends in truth.levels
        for month in months
        if begins <= month < ends and arr
    }
    assert len(want) > 500
    assert got == want


def _end_of(month: int) -> datetime:
    """The end of a month in Madrid, in UTC."""
    year, number = divmod(month, 12)
    days = calendar.monthrange(year, number + 1)[1]
    last = datetime(year, number + 1, days, 23, 59, 59, tzinfo=ZoneInfo(ZONE))
    return last.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)


def test_movements_of_every_kind_are_compared(truth: Figures) -> None:
    kinds = {row[2] for row in truth.movements}
    assert {"new", "expansion", "contraction", "churn"} <= kinds, kinds
    assert {row[3] for row in truth.movements} >= {"EUR", "USD", "BRL", "JPY", "KWD"}
