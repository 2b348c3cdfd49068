"""The stage of the company: how large it is, by the headcounts of the book and the limits of the house."""

from collections.abc import Sequence

from relevo.answers.reading import Reading
from relevo.book.book import Book
from relevo.book.engine import Row
from relevo.book.remembering import Remembered
from relevo.planning.stages import LIMITS, UNKNOWN, Stage, stage

_STAGES: Remembered[Stage] = Remembered(8)


def company_stage(reading: Reading) -> Stage:
    """The stage in force on the book's day; unknown before the first book, and where no headcount was loaded."""
    book = reading.published
    if book is None:
        return UNKNOWN
    limits = stage_limits(reading)
    return _STAGES.get(book, limits, lambda: stage(_headcounts(book), book.as_of, limits))


def _headcounts(book: Book) -> Sequence[Row]:
    return book.run(book.tables.headcount.select("on_date", "employees")).rows


def stage_limits(reading: Reading) -> tuple[int, ...]:
    """The last headcounts of stages 1 to 4 that hold in this house on the book's day."""
    return reading.assumed().stage_limits or LIMITS
