"""A connection as loading has it."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from relevo.base.config import Config
from relevo.book.landing_store import Landing
from relevo.sources.run import connection_for


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with connection_for(Landing(tmp_path), Config()) as found:
        yield found
