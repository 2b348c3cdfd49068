"""Where the ledger of a book is: made when it is first asked, kept in the cache under the name of its book."""

import re

import duckdb

from relevo.book.engine import connect, quoted
from relevo.book.ledger.make import make_ledger
from relevo.book.ledger.shapes import LEDGER
from relevo.book.manifest import Manifest
from relevo.book.parts import show_parts
from relevo.book.store import Store, unfinished_cache

# Compiled SQL quotes its names: in backticks on Spark.
_NAMED = re.compile("|".join(f'["`]{name}["`]' for name in LEDGER))


def reads(sql: str) -> bool:
    """Whether compiled SQL may read a table of the ledger."""
    return _NAMED.search(sql) is not None


def ensure(connection: duckdb.DuckDBPyConnection, store: Store, manifest: Manifest, schema: str) -> None:
    """Show the ledger in a connection to the book's files, made where no process has made it yet.

    Two processes that make it at once write the same file each under a name of its own; the last one stays.
    """
    if _is_shown(connection, schema):
        return
    file = store.cache / f"{manifest.id}.ledger.duckdb"
    if not file.exists():
        unfinished = unfinished_cache(file)
        unfinished.unlink(missing_ok=True)
        making = connect(unfinished)
        try:
            show_parts(making, store, manifest, "TEMP VIEW")
            make_ledger(making, manifest.company)
        finally:
            making.close()
        unfinished.replace(file)
    connection.execute(f"ATTACH {quoted(file)} AS db_ledger (READ_ONLY)")
    for name in LEDGER:
        connection.execute(f"CREATE VIEW main.{name} AS SELECT * FROM db_ledger.main.{name}")


def _is_shown(connection: duckdb.DuckDBPyConnection, schema: str) -> bool:
    found = connection.execute(
        "SELECT 1 FROM information_schema.tables WHERE table_schema IN (?, 'main') AND table_name = 'vote'", [schema]
    ).fetchall()
    return bool(found)
