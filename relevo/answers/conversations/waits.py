"""Waits: how long customers waited for a first answer by month, whether it came when promised, and for whom."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from relevo.answers.conversations.tiles import promise_tile, retention, wait_tile, year_to
from relevo.answers.conversations.told import Lock, lock_of, measure_lock
from relevo.answers.header import header
from relevo.answers.measures import Ask, MeasureAnswer, show
from relevo.answers.people import names_of_people
from relevo.answers.reading import Reading
from relevo.answers.stamp import Stamp, stamp
from relevo.answers.values import Sentence, Tile, count, month, rate, seconds
from relevo.base.errors import WrongUse
from relevo.measures.card import TEAM
from relevo.measures.support.compat import reasons_of
from relevo.planning.stages import PERSONS_FROM, TEAMS_FROM

__all__ = ["CUTS", "PROMISES_RULE", "WaitRow", "WaitsPage", "reasons_of", "waits_page"]
PROMISES_RULE = "response_promises"
# The dimensions of waits, the person last: then the person's own part is told.
TIER = "tier"
CUTS = (TIER, "category", "channel", TEAM, "person")
_FROM = {TEAM: TEAMS_FROM, "person": PERSONS_FROM}


@dataclass(frozen=True)
class WaitRow:
    """One slice of the last complete month; `promised_s` is what its tier was promised, None where it was nothing.

    By person `wait_s` and `slow_s` are the person's own part, and the other figures are None.
    """

    value: str
    name: str
    wait_s: int | None
    slow_s: int | None
    open_hours_s: int | None
    within: float | None
    n: int
    open_n: int | None
    promised_s: int | None


@dataclass(frozen=True)
class WaitsPage:
    """The page; `lock` says from which stage on it is shown, and everything else is empty then.

    `by` is the dimension of the rows and `choices` those that this viewer may ask for. `cover` is by hour of the week,
    `compat` what other tools would show for the last complete month.
    """

    stamp: Stamp
    lock: Lock | None
    sentence: Sentence
    tiles: tuple[Tile, ...]
    months: MeasureAnswer | None
    has_promises: bool
    tiers: tuple[WaitRow, ...]
    by: str
    choices: tuple[str, ...]
    rows: tuple[WaitRow, ...]
    cover: MeasureAnswer | None = None
    compat: MeasureAnswer | None = None

    @property
    def has_any(self) -> bool:
        """Whether any customer waited in the months that are told."""
        return self.months is not None and any(row["n"] or row["open_n"] for row in self.months.rows)


def waits_page(reading: Reading, by: str = "") -> WaitsPage:
    """The page of waits, its rows by a dimension; WrongUse for another, Refused for persons without the right.

    NotReady before the first book.
    """
    cut = by or CUTS[0]
    if cut not in CUTS:
        raise WrongUse(f"Waits are not told by {cut[:40]!r}.", f"Known: {', '.join(CUTS)}.")
    lock = measure_lock(reading, "waits")
    if lock:
        locked = Sentence("talks.locked")
        return WaitsPage(stamp(reading), lock, locked, (), None, False, (), cut, (), ())
    last = reading.company_book.last_complete_month
    months = show(reading, "waits", year_to(reading))
    promises = dict(reading.assumed().response_promises)
    rows = _rows(reading, cut, promises)
    tiers = rows if cut == TIER or not promises else _rows(reading, TIER, promises)
    return WaitsPage(
        stamp=stamp(reading),
        lock=None,
        sentence=_sentence(months),
        tiles=header((wait_tile(months, retention(reading)), promise_tile(months))) if months.rows else (),
        months=months,
        has_promises=bool(promises),
        tiers=tiers if promises else (),
        by=cut,
        choices=tuple(each for each in CUTS if _may(reading, each)),
        rows=rows,
        cover=show(reading, "cover", Ask()),
        compat=show(reading, "waits_compat", Ask(first=last, last=last)),
    )


def _may(reading: Reading, cut: str) -> bool:
    """Whether a dimension is offered: teams and persons from their stage on, persons to who sees any."""
    is_seen = cut != "person" or reading.viewer.can_see_person_level
    return is_seen and lock_of(reading, _FROM.get(cut, 0)) is None


def _sentence(months: MeasureAnswer) -> Sentence:
    """What half and nine in ten waited, what was promised and kept, and how many still wait."""
    now = months.last()
    if now.get("first_response_s") is None:
        return Sentence("talks.none")
    values = {
        "wait": seconds(now["first_response_s"]), "slow": seconds(now["first_response_p90_s"]),
        "month": month(now["month"]), "open": count(now["open_n"]), "within": rate(now["within_promise"]),
    }  # fmt: skip
    if now["within_promise"] is not None:
        return Sentence("waits.promised", values)
    return Sentence("waits.slow" if now["first_response_p90_s"] is not None else "waits.half", values)


def _rows(reading: Reading, cut: str, promises: Mapping[str, int]) -> tuple[WaitRow, ...]:
    """The slices of the last complete month, by name; the most answers first where the slices are not people."""
    last = reading.company_book.last_complete_month
    answer = show(reading, "waits", Ask(by=cut, first=last, last=last))
    names = names_of_people(reading) if cut == "person" else {}
    rows = [_row(row, str(row[cut]), names, promises if cut == TIER else {}) for row in answer.rows]
    known = [replace(row, open_n=None) for row in rows if row.n] if cut == "person" else rows
    if cut in (TEAM, "person"):
        return tuple(sorted(known, key=lambda row: (row.name, row.value)))
    return tuple(sorted(known, key=lambda row: (-row.n, row.value)))


def _row(row: Mapping[str, Any], value: str, names: Mapping[str, str], promises: Mapping[str, int]) -> WaitRow:
    minutes = promises.get(value)
    return WaitRow(
        value=value, name=names.get(value, value), wait_s=row["first_response_s"], slow_s=row["first_response_p90_s"],
        open_hours_s=row["business_s"], within=row["within_promise"], n=row["n"] or 0, open_n=row["open_n"],
        promised_s=None if minutes is None else 60 * minutes,
    )  # fmt: skip
