"""Values of a file that can be read in several ways, each beside what every answer would make of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from relevo.sources.raw.facts import DATE_LIKE, Facts, Order, Point, Question
from relevo.sources.raw.rawfile import RawFile
from relevo.sources.raw.typed import day_sql, number_sql

EXAMPLES = 3
# Numbers of which the sign may part thousands or decimals.
_NUMBER_LIKE = r"[^0-9]*\d+[.,]\d+.*"


@dataclass(frozen=True)
class Shown:
    """One value as it stands in the column of a field, and what each choice makes of it, None for no value."""

    field: str
    about: str
    text: str
    readings: tuple[tuple[str, str | None], ...]


def shown_values(
    connection: duckdb.DuckDBPyConnection, raw: RawFile, questions: Sequence[Question]
) -> tuple[Shown, ...]:
    """Up to three values for each question about dates and decimals, those that both answers can read first."""
    asked = [each for each in questions if each.about in ("dates", "decimals")]
    return tuple(shown for question in asked for shown in _of_one(connection, raw, question))


def _of_one(connection: duckdb.DuckDBPyConnection, raw: RawFile, question: Question) -> list[Shown]:
    text = f"trim(CAST(c{raw.match.columns[question.field]} AS VARCHAR))"
    like = DATE_LIKE if question.about == "dates" else _NUMBER_LIKE
    readings = [_reading(question.about, choice) for choice in question.choices]
    is_both = " AND ".join(f"{sql} IS NOT NULL" for sql in readings)
    found = connection.execute(
        f"SELECT text, {', '.join(f'CAST({sql} AS VARCHAR)' for sql in readings)} "
        f"FROM (SELECT {text} AS text, min(_line) AS line FROM ({raw.staged.relation}) GROUP BY 1) "
        f"WHERE regexp_full_match(text, '{like}') "
        f"ORDER BY {is_both} AND {readings[0]} IS DISTINCT FROM {readings[1]} DESC, line LIMIT {EXAMPLES}"
    ).fetchall()
    return [
        Shown(question.field, question.about, value, tuple(zip(question.choices, read, strict=True)))
        for value, *read in found
    ]


def _reading(about: str, choice: str) -> str:
    """SQL of what a choice makes of `text`."""
    if about == "dates":
        return day_sql("text", Facts(Order(choice)).order)
    return number_sql("text", Point(choice))
