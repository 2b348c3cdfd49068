"""Open the engine that an address names, for one book."""

from relevo.base.errors import NotReady
from relevo.book.engine import DuckEngine
from relevo.book.engines.address import Address
from relevo.book.engines.carrier import Carrier, home_of, schema_prefix
from relevo.book.engines.postgres import Postgres
from relevo.book.engines.spark import Spark
from relevo.book.engines.warehouse import Warehouse
from relevo.book.manifest import Manifest
from relevo.book.store import Store

_DRIVERS = {"postgres": "psycopg", "spark": "pyspark"}


def carrier_for(address: Address, home: DuckEngine, store: Store, manifest: Manifest) -> Carrier:
    """The carrier of a book to the engine of an address; what was carried of books that are gone is removed.

    NotReady where the driver is not installed or the engine does not answer.
    """
    books = home_of(store.path)
    carrier = Carrier(home, _warehouse(address, store), schema_prefix(books, manifest.id), str(address))
    carrier.prune([m.id for m in store.history()], books)
    carrier.prepare("main", manifest.policy)
    return carrier


def _warehouse(address: Address, store: Store) -> Warehouse:
    try:
        if address.kind == "spark":
            return Spark(address, store.cache / "spark")
        return Postgres(address)
    except ModuleNotFoundError as problem:
        raise NotReady(
            f"{address} needs {_DRIVERS[address.kind]}, and {problem.name} is not installed.",
            f"Run `pip install 'relevo[{address.kind}]'`, or set RELEVO_ENGINE=duckdb. The book is untouched.",
        ) from None
