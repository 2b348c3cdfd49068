"""Months and days as integers, and the grains built from them."""

from datetime import UTC, date, datetime

import pytest

from relevo.base.errors import WrongUse
from relevo.base.periods import (
    Grain,
    Span,
    day_from_number,
    day_number,
    end_of_day_utc,
    first_day,
    last_complete_month,
    last_day,
    month_of,
    month_text,
    parse_day,
    parse_month,
    period_ends,
)


@pytest.mark.parametrize("text", ["2026-01", "2024-12", "0001-01"])
def test_months_are_read_as_they_are_written(text: str) -> None:
    assert month_text(parse_month(text)) == text


@pytest.mark.parametrize("text", ["2026-13", "2026-00", "2026-1", "0000-05", "2026", "2026-01-01", "may", ""])
def test_what_is_no_month_says_how_to_write_one(text: str) -> None:
    with pytest.raises(WrongUse, match="YYYY-MM"):
        parse_month(text)


def test_days_are_read_and_refused() -> None:
    assert parse_day("2026-02-28") == date(2026, 2, 28)
    with pytest.raises(WrongUse, match="'2026-02-30' is not a day"):
        parse_day("2026-02-30")


def test_a_month_has_a_first_and_a_last_day() -> None:
    month = month_of(date(2024, 2, 11))
    assert (first_day(month), last_day(month)) == (date(2024, 2, 1), date(2024, 2, 29))
    assert last_day(month_of(date(2025, 12, 5))) == date(2025, 12, 31)


@pytest.mark.parametrize(
    ("as_of", "month"), [("2026-03-30", "2026-02"), ("2026-03-31", "2026-03"), ("2026-01-01", "2025-12")]
)
def test_a_month_is_complete_on_its_last_day(as_of: str, month: str) -> None:
    assert month_text(last_complete_month(date.fromisoformat(as_of))) == month


def test_days_are_counted_from_1970() -> None:
    assert day_number(date(1970, 1, 2)) == 1
    assert day_from_number(day_number(date(2026, 11, 21))) == date(2026, 11, 21)
    assert day_from_number(-1) == date(1969, 12, 31)


@pytest.mark.parametrize(
    ("zone", "hour"),
    [("UTC", datetime(2026, 7, 2, tzinfo=UTC)), ("America/Los_Angeles", datetime(2026, 7, 2, 7, tzinfo=UTC))],
)
def test_a_day_ends_in_its_time_zone(zone: str, hour: datetime) -> None:
    assert end_of_day_utc(date(2026, 7, 1), zone) == hour


def test_a_span_has_both_its_ends() -> None:
    first, last = parse_month("2025-11"), parse_month("2026-02")
    assert [month_text(m) for m in Span(first, last).months()] == ["2025-11", "2025-12", "2026-01", "2026-02"]
    assert list(Span(last, first).months()) == []


@pytest.mark.parametrize(
    ("grain", "fiscal_start", "ends"),
    [
        (Grain.MONTH, 1, ["2025-02", "2025-03", "2025-04", "2025-05", "2025-06", "2025-07"]),
        (Grain.QUARTER, 1, ["2025-03", "2025-06"]),
        (Grain.QUARTER, 2, ["2025-04", "2025-07"]),
        (Grain.YEAR, 1, []),
        (Grain.YEAR, 6, ["2025-05"]),
    ],
)
def test_periods_end_where_the_fiscal_year_says(grain: Grain, fiscal_start: int, ends: list[str]) -> None:
    span = Span(parse_month("2025-02"), parse_month("2025-07"))
    assert [month_text(m) for m in period_ends(span, grain, fiscal_start)] == ends


def test_grains_know_their_months() -> None:
    assert [g.months for g in Grain] == [1, 3, 12]
