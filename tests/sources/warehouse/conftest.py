"""A home for each test, and short ways to load into it and to ask what landed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from relevo.base.config import Config, parse_config
from relevo.book.engine import connect
from relevo.book.landing_rows import kept_sql
from relevo.book.landing_store import Landing
from relevo.sources.load import LoadReport, load_path
from relevo.sources.warehouse.address import parse_dsn
from relevo.sources.warehouse.load import WarehouseReport, load_warehouse

SEEDS = Path(__file__).parents[4] / "shared" / "data"
NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
# Salesforce and HubSpot may land amounts that name no currency.
IN_DOLLARS = parse_config('[[reading]]\nfile = "*"\ncurrency = "USD"\n', "relevo.toml")


@dataclass
class Home:
    """A landing, and what is asked of it."""

    path: Path
    config: Config = IN_DOLLARS

    @property
    def landing(self) -> Landing:
        return Landing(self.path / "landing")

    def load(self, dsn: str | Path, *schemas: str, now: datetime = NOW) -> WarehouseReport:
        return load_warehouse(parse_dsn(str(dsn)), schemas, self.landing, self.config, now)

    def load_folder(self, folder: Path) -> LoadReport:
        return load_path(folder, self.landing, self.config, NOW)

    def rows(self) -> dict[str, list[str]]:
        """Every row that counts of every table that has any, without where it was read from."""
        with connect() as connection:
            return {name: self._rows(connection, name) for name in self.tables()}

    def tables(self) -> list[str]:
        """The tables of the book that have rows."""
        return sorted({load.table for load in self.landing.loads() if load.table and load.kept})

    def _rows(self, connection: duckdb.DuckDBPyConnection, table: str) -> list[str]:
        columns = "COLUMNS(lambda c: c[1] <> '_' AND c <> 'recorded_at')"
        sql = f"SELECT {columns} FROM ({kept_sql(self.landing, table)})"
        return sorted(map(repr, connection.execute(sql).fetchall()))

    def value(self, sql: str) -> Any:
        """The one value of SQL over the tables of the book as they landed."""
        with connect() as connection:
            for table in self.tables():
                connection.execute(f"CREATE VIEW {table} AS {kept_sql(self.landing, table)}")
            return connection.execute(sql).fetchall()[0][0]


@pytest.fixture
def home(tmp_path: Path) -> Callable[[str], Home]:
    return lambda name: Home(tmp_path / name)


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    """Where a test may make a DuckDB file."""
    return tmp_path / "warehouse.duckdb"


def seeds_of(system: str) -> Sequence[Path]:
    """The seeds of a system, without the copies for other warehouses; skips where shared data are absent."""
    folder = SEEDS / f"fivetran_dbt_{system}" / "seeds"
    if not folder.is_dir():
        pytest.skip("needs ../shared/data beside the repository")
    return [file for file in sorted(folder.glob("*.csv")) if file.stem.endswith("_data")]
