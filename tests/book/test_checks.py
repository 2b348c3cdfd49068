"""Every check is triggered by the row it is for, and by no row of a clean book."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest

from relevo.base.config import Company
from relevo.base.findings import Finding, Severity
from relevo.book.checks import check_book
from relevo.book.engine import connect
from relevo.book.identity import match
from relevo.book.matching.facts import Landed
from relevo.book.policy import Policy
from relevo.book.references import FUTURE_ALLOWED, REFERENCES
from relevo.book.rollups.all import Setting
from relevo.book.rollups.all import make as make_rollups
from relevo.book.table import Kind
from relevo.book.tables import TABLES
from tests.making import span
from tests.measures.memory import fill

TODAY = date(2026, 3, 31)
LATE = datetime(2026, 5, 1, tzinfo=UTC)
Rows = list[dict[str, Any]]

A = {"customer_id": "A", "name": "Acme", "segment": "smb"}
CLEAN: Mapping[str, Rows] = {
    "customer": [A, {"customer_id": "B", "name": "Bee", "parent_id": "A"}],
    "subscription_span": [
        span("A", "2025-01-01", "2025-06-01", 1000),
        span("A", "2025-06-01", None, 2000),
        span("B", "2025-03-01", None, 500, currency="USD", discount_cents=100, discount_kind="forever"),
    ],
    "fx_rate": [{"currency": "USD", "on_date": "2025-01-01", "rate": "0.9"}],
    "customer_attribute": [{"customer_id": "A", "name": "tier", "value": "gold"}],
    "deal": [{"deal_id": "D", "customer_id": "A", "forecast_at": LATE}],
    "schedule": [
        {"schedule_id": "nights", "timezone": "UTC", "weekday": "fri", "opens": "22:00", "closes": "06:00"},
        {"schedule_id": "days", "timezone": "Asia/Kathmandu", "weekday": "sat", "opens": "00:00", "closes": "24:00"},
    ],
    "spend": [{"month": "2026-04-01", "kind": "support", "amount_cents": 5, "currency": "EUR"}],
}


def look(tables: Mapping[str, Rows]) -> list[Finding]:
    """What the checks find in some rows, with everything about customers that a build does before."""
    connection = connect()
    setting = Setting(Company(), Policy(), TODAY)
    for name in TABLES:
        fill(connection, name, [{"source": "test", **row} for row in tables.get(name, ())])
    connection.execute("CREATE TEMP TABLE own_customer AS SELECT DISTINCT customer_id FROM customer")
    kept = {n: f"SELECT * FROM {n}" for n, t in TABLES.items() if "customer_id" in t.column_names}
    match(connection, Landed(kept, "SELECT customer_id, source, 1 AS seq FROM customer"))
    found = list(check_book(connection, setting, TODAY, before=True))
    if not any(f.severity is Severity.CRITICAL for f in found):
        make_rollups(connection, setting, lambda _name, _rows: None)
        found += check_book(connection, setting, TODAY, before=False)
    connection.close()
    return found


def with_rows(table: str, *rows: dict[str, Any]) -> dict[str, Rows]:
    """The clean tables with more rows in one of them."""
    return {**CLEAN, table: [*CLEAN.get(table, []), *rows]}


def test_a_clean_book_has_nothing_to_say() -> None:
    assert look(CLEAN) == []


def item(customer: str = "A", start: str = "2025-01-01", cents: int = 1, **more: Any) -> dict[str, Rows]:
    """The clean tables with one more item of a customer."""
    return with_rows("subscription_span", span(customer, start, None, cents, **{"item_id": "more", **more}))


def held(customer: str, role: str) -> dict[str, Any]:
    """An open assignment."""
    return {"customer_id": customer, "role": role, "person_id": "P", "from_at": "2025-01-01"}


def hours(schedule: str = "hq", timezone: str = "Europe/Madrid", **more: Any) -> dict[str, Any]:
    """A row of opening hours."""
    row = {"schedule_id": schedule, "timezone": timezone, "weekday": "mon", "opens": "09:00", "closes": "17:00"}
    return {**row, **more}


LOOP = [{"customer_id": c, "name": c, "parent_id": p} for c, p in (("X", "Y"), ("Y", "Z"), ("Z", "X"))]
ODD = [
    ("span_overlap", "critical", item(start="2025-08-01", item_id="main")),
    ("currency_without_rate", "critical", item(currency="GBP")),
    ("rate_not_positive", "critical", with_rows("fx_rate", {"currency": "GBP", "on_date": "2025-01-01", "rate": 0})),
    ("rate_starts_late", "warning", item(start="2024-12-01", currency="USD")),
    ("rate_of_own_currency", "warning", with_rows("fx_rate", {"currency": "EUR", "on_date": "2025-01-01", "rate": 2})),
    ("orphan_key", "warning", with_rows("deal", {"deal_id": "E", "customer_id": "nobody"})),
    ("in_the_future", "warning", with_rows("payment", {"payment_id": "P", "customer_id": "A", "at": LATE})),
    ("quantity_too_fine", "warning", item(quantity="0.0000001")),
    ("discount_over_price", "warning", item(discount_cents=2)),
    ("negative_mrr", "warning", item("B", cents=-700)),
    ("attribute_name_taken", "warning", with_rows("customer_attribute", {"customer_id": "A", "name": "plan"})),
    ("parent_loop", "warning", with_rows("customer", *LOOP)),
    ("hours_unreadable", "warning", with_rows("schedule", hours(), hours("b", "Mars"))),
    ("hours_in_two_zones", "warning", with_rows("schedule", hours(), hours(timezone="UTC", weekday="tue"))),
    ("baton_unheld", "warning", with_rows("assignment", held("A", "success"), held("B", "support"))),
]


@pytest.mark.parametrize(("code", "severity", "tables"), ODD, ids=[o[0] for o in ODD])
def test_a_check_finds_its_row_and_says_what_to_do(code: str, severity: str, tables: dict[str, Rows]) -> None:
    found = look(tables)
    assert {(f.code, str(f.severity)) for f in found} == {(code, severity)}
    assert all(f.where and f.hint and f.message.endswith(".") and "{" not in f.message for f in found)


def test_nobody_is_told_who_holds_whom_where_the_company_says_it_of_nobody() -> None:
    """A deal that is not won, or whose buyer is unknown, says nothing of it either."""
    lost = {"deal_id": "L", "customer_id": "A", "outcome": "lost", "closed_at": "2026-03-01", "person_id": "P"}
    assert look(with_rows("deal", lost, {**lost, "deal_id": "W", "customer_id": None, "outcome": "won"})) == []
    (found,) = look(with_rows("deal", {**lost, "outcome": "won"}))
    assert (found.code, found.where, "1 active customers" in found.message) == ("baton_unheld", "assignment", True)
    assert found.message.endswith(": B.")


def test_hours_that_nobody_can_read_are_named_with_the_reason() -> None:
    wrong = (hours("a", "Mars"), hours("b", closes="09:00"), hours("c", opens="9"), hours("d"))
    (found,) = look(with_rows("schedule", *wrong))
    assert found.message == (
        "3 kinds of opening hours cannot be read, and no time is counted in them: a: 'Mars' is no time zone of the IANA"
        " list, b: Hours from 09:00 to 09:00 say neither a day nor nothing, c: '9' is no time of day."
    )


def test_a_book_without_customers_is_refused() -> None:
    found = look({"fx_rate": CLEAN["fx_rate"]})
    assert [(f.code, f.severity) for f in found] == [("no_customer", Severity.CRITICAL)]


def test_rows_that_share_a_key_since_their_customers_are_one_are_named() -> None:
    tier = {"name": "tier", "value": "gold", "from_at": "2025-01-01"}
    tables = with_rows("customer_attribute", {**tier, "customer_id": "A"}, {**tier, "customer_id": "A"})
    tables["customer_alias"] = [{"source": "relevo", "external_id": "B", "customer_id": "A"}]
    codes = {(f.code, f.where) for f in look(tables)}
    assert ("grain_not_unique", "customer_attribute") in codes


def test_a_customer_that_only_billing_knows_is_counted_once_it_is_there() -> None:
    """The build adds a row for it; here the row stands for the one that the build adds."""
    connection = connect()
    for name in TABLES:
        fill(connection, name, [{"source": "s", **r} for r in CLEAN.get(name, ())])
    connection.execute("CREATE TEMP TABLE own_customer AS SELECT 'A' AS customer_id")
    connection.execute("CREATE TABLE identity_match AS SELECT '' AS external_id, '' AS customer_id LIMIT 0")
    found = list(check_book(connection, Setting(Company(), Policy(), TODAY), TODAY, before=True))
    assert [(f.code, "B" in f.message) for f in found] == [("customer_without_row", True)]


def test_at_most_three_examples_are_shown() -> None:
    rows = [span("A", "2025-01-01", None, 1, item_id=f"i{n}", quantity="0.0000001") for n in range(5)]
    (found,) = look(with_rows("subscription_span", *rows))
    assert found.message.startswith("5 quantities")
    assert found.message.count(" / ") == 3


def test_references_and_allowed_dates_name_columns_that_exist() -> None:
    for table, column, target in REFERENCES:
        assert TABLES[table].column(column)
        assert len(TABLES[target].key) == 1
    for table, column in FUTURE_ALLOWED:
        assert TABLES[table].column(column).kind in (Kind.DATE, Kind.TIMESTAMP)
