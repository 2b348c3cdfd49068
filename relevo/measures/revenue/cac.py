"""CAC: what a new customer costs to win, with the spend that ran ahead of it by one sales cycle."""

from collections.abc import Sequence
from fractions import Fraction

from relevo.base.money import half_up
from relevo.measures.card import Card, Direction, Found, Frame, Kind, Model, Out, Record, Unit
from relevo.measures.revenue.acquisition import EXPRESSIONS, Acquisition, acquisition
from relevo.measures.rounding import settle


def _finish(found: Found, frame: Frame) -> list[Record]:
    known = acquisition(found, frame)
    rows: list[Record] = []
    for end in frame.ends:
        months = range(end - frame.grain.months + 1, end + 1)
        names: Sequence[str | None] = known.names(months) if frame.by else [None]
        rows += _period(known, end, months, names, frame)
    return rows


def _period(
    known: Acquisition, end: int, months: range, names: Sequence[str | None], frame: Frame
) -> list[Record]:  # fmt: skip
    """The rows of one period; its slices' spend adds up to the whole."""
    is_loaded = all(known.covers(m) for m in months)
    exact = [{"spend_cents": known.spend(name, months)} for name in names]
    rows = [_row(known, end, months, name, frame) for name in names]
    if is_loaded:
        settle(rows, exact, [])
    for row, cells, name in zip(rows, exact, names, strict=True):
        sliced = [n for n in names if n is not None]
        own = is_loaded and (name is None or known.is_own(name, sliced))
        if not own and (not is_loaded or name not in {n for n, _ in known.spent}):
            row["spend_cents"] = None
        row["cac_cents"] = _per_customer(cells["spend_cents"], row["new_customers"]) if own else None
    return rows


def _row(known: Acquisition, end: int, months: range, name: str | None, frame: Frame) -> Record:
    return {
        "month": end,
        **({frame.by: name} if frame.by else {}),
        "spend_cents": None,
        "new_customers": known.new(name, months)[0],
        "cac_cents": None,
        "lag_months": known.lag_months,
        "currency": frame.currency,
    }


def _per_customer(spend: Fraction, customers: int) -> int | None:
    return half_up(spend / customers) if customers else None


CAC = Model(
    Card(
        name="cac",
        title="Customer acquisition cost",
        question="What did it cost us to win a new customer?",
        unit=Unit.MONEY,
        grain="one row per month",
        direction=Direction.DOWN,
        kind=Kind.EFFICIENCY,
        read_with=("ltv_to_cac", "cac_payback", "logo_churn"),
        columns=(
            Out("month", Unit.MONTH, "The period in which the customers were won, named by its last month."),
            Out("spend_cents", Unit.MONEY, "Acquisition spend `lag_months` earlier; null where none is loaded."),
            Out("new_customers", Unit.COUNT, "Customers with their first MRR in the period."),
            Out("cac_cents", Unit.MONEY, "spend / new customers; null without customers or without spend."),
            Out("lag_months", Unit.MONTHS, "Median sales cycle of won new deals, in whole months."),
        ),
        definition=(
            "Everything spent on acquisition / customers won, the spend taken one median sales cycle earlier: days "
            "from opening to closing of won new deals / (365/12), rounded half up; 0 without a won deal. Spend is "
            "the company's at each month's closing rate. By segment or channel it belongs to a slice only where "
            "spend names it; the rest is '(none)', is in no slice's CAC and in the whole; by any other dimension "
            "all of it is '(none)'. Spend on onboarding, support or success is not in it. No table of commissions "
            "is read: where they are not in spend, the house rules commission_months and "
            "commission_deferral_months add them when due, or by cohort."
        ),
        source="Lagged, fully loaded CAC; the same-period and the blended variant differ with growth.",
        assumes=("lag_months", "commission_months", "commission_deferral_months", "commission_by_cohort"),
        never_scoped=True,
    ),
    EXPRESSIONS,
    _finish,
)
