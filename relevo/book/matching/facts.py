"""What every customer says of itself, in the form in which customers are compared: temporary tables.

    match_node(n, id)                  customers by number: those that people chose to keep, then as first landed
    match_source(n, source)            the systems that know a customer
    match_name(id, n)                  every id under which a customer is known
    match_fact(n, ...)                 what a row of a customer says: name, country, tax number, parent
    match_domain(n, domain, own)       domains of the customer itself and of its people
    match_email(n, email)              addresses of its people
    match_held(kind, value, held)      of how many customers of one source a value is

A customer here is what exact ids and aliases have made of it; it may have several rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from relevo.book.matching import plain
from relevo.book.matching.weights import MOST_ADDRESSES, MOST_DOMAINS, MOST_NUMBERS

BY_NAME, BY_MAIL = ":named:", ":mail:"
_NO_LOAD = "9223372036854775807"


@dataclass(frozen=True)
class Landed:
    """Where the rows are: `tables` maps a table with a customer_id to the SELECT of the rows that count.

    `customers` selects customer_id, source and load number of every row of a customer that was ever landed.
    """

    tables: Mapping[str, str]
    customers: str


def gather(connection: duckdb.DuckDBPyConnection, landed: Landed) -> None:
    """Create the tables; `identity_match` says what ids and aliases have made one.

    Where all customers are of one system only its own duplicates can be found, and those share a domain or a number:
    only such customers are looked at, without their people, so that a company of one system pays nearly nothing.
    """
    are_several = bool(connection.execute(_SEVERAL.format(landed.customers)).fetchall())
    connection.execute(f"CREATE OR REPLACE TEMP TABLE match_known AS {_known(landed, are_several)}")
    connection.execute(_NODES)
    connection.execute(_NAMES)
    connection.execute(_SOURCES)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE match_mail AS {_mail(landed, are_several)}")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE match_row AS {_rows(landed, are_several)}")
    connection.execute(_EMAILS)
    connection.execute(_HOSTS)
    connection.execute(_REGISTERED)
    connection.execute(_DOMAINS)
    connection.execute(_HELD)
    connection.execute(_FACTS)


def _resolved(rows: str, column: str = "customer_id") -> str:
    """Rows with `node`, the customer as ids and aliases have it."""
    return f"""SELECT t.*, coalesce(m.customer_id, t.{column}) AS node FROM ({rows}) t
        LEFT JOIN identity_match m ON m.source = t.source AND m.external_id = t.{column}"""


_SEVERAL = """
    SELECT 1 FROM (SELECT source FROM ({}) UNION SELECT source FROM match_link) HAVING count(DISTINCT source) > 1
"""


def _known(landed: Landed, are_several: bool) -> str:
    """Every customer under every source that names it, with the load that brought it first as a customer."""
    others = [landed.tables["subscription_span"], *([landed.tables["contact"]] if are_several else [])]
    rows = f"SELECT customer_id, source, seq FROM ({landed.customers})"
    rows += "".join(f" UNION ALL SELECT DISTINCT customer_id, source, {_NO_LOAD} FROM ({sql})" for sql in others)
    rows += f" UNION ALL SELECT external_id, source, {_NO_LOAD} FROM identity_match"
    return f"SELECT node, source, min(seq) AS seq FROM ({_resolved(rows)}) GROUP BY ALL"


_NODES = f"""
    CREATE OR REPLACE TEMP TABLE match_node AS
    SELECT CAST(row_number() OVER (ORDER BY node NOT IN (SELECT customer_id FROM alias WHERE source = 'relevo'),
                                            min(seq), node) AS INTEGER) AS n, node AS id
    FROM match_known WHERE NOT contains(node, '{BY_MAIL}') GROUP BY node
"""
# An alias says that its system knows the customer, also where no row names it by that id.
_SOURCES = """
    CREATE OR REPLACE TEMP TABLE match_source AS
    SELECT n.n, k.source FROM match_known k JOIN match_node n ON n.id = k.node
    UNION
    SELECT n.n, a.source FROM alias a JOIN match_name n ON n.id = a.customer_id WHERE a.source <> 'relevo'
"""
_NAMES = """
    CREATE OR REPLACE TEMP TABLE match_name AS
    SELECT id, min(n) AS n FROM (
        SELECT id, n FROM match_node
        UNION ALL SELECT m.external_id, n.n FROM identity_match m JOIN match_node n ON n.id = m.customer_id)
    GROUP BY id
"""


def _mail(landed: Landed, are_several: bool) -> str:
    """Contacts with an address, by the customer they work for."""
    contacts = f"SELECT customer_id, source, {plain.address('email')} AS email FROM ({landed.tables['contact']})"
    contacts += "" if are_several else " WHERE false"
    return f"""SELECT n.n, r.source, r.email FROM ({_resolved(contacts)}) r JOIN match_node n ON n.id = r.node
        WHERE r.email IS NOT NULL GROUP BY ALL"""


def _rows(landed: Landed, are_several: bool) -> str:
    columns = "customer_id, source, name, domain, tax_id, country, parent_id"
    customers = f"SELECT {columns} FROM ({landed.tables['customer']})"
    if not are_several:
        customers = f"""WITH customer AS ({customers}) SELECT * FROM customer
            WHERE {_HOST} IN (SELECT {_HOST} FROM customer GROUP BY ALL HAVING count(*) > 1)
               OR tax_id IN (SELECT tax_id FROM customer GROUP BY ALL HAVING count(*) > 1)"""
    rows = _resolved(customers)
    return f"""
        SELECT n.n, r.source, CASE WHEN r.is_named THEN r.name END AS name, p.n AS parent,
               r.domain AS host, {plain.tax_number("r.tax_id")} AS tax_id,
               {plain.country("r.country")} AS country
        FROM (SELECT *, NOT contains(name, '@') AND ({_HAS_A_NAME}) AS is_named FROM ({rows})) r
        JOIN match_node n ON n.id = r.node
        LEFT JOIN identity_match m ON m.source = r.source AND m.external_id = r.parent_id
        LEFT JOIN match_node p ON p.id = coalesce(m.customer_id, r.parent_id)
    """


# Who is known by an id alone carries it as its name; the id of a link by name is made of the name.
_HAS_A_NAME = f"NOT ends_with(customer_id, name) OR contains(customer_id, '{BY_NAME}')"
_HOST = "regexp_replace(lower(domain), '^([a-z]+://)?(www[.])?', '')"
_EMAILS = "CREATE OR REPLACE TEMP TABLE match_email AS SELECT DISTINCT n, email FROM match_mail"
_HOSTS = """
    CREATE OR REPLACE TEMP TABLE match_host AS
    SELECT n, host, bool_or(own) AS own FROM (
        SELECT n, host, true AS own FROM match_row WHERE host IS NOT NULL
        UNION ALL SELECT n, split_part(email, '@', 2), false FROM match_email)
    GROUP BY ALL
"""
# Many addresses are of one host: what it belongs to is found once, and by itself, since DuckDB joins too early.
_REGISTERED = f"""
    CREATE OR REPLACE TEMP TABLE match_registered AS
    {plain.domains_sql("SELECT DISTINCT host FROM match_host")}
"""
_DOMAINS = """
    CREATE OR REPLACE TEMP TABLE match_domain AS
    SELECT n, domain, bool_or(own) AS own FROM match_host JOIN match_registered USING (host)
    WHERE domain IS NOT NULL GROUP BY ALL
"""
_HELD = """
    CREATE OR REPLACE TEMP TABLE match_held AS
    WITH value AS (
        SELECT 'domain' AS kind, n, domain AS value FROM match_domain
        UNION ALL SELECT 'email', n, email FROM match_email
        UNION ALL SELECT 'tax_id', n, tax_id FROM match_row WHERE tax_id IS NOT NULL)
    SELECT kind, value, max(held) AS held FROM (
        SELECT kind, value, source, count(DISTINCT n) AS held FROM value JOIN match_source USING (n) GROUP BY ALL)
    GROUP BY ALL
"""
# A name that several customers of one source have, and a number that more than two have, are known to be such.
_FACTS = f"""
    CREATE OR REPLACE TEMP TABLE match_fact AS
    WITH fact AS ({plain.names_sql("SELECT DISTINCT * EXCLUDE (host) FROM match_row")}),
    held AS (
        SELECT key, max(held) AS held FROM (
            SELECT key, source, count(DISTINCT n) AS held FROM fact WHERE key IS NOT NULL GROUP BY ALL) GROUP BY ALL)
    SELECT f.* REPLACE (CASE WHEN t.held <= {MOST_NUMBERS} THEN f.tax_id END AS tax_id),
           h.held AS key_held, t.held AS tax_held
    FROM fact f LEFT JOIN held h ON h.key = f.key
    LEFT JOIN match_held t ON t.kind = 'tax_id' AND t.value = f.tax_id
"""
# Of how many customers of one source a value may be, so that it still tells who a customer is.
MOST = {"domain": MOST_DOMAINS, "email": MOST_ADDRESSES, "tax_id": MOST_NUMBERS}
