"""One company of each system as Fivetran, Airbyte and dlt land it gives the same rows, and those give its figures."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import duckdb
import pytest

from relevo.sources.systems import SYSTEMS
from relevo.sources.warehouse.shapes import SHAPES
from tests.sources.warehouse.companies import hubspot, intercom, recurly, salesforce, stripe, zendesk
from tests.sources.warehouse.conftest import Home
from tests.sources.warehouse.landers import land_airbyte, land_dlt, land_fivetran

COMPANIES = (hubspot, intercom, recurly, salesforce, stripe, zendesk)
EVERY_SHAPE = [(each.system, shape) for each in SHAPES for shape in each.shapes]


def land(company: ModuleType, file: Path) -> None:
    with duckdb.connect(str(file)) as connection:
        land_fivetran(connection, "fivetran", company.FIVETRAN)
        land_airbyte(connection, "airbyte", company.AIRBYTE)
        land_dlt(connection, "dlt", company.DLT)


@pytest.mark.parametrize("company", COMPANIES, ids=lambda company: company.SYSTEM)
def test_every_loader_gives_the_same_rows(company: ModuleType, warehouse: Path, home: Callable[[str], Home]) -> None:
    land(company, warehouse)
    fivetran = home("fivetran")
    report = fivetran.load(warehouse, f"{company.SYSTEM}=fivetran").report
    assert not report.asked
    assert not report.quarantined
    for sql, figure in company.FIGURES.items():
        assert fivetran.value(sql) == figure, sql
    for loader in ("airbyte", "dlt"):
        other = home(loader)
        assert not other.load(warehouse, f"{company.SYSTEM}={loader}").report.quarantined
        assert other.rows() == fivetran.rows(), loader


def test_shapes_fill_fields_that_there_are() -> None:
    for system, shape in EVERY_SHAPE:
        table = next(each for each in SYSTEMS if each.name == system).table(shape.fills)
        assert table.is_loader
        assert set(shape.columns) <= set(table.by_name), shape.fills
        assert set(table.key[:1]) <= set(shape.columns), shape.fills


def test_what_was_landed_before_counts_where_it_is_a_version(warehouse: Path, home: Callable[[str], Home]) -> None:
    """Recurly's subscription has two versions, each landed twice: two spans to March and after, not four."""
    with duckdb.connect(str(warehouse)) as connection:
        bare = ("accounts", "subscriptions", "plans", "account_coupon_redemptions", "coupons")
        land_airbyte(connection, "airbyte", {name: recurly.AIRBYTE[name] for name in bare})
    landed = home("home")
    landed.load(warehouse, "recurly=airbyte")
    spans = "SELECT list(unit_amount_cents ORDER BY valid_from) FROM subscription_span WHERE plan = 'Monthly'"
    assert landed.value(spans) == [2000, 3000, 3000], "the last is with a coupon"


def test_a_stream_may_have_a_prefix_and_capitals(warehouse: Path, home: Callable[[str], Home]) -> None:
    """Where several systems are landed in one schema, their names come before those of their tables."""
    spans = {name: stripe.AIRBYTE[name] for name in ("customers", "subscriptions", "prices")}
    objects = {f"Stripe_{name.title()}": rows for name, rows in spans.items()}
    objects |= {f"zendesk_{name}": zendesk.AIRBYTE[name] for name in ("tickets", "users", "ticket_comments")}
    with duckdb.connect(str(warehouse)) as connection:
        land_airbyte(connection, "landed", objects)
        land_airbyte(connection, "plain", spans)
    both, alone = home("both"), home("alone")
    both.load(warehouse, "stripe=landed", "zendesk=landed")
    alone.load(warehouse, "stripe=plain")
    assert both.rows()["subscription_span"] == alone.rows()["subscription_span"]
    assert both.value("SELECT count(*) FROM message") == 3
