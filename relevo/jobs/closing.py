"""Close months and reopen them.

The evidence is written first and the Desk is told last: a month that the Desk does not call closed is open.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from relevo.base.config import Home
from relevo.base.errors import NotReady, WrongUse
from relevo.base.periods import last_complete_month, month_text, parse_month
from relevo.book import closing
from relevo.book.book import Book
from relevo.book.compiling import compile_sql
from relevo.book.manifest import ClosedFile
from relevo.desk.ready import prepare
from relevo.jobs.clock import now
from relevo.jobs.desk import policy_in_force
from relevo.measures.asking import ask, frame_of
from relevo.measures.card import Ask
from relevo.measures.catalog import find
from relevo.measures.revenue.reported import evidence

if TYPE_CHECKING:
    from relevo.desk.house.actions_closing import MonthEvidence
    from relevo.desk.house.models import PeriodClose

BRIDGE = "mrr_movements"
BUILD_FIRST = "Build first: relevo build."


def ready(home: Home) -> None:
    """Make sure that the home has a Desk, so that its months can be read."""
    prepare(home)


def closed_files(home: Home, as_of: date, known_at: datetime | None = None) -> tuple[ClosedFile, ...]:
    """The evidence of the months that are closed, for a book as of a day; with `known_at`, closed by then."""
    if not home.has_desk:
        return ()
    prepare(home)
    from relevo.desk.house.actions_closing import closed_months

    last = last_complete_month(as_of)
    found = [(parse_month(c.month), c) for c in closed_months() if known_at is None or c.closed_at <= known_at]
    return tuple(ClosedFile(month, c.file, c.sha256) for month, c in found if month <= last)


def close(
    home: Home, month: str, *, who: str = "operator", reason: str = "", with_earlier: bool = False
) -> tuple[str, ...]:
    """Close a month from the published book; the months that were closed, each YYYY-MM.

    Months are closed in order: WrongUse for one that is closed, not over, or has open months before it, unless
    `with_earlier` closes those too. NotReady where the book does not stand on what is closed. DataRefused where the
    evidence of an earlier month is not what it was. Killed at any moment, a month is closed or open, never between.
    """
    wanted = parse_month(month)
    prepare(home)
    from relevo.desk.house.actions_closing import close_months, closed_months, recorded_files

    held = closed_months()
    house = home.config().house
    book = Book.open(home.books, memory_limit=house.memory_limit, threads=house.threads)
    try:
        _refuse_stale(home, book, held)
        months = _months(book, [parse_month(c.month) for c in held], wanted, with_earlier)
        figures = _figures(book, months)
        with closing.writing(closing.closed_folder(home.books), recorded_files()):
            written = [_write(home, book, each) for each in months]
            close_months([_evidence(book, each, figures[each.month]) for each in written], who, reason, now())
    finally:
        book.close()
    return tuple(month_text(m) for m in months)


def reopen(
    home: Home, month: str, *, reason: str, who: str = "operator", with_later: bool = False
) -> tuple[str, ...]:  # fmt: skip
    """Reopen a closed month, with the later ones where that is said; the months reopened. The next build shows it.

    WrongUse without a reason, for a month that is not closed, or that is not the last closed one.
    """
    parse_month(month)
    prepare(home)
    from relevo.desk.house.actions_closing import reopen_months

    return tuple(reopen_months(month, who, reason, now(), with_later=with_later))


def _refuse_stale(home: Home, book: Book, held: "Sequence[PeriodClose]") -> None:
    """Raise unless what the book calls reported is what the Desk has closed."""
    shown = [each.sha256 for each in book.manifest.closed]
    if shown != [c.sha256 for c in held[: len(shown)]] or any(c.book != book.id for c in held[len(shown) :]):
        raise NotReady(f"Months were closed or reopened after the book {book.id} was made.", BUILD_FIRST)
    if book.manifest.known_at is not None:
        raise NotReady(f"The book {book.id} shows only what was known by {book.manifest.known_at}.", BUILD_FIRST)
    wanted = policy_in_force(home, book.as_of)
    if book.policy != wanted:
        raise NotReady(
            f"The book {book.id} was made under the policy {book.policy.name}; in force is {wanted.name}.", BUILD_FIRST
        )


def _months(book: Book, held: Sequence[int], wanted: int, with_earlier: bool) -> range:
    """The months that closing one closes; the first closing begins with the first month that has MRR."""
    name = month_text(wanted)
    started = book.in_files.run_sql("SELECT min(first_month) FROM customer_start").rows[0][0]
    if started is None or wanted < started:
        raise WrongUse(f"The book has nothing in {name} that could be closed.", "relevo show mrr lists its months.")
    if held and wanted <= held[-1]:
        raise WrongUse(f"{name} is closed already.", "relevo closed lists the months; relevo reopen opens one again.")
    if wanted > book.last_complete_month:
        raise WrongUse(
            f"{name} is not over in the book, which looks to {book.as_of}.",
            f"Close up to {month_text(book.last_complete_month)}, or load and build a later day.",
        )
    first = held[-1] + 1 if held else started
    if first < wanted and not with_earlier:
        raise WrongUse(
            f"{month_text(first)} to {month_text(wanted - 1)} are open, and months are closed in order.",
            "Close them too with --with-earlier, or close the first of them.",
        )
    return range(first, wanted + 1)


def _write(home: Home, book: Book, month: int) -> ClosedFile:
    frame = frame_of(book, find(BRIDGE).card, Ask(first=month, last=month))
    sql = compile_sql(evidence(book.tables, frame))
    folder, follows = closing.closed_folder(home.books), bool(book.manifest.closed)
    return closing.write_month(book.in_files.run_sql, folder, month, sql, follows=follows)


def _figures(book: Book, months: range) -> dict[int, dict[str, int]]:
    """What is reported of each month: the cells of its bridge, and the paying customers."""
    span = Ask(first=months[0], last=months[-1])
    customers = {row["month"]: row["customers"] for row in ask(book, "mrr", span).rows}
    found = {}
    for row in ask(book, BRIDGE, span).rows:
        cents = {name: value for name, value in row.items() if name.endswith("_cents")}
        found[parse_month(row["month"])] = {**cents, "customers": customers[row["month"]]}
    return found


def _evidence(book: Book, file: ClosedFile, figures: Mapping[str, int]) -> "MonthEvidence":
    from relevo.desk.house.actions_closing import MonthEvidence

    return MonthEvidence(
        month_text(file.month), file.file, file.sha256, book.id, book.policy.name, book.policy.hash, figures
    )
