"""What our friction goes with: inexperienced people, an uneven process, transfers (row S1-08).

An association between customers of one segment, not proof. Pure; `cause_rows` reads what is needed.
"""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from relevo.base.errors import DataRefused
from relevo.insight.relay.friction import DAY, PARTS, STAGES, Facts, Part, shares
from relevo.measures.estimators.least_squares import inflations, within_slopes, within_spreads
from relevo.measures.estimators.lives import Array, Estimate

# Who has been with the company for fewer days counts as new; fewer new people than these would be told of by name.
NEW_DAYS, FEWEST_NEW = 180, 5
# Customers that an answer needs, and the inflation of an error beyond which two causes are not told apart.
LEAST, COLLINEAR = 100, 5.0
# Customers of one segment and half-year from which on what is usual follows the length; seconds of a half-year.
ALIKE, HALF_YEAR = 20, 182 * DAY
# Friction without the parts that are the length of a stage: whoever takes long has more time to change hands.
TIMELESS = (Part.WAITING, Part.ASKED, Part.EFFORT)
METHOD = (
    "Each customer's friction is how far it lies, in points, from customers of its segment and half-year whose same "
    "stage took about as long: in days spent waiting for an answer, in being asked again, and in effort. Three causes "
    "are compared at once by least squares within segments and half-years, errors HC3, 95 %: the share of the days of "
    f"assigned people that fell into their first {NEW_DAYS} days at the company; how far the lengths of the customer's "
    "stages lie from the median (mean of the absolute logarithm); and how often another person took the customer over. "
    "Held fixed is how long the stages took in all, because whoever takes long has more time to change hands; delay "
    "itself is therefore not counted as friction here. A bar is for a customer one standard deviation above the others "
    "of its segment and half-year."
)
CAVEAT = (
    "Association, not proof: difficult customers are given to other people, and handed on, because they are difficult."
)


class Cause(StrEnum):
    """The three causes."""

    NEW_PEOPLE = "new_people"
    UNEVEN = "uneven"
    TRANSFERS = "transfers"


CAUSES = tuple(Cause)


@dataclass(frozen=True)
class People:
    """One customer's people while its stages lasted: seconds of assigned ones, those of new ones, and transfers.

    None where no assignment, or no first day of anybody who was assigned, is known.
    """

    new_share: float | None
    transfers: int | None


_UNKNOWN = People(None, None)


@dataclass(frozen=True)
class Bar:
    """One cause: points of friction that go with one standard deviation more of it, with the 95 % interval.

    `step` is that deviation, in the cause's own unit. Where there is no estimate `known` says of how many customers
    the cause is known, and `why_not` which of few, same, people stands against it.
    """

    cause: Cause
    known: int
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    step: float | None = None
    inflation: float | None = None
    why_not: str = ""

    @property
    def stands_out(self) -> bool:
        """Whether the interval excludes that there is no association."""
        return self.low is not None and self.high is not None and not self.low <= 0 <= self.high

    @property
    def is_entangled(self) -> bool:
        """Whether the others go along with it so closely that they are hardly told apart."""
        return self.inflation is not None and self.inflation > COLLINEAR


@dataclass(frozen=True)
class Causes:
    """The bars, the largest first and those without an estimate last, on `n` customers.

    Below LEAST there are no estimates and `missing` says how many customers are lacking.
    """

    n: int
    missing: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, eq=False)
class Rows:
    """One row per customer: friction in points, the causes in the order of CAUSES (NaN unknown), days of its stages.

    `alike` names the segment and the half-year in which the last of its stages ended: only these are compared.
    """

    alike: Sequence[str]
    friction: Array
    causes: Array
    days: Array
    new_people: int


def rows_of(facts: Facts, people: Mapping[str, People], new_people: int) -> Rows:
    """Customers with something known of their friction, from their stages and their people."""
    customers, first, who = np.unique(np.array(facts.customer, dtype=str), return_index=True, return_inverse=True)
    size = len(customers)
    alike = _alike(facts, first, who)
    away = _away(facts, alike[who])
    known = np.bincount(who, weights=np.isfinite(away).sum(axis=1), minlength=size)
    summed = np.bincount(who, weights=np.nansum(away, axis=1), minlength=size)
    held = [people.get(str(each), _UNKNOWN) for each in customers]
    uneven = _unevenness(facts, who, size)
    days = np.asarray(np.bincount(who, weights=facts.days, minlength=size), dtype=float)
    columns = (_known(p.new_share for p in held), uneven, _known(p.transfers for p in held))
    keep = known > 0
    points = 100 * summed[keep] / known[keep]
    return Rows(list(alike[keep]), points, np.column_stack(columns)[keep], days[keep], new_people)


def _alike(facts: Facts, first: NDArray[np.intp], who: NDArray[np.intp]) -> NDArray[np.str_]:
    """The segment and the half-year of the last end of each customer."""
    last = np.zeros(len(first), dtype=np.int64)
    np.maximum.at(last, who, facts.ended)
    segments = (facts.segment[place] for place in first)
    return np.array([f"{name}|{half}" for name, half in zip(segments, last // HALF_YEAR, strict=True)], dtype=str)


def _known(values: Iterable[float | None]) -> Array:
    return np.array([np.nan if v is None else v for v in values], dtype=float)


def causes_of(rows: Rows) -> Causes:
    """The three causes compared; see METHOD. One that is known of too few, or told of too few people, is left out."""
    told, bars = [], []
    for i, cause in enumerate(CAUSES):
        why_not = _why_not(rows, cause, rows.causes[:, i])
        known = int(np.isfinite(rows.causes[:, i]).sum())
        bars.append(Bar(cause, known, why_not=why_not))
        told += [] if why_not else [i]
    whole = np.asarray(np.isfinite(rows.causes[:, told]).all(axis=1))
    n = int(whole.sum())
    if n < LEAST or not told:
        return Causes(n, max(0, LEAST - n), tuple(bars))
    found = _compared(rows, told, whole)
    listed = [found.get(bar.cause, bar) for bar in bars]
    return Causes(n, 0, tuple(sorted(listed, key=lambda b: -abs(b.estimate) if b.estimate is not None else 1.0)))


def _why_not(rows: Rows, cause: Cause, values: Array) -> str:
    known = np.isfinite(values)
    if known.sum() < LEAST:
        return "few"
    if cause is Cause.NEW_PEOPLE and 0 < rows.new_people < FEWEST_NEW:
        return "people"
    names = np.array(rows.alike)[known]
    return "same" if within_spreads(values[known][:, None], names)[0] < 1e-9 else ""


def _compared(rows: Rows, told: list[int], whole: NDArray[np.bool_]) -> dict[Cause, Bar]:
    """The bars of the causes that are told, of the customers of whom all are known."""
    names = np.array(rows.alike)[whole]
    columns = np.column_stack([rows.causes[whole][:, told], np.log(np.maximum(rows.days[whole], 1.0))])
    length = columns[:, -1:]
    if within_spreads(length, names)[0] < 1e-9:
        columns = columns[:, :-1]
    steps, tangled = within_spreads(columns, names), inflations(columns, names)
    known = int(whole.sum())
    try:
        slopes = within_slopes(columns, rows.friction[whole], names)
    except DataRefused:
        return {CAUSES[i]: Bar(CAUSES[i], known, why_not="same") for i in told}
    return {CAUSES[i]: _bar(CAUSES[i], known, slopes[at], steps[at], tangled[at]) for at, i in enumerate(told)}


def _bar(cause: Cause, known: int, slope: Estimate, step: float, inflation: float) -> Bar:
    return Bar(cause, known, slope.value * step, slope.low * step, slope.high * step, step, inflation)


def _away(facts: Facts, alike: NDArray[np.str_]) -> Array:
    """How far each timeless part of each row lies from its mean over customers alike whose stage took about as long.

    NaN is unknown.
    """
    found = np.full((len(facts.customer), len(TIMELESS)), np.nan)
    chosen = [PARTS.index(part) for part in TIMELESS]
    names, days = np.unique(alike, return_inverse=True)[1], facts.days
    for place in range(len(STAGES)):
        mine = np.flatnonzero(facts.stage == place)
        parted = shares(facts.only(facts.stage == place), None)[:, chosen]
        for i, name in itertools.product(range(len(chosen)), np.unique(names[mine])):
            told = np.isfinite(parted[:, i]) & (names[mine] == name)
            if told.any():
                found[mine[told], i] = _beside_alike(parted[told, i], days[mine[told]])
    return found


def _beside_alike(values: Array, days: Array) -> Array:
    """Each value less what is usual for its length: a parabola of the logarithm of days, or the mean of few."""
    length = np.log(np.maximum(days, 1.0))
    usual = np.vander(length - length.mean(), 3 if len(values) >= ALIKE else 1)
    return np.asarray(values - usual @ np.linalg.lstsq(usual, values, rcond=None)[0])


def _unevenness(facts: Facts, who: NDArray[np.intp], size: int) -> Array:
    """How far each customer's stages lie from the usual length: the mean absolute logarithm of days over the median."""
    apart, days = np.zeros(len(who)), np.maximum(facts.days, 1.0)
    for place in range(len(STAGES)):
        mine = facts.stage == place
        if mine.any():
            apart[mine] = np.abs(np.log(days[mine] / np.median(days[mine])))
    many = np.bincount(who, minlength=size)
    return np.asarray(np.bincount(who, weights=apart, minlength=size) / np.maximum(many, 1))
