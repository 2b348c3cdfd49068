"""The shape of every table a measure may read: canonical tables and roll-ups, as unbound Ibis tables.

Days are days since 1970-01-01 in the company's time zone, months are year * 12 + month - 1. Run-rates are integers:
`*_e6` counts millionths of a native minor unit per year, `*_e16` that times the exchange rate's ten decimals.
"""

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from relevo.book.ledger.shapes import LEDGER
from relevo.book.table import Kind
from relevo.book.tables import TABLES

# Later than any month or day: the open end of an interval.
OPEN = 9_999_999

_DECIMAL = "decimal(38, 18)"
_TYPES = {
    Kind.INTEGER: "int64",
    Kind.DECIMAL: _DECIMAL,
    Kind.BOOLEAN: "boolean",
    Kind.DATE: "date",
    Kind.TIMESTAMP: "timestamp",
}

EXACT = "decimal(38, 0)"

_SPAN: Mapping[str, str] = {
    "customer_id": "string",
    "subscription_id": "string",
    "item_id": "string",
    "from_day": "int64",
    "to_day": "int64",
    "plan": "string",
    "unit_amount": "int64",
    "quantity_e6": "int64",
    "interval_unit": "string",
    "interval_count": "int64",
    "discount": "int64",
    "discount_kind": "string",
    "currency": "string",
    "status": "string",
    "usage": "string",
    "cause": "string",
    "collection": "string",
    "term_end_on": "date",
    "auto_renew": "boolean",
    "requested_day": "int64",
}

ROLLUPS: Mapping[str, Mapping[str, str]] = {
    "calendar_day": {"day": "int64", "month": "int64", "on_date": "date"},
    "calendar_month": {"month": "int64", "first_day": "int64", "last_day": "int64"},
    "fx_day": {
        "currency": "string",
        "from_day": "int64",
        "to_day": "int64",
        "rate_e10": "int64",
        "is_base": "boolean",
    },
    "fx_month": {"currency": "string", "month": "int64", "rate_e10": "int64"},
    "customer_root": {"customer_id": "string", "root_id": "string"},
    "attribute_start": {
        "customer_id": "string",
        "name": "string",
        "value": "string",
        "from_day": "int64",
        "from_month": "int64",
    },
    "billing_span": _SPAN,
    "minute_span": _SPAN,
    "handoff_day": {
        "customer_id": "string",
        "handoff_id": "string",
        "from_person_id": "string",
        "to_person_id": "string",
        "template": "string",
        "given_month": "int64",
        "confirmed_day": "int64",
        "completeness": _DECIMAL,
        "accuracy": _DECIMAL,
        "items": "int64",
        "reasks_unfilled": "int64",
    },
    "promise_day": {
        "customer_id": "string",
        "promise_id": "string",
        "deal_id": "string",
        "person_id": "string",
        "product_state": "string",
        "made_day": "int64",
        "made_month": "int64",
        "due_day": "int64",
        "kept_day": "int64",
        "broken_day": "int64",
        "kept_after_broken": "boolean",
    },
    "first_invoice": {
        "subscription_id": "string",
        "customer_id": "string",
        "issued_day": "int64",
        "paid_day": "int64",
    },
    "refund_span": {
        "customer_id": "string",
        "payment_id": "string",
        "currency": "string",
        "amount": "int64",
        "from_day": "int64",
        "to_day": "int64",
    },
    "run_rate": {
        "customer_id": "string",
        "subscription_id": "string",
        "item_id": "string",
        "plan": "string",
        "currency": "string",
        "arr_e6": "int64",
        "from_day": "int64",
        "to_day": "int64",
        "interval": "string",
        "start_cause": "string",
        "end_cause": "string",
        "is_first": "boolean",
        "is_last": "boolean",
        "term_end_on": "date",
        "auto_renew": "boolean",
        "was_e6": "int64",
        "goes_on": "boolean",
        "cause": "string",
    },
    "mrr_change": {
        "customer_id": "string",
        "day": "int64",
        "month": "int64",
        "currency": "string",
        "delta_e6": "int64",
        "base_e16": EXACT,
        "items": "int64",
        "cause": "string",
    },
    "movement": {
        "customer_id": "string",
        "day": "int64",
        "month": "int64",
        "kind": "string",
        "cause": "string",
        "currency": "string",
        "amount_e6": "int64",
        "base_e16": EXACT,
    },
    "mrr_level": {
        "customer_id": "string",
        "currency": "string",
        "arr_e6": "int64",
        "from_month": "int64",
        "to_month": "int64",
    },
    "customer_start": {
        "customer_id": "string",
        "first_day": "int64",
        "first_month": "int64",
        "churn_day": "int64",
        "churn_month": "int64",
    },
    "customer_trait": {
        "customer_id": "string",
        "name": "string",
        "value": "string",
        "from_month": "int64",
        "to_month": "int64",
    },
}

# Views over canonical rows in every book; the others are tables of its database.
SHOWN = ("billing_span", "handoff_day", "promise_day")
KEPT = tuple(name for name in ROLLUPS if name not in SHOWN)

TRAITS = "map<string, string>"

# What closed months left behind; only a book in which a month is closed has these (relevo.book.closing).
CLOSED: Mapping[str, Mapping[str, str]] = {
    "closed_part": {
        "month": "int64",
        "customer_id": "string",
        "part": "string",
        "day": "int64",
        "cause": "string",
        "subscription_id": "string",
        "base_e16": EXACT,
        "traits": TRAITS,
        "traits_end": TRAITS,
    },
    "closed_move": {"customer_id": "string", "base_e16": EXACT},
    "closed_trait": ROLLUPS["customer_trait"],
}
# What of a book is neither loaded nor of one day and policy alone; the ledger is made when it is first asked.
MADE: Mapping[str, Mapping[str, str]] = {**ROLLUPS, **CLOSED, **LEDGER}


def canonical_schema(name: str) -> dict[str, str]:
    """Column names and Ibis types of a canonical table, provenance included."""
    return {c.name: _TYPES.get(c.kind, "string") for c in TABLES[name].stored_columns}


def unbound(name: str) -> ir.Table:
    """The unbound Ibis table of that name; KeyError if the book has none."""
    schema = MADE[name] if name in MADE else canonical_schema(name)
    return ibis.table(dict(schema), name=name)


class Tables:
    """All tables of a book by attribute: `tables.movement`, `tables.customer` ...

    `replacements` stand in for tables that are narrowed, for example to what a month was closed with. With a `scope`,
    every other table that has a `customer_id` is kept to the customers listed in the table of that name.
    """

    def __init__(self, replacements: Mapping[str, ir.Table] | None = None, scope: str | None = None) -> None:
        self._found = dict(replacements or {})
        self._scope = scope

    def __getattr__(self, name: str) -> ir.Table:
        if name.startswith("_") or (name not in MADE and name not in TABLES):
            raise AttributeError(f"The book has no table {name!r}.")
        if name not in self._found:
            self._found[name] = self._visible(unbound(name))
        return self._found[name]

    def replacing(self, **tables: ir.Table) -> "Tables":
        """The same tables with others in the place of some."""
        return Tables({**self._found, **tables}, self._scope)

    @classmethod
    def within(cls, scope: str | None) -> "Tables":
        """The tables of a book; with a scope, each that has a `customer_id` kept to the customers listed there."""
        return cls(scope=scope)

    def _visible(self, table: ir.Table) -> ir.Table:
        if self._scope is None or "customer_id" not in table.columns:
            return table
        return table.semi_join(ibis.table({"customer_id": "string"}, name=self._scope), "customer_id")
