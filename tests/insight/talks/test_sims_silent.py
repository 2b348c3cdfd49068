"""The demo company without any signal: nothing that is told of contact stands out beyond what chance makes."""

import sys
from pathlib import Path

import pytest

from relevo.base.config import Company, Config, Home, House
from relevo.book.book import Book
from relevo.book.build import Order, build
from relevo.book.landing import Landing
from relevo.book.store import Store
from relevo.insight.talks.after_help import after_help_of
from relevo.insight.talks.dose import doses_of
from relevo.insight.talks.helped_by import helped_by_of
from relevo.measures.asking import ask
from relevo.sources.demo import write_demo
from relevo.sources.load import load_path
from tests.making import NOW
from tests.sources.demo.conftest import ENDS_ON

pytestmark = pytest.mark.sims
SEEDS = range(1, 4)
TABLES = (
    "customer", "contact", "person", "subscription_span", "fx_rate", "conversation", "message", "conversation_event",
    "rating", "schedule", "holiday", "customer_attribute", "usage", "cancellation",
)  # fmt: skip


def demo(folder: Path, seed: int, customers: int = 2500, company: str = "silent") -> Book:
    """The book of a demo company, as far as conversations need it."""
    home, config = Home(folder / "home"), Config(Company(), House())
    write_demo(folder / "raw", customers=customers, seed=seed, ends_on=ENDS_ON, company=company, tables=TABLES)
    load_path(folder / "raw", Landing(home.landing), config, NOW)
    report = build(Landing(home.landing), Store(home.books), config, Order(ENDS_ON, NOW), lambda _step: None)
    assert report.published, report.findings
    return Book.open(home.books)


def alarms(book: Book) -> dict[str, tuple[int, int]]:
    """Of each answer, how many intervals leave out what no effect is, and how many there are."""
    rows = [r for r in ask(book, "retention_after_contact").rows if r["low"] is not None]
    heights = [h for h in after_help_of(book).heights if h.low is not None and h.high is not None]
    people = [h for h in helped_by_of(book) if h.low is not None and h.high is not None]
    doses = [d for d in doses_of(book) if d.low is not None and d.high is not None]
    return {
        "any contact": _out([not r["low"] <= 1 <= r["high"] for r in rows if r["experience"] == "any"]),
        "each experience": _out([not r["low"] <= 1 <= r["high"] for r in rows]),
        "curves": _out([not (h.low or 0) <= 0 <= (h.high or 0) for h in heights]),
        "colleagues": _out([not (h.low or 0) <= 0 <= (h.high or 0) for h in people]),
        "time to solve": _out([d.low > doses[0].high or d.high < doses[0].low for d in doses[1:]]),  # type: ignore[operator]
    }  # fmt: skip


def _out(found: list[bool]) -> tuple[int, int]:
    return sum(found), len(found)


def test_a_silent_company_gives_no_more_alarms_than_chance(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = [alarms(demo(tmp_path / str(seed), seed)) for seed in SEEDS]
    sums = {name: (sum(f[name][0] for f in found), sum(f[name][1] for f in found)) for name in found[0]}
    with capsys.disabled():
        lines = [f"{name:<18}{n:>5} of {of:<5}" for name, (n, of) in sums.items()]
        sys.stdout.write(f"\nsilent company, {len(SEEDS)} seeds: intervals that leave out no effect\n")
        sys.stdout.write("\n".join(lines) + "\n")
    # Intervals of one company share what they are compared with, so alarms come in clusters: three times 5 % are not.
    for name, (n, of) in sums.items():
        assert n <= max(2, 0.15 * of), name
