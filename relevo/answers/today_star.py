"""The star of the company: MRR added in the last month net of what was lost. Every role sees the same."""

from collections.abc import Mapping
from typing import Any

from relevo.answers.measures import MeasureAnswer, show
from relevo.answers.reading import Reading
from relevo.answers.values import Direction, Figure, RowsAsk, Tile, difference, money, rate
from relevo.measures.card import Ask

YEAR = 12
_ADDED = ("new_cents", "reactivation_cents", "expansion_cents")
_LOST = ("contraction_cents", "churn_cents")


def star_tile(reading: Reading) -> Tile:
    """New + back + upsell - churn of the last complete month, read with the customers lost in a year."""
    last = reading.company_book.last_complete_month
    moves = show(reading, "mrr_movements", Ask(first=last - YEAR, last=last))
    now, before = moves.last(), moves.rows[0] if len(moves.rows) > YEAR else {}
    change = difference(_net(now), _net(before))
    month = now.get("month")
    return Tile(
        figure=Figure(
            moves.measure, "net_new_mrr", money(_net(now), moves.currency), RowsAsk(moves.measure, month, kind="net")
        ),
        partner=_lost(reading),
        month=month,
        change=money(None if change is None else int(change), moves.currency),
        since=before.get("month"),
        better=Direction.UP,
        spark=tuple(_net(row) for row in moves.rows),
    )


def _lost(reading: Reading) -> Figure:
    last = reading.company_book.last_complete_month
    logos: MeasureAnswer = show(reading, "logo_churn", Ask(first=last, last=last, months=YEAR))
    row = logos.last()
    asked = RowsAsk(logos.measure, month=row.get("month"), months=YEAR)
    return Figure(logos.measure, "logo_churn", rate(row.get("rate")), asked)


def _net(row: Mapping[str, Any]) -> int | None:
    if not row:
        return None
    return int(sum(row[name] for name in _ADDED) - sum(row[name] for name in _LOST))
