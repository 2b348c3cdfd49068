"""How values are written in each language."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from relevo.web import format as written
from relevo.web.downloads import csv_text, json_default

T = written.THIN


@pytest.mark.parametrize(
    ("language", "money", "rate", "day", "short"),
    [
        ("en", f"€{T}12{T}280.50", f"94.1{T}%", "31 Oct 2026", f"€{T}12.3{T}k"),
        ("es", f"12{T}280,50{T}€", f"94,1{T}%", "31 oct 2026", f"12,3{T}k{T}€"),
        ("pt-br", f"€{T}12{T}280,50", f"94,1{T}%", "31 out 2026", f"€{T}12,3{T}mil"),
        ("zh-hans", f"€{T}12{T}280.50", "94.1%", "2026年10月31日", f"€{T}1.23{T}万"),
    ],
)
def test_each_language_has_its_signs(language: str, money: str, rate: str, day: str, short: str) -> None:
    with translation.override(language):
        assert written.money(1228050, "EUR") == money
        assert written.rate(0.94123) == rate
        assert written.day(date(2026, 10, 31)) == day
        assert written.short_money(1228050, "EUR") == short


@pytest.mark.parametrize(
    ("minor", "currency", "expected"),
    [
        (0, "EUR", f"€{T}0"),
        (512, "EUR", f"€{T}5.12"),
        (-96123_45, "EUR", f"−€{T}96.1{T}k"),
        (999_60, "USD", f"${T}1.00{T}k"),
        (999_960_00, "USD", f"${T}1.00{T}M"),
        (123456, "JPY", f"¥{T}123{T}k"),
        (1_500_000, "KWD", f"KWD{T}1.50{T}k"),
        (123_456_789_012_00, "EUR", f"€{T}123{T}bn"),
    ],
)
def test_prose_has_three_figures(minor: int, currency: str, expected: str) -> None:
    assert written.short_money(minor, currency) == expected


def test_null_is_a_dash_and_never_nothing() -> None:
    dashes = (
        written.money(None, "EUR"), written.short_money(None, "EUR"), written.rate(None), written.ratio(None),
        written.count(None), written.day(None), written.minute(None), written.month(None), written.months(None),
        written.points(None), written.hundredths(None), written.yes_or_no(None), written.duration(None),
    )  # fmt: skip
    assert set(dashes) == {"–"}


def test_halves_go_away_from_zero() -> None:
    assert written.number(Decimal("2.5")) == "3"
    assert written.number(Decimal("-2.5")) == "−3"
    assert written.rate(0.12345, 2) == f"12.35{T}%"


def test_signs() -> None:
    assert written.signed(written.money, -5, "EUR") == f"−€{T}0.05"
    assert written.signed(written.money, 5, "EUR") == f"+€{T}0.05"
    assert written.signed(written.count, 0) == "0"
    assert written.points(0.0123) == "+1.2"


def test_other_values() -> None:
    assert written.month("2026-03") == "Mar 2026"
    assert written.month(2026 * 12 + 2) == "Mar 2026"
    assert written.minute(datetime(2026, 3, 4, 5, 6, tzinfo=UTC)) == "4 Mar 2026, 05:06"
    assert (written.yes_or_no(True), written.yes_or_no(False)) == ("yes", "no")
    assert written.months(12) == "12 months"
    assert written.months(1.5) == "1.5 months"
    spans = (59, 60, 3599, 3600, 86_400, 172_799, 172_800, 200_000)
    told = ["59 s", "1 min", "59 min", "1 h 0 min", "24 h 0 min", "47 h 59 min", "2 d 0 h", "2 d 7 h"]
    assert [written.duration(each) for each in spans] == told
    assert written.figures(2113.4) == f"2{T}113"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_csv_text_is_never_a_formula(start: str) -> None:
    (_head, body, _end) = csv_text(["a"], [{"a": f"{start}cmd"}]).replace("\r\n", "\n").split("\n", 2)
    assert body.strip('"').startswith("'")


def test_csv_cells_are_plain() -> None:
    row = {"a": None, "b": True, "c": date(2026, 1, 2), "d": -5}
    assert csv_text(list(row), [row]) == "a,b,c,d\r\n,true,2026-01-02,-5\r\n"


def test_json_knows_days_and_exact_numbers() -> None:
    assert json_default(date(2026, 1, 2)) == "2026-01-02"
    assert (json_default(Decimal(3)), json_default(Decimal("0.5"))) == (3, 0.5)
    with pytest.raises(TypeError):
        json_default(object())


def test_one_instant_is_told_by_the_clock_of_each_reader() -> None:
    """Texts are kept: the same instant in two time zones is one value, and still two texts."""
    instant = datetime(2026, 3, 4, 23, 6, tzinfo=UTC)
    told = []
    for zone in ("UTC", "Asia/Shanghai"):
        with timezone.override(ZoneInfo(zone)):
            told.append((written.moment(instant), written.day(timezone.localtime(instant))))
    assert told == [("4 Mar 2026, 23:06", "4 Mar 2026"), ("5 Mar 2026, 07:06", "5 Mar 2026")]
