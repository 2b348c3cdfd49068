"""Cohorts by first month: the triangle, and revenue per customer by tenure with and without those who left."""

from collections.abc import Sequence
from fractions import Fraction

import ibis
import ibis.expr.types as ir

from relevo.base.money import half_up
from relevo.base.periods import month_text
from relevo.book.schema import EXACT, Tables
from relevo.measures.card import Card, Direction, Frame, Kind, Measure, Out, Record, Unit
from relevo.measures.revenue.levels import stock_of, together
from relevo.measures.rounding import mrr, rate, settle, slices_of
from relevo.measures.slices import SLICE, group, sliced_at

LAST_TENURE = 24
# Cells of the triangle by slice, cohort and month; a null month counts who started.
Cells = dict[tuple[object, ...], Record]


def triangle_parts(tables: Tables, frame: Frame) -> ir.Table:
    """Per cohort and month (and slice): customers and base run-rate; rows with a null month count who started."""
    observed = _observed(frame)
    starts = tables.customer_start.filter(lambda t: t.first_month.isin(list(observed)))
    began = _starters(starts, tables, frame)
    keys = group(frame, "first_month")
    paid = stock_of(began, tables, observed, keys).select(*keys, "month", "customers", "base_e16")
    started = began.group_by(keys).aggregate(
        month=ibis.null("int64"), customers=began.count().cast("int64"), base_e16=ibis.literal(0).cast(EXACT)
    )
    return ibis.union(paid, started.select(*keys, "month", "customers", "base_e16"))


def _starters(starts: ir.Table, tables: Tables, frame: Frame) -> ir.Table:
    """Customers with the month of their first MRR (and the slice that they were in then)."""
    rows = starts.select("customer_id", "first_month", moment="first_month")
    return sliced_at(rows, tables, frame).select(*group(frame, "customer_id", "first_month"))


def _observed(frame: Frame) -> range:
    """Every month from the first asked to the last complete one."""
    return range(frame.ends[0], frame.last_complete + 1) if frame.ends else range(0)


def _finish_triangle(found: Sequence[Record], frame: Frame) -> list[Record]:
    cells: Cells = {(r.get(SLICE), r["first_month"], r["month"]): r for r in found}
    rows, exact = [], []
    for name in slices_of(found, sliced=bool(frame.by)):
        cohorts = [m for m in frame.ends if (name, m, None) in cells]
        for cohort in cohorts:
            for age in range(frame.last_complete - cohorts[0] + 1):
                seen = cells.get((name, cohort, cohort + age))
                rows.append(_cell(name, cohort, age, seen, frame))
                exact.append(mrr(seen["base_e16"]) if seen else Fraction(0))
    _settle_observed(rows, exact)
    _add_rates(rows, exact, cells, frame)
    return [{k: v for k, v in r.items() if not k.startswith("_")} for r in rows]


def _cell(name: str | None, cohort: int, age: int, seen: Record | None, frame: Frame) -> Record:
    observed = cohort + age <= frame.last_complete
    return {
        "cohort": month_text(cohort),
        **({frame.by: name} if frame.by else {}),
        "age": age,
        "customers": (int(seen["customers"]) if seen else 0) if observed else None,
        "mrr_cents": None,
        "_month": cohort + age,
        "_key": (name, cohort),
        "_observed": observed,
    }


def _settle_observed(rows: list[Record], exact: list[Fraction]) -> None:
    """Cents of the cells that could be seen; those of one calendar month are parts of its MRR."""
    places = [i for i, r in enumerate(rows) if r["_observed"]]
    settle([rows[i] for i in places], [{"mrr_cents": exact[i]} for i in places], ["_month"])


def _add_rates(rows: list[Record], exact: list[Fraction], cells: Cells, frame: Frame) -> None:
    opening: dict[tuple[object, ...], Fraction] = {}
    for row, money in zip(rows, exact, strict=True):
        name, cohort = row["_key"]
        if row["age"] == 0:
            opening[name, cohort] = money
        started = int(cells[name, cohort, None]["customers"])
        seen = row["_observed"]
        row["customer_rate"] = rate(row["customers"], started) if seen else None
        row["mrr_rate"] = rate(money, opening[name, cohort]) if seen else None
        row["currency"] = frame.currency


def tenure_parts(tables: Tables, frame: Frame) -> ir.Table:
    """Per tenure month (and slice): MRR and customers still paying; per negative `tenure - 1`: starts by last tenure.

    Starters are counted by how long they could be seen, so that both means stand over the same cohorts.
    """
    starts = tables.customer_start.filter(lambda t: t.first_month <= frame.last_complete)
    began = _starters(starts, tables, frame)
    keys = group(frame, "part", "tenure")
    paid = stock_of(began, tables, _observed(frame), group(frame, "first_month"))
    aged = paid.mutate(part=ibis.literal("paying"), tenure=paid.month - paid.first_month)
    still = aged.filter((aged.tenure >= 0) & (aged.tenure <= LAST_TENURE)).select(*keys, "customers", "base_e16")
    seen = ibis.least(frame.last_complete - began.first_month, ibis.literal(LAST_TENURE)).cast("int64")
    first = began.mutate(part=ibis.literal("began"), tenure=seen).group_by(keys)
    started = first.aggregate(customers=ibis._.count().cast("int64"), base_e16=ibis.literal(0).cast(EXACT))
    return together([still, started], keys)


def _finish_tenure(found: Sequence[Record], frame: Frame) -> list[Record]:
    rows = []
    for name in slices_of(found, sliced=bool(frame.by)):
        mine = [r for r in found if r.get(SLICE) == name]
        paying = {r["tenure"]: r for r in mine if r["part"] == "paying"}
        began = {r["tenure"]: int(r["customers"]) for r in mine if r["part"] == "began"}
        for tenure in range(LAST_TENURE + 1):
            started = sum(n for seen, n in began.items() if seen >= tenure)
            rows.append(_tenure_row(tenure, name, paying.get(tenure), started, frame))
    return rows


def _tenure_row(tenure: int, name: str | None, seen: Record | None, started: int, frame: Frame) -> Record:
    money = mrr(seen["base_e16"]) if seen else Fraction(0)
    n = int(seen["customers"]) if seen else 0
    return {
        "tenure_month": tenure,
        **({frame.by: name} if frame.by else {}),
        "survivors_cents": half_up(money, n) if n else None,
        "all_started_cents": half_up(money, started) if started else None,
        "n": n,
        "n_started": started,
        "currency": frame.currency,
    }


COHORT_RETENTION = Measure(
    Card(
        name="cohort_retention",
        title="Cohort retention",
        question="Of the customers that started in a month, how many and how much is there later?",
        unit=Unit.RATE,
        grain="one row per cohort and age in months",
        direction=Direction.UP,
        kind=Kind.OUTCOME,
        read_with=("survival", "net_revenue_retention"),
        columns=(
            Out("cohort", Unit.TEXT, "Month of the first MRR, YYYY-MM."),
            Out("age", Unit.MONTHS, "Months since then; 0 is the cohort's own month."),
            Out("customers", Unit.COUNT, "Those paying at the end of that month; null where it has not ended."),
            Out("mrr_cents", Unit.MONEY, "What they pay; the cells of one calendar month sum to its MRR."),
            Out("customer_rate", Unit.RATE, "customers / customers that started."),
            Out("mrr_rate", Unit.RATE, "mrr / the cohort's MRR at the end of its first month."),
        ),
        definition=(
            "Cohort = month of the first MRR above 0. A cell that cannot be seen yet is null, never 0. Customers "
            "that came back count again; those that joined and left within one month count as started."
        ),
        source="Stripe and ChartMogul cohort months.",
    ),
    triangle_parts,
    _finish_triangle,
)

ARPA_BY_TENURE = Measure(
    Card(
        name="arpa_by_tenure",
        title="Revenue per customer by tenure",
        question="Does a customer become worth more with time, or do only the larger ones stay?",
        unit=Unit.MONEY,
        grain="one row per month since the first MRR, 0 to 24",
        direction=Direction.UP,
        kind=Kind.OUTCOME,
        read_with=("survival", "arpa"),
        columns=(
            Out("tenure_month", Unit.MONTHS, "Months since the first MRR."),
            Out("survivors_cents", Unit.MONEY, "Mean MRR of those still paying at that age."),
            Out("all_started_cents", Unit.MONEY, "Mean over all that started; the gone count 0."),
            Out("n", Unit.COUNT, "Customers still paying."),
            Out("n_started", Unit.COUNT, "Customers that started long enough ago to be seen at that age."),
        ),
        definition=(
            "Two means over the same starters. Where survivors rise and all that started fall, the rise is "
            "selection: small customers left."
        ),
        source="Survivor bias made visible; month-end snapshots.",
        has_months=False,
    ),
    tenure_parts,
    _finish_tenure,
)
