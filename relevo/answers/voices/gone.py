"""Happy, then gone: who called an answer great and then met the same trouble again, or left."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from relevo.answers.reading import Reading
from relevo.answers.stamp import Stamp, stamp
from relevo.answers.voices.lines import About, abouts, is_seen
from relevo.book.book import Book
from relevo.book.remembering import Remembered
from relevo.insight.voices.gone import AT_ONCE_DAYS, happy_then_gone

PAGE, WINDOW = 25, timedelta(days=180)
_ROWS: Remembered[tuple[Mapping[str, Any], ...]] = Remembered(4)


@dataclass(frozen=True)
class GoneLine:
    """A great vote and what came after; instants in UTC, None where it did not.

    `again_at` is the next question about the same within 7 days, in `again_id`; `left_at` the end within 30 days, and
    `left_at_once` whether it came within two.
    """

    rating_id: str
    at: datetime
    again_at: datetime | None
    again_id: str | None
    left_at: datetime | None
    left_at_once: bool
    about: About


@dataclass(frozen=True)
class GonePage:
    """One page, what happened last first; `found` counts it all, of great votes of the book's last 180 days."""

    stamp: Stamp
    rows: tuple[GoneLine, ...]
    found: int
    left: int
    offset: int


def happy_gone(reading: Reading, offset: int = 0, limit: int = PAGE) -> GonePage:
    """Customers in sight who were happy and then gone, as of the book. NotReady before the first book."""
    rows = [row for row in _of_book(reading.company_book) if is_seen(reading, row["customer_id"])]
    shown = rows[offset : offset + limit]
    about = abouts(reading, ((row["customer_id"], row["conversation_id"]) for row in shown))
    lines = tuple(_line(row, about[row["customer_id"], row["conversation_id"]]) for row in shown)
    return GonePage(stamp(reading), lines, len(rows), sum(row["left_at"] is not None for row in rows), offset)


def _of_book(book: Book) -> tuple[Mapping[str, Any], ...]:
    def look_up() -> tuple[Mapping[str, Any], ...]:
        rows = book.run(happy_then_gone(book.tables, book.until - WINDOW, book.until)).dicts()
        return tuple(sorted(rows, key=lambda row: (_last(row), row["rating_id"]), reverse=True))

    return _ROWS.get(book, "gone", look_up)


def _last(row: Mapping[str, Any]) -> datetime:
    found: datetime = max(each for each in (row["again_at"], row["left_at"]) if each)
    return found


def _line(row: Mapping[str, Any], about: About) -> GoneLine:
    left = row["left_at"]
    return GoneLine(
        rating_id=row["rating_id"],
        at=row["at"].replace(tzinfo=UTC),
        again_at=_utc(row["again_at"]),
        again_id=row["again_id"],
        left_at=_utc(left),
        left_at_once=left is not None and left <= row["at"] + timedelta(days=AT_ONCE_DAYS),
        about=about,
    )


def _utc(at: datetime | None) -> datetime | None:
    return None if at is None else at.replace(tzinfo=UTC)
