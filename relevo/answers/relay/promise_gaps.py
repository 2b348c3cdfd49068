"""The expectation gap: where promises go unmet, with intervals and never on few; as of the book."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from relevo.answers.customers import names_of_customers
from relevo.answers.measures import Ask, show
from relevo.answers.people import names_of_people
from relevo.answers.reading import Reading, Refused
from relevo.base.errors import WrongUse
from relevo.book.remembering import Remembered
from relevo.insight.relay.kept_later import BrokenBeside, KeptShare, broken_beside
from relevo.insight.relay.promise_gap import FEWEST_DUE, METHOD, By, Gap, gaps, promise_rows
from relevo.measures.slices import NONE

__all__ = [
    "FEWEST_DUE", "METHOD", "BrokenBeside", "Gap", "GapPage", "KeptShare", "PromiseCounts", "kept_after_promises",
    "promise_counts", "promise_gaps",
]  # fmt: skip
# Causes in the system come before persons; who made a promise is the last to look at.
CUTS: tuple[By, ...] = ("product_state", "segment", "customer", "deal", "person")
# How many groups are told, the largest gap first.
MOST = 50
_BESIDE: Remembered[tuple[BrokenBeside, ...]] = Remembered(2)
_HIDDEN: Remembered[frozenset[str]] = Remembered(64)
_GAPS: Remembered[tuple[Gap, ...]] = Remembered(12)


@dataclass(frozen=True)
class PromiseCounts:
    """Promises of the whole company by the end of the book's day; `gap` is None where nothing was due."""

    made: int
    due: int
    kept: int
    late: int
    broken: int
    gap: float | None


@dataclass(frozen=True)
class GapGroup:
    """A group with what it is called, for who may know; see `Gap`."""

    name: str
    gap: Gap


@dataclass(frozen=True)
class GapPage:
    """The gaps by something: `found` groups in all. `cuts` are those that the viewer may ask for."""

    by: By
    cuts: tuple[By, ...]
    groups: tuple[GapGroup, ...]
    found: int


def promise_counts(reading: Reading) -> PromiseCounts:
    """The measure `promises` for the whole company, the same for every viewer."""
    row = show(reading, "promises", Ask()).last()
    counts = {name: int(row.get(name) or 0) for name in ("made", "due", "kept", "late", "broken")}
    return PromiseCounts(**counts, gap=row.get("gap"))


def promise_gaps(reading: Reading, by: str = "", most: int | None = MOST) -> GapPage:
    """The gaps by one of CUTS, the first by default. WrongUse for another; Refused by person for who sees no persons.

    A group that may not be told is left out: customers and deals of others, persons whose figures are not the
    viewer's, and slices with so few customers that they would tell of one.
    """
    cut = next((each for each in CUTS if each == (by or CUTS[0])), None)
    if cut is None:
        raise WrongUse(f"Promises are not compared by {by[:40]!r}.", f"Known: {', '.join(CUTS)}.")
    sees_persons = reading.viewer.can_see_person_level
    if cut == "person" and not sees_persons:
        raise Refused("Figures by person are not shown to you.", "Look by product_state or segment.")
    book = reading.company_book
    every = _GAPS.get(book, cut, lambda: gaps(promise_rows(book, cut)))
    told = _told(reading, cut, every)
    names = _names(reading, cut, [gap.group for gap in told[:most]])
    groups = tuple(GapGroup(names.get(gap.group) or gap.group, gap) for gap in told[:most])
    return GapPage(cut, CUTS if sees_persons else CUTS[:-1], groups, len(told))


def kept_after_promises(reading: Reading) -> tuple[BrokenBeside, ...]:
    """Who still pays a year after a promise was unmet, beside the others of the segment; the same for every viewer."""
    book = reading.company_book
    return _BESIDE.get(book, "beside", lambda: broken_beside(book))


def _told(reading: Reading, by: By, every: tuple[Gap, ...]) -> list[Gap]:
    """The groups that may be told."""
    due = [gap for gap in every if gap.due]
    viewer = reading.viewer
    if by == "person":
        return due if viewer.persons is None else [gap for gap in due if gap.group in viewer.persons]
    if by in ("customer", "deal"):
        return _of_customers(reading, by, due)
    if viewer.sees_all:
        return due
    about = (by, viewer.scope, viewer.money)
    hidden = _HIDDEN.get(reading.company_book, about, lambda: _hidden(reading, by))
    return [gap for gap in due if gap.group not in hidden]


def _hidden(reading: Reading, by: By) -> frozenset[str]:
    """Slices with so few customers that this viewer is not told of them."""
    rows = show(reading, "promises", Ask(by=by)).rows
    return frozenset(str(row[by]) for row in rows if row["due"] is None)


def _of_customers(reading: Reading, by: By, every: list[Gap]) -> list[Gap]:
    """Groups of customers in sight; deals are looked up by the customers of their promises."""
    seen: Collection[str] | None = reading.viewer.scope
    if by == "deal":
        seen = set(_deals_in_sight(reading))
    return [gap for gap in every if gap.group != NONE and (seen is None or gap.group in seen)]


def _deals_in_sight(reading: Reading) -> list[str]:
    promises = reading.book.tables.promise
    rows = reading.book.run(promises.filter(promises.deal_id.notnull()).select("deal_id").distinct()).rows
    return [str(row[0]) for row in rows]


def _names(reading: Reading, by: By, groups: Collection[str]) -> Mapping[str, str]:
    """What groups are called; those that have no name but their value are left out."""
    if by == "person":
        return names_of_people(reading)
    if by == "customer":
        return names_of_customers(reading)
    return _deal_names(reading, groups) if by == "deal" else {}


def _deal_names(reading: Reading, deal_ids: Collection[str]) -> Mapping[str, str]:
    deals = reading.company_book.tables.deal
    named = deals.filter(deals.deal_id.isin(list(deal_ids)) & deals.name.notnull()).select("deal_id", "name")
    return {str(key): str(name) for key, name in reading.company_book.run(named).rows}
