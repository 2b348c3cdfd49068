"""Pages of a list: bounded, and stable because a cursor names its book and question.

A cursor is opaque to programs. It holds where the next page begins and a fingerprint of what the list is made of: on
another book the same place would be another row, so there it is refused and the list begins again.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from ninja import Field, Schema

from relevo.answers.fingerprint import fingerprint
from relevo.answers.reading import Reading
from relevo.api.problems import CursorRefused
from relevo.api.said import question
from relevo.base.errors import WrongUse

MOST = 500
USUAL = 50
# Of a cursor, which may hold the id of a row of another system.
LONGEST = 2_500


class Asked(Schema):
    """Parameters of a question; what is not among them is refused."""


class Page(Asked):
    """How much of a list is asked for, and from where."""

    limit: int = Field(USUAL, ge=1, le=MOST, description="How many at most.", examples=[USUAL])
    cursor: str | None = Field(
        None, max_length=LONGEST, pattern=r"^[A-Za-z0-9_-]+$", description="`next` of the page before."
    )


class Place:
    """Where a page of one list begins: at the row `offset`, or `behind` a place that the list itself wrote."""

    def __init__(self, request: HttpRequest, page: Page, reading: Reading | None = None) -> None:
        """The place that the cursor names; `reading` where the list is made of a book.

        WrongUse for a cursor that is none, CursorRefused for one of another book or question.
        """
        asked = question(request, without=("limit", "cursor"))
        self._list = _hash(asked) if reading is None else fingerprint(reading, asked)
        self._book = "" if reading is None or reading.published is None else reading.published.id
        self.limit = page.limit
        begin = self._read(page.cursor) if page.cursor else 0
        self.offset, self.behind = (0, begin) if isinstance(begin, str) else (begin, "")

    def cut(self, rows: Sequence[Any]) -> dict[str, Any]:
        """One page of rows that are all at hand."""
        shown = rows[self.offset : self.offset + self.limit]
        return self.page(shown, len(rows))

    def page(self, shown: Sequence[Any], found: int) -> dict[str, Any]:
        """One page that was cut before; `found` counts the whole list."""
        end = self.offset + len(shown)
        return {"items": list(shown), "found": found, "next": self.cursor(end) if shown and end < found else None}

    def cursor(self, begin: int | str) -> str:
        """The cursor of a page that begins at a row, or behind a place."""
        text = json.dumps([self._book, self._list, begin], separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    def _read(self, cursor: str) -> int | str:
        book, listed, begin = _parts(cursor)
        if book != self._book:
            raise CursorRefused(
                "This cursor is of another book: a new one was published since.", "Begin again without cursor."
            )
        if listed != self._list:
            raise CursorRefused(
                "This cursor is of another question, or what it is made of changed since.",
                "Begin again without cursor.",
            )
        return begin


def _hash(asked: str) -> str:
    """A question in as many characters as a fingerprint, so that a cursor is never longer than one may be."""
    return hashlib.sha256(asked.encode()).hexdigest()[:32]


def _parts(cursor: str) -> tuple[str, str, int | str]:
    try:
        book, listed, begin = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError, TypeError, RecursionError):
        book, listed, begin = None, None, None
    is_row = type(begin) is int and 0 <= begin < 2**62
    if not isinstance(book, str) or not isinstance(listed, str) or not (is_row or isinstance(begin, str)):
        raise WrongUse("This is no cursor.", "Send `next` of the page before as it came, or leave it out.")
    return book, listed, begin
