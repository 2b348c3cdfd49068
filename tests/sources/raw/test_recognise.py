"""Which raw table a header is: the usual exports, whatever the order and choice of their columns."""

import csv
import json
import random
from pathlib import Path
from typing import Any

import pytest

from relevo.sources.raw.headings import plain
from relevo.sources.raw.recognise import Recogniser, spellings
from relevo.sources.systems import SYSTEMS

SIGNATURES = Path(__file__).parents[4] / "shared" / "data" / "header_signatures.json"
EXPORTS = {
    "stripe.payments": "stripe.payments_export",
    "stripe.subscriptions": "stripe.subscriptions_export",
    "hubspot.deals": "hubspot.deals_export",
    "hubspot.companies": "hubspot.companies_export",
    "hubspot.contacts": "hubspot.contacts_export",
    "pipedrive.deals": "pipedrive.deals",
    "zendesk.view_csv": "zendesk.view_export",
    "freshdesk.tickets": "freshdesk.tickets",
    "intercom.conversations": "intercom.messages_export",
    "chargebee.subscriptions": "chargebee.subscriptions",
    "chartmogul.subscriptions": "chartmogul.subscriptions",
    "salesforce.report": "salesforce.opportunity_report",
    "salesforce.data_export": "salesforce.opportunity",
}
KNOWS = Recogniser(SYSTEMS)


def header_of(told: dict[str, Any]) -> list[str]:
    found = next(told[key] for key in ("header", "columns", "api_fields", "columns_third_party_export") if key in told)
    return next(csv.reader([found])) if isinstance(found, str) else [each.split("|")[0] for each in found]


@pytest.mark.skipif(not SIGNATURES.exists(), reason="the headers of the usual exports lie in ../shared")
@pytest.mark.parametrize(("name", "table"), EXPORTS.items())
def test_the_usual_exports_are_certain_in_any_order(name: str, table: str) -> None:
    header = header_of(json.loads(SIGNATURES.read_text())[name])
    for seed in range(5):
        random.Random(seed).shuffle(header)  # noqa: S311 - an order, not a secret
        found = KNOWS.recognise("export (3).csv", header)
        assert (found.matches[0].code, found.is_certain) == (table, True)
    foreign = [*header, "Custom field one", "ARR (metadata)"]
    assert KNOWS.recognise("export.csv", foreign).is_certain


@pytest.mark.parametrize("header", [[], ["id"], ["id", "name"], ["name", "email", "created_at"], ["a", "b", "c"]])
def test_what_may_be_anything_is_not_certain(header: list[str]) -> None:
    assert not KNOWS.recognise("list.csv", header).is_certain


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda each: each.name)
def test_every_table_is_itself_by_all_of_its_headings(system: Any) -> None:
    for table in system.tables:
        header = [spellings(field)[0] for field in table.fields]
        found = KNOWS.recognise(f"{table.name}.csv", header)
        assert (found.matches[0].code, found.is_certain) == (f"{system.name}.{table.name}", True)


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda each: each.name)
def test_a_heading_is_one_field_of_its_table(system: Any) -> None:
    for table in system.tables:
        every = [name for field in table.fields for name in set(spellings(field))]
        assert {name for name in every if every.count(name) > 1} == set(), table.name


@pytest.mark.parametrize(
    ("heading", "reduced"),
    [
        ("\ufeffCreated (UTC)", "created"),
        ("Deal - ID", "deal_id"),
        (" Customer  Email ", "customer_email"),
        ("PLAN_NAME", "plan_name"),
        ("Fecha de creación", "fecha_de_creación"),
        ("Product area [list]", "product_area"),
        ("_fivetran_synced", "fivetran_synced"),
        ("“name”", "name"),
    ],
)
def test_a_heading_has_many_spellings(heading: str, reduced: str) -> None:
    assert plain(heading) == reduced


def test_a_table_of_a_loader_is_known_beside_its_neighbours() -> None:
    header = ["id", "name", "_fivetran_synced"]
    assert not KNOWS.recognise("team_data.csv", header).matches[1:] or not KNOWS.recognise("x.csv", header).is_certain
    assert KNOWS.recognise_beside("team_data.csv", header, frozenset({"intercom"})).matches == (), "it is ignored there"
    beside = KNOWS.recognise_beside("team_data.csv", header, frozenset({"hubspot"}))
    assert (beside.matches[0].code, beside.is_certain) == ("hubspot.team", True)
