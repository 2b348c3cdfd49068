"""Identity: which customer a row of a source speaks of, and why.

A row names a customer by its own id or by an id of its source that `customer_alias` translates. A merge decided here
is an alias of the source `relevo` on the canonical id itself; it is followed to its end. A parent is a roll-up
dimension and never a merge.
"""

from collections.abc import Iterable, Mapping

import duckdb

from relevo.base.findings import Finding, Severity
from relevo.book.matching import tables
from relevo.book.tables import TABLES

HERE = "relevo"
_MOST_STEPS = 20
_IMPLIED = ("customer_id", "name", "created_at", "recorded_at", "source")


def match(connection: duckdb.DuckDBPyConnection, kept: Mapping[str, str]) -> int:
    """Create `identity_match` for ids that are not the customer's own.

    `kept` maps each table that has a customer_id to the SELECT of its rows. Returns how many ids were translated.
    """
    tables.create(connection)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE alias AS SELECT * FROM ({kept['customer_alias']})")
    found = connection.execute("SELECT count(*) FROM alias").fetchone()
    if not found or not found[0]:
        return 0
    connection.execute(f"CREATE OR REPLACE TEMP TABLE named AS {_named(kept)}")
    connection.execute(f"INSERT INTO identity_match SELECT *, 1.0 FROM ({_MATCH})")
    counted = connection.execute("SELECT count(*) FROM identity_match").fetchone()
    return int(counted[0]) if counted else 0


def resolved(table_sql: str) -> str:
    """The rows of a table with `customer_id` translated; rows without a match keep their id."""
    return f"""
        SELECT t.* REPLACE (coalesce(m.customer_id, t.customer_id) AS customer_id)
        FROM ({table_sql}) t LEFT JOIN identity_match m ON m.source = t.source AND m.external_id = t.customer_id
    """


def resolved_customers(customer_sql: str, spans_sql: str) -> str:
    """One row per customer: its own row before one merged into it, plus customers only billing knows."""
    merged = merged_customers(customer_sql)
    return f"SELECT * FROM ({merged}) UNION ALL BY NAME ({implied_customers(resolved(spans_sql), merged)})"


def merged_customers(customer_sql: str) -> str:
    """One row per customer that has rows: its own row before one merged into it."""
    return f"""
        SELECT * EXCLUDE (own) FROM (
            SELECT t.* REPLACE (coalesce(m.customer_id, t.customer_id) AS customer_id), m.customer_id IS NULL AS own
            FROM ({customer_sql}) t LEFT JOIN identity_match m ON m.source = t.source AND m.external_id = t.customer_id
            QUALIFY row_number() OVER (PARTITION BY coalesce(m.customer_id, t.customer_id)
                                       ORDER BY own DESC, t.recorded_at DESC, t.customer_id) = 1)
    """


def implied_customers(spans_sql: str, customer_sql: str) -> str:
    """Customers that only billing knows: among the resolved spans and not among the customers.

    Such a customer carries its id as its name (a finding counts them).
    """
    columns = ", ".join(
        f'NULL::{c.kind.sql} AS "{c.name}"' for c in TABLES["customer"].stored_columns if c.name not in _IMPLIED
    )
    return f"""
        SELECT s.customer_id, s.customer_id AS name, min(s.valid_from) AS created_at,
               min(s.recorded_at) AS recorded_at, min(s.source) AS source, {columns}
        FROM ({spans_sql}) s ANTI JOIN ({customer_sql}) known ON known.customer_id = s.customer_id
        GROUP BY s.customer_id
    """


def loops(connection: duckdb.DuckDBPyConnection) -> Iterable[Finding]:
    """Merges that have no end, because they lead back or are too many; their ids stay as they are."""
    for (customer_id,) in connection.execute(_ENDLESS).fetchall():
        yield Finding(
            Severity.WARNING, "merge_loop", f"customer_alias {customer_id}",
            f"The merge of customer {customer_id} has no end within {_MOST_STEPS} steps; it stays as it is.",
            "Remove the alias that leads back, or point each alias at the customer that is kept.",
        )  # fmt: skip


def _named(kept: Mapping[str, str]) -> str:
    """Every (source, id) under which some row names a customer, where an alias has that id: no other can match."""
    parts = [
        f"SELECT source, customer_id FROM ({sql}) WHERE customer_id IN (SELECT external_id FROM alias)"
        for name, sql in kept.items()
        if name != "customer_alias"
    ]
    return " UNION ".join(parts)


_ENDLESS = f"""
    WITH RECURSIVE follow(external_id, customer_id, step) AS (
        SELECT external_id, customer_id, 1 FROM alias WHERE source = '{HERE}'
        UNION ALL
        SELECT f.external_id, a.customer_id, f.step + 1
        FROM follow f JOIN alias a ON a.source = '{HERE}' AND a.external_id = f.customer_id
        WHERE f.step < {_MOST_STEPS}
    )
    SELECT external_id FROM follow WHERE step = {_MOST_STEPS} GROUP BY external_id ORDER BY external_id
"""


# A source that does not say its name is matched by the id alone, when one alias only carries it and no customer does.
_MATCH = f"""
    WITH RECURSIVE owned AS (
        SELECT DISTINCT customer_id FROM named WHERE customer_id IN (SELECT customer_id FROM own_customer)
    ),
    lone AS (
        SELECT external_id, any_value(customer_id) AS customer_id FROM alias
        WHERE source <> '{HERE}' GROUP BY external_id HAVING count(*) = 1
    ),
    first AS (
        SELECT n.source, n.customer_id AS external_id,
               coalesce(a.customer_id, CASE WHEN o.customer_id IS NULL THEN l.customer_id END, n.customer_id) AS found,
               CASE WHEN a.customer_id IS NOT NULL THEN 'alias of its source'
                    WHEN o.customer_id IS NULL AND l.customer_id IS NOT NULL THEN 'alias, source not stated'
                    ELSE 'own id' END AS reason
        FROM named n
        LEFT JOIN alias a ON a.source = n.source AND a.external_id = n.customer_id AND a.source <> '{HERE}'
        LEFT JOIN owned o ON o.customer_id = n.customer_id
        LEFT JOIN lone l ON l.external_id = n.customer_id
    ),
    follow(source, external_id, customer_id, reason, step) AS (
        SELECT source, external_id, found, reason, 0 FROM first
        UNION ALL
        SELECT f.source, f.external_id, a.customer_id, 'merged here', f.step + 1
        FROM follow f JOIN alias a ON a.source = '{HERE}' AND a.external_id = f.customer_id
        WHERE f.step < {_MOST_STEPS}
    )
    SELECT source, external_id, arg_max(customer_id, step) AS customer_id, arg_max(reason, step) AS reason
    FROM follow
    GROUP BY source, external_id
    HAVING arg_max(reason, step) <> 'own id' AND max(step) < {_MOST_STEPS}
"""
