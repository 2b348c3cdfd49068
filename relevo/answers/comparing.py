"""Two books beside each other: which figures differ, for which customers, and why as far as it is known.

The same book may stand on both sides, as reported and as restated, or under two policies.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction

from relevo.answers.cells import Change, cells_between, key_columns
from relevo.answers.comparing_causes import Causes
from relevo.answers.reading import Reading
from relevo.base.money import half_up, mrr_from_base
from relevo.base.periods import month_text, parse_month
from relevo.measures.asking import ask as ask_book
from relevo.measures.asking import frame_of
from relevo.measures.card import Ask, View
from relevo.measures.catalog import find
from relevo.measures.definitions import definitions
from relevo.measures.revenue.reported import evidence_by_month

BRIDGE = "mrr_movements"
POLICY = "policy"


@dataclass(frozen=True)
class Side:
    """One side of a comparison: the book, how it came to be, and how its closed months are told."""

    book: str
    as_of: date
    built_at: datetime
    known_at: datetime | None
    policy: str
    policy_hash: str
    view: str
    closed_through: str | None


@dataclass(frozen=True)
class CustomerChange:
    """What a part of one customer's month is on both sides, in minor units, and why it differs.

    Where the policy and the data both changed it, each has a row of its own, and they follow on one another.
    """

    customer_id: str
    month: str
    part: str
    before_cents: int
    after_cents: int
    cause: str


@dataclass(frozen=True)
class Comparison:
    """What differs between two sides. `redefined` names the measures that another release computed for one of them;
    figures on both sides are computed by this release, from roll-ups that each book's own release made.
    """

    before: Side
    after: Side
    measure: str
    redefined: tuple[str, ...]
    cells: tuple[Change, ...]
    customers: tuple[CustomerChange, ...]
    by_cause: Mapping[str, int]

    @property
    def is_equal(self) -> bool:
        """Whether no figure differs."""
        return not self.cells and not self.customers


def compare(
    reading: Reading, other: Reading, name: str, ask: Ask, views: tuple[View | None, View | None]
) -> Comparison:
    """What a measure answers over two books, and what each customer's months are in both.

    Customers are compared over the months whose figures differ. NotReady before the first book; WrongUse for what
    cannot be asked of the measure.
    """
    cells = tuple(changed_cells(reading, other, name, ask, views))
    months = sorted({parse_month(c.row["month"]) for c in cells if "month" in c.row})
    customers = _customers(reading, other, months, views) if months else ()
    return Comparison(
        _side(reading, views[0]), _side(other, views[1]), name, redefined(reading, other), cells, customers,
        dict(Counter(cause for _, cause in {(c.customer_id, c.cause) for c in customers})),
    )  # fmt: skip


def redefined(reading: Reading, other: Reading) -> tuple[str, ...]:
    """Measures whose card or code differs between the releases that made two books; 'roll-ups' for what all share."""
    one, two = (side.company_book.manifest.definitions or definitions() for side in (reading, other))
    return tuple(name or "roll-ups" for name in sorted({*one, *two}) if one.get(name) != two.get(name))


def changed_cells(
    reading: Reading, other: Reading, name: str, ask: Ask, views: tuple[View | None, View | None]
) -> Iterable[Change]:
    """The cells of a measure that differ between two books, row by row in the order of the answers."""
    one, two = (
        ask_book(side.company_book, name, replace(ask, view=view)).rows
        for side, view in zip((reading, other), views, strict=True)
    )
    return cells_between(one, two, {*key_columns(name), *([ask.by] if ask.by else [])})


def _side(reading: Reading, view: View | None) -> Side:
    book = reading.company_book
    through = book.closed_through
    made = book.manifest
    shown = "reported" if through is not None and view != "restated" else "restated"
    closed = None if through is None else month_text(through)
    return Side(book.id, book.as_of, made.built_at, made.known_at, book.policy.name, book.policy.hash, shown, closed)


def _customers(
    reading: Reading, other: Reading, months: Sequence[int], views: tuple[View | None, View | None]
) -> tuple[CustomerChange, ...]:
    """Differences customer by customer: first what the policy alone does, then what the data do."""
    before, after = reading.money_book, other.money_book
    one, two = customer_parts(reading, months, views[0]), customer_parts(other, months, views[1])
    if before.policy == after.policy:
        return _told(one, two, Causes(before, after, views))
    between = replace(reading, published=reading.company_book.at(policy=after.policy))
    middle = customer_parts(between, months, "restated")
    return (*_told(one, middle, None), *_told(middle, two, Causes(between.money_book, after, views)))


Parts = Mapping[tuple[str, int, str], Fraction]


def customer_parts(reading: Reading, months: Sequence[int], view: View | None) -> Parts:
    """Exact MRR in minor units by customer, month and part of the bridge; parts of 0 are left out."""
    book = reading.money_book
    frame = frame_of(book, find(BRIDGE).card, Ask(first=months[0], last=months[-1], view=view))
    source = book.in_files if frame.closed_through is not None else book
    found = source.run(evidence_by_month(book.tables, frame, months)).dicts()
    return {(r["customer_id"], r["month"], r["part"]): mrr_from_base(int(r["base_e16"])) for r in found}


def _told(before: Parts, after: Parts, causes: Causes | None) -> tuple[CustomerChange, ...]:
    """The parts that differ, with the cause of each customer; without `causes` the policy is the only one."""
    differ = sorted(key for key in {*before, *after} if before.get(key, 0) != after.get(key, 0))
    named = causes.of({key[0] for key in differ}) if causes else {}
    return tuple(
        CustomerChange(
            customer, month_text(month), part, half_up(before.get(key, Fraction(0))),
            half_up(after.get(key, Fraction(0))), named.get(customer, POLICY),
        )
        for key in differ
        for customer, month, part in [key]
    )  # fmt: skip
