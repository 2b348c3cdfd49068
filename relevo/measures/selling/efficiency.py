"""Win rate, time to close and pipeline velocity: how fast sellers do what they do, whatever becomes of it."""

from fractions import Fraction

from relevo.base.money import half_up
from relevo.measures.card import Card, Direction, Found, Frame, Kind, Model, Out, Record, Unit
from relevo.measures.exchange import Exchange, running
from relevo.measures.histograms import median
from relevo.measures.intervals import wilson
from relevo.measures.rounding import rate
from relevo.measures.selling.deals import EXPRESSIONS, WITH_OPEN, Window, window

_OUTCOMES = ("sold_book_marks", "gross_revenue_retention")
_MONTH = Out("month", Unit.MONTH, "End of the window.")
_MONTHS = Out("months", Unit.MONTHS, "Length of the window.")
_SOURCE = "The usual figures of selling; deals for new business, declined ones left out, days and months in UTC."


def _win_rate(found: Found, frame: Frame) -> list[Record]:
    rows = []
    for end in frame.ends:
        seen = window(found, end, frame.window)
        low, high = wilson(seen.won, seen.won + seen.lost)
        shares = {"rate": rate(seen.won, seen.won + seen.lost), "low": low, "high": high}
        rows.append({"month": end, "months": frame.window, "won": seen.won, "lost": seen.lost, **shares})
    return rows


def _time_to_close(found: Found, frame: Frame) -> list[Record]:
    rows = []
    for end in frame.ends:
        seen = window(found, end, frame.window)
        middle, mean = median(seen.days), _mean(seen)
        days = {"median_days": None if middle is None else float(middle), "mean_days": _hundredths(mean)}
        rows.append({"month": end, "months": frame.window, "won": seen.won, **days})
    return rows


def _velocity(found: Found, frame: Frame) -> list[Record]:
    exchange = Exchange.of(found["rates"])
    open_at = running([(int(r["month"]), r["step"]) for r in found["open"]], sorted(frame.ends))
    return [
        {"month": end, "months": frame.window, **_velocity_of(window(found, end, frame.window, exchange), standing),
         "currency": frame.currency}
        for end, standing in zip(sorted(frame.ends), open_at, strict=True)
    ]  # fmt: skip


def _velocity_of(seen: Window, standing: int) -> Record:
    """Opportunities x win rate x value of a won deal / days to close; undefined where one of them is."""
    ended, mean = seen.won + seen.lost, _mean(seen)
    value = seen.worth / seen.valued if seen.valued else None
    a_day = None if value is None or not mean else standing * Fraction(seen.won, ended) * value / mean
    return {
        "opportunities": standing,
        "rate": rate(seen.won, ended),
        "value_cents": None if value is None else half_up(value),
        "cycle_days": _hundredths(mean),
        "velocity_cents": None if a_day is None else half_up(a_day),
    }


def _mean(seen: Window) -> Fraction | None:
    return Fraction(sum(days * n for days, n in seen.days.items()), seen.won) if seen.won else None


def _hundredths(value: Fraction | None) -> float | None:
    return None if value is None else half_up(value * 100) / 100


WIN_RATE = Model(
    Card(
        name="win_rate",
        title="Win rate",
        question="Of the deals for new business that ended, how many were won?",
        unit=Unit.RATE,
        grain="one row per month end",
        direction=Direction.UP,
        kind=Kind.EFFICIENCY,
        read_with=_OUTCOMES,
        columns=(
            _MONTH,
            _MONTHS,
            Out("won", Unit.COUNT, "Deals won in the window."),
            Out("lost", Unit.COUNT, "Deals lost in the window."),
            Out("rate", Unit.RATE, "Won over won and lost."),
            Out("low", Unit.RATE, "Lower end of the 95 % Wilson interval."),
            Out("high", Unit.RATE, "Upper end of the 95 % Wilson interval."),
        ),
        definition="Deals for new business won in the window over those won and lost in it.",
        source=_SOURCE,
        months=1,
        can_slice=False,
    ),
    EXPRESSIONS,
    _win_rate,
)

TIME_TO_CLOSE = Model(
    Card(
        name="time_to_close",
        title="Time to close",
        question="How many days does a won deal take from opening to signature?",
        unit=Unit.RATIO,
        grain="one row per month end",
        direction=Direction.DOWN,
        kind=Kind.EFFICIENCY,
        read_with=_OUTCOMES,
        columns=(
            _MONTH,
            _MONTHS,
            Out("won", Unit.COUNT, "Deals won in the window."),
            Out("median_days", Unit.RATIO, "Median days from opening to closing."),
            Out("mean_days", Unit.RATIO, "Mean days from opening to closing."),
        ),
        definition="Days from the opening to the closing of deals for new business that were won in the window.",
        source=_SOURCE,
        months=1,
        can_slice=False,
    ),
    EXPRESSIONS,
    _time_to_close,
)

PIPELINE_VELOCITY = Model(
    Card(
        name="pipeline_velocity",
        title="Pipeline velocity",
        question="At the present pace, what does the pipeline bring per day?",
        unit=Unit.MONEY,
        grain="one row per month end",
        direction=Direction.UP,
        kind=Kind.EFFICIENCY,
        read_with=_OUTCOMES,
        columns=(
            _MONTH,
            _MONTHS,
            Out("opportunities", Unit.COUNT, "Deals for new business that stood open at the month's end."),
            Out("rate", Unit.RATE, "Win rate of the window."),
            Out("value_cents", Unit.MONEY, "Mean amount of the deals won in the window that have one."),
            Out("cycle_days", Unit.RATIO, "Mean days from opening to closing of the deals won in the window."),
            Out("velocity_cents", Unit.MONEY, "Opportunities x win rate x value / days: money per day."),
        ),
        definition="Open opportunities x win rate x mean value of a won deal / mean days to close.",
        source=_SOURCE,
        months=3,
        can_slice=False,
    ),
    WITH_OPEN,
    _velocity,
)
