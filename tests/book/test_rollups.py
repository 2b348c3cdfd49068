"""Roll-ups on the corners that a random company seldom reaches: rates, gaps, traits, groups, days and currencies."""

from datetime import date, datetime
from typing import Any

import pytest

from relevo.base.config import Company
from relevo.base.periods import day_from_number, day_number, parse_month
from relevo.book.book import Book
from relevo.book.engine import connect
from relevo.book.policy import Policy
from relevo.book.rollups.all import Setting
from relevo.book.rollups.all import make as make_rollups
from relevo.book.rollups.prepared import SHOWN as SHOWN_SQL
from relevo.book.schema import OPEN, ROLLUPS, SHOWN
from relevo.measures.asking import ask
from relevo.measures.card import Ask
from tests.making import span
from tests.measures.memory import READ, Memory, fill

AS_OF = date(2025, 6, 30)
START = "2025-01-01"
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def memory() -> Memory:
    return Memory()


def moves(book: Book) -> list[tuple[Any, ...]]:
    found = sorted(book.run(book.tables.movement).dicts(), key=lambda m: (m["day"], m["customer_id"]))
    return [(str(day_from_number(m["day"])), m["kind"], m["cause"]) for m in found]


def rate(currency: str, day: str, value: str) -> dict[str, str]:
    return {"currency": currency, "on_date": day, "rate": value}


def mrr_at(book: Book, month: str) -> int:
    cents: int = ask(book, "mrr", Ask(first=parse_month(month), last=parse_month(month))).rows[0]["mrr_cents"]
    return cents


def test_the_first_rate_holds_before_its_day_even_where_that_is_after_the_as_of_day(memory: Memory) -> None:
    rows = {"subscription_span": [span("A", START, None, 1000, currency="USD")]}
    late = memory.book({**rows, "fx_rate": [rate("USD", "2026-01-01", "0.5"), rate("USD", "2026-02-01", "9")]}, AS_OF)
    assert mrr_at(late, "2025-06") == 500
    early = memory.book({**rows, "fx_rate": [rate("USD", "2025-06-30", "0.8"), rate("USD", "2025-07-01", "9")]}, AS_OF)
    assert [mrr_at(early, m) for m in ("2025-01", "2025-06")] == [800, 800]


@pytest.mark.parametrize(
    ("base", "currency", "value", "amount", "expected"),
    [("EUR", "JPY", "0.0061", 1000, 610), ("EUR", "KWD", "3", 1000, 300), ("JPY", "EUR", "160", 100, 160),
     ("KWD", "EUR", "0.3", 100, 300), ("EUR", "EUR", "7", 100, 100)],
)  # fmt: skip
def test_minor_units_differ_between_currencies(
    base: str, currency: str, value: str, amount: int, expected: int
) -> None:
    connection = connect()
    tables = {
        "subscription_span": [span("A", START, None, amount, currency=currency)],
        "fx_rate": [rate(currency, START, value)],
    }
    for name in READ:
        fill(connection, name, tables.get(name, ()))
    make_rollups(connection, Setting(Company(currency=base), Policy(), AS_OF), lambda _name, _rows: None)
    query = "SELECT CAST(arr_e6 AS HUGEINT) * rate_e10 FROM mrr_level JOIN fx_month USING (currency) WHERE month = ?"
    found = connection.execute(query, [parse_month("2025-06")]).fetchone()
    assert found
    assert int(found[0]) == expected * 12 * 10**16


def test_a_late_renewal_at_another_price_is_a_rise_of_that_kind_and_not_a_change_of_plan(memory: Memory) -> None:
    fixed = {"collection": "invoice"}
    rows = [
        span("A", START, "2025-03-01", 1000, **fixed), span("A", "2025-03-11", None, 1000, quantity=3, **fixed),
        span("B", START, "2025-03-01", 1000, **fixed), span("B", "2025-03-11", None, 1500, **fixed),
    ]  # fmt: skip
    book = memory.book({"subscription_span": rows}, AS_OF)
    assert moves(book)[2:] == [("2025-03-11", "expansion", "seats"), ("2025-03-11", "expansion", "price_increase")]
    (row,) = ask(book, "upgrade_rate", Ask(first=parse_month("2025-03"), last=parse_month("2025-03"))).rows
    assert (row["upgraded"], row["upgrade_cents"]) == (1, 2000)


@pytest.mark.parametrize("status", ["paused", "canceled"])
def test_a_gap_in_which_a_span_says_that_the_customer_stopped_is_a_gap(memory: Memory, status: str) -> None:
    rows = [
        span("A", START, "2025-03-01", 1000, collection="invoice"),
        span("A", "2025-03-05", "2025-03-11", 1000, collection="invoice", status=status),
        span("A", "2025-03-11", None, 1000, collection="invoice"),
    ]
    assert [m[1] for m in moves(memory.book({"subscription_span": rows}, AS_OF))] == ["new", "churn", "reactivation"]


def test_a_debt_whose_grace_has_passed_is_not_a_late_renewal(memory: Memory) -> None:
    rows = [
        span("A", START, "2025-03-01", 1000, collection="invoice"),
        span("A", "2025-03-01", "2025-04-10", 1000, collection="invoice", status="past_due"),
        span("A", "2025-04-10", None, 1000, collection="invoice"),
    ]
    assert moves(memory.book({"subscription_span": rows}, AS_OF))[1:] == [
        ("2025-03-31", "churn", "delinquent"), ("2025-04-10", "reactivation", None),
    ]  # fmt: skip


def test_a_gap_that_is_not_closed_by_the_as_of_day_is_a_churn(memory: Memory) -> None:
    rows = {
        "subscription_span": [span("A", START, "2025-03-01", 1, collection="invoice"), span("A", "2025-03-11", None, 1)]
    }
    assert [m[1] for m in moves(memory.book(rows, date(2025, 3, 10)))] == ["new", "churn"]
    assert [m[1] for m in moves(memory.book(rows, date(2025, 3, 11)))] == ["new"]


def test_an_add_on_that_is_given_back_within_the_month_is_no_upgrade(memory: Memory) -> None:
    rows = [span("A", START, None, 1000), span("A", "2025-03-05", "2025-03-20", 500, item_id="extra")]
    book = memory.book({"subscription_span": rows}, AS_OF)
    assert moves(book)[1:] == [("2025-03-05", "expansion", "add_on"), ("2025-03-20", "contraction", "cancel")]
    (row,) = ask(book, "upgrade_rate", Ask(first=parse_month("2025-03"), last=parse_month("2025-03"))).rows
    assert row["upgraded"] == 0


def traits(book: Book, name: str) -> list[tuple[Any, ...]]:
    rows = book.run(book.tables.customer_trait).dicts()
    return sorted((r["customer_id"], r["from_month"], r["value"]) for r in rows if r["name"] == name)


def test_a_plan_changed_at_an_equal_price_is_another_plan_from_that_month_on(memory: Memory) -> None:
    rows = [span("A", START, "2025-03-10", 1000, plan="basic"), span("A", "2025-03-10", None, 1000, plan="pro")]
    book = memory.book({"subscription_span": rows}, AS_OF)
    assert moves(book)[1:] == []
    assert traits(book, "plan") == [("A", 0, "basic"), ("A", parse_month("2025-03"), "pro")]


def test_the_plan_is_that_of_the_item_with_the_largest_mrr(memory: Memory) -> None:
    rows = [
        span("A", START, None, 1000, plan="small", item_id="1"),
        span("A", START, "2025-04-10", 900, plan="medium", item_id="2"),
        span("A", "2025-03-10", None, 5000, plan="large", item_id="3"),
        span("B", START, None, 100), span("B", "2025-02-01", None, 100, plan="late", item_id="x"),
    ]  # fmt: skip
    found = traits(memory.book({"subscription_span": rows}, AS_OF), "plan")
    assert found[0] == ("A", 0, "small")
    assert ("A", parse_month("2025-03"), "large") in found
    assert found[-1] == ("B", parse_month("2025-02"), "late")


def test_a_customer_has_one_value_per_dimension_and_month(memory: Memory) -> None:
    """Attributes may repeat a column's name, its other name, or that of a dimension that is worked out."""
    march, april = datetime(2025, 3, 10), datetime(2025, 4, 20)  # noqa: DTZ001
    attributes = [
        ("segment", "smb", None), ("segment", "mid", march), ("segment", "ent", datetime(2025, 3, 28)),  # noqa: DTZ001
        ("channel", "ads", None), ("acquisition_channel", "partner", april), ("parent_id", "P", april),
        ("plan", "mine", None), ("seller", "me", None), ("cohort", "x", march), ("tier", "gold", march),
    ]  # fmt: skip
    tables = {
        "subscription_span": [span("A", START, None, 1000, plan="real")],
        "customer": [{"customer_id": "A", "name": "A", "segment": "column", "country": "ES"}],
        "customer_attribute": [{"customer_id": "A", "name": n, "value": v, "from_at": at} for n, v, at in attributes],
    }
    book = memory.book(tables, AS_OF)
    rows = book.run(book.tables.customer_trait).dicts()
    for month in range(parse_month("2024-12"), parse_month("2025-08")):
        held = [r["name"] for r in rows if r["from_month"] <= month < r["to_month"]]
        assert len(held) == len(set(held))
    assert traits(book, "segment") == [("A", 0, "smb"), ("A", parse_month("2025-03"), "ent")]
    assert traits(book, "channel") == [("A", 0, "ads"), ("A", parse_month("2025-04"), "partner")]
    assert [traits(book, n)[0][2] for n in ("parent", "plan", "cohort", "tier", "country")] == [
        "P", "real", "2025-01", "gold", "ES",
    ]  # fmt: skip
    assert traits(book, "seller") == []
    for name in ("plan", "channel", "segment"):
        parts = ask(book, "mrr", Ask(by=name)).rows
        assert {p["mrr_cents"] for p in parts} == {1000}


def _deal(customer: str, deal: str, kind: str, outcome: str, day: int) -> dict[str, Any]:
    closed = datetime(2025, 1, day)  # noqa: DTZ001
    return {
        "deal_id": deal, "customer_id": customer, "kind": kind, "outcome": outcome, "closed_at": closed,
        "person_id": "own",
    }  # fmt: skip


def test_the_seller_has_the_largest_share_of_the_first_won_new_deal(memory: Memory) -> None:
    deals = [("D1", "expansion", "won", 1), ("D2", "new", "lost", 2), ("D3", "new", "won", 4), ("D4", "new", "won", 3)]
    tables: dict[str, Rows] = {
        "deal": [_deal("A", *deal) for deal in deals] + [_deal("B", "D9", "new", "won", 5)],
        "deal_role": [
            {"deal_id": "D4", "person_id": p, "role": r, "share": s}
            for p, r, s in (("small", "sold_by", 0.2), ("large", "sold_by", 0.8), ("helper", "presales", 0.9))
        ],
    }  # fmt: skip
    assert traits(memory.book(tables, AS_OF), "seller") == [("A", 0, "large"), ("B", 0, "own")]


def test_groups_have_one_head_and_loops_none(memory: Memory) -> None:
    parents = {
        "top": None,
        "mid": "top",
        "low": "mid",
        "self": "self",
        "a": "b",
        "b": "c",
        "c": "a",
        "d": "a",
        "e": "gone",
    }
    customers = [{"customer_id": c, "name": c, "parent_id": p} for c, p in parents.items()]
    book = memory.book({"customer": customers}, AS_OF)
    roots = {r["customer_id"]: r["root_id"] for r in book.run(book.tables.customer_root).dicts()}
    assert roots == {
        "top": "top", "mid": "top", "low": "top", "self": "self", "a": "a", "b": "b", "c": "c", "d": "d", "e": "gone",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("zone", "day"), [("UTC", "2025-03-01"), ("America/Los_Angeles", "2025-02-28"), ("Asia/Tokyo", "2025-03-01")]
)
def test_a_day_is_the_companys_day(memory: Memory, zone: str, day: str) -> None:
    rows = [span("A", "2025-03-01T05:00:00", None, 1000), span("B", "2025-03-01T09:00:00", "2025-03-01T14:59:00", 1000)]
    book = memory.book({"subscription_span": rows}, AS_OF, timezone=zone)
    assert [m for m in moves(book) if m[1] == "new"] == [(day, "new", None)]


def test_what_is_shown_and_not_kept_has_the_declared_columns(memory: Memory) -> None:
    assert tuple(SHOWN_SQL) == SHOWN
    book = memory.book({}, AS_OF, timezone="Europe/Madrid")
    for name in SHOWN:
        columns = [each[0] for each in memory.connection.execute(f"DESCRIBE {book.schema}.{name}").fetchall()]
        assert columns == list(ROLLUPS[name])


def test_an_empty_company_has_empty_roll_ups_and_answers(memory: Memory) -> None:
    book = memory.book({}, AS_OF)
    assert moves(book) == []
    assert [r["on_date"] for r in book.run(book.tables.calendar_day).dicts()] == [AS_OF]
    assert book.run(book.tables.calendar_month).dicts()[-1]["last_day"] == day_number(AS_OF)
    assert ask(book, "mrr").rows == ()
    assert ask(book, "survival").rows == ()
    assert [r["n_started"] for r in ask(book, "arpa_by_tenure").rows] == [0] * 25


def test_a_late_renewal_after_a_trial_between_swaps_one_price_for_another(memory: Memory) -> None:
    fixed = {"collection": "invoice"}
    rows = [
        span("A", START, "2025-02-01", 1000, **fixed),
        span("A", "2025-02-01", "2025-02-10", 1000, status="trialing", **fixed),
        span("A", "2025-02-10", None, 1500, **fixed),
    ]
    book = memory.book({"subscription_span": rows}, AS_OF)
    assert moves(book) == [("2025-01-01", "new", None), ("2025-02-10", "expansion", "plan")]


def test_who_never_paid_is_no_customer_even_where_one_at_0_stays_one(memory: Memory) -> None:
    rows = [span("A", START, None, 0), span("B", START, "2025-02-01", 1000), span("B", "2025-02-01", None, 0)]
    book = memory.book({"subscription_span": rows}, AS_OF, policy=Policy(zero_mrr_is_churn=False))
    held = {r["customer_id"] for r in book.run(book.tables.mrr_level).dicts() if r["to_month"] > parse_month("2025-06")}
    assert held == {"B"}


def test_the_plan_of_a_months_end_is_the_one_in_force_then_also_in_the_first_month(memory: Memory) -> None:
    rows = [span("A", "2025-01-03", "2025-01-20", 1000), span("A", "2025-01-20", None, 2000, plan="team")]
    rows[0]["plan"] = "basic"
    book = memory.book({"subscription_span": rows}, AS_OF)
    assert plans(book) == [("basic", 0, parse_month("2025-01")), ("team", parse_month("2025-01"), OPEN)]


def test_where_items_overlap_the_plan_of_the_largest_holds_and_an_equal_one_of_the_first_item(memory: Memory) -> None:
    rows = [
        span("A", START, "2025-04-01", 1000, plan="basic", subscription_id="s1"),
        span("A", "2025-02-10", "2025-03-05", 5000, plan="team", subscription_id="s2"),
        span("A", "2025-03-01", None, 1000, plan="other", subscription_id="s3"),
    ]
    book = memory.book({"subscription_span": rows}, AS_OF)
    held = [(plan, max(first, parse_month(START[:7]))) for plan, first, _ in plans(book)]
    months = [parse_month(f"2025-0{n}") for n in (1, 2, 3, 4)]
    assert held == [("basic", months[0]), ("team", months[1]), ("basic", months[2]), ("other", months[3])]


def test_an_item_that_moves_to_another_customer_ends_with_the_one_and_begins_with_the_other(memory: Memory) -> None:
    rows = [
        span("A", START, "2025-03-01", 1000, subscription_id="shared"),
        span("B", "2025-03-01", None, 1000, subscription_id="shared"),
    ]
    book = memory.book({"subscription_span": rows}, AS_OF)
    assert moves(book) == [
        ("2025-01-01", "new", None), ("2025-03-01", "churn", "cancel"), ("2025-03-01", "new", None),
    ]  # fmt: skip


def test_an_item_that_changes_its_currency_ends_in_one_and_begins_in_the_other_on_one_day(memory: Memory) -> None:
    rows = [span("A", START, "2025-03-01", 1000), span("A", "2025-03-01", None, 1000, currency="USD")]
    book = memory.book({"subscription_span": rows, "fx_rate": [rate("USD", START, "0.5")]}, AS_OF)
    found = book.run(book.tables.movement).dicts()
    assert sorted((m["day"], m["kind"], m["currency"], m["amount_e6"]) for m in found)[1][1:] == (
        "contraction", None, None,
    )  # fmt: skip
    assert [mrr_at(book, month) for month in ("2025-02", "2025-03")] == [1000, 500]


def plans(book: Book) -> list[tuple[str, int, int]]:
    """The plan of the only customer with the months from and to which it holds, equal neighbours once."""
    found = book.run_sql("SELECT value, from_month, to_month FROM customer_trait WHERE name = 'plan' ORDER BY 2").rows
    kept: list[tuple[str, int, int]] = []
    for plan, first, until in found:
        if kept and kept[-1][0] == plan:
            kept[-1] = (plan, kept[-1][1], until)
        else:
            kept.append((plan, first, until))
    return kept
