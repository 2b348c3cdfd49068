"""The roll-ups of a book in the order in which they are made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import duckdb

from relevo.base.config import Company
from relevo.book.compiling import compile_sql
from relevo.book.policy import Policy
from relevo.book.rollups import by_minutes, movements, prepared
from relevo.book.rollups.run_rate import run_rate
from relevo.book.rollups.traits import customer_trait
from relevo.book.schema import ROLLUPS, Tables

OnStep = Callable[[str, int], None]


@dataclass(frozen=True)
class Setting:
    """What roll-ups depend on beside the canonical rows."""

    company: Company
    policy: Policy
    as_of: date


def make(
    connection: duckdb.DuckDBPyConnection, setting: Setting, on_step: OnStep, first: date | None = None,
    every_customer: str = "customer",
) -> dict[str, int]:  # fmt: skip
    """Create every roll-up table in the connection, which already shows the canonical tables; rows per table.

    Where it shows some customers alone, `first` is the day on which the history of all of them starts, and
    `every_customer` the name of the table that has them all.
    """
    counts = {}
    starts = first or history_start(connection, setting)
    spans = prepared.billing_span(setting.company.timezone)
    connection.execute(f"CREATE OR REPLACE TEMP VIEW billing_span AS {spans}")
    for name, sql in {**_prepared(connection, setting, starts, every_customer), **_expressions(setting.policy)}.items():
        connection.execute(f"CREATE TABLE {name} AS {sql}")
        counts[name] = _count(connection, name)
        on_step(name, counts[name])
    connection.execute("DROP VIEW temp.billing_span")
    return counts


def show(connection: duckdb.DuckDBPyConnection, company: Company, schema: str = "main") -> None:
    """Show under a schema what is cheaper to work out again than to keep: `schema.SHOWN`."""
    for name, sql in prepared.SHOWN.items():
        connection.execute(f"CREATE OR REPLACE VIEW {schema}.{name} AS {sql(company.timezone)}")


@lru_cache(maxsize=32)
def expressions_sql(policy: Policy, dialect: str = "duckdb") -> Mapping[str, str]:
    """The SQL of the roll-ups that run on any engine, in order. It depends on the policy and not on the day."""
    tables, always = Tables(), _of_any_policy(dialect)
    return {
        "run_rate": compile_sql(run_rate(tables, policy), dialect),
        "mrr_change": always["mrr_change"],
        "movement": compile_sql(by_minutes.movement(tables, policy), dialect),
        "mrr_level": compile_sql(movements.mrr_level(tables, policy), dialect),
        "customer_start": always["customer_start"],
        "customer_trait": always["customer_trait"],
    }


@lru_cache(maxsize=8)
def _of_any_policy(dialect: str) -> Mapping[str, str]:
    """The SQL of the roll-ups that are the same under every policy."""
    tables = Tables()
    return {
        "mrr_change": compile_sql(movements.mrr_change(tables), dialect),
        "customer_start": compile_sql(movements.customer_start(tables), dialect),
        "customer_trait": compile_sql(customer_trait(tables), dialect),
    }


def _expressions(policy: Policy) -> dict[str, str]:
    """The expressions cast to the declared types, so that every engine stores the same shape."""
    return {name: f"SELECT {_typed(name)} FROM ({sql}) AS found" for name, sql in expressions_sql(policy).items()}


_DUCK_TYPES = {"string": "VARCHAR", "int64": "BIGINT", "boolean": "BOOLEAN", "date": "DATE"}


def _typed(name: str) -> str:
    columns = ROLLUPS[name].items()
    return ", ".join(f"CAST({c} AS {_DUCK_TYPES.get(t, 'DECIMAL(38,0)')}) AS {c}" for c, t in columns)


def _prepared(
    connection: duckdb.DuckDBPyConnection, setting: Setting, first: date, every_customer: str
) -> dict[str, str]:
    company, as_of = setting.company, setting.as_of
    return {
        "calendar_day": prepared.calendar_day(first, as_of),
        "calendar_month": prepared.calendar_month(first, as_of),
        "fx_day": prepared.fx_day(company, _currencies(connection), as_of),
        "fx_month": prepared.FX_MONTH,
        "customer_root": prepared.customer_root(every_customer),
        "minute_span": prepared.minute_span(
            company.timezone, as_of, wanted=setting.policy.net_window_minutes is not None
        ),
        "first_invoice": prepared.FIRST_INVOICE,
        "refund_span": prepared.refund_span(company.timezone),
        "attribute_start": prepared.attribute_start(company.timezone),
    }


def history_start(connection: duckdb.DuckDBPyConnection, setting: Setting) -> date:
    """The first local day on which any subscription is known, or the as-of day."""
    query = "SELECT min(CAST(valid_from AS DATE)) - 1 FROM subscription_span"
    found = connection.execute(query).fetchone()
    return min(found[0], setting.as_of) if found and found[0] else setting.as_of


def _currencies(connection: duckdb.DuckDBPyConnection) -> list[str]:
    found = connection.execute("SELECT DISTINCT currency FROM fx_rate ORDER BY currency").fetchall()
    return [row[0] for row in found]


def _count(connection: duckdb.DuckDBPyConnection, name: str) -> int:
    found = connection.execute(f"SELECT count(*) FROM {name}").fetchone()
    return int(found[0]) if found else 0
