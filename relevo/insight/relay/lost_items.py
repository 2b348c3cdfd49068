"""What a lost item costs: value that comes later, questions asked again, customers lost early, per item left empty.

Associations between customers of one segment, not proof. Pure functions of counted cells; `lost_items_of` reads them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from relevo.base.errors import DataRefused
from relevo.measures.estimators.cox import cox
from relevo.measures.estimators.lives import Estimate
from relevo.measures.estimators.pseudo_values import time_spent
from relevo.measures.estimators.slopes import within_slope

# Without a form that says how many items it asks for, the six of discovery.
ITEMS = 6
# Customers that an answer needs, and how many of them must have reached value, or have left.
LEAST, LEAST_EVENTS = 100, 30
HORIZON_DAYS = 180
EARLY_MONTHS = 12
ADJUSTED_FOR = ("segment",)

Whole = NDArray[np.int64]


class Cost(StrEnum):
    """What a lost item may cost."""

    LATER_VALUE = "later_value"
    SLOWER_VALUE = "slower_value"
    REASKS = "reasks"
    EARLY_CHURN = "early_churn"


@dataclass(frozen=True)
class LostItem:
    """One cost per item left empty at the hand-off after the sale, with its 95 % interval.

    `estimate` is in `unit`; `none` is the estimate that means no association. Where it is null, `missing` says how
    many `missing_of` are still lacking, or `why_not` why the data give none. `n` are the customers counted, `left_out`
    those of segments in which nobody was followed long enough. `innocent` are explanations that are not ruled out.
    """

    cost: Cost
    unit: str
    none: float
    n: int
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    missing: int = 0
    missing_of: str = ""
    why_not: str = ""
    left_out: int = 0
    method: str = ""
    caveat: str = ""
    adjusted_for: tuple[str, ...] = ADJUSTED_FOR
    innocent: tuple[str, ...] = ()

    @property
    def is_alarm(self) -> bool:
        """Whether the interval excludes that there is no association."""
        return self.low is not None and self.high is not None and not self.low <= self.none <= self.high


@dataclass(frozen=True)
class LostItems:
    """The four answers."""

    later_value: LostItem
    slower_value: LostItem
    reasks: LostItem
    early_churn: LostItem


@dataclass(frozen=True, eq=False)
class Cells:
    """Customers counted: `n` of a segment with so many empty items, a figure, and whether its event happened.

    The figure is days waited (event: value was reached), re-asks (event: always 1), or months stayed (event: left).
    """

    segment: Sequence[str]
    empty: Whole
    figure: Whole
    event: Whole
    n: Whole

    def only(self, keep: NDArray[np.bool_]) -> "Cells":
        """The cells for which a flag holds."""
        names = [s for s, k in zip(self.segment, keep, strict=True) if k]
        return Cells(names, self.empty[keep], self.figure[keep], self.event[keep], self.n[keep])

    @property
    def customers(self) -> int:
        """How many customers are counted."""
        return int(self.n.sum())


_PROOF = "Association, not proof: "
_LATER_VALUE = LostItem(
    Cost.LATER_VALUE, "days", 0.0, 0,
    method=(
        "Days without first value per item left empty, within segments: least squares of pseudo-values of the mean "
        f"restricted to {HORIZON_DAYS} days from the won deal, with a sandwich error. Who has not reached value is "
        "censored at the as-of day, or on leaving."
    ),
    caveat=_PROOF + "who leaves items empty may sell or serve otherwise differently. Days after the horizon do not "
    "count, so customers that never reach value weigh as those that need that long.",
    innocent=("The seller who fills in less also sells to customers that are harder to set up.",
              "In busy months hand-offs are shorter and everything takes longer."),
)  # fmt: skip
_SLOWER_VALUE = replace(
    _LATER_VALUE, cost=Cost.SLOWER_VALUE, unit="hazard_ratio", none=1.0,
    method="Pace of reaching first value per item left empty: Cox's model, segments as strata, Efron's ties; below 1 "
    "is slower. Who has not reached value is censored at the as-of day, or on leaving.",
    caveat=_PROOF + "who leaves items empty may sell or serve otherwise differently. One ratio stands for all days.",
)  # fmt: skip
_REASKS = LostItem(
    Cost.REASKS, "reasks", 0.0, 0,
    method="Re-asks per item left empty, within segments: Poisson model with identity link, fitted by least squares "
    "with a sandwich error. Hand-offs younger than 30 days are not counted.",
    caveat=_PROOF + "only re-asks that somebody noted are known.",
    innocent=("A receiver who checks closely returns more and notes more.",
              "Difficult customers are described less completely and asked more often."),
)  # fmt: skip
_EARLY_CHURN = LostItem(
    Cost.EARLY_CHURN, "hazard_ratio", 1.0, 0,
    method=f"Pace of leaving within {EARLY_MONTHS} months of the first MRR per item left empty: Cox's model, segments "
    "as strata, Efron's ties; above 1 is faster. Who still pays is censored.",
    caveat=_PROOF + "who leaves items empty may also sell to customers that do not fit.",
    innocent=("The seller who fills in less also sells to customers that fit less.",
              "Customers that were always going to leave give sellers less to write down."),
)  # fmt: skip


# Every text that is shown with an answer, for the catalogs of the pages.
TEXTS = tuple(t for each in (_LATER_VALUE, _SLOWER_VALUE, _REASKS, _EARLY_CHURN) for t in (each.method, each.caveat))


def lost_items(waits: Cells, reasks: Cells, stays: Cells) -> LostItems:
    """The four answers from customers counted by days waited, by re-asks, and by months stayed."""
    return LostItems(later_value(waits), slower_value(waits), more_reasks(reasks), early_churn(stays))


def later_value(waits: Cells, horizon: int = HORIZON_DAYS) -> LostItem:
    """Days of the first `horizon` without first value, per item left empty."""
    followed = _followed(waits, horizon)
    empty = replace(_LATER_VALUE, n=followed.customers, left_out=waits.customers - followed.customers)
    lacking = _lacking(empty, followed, "customers with first value")
    return lacking or _told(empty, lambda: _days_slope(followed, horizon))


def slower_value(waits: Cells) -> LostItem:
    """The factor on the pace of reaching first value, per item left empty."""
    empty = replace(_SLOWER_VALUE, n=waits.customers)
    return _lacking(empty, waits, "customers with first value") or _told(empty, lambda: _pace(waits))


def more_reasks(reasks: Cells) -> LostItem:
    """Re-asks per item left empty."""
    empty = replace(_REASKS, n=reasks.customers)
    return _lacking(empty, reasks, "customers") or _told(
        empty, lambda: within_slope(reasks.empty, reasks.figure, reasks.n, list(reasks.segment))
    )


def early_churn(stays: Cells, months: int = EARLY_MONTHS) -> LostItem:
    """The factor on the pace of leaving within `months` of the first MRR, per item left empty."""
    early = replace(
        stays, figure=np.minimum(stays.figure, months), event=np.where(stays.figure <= months, stays.event, 0)
    )
    empty = replace(_EARLY_CHURN, n=early.customers)
    return _lacking(empty, early, "customers lost") or _told(empty, lambda: _pace(early))


def _lacking(answer: LostItem, cells: Cells, events: str) -> LostItem | None:
    """The answer that says how many are lacking; None where there are enough."""
    if cells.customers < LEAST:
        return replace(answer, missing=LEAST - cells.customers, missing_of="customers")
    happened = int((cells.n * cells.event).sum())
    return replace(answer, missing=LEAST_EVENTS - happened, missing_of=events) if happened < LEAST_EVENTS else None


def _told(answer: LostItem, ask: Callable[[], Estimate]) -> LostItem:
    """The answer with its estimate, or with why the data give none."""
    try:
        found = ask()
    except DataRefused as refused:
        return replace(answer, why_not=str(refused))
    return replace(answer, estimate=found.value, low=found.low, high=found.high)


def _followed(cells: Cells, horizon: int) -> Cells:
    """The segments in which somebody was followed to the horizon, or the one followed longest reached value."""
    names = np.array(cells.segment)
    return cells.only(np.isin(names, [s for s in np.unique(names) if _is_followed(cells.only(names == s), horizon)]))


def _is_followed(segment: Cells, horizon: int) -> bool:
    longest = segment.figure.max()
    return bool(longest >= horizon or segment.event[segment.figure == longest].all())


def _days_slope(cells: Cells, horizon: int) -> Estimate:
    names = np.array(cells.segment)
    spent = np.zeros(len(names))
    for name in np.unique(names):
        mine = names == name
        spent[mine] = time_spent(cells.figure[mine], cells.event[mine], cells.n[mine], horizon)
    return within_slope(cells.empty, spent, cells.n, names)


def _pace(cells: Cells) -> Estimate:
    layer = np.unique(np.array(cells.segment), return_inverse=True)[1]
    fit = cox(cells.empty[:, None], cells.figure, cells.event, cells.n, strata=layer, names=["empty items"])
    term = fit.terms[0]
    return Estimate(term.hazard_ratio, term.standard_error, term.low, term.high)
