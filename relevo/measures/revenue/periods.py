"""Which asked period a month belongs to."""

import ibis.expr.types as ir

from relevo.measures.card import Frame


def in_periods(rows: ir.Table, frame: Frame) -> ir.Table:
    """Rows with a `month` column kept to the asked periods; `month` becomes the period's last month.

    Periods of a grain are `frame.grain.months` long and end where the first asked one ends, modulo their length.
    """
    length = frame.grain.months
    first, last = frame.ends[0] - length + 1, frame.ends[-1]
    kept = rows.filter((rows.month >= first) & (rows.month <= last))
    return kept.mutate(month=kept.month + (length - 1) - (kept.month - first) % length)
