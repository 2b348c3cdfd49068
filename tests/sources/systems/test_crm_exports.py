"""Exports of HubSpot, Salesforce and Pipedrive: a few rows each, and what they come to by hand."""

from pathlib import Path

from relevo.base.config import Company
from tests.sources.systems.exports import (
    HUBSPOT_COMPANIES,
    HUBSPOT_CONTACTS,
    HUBSPOT_DEALS,
    PIPEDRIVE,
    SALESFORCE_DATA,
    SALESFORCE_REPORT,
)
from tests.sources.systems.loading import load, write

MADRID = Company(timezone="Europe/Madrid")


def test_hubspot(tmp_path: Path) -> None:
    folder = write(tmp_path / "raw", companies=HUBSPOT_COMPANIES, contacts=HUBSPOT_CONTACTS, deals=HUBSPOT_DEALS)
    asked = load(folder, tmp_path / "asked", company=MADRID)
    assert asked.report.asked == ("deals.csv",), "its amounts have no currency"
    loaded = load(folder, tmp_path / "landing", [{"file": "deals.csv", "currency": "EUR"}], MADRID)
    loaded.every_file_is_told()
    loaded.every_row_is_told(cuts={})
    # 12,500.50 has its comma before thousands. Madrid is an hour before UTC in March, two in April. 31 is of the first
    # of two companies, 32 of the one that is called Bolt, 33 of nobody who is among them.
    told = "deal_id, customer_id, outcome, amount_cents, closed_at, forecast_at, person_id"
    ann = "hubspot:named:Ann Ames"
    assert loaded.rows("deal", told) == [
        ("hubspot:31", "hubspot:9", "won", 1250050, "2026-03-15 13:30:00", None, ann),
        ("hubspot:32", "hubspot:10", "lost", 98000, "2026-04-01 07:00:00", None, ann),
        ("hubspot:33", "hubspot:named:Nobody Ltd", "open", None, None, "2026-12-31 11:00:00", None),
    ]
    # January 31st, 23:30 in Madrid is 22:30 in UTC.
    assert loaded.rows("customer", "customer_id, domain, created_at") == [
        ("hubspot:10", "bolt.example", "2026-02-01 07:00:00"),
        ("hubspot:9", "acme.example", "2026-01-31 22:30:00"),
    ]
    # Cy is of no company; dates of two ways of writing stand in one column.
    assert loaded.rows("contact", "contact_id, customer_id, email, name") == [
        ("hubspot:21", "hubspot:9", "ann@acme.example", "Ann Ames"),
        ("hubspot:22", "hubspot:10", "bo@bolt.example", "Bo"),
    ]


def test_a_report_of_salesforce_ends_above_its_footer(tmp_path: Path) -> None:
    accounts = """
        Id,Name,OwnerId,IsDeleted,CreatedDate,Website
        0010000000BBBBBAAX,Acme,005000000000001AAA,0,2026-01-01T09:00:00.000Z,acme.example
        0010000000CCCCCAAX,Bolt,005000000000001AAA,0,2026-01-01T09:00:00.000Z,bolt.example
        0010000000DDDDDAAX,Bolt,005000000000001AAA,0,2026-01-01T09:00:00.000Z,bolt.test
    """
    folder = write(tmp_path / "raw", report=SALESFORCE_REPORT, account=accounts)
    (folder / "report.csv").write_bytes((folder / "report.csv").read_text("utf-8").encode("latin-1"))
    loaded = load(folder, tmp_path / "landing")
    loaded.every_file_is_told()
    # Three rows and a footer of four lines. 3/31 says that the month comes first, so that 4/2 is the second of April.
    assert loaded.counts["report.csv", "deal"] == (3, 0, 0)
    told = "name, customer_id, outcome, amount_cents, currency, opened_at, closed_at"
    assert loaded.rows("deal", told) == [
        ("One", "salesforce:0010000000BBBBB", "won", 125075, "EUR", "2026-01-15 00:00:00", "2026-03-31 00:00:00"),
        ("Three", "salesforce:named:Cog", "open", 3000, "JPY", "2026-02-20 00:00:00", None),
        # Two accounts are called Bolt: which one is meant is for identity to say.
        ("Two", "salesforce:named:Bolt", "lost", 98000, "USD", "2026-01-16 00:00:00", "2026-04-02 00:00:00"),
    ]


def test_ids_of_salesforce_in_both_forms_are_one(tmp_path: Path) -> None:
    loaded = load(write(tmp_path / "raw", Opportunity=SALESFORCE_DATA), tmp_path / "landing")
    loaded.every_row_is_told(cuts={})
    told = "deal_id, customer_id, person_id, outcome, amount_cents, currency, opened_at"
    owner, account = "salesforce:005000000000001", "salesforce:0010000000BBBBB"
    assert loaded.rows("deal", told) == [
        ("salesforce:0060000000AAAAA", account, owner, "won", 125075, "EUR", "2026-01-15 10:00:00"),
        ("salesforce:0060000000AAAAB", account, owner, "lost", 98000, "USD", "2026-01-16 10:00:00"),
        ("salesforce:0060000000AAAAC", None, None, "open", None, "EUR", "2026-02-20 10:00:00"),
    ]


def test_pipedrive(tmp_path: Path) -> None:
    loaded = load(write(tmp_path / "raw", deals=PIPEDRIVE), tmp_path / "landing", company=MADRID)
    loaded.every_row_is_told(cuts={})
    # 12.500,50 euro; 980 dollars; one and a half dinars are 1500 fils. July in Madrid is two hours before UTC. Excel
    # counts 45631.5 days to the noon of 2024-12-05.
    told = "deal_id, customer_id, outcome, amount_cents, currency, opened_at, closed_at, kind"
    assert loaded.rows("deal", told) == [
        (
            "pipedrive:1", "pipedrive:named:Acme", "won", 1250050, "EUR", "2026-01-13 09:00:00", "2026-07-15 10:00:00",
            "expansion",
        ),
        (
            "pipedrive:2", "pipedrive:named:Acme", "lost", 98000, "USD", "2026-01-14 08:30:00", "2026-03-20 17:15:00",
            "new",
        ),
        ("pipedrive:3", "pipedrive:named:Bolt", "open", 1500, "KWD", "2024-12-05 11:00:00", None, "renewal"),
    ]  # fmt: skip
    assert loaded.rows("deal", "lost_reason, person_id", "outcome = 'lost'") == [("Precio", "pipedrive:named:Ana")]
    assert loaded.rows("customer", "customer_id, name") == [
        ("pipedrive:named:Acme", "Acme"),
        ("pipedrive:named:Bolt", "Bolt"),
    ]
