"""Forgone value: what customers that did not fit brought less than good-fit customers of the same segment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import sqrt

import ibis
import ibis.expr.types as ir

from relevo.base.money import half_up
from relevo.book.schema import EXACT, Tables
from relevo.measures.card import Card, Direction, Frame, Kind, Measure, Out, Record, Unit
from relevo.measures.intervals import Z95
from relevo.measures.revenue.squares import whole_cents
from relevo.measures.rounding import mrr, rate
from relevo.measures.slices import NONE, SLICE, sliced

GOOD = "good"
BANDS = (GOOD, "middle", "poor", NONE)
# Share of fit questions answered with yes from which a deal is a good or a middling fit.
GOOD_FROM, MIDDLE_FROM = Fraction(4, 5), Fraction(1, 2)
YES, NO = ("yes", "y", "true", "1"), ("no", "n", "false", "0")
REFERRAL = "referral"


def value_by_fit(tables: Tables, frame: Frame) -> ir.Table:
    """Per fit band and segment: customers seen for the whole window, what they paid in it, and the square of that."""
    cut = replace(frame, by="segment")
    starts = tables.customer_start.select("customer_id", "first_month")
    seen = starts.filter(starts.first_month + frame.window - 1 <= frame.last_complete)
    paid = seen.left_join(_paid(tables, seen, frame.window), "customer_id").drop("customer_id_right")
    fitted = paid.left_join(_bands(tables), "customer_id").drop("customer_id_right")
    came = tables.customer.select(known="customer_id", channel="acquisition_channel")
    named = fitted.left_join(came, fitted.customer_id == came.known)
    zero = ibis.literal(0).cast(EXACT)
    referred = (named.channel == REFERRAL).fill_null(False)
    worth = ibis.coalesce(named.worth, zero)
    rows = named.select(
        "customer_id", fit=named.fit.fill_null(NONE), worth=worth, referred=ibis.ifelse(referred, worth, zero),
        kept=named.kept.fill_null(False), key_month=named.first_month,
    )  # fmt: skip
    rows = sliced(rows, tables, cut)
    cents = whole_cents(rows.worth)
    squared = rows.mutate(square=cents * cents)
    return squared.group_by("fit", SLICE).aggregate(
        customers=squared.count(),
        kept=squared.kept.sum(),
        worth=squared.worth.sum().cast(EXACT),
        referred=squared.referred.sum().cast(EXACT),
        squares=squared.square.sum().cast(EXACT),
    )


def _paid(tables: Tables, seen: ir.Table, window: int) -> ir.Table:
    """Per customer the sum of its MRR at the ends of its first months, at the first month's rate; whether it stays."""
    levels = tables.mrr_level.inner_join(seen, "customer_id")
    until = levels.first_month + window
    months = ibis.least(levels.to_month, until) - levels.from_month
    inside = levels.mutate(months=months, stays=levels.to_month >= until).filter(months > 0)
    rates = tables.fx_month.select(rated="currency", rate_month="month", rate_e10="rate_e10")
    priced = inside.inner_join(rates, (inside.currency == rates.rated) & (inside.first_month == rates.rate_month))
    worth = priced.mutate(worth=priced.arr_e6.cast(EXACT) * priced.rate_e10.cast(EXACT) * priced.months.cast(EXACT))
    return worth.group_by("customer_id").aggregate(worth=worth.worth.sum().cast(EXACT), kept=worth.stays.max())


def _bands(tables: Tables) -> ir.Table:
    """Per customer the fit of its first won new deal, from the questions answered with yes or no."""
    won = tables.deal.filter(lambda t: (t.kind == "new") & (t.outcome == "won") & t.customer_id.notnull())
    order = ibis.window(group_by="customer_id", order_by=["closed_at", "deal_id"])
    first = won.mutate(place=ibis.row_number().over(order)).filter(lambda t: t.place == 0)
    said = tables.fit_answer.mutate(word=tables.fit_answer.answer.lower()).filter(lambda t: t.word.isin([*YES, *NO]))
    dealt = first.select("customer_id", dealt="deal_id")
    told = dealt.inner_join(said, dealt.dealt == said.deal_id)
    counts = told.group_by("customer_id").aggregate(yes=told.word.isin(list(YES)).sum(), n=told.count())
    band = ibis.cases(
        (counts.yes * GOOD_FROM.denominator >= counts.n * GOOD_FROM.numerator, GOOD),
        (counts.yes * MIDDLE_FROM.denominator >= counts.n * MIDDLE_FROM.numerator, "middle"),
        else_="poor",
    )
    return counts.select("customer_id", fit=band)


@dataclass(frozen=True)
class Group:
    """Customers of one fit and segment: how many, mean value, variance of a single value."""

    n: int
    mean: Fraction
    variance: float


def _group(rows: Sequence[Record]) -> Group:
    n = sum(int(r["customers"]) for r in rows)
    mean = sum((mrr(r["worth"]) for r in rows), Fraction(0)) / n
    spread = sum(float(r["squares"]) for r in rows) - n * float(mean) ** 2
    return Group(n, mean, max(spread, 0.0) / (n - 1) if n > 1 else 0.0)


@dataclass(frozen=True)
class Forgone:
    """Per customer: what good-fit peers of the same segments brought, what is missing, and its 95 % interval."""

    peers: Fraction
    missing: Fraction
    half: float


def forgone(own: Mapping[str, Group], good: Mapping[str, Group], everyone_good: Group) -> Forgone:
    """The value of good-fit peers, weighted by the segments of a band's own customers, minus their own value.

    A segment without two good-fit customers takes the good-fit customers of all segments.
    """
    n = sum(g.n for g in own.values())
    peers = {s: good[s] if s in good and good[s].n > 1 else everyone_good for s in own}
    expected = sum((own[s].n * peers[s].mean for s in own), Fraction(0)) / n
    mean = sum((own[s].n * own[s].mean for s in own), Fraction(0)) / n
    mine = sum(own[s].n * own[s].variance for s in own) / n**2
    theirs = sum((own[s].n / n) ** 2 * peers[s].variance / peers[s].n for s in own)
    return Forgone(expected, expected - mean, Z95 * sqrt(mine + theirs))


def _finish(found: Sequence[Record], frame: Frame) -> list[Record]:
    by_band = {band: [r for r in found if r["fit"] == band] for band in BANDS}
    groups = {band: {r[SLICE]: _group([r]) for r in rows} for band, rows in by_band.items()}
    everyone_good = _group(by_band[GOOD]) if by_band[GOOD] else None
    return [_row(b, rows, groups, everyone_good, frame) for b, rows in by_band.items() if rows]


def _row(
    band: str, rows: Sequence[Record], groups: Mapping[str, Mapping[str, Group]], good: Group | None, frame: Frame
) -> Record:
    n, kept = (sum(int(r[c] or 0) for r in rows) for c in ("customers", "kept"))
    paid, referred = (sum((mrr(r[c]) for r in rows), Fraction(0)) for c in ("worth", "referred"))
    known = forgone(groups[band], groups[GOOD], good) if good and band != GOOD else None
    return {
        "fit": band,
        "customers": n,
        "kept_rate": rate(kept, n),
        "value_cents": half_up(paid / n),
        "peers_cents": half_up(known.peers) if known else None,
        "forgone_cents": half_up(known.missing) if known else None,
        "low_cents": half_up(known.missing - Fraction(known.half)) if known else None,
        "high_cents": half_up(known.missing + Fraction(known.half)) if known else None,
        "forgone_total_cents": half_up(known.missing * n) if known else None,
        "paid_cents": half_up(paid),
        "referral_cents": half_up(referred),
        "currency": frame.currency,
    }


FORGONE_VALUE = Measure(
    Card(
        name="forgone_value",
        title="Forgone value of bad fit",
        question="How much less do customers that did not fit bring than good-fit customers of the same segment?",
        unit=Unit.MONEY,
        grain="one row per band of fit",
        direction=Direction.DOWN,
        kind=Kind.OUTCOME,
        read_with=("net_revenue_retention", "seller_quality"),
        columns=(
            Out("fit", Unit.TEXT, "good, middle, poor, or (none) where the fit questions were not answered."),
            Out("customers", Unit.COUNT, "Customers that began at least a window ago (n)."),
            Out("kept_rate", Unit.RATE, "Share of them still paying at the window's end."),
            Out("value_cents", Unit.MONEY, "What one of them paid in its first months, on average."),
            Out("peers_cents", Unit.MONEY, "What good-fit customers of the same segments paid, on average."),
            Out("forgone_cents", Unit.MONEY, "peers - value, per customer."),
            Out("low_cents", Unit.MONEY, "Lower end of its 95 % interval."),
            Out("high_cents", Unit.MONEY, "Upper end of its 95 % interval."),
            Out("forgone_total_cents", Unit.MONEY, "Forgone over all customers of the band."),
            Out("paid_cents", Unit.MONEY, "What all customers of the band paid in their first months."),
            Out("referral_cents", Unit.MONEY, "Of this, paid by customers that came by referral; not on top of it."),
        ),
        definition=(
            "Value is the sum of a customer's MRR at the ends of its first 12 months (--months for others): what it "
            "stayed and grew is in it, the months after it left are 0. Fit is the share of fit questions of the first "
            "won new deal answered with yes: good from 80 %, middle from 50 %. Peers are good-fit customers with the "
            "same mix of segments. An association: deals that fit may differ in other ways, and no effect of selling "
            "otherwise is shown. A referred customer's revenue counts once, as its own; who referred it is not known "
            "and nothing is added to the one who did. At the exchange rates of the month of the start."
        ),
        source="Expected value of peers with good fit (S4-05); direct standardisation by segment.",
        months=12,
        can_slice=False,
        has_months=False,
    ),
    value_by_fit,
    _finish,
)
