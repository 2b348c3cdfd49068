"""The joint review: one pack for both leads, identical to the last figure, whatever is published later (S0-63)."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from relevo.answers.measures import Ask, show
from relevo.answers.reading import OPERATOR, Reading, Refused, Viewer
from relevo.answers.review import pack_to_freeze, review_page
from relevo.base.errors import WrongUse
from relevo.base.periods import parse_month
from relevo.desk.house.actions_frozen import freeze
from tests.answers import company
from tests.making import make_book

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
EVEN = frozenset(company.key(i) for i in range(0, company.CUSTOMERS, 2))
ODD = frozenset(company.key(i) for i in range(1, company.CUSTOMERS, 2))


def lead(reading: Reading, role: str, customers: frozenset[str]) -> Reading:
    viewer = Viewer(role, scope=customers, money=customers, conversations=customers, own=customers, role=role)
    return replace(reading, viewer=viewer)


def test_the_pack_says_what_the_measures_say(everything: Reading) -> None:
    page = review_page(everything)
    assert (page.quarter, page.id, page.frozen_at, page.others) == ("2026-Q3", None, None, ())
    last = parse_month("2026-09")
    for row in show(everything, "mrr_movements", Ask(first=last - 2, last=last)).rows:
        told = {r["name"]: r["value"] for r in page.rows if r["month"] == row["month"] and r["section"] == "bridge"}
        gained = row["new_cents"] + row["reactivation_cents"] + row["expansion_cents"]
        assert told["net_cents"] == gained - row["contraction_cents"] - row["churn_cents"]
        others = told["fx_cents"] + told["prior_period_adj_cents"] + told["identity_adj_cents"]
        assert told["opening_cents"] + told["net_cents"] + others == told["closing_cents"] == row["closing_cents"]
    nrr = show(everything, "net_revenue_retention", Ask(first=last, last=last, months=12)).last()
    assert page.value("net_revenue_retention") == nrr["rate"]
    assert {r["section"] for r in page.rows} == {"bridge", "kept", "lost", "causes"}
    assert page.value("no such figure") is None


def test_both_leads_open_the_same_pack_also_after_another_book(everything: Reading, tmp_path: Path) -> None:
    sales, support = lead(everything, "sales_lead", EVEN), lead(everything, "support_lead", ODD)
    assert review_page(sales).may_freeze
    freeze(pack_to_freeze(sales, "2026-Q3"), "sales_lead", NOON)
    mine, theirs = review_page(sales).as_dict(), review_page(support).as_dict()
    assert mine == theirs
    assert mine["id"].startswith("2026-Q3-")
    assert mine["frozen_at"] == NOON.isoformat()
    later = {**company.tables(), "subscription_span": company.tables()["subscription_span"][5:]}
    book = make_book(tmp_path, later, company.AS_OF)
    assert book.id != mine["book"]
    after = replace(support, published=book)
    assert review_page(after).as_dict() == mine
    assert not freeze(pack_to_freeze(after, "2026-Q3"), "support_lead", NOON), "the first one stays"
    assert review_page(after).as_dict() == mine
    assert review_page(after, "2026-Q2").id is None
    assert review_page(after, "2026-Q2").others == ("2026-Q3",)
    assert not review_page(after).may_freeze


def test_a_member_reads_and_does_not_freeze(everything: Reading) -> None:
    for role in ("csm", "seller", "agent", "product", "analyst"):
        reading = lead(everything, role, EVEN)
        assert review_page(reading).rows == review_page(everything).rows
        assert not review_page(reading).may_freeze
        with pytest.raises(Refused):
            pack_to_freeze(reading, "2026-Q3")
    assert pack_to_freeze(Reading(everything.published, OPERATOR), "2026-Q3").month == "2026-09"


@pytest.mark.parametrize("quarter", ["2026-Q5", "2026", "26-Q1", "2026-Q4", "x", "2026-Q33"])
def test_what_is_no_quarter_that_is_over_is_refused(everything: Reading, quarter: str) -> None:
    with pytest.raises(WrongUse):
        review_page(everything, quarter)
