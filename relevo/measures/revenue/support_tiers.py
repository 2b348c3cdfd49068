"""Support tiers: what customers of each tier pay and cost, month by month; the tiers add up to what is billed."""

from dataclasses import replace
from fractions import Fraction

import ibis.expr.types as ir

from relevo.base.money import RATE_SCALE, half_up
from relevo.book.schema import EXACT, Tables
from relevo.measures.card import Card, Direction, Found, Frame, Kind, Model, Out, Record, Unit
from relevo.measures.revenue.snapshot import snapshot
from relevo.measures.rounding import mrr, rate, settle
from relevo.measures.slices import SLICE, group, sliced

TIER = "tier"
MINUTES_PER_HOUR = 60


def revenue(tables: Tables, frame: Frame) -> ir.Table:
    """Base run-rate and paying customers per month's end and tier."""
    return snapshot(tables, replace(frame, by=TIER))


def effort(tables: Tables, frame: Frame) -> ir.Table:
    """Per month and tier: support minutes times hourly cost, in minor units x 60 x 10^10 of the book's currency.

    A month of a quarter or year is not summed up: the month named is the one in which the period ends.
    """
    cut = replace(frame, by=TIER)
    people = tables.person.filter(lambda t: t.hourly_cost_cents.notnull())
    costs = people.select(worker="person_id", hourly="hourly_cost_cents", paid_in="currency")
    done = tables.work.filter(lambda t: t.activity == "support")
    dated = done.mutate(month=(done.on_date.year() * 12 + done.on_date.month() - 1).cast("int64"))
    asked = dated.filter(dated.month.isin(list(frame.ends)))
    known = asked.inner_join(costs, asked.person_id == costs.worker)
    rates = tables.fx_month.select(rated="currency", rate_month="month", rate_e10="rate_e10")
    currency = known.paid_in.fill_null(frame.currency)
    priced = known.inner_join(rates, (currency == rates.rated) & (known.month == rates.rate_month))
    cost = priced.minutes.cast(EXACT) * priced.hourly.cast(EXACT) * priced.rate_e10.cast(EXACT)
    rows = sliced(priced.mutate(cost=cost, key_month=priced.month), tables, cut)
    return rows.group_by(group(cut, "month")).aggregate(cost=rows.cost.sum().cast(EXACT))


def _finish(found: Found, frame: Frame) -> list[Record]:
    ordered = sorted(found["revenue"], key=lambda r: (r["month"], r[SLICE]))
    costs = {(r["month"], r[SLICE]): Fraction(int(r["cost"]), MINUTES_PER_HOUR * RATE_SCALE) for r in found["effort"]}
    paying: dict[int, int] = {}
    for r in ordered:
        paying[r["month"]] = paying.get(r["month"], 0) + int(r["customers"])
    rows: list[Record] = [{"month": r["month"], TIER: r[SLICE], "customers": int(r["customers"])} for r in ordered]
    exact = [{"mrr_cents": mrr(r["base_e16"])} for r in ordered]
    settle(rows, exact, ["month"])
    for row, cells in zip(rows, exact, strict=True):
        cost = costs.get((row["month"], row[TIER]))
        row["attach_rate"] = rate(row["customers"], paying[row["month"]])
        row["arpa_cents"] = half_up(cells["mrr_cents"] / row["customers"])
        row["support_cost_cents"] = None if cost is None else half_up(cost)
        row["margin_rate"] = None if cost is None else rate(cells["mrr_cents"] - cost, cells["mrr_cents"])
        row["currency"] = frame.currency
    return rows


SUPPORT_TIERS = Model(
    Card(
        name="support_tiers",
        title="Support tiers",
        question="What do customers of each support tier pay, and what does their support cost?",
        unit=Unit.MONEY,
        grain="one row per month and tier",
        direction=Direction.NONE,
        kind=Kind.CONTEXT,
        read_with=("mrr", "net_revenue_retention"),
        columns=(
            Out("month", Unit.MONTH, "The month at whose end it is taken."),
            Out("tier", Unit.TEXT, "The customer's tier then; (none) where none is known."),
            Out("customers", Unit.COUNT, "Customers of the tier that pay."),
            Out("mrr_cents", Unit.MONEY, "Their MRR; the tiers of a month add up to its MRR to the cent."),
            Out("attach_rate", Unit.RATE, "Share of all paying customers."),
            Out("arpa_cents", Unit.MONEY, "MRR per customer of the tier."),
            Out(
                "support_cost_cents", Unit.MONEY, "Support time in the month at its hourly cost; null if none is known."
            ),
            Out("margin_rate", Unit.RATE, "(MRR - support cost) / MRR."),
        ),
        definition=(
            "The tier is the dated attribute `tier` of the customer, at the month's end: what the customer has bought. "
            "The tier written on a conversation is how it was handled and is not used, and no separate price of a "
            "tier is known, so all MRR of its customers is shown. Support cost is the measured support minutes of the "
            "month times the person's hourly cost; other costs are left out. A difference between tiers is an "
            "association: larger customers buy higher tiers."
        ),
        source="Customers pay for service (S2-02).",
        can_slice=False,
        has_reported=True,
    ),
    {"revenue": revenue, "effort": effort},
    _finish,
)
