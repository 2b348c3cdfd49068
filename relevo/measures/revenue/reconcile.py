"""Reconciliation: from another tool's MRR to ours, one convention at a time, to the cent and down to customers.

The walk takes the conventions in a fixed order (`policy.LEVEL_FIELDS`). A step's amount is the difference that its
convention makes after those before it were taken over: another order gives other steps and the same sum.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import ibis
import ibis.expr.types as ir

from relevo.base.money import apportion, half_up
from relevo.book.book import Book
from relevo.book.compiling import compile_sql
from relevo.book.policy import Policy, walk
from relevo.book.rollups.recognition import at_service_start, base_currency
from relevo.book.rollups.run_rate import run_rate
from relevo.book.schema import EXACT, Tables
from relevo.measures.card import Card, Composite, Direction, Frame, Kind, Out, Record, Unit
from relevo.measures.rounding import mrr

THEIRS, UNEXPLAINED, OURS = "theirs", "unexplained", "ours"


@dataclass(frozen=True)
class CustomerStep:
    """What one convention changes for one customer: its MRR before and after, in minor units of the book's currency."""

    customer_id: str
    before_cents: int
    after_cents: int
    amount_cents: int


def customer_levels(tables: Tables, policy: Policy) -> ir.Table:
    """Customers paying at month ends under any policy: customer_id, month, base_e16 at that month's closing rate."""
    rated = tables.replacing(run_rate=run_rate(tables, policy))
    held = _held(rated.run_rate, tables.calendar_month)
    if policy.fx == "service_start":
        at_start = at_service_start(rated).select("customer_id", "currency", "arr_e6", month="from_month")
        held = ibis.union(held.semi_join(base_currency(tables), "currency"), at_start)
    worth = held.inner_join(tables.fx_month, ["currency", "month"])
    worth = worth.mutate(worth=worth.arr_e6.cast(EXACT) * worth.rate_e10.cast(EXACT))
    total = worth.group_by("customer_id", "month").aggregate(base_e16=worth.worth.sum().cast(EXACT))
    return total.filter(total.base_e16 > 0)


def _held(rates: ir.Table, months: ir.Table) -> ir.Table:
    """Rates in force at the end of months' last days."""
    held = rates.inner_join(
        months, (rates.from_day <= months.last_day) & (rates.to_day.isnull() | (rates.to_day > months.last_day))
    )
    return held.select("customer_id", "currency", "arr_e6", "month")


@lru_cache(maxsize=64)
def _levels_sql(policy: Policy, dialect: str) -> str:
    return compile_sql(customer_levels(Tables(), policy), dialect)


def policies_of(theirs: Policy, ours: Policy) -> list[tuple[str, Policy]]:
    """Every policy of the walk with the cause that leads to it; the first is `theirs` itself."""
    return [(THEIRS, theirs), *walk(theirs, ours)]


def _levels(book: Book, policies: Sequence[Policy], months: Sequence[int]) -> str:
    """SQL of one named level per policy, `l0`, `l1` ..., kept to some months: the beginning of a query.

    Compiled once per policy and put together as text, because a walk has a dozen policies.
    """
    asked = ", ".join(str(month) for month in months)
    named = (
        f"l{place} AS (SELECT customer_id, month, base_e16 FROM ({_levels_sql(policy.rolled, book.engine.dialect)}) "
        f"AS found WHERE month IN ({asked}))"
        for place, policy in enumerate(policies)
    )
    return "WITH " + ", ".join(named)


def steps_sql(book: Book, policies: Sequence[Policy], months: Sequence[int]) -> str:
    """Per month and place in the walk: the change of MRR and the customers whose MRR changed.

    Place 0 is theirs as a whole; the place after the last step is ours as a whole, negative.
    """
    signed = " UNION ALL ".join(
        f"SELECT {place + after} AS place, customer_id, month, {sign}base_e16 AS base_e16 FROM l{place}"
        for place in range(len(policies))
        for after, sign in ((0, ""), (1, "-"))
    )
    each = (
        f"SELECT place, month, customer_id, SUM(base_e16) AS base_e16 FROM ({signed}) AS signed "
        "GROUP BY place, month, customer_id HAVING SUM(base_e16) <> 0"
    )
    return (
        f"{_levels(book, policies, months)} SELECT place, month, CAST(SUM(base_e16) AS DECIMAL(38, 0)) AS base_e16, "
        f"COUNT(*) AS customers FROM ({each}) AS moved GROUP BY place, month"
    )


def compute(book: Book, frame: Frame) -> list[Record]:
    """The rows of every asked month, from their figure to ours."""
    theirs = frame.theirs or book.policy
    path = policies_of(theirs, book.policy)
    sql = steps_sql(book, [policy for _, policy in path], frame.ends)
    found = {(r["month"], r["place"]): r for r in book.run_sql(sql).dicts()}
    return [row for month in frame.ends for row in _month_rows(month, [cause for cause, _ in path], found, frame)]


def _month_rows(month: int, causes: Sequence[str], found: dict[tuple[int, int], Record], frame: Frame) -> list[Record]:
    """One month's rows: both ends are rounded half-up, the steps take what is left by largest remainder."""
    places = [found.get((month, place), {"base_e16": 0, "customers": 0}) for place in range(len(causes) + 1)]
    begins, steps, ends = places[0], places[1:-1], places[-1]
    theirs, ours = half_up(mrr(begins["base_e16"])), half_up(-mrr(ends["base_e16"]))
    cents = apportion([mrr(s["base_e16"]) for s in steps], ours - theirs) if steps else []
    rows = [(THEIRS, theirs, begins["customers"])]
    stated = dict(frame.stated).get(month)
    if stated is not None:
        rows = [(THEIRS, stated, None), (UNEXPLAINED, theirs - stated, None)]
    rows += [(c, amount, s["customers"]) for c, amount, s in zip(causes[1:], cents, steps, strict=True)]
    rows += [(OURS, ours, ends["customers"])]
    return [
        {"month": month, "cause": c, "amount_cents": amount, "customers": n, "currency": frame.currency}
        for c, amount, n in rows
    ]


def customers_behind(book: Book, theirs: Policy, month: int, cause: str) -> list[CustomerStep]:
    """The customers whose MRR a convention changes at a month's end, largest change first; those of the book's scope.

    `theirs` and `ours` list every paying customer under that policy. Cents are rounded per customer.
    """
    path = policies_of(theirs, book.policy)
    names = [name for name, _ in path]
    place = len(path) - 1 if cause == OURS else names.index(cause) if cause in names else None
    if place is None:
        return []
    last = path[place][1]
    first = last if cause in (THEIRS, OURS) else path[place - 1][1]
    rows = book.run_sql(_customers_sql(book, first, last, month)).dicts()
    steps = [_customer_step(r["customer_id"], mrr(r["before"]), mrr(r["after"])) for r in rows]
    return sorted(steps, key=lambda s: (-abs(s.amount_cents), s.customer_id))


def _customers_sql(book: Book, first: Policy, last: Policy, month: int) -> str:
    """Per customer in the book's scope its level before and after; one policy alone is all after."""
    alone = first == last
    scope = f" WHERE customer_id IN (SELECT customer_id FROM {book.scope})" if book.scope else ""
    zero = "CAST(0 AS DECIMAL(38, 0))"
    before = "" if alone else f"SELECT customer_id, base_e16 AS before, {zero} AS after FROM l0{scope} UNION ALL "
    after = f"SELECT customer_id, {zero} AS before, base_e16 AS after FROM l{0 if alone else 1}{scope}"
    return (
        f"{_levels(book, [first] if alone else [first, last], [month])} "
        f"SELECT customer_id, SUM(before) AS before, SUM(after) AS after FROM ({before}{after}) AS both_levels "
        "GROUP BY customer_id HAVING SUM(before) <> SUM(after)"
    )


def _customer_step(customer_id: str, before: Fraction, after: Fraction) -> CustomerStep:
    cents = half_up(before), half_up(after)
    return CustomerStep(customer_id, *cents, cents[1] - cents[0])


RECONCILE = Composite(
    Card(
        name="reconcile",
        title="Reconciliation",
        question="Why does another tool show another MRR than this book?",
        unit=Unit.MONEY,
        grain="one row per month and cause, from their figure to ours",
        direction=Direction.NONE,
        kind=Kind.CONTEXT,
        read_with=("mrr",),
        columns=(
            Out("month", Unit.MONTH, "The month at whose end both figures are taken."),
            Out("cause", Unit.TEXT, "theirs, unexplained, then each convention that differs, then ours."),
            Out("amount_cents", Unit.MONEY, "First and last row: MRR. Between: what the convention adds, signed."),
            Out("customers", Unit.COUNT, "Whose MRR the convention changes; in the first and last row, who pays."),
            Out("currency", Unit.TEXT, "The book's currency."),
        ),
        definition=(
            "MRR at the month's end under the conventions of another tool's profile, then with ours taken over one at "
            "a time in a fixed order; each amount is that convention's doing after those before it, and the rows add "
            "up to our figure to the cent. Where the tool's own figure is given, what its profile cannot explain "
            "stands in a row of its own. Closed months are taken as the book knows them now. Profiles say what is "
            "published of a tool, not how an account is set up."
        ),
        source="docs/decisions/0009-policy-profiles.md.",
        can_slice=False,
    ),
    compute,
)
