"""Payback on the demo company: the planted figure is found, and the silent company shows no difference."""

from datetime import date
from pathlib import Path

import pytest

from relevo.base.config import Company, Config, Home, House
from relevo.book.book import Book
from relevo.book.build import Order, build
from relevo.book.landing import Landing
from relevo.book.store import Store
from relevo.measures.asking import ask, frame_of
from relevo.measures.card import Ask
from relevo.measures.catalog import find
from relevo.measures.revenue.payback import economics
from relevo.sources.demo import write_demo
from relevo.sources.demo.truths import p10_payback
from relevo.sources.load import load_path
from tests.making import NOW

ENDS_ON = date(2026, 9, 30)
TABLES = ("customer", "customer_attribute", "subscription_span", "fx_rate", "spend", "deal", "deal_role")

pytestmark = pytest.mark.sims


def demo(folder: Path, company: str) -> Book:
    """The book of a demo company of two thousand customers."""
    home, config = Home(folder / "home"), Config(Company(timezone="Europe/Madrid"), House())
    write_demo(folder / "raw", customers=2000, ends_on=ENDS_ON, company=company, tables=TABLES)
    load_path(folder / "raw", Landing(home.landing), config, NOW)
    report = build(Landing(home.landing), Store(home.books), config, Order(ENDS_ON, NOW), lambda _step: None)
    assert report.published, report.findings
    return Book.open(home.books)


def test_p10_the_planted_payback_of_twelve_months_is_found(tmp_path: Path) -> None:
    book = demo(tmp_path, "norte")
    for months in (6, 12, 24):
        rows = {r["segment"]: r for r in ask(book, "cac_payback", Ask(months=months)).rows}
        planted = rows[p10_payback.SEGMENT]
        assert planted["simple_months"] == pytest.approx(p10_payback.MONTHS, abs=0.001)
        assert planted["gross_margin"] == pytest.approx(p10_payback.MARGIN, abs=0.0001)
        assert planted["survival_months"] > planted["simple_months"]
        assert 7 < rows["smb"]["simple_months"] < 9
        assert 15 < rows["enterprise"]["simple_months"] < 18
    assert {r["lag_months"] for r in ask(book, "cac").rows} == {p10_payback.LAG_MONTHS}


def test_in_the_silent_company_no_segment_lives_longer(tmp_path: Path) -> None:
    book = demo(tmp_path, "silent")
    known = economics(book, frame_of(book, find("ltv_to_cac").card, Ask()))
    assert known is not None
    months = {name: float(known.lifetimes.curves.of(name).survival.sum()) for name in known.names()}
    assert max(months.values()) < 1.25 * min(months.values())
    for row in ask(book, "ltv_bridge").rows[-1:]:
        assert abs(row["margin_cents"]) < 0.01 * row["opening_cents"]
        assert abs(row["retention_cents"]) < 0.2 * row["opening_cents"]
