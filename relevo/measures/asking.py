"""Ask a measure of a book: fill in what the question leaves open, run it, make the cells."""

from datetime import date
from functools import lru_cache
from typing import get_args

from relevo.base.errors import WrongUse
from relevo.base.periods import Grain, Span, last_day, month_text, period_ends
from relevo.book.book import Book
from relevo.book.compiling import compile_sql
from relevo.book.rollups.traits import DERIVED, FIXED
from relevo.book.schema import Tables
from relevo.measures.card import BEHIND, Answer, AnyMeasure, Ask, Card, Composite, Frame, Record, View
from relevo.measures.catalog import expressions_of, find
from relevo.measures.slices import SLICE

_OTHER_NAMES = {column: name for name, column in FIXED.items()}


def ask(book: Book, name: str, question: Ask | None = None) -> Answer:
    """The answer of a measure over a book; wrong use where the question does not fit the measure."""
    measure = find(name)
    frame = frame_of(book, measure.card, question or Ask())
    if not frame.ends and measure.card.has_months:
        return Answer(measure.card, frame, book, ())
    return Answer(measure.card, frame, book, tuple(_spelled(_rows(measure, frame, book))))


def _rows(measure: AnyMeasure, frame: Frame, book: Book) -> list[Record]:
    if isinstance(measure, Composite):
        return measure.compute(book, frame)
    if frame.closed_through is not None:
        book = book.in_files  # closed months stay in their files, whichever engine the book is carried to
    parts = [part for part in measure.expressions if part != BEHIND]
    found = {part: book.run_sql(measure_sql(measure, frame, book, part)).dicts() for part in parts}
    return measure.finished(found, frame)


def customers_behind(book: Book, name: str, question: Ask) -> dict[str | None, int] | None:
    """Customers by slice (None where nothing is cut) of a measure that counts something else; None for the others."""
    measure = find(name)
    if BEHIND not in expressions_of(measure):
        return None
    found = book.run_sql(measure_sql(measure, frame_of(book, measure.card, question), book, BEHIND)).dicts()
    return {row.get(SLICE): int(row["customers"]) for row in found}


def measure_sql(measure: AnyMeasure, frame: Frame, book: Book, part: str = "") -> str:
    """The SQL of one expression of a measure for a frame in the book's dialect; compiled once per shape."""
    return _compiled(measure.card.name, part, frame, book.scope, book.engine.dialect)


@lru_cache(maxsize=512)
def _compiled(name: str, part: str, frame: Frame, scope: str | None, dialect: str) -> str:
    return compile_sql(expressions_of(find(name))[part](Tables.within(scope), frame), dialect)


def _spelled(rows: list[Record]) -> list[Record]:
    """Finished rows with months written YYYY-MM."""
    return [{**r, "month": month_text(r["month"])} if "month" in r else r for r in rows]


def frame_of(book: Book, card: Card, question: Ask) -> Frame:
    """The question with every default filled in for a book."""
    _refuse_misfits(card, question)
    window = question.months or (1 if card.months is None else card.months)
    return Frame(
        ends=_ends(book, card, question, window),
        window=window,
        by=dimension(book, question.by, card) if question.by else None,
        where=tuple((dimension(book, key, card), value) for key, value in question.where),
        as_of=_as_of(book, card, question),
        currency=book.company.currency,
        last_complete=book.last_complete_month,
        grain=question.grain,
        history_starts_on=book.manifest.history_starts_on,
        assumptions=question.assumptions,
        policy=book.policy,
        theirs=question.theirs,
        stated=question.stated,
        closed_through=_closed_through(book, card, question.view),
        timezone=book.company.timezone,
    )


def _as_of(book: Book, card: Card, question: Ask) -> date:
    """The book's day, or the end of the earlier month in which a measure of the ledger is asked to end."""
    if question.last is None or not card.ends_earlier:
        return book.as_of
    return min(book.as_of, last_day(question.last))


def _closed_through(book: Book, card: Card, view: View | None) -> int | None:
    """The last closed month where the answer is as reported: asked for, or by default where the measure can be."""
    if view is None:
        return book.closed_through if card.has_reported else None
    if view not in get_args(View):
        raise WrongUse(f"{str(view)[:40]!r} is not a view.", f"Write one of {', '.join(get_args(View))}.")
    if view == "restated":
        return None
    if not card.has_reported:
        raise WrongUse(f"{card.name} is not kept when a month is closed.", "Ask it restated, or ask mrr_movements.")
    if book.manifest.closed and book.closed_through is None:
        raise WrongUse(
            "What was reported is known as of the book's own day and under its own policy only.",
            "Leave --as-of and --policy out, or ask --view restated.",
        )
    return book.closed_through


def _refuse_misfits(card: Card, question: Ask) -> None:
    if question.months is not None and card.months is None:
        raise WrongUse(f"{card.name} has no window.", "Leave --months out.")
    if question.months is not None and question.months < 1:
        raise WrongUse(f"A window of {question.months} months is none.", "Give --months 1 or more.")
    own = {each.name for each in card.own_dimensions}
    if question.by and not card.can_slice and question.by not in own:
        raise WrongUse(f"{card.name} is not sliced.", "Leave --by out.")
    if question.grain is not Grain.MONTH and all(column.name != "month" for column in card.columns):
        raise WrongUse(f"{card.name} has no column of months.", "Leave --grain out.")
    if card.ends_earlier and question.first is not None:
        raise WrongUse(f"{card.name} has a window.", "Say how long it is with --months, and with --to where it ends.")
    if not (card.has_months or card.ends_earlier) and (question.first is not None or question.last is not None):
        covers = "has a window that ends with the as-of day" if card.months else "covers all of history"
        raise WrongUse(f"{card.name} {covers}.", "Leave --from and --to out; --as-of moves its end.")


def dimension(book: Book, name: str, card: Card) -> str:
    """The dimension of that name, of the measure or of customers; wrong use with the known ones where there is none."""
    own = {each.name for each in card.own_dimensions}
    wanted = name if name in own else _OTHER_NAMES.get(name, name)
    if wanted in own or wanted in FIXED or wanted in DERIVED:
        return wanted
    known = {r[0] for r in book.run_sql("SELECT DISTINCT name FROM customer_attribute ORDER BY name").rows}
    if wanted not in known:
        listed = ", ".join(sorted({*own, *FIXED, *DERIVED, *known}))
        raise WrongUse(f"{name!r} is not a dimension.", f"Known: {listed}.")
    return wanted


def _started(book: Book, card: Card, question: Ask) -> int | None:
    """The first month that has data; as reported, the first closed one, whatever came to light before it since."""
    if _closed_through(book, card, question.view) is not None:
        return min(each.month for each in book.manifest.closed)
    table, column = card.starts_with
    found = book.run(getattr(Tables(), table)[column].min().name("first_month").as_table()).rows[0][0]
    return None if found is None else int(found)


def _ends(book: Book, card: Card, question: Ask, window: int) -> tuple[int, ...]:
    """The month ends asked for: by default from the first that has data to the last complete one."""
    started = _started(book, card, question)
    last = book.last_complete_month if question.last is None else question.last
    if last > book.open_month:
        raise WrongUse(
            f"{month_text(last)} lies after the as-of day {book.as_of}.",
            f"Ask up to {month_text(book.open_month)}.",
        )
    first = question.first
    if first is None:
        if started is None:
            return ()
        first = started + (window if card.months else 0)
        first = first if question.last is None else min(first, last)
    if first > last and question.first is not None:
        raise WrongUse(f"{month_text(first)} is after {month_text(last)}.", "Give --from before --to.")
    return tuple(period_ends(Span(first, last), question.grain, book.company.fiscal_year_starts))
