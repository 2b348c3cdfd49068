"""Net and gross retention over time by either method, and why the two methods say different things."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

import ibis
import ibis.expr.types as ir

from relevo.answers.measures import MeasureAnswer, show
from relevo.answers.reading import Reading
from relevo.answers.values import Sentence, rate
from relevo.base.errors import WrongUse
from relevo.base.money import half_up, mrr_from_base
from relevo.base.periods import month_text, parse_month
from relevo.book.book import Book, Tables
from relevo.book.remembering import Remembered
from relevo.book.schema import EXACT
from relevo.measures.asking import frame_of
from relevo.measures.card import Ask, Frame
from relevo.measures.catalog import find
from relevo.measures.revenue.levels import windows

YEAR = 12
Method = Literal["cohort", "movement"]
COHORT: Final = "cohort"
MOVEMENT: Final = "movement"
METHODS: tuple[Method, ...] = (COHORT, MOVEMENT)
NET, GROSS = "net_revenue_retention", "gross_revenue_retention"
# A change smaller than half a point is called steady.
STEADY = 0.005
_LOSSES = ("contraction", "churn")
_GAPS: Remembered["MethodGap | None"] = Remembered(4)
_Sums = Mapping[tuple[str, bool], int]
_Kept = Mapping[tuple[str, str], Mapping[str, Any]]


@dataclass(frozen=True)
class GapLine:
    """One step from what one method calls kept to what the other does, in minor units; None where it has no part."""

    code: str
    net: int | None
    gross: int | None


@dataclass(frozen=True)
class MethodGap:
    """The year that ended with a month by both methods: lines from the cohort's kept revenue to that by movements.

    Of either column the first line plus those between is the last one, to the cent.
    """

    month: str
    currency: str
    opening: int
    lines: tuple[GapLine, ...]
    sentence: Sentence


@dataclass(frozen=True)
class Retention:
    """Both rates over two years by one method. `gap` is None where there is no year of history."""

    method: str
    net: MeasureAnswer
    gross: MeasureAnswer
    title: Sentence
    gap: MethodGap | None


def retention(reading: Reading, method: str = "") -> Retention:
    """Net and gross retention of the last 24 month ends; by the method of the house where none is asked.

    WrongUse for a method that is none.
    """
    chosen = next((each for each in METHODS if each == (method or _of_house(reading))), None)
    if chosen is None:
        raise WrongUse(f"{method[:40]!r} is not a method of retention.", f"Ask one of {', '.join(METHODS)}.")
    last = reading.company_book.last_complete_month
    asked = _by_method(reading, chosen)
    net, gross = (show(asked, name, Ask(first=last - 2 * YEAR + 1, last=last)) for name in (NET, GROSS))
    gap = _GAPS.get(reading.company_book, "methods", lambda: _gap(reading, last))
    return Retention(chosen, net, gross, _title(net, gross), gap)


def _of_house(reading: Reading) -> str:
    held = reading.company_book.policy.nrr_method
    return held if held in METHODS else COHORT


def _by_method(reading: Reading, method: Method) -> Reading:
    """The same reading whose book counts retention by a method; everything else stays, so no roll-up is made again."""
    book = reading.company_book
    policy = replace(book.policy, nrr_method=method)
    return reading if policy == book.policy else replace(reading, published=book.at(policy=policy))


def _title(net: MeasureAnswer, gross: MeasureAnswer) -> Sentence:
    now, before, kept = net.last(), _year_before(net), gross.last()
    if now.get("rate") is None:
        return Sentence("retention.too_early")
    values = {"net": rate(now["rate"]), "gross": rate(kept["rate"]), "before": rate(before.get("rate"))}
    if before.get("rate") is None:
        return Sentence("retention.now", values)
    moved = now["rate"] - before["rate"]
    if abs(moved) < STEADY:
        return Sentence("retention.steady", values)
    return Sentence("retention.rose" if moved > 0 else "retention.fell", values)


def _year_before(answer: MeasureAnswer) -> Mapping[str, Any]:
    """The row of the month a year before the last one; an empty mapping where there is none."""
    if not answer.rows:
        return {}
    wanted = month_text(parse_month(answer.rows[-1]["month"]) - YEAR)
    return next((row for row in answer.rows if row["month"] == wanted), {})


def _gap(reading: Reading, last: int) -> MethodGap | None:
    ask = Ask(first=last, last=last)
    both = {m: _by_method(reading, m) for m in METHODS}
    kept: _Kept = {(m, name): show(both[m], name, ask).last() for m in METHODS for name in (NET, GROSS)}
    by_cohort, by_moves = kept[COHORT, NET], kept[MOVEMENT, NET]
    if by_cohort.get("rate") is None or by_moves.get("rate") is None:
        return None
    cents = {key: int(row["kept_cents"]) for key, row in kept.items()}
    book = reading.company_book
    return MethodGap(
        month=by_cohort["month"],
        currency=book.company.currency,
        opening=int(by_cohort["opening_cents"]),
        lines=_lines(cents, _sums(book, last)),
        sentence=_gap_sentence(kept),
    )


def _lines(kept: Mapping[tuple[str, str], int], sums: _Sums) -> tuple[GapLine, ...]:
    """What customers that came later did, what others made good, and what is left: exchange rates and roundings."""
    came = _cents(sums, (*_LOSSES, "expansion"), there=False)
    back = -_cents(sums, ("reactivation",), there=True)
    came_lost = _cents(sums, _LOSSES, there=False)
    net, gross = (kept[MOVEMENT, name] - kept[COHORT, name] for name in (NET, GROSS))
    return (
        GapLine(COHORT, kept[COHORT, NET], kept[COHORT, GROSS]),
        GapLine("came_later", came, came_lost),
        GapLine("made_good", back, gross - came_lost),
        GapLine("exchange", net - came - back, None),
        GapLine(MOVEMENT, kept[MOVEMENT, NET], kept[MOVEMENT, GROSS]),
    )


def _cents(sums: _Sums, kinds: tuple[str, ...], *, there: bool) -> int:
    return half_up(mrr_from_base(sum(sums.get((kind, there), 0) for kind in kinds)))


def _sums(book: Book, last: int) -> _Sums:
    """Exact movements of the year by kind, and by whether the customer paid when it opened."""
    frame = frame_of(book, find(NET).card, Ask(first=last, last=last))
    return {(r["kind"], r["there"]): int(r["base_e16"]) for r in book.run(_moves(book.tables, frame)).dicts()}


def _moves(tables: Tables, frame: Frame) -> ir.Table:
    opened = windows(tables, frame).select("customer_id").distinct().mutate(there=ibis.literal(True))
    end = frame.ends[-1]
    moves = tables.movement.filter(lambda t: (t.month > end - frame.window) & (t.month <= end))
    known = moves.left_join(opened, "customer_id")
    rows = known.select("kind", "base_e16", there=known.there.fill_null(False))
    return rows.group_by("kind", "there").aggregate(base_e16=rows.base_e16.sum().cast(EXACT))


def _gap_sentence(kept: _Kept) -> Sentence:
    cohort, movement = kept[COHORT, NET]["rate"], kept[MOVEMENT, NET]["rate"]
    values = {"cohort": rate(cohort), "movement": rate(movement)}
    return Sentence("methods.same" if abs(cohort - movement) < STEADY / 10 else "methods.differ", values)
