"""Random small companies: customers, items, spans, currencies with changing rates, statuses, discounts, gaps."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from relevo.book.book import Book
from tests.measures.memory import Memory
from tests.measures.oracle import Oracle

FIRST = date(2024, 1, 10)
DAYS = 500
AS_OF = date(2025, 6, 30)
SEGMENTS = ("ent", "mid", "smb", None)
ZONES = ("UTC", "America/Los_Angeles", "Pacific/Auckland")

_AMOUNTS = (0, 1, 5, 99, 100, 2500, 9900, 10000, 12345)
_QUANTITIES = ("0", "1", "1", "2", "3", "0.5", "2.333333")
_INTERVALS = (
    ("month", 1), ("month", 1), ("month", 1), ("month", 3), ("month", 6), ("month", 18), ("month", 7),
    ("year", 1), ("year", 1), ("year", 2), ("week", 1), ("week", 2), ("week", 3), ("week", 10), ("day", 1), ("day", 30),
    ("day", 61), ("day", 5),
)  # fmt: skip
_STATUSES = ("active",) * 7 + ("past_due", "past_due", "paused", "canceled", "trialing", "unpaid")


@dataclass(frozen=True)
class Small:
    """One random company."""

    tables: Mapping[str, list[dict[str, Any]]]
    timezone: str = "UTC"
    as_of: date = AS_OF

    @property
    def spans(self) -> list[dict[str, Any]]:
        return self.tables["subscription_span"]

    def oracle(self) -> Oracle:
        return Oracle(self.spans, self.tables["fx_rate"], self.as_of, self.timezone)

    def book(self, memory: Memory, **more: Any) -> Book:
        return memory.book(self.tables, self.as_of, timezone=self.timezone, **more)

    def having(self, **tables: list[dict[str, Any]]) -> "Small":
        """The same company with other rows in some tables."""
        return replace(self, tables={**self.tables, **tables})


@st.composite
def _terms(draw: st.DrawFn) -> dict[str, Any]:
    """What a span says beside when it holds."""
    unit, count = draw(st.sampled_from(_INTERVALS))
    kind = draw(st.sampled_from((None, None, None, "forever", "repeating", "once")))
    status = draw(st.sampled_from(_STATUSES))
    return {
        "plan": draw(st.sampled_from(("basic", "pro", None))),
        "unit_amount_cents": draw(st.sampled_from(_AMOUNTS)),
        "quantity": draw(st.sampled_from(_QUANTITIES)),
        "interval_unit": unit,
        "interval_count": count,
        "discount_cents": draw(st.sampled_from((1, 50, 3000))) if kind else None,
        "discount_kind": kind,
        "status": status,
        "usage": draw(st.sampled_from(("licensed",) * 9 + ("metered",))),
    }


@st.composite
def _item(draw: st.DrawFn, customer: str, number: int, currencies: tuple[str, ...]) -> list[dict[str, Any]]:
    """The spans of one item, in order; some leave a gap, the last one may be open."""
    marks = sorted(draw(st.lists(st.integers(0, DAYS), min_size=1, max_size=5, unique=True)))
    hour = draw(st.sampled_from((0, 0, 6, 20)))
    instants = [datetime.combine(FIRST + timedelta(days=m), datetime.min.time()) + timedelta(hours=hour) for m in marks]
    fixed = {
        "subscription_id": f"s-{customer}-{number % 2}", "item_id": f"i{number}", "customer_id": customer,
        "currency": draw(st.sampled_from(currencies)), "collection": draw(st.sampled_from((None, "charge", "invoice"))),
    }  # fmt: skip
    rows = []
    for start, following in zip(instants, [*instants[1:], None], strict=True):
        pause = draw(st.sampled_from((0, 0, 0, 10, 29, 30, 31, 45)))
        ends = following and max(start, following - timedelta(days=pause))
        if following is None and draw(st.booleans()):
            ends = start + timedelta(days=40)
        if ends is None or ends > start:
            rows.append({**fixed, **draw(_terms()), "valid_from": start, "valid_to": ends})
    return rows


@st.composite
def companies(
    draw: st.DrawFn, currencies: tuple[str, ...] = ("EUR", "EUR", "USD", "JPY", "KWD"), zones: tuple[str, ...] = ZONES
) -> Small:
    """A company of one to six customers with one to three items each."""
    spans, customers = [], []
    for place in range(draw(st.integers(1, 6))):
        name = f"c{place}"
        customers.append({"customer_id": name, "name": name, "segment": draw(st.sampled_from(SEGMENTS))})
        for number in range(draw(st.integers(1, 3))):
            spans += draw(_item(name, number, currencies))
    return Small(
        {"subscription_span": spans, "customer": customers, "fx_rate": draw(_rates())}, draw(st.sampled_from(zones))
    )


@st.composite
def _rates(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Rates that change a few times, the first one often later than the first span."""
    rows = []
    for currency, around in (("USD", 0.9), ("JPY", 0.006), ("KWD", 3.0)):
        for day in draw(st.lists(st.integers(0, DAYS), min_size=1, max_size=4, unique=True)):
            moved = draw(st.sampled_from((0.9, 1.0, 1.03, 1.2)))
            rows.append(
                {"currency": currency, "on_date": FIRST + timedelta(days=day), "rate": str(round(around * moved, 6))}
            )
    return rows


def constant(rates: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same currencies with one rate each."""
    return list({r["currency"]: r for r in sorted(rates, key=lambda r: r["on_date"], reverse=True)}.values())
