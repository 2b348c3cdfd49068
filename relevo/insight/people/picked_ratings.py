"""Who picks what is likelier to please, and who takes unasked what is not: picks beside the ratings to be expected.

Ratings and picks are of two crafts; neither alone says whether somebody looks for happy customers (row S0-49), or
takes on the cases of which a great rating is least to be expected (row S0-51). A case that waits is expected to be
rated as the average colleague would have been who gets it at that moment: its traits at arrival, and how long the
customer has waited by then. The votes of its own fold of customers are left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import ibis
import ibis.expr.types as ir
import numpy as np
from numpy.typing import NDArray

from relevo.book.book import Book
from relevo.book.schema import Tables
from relevo.measures.asking import frame_of
from relevo.measures.assumptions import Assumptions
from relevo.measures.card import Ask, Frame, Record
from relevo.measures.estimators.expected_votes import Method, expected
from relevo.measures.estimators.picked_scores import Scored, Taste, tastes
from relevo.measures.estimators.picks import NOBODY
from relevo.measures.estimators.shield import hard_line
from relevo.measures.estimators.voted import Codes, Voted
from relevo.measures.slices import NONE
from relevo.measures.support.avoidance import AVOIDANCE, QUEUE, taken
from relevo.measures.support.happiness import HAPPINESS
from relevo.measures.support.vote_cells import cells
from relevo.measures.support.votes import ANSWERS, NO_HANDLERS, PERSON, TRAITS, WAITED, WHOLE, fold_of

METHOD = (
    "Each pick's expected rating less the mean of all that waited in its queue then, against random picking: the "
    "variances among what waited add up. Expected: as happiness in context expects it, by the ratings of a year. Read "
    "beside the colleagues' (Benjamini and Hochberg 1995)."
)
CAVEAT = (
    "Who works from the oldest on, or lacks a language or a right, picks otherwise than at random without any liking. "
    "It begins a talk and proves nothing."
)
# Months of 30 days whose ratings tell what to expect, as a year's conversations tell the expected minutes.
RATED_MONTHS = 12
# What of a case is known when it arrives; how long it waits changes, and nobody has replied yet.
_KNOWN = TRAITS[:5]
# What is alike is equal, whatever the machine.
_DIGITS = 6
_NEVER = np.iinfo(np.int64).max
Case = tuple[str | int, ...]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Choosing:
    """One person's three months: the choices, and the hard cases that came to it, `unasked` of them by own choice.

    `taste` is None for who never had a choice. Hard is what is expected to be rated like the lowest fifth of the
    year's ratings, or worse.
    """

    taste: Taste | None
    hard: int
    unasked: int


@dataclass(frozen=True)
class PickedRatings:
    """Everybody who picked or got a case, by person_id, and by which method ratings are expected; none below 30."""

    people: Mapping[str, Choosing]
    method: Method


def picked_ratings(book: Book, assumptions: Assumptions | None = None) -> PickedRatings:
    """Everybody in the three months of `avoidance`, which end with the book's day's."""
    asked = Ask(by=PERSON, months=RATED_MONTHS, assumptions=assumptions or Assumptions())
    votes = cells(book.tables, frame_of(book, HAPPINESS.card, asked))
    line = waited_for(book.tables, frame_of(book, AVOIDANCE.card, Ask()))
    return of_rows(book.run(line).dicts(), book.run(votes).dicts())


def waited_for(tables: Tables, frame: Frame) -> ir.Table:
    """What waited in the window: from when to when, who picked it, who got it, what was known of it, and its fold."""
    rows = taken(tables, frame)
    known = {name: rows[name].fill_null(NONE) for name in _KNOWN}
    return rows.select(
        "begun", "left", "picker", "taker", **known,
        fold=fold_of(ibis.coalesce(rows.customer_id, rows.conversation_id)),
    )  # fmt: skip


def of_rows(line: Sequence[Record], votes: Sequence[Record]) -> PickedRatings:
    """The same from the rows of `waited_for` and of the votes' cells."""
    cases = [tuple(row[name] for name in (*_KNOWN, "fold")) for row in line]
    kinds = sorted(set(cases))
    points, method, hard = expected_scores(votes, [(*kind[:5], name, kind[5]) for kind in kinds for _, name in WAITED])
    if method is Method.NONE:
        return PickedRatings({}, method)
    place = {kind: i for i, kind in enumerate(kinds)}
    scores = points.reshape(len(kinds), len(WAITED))[[place[case] for case in cases]]
    liked = _tastes(line, scores)
    got = _hard_ones(line, scores, hard)
    names = sorted({*liked, *got})
    return PickedRatings({name: Choosing(liked.get(name), *got.get(name, (0, 0))) for name in names}, method)


def expected_scores(votes: Sequence[Record], cases: Sequence[Case]) -> tuple[NDArray[np.float64], Method, float]:
    """What is expected of cases, in points, as rows that nobody voted on; and from where down a vote's case is hard."""
    if not votes:
        return np.empty(0), Method.NONE, float("-inf")
    rows = sorted(votes, key=lambda row: tuple(str(row[name]) for name in (*TRAITS, PERSON, "fold")))
    unrated = [(*case[:-1], NO_HANDLERS) for case in cases]
    traits = [_codes([*(str(r[name]) for r in rows), *(str(c[k]) for c in unrated)]) for k, name in enumerate(TRAITS)]
    person, folds = _codes([str(row[PERSON]) for row in rows]), [*(r["fold"] for r in rows), *(c[-1] for c in cases)]
    counts = np.array([[row[name] for name in ANSWERS] for row in rows], dtype=np.float64) / WHOLE
    more, n = len(cases), counts.sum(axis=1)
    made = Voted(
        np.stack(traits, axis=1), np.pad(person, (0, more)), np.array(folds, dtype=np.intp),
        np.pad(counts, ((0, more), (0, 0))), np.zeros(len(rows) + more),
    )  # fmt: skip
    found = expected(made)
    points = found.points.round(_DIGITS)
    return points[len(rows) :], found.method, hard_line(points[: len(rows)], n)


def _codes(names: Sequence[str]) -> Codes:
    return np.unique(np.array(names), return_inverse=True)[1].astype(np.intp)


def _tastes(line: Sequence[Record], scores: NDArray[np.float64]) -> dict[str, Taste]:
    """Everybody's choices. A case lies in the line once for every part of its wait, with what is expected then."""
    queues = _codes(["\0".join(row[name] for name in QUEUE) for row in line]).astype(np.int64)
    people = sorted({row["picker"] for row in line if row["picker"] is not None})
    number = {name: i for i, name in enumerate(people)}
    begun, left = (np.array([row[name] for row in line], dtype=np.int64) for name in ("begun", "left"))
    picker = np.array([number.get(row["picker"], NOBODY) for row in line], dtype=np.int64)
    parts = [_part(queues, begun, left, picker, scores[:, k], *ends) for k, ends in enumerate(_ends())]
    whole = Scored(*(np.concatenate(column) for column in zip(*parts, strict=True)))
    return {people[who]: one for who, one in tastes(whole).items()}


def _ends() -> list[tuple[int, int]]:
    """The first and the last second of each part of a wait."""
    begins = [*(second for second, _ in WAITED), _NEVER]
    return [(first, then - 1) for first, then in pairwise(begins)]


def _part(
    queue: Ints, begun: Ints, left: Ints, picker: Ints, score: NDArray[np.float64], first: int, last: int
) -> tuple[Ints, Ints, Ints, NDArray[np.float64], Ints]:
    """The cases that waited so long, for as long as they did; whoever picked one did so in the part that ends it."""
    waited = left - begun
    there, ends = waited >= first, waited <= last
    until = np.where(ends, left, begun + np.minimum(last, waited))
    who = np.where(ends, picker, NOBODY)
    return queue[there], (begun + first)[there], until[there], score[there], who[there]


def _hard_ones(line: Sequence[Record], scores: NDArray[np.float64], hard: float) -> dict[str, tuple[int, int]]:
    """By person the hard cases that it got first, and how many of them by its own choice."""
    begins, found = [second for second, _ in WAITED], dict[str, tuple[int, int]]()
    for row, score in zip(line, scores, strict=True):
        taker = row["taker"]
        if taker is None:
            continue
        is_hard = score[np.searchsorted(begins, row["left"] - row["begun"], side="right") - 1] <= hard
        many, unasked = found.get(taker, (0, 0))
        found[taker] = (many + int(is_hard), unasked + int(is_hard and row["picker"] == taker))
    return found
