"""How much of what the next person needs stands in the records: fields, how full, how fresh (rows S1-12, S1-13).

Which fields, whom they serve and what for is a list; it needs no set-up, because every CRM is read into one book.
Fields for reports (amount, stage, date) are told apart from what was learned of the customer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import reduce

import ibis
import ibis.expr.types as ir

from relevo.book.book import Book, Tables

FRESH_DAYS = 180


class Serves(StrEnum):
    """What a field is filled in for: reports about selling, or knowing the customer."""

    REPORT = "report"
    DISCOVERY = "discovery"


@dataclass(frozen=True)
class Need:
    """A field of the book that somebody downstream works with."""

    table: str
    column: str
    serves: Serves
    roles: tuple[str, ...]


_REPORT, _KNOW = Serves.REPORT, Serves.DISCOVERY
_ALL = ("implementation", "success", "support")
NEEDS = (
    Need("deal", "amount_cents", _REPORT, ("sales", "finance")),
    Need("deal", "mrr_cents", _REPORT, ("sales", "finance")),
    Need("deal", "forecast_at", _REPORT, ("sales",)),
    Need("deal", "person_id", _REPORT, ("sales",)),
    Need("deal", "plan", _KNOW, _ALL),
    Need("deal", "term_months", _KNOW, ("success", "finance")),
    Need("customer", "industry", _KNOW, _ALL),
    Need("customer", "size_band", _KNOW, ("implementation", "success")),
    Need("customer", "segment", _REPORT, ("sales", "success")),
    Need("customer", "persona", _KNOW, ("success",)),
    Need("customer", "country", _KNOW, _ALL),
    Need("customer", "timezone", _KNOW, ("support",)),
    Need("contact", "email", _KNOW, _ALL),
    Need("contact", "title", _KNOW, ("implementation", "success")),
    Need("contact", "role", _KNOW, _ALL),
    Need("touch", "body", _KNOW, _ALL),
    Need("fit_answer", "answer", _KNOW, _ALL),
    Need("handoff_item", "value", _KNOW, _ALL),
    Need("milestone", "expected_on", _KNOW, ("implementation", "success")),
)


@dataclass(frozen=True)
class FieldFill:
    """One field: of `rows` rows so many are filled, and so many of those were recorded within `FRESH_DAYS` days."""

    need: Need
    rows: int
    filled: int
    fresh: int

    @property
    def share(self) -> float | None:
        """The part that is filled; None where the book has no row of the table."""
        return self.filled / self.rows if self.rows else None

    @property
    def fresh_share(self) -> float | None:
        """Of what is filled the part that was recorded lately; None where nothing is."""
        return self.fresh / self.filled if self.filled else None


@dataclass(frozen=True)
class Rates:
    """The two fill rates: the mean over the fields for reports, and over those that tell of the customer."""

    report: float | None
    discovery: float | None


def field_fill(book: Book) -> tuple[FieldFill, ...]:
    """Every field that is needed, the emptiest first; a table that the book has no row of comes last.

    Rows are those of the viewer's customers, deals among them that were opened in the last two years.
    """
    counted = {name: _counts(book, name) for name in dict.fromkeys(need.table for need in NEEDS)}
    found = [FieldFill(need, counted[need.table]["n"], *_of(counted[need.table], need.column)) for need in NEEDS]
    return tuple(sorted(found, key=lambda f: (f.share is None, f.share or 0.0, f.need.table, f.need.column)))


def rates(found: Iterable[FieldFill]) -> Rates:
    """The two fill rates of fields; a field whose table has no row does not count."""
    listed = list(found)
    return Rates(*(_mean(f.share for f in listed if f.need.serves is serves) for serves in (_REPORT, _KNOW)))


def role_rate(found: Iterable[FieldFill], role: str) -> float | None:
    """The fill rate of what one role needs; None where nothing of it is in the book."""
    return _mean(f.share for f in found if role in f.need.roles)


def _mean(shares: Iterable[float | None]) -> float | None:
    known = [share for share in shares if share is not None]
    return sum(known) / len(known) if known else None


def _of(counted: dict[str, int], column: str) -> tuple[int, int]:
    return counted[f"{column}_filled"] or 0, counted[f"{column}_fresh"] or 0


def _counts(book: Book, name: str) -> dict[str, int]:
    (row,) = book.run(_question(book.tables, name, book.until)).dicts()
    return dict(row)


def _question(tables: Tables, name: str, until: datetime) -> ir.Table:
    rows = _rows(tables, name, until)
    is_fresh = rows.recorded_at >= until - timedelta(days=FRESH_DAYS)
    counts: dict[str, ir.Value] = {"n": rows.count()}
    for need in NEEDS:
        if need.table == name:
            is_full = is_filled(rows[need.column])
            counts[f"{need.column}_filled"] = is_full.cast("int64").sum()
            counts[f"{need.column}_fresh"] = (is_full & is_fresh).cast("int64").sum()
    return rows.aggregate(**counts)


def _rows(tables: Tables, name: str, until: datetime) -> ir.Table:
    rows: ir.Table = getattr(tables, name)
    if name == "deal":
        return rows.filter(rows.opened_at >= until - timedelta(days=2 * 365))
    return rows


def is_filled(column: ir.Column) -> ir.BooleanValue:
    """Text counts where it says something: not blank, and none of the usual fillers."""
    if not column.type().is_string():
        return column.notnull()
    plain = column.strip().lower()
    said = [plain != filler for filler in ("", "-", "?", "n/a", "na", "tbd", "none", "unknown")]
    return column.notnull() & reduce(lambda one, other: one & other, said, ibis.literal(True))
