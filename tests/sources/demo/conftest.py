"""One small demo company per test session, and a way to ask its files."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from relevo.book.engine import connect, quoted
from relevo.sources.demo import DemoSummary, write_demo

ENDS_ON = date(2026, 9, 30)
Ask = Callable[[str], list[tuple[Any, ...]]]


def ask_folder(folder: Path) -> duckdb.DuckDBPyConnection:
    """A connection with one view per table in a folder."""
    connection = connect()
    for file in sorted(folder.glob("*.parquet")):
        connection.execute(f'CREATE VIEW "{file.stem}" AS SELECT * FROM read_parquet({quoted(file)})')
    return connection


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> DemoSummary:
    return write_demo(tmp_path_factory.mktemp("demo"), customers=500, ends_on=ENDS_ON)


@pytest.fixture(scope="session")
def book(demo: DemoSummary) -> duckdb.DuckDBPyConnection:
    return ask_folder(demo.paths["customer"].parent)
