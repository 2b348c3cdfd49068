"""What the tests of exports share: the story, homes into which its files were loaded, and what is kept in them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from relevo.base.config import Config, parse_config
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


@dataclass(frozen=True)
class Loaded:
    """A landing into which files were loaded, and what the load said."""

    landing: Landing
    report: LoadReport
    config: Config

    @classmethod
    def of(cls, folder: Path, way: Way) -> "Loaded":
        landing, config = Landing(folder.parent / f"{folder.name}.landing"), settings(way.zone)
        return cls(landing, load_path(folder, landing, config, NOW), config)

    def lost(self, connection: duckdb.DuckDBPyConnection) -> list[QuarantinedRow]:
        """Rows that do not count; a row that another file tells as well is to be left out, not to lose."""
        return list(quarantined_rows(self.landing, connection, 100, 0))


def told_and_kept(
    story: duckdb.DuckDBPyConnection, export: Export, table: str, landing: Landing
) -> tuple[list[Row], list[Row]]:
    """The rows of a table that an export tells whole, and those that are kept of it without the system's prefix.

    Both as text of the types that the landing has.
    """
    kept, said = kept_sql(landing, table), export.tells[table]
    types = {name: kind for name, kind, *_ in story.execute(f"DESCRIBE {kept}").fetchall()}
    names = [name for name, *_ in story.execute(f"DESCRIBE {said}").fetchall()]
    bare = ", ".join(f"regexp_replace(CAST(\"{name}\" AS VARCHAR), '^{export.system.name}:', '')" for name in names)
    text = ", ".join(f'CAST(CAST("{name}" AS {types[name]}) AS VARCHAR)' for name in names)

    def rows(columns: str, sql: str) -> list[Row]:
        return sorted(story.execute(f"SELECT {columns} FROM ({sql})").fetchall(), key=str)

    return rows(text, said), rows(bare, kept)


def assert_whole(story: duckdb.DuckDBPyConnection, export: Export, loaded: Loaded) -> None:
    """Every file is recognised and asks nothing, every row is counted, and what the export tells whole is the story."""
    report = loaded.report
    assert (report.unused, report.asked, report.unmatched) == ((), (), ())
    assert {each.load.source for each in report.loads} - {"files"} == {export.system.name}
    assert all(each.load.rows_in == each.load.kept + each.load.left_out for each in report.loads), "rows are set aside"
    assert not loaded.lost(story)
    for table in export.tells:
        want, got = told_and_kept(story, export, table, loaded.landing)
        assert got == want, f"{table}: {[pair for pair in zip(got, want, strict=False) if pair[0] != pair[1]][:2]}"
