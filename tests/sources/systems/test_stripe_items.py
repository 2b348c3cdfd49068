"""Stripe's items as loaders land them: their periods, when they were added, and what is only a test."""

from datetime import UTC, datetime
from pathlib import Path

from relevo.base.config import Config
from relevo.book.engine import connect
from relevo.book.landing_rows import kept_sql
from relevo.book.landing_store import Landing
from relevo.sources.load import load_path
from relevo.sources.run import LoadReport

SUBSCRIPTION = "id,customer_id,status,created,start_date,livemode,current_period_start\n"
ITEM = "id,subscription_id,plan_id,quantity,created\n"
TABLES = {
    "price": "id,unit_amount,currency,recurring_interval,recurring_interval_count,livemode\n"
    "gold,5000,eur,month,1,true\n",
    "coupon": "id,amount_off,percent_off,currency,duration,duration_in_months\nhalf,,50,,forever,\n",
}


def load(folder: Path, **tables: str) -> LoadReport:
    for name, text in {**TABLES, **tables}.items():
        (folder / f"{name}.csv").write_text(text)
    return load_path(folder, Landing(folder / "landing"), Config(), datetime(2026, 11, 1, tzinfo=UTC))


def spans(folder: Path, columns: str = "") -> list[tuple[str, ...]]:
    told = f"item_id, strftime(valid_from, '%m-%d'), strftime(valid_to, '%m-%d'), status {columns}"
    with connect() as connection:
        sql = f"SELECT {told} FROM ({kept_sql(Landing(folder / 'landing'), 'subscription_span')}) ORDER BY ALL"
        return connection.execute(sql).fetchall()


def test_what_is_not_paid_is_cut_at_the_period_of_the_item(tmp_path: Path) -> None:
    # The subscription tells no period; its item tells that the unpaid one began on 06-01 and ends on 07-01.
    load(
        tmp_path,
        subscription="id,customer_id,status,created,start_date\nsub_1,cus_1,unpaid,2026-01-01,2026-01-01\n",
        subscription_item="id,subscription_id,plan_id,quantity,created,current_period_start,current_period_end\n"
        "si_1,sub_1,gold,1,2026-01-01,2026-06-01 00:00:00,2026-07-01 00:00:00\n",
    )
    assert spans(tmp_path, ", strftime(term_end_on, '%m-%d')") == [
        ("si_1", "01-01", "06-01", "active", "07-01"),
        ("si_1", "06-01", None, "unpaid", "07-01"),
    ]


def test_an_item_counts_since_it_was_added(tmp_path: Path) -> None:
    # si_2 came on 06-10. sub_2 was made on 03-01 and is told to have begun on 01-01, with the item made beside it.
    load(
        tmp_path,
        subscription=SUBSCRIPTION + "sub_1,cus_1,active,2026-01-01 08:00:00,2026-01-01 08:00:00,true,2026-10-01\n"
        "sub_2,cus_2,active,2026-03-01 08:00:00,2026-01-01 00:00:00,true,2026-10-01\n",
        subscription_item=ITEM + "si_1,sub_1,gold,1,2026-01-01 08:00:00\nsi_2,sub_1,gold,1,2026-06-10 09:00:00\n"
        "si_3,sub_2,gold,1,2026-03-01 08:00:01\n",
    )
    assert [(item, since) for item, since, *_ in spans(tmp_path)] == [
        ("si_1", "01-01"),
        ("si_2", "06-10"),
        ("si_3", "01-01"),
    ]


def test_an_item_that_was_taken_out_counts_until_the_loader_found_it_gone(tmp_path: Path) -> None:
    load(
        tmp_path,
        subscription=SUBSCRIPTION + "sub_1,cus_1,active,2026-01-01,2026-01-01 00:00:00,true,2026-10-01\n",
        subscription_item=ITEM.strip() + ",_fivetran_deleted,_fivetran_synced\n"
        "si_1,sub_1,gold,1,2026-01-01,false,2026-10-30 04:00:00\n"
        "si_2,sub_1,gold,1,2026-01-01,true,2026-07-15 04:00:00\n",
    )
    assert spans(tmp_path) == [("si_1", "01-01", None, "active"), ("si_2", "01-01", "07-15", "active")]


def test_a_discount_after_the_fact_is_no_new_debt(tmp_path: Path) -> None:
    # Past due since 06-01; the half price agreed on 08-15 changes no invoice of June. A second part would count as
    # past due for thirty days again.
    load(
        tmp_path,
        subscription=SUBSCRIPTION + "sub_1,cus_1,past_due,2026-01-01,2026-01-01 00:00:00,true,2026-06-01\n",
        subscription_item=ITEM + "si_1,sub_1,gold,1,2026-01-01 00:00:00\n",
        subscription_discount="id,coupon_id,customer_id,start,end,subscription_id\n"
        "di_1,half,cus_1,2026-03-01 00:00:00,2026-05-01 00:00:00,sub_1\n"
        "di_2,half,cus_1,2026-08-15 00:00:00,,sub_1\n",
    )
    assert spans(tmp_path, ", discount_cents") == [
        ("si_1", "01-01", "03-01", "active", None),
        ("si_1", "03-01", "05-01", "active", 2500),
        ("si_1", "05-01", "06-01", "active", None),
        ("si_1", "06-01", None, "past_due", None),
    ]


def test_what_is_of_the_test_mode_is_left_out_and_said(tmp_path: Path) -> None:
    report = load(
        tmp_path,
        subscription=SUBSCRIPTION + "sub_1,cus_1,active,2026-01-01,2026-01-01,true,2026-10-01\n"
        "sub_2,cus_2,canceled,2026-01-01,2026-01-01,false,2026-10-01\n",
        subscription_item=ITEM + "si_1,sub_1,gold,1,2026-01-01\nsi_2,sub_2,gold,1,2026-01-01\n",
        customer="id,name,email,created,currency,livemode\n"
        "cus_1,Acme,ann@acme.example,2026-01-01,eur,true\ncus_2,Test,try@acme.example,2026-01-01,eur,false\n",
        invoice="id,customer_id,subscription_id,created,currency,total,status,livemode\n"
        "in_1,cus_1,sub_1,2026-01-01,eur,5000,paid,true\nin_2,cus_2,sub_2,2026-01-01,eur,5000,paid,false\n",
        invoice_line_item="id,invoice_id,amount,currency,livemode,proration,type\n"
        "il_1,in_1,5000,eur,true,false,subscription\nil_2,in_2,5000,eur,false,false,subscription\n",
        charge="id,amount,created,currency,customer_id,invoice_id,status,livemode\n"
        "ch_1,5000,2026-01-01,eur,cus_1,in_1,succeeded,true\nch_2,5000,2026-01-01,eur,cus_2,in_2,succeeded,false\n",
        refund="id,amount,charge_id,created,currency,reason,status,receipt_number\n"
        "re_1,100,ch_1,2026-01-02,eur,,succeeded,1\nre_2,100,ch_2,2026-01-02,eur,,succeeded,2\n",
        dispute="id,amount,charge_id,created,currency,reason,status,livemode\n"
        "dp_1,100,ch_1,2026-01-02,eur,,lost,true\ndp_2,100,ch_2,2026-01-02,eur,,lost,false\n",
    )
    assert spans(tmp_path) == [("si_1", "01-01", None, "active")]
    kept = {(load.load.file, str(load.load.table)): (load.load.kept, load.load.left_out) for load in report.loads}
    assert kept == {
        ("customer.csv", "customer"): (1, 1),
        ("customer.csv", "contact"): (1, 1),
        ("subscription_item.csv", "subscription_span"): (1, 1),
        ("subscription.csv", "cancellation"): (0, 2),
        ("invoice.csv", "invoice"): (1, 1),
        ("invoice_line_item.csv", "invoice_line"): (1, 1),
        ("charge.csv", "payment"): (1, 1),
        ("refund.csv", "payment"): (1, 1),
        ("dispute.csv", "payment"): (1, 1),
    }
    told = [finding.message for each in report.loads for finding in each.load.findings if finding.code == "left_out"]
    assert all("test mode" in message for message in told)
    assert len(told) == len(kept)
