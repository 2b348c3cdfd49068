"""Every canonical table, declared here and nowhere else. `docs/book.md` is generated from this package."""

from relevo.book.table import Table
from relevo.book.tables import conversations, customers, money, people, product, relay, selling

_GROUPS = (people, customers, selling, money, conversations, product, relay)

TABLES: dict[str, Table] = {
    table.name: table.grouped(group.__name__.rsplit(".", 1)[-1]) for group in _GROUPS for table in group.TABLES
}
