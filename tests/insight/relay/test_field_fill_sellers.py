"""The gap between what reports ask for and what was learned of the customer, deal by deal and by seller."""

from pathlib import Path
from typing import Any

import pytest

from relevo.insight.relay.field_fill import NEEDS, Serves
from relevo.insight.relay.field_fill_sellers import FEWEST_DEALS, Fills, SellerFill, fills
from relevo.measures.estimators.beta import student_t95
from tests.making import make_book

REPORT = {"amount_cents": 1000, "mrr_cents": 100, "forecast_at": "2026-02-01T08:00:00Z"}
# What is learned: of a deal 2 fields, of a customer 5, of a contact 3.
LEARNED = {"deal": {"plan": "Team", "term_months": 12},
           "customer": {"industry": "retail", "size_band": "1-9", "persona": "ops", "country": "ES",
                        "timezone": "Europe/Madrid"},
           "contact": {"email": "a@b.example", "title": "COO", "role": "admin"}}  # fmt: skip


def deal(key: str, customer: str | None = "A", person: str | None = "sam", **more: Any) -> dict[str, Any]:
    return {"deal_id": key, "customer_id": customer, "kind": "new", "person_id": person, "outcome": "open",
            "opened_at": "2026-01-01T08:00:00Z", "currency": "EUR", **more}  # fmt: skip


def found(folder: Path, **tables: list[dict[str, Any]]) -> Fills:
    return fills(make_book(folder, tables))


def test_the_fields_are_those_of_the_list() -> None:
    for table, fields in LEARNED.items():
        assert {n.column for n in NEEDS if n.table == table and n.serves is Serves.DISCOVERY} == set(fields)
    told = {n.column for n in NEEDS if n.table in LEARNED and n.serves is Serves.REPORT}
    assert told == {*REPORT, "segment", "person_id"}


def test_all_for_reports_and_nothing_learned_is_one_hundred_to_nothing(tmp_path: Path) -> None:
    rows = [deal(f"D{i}", **REPORT, plan="TBD") for i in range(FEWEST_DEALS)]
    told = found(tmp_path, customer=[{"customer_id": "A", "name": "A", "segment": "smb"}], deal=rows)
    (one,) = told.sellers
    assert one == SellerFill("sam", 5, 1.0, 0.0, 1.0, 1.0)
    assert one.gap == 1
    assert told.whole == SellerFill(None, 5, 1.0, 0.0, 1.0, 1.0)


def test_by_seller_with_an_interval_and_few_not_alone(tmp_path: Path) -> None:
    """sam's deals have 3 of 4 fields for reports; two have plan and term, 2 of the 10 that tell of the customer.

    A has contacts, of which the two together have all three; B has none. Four of sam's five deals are A's.
    """
    with_plan = {**REPORT, **LEARNED["deal"]}
    contacts = [{"contact_id": "1", "customer_id": "A", "email": "a@b.example", "title": "?"},
                {"contact_id": "2", "customer_id": "A", "title": "COO", "role": "admin"}]  # fmt: skip
    told = found(
        tmp_path,
        customer=[{"customer_id": c, "name": c} for c in "AB"],
        contact=contacts,
        deal=[
            deal("D0", **with_plan), deal("D1", **with_plan), deal("D2", **REPORT), deal("D3", **REPORT),
            deal("D4", "B", **REPORT), deal("E", person="eva", **REPORT), deal("N", person=None),
            deal("old", opened_at="2020-01-01T08:00:00Z"), deal("later", opened_at="2027-01-01T08:00:00Z"),
            deal("nobody", None),
        ],
    )  # fmt: skip
    (sam,) = told.sellers
    assert (sam.person_id, sam.deals, told.few) == ("sam", 5, 1)
    # D0 and D1: 5 of 10; D2 and D3: 3 of 10; D4: nothing.
    assert (sam.report, sam.discovery) == pytest.approx((0.75, 0.32))
    # Gaps 0.25, 0.25, 0.45, 0.45, 0.75: mean 0.43, squared distances 0.168 in all.
    half = student_t95(4) * (0.168 / 4 / 5) ** 0.5
    assert (sam.low, sam.high) == pytest.approx((0.43 - half, 0.43 + half))
    # And eva's, as D2, and nobody's with 3 of 10 and nothing for reports.
    assert told.whole is not None
    assert (told.whole.deals, told.whole.report) == (7, pytest.approx(6 * 0.75 / 7))
    assert told.whole.discovery == pytest.approx((1.6 + 0.3 + 0.3) / 7)


def test_questions_about_fit_and_items_of_hand_offs_count_where_there_are_any(tmp_path: Path) -> None:
    """No contact is loaded: 7 fields, all empty. D0 has half of its questions answered, A's hand-off 1 of 4 items."""
    told = found(
        tmp_path,
        customer=[{"customer_id": c, "name": c} for c in "AB"],
        deal=[deal("D0"), deal("D1"), deal("D2", "B")],
        fit_answer=[{"deal_id": "D0", "question": q, "answer": a} for q, a in (("x", "yes"), ("y", None))],
        handoff=[{"handoff_id": "H", "customer_id": "A", "from_role": "sales", "to_role": "success"}],
        handoff_item=[{"handoff_id": "H", "item": i, "value": v}
                      for i, v in (("a", "to grow"), ("b", "n/a"), ("c", None), ("d", " "))],
    )  # fmt: skip
    assert told.whole is not None
    # D0: 0.75 of 9, D1: 0.25 of 8, D2: 0 of 7.
    assert told.whole.discovery == pytest.approx((0.75 / 9 + 0.25 / 8) / 3)


def test_one_deal_has_no_interval_and_none_no_rate(tmp_path: Path) -> None:
    one = found(tmp_path / "one", customer=[{"customer_id": "A", "name": "A"}], deal=[deal("D")])
    assert one.whole == SellerFill(None, 1, 0.0, 0.0, None, None)
    assert (one.sellers, one.few) == ((), 1)
    none = found(tmp_path / "none", customer=[{"customer_id": "A", "name": "A"}])
    assert none == Fills(None, (), 0)
