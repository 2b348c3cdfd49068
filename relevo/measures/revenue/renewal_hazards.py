"""The chance to leave at the first, second, ... renewal: contracts end only where their term does."""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from relevo.base.errors import DataRefused
from relevo.base.periods import month_of
from relevo.book.schema import EXACT, OPEN, Tables
from relevo.measures.card import Card, Direction, Frame, Kind, Measure, Out, Record, Unit
from relevo.measures.estimators.hazards import Hazard, discrete_hazards
from relevo.measures.estimators.lives import cell
from relevo.measures.estimators.shifted_beta_geometric import ShiftedBetaGeometric, fit
from relevo.measures.revenue.renewal_rate import ended_terms, went_on
from relevo.measures.rounding import slices_of
from relevo.measures.slices import SLICE, group, sliced

# Renewals of customers that were there before history starts have no number that anybody knows.
UNKNOWN = 0


def renewals_by_number(tables: Tables, frame: Frame) -> ir.Table:
    """Contracts counted by the number of their renewal (0 where unknown): exposed, lost, and waiting for it.

    A contract is what `renewal_rate` calls one: what a customer has under terms that end on one day.
    """
    ended = ended_terms(tables)
    after = went_on(tables, ended).select("customer_id", "end_day", "after_e16")
    both = ended.left_join(after, ["customer_id", "end_day"])
    over = both.select(
        "customer_id",
        "end_day",
        key_month=both.month - 1,
        exposed=ibis.literal(1, "int64"),
        lost=ibis.ifelse(both.after_e16.fill_null(ibis.literal(0).cast(EXACT)) > 0, 0, 1).cast("int64"),
    )
    every = ibis.union(over, _waiting(tables, frame))
    order = ibis.window(group_by="customer_id", order_by="end_day")
    numbered = every.mutate(place=(ibis.row_number().over(order) + 1).cast("int64"))
    rows = sliced(_known_from_start(numbered, tables, frame), tables, frame)
    return rows.group_by(group(frame, "renewal")).aggregate(
        exposed=rows.exposed.sum(), lost=rows.lost.sum(), waiting=(1 - rows.exposed).sum()
    )


def _waiting(tables: Tables, frame: Frame) -> ir.Table:
    """Customers in force under a term that lies ahead; the nearest one counts, after all that ended."""
    ahead = tables.run_rate.filter(
        lambda t: t.to_day.isnull() & (t.arr_e6 > 0) & t.term_end_on.notnull() & (t.term_end_on >= frame.as_of)
    )
    one = ahead.select("customer_id").distinct()
    return one.select(
        "customer_id",
        end_day=ibis.literal(OPEN, "int64"),
        key_month=ibis.literal(frame.last_complete, "int64"),
        exposed=ibis.literal(0, "int64"),
        lost=ibis.literal(0, "int64"),
    )


def _known_from_start(rows: ir.Table, tables: Tables, frame: Frame) -> ir.Table:
    """Rows with `renewal`, the number of the renewal; unknown for those already there when history starts."""
    opened = frame.history_starts_on
    if opened is None:
        return rows.mutate(renewal=rows.place)
    # Other names than in `sliced`: Ibis cannot tell two joins of the same selection apart.
    starts = tables.customer_start.select(payer="customer_id", paid_from="first_month")
    known = rows.left_join(starts, rows.customer_id == starts.payer)
    unseen = known.paid_from <= month_of(opened)
    return known.select(*rows.columns, renewal=ibis.ifelse(unseen, UNKNOWN, known.place).cast("int64"))


def _finish(found: Sequence[Record], frame: Frame) -> list[Record]:
    rows = []
    for name in slices_of(found, sliced=bool(frame.by)):
        mine = {int(r["renewal"]): r for r in found if r.get(SLICE) == name}
        rows += _rows(mine, {frame.by: name} if frame.by else {})
    return rows


def _rows(mine: dict[int, Record], cut: Record) -> list[Record]:
    numbers = range(1, max(mine, default=0) + 1)
    exposed, lost, waiting = ([_count(mine, k, c) for k in numbers] for c in ("exposed", "lost", "waiting"))
    model = _model(exposed, lost)
    rows = [
        {**_row(hazard, waits, model), **cut}
        for hazard, waits in zip(discrete_hazards(exposed, lost), waiting, strict=True)
    ]
    if UNKNOWN in mine:
        (unknown,) = discrete_hazards([_count(mine, UNKNOWN, "exposed")], [_count(mine, UNKNOWN, "lost")])
        row = {**_row(unknown, _count(mine, UNKNOWN, "waiting"), None), **cut}
        rows.append({**row, "renewal": None, "kept": None})
    return rows


def _count(mine: dict[int, Record], number: int, column: str) -> int:
    return int(mine[number][column]) if number in mine else 0


def _model(exposed: Sequence[int], lost: Sequence[int]) -> ShiftedBetaGeometric | None:
    try:
        return fit(exposed, lost)
    except DataRefused:
        return None


def _row(hazard: Hazard, waiting: int, model: ShiftedBetaGeometric | None) -> Record:
    k = hazard.opportunity
    return {
        "renewal": k,
        "exposed": hazard.exposed,
        "lost": hazard.lost,
        "waiting": waiting,
        "hazard": None if hazard.hazard is None else cell(hazard.hazard),
        "low": hazard.low,
        "high": hazard.high,
        "kept": None if hazard.survival is None else cell(hazard.survival),
        "model_hazard": None if model is None else cell(model.hazards(k)[-1]),
        "model_kept": None if model is None else cell(model.survival(k)[-1]),
    }


RENEWAL_HAZARDS = Measure(
    Card(
        name="renewal_hazards",
        title="Leaving by renewal",
        question="At which renewal do customers leave, and do those that renewed before leave less?",
        unit=Unit.RATE,
        grain="one row per number of renewal",
        direction=Direction.DOWN,
        kind=Kind.OUTCOME,
        read_with=("survival", "cohort_projection"),
        columns=(
            Out("renewal", Unit.COUNT, "1 is the customer's first; null: there before history starts, so unknown."),
            Out("exposed", Unit.COUNT, "Contracts whose term ended there: they could leave."),
            Out("lost", Unit.COUNT, "Those that did."),
            Out("waiting", Unit.COUNT, "Customers in force whose next renewal is this one."),
            Out("hazard", Unit.RATE, "lost / exposed; null where no term has ended."),
            Out("low", Unit.RATE, "Lower end of its 95 % interval (Wilson)."),
            Out("high", Unit.RATE, "Upper end."),
            Out("kept", Unit.RATE, "Share of those that began that is there after it."),
            Out("model_hazard", Unit.RATE, "The hazard by the model of unlike customers, ahead of the data too."),
            Out("model_kept", Unit.RATE, "The share still there by that model."),
        ),
        definition=(
            "Contracts as in renewal_rate: what a customer has under terms that end on one day, in force the day "
            "before. It is lost if nothing of it, and no successor, is in force afterwards. Renewals are numbered per "
            "customer in the order of the days. The model is the shifted-beta-geometric over all renewals seen: a "
            "falling hazard needs nobody to grow loyal, the loyal remain. Null where the data cannot tell."
        ),
        source="Singer and Willett 1993; Fader and Hardie 2007; Wilson 1927.",
        has_months=False,
    ),
    renewals_by_number,
    _finish,
)
