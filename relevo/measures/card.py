"""What every measure must say of itself, and what can be asked of it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal

import ibis.expr.types as ir

from relevo.base.errors import WrongUse
from relevo.base.periods import Grain, end_of_day_utc
from relevo.book.book import Book, Tables
from relevo.book.policy import Policy
from relevo.measures.assumptions import Assumptions

Record = dict[str, Any]
# As reported: closed months as they were closed. Restated: the book alone.
View = Literal["reported", "restated"]


class Kind(StrEnum):
    """An efficiency never stands without an outcome beside it; context explains."""

    EFFICIENCY = "efficiency"
    OUTCOME = "outcome"
    CONTEXT = "context"


class Direction(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"
    NONE = "none"


class Unit(StrEnum):
    """What a column counts; it decides how a surface prints it."""

    MONTH = "month"
    MONEY = "money"
    RATE = "rate"
    RATIO = "ratio"
    COUNT = "count"
    MONTHS = "months"
    SECONDS = "seconds"
    TEXT = "text"
    DATE = "date"
    INSTANT = "instant"
    BOOLEAN = "boolean"


@dataclass(frozen=True)
class Out:
    """One column of a measure's answer: its name, unit and meaning."""

    name: str
    unit: Unit
    doc: str


# Figures that may never be an input of pay, whatever a plan says, and why: measures of the catalog, and words under
# which such figures are known elsewhere (rows S0-49, S0-51).
NEVER_PAID: Mapping[str, str] = {
    **dict.fromkeys(
        ("happiness", "csat", "dsat", "nps", "ces", "ratings", "satisfaction", "great", "smileys", "stars"),
        "Whoever is paid for ratings stops taking hard cases, and asks for ratings.",
    ),
    **dict.fromkeys(("waits", "waits_compat", "support_map"), "Speed is a promise to the customer and no quota."),
    **dict.fromkeys(("load", "work_types"), "Load is there to be shared out evenly, and to be spared."),
    "avoidance": "A sign that somebody may avoid cases begins a talk and proves nothing.",
    **dict.fromkeys(
        (
            "reviews", "review_scores", "review_trend", "review_accuracy", "review_agreement", "review_severity",
            "coaching",
        ),
        "Peers stop reviewing honestly once it costs a colleague money.",
    ),
    "retention_after_contact": "Whom a customer met is no cause of staying that one person could be paid for.",
}  # fmt: skip


# The own dimension under which figures of persons are added up to those of their teams.
TEAM = "team"


@dataclass(frozen=True)
class Dimension:
    """A dimension that only one measure has: a column of what it counts and not a trait of customers.

    `is_person` says that its values are ids of colleagues, so that a cut by it belongs to who may see them.
    """

    name: str
    doc: str
    is_person: bool = False


@dataclass(frozen=True)
class Card:
    """A measure's definition as everyone reads it.

    `read_with` names the measures it must be read beside. `months` is the default window where the measure has one,
    and 0 where it may be asked for one and covers all of history without. `own_dimensions` are those by which it can
    be cut and filtered beside the ones that every customer has.
    `has_reported` says that it can be asked as reported once months are closed.
    `assumes` names the fields of `Assumptions` on which the figures depend. What is `never_scoped` is the company's
    figure for every viewer: it is not cut down to somebody's customers.
    `starts_with` is the table and the column of months whose earliest is the first month told of by default.
    `from_stage` is the stage of the company from which it is shown at all; where it is not 0, teams and persons are
    told apart in it at later stages only, and a measure of persons that can be cut by `TEAM` is told by team before.
    `ends_earlier` says that a measure without months can be asked as of the end of an earlier month (`--to`), because
    what it counts depends on no day: the ledger of conversations.
    """

    name: str
    title: str
    question: str
    unit: Unit
    grain: str
    direction: Direction
    kind: Kind
    read_with: tuple[str, ...]
    columns: tuple[Out, ...]
    definition: str
    source: str
    months: int | None = None
    can_slice: bool = True
    has_months: bool = True
    version: int = 1
    has_reported: bool = False
    assumes: tuple[str, ...] = ()
    never_scoped: bool = False
    own_dimensions: tuple[Dimension, ...] = ()
    starts_with: tuple[str, str] = ("customer_start", "first_month")
    from_stage: int = 0
    ends_earlier: bool = False

    @property
    def payable(self) -> bool:
        """Whether a pay plan may be made of it at all: see `check_payable`."""
        return why_not_payable(self.name) is None

    @property
    def is_of_persons(self) -> bool:
        """Whether each row is about one colleague, so that it belongs to that person and to who leads them.

        A row of a customer that names who holds it belongs to those who may see the customer.
        """
        names = {column.name for column in self.columns}
        return "person_id" in names and "customer_id" not in names


def why_not_payable(name: str) -> str | None:
    """Why what is called so can be no input of pay; None where it can.

    A name of `NEVER_PAID` is found in any form: as a part ("happiness.raw"), in other words or another case ("Average
    CSAT by person"), in the singular.
    """
    words = _words(name)
    for barred, reason in NEVER_PAID.items():
        wanted = _words(barred)
        if any(words[at : at + len(wanted)] == wanted for at in range(len(words))):
            return reason
    return None


def _words(name: str) -> list[str]:
    """The words of a name in small letters and without the s of the plural; CamelCase is several words."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return [word.rstrip("s") for word in re.findall(r"[^\W\d_]+", apart.casefold())]


def check_payable(name: str) -> None:
    """Raise WrongUse for a figure that may never be an input of pay; every plan has to ask this of its inputs."""
    reason = why_not_payable(name)
    if reason is not None:
        raise WrongUse(
            f"{name} cannot be an input of pay. {reason}",
            "Read it in context, in a talk; pay for what customers do, such as staying and growing.",
        )


@dataclass(frozen=True)
class Ask:
    """What is asked of a measure; None means the card's or the book's default.

    Months are month indexes (`relevo.base.periods`), both ends included. `where` keeps customers whose value of a
    dimension, taken as `by` takes it, is one of the given ones. `theirs` is the policy that a reconciliation begins
    with, and `stated` what another tool says MRR is, in minor units by month.
    `view` is how closed months are told; as reported by default, where the measure can be.
    """

    by: str | None = None
    first: int | None = None
    last: int | None = None
    months: int | None = None
    grain: Grain = Grain.MONTH
    where: tuple[tuple[str, str], ...] = ()
    assumptions: Assumptions = field(default_factory=Assumptions)
    theirs: Policy | None = None
    stated: tuple[tuple[int, int], ...] = ()
    view: View | None = None


@dataclass(frozen=True)
class Frame:
    """An ask with every default filled in for one book: the month ends asked for, the window, the slice.

    A `window` of 0 is all of history.
    `closed_through` is the last closed month of an answer as reported; None means restated.
    """

    ends: tuple[int, ...]
    window: int
    by: str | None
    where: tuple[tuple[str, str], ...]
    as_of: date
    currency: str
    last_complete: int
    grain: Grain = Grain.MONTH
    history_starts_on: date | None = None
    assumptions: Assumptions = field(default_factory=Assumptions)
    policy: Policy = field(default_factory=Policy)
    theirs: Policy | None = None
    stated: tuple[tuple[int, int], ...] = ()
    closed_through: int | None = None
    timezone: str = "UTC"

    @property
    def until(self) -> datetime:
        """The end of the as-of day as the book's timestamps have it: UTC without saying so, exclusive."""
        return end_of_day_utc(self.as_of, self.timezone).replace(tzinfo=None)


Expression = Callable[[Tables, Frame], ir.Table]
Found = Mapping[str, Sequence[Record]]
Finish = Callable[[Sequence[Record], Frame], list[Record]]
FinishAll = Callable[[Found, Frame], list[Record]]
Compute = Callable[[Book, Frame], list[Record]]
BEHIND = "behind"


@dataclass(frozen=True)
class Measure:
    """A card, the expression that an engine runs, and the pure step from exact sums to the answer's cells."""

    card: Card
    expression: Expression
    finish: Finish

    @property
    def expressions(self) -> Mapping[str, Expression]:
        """The one expression under an empty name."""
        return {"": self.expression}

    def finished(self, found: Found, frame: Frame) -> list[Record]:
        """The answer's cells from the rows of the expression."""
        return self.finish(found[""], frame)


@dataclass(frozen=True)
class Model:
    """A measure that needs several sets of sufficient statistics, each by its name, and computes from them.

    What an expression returns is bounded by months, ages and slices and does not grow with customers. The one named
    `BEHIND` counts the customers behind each slice, for a measure whose rows count something else: it is run where
    rows of few customers are withheld, and not for an answer.
    """

    card: Card
    expressions: Mapping[str, Expression]
    finish: FinishAll

    def finished(self, found: Found, frame: Frame) -> list[Record]:
        """The answer's cells from the rows of every expression."""
        return self.finish(found, frame)


@dataclass(frozen=True)
class Composite:
    """A measure that asks a book more than once, for example under several policies. It has no SQL of its own."""

    card: Card
    compute: Compute


AnyMeasure = Measure | Model | Composite


@dataclass(frozen=True)
class Answer:
    """What a measure answered: its card, the frame it was asked in, and its rows as dictionaries."""

    card: Card
    frame: Frame
    book: Book
    rows: tuple[Record, ...]
