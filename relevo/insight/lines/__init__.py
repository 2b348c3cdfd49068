"""How the rows of each canonical table become lines of a customer's timeline, one module per group of tables."""

import ibis
import ibis.expr.types as ir

_TEXT, _WHOLE = "string", "int64"


def line(
    rows: ir.Table,
    at: str | ir.Value,
    kind: str,
    code: str | ir.Value,
    *,
    what: str | ir.Value | None = None,
    who: str | None = None,
    amount: str | ir.Value | None = None,
    currency: str | ir.Value | None = None,
    number: str | ir.Value | None = None,
    url: str | None = "url",
) -> ir.Table:
    """Rows as lines: all with the same columns, so that lines of every table can be put together."""
    when = rows[at] if isinstance(at, str) else at
    return rows.select(
        customer_id="customer_id",
        at=when.cast("timestamp"),
        is_day=ibis.literal(when.type().is_date()),
        kind=ibis.literal(kind),
        code=ibis.literal(code) if isinstance(code, str) else code,
        what=_column(rows, what, _TEXT),
        who=_column(rows, who, _TEXT),
        amount=_column(rows, amount, _WHOLE),
        currency=_column(rows, currency, _TEXT),
        number=_column(rows, number, _WHOLE),
        url=_column(rows, url, _TEXT),
    )


def _column(rows: ir.Table, value: str | ir.Value | None, kind: str) -> ir.Value:
    if value is None:
        return ibis.null(kind)
    return (rows[value] if isinstance(value, str) else value).cast(kind)


def monthly(rows: ir.Table, day: str) -> ir.Table:
    """Rows with `month_start`, the first day of the month of a date or timestamp column."""
    return rows.mutate(month_start=rows[day].cast("date").truncate("M"))
