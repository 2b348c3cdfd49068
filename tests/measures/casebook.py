"""The published and derived cases of tests/cases/revenue.json, asked of the product through a loaded and built book.

Each case is a segment of one shared book: its adapter turns the case's input into canonical rows, and afterwards
says what the measures answer, under the keys of the case's `expected`.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from relevo.base.periods import parse_month
from relevo.book.book import Book
from relevo.book.policy import Policy
from relevo.measures.asking import ask
from relevo.measures.card import Ask
from tests.making import span

FILE = Path(__file__).parents[1] / "cases" / "revenue.json"
AS_OF = "2026-10-31"
LAST_MONTH = parse_month("2026-10")

# Values under such keys are wrong on purpose: what the product says must differ from them.
MUST_DIFFER = ("wrong", "naive", "published", "if_all", "from_event_sums", "item_level", "movement_grr", "alternative")
# Values under such keys belong to another tool's profile of conventions.
TOOLS = (
    "stripe", "chartmogul", "baremetrics", "profitwell", "maxio", "recurly", "saasgrid", "chargebee", "paddle",
    "posthog",
)  # fmt: skip

Case = Mapping[str, Any]
Tables = dict[str, list[dict[str, Any]]]


@lru_cache
def cases() -> dict[str, Case]:
    """Every case by its id."""
    return {case["id"]: case for case in json.loads(FILE.read_text("utf-8"))["cases"]}


def minor(amount: float, digits: int = 2) -> int:
    """An amount of a case in minor units; `digits` other than 2 let the product's cent stand for a smaller unit."""
    exact = Fraction(str(amount)) * 10**digits
    assert exact.denominator == 1, amount
    return int(exact)


@dataclass
class Maker:
    """Collects the canonical rows of one case; customer names are prefixed with the case's id."""

    case: Case
    tables: Tables = field(default_factory=dict)

    @property
    def id(self) -> str:
        return str(self.case["id"])

    @property
    def input(self) -> Any:
        return self.case["input"]

    def name(self, customer: str) -> str:
        return f"{self.id} {customer}"

    def add(self, table: str, **row: Any) -> None:
        self.tables.setdefault(table, []).append(row)

    def customer(self, customer: str, **more: Any) -> None:
        """The customer's row, once; its segment is the case."""
        row = {"customer_id": self.name(customer), "name": customer, "segment": self.id, "country": None}
        if row["customer_id"] not in {r["customer_id"] for r in self.tables.get("customer", ())}:
            self.add("customer", **row, **more)

    def pays(self, customer: str, start: str, end: str | None, amount: float, *, digits: int = 2, **more: Any) -> None:
        """A stretch in which a customer pays an amount per interval, a month if nothing else is said."""
        self.customer(customer)
        self.add("subscription_span", **span(self.name(customer), start, end, minor(amount, digits), **more))


@dataclass(frozen=True)
class View:
    """The measures as the customers of one case see them, in the case's major unit."""

    book: Book
    case: Case
    digits: int = 2

    def under(self, **policy: Any) -> "View":
        """The same under another policy."""
        return View(self.book.at(policy=Policy(**policy)), self.case, self.digits)

    def asked(self, name: str, first: str | None = None, last: str | None = None, **more: Any) -> list[dict[str, Any]]:
        """The rows of a measure over months, for this case's customers."""
        question = Ask(
            first=parse_month(first) if first else None,
            last=parse_month(last) if last else None,
            where=(("segment", self.case["id"]),),
            **more,
        )
        return list(ask(self.book, name, question).rows)

    def book_log(self) -> list[dict[str, Any]]:
        """Every movement of a book that is all this case's."""
        return list(ask(self.book, "movement_log").rows)

    def row(self, name: str, month: str, **more: Any) -> dict[str, Any]:
        """The one row of a measure for a month."""
        (row,) = self.asked(name, month, month, **more)
        return row

    def money(self, name: str, month: str, column: str, **more: Any) -> float | None:
        """One amount of a measure in major units."""
        return self.major(self.row(name, month, **more)[column])

    def mrr(self, month: str) -> float | None:
        """MRR at a month's end in major units."""
        return self.money("mrr", month, "mrr_cents")

    def major(self, cents: int | None) -> float | None:
        """Minor units as major ones."""
        return None if cents is None else cents / 10**self.digits

    def log(self, first: str | None = None, last: str | None = None) -> list[dict[str, Any]]:
        """Movements in order, amounts in major units."""
        return [{**r, "amount": self.major(r["base_cents"])} for r in self.asked("movement_log", first, last)]

    def kinds(self, first: str | None = None, last: str | None = None) -> list[list[Any]]:
        """Movements in order as [kind, amount]."""
        return [[r["kind"], r["amount"]] for r in self.log(first, last)]


@dataclass(frozen=True)
class Adapter:
    """How a case becomes rows (`make`) and what the product answers under the keys of `expected` (`answer`).

    `other` names keys that hold under other conventions than ours or belong to a surface, with no word that says so.
    """

    make: Callable[[Maker], None]
    answer: Callable[[View], dict[str, Any]]
    digits: int = 2
    other: frozenset[str] = frozenset()


def problems(found: Any, expected: Any, tolerance: float, other: frozenset[str], where: str = "") -> list[str]:
    """What differs where it must not, or does not differ where it must; every key of `expected` is looked at."""
    if isinstance(expected, dict):
        found_problems = []
        for key, value in expected.items():
            at = f"{where}.{key}"
            if key in other or any(tool in key for tool in TOOLS):
                continue
            if key not in found:
                found_problems.append(f"{at}: the product gave nothing")
            elif any(word in key for word in MUST_DIFFER):
                found_problems += [] if differs(found[key], value, tolerance) else [f"{at}: shows the wrong {value}"]
            else:
                found_problems += problems(found[key], value, tolerance, other, at)
        return found_problems
    return [f"{where}: {found} instead of {expected}"] if differs(found, expected, tolerance) else []


def differs(found: Any, expected: Any, tolerance: float) -> bool:
    """Whether two values are not the same within the tolerance; null is only like null."""
    if isinstance(expected, list | tuple):
        return len(found) != len(expected) or any(
            differs(f, e, tolerance) for f, e in zip(found, expected, strict=True)
        )
    if isinstance(expected, int | float) and not isinstance(expected, bool) and found is not None:
        return abs(found - expected) > tolerance + 1e-12
    return bool(found != expected)
