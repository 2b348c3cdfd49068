"""From an expression over unbound tables to the SQL text of a dialect."""

from typing import Any

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.operations as ops
import ibis.expr.types as ir


def compile_sql(expression: ir.Table, dialect: str = "duckdb") -> str:
    """The SQL text of an expression in a dialect."""
    if dialect == "postgres":
        expression = expression.op().replace(_boolean_as_number).to_expr()
    return str(ibis.to_sql(expression, dialect=dialect))


def _boolean_as_number(node: Any, changed: dict[str, Any] | None) -> Any:
    """PostgreSQL casts a boolean to `integer` and to no other number: other casts go through it."""
    made = node.__recreate__(changed) if changed else node
    if isinstance(made, ops.Cast) and made.arg.dtype.is_boolean() and made.to.is_numeric() and made.to != dt.int32:
        return ops.Cast(ops.Cast(made.arg, dt.int32), made.to)
    return made
