"""Identity: which customer a row of a source speaks of, and why.

A row names a customer by its own id or by an id of its source that `customer_alias` translates. A merge decided here
is an alias of the source `relevo` on the canonical id itself; it is followed to its end. A parent is a roll-up
dimension and never a merge.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC

import duckdb

from relevo.base.findings import Finding, Severity
from relevo.book.engine import quoted
from relevo.book.matching import facts, groups, links, pairs, result, tables
from relevo.book.matching.decisions import Decision, settled
from relevo.book.matching.facts import Landed
from relevo.book.matching.weights import confidence_sql
from relevo.book.table import PROVENANCE
from relevo.book.tables import TABLES

HERE = "relevo"
_MOST_STEPS = 20
_IMPLIED = ("customer_id", "name", "created_at", "recorded_at", "source")


def match(connection: duckdb.DuckDBPyConnection, landed: Landed, decisions: Sequence[Decision] = ()) -> int:
    """Decide who is one customer and fill the tables of `matching.tables`; how many ids were translated.

    First exact ids, aliases and merges, then links of a system by name or address, then evidence of several systems.
    `decisions` are those in force.
    """
    tables.create(connection)
    _merges, apart = settled(decisions)
    left = [(each.customer_id, each.other_id) for each in apart]
    connection.execute(f"CREATE OR REPLACE TEMP TABLE alias AS {aliases(landed.tables['customer_alias'], decisions)}")
    if connection.execute("SELECT 1 FROM alias LIMIT 1").fetchall():
        connection.execute(f"CREATE OR REPLACE TEMP TABLE named AS {_named(landed, 'SELECT external_id FROM alias')}")
        connection.execute(f"INSERT INTO identity_match SELECT *, 1.0 FROM ({_MATCH})")
    links.find(connection, landed)
    links.follow(connection, landed)
    facts.gather(connection, landed)
    pairs.compare(connection)
    groups.group(connection, left)
    _join(connection, landed)
    connection.execute(links.ELSEWHERE)
    result.tell(connection, left)
    return int(connection.execute("SELECT count(*) FROM identity_match").fetchall()[0][0])


def aliases(landed_sql: str, decisions: Sequence[Decision]) -> str:
    """A SELECT of the aliases that hold: those of the landing and the merges decided here.

    A merge replaces what the landing says of that customer; a landed alias of two that are apart does not hold.
    """
    merges, apart = settled(decisions)
    rows = [f"SELECT * FROM ({landed_sql})"]
    if merges:
        others = ", ".join(quoted(each.other_id) for each in merges)
        rows[0] += f" WHERE NOT (source = '{HERE}' AND external_id IN ({others}))"
        rows += [_decided(each) for each in merges]
    found = " UNION ALL BY NAME ".join(rows)
    if not apart:
        return found
    both = ", ".join(f"({quoted(x)}, {quoted(y)})" for each in apart for x, y in _ways(each))
    return f"SELECT * FROM ({found}) WHERE (external_id, customer_id) NOT IN ({both})"


def _ways(decision: Decision) -> tuple[tuple[str, str], ...]:
    return (decision.customer_id, decision.other_id), (decision.other_id, decision.customer_id)


def _decided(merge: Decision) -> str:
    at = merge.decided_at.astimezone(UTC)
    return (
        f"SELECT '{HERE}' AS source, {quoted(merge.other_id)} AS external_id,"
        f" {quoted(merge.customer_id)} AS customer_id,"
        f" TIMESTAMP '{at:%Y-%m-%d %H:%M:%S.%f}' AS recorded_at, NULL::VARCHAR AS url"
    )


def _join(connection: duckdb.DuckDBPyConnection, landed: Landed) -> None:
    """Translate the ids of customers that evidence has made one."""
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE moved AS
        SELECT n.id, k.id AS customer_id, 'same ' || g.kinds AS reason, {confidence_sql("g.score")} AS confidence
        FROM match_group g JOIN match_node n ON n.n = g.n JOIN match_node k ON k.n = g.kept WHERE g.kept <> g.n""")
    if not connection.execute("SELECT 1 FROM moved LIMIT 1").fetchall():
        return
    connection.execute("""
        UPDATE identity_match SET customer_id = moved.customer_id,
            confidence = least(identity_match.confidence, moved.confidence)
        FROM moved WHERE moved.id = identity_match.customer_id""")
    connection.execute(f"""
        INSERT INTO identity_match
        SELECT n.source, n.customer_id, m.customer_id, m.reason, m.confidence
        FROM ({_named(landed, "SELECT id FROM moved")}) n JOIN moved m ON m.id = n.customer_id
        ANTI JOIN identity_match known ON known.source = n.source AND known.external_id = n.customer_id""")


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
    """One row per customer that has rows: its own row before one merged into it, which fills what the own row leaves.

    A parent is named by the id under which it is known now; nobody is their own parent by a merge.
    """
    rows = f"""
        SELECT t.* REPLACE (coalesce(m.customer_id, t.customer_id) AS customer_id,
                            coalesce(p.customer_id, t.parent_id) AS parent_id),
               m.customer_id IS NULL AS own, t.customer_id AS was, t.parent_id AS named_parent
        FROM ({customer_sql}) t LEFT JOIN identity_match m ON m.source = t.source AND m.external_id = t.customer_id
        LEFT JOIN identity_match p ON p.source = t.source AND p.external_id = t.parent_id
    """
    apart = "CASE WHEN parent_id <> customer_id OR parent_id = named_parent AND own THEN parent_id END AS parent_id"
    placed = "row_number() OVER (PARTITION BY customer_id ORDER BY own DESC, recorded_at DESC, was) AS place"
    return f"""
        WITH placed AS (SELECT * REPLACE ({apart}), {placed}, count(*) OVER (PARTITION BY customer_id) AS rows
                        FROM ({rows}))
        SELECT {_CUSTOMER} FROM placed WHERE rows = 1
        UNION ALL SELECT {_FILLED} FROM placed WHERE rows > 1 GROUP BY customer_id
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


def _named(landed: Landed, ids: str) -> str:
    """Every (source, id) under which some row names a customer, of some ids: no other can match."""
    parts = [
        f"SELECT source, {column} AS customer_id FROM ({sql}) WHERE {column} IN ({ids})"
        for name, sql in landed.tables.items()
        if name != "customer_alias"
        for column in (("customer_id", "parent_id") if name == "customer" else ("customer_id",))
    ]
    return " UNION ".join(parts)


_CUSTOMER = ", ".join(f'"{c.name}"' for c in TABLES["customer"].stored_columns)
# Provenance is that of the row that speaks first; every other column that of the first row that knows it.
_FILLED = ", ".join(
    f'"{c.name}"'
    if c.name == "customer_id"
    else f'first("{c.name}" ORDER BY place) AS "{c.name}"'
    if c in PROVENANCE
    else f'arg_min("{c.name}", place) AS "{c.name}"'
    for c in TABLES["customer"].stored_columns
)


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
