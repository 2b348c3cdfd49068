"""Questions about one customer, compiled once: compiling such a question takes longer than answering it."""

from collections.abc import Callable
from functools import lru_cache

import ibis
import ibis.expr.types as ir

from relevo.book.book import Book, Tables
from relevo.book.compiling import compile_sql
from relevo.book.engine import Rows, quoted
from relevo.book.remembering import Remembered

# Stands in the compiled SQL where the customer's id is put. No id can contain it: control characters are refused.
PLACE = "\u0001customer\u0001"
# Stands there for the end of the book's day.
_UNTIL = "\u0001until\u0001"
END_OF_DAY = ibis.literal(_UNTIL).cast("timestamp")

# Whoever opens a customer turns to its other tabs: some hundred customers with their questions.
_ROWS: Remembered[Rows] = Remembered(2048)

Question = Callable[[Tables], ir.Table]


def of_customer(rows: ir.Table) -> ir.Table:
    """The rows of the customer that will be asked about."""
    return rows.filter(rows.customer_id == PLACE)


def ask_about(book: Book, customer_id: str, question: Question) -> Rows:
    """The answer of a question that was built with `of_customer`, for one customer, unscoped.

    Whoever calls this has checked that the viewer may see the customer. One customer's rows come from the book's own
    files on every engine: they read all tables, and another engine would take longer to begin than DuckDB to answer.
    """
    files = book.in_files
    sql = _compiled(question, files.engine.dialect)
    about_one = sql.replace(quoted(_UNTIL), quoted(str(book.until))).replace(quoted(PLACE), quoted(customer_id))
    return _ROWS.get(files, about_one, lambda: files.run_sql(about_one))


@lru_cache
def _compiled(question: Question, dialect: str) -> str:
    return compile_sql(question(Tables()), dialect)
