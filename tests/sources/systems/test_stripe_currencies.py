"""Amounts of Stripe's tables in currencies with other decimals than two.

Stripe's own list of special cases: 5 ISK and 5 UGX are told as 500, 5 JPY and 5 MGA as 5, 5.120 KWD as 5120. In
ISO 4217, which the book follows, kronur, shillings and yen have no decimals, ariary two and dinars three.
"""

from datetime import UTC, datetime
from pathlib import Path

from relevo.base.config import Config
from relevo.book.engine import connect
from relevo.book.landing import Landing, kept_sql, quarantined_rows
from relevo.sources.load import load_path

CHARGES = """id,amount,created,currency,customer_id,invoice_id,status,captured
ch_eur,500,2026-01-05T10:00:00Z,eur,cus_1,in_1,succeeded,true
ch_isk,500,2026-01-05T10:00:00Z,isk,cus_1,in_1,succeeded,true
ch_jpy,5,2026-01-05T10:00:00Z,jpy,cus_1,in_1,succeeded,true
ch_kwd,5120,2026-01-05T10:00:00Z,kwd,cus_1,in_1,succeeded,true
ch_mga,5,2026-01-05T10:00:00Z,mga,cus_1,in_1,succeeded,true
ch_old,4010,2023-01-05T10:00:00Z,isk,cus_1,in_1,succeeded,true
ch_ugx,500,2026-01-05T10:00:00Z,ugx,cus_1,in_1,succeeded,true
"""
PRICES = """id,unit_amount,currency,product_id,recurring_interval,recurring_interval_count
price_1,9900,isk,prod_1,month,1
"""
SUBSCRIPTIONS = """id,customer_id,status,created,current_period_start,current_period_end
sub_1,cus_1,active,2026-01-05T10:00:00Z,2026-01-05T10:00:00Z,2026-02-05T10:00:00Z
"""
ITEMS = """id,subscription_id,plan_id,quantity,created
si_1,sub_1,price_1,3,2026-01-05T10:00:00Z
"""
COUPONS = """id,amount_off,percent_off,currency,duration,duration_in_months
co_1,,25,,forever,
"""
DISCOUNTS = """id,coupon_id,customer_id,subscription_id,start,end
di_1,co_1,cus_1,sub_1,2026-01-05T10:00:00Z,
"""


def loaded(folder: Path, **tables: str) -> Landing:
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text)
    landing = Landing(folder / "landing")
    load_path(folder, landing, Config(), datetime(2026, 4, 1, tzinfo=UTC))
    return landing


def test_amounts_are_in_the_minor_units_of_the_book(tmp_path: Path) -> None:
    landing = loaded(tmp_path, charge=CHARGES)
    with connect() as connection:
        sql = f"SELECT currency, amount_cents FROM ({kept_sql(landing, 'payment')}) ORDER BY ALL"
        assert connection.execute(sql).fetchall() == [
            ("EUR", 500), ("ISK", 5), ("JPY", 5), ("KWD", 5120), ("MGA", 500), ("UGX", 5),
        ]  # fmt: skip
        set_aside = quarantined_rows(landing, connection, 10, 0)
    assert [(row.column, row.value) for row in set_aside] == [("amount_cents", "4010")], "40.10 kronur are none"


def test_a_price_in_kronur_and_a_quarter_off(tmp_path: Path) -> None:
    landing = loaded(
        tmp_path, price=PRICES, subscription=SUBSCRIPTIONS, subscription_item=ITEMS, coupon=COUPONS, discount=DISCOUNTS
    )
    with connect() as connection:
        kept = kept_sql(landing, "subscription_span")
        sql = f"SELECT currency, unit_amount_cents, quantity, discount_cents FROM ({kept})"
        # 3 x 99 ISK are 297; a quarter of it is 74.25, and there are no parts of a krona.
        assert connection.execute(sql).fetchall() == [("ISK", 99, 3, 74)]
