"""Make the ledger of a book's conversations, step by step, in a connection that shows the canonical tables."""

import duckdb

from relevo.base.config import Company
from relevo.book.ledger import episodes, hours, stream, votes, waits
from relevo.book.ledger.shapes import LEDGER

_TYPES = {"string": "VARCHAR", "int64": "BIGINT", "boolean": "BOOLEAN", "timestamp": "TIMESTAMP"}
# What later steps read, in order.
_STEPS = (
    ("talk", stream.TALK), ("whom", stream.WHOM), ("works", waits.WORKS), ("line", stream.LINE),
    ("begin", stream.BEGIN), ("stream", stream.STREAM), ("held", waits.HELD), ("wait", waits.WAIT), ("read_wait", waits.READ), ("began", episodes.BEGAN),
    ("moved", episodes.MOVED), ("solved", episodes.SOLVED), ("rated", votes.RATED),
)  # fmt: skip
_PASSING = ("calendar", *(name for name, _ in _STEPS))


def make_ledger(connection: duckdb.DuckDBPyConnection, company: Company) -> None:
    """Create the five tables of the ledger; what was only needed on the way is gone afterwards."""
    hours.fill(connection)
    for name, sql in _STEPS:
        connection.execute(f"CREATE TEMP TABLE {name} AS {sql}")
    tables = {"episode": episodes.episode(company.timezone), "customer_wait": waits.CUSTOMER_WAIT,
              "reply": waits.REPLY, "vote": votes.VOTE}  # fmt: skip
    for name, sql in tables.items():
        typed = ", ".join(f'CAST("{column}" AS {_TYPES[kind]}) AS "{column}"' for column, kind in LEDGER[name].items())
        connection.execute(f"CREATE TABLE {name} AS SELECT {typed} FROM ({sql})")
    for name in _PASSING:
        connection.execute(f"DROP TABLE IF EXISTS temp.{name}")
