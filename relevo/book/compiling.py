"""From an expression over unbound tables to the SQL text of a dialect."""

import ibis
import ibis.expr.types as ir


def compile_sql(expression: ir.Table, dialect: str = "duckdb") -> str:
    """The SQL text of an expression in a dialect."""
    return str(ibis.to_sql(expression, dialect=dialect))
