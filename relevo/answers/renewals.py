"""Contracts that end soon, as Today and Ahead tell them: how many, how much, and the first of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from relevo.answers.measures import MeasureAnswer, show
from relevo.answers.reading import Reading
from relevo.answers.values import Figure, RowsAsk, Tile, Value, money
from relevo.measures.card import Ask


@dataclass(frozen=True)
class Renewals:
    """What comes up for renewal, of the customers whose amounts the viewer sees."""

    due: MeasureAnswer

    @property
    def found(self) -> int:
        """How many contracts end."""
        return len(self.due.rows)

    @property
    def mrr(self) -> Value:
        """The MRR of all of them."""
        return self._mrr_of(lambda _row: True)

    def first(self, most: int) -> tuple[Mapping[str, Any], ...]:
        """Those that end first, the largest of a day before the others."""
        ordered = sorted(self.due.rows, key=lambda r: (r["term_end_on"], -(r["mrr_cents"] or 0), r["customer_id"]))
        return tuple(ordered[:most])

    def tile(self) -> Tile:
        """Their MRR, read with how much of it does not renew by itself."""
        rows, by_hand = RowsAsk("renewals_due"), self._mrr_of(lambda row: row["auto_renew"] is not True)
        return Tile(
            figure=Figure("renewals_due", "renewals", self.mrr, rows),
            partner=Figure("renewals_due", "renewals_by_hand", by_hand, rows),
            n=self.found,
            as_of=self.due.as_of,
            scope=self.due.scope,
        )

    def _mrr_of(self, counts: Callable[[Mapping[str, Any]], bool]) -> Value:
        return money(sum(r["mrr_cents"] or 0 for r in self.due.rows if counts(r)), self.due.currency)


def renewals(reading: Reading) -> Renewals:
    """The contracts that end in the next 90 days, as of the book. NotReady before the first book."""
    return Renewals(show(reading, "renewals_due", Ask()))
