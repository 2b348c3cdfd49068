"""The open hours of every calendar of a book: its schedules, all of them together, and the shifts of each person."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

import duckdb

from relevo.base.business_time import WEEKDAYS, Calendar, Hours, Spans, open_spans, readings, union, unreadable

EVERYBODY = "(all)"
SHIFT = "shift:"
OF_HOURS = ("schedule_id", "timezone", "weekday", "opens", "closes", "valid_from", "valid_to")
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
    first, last = _days(connection)
    rows = connection.execute(f"SELECT {', '.join(OF_HOURS)} FROM schedule").fetchall()
    holidays = connection.execute("SELECT schedule_id, on_date FROM holiday").fetchall()
    found = {
        name: ("+".join(each.version for each in zones), union(*(open_spans(each, first, last) for each in zones)))
        for name, zones in calendars(rows, holidays).items()
    }
    if not found:
        return {}
    versions = " ".join(f"{name} {version}" for name, (version, _) in found.items())
    return {**found, EVERYBODY: (_hash(versions), union(*(spans for _, spans in found.values())))}


def calendars(rows: Iterable[Sequence[Any]], holidays: Iterable[Sequence[Any]]) -> dict[str, tuple[Calendar, ...]]:
    """The schedules by name, in order, with a calendar for each time zone that a schedule has hours in.

    `rows` are of `OF_HOURS`, `holidays` a schedule and a day each. Hours that nobody can read are left out; a finding
    says so.
    """
    days: dict[str, set[date]] = {}
    for name, day in holidays:
        days.setdefault(name, set()).add(day)
    kept: dict[tuple[str, str], list[Hours]] = {}
    for name, zone, weekday, opens, closes, since, until in rows:
        if not unreadable(zone, opens, closes):
            kept.setdefault((name, zone), []).append(Hours(WEEKDAYS.index(weekday), opens, closes, since, until))
    found: dict[str, tuple[Calendar, ...]] = {}
    for (name, zone), hours in sorted(kept.items(), key=lambda each: each[0]):
        one = Calendar(name, zone, tuple(hours), frozenset(days.get(name, ())))
        found[name] = (*found.get(name, ()), one)
    return found


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
