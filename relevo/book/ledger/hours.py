"""The open hours of every calendar of a book: its schedules, all of them together, and the shifts of each person."""

from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256

import duckdb

from relevo.base.business_time import WEEKDAYS, Calendar, Hours, Spans, open_spans, readings, union, unreadable

EVERYBODY = "(all)"
SHIFT = "shift:"
# Open waits are read on days after the last message too.
_ROOM_DAYS = 400


def fill(connection: duckdb.DuckDBPyConnection) -> None:
    """Create `open_hours` and `calendar`, which has a row per calendar that is open at all."""
    connection.execute("CREATE TABLE open_hours (calendar VARCHAR, version VARCHAR, from_s BIGINT, to_s BIGINT, "
                       "before_s BIGINT)")  # fmt: skip
    for name, (version, spans) in _schedules(connection).items():
        _insert(connection, name, version, spans)
    for person, found in _shifts(connection).items():
        _insert(connection, SHIFT + person, _hash(repr(found)), found)
    connection.execute("CREATE TEMP TABLE calendar AS SELECT DISTINCT calendar, version FROM open_hours")


def _insert(connection: duckdb.DuckDBPyConnection, name: str, version: str, spans: Spans) -> None:
    from_s, to_s = [span[0] for span in spans], [span[1] for span in spans]
    connection.execute(
        "INSERT INTO open_hours SELECT ?, ?, unnest(?::BIGINT[]), unnest(?::BIGINT[]), unnest(?::BIGINT[])",
        [name, version, from_s, to_s, list(readings(spans))],
    )


def _schedules(connection: duckdb.DuckDBPyConnection) -> Mapping[str, tuple[str, Spans]]:
    """Version and open spans of each schedule that can be read, and of all of them together."""
    calendars = calendars_of(connection)
    if not calendars:
        return {}
    first, last = _days(connection)
    found = {each.name: (each.version, open_spans(each, first, last)) for each in calendars}
    versions = " ".join(f"{name} {version}" for name, (version, _) in sorted(found.items()))
    return {**found, EVERYBODY: (_hash(versions), union(*(spans for _, spans in found.values())))}


def calendars_of(connection: duckdb.DuckDBPyConnection) -> list[Calendar]:
    """The schedules with their holidays; rows that nobody can read are left out, a finding says so."""
    days = dict(connection.execute("SELECT schedule_id, list(on_date) FROM holiday GROUP BY ALL").fetchall())
    rows = connection.execute(
        "SELECT schedule_id, timezone, weekday, opens, closes, valid_from, valid_to FROM schedule ORDER BY ALL"
    ).fetchall()
    kept: dict[tuple[str, str], list[Hours]] = {}
    for name, zone, weekday, opens, closes, since, until in rows:
        if not unreadable(zone, opens, closes):
            hours = Hours(WEEKDAYS.index(weekday), opens, closes, since, until)
            kept.setdefault((name, zone), []).append(hours)
    return [Calendar(name, zone, tuple(hours), frozenset(days.get(name, ()))) for (name, zone), hours in kept.items()]


def _days(connection: duckdb.DuckDBPyConnection) -> tuple[date, date]:
    """From the day before the first conversation until long after the last message."""
    ((first, last),) = connection.execute(f"""
        SELECT CAST(min("at") AS DATE) - 2, CAST(max("at") AS DATE) + {_ROOM_DAYS} FROM (
            SELECT opened_at AS "at" FROM conversation UNION ALL SELECT "at" FROM message
            UNION ALL SELECT DATE '1970-01-03'::TIMESTAMP WHERE NOT EXISTS (FROM conversation))
    """).fetchall()
    return first, last


def _shifts(connection: duckdb.DuckDBPyConnection) -> Mapping[str, Spans]:
    rows = connection.execute(
        "SELECT person_id, list((epoch_us(from_at) // 1000000, epoch_us(to_at) // 1000000)) FROM shift "
        "WHERE to_at > from_at GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    return {person: union(_pairs(found)) for person, found in rows}


def _pairs(found: Iterable[Iterable[int]]) -> Spans:
    return tuple((from_s, to_s) for from_s, to_s in found)


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:12]
