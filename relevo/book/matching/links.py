"""Links: ids that a system made of a name or an address, because its export gives no other.

    zendesk:named:Acme SL           the customer of Zendesk that is called so, where exactly one is
    zendesk:mail:ana@acme.example   the customer of whom that is a contact's address, in Zendesk or else anywhere

What is not found so stays a customer of its own; a named one is then compared as all others are.
"""

import duckdb

from relevo.book.matching import plain
from relevo.book.matching.facts import BY_MAIL, BY_NAME, Landed

# How sure a link is: an exact name may be a namesake's, an address is somebody's alone.
SURE_BY_NAME, SURE_BY_MAIL, SURE_ELSEWHERE = 0.99, 0.999, 0.985


def find(connection: duckdb.DuckDBPyConnection, landed: Landed) -> None:
    """Create `match_link(source, id, word)` of every link that some row names; `word` is the name or the address."""
    parts = [
        f"SELECT source, customer_id FROM ({sql}) WHERE contains(customer_id, '{mark}')"
        for name, sql in landed.tables.items()
        for mark in (BY_NAME, BY_MAIL)
        if name != "customer_alias"
    ]
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE match_link AS
        SELECT source, customer_id AS id, contains(customer_id, '{BY_MAIL}') AS by_mail,
               CASE WHEN by_mail THEN lower(split_part(customer_id, '{BY_MAIL}', 2))
                    ELSE lower(trim(split_part(customer_id, '{BY_NAME}', 2))) END AS word
        FROM ({" UNION ".join(parts)}) WHERE starts_with(customer_id, source || ':')""")


def follow(connection: duckdb.DuckDBPyConnection, landed: Landed) -> None:
    """Add to `identity_match` the links that lead to one customer of their own system."""
    connection.execute(f"INSERT INTO identity_match {_named(landed)}")
    connection.execute(f"INSERT INTO identity_match {_mailed(landed)}")


def _named(landed: Landed) -> str:
    return f"""
        SELECT l.source, l.id, min(found.node), 'name in its system', {SURE_BY_NAME}
        FROM match_link l JOIN (
            SELECT c.source, lower(trim(c.name)) AS word, coalesce(m.customer_id, c.customer_id) AS node
            FROM ({landed.tables["customer"]}) c
            LEFT JOIN identity_match m ON m.source = c.source AND m.external_id = c.customer_id
            WHERE NOT contains(c.customer_id, '{BY_NAME}')) found ON found.source = l.source AND found.word = l.word
        WHERE NOT l.by_mail AND {_UNKNOWN} GROUP BY ALL HAVING count(DISTINCT found.node) = 1
    """


def _mailed(landed: Landed) -> str:
    return f"""
        SELECT l.source, l.id, min(found.node), 'address in its system', {SURE_BY_MAIL}
        FROM match_link l JOIN (
            SELECT c.source, {plain.address("c.email")} AS word, coalesce(m.customer_id, c.customer_id) AS node
            FROM ({landed.tables["contact"]}) c
            LEFT JOIN identity_match m ON m.source = c.source AND m.external_id = c.customer_id
            WHERE NOT contains(c.customer_id, '{BY_MAIL}')) found ON found.source = l.source AND found.word = l.word
        WHERE l.by_mail AND {_UNKNOWN} GROUP BY ALL HAVING count(DISTINCT found.node) = 1
    """


_UNKNOWN = """NOT EXISTS (
    SELECT 1 FROM identity_match known WHERE known.source = l.source AND known.external_id = l.id)"""


# An address that is known elsewhere, of contacts of one customer alone, once it is said who is one.
ELSEWHERE = f"""
    INSERT INTO identity_match
    SELECT l.source, l.id, min(k.id), 'address elsewhere', {SURE_ELSEWHERE}
    FROM match_link l JOIN match_mail e ON e.email = l.word
    LEFT JOIN match_group g ON g.n = e.n JOIN match_node k ON k.n = coalesce(g.kept, e.n)
    WHERE l.by_mail AND {_UNKNOWN} GROUP BY l.source, l.id HAVING count(DISTINCT k.id) = 1
"""
