"""A folder loaded as a company loads it, and what became of every file and every row."""

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from relevo.base.config import Company, Config
from relevo.base.periods import parse_month
from relevo.book.book import Book
from relevo.book.build import Order, build
from relevo.book.engine import connect
from relevo.book.landing_rows import kept_sql
from relevo.book.landing_store import Landing
from relevo.book.store import Store
from relevo.measures.asking import ask
from relevo.measures.card import Ask
from relevo.sources.load import load_path
from relevo.sources.run import LoadReport

DATA = Path(__file__).parents[4] / "shared" / "data"
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
needs_data = pytest.mark.skipif(not DATA.exists(), reason="the raw tables of others lie in ../shared")


def seeds_of(system: str) -> Path:
    """The raw tables of a system as a loader lands them."""
    return DATA / f"fivetran_dbt_{system}" / "seeds"


@dataclass(frozen=True)
class Loaded:
    """What was loaded, from which folder, and with which settings."""

    folder: Path
    landing: Landing
    report: LoadReport
    config: Config

    def rows(self, table: str, columns: str, where: str = "true") -> list[tuple[Any, ...]]:
        """Columns of the rows of a table that count, in their order; days and times, in UTC, as text."""
        sql = f"SELECT {columns} FROM ({kept_sql(self.landing, table)}) WHERE {where} ORDER BY ALL"
        with connect() as connection:
            found = connection.execute(sql).fetchall()
        return [tuple(str(value) if isinstance(value, date) else value for value in row) for row in found]

    @property
    def counts(self) -> dict[tuple[str, str], tuple[int, int, int]]:
        """Rows kept, quarantined and left out, by file and table; several recipes of one pair together."""
        found: dict[tuple[str, str], tuple[int, int, int]] = {}
        for each in self.report.loads:
            load, before = each.load, found.get((each.load.file, str(each.load.table)), (0, 0, 0))
            now = (load.kept, load.quarantined, load.left_out)
            found[load.file, str(load.table)] = tuple(map(sum, zip(before, now, strict=True)))  # type: ignore[assignment]
        return found

    @property
    def aside(self) -> Counter[tuple[str, str, str, str]]:
        """Rows set aside, by file, table, column and reason."""
        files = [self.landing.quarantine_file(each.load) for each in self.report.loads if each.load.quarantined]
        if not files:
            return Counter()
        names = ", ".join(f"'{file}'" for file in files)
        sql = f"SELECT file, table_name, coalesce(column_name, ''), reason FROM read_parquet([{names}])"
        with connect() as connection:
            return Counter(connection.execute(sql).fetchall())

    @property
    def left(self) -> dict[tuple[str, str], set[str]]:
        """Why rows were left out, by file and table."""
        found: dict[tuple[str, str], set[str]] = {}
        for each in self.report.loads:
            told = {finding.message for finding in each.load.findings if finding.code == "left_out"}
            if told:
                found.setdefault((each.load.file, str(each.load.table)), set()).update(told)
        return found

    @property
    def why_unused(self) -> dict[str, str]:
        """What was said of the files that nothing was taken from."""
        loads = [load for load in self.landing.loads() if load.table is None]
        return {load.file: load.findings[0].message for load in loads}

    def every_file_is_told(self) -> None:
        """Each file is loaded, looked up by others, unused with a reason, or asked about; none is two of them."""
        told = Counter(
            [
                *{each.load.file for each in self.report.loads},
                *self.report.looked_up,
                *self.report.unused,
                *self.report.asked,
            ]
        )
        assert dict(told) == {file.name: 1 for file in self.folder.iterdir()}
        assert set(self.why_unused) == {*self.report.unused, *self.report.asked}

    def every_row_is_told(self, cuts: Mapping[tuple[str, str], int]) -> None:
        """Each row of each file is kept, set aside or left out; `cuts` says how many more rows were made of them."""
        more: Counter[tuple[str, str]] = Counter()
        for each in self.report.loads:
            made = each.load.rows_in - _rows_in(self.folder / each.load.file)
            assert made >= 0, each.load.file
            more[each.load.file, str(each.load.table)] += made
        assert {pair: count for pair, count in more.items() if count} == dict(cuts)
        for each in self.report.loads:
            load = each.load
            assert load.rows_in == load.kept + load.quarantined + load.left_out
            told = [int(f.message.split()[0]) for f in load.findings if f.code == "left_out"]
            assert sum(told) == load.left_out, "whatever is left out has its reason"

    def book(self, home: Path, as_of: str) -> Book:
        """The book of what was loaded."""
        store = Store(home)
        report = build(self.landing, store, self.config, Order(date.fromisoformat(as_of), NOW), lambda _step: None)
        assert report.published, report.findings
        return Book.open(home)


def load(
    folder: Path, home: Path, readings: Sequence[Mapping[str, Any]] = (), company: Company | None = None
) -> Loaded:
    """Load a folder into a landing at `home`; `readings` are what was answered."""
    landing, config = Landing(home), Config(company or Company(), readings=tuple(readings))
    return Loaded(folder, landing, load_path(folder, landing, config, NOW), config)


def write(folder: Path, **tables: str) -> Path:
    """Files of a folder by their names without ending; the blanks that a test indents them with are no part of them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in tables.items():
        lines = [line.strip() for line in text.strip().splitlines()]
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def _rows_in(file: Path) -> int:
    with file.open(newline="", encoding="utf-8-sig") as text:
        return sum(1 for row in csv.reader(text) if row) - 1


def mrr(book: Book, first: str, last: str) -> list[tuple[str, int]]:
    """MRR in minor units of the company's currency at the end of each month."""
    asked = Ask(first=parse_month(first), last=parse_month(last))
    return [(row["month"], row["mrr_cents"]) for row in ask(book, "mrr", asked).rows]
