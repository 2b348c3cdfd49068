"""How far two colleagues who judge the same conversation blind agree: raw, beyond chance, and with what prevalence."""

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any

import ibis.expr.types as ir
import numpy as np

from relevo.book.schema import Tables
from relevo.measures.card import Card, Direction, Found, Frame, Kind, Model, Out, Record, Unit
from relevo.measures.estimators.agreement import Weights, alpha, cohen
from relevo.measures.support.review_rows import WINDOW, marks, six

Pair = tuple[int, int]


def pairs(tables: Tables, frame: Frame) -> ir.Table:
    """Marks of the window that belong to a pair, drawn at random or not."""
    rows = marks(tables, frame)
    told = rows.filter(rows.pair_id.notnull()).select(
        "criterion", "pair_id", "person_id", "reviewer_id", "review_id", "score", "max_score"
    )
    return told.order_by("criterion", "pair_id", "review_id")


def _finish(found: Found, _frame: Frame) -> list[Record]:
    return [{"criterion": name, **_row(both)} for name, both in sorted(_pairs(found[""]).items())]


def _pairs(rows: Iterable[Mapping[str, Any]]) -> dict[str, list[Pair]]:
    """Both marks of each pair by criterion; two by one reviewer, or of other scales, are none."""
    judged: dict[tuple[str, str, str], list[Mapping[str, Any]]] = {}
    for row in rows:
        judged.setdefault((row["criterion"], row["pair_id"], row["person_id"]), []).append(row)
    found: dict[str, list[Pair]] = {}
    for (criterion, _, _), group in judged.items():
        for one, other in combinations(group, 2):
            if one["reviewer_id"] != other["reviewer_id"] and one["max_score"] == other["max_score"]:
                found.setdefault(criterion, []).append((one["score"], other["score"]))
    return found


def _row(both: list[Pair]) -> Record:
    """Reviewers rotate, so that none is the first: each pair is counted half in either order."""
    values = sorted({mark for pair in both for mark in pair})
    table = np.zeros((len(values), len(values)))
    for one, other in both:
        table[values.index(one), values.index(other)] += 0.5
        table[values.index(other), values.index(one)] += 0.5
    plain, weighted = cohen(table), cohen(_with_gaps(values, table), Weights.LINEAR)
    usual = int(np.argmax(plain.prevalence))
    return {
        "n": plain.n, "raw": six(plain.raw), "kappa": six(plain.kappa), "weighted_kappa": six(weighted.kappa),
        "alpha": six(alpha(both)), "usual_mark": values[usual], "prevalence": six(plain.prevalence[usual]),
    }  # fmt: skip


def _with_gaps(values: list[int], table: np.ndarray) -> np.ndarray:
    """The table with empty lines for points that nobody gave: 1 and 4 are three apart."""
    size, whole = values[-1] - values[0] + 1, [value - values[0] for value in values]
    wide = np.zeros((size, size))
    wide[np.ix_(whole, whole)] = table
    return wide


REVIEW_AGREEMENT = Model(
    Card(
        name="review_agreement",
        title="Agreement of reviewers",
        question="Do two colleagues who judge the same answers without seeing each other's marks agree?",
        unit=Unit.RATE,
        grain="one row per criterion that two judged",
        direction=Direction.UP,
        kind=Kind.CONTEXT,
        read_with=("review_scores",),
        columns=(
            Out("criterion", Unit.TEXT, "What was judged."),
            Out("n", Unit.COUNT, "Pairs of marks."),
            Out("raw", Unit.RATE, "Part of the pairs with equal marks."),
            Out("kappa", Unit.RATIO, "Agreement beyond chance, marks as names; null where all marks are one."),
            Out("weighted_kappa", Unit.RATIO, "The same, a disagreement counting by its distance."),
            Out("alpha", Unit.RATIO, "Krippendorff's alpha, marks as an order: 0.667 is tentative, 0.8 good."),
            Out("usual_mark", Unit.COUNT, "The most frequent mark."),
            Out("prevalence", Unit.RATE, "How often it was given: where it is near 1, kappa is low in spite of all."),
        ),
        definition=(
            "Marks of the window by two reviewers of one conversation, drawn at random or not, who did not see each "
            "other's. Raw agreement, a coefficient and prevalence are read together: the same 85 % of equal marks are "
            "a kappa of 0.70 where good and bad are as frequent, and 0.32 where nearly all is good. Reviewers rotate, "
            "so that each pair counts half in either order."
        ),
        source="Cohen 1960 and 1968, Krippendorff 2004, Feinstein and Cicchetti 1990.",
        months=WINDOW,
        can_slice=False,
        has_months=False,
    ),
    {"": pairs},
    _finish,
)
