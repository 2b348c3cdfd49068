"""Over a hundred companies: what is planted in the relay is found and covered, and a company without it is quiet."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from relevo.base.config import Company, Config, Home, House
from relevo.book.book import Book
from relevo.book.build import Order, build
from relevo.book.landing import Landing
from relevo.book.store import Store
from relevo.insight.relay.lost_items import Cells, LostItem, LostItems, later_value, lost_items
from relevo.insight.relay.lost_rows import lost_items_of
from relevo.insight.relay.promise_gap import Gap, PromiseRow, gaps, promise_rows
from relevo.sources.demo import write_demo
from relevo.sources.demo.milestones import FIRST_VALUE, share_reached
from relevo.sources.demo.truths import p06_handoffs, p07_promises
from relevo.sources.load import load_path
from tests.insight.relay.relay_seeds import Seen, planted, promised, seen
from tests.making import NOW
from tests.sources.demo.conftest import ENDS_ON
from tests.sources.demo.planted import relay

pytestmark = pytest.mark.sims

SEEDS, CUSTOMERS = 100, 2000
# Nine in ten get to first value if they stay; for the tenth no item changes anything within the horizon.
DAYS = share_reached(FIRST_VALUE) * p06_handoffs.DELAY_DAYS


def _answers(found: LostItems) -> dict[str, LostItem]:
    return {a.cost.value: a for a in (found.later_value, found.slower_value, found.reasks, found.early_churn)}


def _covers(answer: LostItem, truth: float) -> bool:
    assert answer.low is not None
    assert answer.high is not None
    return answer.low <= truth <= answer.high


def _over_seeds(company: str, customers: int = CUSTOMERS, seeds: int = SEEDS) -> tuple[Counter[str], Counter[str]]:
    """How often each answer was an alarm, and how often the interval held what is planted."""
    alarms, inside = Counter[str](), Counter[str]()
    for seed in range(seeds):
        rows = seen(relay(customers, seed, company))
        found = _answers(lost_items(rows.waits, rows.reasks, rows.stays))
        alarms.update(name for name, answer in found.items() if answer.is_alarm)
        inside["later_value"] += _covers(found["later_value"], DAYS)
        inside["reasks"] += _covers(found["reasks"], p06_handoffs.MORE_REASKS)
    return alarms, inside


@pytest.mark.parametrize("company", ["norte", "mirror"])
def test_what_a_lost_item_costs_is_found_and_covered(company: str) -> None:
    alarms, inside = _over_seeds(company)
    assert pytest.approx(4.5) == DAYS
    assert inside["later_value"] >= 90
    assert inside["reasks"] >= 90
    assert min(alarms[name] for name in ("later_value", "slower_value", "reasks")) >= 99
    # Nothing is planted that would make customers leave early.
    assert alarms["early_churn"] <= 9


def test_the_silent_company_is_quiet() -> None:
    alarms, _ = _over_seeds("silent")
    assert all(n <= 9 for n in alarms.values()), alarms


def test_a_company_of_two_hundred_is_covered_too() -> None:
    _, inside = _over_seeds("norte", customers=200, seeds=200)
    assert inside["later_value"] >= 180
    assert inside["reasks"] >= 180


def test_larger_customers_are_no_lost_items() -> None:
    """Nothing is delayed, but larger customers wait longer and are described less completely: that is no alarm."""
    rng, alarms, crude = np.random.default_rng(6), 0, 0
    for seed in range(SEEDS):
        waits = _less_complete(rng, seen(relay(CUSTOMERS, seed, "silent"))).waits
        alarms += later_value(waits).is_alarm
        crude += later_value(replace(waits, segment=["all"] * len(waits.segment))).is_alarm
    assert alarms <= 9
    assert crude >= 90


def _less_complete(rng: np.random.Generator, rows: Seen) -> Seen:
    chance = {"smb": 0.1, "mid_market": 0.35, "enterprise": 0.6}
    empty = rng.binomial(6, [chance[s] for s in rows.waits.segment])
    waits = Cells(rows.waits.segment, empty, rows.waits.figure, rows.waits.event, rows.waits.n)
    return replace(rows, waits=waits)


def _by_seller(company: str, seed: int) -> tuple[int, Sequence[Gap]]:
    """Whose promises are planted as unmet, and every seller's gap."""
    drawn = relay(CUSTOMERS, seed, company)
    rows = (PromiseRow(str(seller), due, unmet) for seller, (due, unmet) in promised(drawn).items())
    return planted(drawn), gaps(rows)


@pytest.mark.parametrize("company", ["norte", "mirror"])
def test_the_seller_whose_promises_are_unmet_is_found_and_covered(company: str) -> None:
    """0.718 of them are unmet by their day. In all sellers together at most nine companies name another as well."""
    truth, found, inside, others = p07_promises.unmet(p07_promises.KEPT_BY_ONE), 0, 0, 0
    for seed in range(SEEDS):
        one, told = _by_seller(company, seed)
        (mine,) = (g for g in told if g.group == str(one))
        assert mine.own_interval is not None
        found += mine.stands_out
        inside += mine.own_interval[0] <= truth <= mine.own_interval[1]
        others += any(g.stands_out for g in told if g is not mine)
    assert found >= 90
    assert inside >= 90
    assert others <= 9


def test_no_seller_is_named_in_the_silent_company() -> None:
    """Over all sellers of a company: at most nine companies of a hundred name anybody."""
    alarms = 0
    for seed in range(SEEDS):
        one, told = _by_seller("silent", seed)
        assert one < 0
        alarms += any(g.stands_out for g in told)
    assert alarms <= 9


def demo(folder: Path, company: str) -> Book:
    """The book of a demo company, of the tables that are read."""
    tables = ("customer", "contact", "person", "subscription_span", "fx_rate", "deal", "handoff", "milestone",
              "promise", "issue")  # fmt: skip
    home, config = Home(folder / "home"), Config(Company(timezone="Europe/Madrid"), House())
    write_demo(folder / "raw", customers=CUSTOMERS, ends_on=ENDS_ON, company=company, tables=tables)
    load_path(folder / "raw", Landing(home.landing), config, NOW)
    report = build(Landing(home.landing), Store(home.books), config, Order(ENDS_ON, NOW), lambda _step: None)
    assert report.published, report.findings
    return Book.open(home.books)


@pytest.mark.parametrize("company", ["norte", "silent"])
def test_a_book_says_what_the_seeds_say(company: str, tmp_path: Path) -> None:
    """The simulations count in memory; a book of the same company counts the same customers to within a day."""
    book = _answers(lost_items_of(demo(tmp_path, company)))
    rows = seen(relay(CUSTOMERS, 20260101, company))
    memory = _answers(lost_items(rows.waits, rows.reasks, rows.stays))
    for name, answer in book.items():
        assert answer.estimate == pytest.approx(memory[name].estimate, abs=0.1), name
        assert answer.low == pytest.approx(memory[name].low, abs=0.1), name
        assert answer.high == pytest.approx(memory[name].high, abs=0.1), name
        if name != "reasks":  # those of the last month have not settled
            assert answer.n == memory[name].n, name


def test_a_book_names_the_planted_seller_and_a_silent_one_nobody(tmp_path: Path) -> None:
    drawn = relay(CUSTOMERS, 20260101, "norte")
    told = gaps(promise_rows(demo(tmp_path / "norte", "norte"), "person"))
    assert [g.group for g in told if g.stands_out] == [f"p{planted(drawn):04}"]
    silent = gaps(promise_rows(demo(tmp_path / "silent", "silent"), "person"))
    assert not [g for g in silent if g.stands_out]
