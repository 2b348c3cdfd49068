"""Stripe's tables as loaders land them since Stripe keeps the billing period at the items."""

from datetime import UTC, datetime
from pathlib import Path

from relevo.base.config import Config
from relevo.book.engine import connect
from relevo.book.landing_rows import kept_sql
from relevo.book.landing_store import Landing
from relevo.sources.load import load_path

PRICE = "id,unit_amount,currency,recurring_interval,recurring_interval_count,livemode\ngold,5000,eur,month,1,true\n"


def spans(folder: Path, subscriptions: str, items: str) -> list[tuple[str, ...]]:
    for name, text in (("subscription", subscriptions), ("subscription_item", items), ("price", PRICE)):
        (folder / f"{name}.csv").write_text(text)
    landing = Landing(folder / "landing")
    load_path(folder, landing, Config(), datetime(2026, 11, 1, tzinfo=UTC))
    told = "item_id, strftime(valid_from, '%m-%d'), strftime(valid_to, '%m-%d'), status, strftime(term_end_on, '%m-%d')"
    with connect() as connection:
        return connection.execute(
            f"SELECT {told} FROM ({kept_sql(landing, 'subscription_span')}) ORDER BY ALL"
        ).fetchall()


def test_what_is_not_paid_is_cut_at_the_period_of_the_item(tmp_path: Path) -> None:
    # The subscription tells no period; its item tells that the unpaid one began on 06-01 and ends on 07-01.
    found = spans(
        tmp_path,
        "id,customer_id,status,created,start_date\nsub_1,cus_1,unpaid,2026-01-01,2026-01-01\n",
        "id,subscription_id,plan_id,quantity,created,current_period_start,current_period_end\n"
        "si_1,sub_1,gold,1,2026-01-01,2026-06-01 00:00:00,2026-07-01 00:00:00\n",
    )
    assert found == [("si_1", "01-01", "06-01", "active", "07-01"), ("si_1", "06-01", None, "unpaid", "07-01")]
