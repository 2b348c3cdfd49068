"""How values are written: one place that knows languages, currencies and how many figures a reader wants.

Numbers are grouped with narrow no-break spaces in every language; the decimal sign, the place of the currency and the
order of a date follow the language. Null is an en dash, never 0.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from django.utils import dateformat
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext, ngettext, pgettext

from relevo.base.money import exponent
from relevo.base.periods import first_day, parse_month

THIN = "\u202f"
MISSING = "–"
MINUS = "−"

_SIGNS = {"EUR": "€", "USD": "$", "GBP": "£", "BRL": "R$", "JPY": "¥", "CNY": "¥", "INR": "₹", "KRW": "₩"}


@dataclass(frozen=True)
class Style:
    """The writing habits of a language: decimal sign, whether the currency stands behind, date patterns.

    `steps` are the powers of ten that have a short word, largest first: thousands in Europe, 万 in Chinese.
    """

    decimal: str = "."
    currency_after: bool = False
    rate_gap: str = THIN
    day: str = "j M Y"
    month: str = "M Y"
    minute: str = "j M Y, H:i"
    steps: tuple[tuple[int, str], ...] = ((9, "bn"), (6, "M"), (3, "k"))


_STYLES = {
    "en": Style(),
    "es": Style(",", currency_after=True, day="j b Y", month="b Y", minute="j b Y, H:i", steps=((6, "M"), (3, "k"))),
    "pt-br": Style(",", day="j b Y", month="b Y", minute="j b Y, H:i", steps=((9, "bi"), (6, "mi"), (3, "mil"))),
    "zh-hans": Style(
        rate_gap="", day="Y年n月j日", month="Y年n月", minute="Y年n月j日 H:i", steps=((8, "亿"), (4, "万"))
    ),
}


# A table writes the same days and figures again and again.
_KEPT = 4096


def style() -> Style:
    """The habits of the language in force; English for one that is not listed."""
    return _STYLES.get(get_language() or "en", _STYLES["en"])


def number(value: int | Decimal | float | None, decimals: int = 0) -> str:
    """A number with grouped digits and a fixed count of decimals, rounded half-up."""
    return MISSING if value is None else _number(value, decimals, style().decimal)


@lru_cache(_KEPT)
def _number(value: int | Decimal | float, decimals: int, point: str) -> str:
    exact = _rounded(value, decimals)
    sign = MINUS if exact < 0 else ""
    whole, _, rest = f"{abs(exact):.{decimals}f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", THIN)
    return f"{sign}{grouped}{point + rest if rest else ''}"


def count(value: int | None) -> str:
    """A whole number of things."""
    return number(value)


def rate(value: float | Decimal | None, decimals: int = 1) -> str:
    """A fraction as per cent with one decimal: 0.9412 -> '94.1 %'."""
    if value is None:
        return MISSING
    return f"{number(_exact(value) * 100, decimals)}{style().rate_gap}%"


def hundredths(value: float | Decimal | None) -> str:
    """A fraction times 100 with one decimal and no sign, for the ends of an interval whose middle has one."""
    return MISSING if value is None else number(_exact(value) * 100, 1)


def points(value: float | Decimal | None, decimals: int = 1) -> str:
    """A difference of two fractions in percentage points, with its sign; what rounds to 0 has none."""
    if value is None:
        return MISSING
    return signed(number, _rounded(_exact(value) * 100, decimals), decimals)


def between(low: float | None, high: float | None, write: Callable[..., str]) -> str:
    """The ends of an interval, each written by `write`; '' where there is none."""
    return "" if low is None or high is None else f"{write(low)} – {write(high)}"


def ratio(value: float | Decimal | None) -> str:
    """A plain ratio with two decimals."""
    return number(value, 2)


def money(minor: int | None, currency: str, *, decimals: bool = True) -> str:
    """An amount in minor units, in full: 1228000 EUR -> '€ 12 280.00'."""
    if minor is None:
        return MISSING
    digits = exponent(currency)
    major = Decimal(minor).scaleb(-digits)
    return _with_sign(number(abs(major), digits if decimals else 0), currency, minor < 0)


def short_money(minor: int | None, currency: str) -> str:
    """An amount for prose, three significant figures: 9612345 EUR -> '€ 96.1 k'."""
    if minor is None:
        return MISSING
    major = abs(Decimal(minor).scaleb(-exponent(currency)))
    return _with_sign(_short(major), currency, minor < 0)


def figures(value: int | float | Decimal) -> str:
    """A number in a picture whose subtitle says the unit: three significant figures, or all before the point."""
    exact = _exact(value)
    return (MINUS if exact < 0 else "") + _three_figures(abs(exact))


def signed(write: Callable[..., str], value: int | float | Decimal, *rest: object) -> str:
    """A value written by `write` with a plus or minus sign in front; zero has none."""
    if value == 0:
        return write(value, *rest)
    return ("+" if value > 0 else MINUS) + write(abs(value), *rest)


def day(value: date | datetime | None) -> str:
    """A calendar day in the language's order."""
    return MISSING if value is None else _dated(value, style().day)


def day_text(value: str) -> str:
    """A calendar day given as YYYY-MM-DD."""
    return day(date.fromisoformat(value[:10]))


def minute(value: datetime | None) -> str:
    """An instant to the minute."""
    return MISSING if value is None else _dated(value, style().minute)


def moment(value: datetime | None) -> str:
    """An instant to the minute, in the time zone in force for the reader."""
    return MISSING if value is None else minute(localtime(value))


def span(value: timedelta) -> str:
    """A length of time in its largest unit that fits: minutes, hours or days."""
    minutes = int(value.total_seconds()) // 60
    if minutes < 120:
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": number(minutes)}
    hours = minutes // 60
    if hours < 48:
        return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": number(hours)}
    return ngettext("%(count)s day", "%(count)s days", hours // 24) % {"count": number(hours // 24)}


def duration(seconds: int | None) -> str:
    """A length of time in its two largest units: days and hours, hours and minutes, minutes, or seconds."""
    if seconds is None:
        return MISSING
    minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86_400
    if days >= 2:
        return gettext("%(days)s d %(hours)s h") % {"days": number(days), "hours": hours % 24}
    if hours:
        return gettext("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": minutes % 60}
    if minutes:
        return gettext("%(minutes)s min") % {"minutes": minutes}
    return gettext("%(seconds)s s") % {"seconds": seconds}


def month(value: str | int | None) -> str:
    """A month given as YYYY-MM or as a month index."""
    if value is None:
        return MISSING
    index = parse_month(value) if isinstance(value, str) else value
    return _dated(first_day(index), style().month)


def _dated(value: date | datetime, pattern: str) -> str:
    # One instant is the same value in every time zone, but not the same text: what is kept knows no zone.
    told = value.replace(tzinfo=None) if isinstance(value, datetime) else value
    return _dated_in(told, pattern, get_language())


@lru_cache(_KEPT)
def _dated_in(value: date | datetime, pattern: str, language: str | None) -> str:  # noqa: ARG001 - names of months
    return dateformat.format(value, pattern)


def yes_or_no(value: bool | None) -> str:
    """A truth value as a word."""
    if value is None:
        return MISSING
    return pgettext("truth", "yes") if value else pgettext("truth", "no")


def months(value: int | float | Decimal | None) -> str:
    """A length in months."""
    if value is None:
        return MISSING
    return gettext("%(count)s months") % {"count": number(value, 0 if float(value).is_integer() else 1)}


def _short(major: Decimal) -> str:
    for step, letters in style().steps:
        # 999.6 rounds to 1 000 at three figures, so the step begins half a unit early.
        if major >= Decimal(10) ** step - Decimal(10) ** (step - 3) / 2:
            return f"{_three_figures(major.scaleb(-step))}{THIN}{letters}"
    return _three_figures(major)


def _three_figures(value: Decimal) -> str:
    decimals = 0 if value == value.to_integral_value() or value >= 100 else max(0, 2 - max(value.adjusted(), 0))
    return number(value, decimals)


def _with_sign(text: str, currency: str, is_negative: bool) -> str:
    sign = _SIGNS.get(currency, currency)
    minus = MINUS if is_negative else ""
    return f"{minus}{text}{THIN}{sign}" if style().currency_after else f"{minus}{sign}{THIN}{text}"


def _exact(value: int | float | Decimal) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _rounded(value: int | float | Decimal, decimals: int) -> Decimal:
    return _exact(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
