"""How faithfully what was known of a customer was handed on, as reality confirmed it later (row S1-27).

One hand-off: 5 of 6 items filled in, 4 of the 5 right, one re-ask about the empty one. Its fidelity is
5/6 x 4/5 x (1 - 1/6) = 0.555556: complete at first sight, and little more than half arrived.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import ibis
import ibis.expr.types as ir

from relevo.base.periods import day_number, first_day, month_of
from relevo.book.schema import Tables
from relevo.measures.card import BEHIND, Card, Dimension, Direction, Found, Frame, Kind, Model, Out, Record, Unit
from relevo.measures.intervals import mean_of_shares
from relevo.measures.rounding import rate
from relevo.measures.slices import by_slice, group, labelled, sliced_by_own

# Where nobody said how many items the form has.
USUAL_ITEMS = 6
OWN = (
    Dimension("from_person", "who gave, as a person_id.", is_person=True),
    Dimension("to_person", "who received, as a person_id.", is_person=True),
    Dimension("template", "the form that was used."),
)
# Shares are stored with so many decimals, and are whole numbers of that size in every sum.
DIGITS = 18
_UNIT = 10**DIGITS


def confirmed(tables: Tables, frame: Frame) -> ir.Table:
    """Hand-offs that can be judged, with the slice asked for: shares, items, and re-asks about empty ones."""
    given = tables.handoff_day
    known = given.filter(
        (given.confirmed_day <= day_number(frame.as_of))
        & given.completeness.between(0, 1)
        & given.accuracy.between(0, 1)
    )
    if frame.window:
        begins = first_day(month_of(frame.as_of) - frame.window + 1)
        known = known.filter(known.confirmed_day >= day_number(begins))
    items = ibis.ifelse(known.items.fill_null(0) > 0, known.items, ibis.literal(USUAL_ITEMS, "int64"))
    rows = known.select(
        "customer_id", "completeness", "accuracy", "template",
        from_person="from_person_id", to_person="to_person_id", key_month=known.given_month.fill_null(0), items=items,
        unfilled=ibis.least(known.reasks_unfilled.fill_null(0), items),
    )  # fmt: skip
    return sliced_by_own(rows, tables, frame, [each.name for each in OWN])


def parts(tables: Tables, frame: Frame) -> ir.Table:
    """How many hand-offs are alike in all their parts (and slice)."""
    rows = confirmed(tables, frame)
    return rows.group_by(group(frame, "completeness", "accuracy", "items", "unfilled")).aggregate(n=rows.count())


def behind(tables: Tables, frame: Frame) -> ir.Table:
    """The customers handed over, per slice."""
    rows, keys = confirmed(tables, frame), group(frame)
    return (rows.group_by(keys) if keys else rows).aggregate(customers=rows.customer_id.nunique())


def _finish(found: Found, frame: Frame) -> list[Record]:
    return labelled({of: _row(rows) for of, rows in by_slice(found[""], frame).items()}, frame)


def _row(found: Sequence[Record]) -> Record:
    """The figures of one group: means of the parts, and the mean of the products with its interval."""
    n = sum(int(r["n"]) for r in found)
    total, squares = _products(found)
    low, high = mean_of_shares(n, total, squares)
    return {
        "n": n,
        "completeness": rate(sum(int(r["n"]) * _whole(r["completeness"]) for r in found), n * _UNIT),
        "accuracy": rate(sum(int(r["n"]) * _whole(r["accuracy"]) for r in found), n * _UNIT),
        "reask_rate": rate(sum((int(r["n"]) * _reasked(r) for r in found), Fraction(0)), n),
        "fidelity": rate(total, n),
        "low": low,
        "high": high,
    }


def _products(found: Sequence[Record]) -> tuple[Fraction, Fraction]:
    """The exact sum of completeness x accuracy x (1 - re-ask rate), and of its square.

    Hand-offs with as many items have one denominator, so that whole numbers are added.
    """
    sums: dict[int, tuple[int, int]] = {}
    for r in found:
        n, items = int(r["n"]), int(r["items"])
        product = _whole(r["completeness"]) * _whole(r["accuracy"]) * (items - int(r["unfilled"]))
        once, twice = sums.get(items, (0, 0))
        sums[items] = once + n * product, twice + n * product * product
    units = {items: items * _UNIT**2 for items in sums}
    total = sum((Fraction(once, units[items]) for items, (once, _) in sums.items()), Fraction(0))
    return total, sum((Fraction(twice, units[items] ** 2) for items, (_, twice) in sums.items()), Fraction(0))


def _whole(share: Decimal) -> int:
    return int(share.scaleb(DIGITS))


def _reasked(row: Record) -> Fraction:
    return Fraction(int(row["unfilled"]), int(row["items"]))


HANDOFF_FIDELITY = Model(
    Card(
        name="handoff_fidelity",
        title="Hand-off fidelity",
        question="How much of what was known of a customer arrives with the next person, as it later proved?",
        unit=Unit.RATE,
        grain="one row, or one per slice",
        direction=Direction.UP,
        kind=Kind.OUTCOME,
        read_with=("promises", "gross_revenue_retention"),
        columns=(
            Out("n", Unit.COUNT, "Confirmed hand-offs that can be judged."),
            Out("completeness", Unit.RATE, "Mean part of the items that were filled in."),
            Out("accuracy", Unit.RATE, "Mean part of the filled items that proved right."),
            Out("reask_rate", Unit.RATE, "Mean of re-asks about empty items over items, at most 1."),
            Out("fidelity", Unit.RATE, "Mean of completeness x accuracy x (1 - re-ask rate), each hand-off by itself."),
            Out("low", Unit.RATE, "Lower end of the 95 % interval of fidelity (Student's t); null below two."),
            Out("high", Unit.RATE, "Upper end of the 95 % interval of fidelity; null below two."),
        ),
        definition=(
            "Fidelity of a hand-off is completeness x accuracy x (1 - re-ask rate), with 5 of 6 items filled, 4 of the "
            "5 right and one re-ask 5/6 x 4/5 x 5/6 = 0.555556. Of a group it is the mean of the products and not the "
            "product of the means. Hand-offs count once their receiver has confirmed them, by the end of the as-of "
            "day in the company's time zone; one without completeness or accuracy between 0 and 1 cannot be judged "
            "and is in no figure. Where items is unknown or 0, re-asks are counted against 6. Re-asks that nobody "
            "recorded as about an empty item count as none. With --months N, hand-offs confirmed in the N months "
            "that end with the as-of day's. A customer's slice is its value in the month in which it was given, at "
            "the earliest that of its first paying month."
        ),
        source="Row S1-27; interval: Student 1908, clipped to 0 to 1.",
        months=0,
        has_months=False,
        own_dimensions=OWN,
    ),
    {"": parts, BEHIND: behind},
    _finish,
)
