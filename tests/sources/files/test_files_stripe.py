"""Data nobody here wrote: Stripe tables as a warehouse loader lands them, through the mapping of the how-to."""

from datetime import datetime
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
SEEDS = ROOT.parent / "shared" / "data" / "fivetran_dbt_stripe" / "seeds"
MAPPING = ROOT / "docs" / "how-to" / "fivetran-stripe.toml"

pytestmark = pytest.mark.skipif(
    not SEEDS.exists(), reason="../shared/data/fivetran_dbt_stripe is not here: it is no part of this repository"
)


@pytest.fixture
def stripe(company):
    company.settings(MAPPING.read_text("utf-8"))
    company.report = company.load(path=SEEDS)
    return company


def test_the_counts_are_those_of_the_how_to(stripe):
    assert stripe.report.unmatched == ()
    assert [(t.table, t.file, t.rows_in, t.kept, t.quarantined) for t in stripe.status().tables] == [
        ("payment", "charge_data.csv", 16, 16, 0),
        ("customer", "customer_data.csv", 12, 12, 0),
        ("invoice", "invoice_data.csv", 2, 2, 0),
        ("subscription_span", "subscription_item_data.csv", 14, 2, 12),
    ]
    assert len(stripe.status().unused) == 25


def test_only_the_items_whose_subscription_is_there_become_spans(stripe):
    columns = "subscription_id, customer_id, valid_from, valid_to, plan, unit_amount_cents, quantity::INT, currency"
    assert stripe.kept("subscription_span", columns) == [
        ("sdgfs4536", "sdf6547", datetime(2024, 7, 1, 10), None, "zb1", 150000, 1, "USD"),  # noqa: DTZ001
        ("sfjytkyu876", "123fsdf", datetime(2024, 7, 2, 10, 30), None, "ab2", 150000, 2, "USD"),  # noqa: DTZ001
    ]
    assert [row.line for row in stripe.bad()] == list(range(4, 16))
    assert {row.reason for row in stripe.bad()} == {
        "subscription_data.csv has no row where id is the subscription_id of the row"
    }


def test_copies_for_other_warehouses_are_named_as_such(stripe):
    twins = [f.where for f in stripe.status().findings if f.code == "other_warehouse"]
    assert twins == [
        "discount_data_postgres.csv",
        "discount_data_snowflake.csv",
        "subscription_discount_data_postgres.csv",
        "subscription_discount_data_snowflake.csv",
    ]


def test_loading_the_seeds_twice_changes_nothing(stripe):
    assert [each.is_new for each in stripe.load(path=SEEDS).loads] == [False] * 4
