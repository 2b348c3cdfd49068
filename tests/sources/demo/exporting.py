"""What the tests of exports share: the story, homes into which its files were loaded, and what is kept in them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from relevo.base.config import Config, parse_config
from relevo.book.engine import connect
from relevo.book.landing import Landing, QuarantinedRow, kept_sql, quarantined_rows
from relevo.sources.demo.exports import Export, Way
from relevo.sources.load import LoadReport, load_path

ENDS_ON, NOW = date(2026, 9, 30), datetime(2026, 10, 1, 6, 0, tzinfo=UTC)
CUSTOMERS = 60
ZONE = "Europe/Madrid"
Row = tuple[str | None, ...]


def settings(zone: str) -> Config:
    """A company in Madrid, with a word about the zone of its files where that is another."""
    said = f'\n[[reading]]\nfile = "*"\ntimezone = "{zone}"\n' if zone != ZONE else ""
    return parse_config(f'[company]\ncurrency = "EUR"\ntimezone = "{ZONE}"\n{said}', "relevo.toml")


@dataclass
class Loaded:
    """A landing into which files were loaded, and what the load said."""

    landing: Landing
    report: LoadReport
    config: Config

    @classmethod
    def of(cls, folder: Path, way: Way) -> "Loaded":
        landing, config = Landing(folder.parent / f"{folder.name}.landing"), settings(way.zone)
        return cls(landing, load_path(folder, landing, config, NOW), config)

    def kept(self, table: str, columns: list[str], prefix: str) -> list[Row]:
        """The rows of a table that count, as text, ids without the system's prefix."""
        with connect() as connection:
            told = ", ".join(f"regexp_replace(CAST(\"{name}\" AS VARCHAR), '^{prefix}:', '')" for name in columns)
            found = connection.execute(f"SELECT {told} FROM ({kept_sql(self.landing, table)})").fetchall()
            return sorted(found, key=str)

    def lost(self) -> list[QuarantinedRow]:
        """Rows that do not count; a row that another file tells as well is to be left out, not to lose."""
        with connect() as connection:
            return list(quarantined_rows(self.landing, connection, 100, 0))


def told(story: duckdb.DuckDBPyConnection, export: Export, table: str, landing: Landing) -> tuple[list[str], list[Row]]:
    """The columns of a table that an export tells whole, and its rows, as text of the types that the landing has."""
    columns = [name for name, *_ in story.execute(f"DESCRIBE {export.tells[table]}").fetchall()]
    with connect() as connection:
        described = connection.execute(f"DESCRIBE {kept_sql(landing, table)}").fetchall()
    types = {name: kind for name, kind, *_ in described}
    texts = ", ".join(f'CAST(CAST("{name}" AS {types[name]}) AS VARCHAR)' for name in columns)
    return columns, sorted(story.execute(f"SELECT {texts} FROM ({export.tells[table]})").fetchall(), key=str)


def assert_whole(story: duckdb.DuckDBPyConnection, export: Export, loaded: Loaded) -> None:
    """Every file is recognised and asks nothing, every row is counted, and what the export tells whole is the story."""
    report = loaded.report
    assert (report.unused, report.asked, report.unmatched) == ((), (), ())
    assert {each.load.source for each in report.loads} - {"files"} == {export.system.name}
    assert all(each.load.rows_in == each.load.kept + each.load.left_out for each in report.loads), "rows are set aside"
    assert not loaded.lost()
    for table in export.tells:
        columns, want = told(story, export, table, loaded.landing)
        got = loaded.kept(table, columns, export.system.name)
        assert got == want, f"{table}: {[pair for pair in zip(got, want, strict=False) if pair[0] != pair[1]][:2]}"
