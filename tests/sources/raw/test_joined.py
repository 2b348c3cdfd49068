"""Raw tables that others look up: what cannot be read of them is told, and rows that need it are set aside."""

from pathlib import Path

import pytest

from relevo.sources.raw.joined import needed
from relevo.sources.raw.model import Kind
from relevo.sources.systems.stripe import STRIPE
from tests.sources.systems.loading import Loaded, load, write

ITEMS = """
    id,subscription_id,plan_id,quantity,created,_fivetran_synced
    si_1,sub_1,gold,2,2026-01-01 00:00:00,2026-06-01 00:00:00
    si_2,sub_2,gold,1,2026-01-01 00:00:00,2026-06-01 00:00:00
    si_3,sub_3,tin,1,2026-01-01 00:00:00,2026-06-01 00:00:00
    si_4,sub_4,gold,1,2026-01-01 00:00:00,2026-06-01 00:00:00
"""
PLANS = """
    id,amount,currency,interval,interval_count,nickname,product_id,usage_type,_fivetran_synced
    gold,5000,eur,month,1,Gold,prod_1,licensed,2026-06-01 00:00:00
    tin,12.50,eur,month,1,Tin,prod_2,licensed,2026-06-01 00:00:00
"""
SUBSCRIPTIONS = """
    id,customer_id,status,created,start_date,trial_end,current_period_start,current_period_end,_fivetran_synced
    sub_1,cus_1,active,2026-01-01,2026-01-01,,2026-06-01,2026-07-01,2026-06-01 00:00:00
    sub_2,cus_2,active,2026-01-01,2026-01-01,soon,2026-06-01,2026-07-01,2026-06-01 00:00:00
    sub_3,cus_3,active,2026-01-01,2026-01-01,,2026-06-01,2026-07-01,2026-06-01 00:00:00
    sub_4,cus_4,active,2026-01-01,2026-01-01,,2026-06-01,tomorrow,2026-06-01 00:00:00
"""


@pytest.fixture
def stripe(tmp_path: Path) -> Loaded:
    folder = write(tmp_path / "raw", subscription_item=ITEMS, plan=PLANS, subscription=SUBSCRIPTIONS)
    return load(folder, tmp_path / "landing")


def test_a_row_that_needs_what_cannot_be_read_elsewhere_is_set_aside(stripe: Loaded) -> None:
    # sub_2 has a trial of unknown length, tin a price of twelve and a half cents; the end of a term is not required.
    assert stripe.rows("subscription_span", "customer_id") == [("stripe:cus_1",), ("stripe:cus_4",)]
    file, table = "subscription_item.csv", "subscription_span"
    assert stripe.aside == {
        (file, table, "", "trial_end of its subscription cannot be read: it is not a time"): 1,
        (file, table, "unit_amount_cents", "amount of its plan cannot be read: it is not an amount in minor units"): 1,
    }


def test_what_cannot_be_read_elsewhere_is_counted_by_file_and_field_with_an_example(stripe: Loaded) -> None:
    told = {f.where: f for each in stripe.report.loads for f in each.load.findings if f.code == "unread_cells"}
    assert set(told) == {
        "trial_end in subscription.csv",
        "current_period_end in subscription.csv",
        "amount in plan.csv",
    }
    found = told["trial_end in subscription.csv"]
    assert "1 values of trial_end" in found.message
    assert "'soon'" in found.message
    assert "soon" not in found.plain, "who may not see every row is not shown one"


def test_a_cell_that_nothing_looks_up_is_not_spoken_of(tmp_path: Path) -> None:
    priced = PLANS.replace("12.50", "1250").replace(",1,Tin", ",often,Tin")
    read = SUBSCRIPTIONS.replace("soon", "").replace("tomorrow", "")
    loaded = load(
        write(tmp_path / "raw", subscription_item=ITEMS, plan=priced, subscription=read), tmp_path / "landing"
    )
    assert [f.where for f in loaded.report.findings if f.code == "unread_cells"] == ["interval_count in plan.csv"]


def test_only_direct_joins_have_names_outside_of_a_subquery() -> None:
    span = next(recipe for recipe in STRIPE.recipes if recipe.of == "subscription_item")
    found = needed(span, STRIPE)
    assert {(each.alias, each.field, each.kind) for each in found["unit_amount_cents"]} == {
        ("price", "unit_amount", Kind.NUMBER),
        ("plan", "amount", Kind.MINOR),
    }
    assert found["quantity"] == ()
    assert {each.alias for each in found[""]} == {"s"}, "the price in the subquery of costs is another"


def test_a_cell_of_the_row_itself_that_decides_how_it_is_cut_sets_it_aside(tmp_path: Path) -> None:
    folder = write(
        tmp_path / "raw",
        subscriptions="""
            CUSTOMER_UUID,CUSTOMER_NAME,CUSTOMER_SUBSCRIPTION_ID,PLAN_NAME,MRR,ARR,CURRENCY,BILLING_SYSTEM,STATUS,START_DATE,END_DATE
            c1,Acme,s1,Gold,1000,12000,EUR,Stripe,cancelled,2026-01-01,2026-03-01
            c2,Bolt,s2,Gold,1000,12000,EUR,Stripe,cancelled,2026-01-01,in spring
        """,
    )
    loaded = load(folder, tmp_path / "landing")
    assert loaded.rows("subscription_span", "subscription_id") == [("chartmogul:s1",)]
    reasons = {reason for _, table, _, reason in loaded.aside if table == "subscription_span"}
    assert reasons == {"it is not a time"}, "it is not passed over as a cancellation without a date"
