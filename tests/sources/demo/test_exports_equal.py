"""The same company written as every system would export it, in four ways, gives the same rows of the book."""

import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from relevo.sources.demo.exports import (
    EXPORTS,
    MACHINE,
    SELLING,
    SERVICE,
    WAYS,
    Export,
    Way,
    story,
    write_export,
    write_parquet,
)  # fmt: skip
from relevo.sources.raw.headings import plain
from relevo.sources.raw.recognise import spellings
from tests.sources.demo.exporting import CUSTOMERS, ENDS_ON, Loaded, assert_whole

BY_NAME = {export.name: export for export in EXPORTS}
# Billing is compared as a whole book in test_exports_books.py.
PAIRS = [(export.name, way) for export in (*SELLING, *SERVICE) for way in ((MACHINE,) if export.is_loaded else WAYS)]


@pytest.fixture(scope="module")
def company() -> Iterator[duckdb.DuckDBPyConnection]:
    with story(CUSTOMERS, ENDS_ON) as told_by:
        yield told_by


@pytest.mark.parametrize(("name", "way"), PAIRS, ids=[f"{name}-{way.name}" for name, way in PAIRS])
def test_an_export_says_what_the_company_is(
    company: duckdb.DuckDBPyConnection, tmp_path: Path, name: str, way: Way
) -> None:
    export = BY_NAME[name]
    write_export(export, company, way, tmp_path / "files")
    loaded = Loaded.of(tmp_path / "files", way)
    assert_whole(company, export, loaded)


@pytest.mark.parametrize("name", ["stripe_loaded", "salesforce_loaded", "intercom_loaded"])
def test_tables_with_types_say_the_same(company: duckdb.DuckDBPyConnection, tmp_path: Path, name: str) -> None:
    write_parquet(BY_NAME[name], company, tmp_path / "files")
    loaded = Loaded.of(tmp_path / "files", MACHINE)
    assert_whole(company, BY_NAME[name], loaded)


def test_the_story_is_worth_telling(company: duckdb.DuckDBPyConnection) -> None:
    """What the comparison is about is there: all currencies, trials, ends, changes, refunds, bad ratings."""

    def count(of: str) -> int:
        return int(company.execute(f"SELECT count(*) FROM {of}").fetchall()[0][0])

    for table in ("subscription_span", "invoice", "payment", "deal"):
        found = dict(company.execute(f"SELECT currency, count(*) FROM {table} GROUP BY 1").fetchall())
        assert min(found.get(currency, 0) for currency in ("EUR", "USD", "BRL", "JPY", "KWD")) >= 10, (table, found)
    for state in ("trialing", "active", "past_due"):
        assert count(f"subscription_span WHERE status = '{state}'"), state
    for status in ("succeeded", "failed", "refunded", "disputed"):
        assert count(f"payment WHERE status = '{status}'"), status
    assert count("(SELECT customer_id FROM sub GROUP BY 1 HAVING count(*) > 2)") > 5, "prices change"
    assert count("sub WHERE months = 3") > 1
    assert count("sub WHERE months = 12") > 5
    assert {mood for (mood,) in company.execute("SELECT DISTINCT mood FROM rating").fetchall()} == {-1, 0, 1}


def test_no_time_of_the_story_is_shown_twice_by_a_clock(company: duckdb.DuckDBPyConnection) -> None:
    times = (("subscription_span", "valid_from"), ("payment", "at"), ("deal", "opened_at"), ("message", "at"))
    for table, column in times:
        found = company.execute(f'SELECT count(*) FROM {table} WHERE is_repeated("{column}")').fetchall()
        assert found == [(0,)], table
    assert company.execute("SELECT is_repeated(TIMESTAMP '2025-10-26 00:30:00')").fetchall() == [(True,)]


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.name)
def test_headings_are_those_that_the_system_declares(export: Export) -> None:
    """A heading that nobody knows would be a column that nobody reads, and the comparison would not notice."""
    for sheet in export.sheets:
        for field in export.system.table(sheet.table).fields:
            for way in WAYS:
                heading = sheet.heading(field.name, way.language)
                assert heading is None or plain(heading) in spellings(field), heading


SIGNATURES = Path(__file__).parents[4] / "shared" / "data" / "header_signatures.json"
SIGNED = {
    "stripe.payments": ("stripe", "payments_export"),
    "stripe.subscriptions": ("stripe", "subscriptions_export"),
    "hubspot.deals": ("hubspot", "deals_export"),
    "hubspot.companies": ("hubspot", "companies_export"),
    "hubspot.contacts": ("hubspot", "contacts_export"),
    "pipedrive.deals": ("pipedrive", "deals"),
    "zendesk.view_csv": ("zendesk", "view_export"),
    "freshdesk.tickets": ("freshdesk", "tickets"),
    "intercom.conversations": ("intercom", "messages_export"),
    "chartmogul.subscriptions": ("chartmogul", "subscriptions"),
    "salesforce.report": ("salesforce", "opportunity_report"),
}


@pytest.mark.skipif(not SIGNATURES.exists(), reason="the headings of real exports lie in ../shared, which is not here")
@pytest.mark.parametrize("signature", SIGNED)
def test_most_headings_are_those_of_real_exports(company: duckdb.DuckDBPyConnection, signature: str) -> None:
    """At least two of three headings of the English files were seen in real ones; the rest can be chosen there."""
    said = json.loads(SIGNATURES.read_text())[signature]
    seen: set[str] = set()
    for key in ("header", "columns", "contact_columns", "company_columns", "columns_third_party_export"):
        listed = said.get(key, [])
        listed = listed.split(",") if isinstance(listed, str) else listed
        seen |= {plain(each) for told_of in listed for each in told_of.split("|")}
    name, table = SIGNED[signature]
    sheet = next(sheet for sheet in BY_NAME[name].sheets if sheet.table == table)
    system = BY_NAME[name].system.table(table)
    fields = [system.by_name[name] for name, *_ in company.execute(f"DESCRIBE {sheet.sql}").fetchall()]
    written = [plain(sheet.heading(field.name, 0) or spellings(field)[0]) for field in fields]
    missing = [heading for heading in written if heading not in seen]
    assert len(missing) <= len(written) / 3, missing
