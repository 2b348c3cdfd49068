"""A company whose files are written by the test: `desk.write(...)`, `desk.load()`, `desk.kept(...)`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from relevo.base.config import Config, parse_config
from relevo.book.engine import connect
from relevo.book.landing import Landing, LandingStatus, QuarantinedRow, kept_sql, quarantined_rows, status
from relevo.sources.load import LoadReport, load_path

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)


@dataclass
class Company:
    """A folder of files, a landing, and short ways to use them."""

    folder: Path
    landing: Landing
    connection: duckdb.DuckDBPyConnection
    config: Config

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def parquet(self, name: str, select: str) -> Path:
        path = self.folder / name
        self.connection.execute(f"COPY ({select}) TO '{path}' (FORMAT parquet)")
        return path

    def settings(self, toml: str) -> None:
        self.config = parse_config(toml, "relevo.toml")

    def load(self, now: datetime = NOW, path: Path | None = None) -> LoadReport:
        return load_path(path or self.folder, self.landing, self.config, now)

    def status(self) -> LandingStatus:
        return status(self.landing, self.connection)

    def counts(self) -> dict[str, tuple[int, int, int]]:
        return {t.file: (t.rows_in, t.kept, t.quarantined) for t in self.status().tables}

    def bad(self, table: str | None = None) -> tuple[QuarantinedRow, ...]:
        return quarantined_rows(self.landing, self.connection, 10_000, 0, table)

    def kept(self, table: str, columns: str, known_at: datetime | None = None) -> list[tuple[Any, ...]]:
        sql = kept_sql(self.landing, table, known_at)
        return self.connection.execute(f"SELECT {columns} FROM ({sql}) ORDER BY _load, _line").fetchall()


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    folder = tmp_path / "export"
    folder.mkdir()
    with connect() as connection:
        yield Company(folder, Landing(tmp_path / "landing"), connection, Config())
