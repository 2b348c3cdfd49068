"""Whether the hard work lies on a few (row S0-44), and which topics go when one person goes."""

from collections.abc import Mapping
from dataclasses import dataclass

from relevo.book.book import Book
from relevo.measures.asking import frame_of
from relevo.measures.card import Ask, Record
from relevo.measures.estimators.balance import Holder, gini, jain, single_holders, top_share
from relevo.measures.estimators.counts import shared_by_chance
from relevo.measures.slices import NONE
from relevo.measures.support.effort import cell_of, effort_of, finished
from relevo.measures.support.load import LOAD, Carried, carried, hours, work

# Somebody has so much more than their part of the hours, and chance is so unlikely to make it. Defaults to be edited.
MUCH_MORE = 1.5
BELIEVED = 0.01


@dataclass(frozen=True)
class Balance:
    """How hard minutes lie on those who replied, per available hour; on their own where no shifts are known.

    `gini` is 0 for an equal split, `jain` 1. `top_share` is the part of whoever has most of the hard minutes and
    `fair_share` that person's part of the hours (or of the team). `p` is how likely chance alone shares the hard cases
    so unevenly; None where there is nothing to share. `is_flagged` says that the top share is much more than fair and
    that chance does not explain it. `n` are people, `hard_minutes` all there is to share.
    """

    n: int
    hard_minutes: float
    gini: float | None
    jain: float | None
    top_person: str | None
    top_share: float | None
    fair_share: float | None
    p: float | None
    is_flagged: bool
    by_hours: bool
    holders: tuple[Holder, ...]


def balance(book: Book, months: int = 3) -> Balance:
    """How the hard work of a window lies on the team: on everybody who was on shift, or else replied."""
    frame = frame_of(book, LOAD.card, Ask(months=months))
    rows = book.run(work(book.tables, frame)).dicts()
    effort = effort_of(book.run(finished(book.tables, frame)).dicts(), [cell_of(row) for row in rows])
    there = {str(r["person_id"]): int(r["seconds"]) for r in book.run(hours(book.tables, frame)).dicts()}
    return balance_of(carried(rows, effort), there, single_holders(topics(rows)))


def topics(rows: list[Record]) -> dict[str, dict[str, int]]:
    """Cases by category and person, from the rows of `work`."""
    held: dict[str, dict[str, int]] = {}
    for row in rows:
        by = held.setdefault(str(row["category"] or NONE), {})
        by[str(row["person_id"])] = by.get(str(row["person_id"]), 0) + int(row["cases"])
    return held


def balance_of(people: Mapping[str, Carried], there: Mapping[str, int], holders: tuple[Holder, ...] = ()) -> Balance:
    """The same from what each carried and the seconds each was there.

    With shifts, who has none is left out: nobody knows what would be a fair part.
    """
    names = sorted(there) if there else sorted(people)
    exposure = [there[name] for name in names] if there else [1] * len(names)
    none = Carried()
    minutes = [sum(people.get(name, none).hard_by_week.values()) for name in names]
    cases = [people.get(name, none).hard for name in names]
    total = sum(minutes)
    if not total:
        return Balance(len(names), 0.0, None, None, None, None, None, None, False, bool(there), holders)
    pace = [each / open_to for each, open_to in zip(minutes, exposure, strict=True)]
    top = max(range(len(names)), key=lambda k: minutes[k])
    share, fair = top_share(minutes), exposure[top] / sum(exposure)
    p = shared_by_chance(cases, exposure).p
    return Balance(
        n=len(names), hard_minutes=total, gini=gini(pace), jain=jain(pace), top_person=names[top], top_share=share,
        fair_share=fair, p=p, is_flagged=p is not None and p < BELIEVED and share > MUCH_MORE * fair,
        by_hours=bool(there), holders=holders,
    )  # fmt: skip
