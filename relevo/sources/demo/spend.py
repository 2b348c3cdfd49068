"""spend: what acquiring, onboarding, supporting, keeping and running customers cost, by month."""

import numpy as np

from relevo.sources.demo.cast import FINANCE, IMPLEMENTATION, OTHER, PRESALES, SUCCESS, SUPPORT, Cast
from relevo.sources.demo.customers import CHANNELS, CURRENCIES, SEGMENTS, Customers
from relevo.sources.demo.frame import MONTHS, NONE, Floats, Frame, Ints
from relevo.sources.demo.fx import BASE, Rates
from relevo.sources.demo.states import ACTIVE, Stretches
from relevo.sources.demo.subscriptions import earns, run_rate
from relevo.sources.demo.truths import p10_payback
from relevo.sources.demo.writer import Day, Same, Word, Writer

_CHANNEL_COST = np.array([[46, 20, 14, 16, 4], [24, 36, 16, 20, 4], [8, 50, 16, 24, 2]], dtype=np.float64)
_COST_OF_REVENUE = 1 - p10_payback.MARGIN
_MONTHLY_HEAD = 545_000.0
_TEAM_KINDS = {"onboarding": IMPLEMENTATION, "support": SUPPORT, "success": SUCCESS}
_LOAD = np.array([0.34, 0.38, 0.28])


def new_mrr(customers: Customers, rates: Rates, rows: Stretches) -> Floats:
    """MRR of first-time customers in cents of the base currency, by company month and segment."""
    first = np.flatnonzero((rows.status == ACTIVE) & (rows.life == 0) & (rows.at == customers.start[rows.who]))
    who = rows.who[first]
    month = customers.start_month[who]
    cents = rates.to_base(run_rate(customers, rows)[first], customers.currency[who], month)
    table = np.zeros((MONTHS, len(SEGMENTS)))
    np.add.at(table, (month, customers.segment[who]), cents)
    return table


def month_end_mrr(frame: Frame, customers: Customers, rates: Rates, rows: Stretches) -> Floats:
    """MRR in cents of the base currency at each month's end, by segment."""
    counted = np.flatnonzero(earns(rows))
    native = run_rate(customers, rows)[counted]
    who = rows.who[counted]
    start = frame.calendar.month(rows.at[counted] // 86_400)
    until = rows.until[counted]
    stop = np.where(until < 0, MONTHS, frame.calendar.month(until // 86_400))
    table = np.zeros((MONTHS + 1, len(SEGMENTS), len(CURRENCIES)))
    place = (customers.segment[who], customers.currency[who])
    np.add.at(table, (start, *place), native)
    np.add.at(table, (stop, *place), -native)
    balance = np.cumsum(table, axis=0)[:MONTHS]
    months = np.arange(MONTHS)[:, None]
    base = [rates.to_base(balance[:, :, c], np.full(1, c), months) for c in range(len(CURRENCIES))]
    return np.asarray(np.sum(base, axis=0), dtype=np.float64)


def write_spend(frame: Frame, cast: Cast, customers: Customers, rates: Rates, rows: Stretches, out: Writer) -> None:
    """Write spend, kind by kind, in the book's currency."""
    rng, starts = frame.stream("spend"), frame.calendar.starts
    won = new_mrr(customers, rates, rows)
    balance = month_end_mrr(frame, customers, rates, rows)
    _by_channel(starts, p10_payback.acquisition_spend(rng, won), out)
    _by_segment(starts, "cost_of_revenue", np.rint(balance * _COST_OF_REVENUE), out)
    for kind, team in _TEAM_KINDS.items():
        cost = _heads(cast, (team,)) * _MONTHLY_HEAD * rng.uniform(0.97, 1.05, MONTHS)
        _by_segment(starts, kind, np.rint(cost[:, None] * _LOAD), out)
    _whole(starts, "delivery", _heads(cast, (PRESALES,)) * _MONTHLY_HEAD, out)
    _whole(starts, "overhead", _heads(cast, (FINANCE, OTHER)) * _MONTHLY_HEAD * 1.2, out)


def _heads(cast: Cast, teams: tuple[int, ...]) -> Floats:
    """People of some teams at each month's start."""
    heads = np.zeros(MONTHS)
    for person in (p for p in cast.people if p.team in teams):
        left = person.left if person.left >= 0 else int(cast.starts[MONTHS])
        heads += (cast.starts[:MONTHS] >= person.hired) & (cast.starts[:MONTHS] < left)
    return heads


def _by_channel(starts: Ints, cents: Floats, out: Writer) -> None:
    """Acquisition by channel and segment; the first channel takes what rounding leaves, so that sums are exact."""
    share = _CHANNEL_COST / _CHANNEL_COST.sum(axis=1, keepdims=True)
    parts = np.floor(cents[:, :, None] * share)
    parts[:, :, 0] += cents - parts.sum(axis=2)
    month, segment, channel = (a.ravel() for a in np.indices(parts.shape))
    _write(starts, "acquisition", month, channel, segment, parts.ravel(), out)


def _by_segment(starts: Ints, kind: str, cents: Floats, out: Writer) -> None:
    month, segment = (a.ravel() for a in np.indices(cents.shape))
    _write(starts, kind, month, np.full(len(month), NONE), segment, cents.ravel(), out)


def _whole(starts: Ints, kind: str, cents: Floats, out: Writer) -> None:
    none = np.full(MONTHS, NONE)
    _write(starts, kind, np.arange(MONTHS), none, none, np.rint(cents), out)


def _write(starts: Ints, kind: str, month: Ints, channel: Ints, segment: Ints, cents: Floats, out: Writer) -> None:
    kept = np.flatnonzero(cents > 0)
    out.add(
        "spend",
        {
            "month": Day(starts[month[kept]]),
            "kind": Same(kind),
            "channel": Word(channel[kept], CHANNELS),
            "segment": Word(segment[kept], SEGMENTS),
            "amount_cents": cents[kept].astype(np.int64),
            "currency": Same(BASE),
        },
        len(kept),
    )
