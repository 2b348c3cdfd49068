"""Subscriptions that two tellers tell are read once, and the second is asked about."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from relevo.base.config import Config, parse_config
from relevo.book.engine import connect
from relevo.book.landing_rows import kept_sql
from relevo.book.landing_store import Landing
from relevo.sources.load import LoadReport, load_path

NOW = datetime(2026, 6, 1, tzinfo=UTC)
FILES = {
    "subscriptions.csv": "id,Customer ID,Plan,Quantity,Currency,Interval,Amount,Status,Start (UTC)\n"
    "sub_1,cus_1,gold,1,eur,month,50.00,active,2026-01-10 08:00\n",
    "mogul.csv": "CUSTOMER_UUID,CUSTOMER_EXTERNAL_IDS,CUSTOMER_NAME,CUSTOMER_SUBSCRIPTION_ID,BILLING_SYSTEM,PLAN_NAME,"
    "QUANTITY,MRR,CURRENCY,STATUS,SUBSCRIPTION_START_DATE\n"
    "cus_uuid,cus_1,Acme,sub_1,Stripe,gold,1,5000,EUR,Active,2026-01-10 08:00\n",
    "chargebee.csv": "subscriptions.id,subscriptions.customer_id,subscriptions.status,subscriptions.currency_code,"
    "subscriptions.billing_period,subscriptions.billing_period_unit,subscriptions.started_at,subscriptions.plan_id,"
    "subscriptions.plan_quantity,subscriptions.plan_unit_price,subscriptions.mrr\n",
    "subscription_item_data.csv": "id,subscription_id,plan_id,quantity,created,_fivetran_synced\n"
    "si_1,sub_1,gold,1,2026-01-10 08:00:00,2026-05-01 00:00:00\n",
    "subscription_data.csv": "id,customer_id,status,start_date,created,current_period_start,current_period_end,"
    "_fivetran_synced\nsub_1,cus_1,active,2026-01-10 08:00:00,2026-01-10 08:00:00,2026-05-10 08:00:00,"
    "2026-06-10 08:00:00,2026-05-01 00:00:00\n",
    "plan_data.csv": "id,amount,currency,interval,interval_count,product_id,_fivetran_synced\n"
    "gold,5000,eur,month,1,prod_1,2026-05-01 00:00:00\n",
}
LOADED = ("subscription_item_data.csv", "subscription_data.csv", "plan_data.csv")


def load(home: Path, *files: str, toml: str = "") -> LoadReport:
    folder = home / "-".join(files)
    folder.mkdir(exist_ok=True)
    for name in files:
        (folder / name).write_text(FILES[name])
    config = parse_config(toml, "relevo.toml") if toml else Config()
    return load_path(folder, Landing(home / "landing"), config, NOW)


def kept(home: Path) -> list[tuple[str, ...]]:
    with connect() as connection:
        rows = kept_sql(Landing(home / "landing"), "subscription_span")
        return connection.execute(f"SELECT subscription_id FROM ({rows}) ORDER BY ALL").fetchall()


def spans(report: LoadReport) -> list[str]:
    return [each.load.recognised for each in report.loads if each.load.table == "subscription_span" and each.load.kept]


def test_a_system_that_retells_another_is_asked_about(tmp_path: Path) -> None:
    report = load(tmp_path, "subscriptions.csv", "mogul.csv")
    assert (spans(report), report.asked) == (["stripe.subscriptions_export"], ("mogul.csv",))


def test_alone_it_is_read_and_what_comes_later_is_asked_about(tmp_path: Path) -> None:
    assert spans(load(tmp_path, "mogul.csv")) == ["chartmogul.subscriptions"]
    later = load(tmp_path, "subscriptions.csv")
    assert (spans(later), later.asked) == ([], ("subscriptions.csv",))
    again = load(tmp_path, "mogul.csv")
    assert (spans(again), again.asked) == (["chartmogul.subscriptions"], ())


@pytest.mark.parametrize("first", [("subscriptions.csv",), LOADED])
def test_of_one_system_in_two_forms_the_second_is_asked_about(tmp_path: Path, first: tuple[str, ...]) -> None:
    second = LOADED if first == ("subscriptions.csv",) else ("subscriptions.csv",)
    assert len(spans(load(tmp_path, *first))) == 1
    report = load(tmp_path, *second)
    assert spans(report) == []
    assert len(report.asked) == 1


def test_together_the_tables_are_read_and_the_export_is_asked_about(tmp_path: Path) -> None:
    report = load(tmp_path, "subscriptions.csv", *LOADED)
    assert (spans(report), report.asked) == (["stripe.subscription_item"], ("subscriptions.csv",))


def test_two_billing_systems_are_both_read(tmp_path: Path) -> None:
    assert load(tmp_path, "subscriptions.csv", "chargebee.csv").asked == ()


def test_what_is_left_alone_after_it_was_read_counts_no_more_until_that_is_taken_back(tmp_path: Path) -> None:
    alone = '[[reading]]\nfile = "mogul.csv"\nis = "nothing"\n'
    assert spans(load(tmp_path, "mogul.csv")) == ["chartmogul.subscriptions"]
    assert load(tmp_path, "mogul.csv", toml=alone).loads == ()
    assert kept(tmp_path) == []
    # Nothing speaks against Stripe's export any more, and it is not asked about.
    assert spans(load(tmp_path, "subscriptions.csv")) == ["stripe.subscriptions_export"]
    assert load(tmp_path, "mogul.csv", toml=alone).loads == ()
    assert kept(tmp_path) == [("stripe:sub_1",)]
    said = '[[reading]]\nfile = "mogul.csv"\nis = "chartmogul.subscriptions"\n'
    assert spans(load(tmp_path, "mogul.csv", toml=said)) == ["chartmogul.subscriptions"]
    assert kept(tmp_path) == [("chartmogul:sub_1",), ("stripe:sub_1",)]


def test_where_somebody_says_what_it_is_both_are_read(tmp_path: Path) -> None:
    said = '[[reading]]\nfile = "mogul.csv"\nis = "chartmogul.subscriptions"\n'
    report = load(tmp_path, "subscriptions.csv", "mogul.csv", toml=said)
    assert (len(spans(report)), report.asked) == (2, ())
