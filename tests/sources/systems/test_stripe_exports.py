"""Stripe's exports: subscriptions, whose spans are cut where the export knows that something changed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from relevo.base.config import Config, parse_config
from relevo.book.engine import connect
from relevo.book.landing import quarantined_rows
from relevo.book.landing_rows import kept_sql
from relevo.book.landing_store import Landing
from relevo.sources.load import load_path

HEAD = (
    "id,Customer ID,Customer Email,Plan,Quantity,Currency,Interval,Amount,Status,Created (UTC),Start (UTC),"
    "Current Period Start (UTC),Current Period End (UTC),Trial End (UTC),Canceled At (UTC),Ended At (UTC)\n"
)


@pytest.fixture
def landing(tmp_path: Path) -> Landing:
    return Landing(tmp_path / "landing")


def load(landing: Landing, folder: Path, month: int, *rows: str) -> None:
    file = folder / f"{month}" / "subscriptions.csv"
    file.parent.mkdir()
    file.write_text(HEAD + "\n".join(rows) + "\n")
    load_path(file, landing, Config(), datetime(2026, month, 28, tzinfo=UTC))


def kept(landing: Landing, table: str, told: str) -> list[tuple[object, ...]]:
    with connect() as connection:
        return connection.execute(f"SELECT {told} FROM ({kept_sql(landing, table)}) AS {table} ORDER BY ALL").fetchall()


def spans(landing: Landing, known_at: datetime | None = None) -> list[tuple[str, ...]]:
    told = "strftime(valid_from, '%m-%d'), strftime(valid_to, '%m-%d'), status, unit_amount_cents * quantity"
    with connect() as connection:
        kept = kept_sql(landing, "subscription_span", known_at)
        return connection.execute(f"SELECT {told} FROM ({kept}) ORDER BY subscription_id, valid_from").fetchall()


def test_a_trial_and_an_unpaid_period_are_parts_of_their_own(landing: Landing, tmp_path: Path) -> None:
    load(
        landing,
        tmp_path,
        6,
        "sub_1,cus_1,a@b.example,gold,2,eur,month,49.50,past_due,2026-01-10 08:00,2026-01-10 08:00,"
        "2026-06-24 08:00,2026-07-24 08:00,2026-01-24 08:00,,",
    )
    assert spans(landing) == [
        ("01-10", "01-24", "trialing", 9900),
        ("01-24", "06-24", "active", 9900),
        ("06-24", None, "past_due", 9900),
    ]


def test_what_the_next_export_tells_takes_the_place_of_every_part(landing: Landing, tmp_path: Path) -> None:
    row = "{id},cus_1,a@b.example,gold,1,eur,month,10,{status},2026-01-10,2026-01-10,{now},2026-09-10,,,"
    load(
        landing,
        tmp_path,
        6,
        row.format(id="sub_1", status="past_due", now="2026-06-10"),
        row.format(id="sub_2", status="past_due", now="2026-06-11"),
    )
    load(landing, tmp_path, 7, row.format(id="sub_1", status="active", now="2026-07-10"))
    assert spans(landing) == [
        ("01-10", None, "active", 1000),
        ("01-10", "06-11", "active", 1000),
        ("06-11", None, "past_due", 1000),
    ], "what the later file says nothing of stays"
    assert len(spans(landing, datetime(2026, 7, 1, tzinfo=UTC))) == 4, "what was known in June is still known of June"


def test_a_dispute_takes_back_what_was_paid_unless_it_was_won(landing: Landing, tmp_path: Path) -> None:
    file = tmp_path / "payments.csv"
    file.write_text(
        "id,Customer ID,Created (UTC),Amount,Amount Refunded,Currency,Status,Seller Message,Invoice ID,"
        "Disputed Amount,Dispute Status,Dispute Date (UTC)\n"
        "py_1,cus_1,2026-01-05 10:00,20.00,0.00,eur,Paid,Payment complete.,in_1,20.00,lost,2026-01-25 09:00\n"
        "py_2,cus_1,2026-02-05 10:00,20.00,0.00,eur,Paid,Payment complete.,in_2,20.00,won,2026-02-25 09:00\n"
        "py_3,cus_1,2026-03-05 10:00,20.00,5.00,eur,Paid,Payment complete.,in_3,,,\n"
    )
    load_path(file, landing, Config(), datetime(2026, 4, 1, tzinfo=UTC))
    assert kept(landing, "payment", "payment_id, status, amount_cents, strftime(payment.at, '%m-%d')") == [
        ("stripe:py_1", "succeeded", 2000, "01-05"),
        ("stripe:py_1:dispute", "disputed", 2000, "01-25"),
        ("stripe:py_2", "succeeded", 2000, "02-05"),
        ("stripe:py_3", "succeeded", 2000, "03-05"),
        ("stripe:py_3:refund", "refunded", 500, "03-05"),
    ]


def test_tax_is_no_part_of_what_was_billed(landing: Landing, tmp_path: Path) -> None:
    file = tmp_path / "invoices.csv"
    file.write_text(
        "id,Number,Customer,Subscription,Date (UTC),Amount Due,Total,Tax,Currency,Status\n"
        "in_1,A-1,cus_1,sub_1,2026-01-05 10:00,24.20,24.20,4.20,eur,paid\n"
        "in_2,A-2,cus_1,sub_1,2026-02-05 10:00,20.00,20.00,,eur,paid\n"
    )
    load_path(file, landing, Config(), datetime(2026, 4, 1, tzinfo=UTC))
    assert kept(landing, "invoice", "amount_cents, tax_cents") == [(2000, 420), (2000, None)]


def test_a_heading_that_says_utc_is_believed_whatever_is_said_of_the_file(landing: Landing, tmp_path: Path) -> None:
    file = tmp_path / "payments.csv"
    file.write_text(
        "id,Customer ID,Created,Amount,Amount Refunded,Currency,Status,Seller Message,Refunded date (UTC)\n"
        "py_1,cus_1,2026-01-05 10:00,20.00,20.00,eur,Refunded,Payment complete.,2026-01-06 10:00\n"
    )
    said = parse_config('[[reading]]\nfile = "*"\ntimezone = "America/New_York"\n', "relevo.toml")
    load_path(file, landing, said, datetime(2026, 4, 1, tzinfo=UTC))
    assert kept(landing, "payment", "status, strftime(payment.at, '%d %H:%M')") == [
        ("refunded", "06 10:00"),
        ("succeeded", "05 15:00"),
    ]


def test_a_customer_of_two_subscriptions_is_told_of_once(landing: Landing, tmp_path: Path) -> None:
    row = "{id},cus_1,a@b.example,gold,1,eur,month,10,active,2026-01-10,2026-01-10,2026-06-10,2026-09-10,,,"
    load(landing, tmp_path, 6, row.format(id="sub_1"), row.format(id="sub_2"))
    with connect() as connection:
        assert not quarantined_rows(landing, connection, 10, 0)
    assert kept(landing, "customer", "customer_id, name") == [("stripe:cus_1", "a@b.example")]
