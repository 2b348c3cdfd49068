"""Salesforce as a loader lands it: nothing of the raw tables is lost unsaid, and figures are those of the raw rows."""

from pathlib import Path

import pytest

from tests.sources.systems.loading import Loaded, load, needs_data, seeds_of, write

DOLLARS = [{"file": "sf_opportunity_data.csv", "currency": "USD"}]


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return load(seeds_of("salesforce"), tmp_path_factory.mktemp("salesforce") / "landing", DOLLARS)


@needs_data
def test_every_file_of_the_seeds_is_told(seeds: Loaded, tmp_path: Path) -> None:
    seeds.every_file_is_told()
    assert seeds.report.asked == ()
    assert seeds.report.looked_up == ("sf_user_role_data.csv",)
    history = "The same rows as in the table {}, with their history; it was not read."
    nothing = "The book takes nothing from this table of Salesforce; it was not read."
    assert seeds.why_unused == {
        "sf_account_history_data.csv": history.format("account"),
        "sf_contact_history_data.csv": history.format("contact"),
        "sf_opportunity_history_data.csv": history.format("opportunity"),
        "sf_opportunity_line_item_data.csv": nothing,
        "sf_order_data.csv": nothing,
        "sf_product_2_data.csv": nothing,
    }
    asked = load(seeds_of("salesforce"), tmp_path / "landing")
    assert asked.report.asked == ("sf_opportunity_data.csv",), "its amounts have no currency"


@needs_data
def test_every_row_of_the_seeds_is_told(seeds: Loaded) -> None:
    seeds.every_row_is_told(cuts={})
    assert seeds.counts == {
        ("sf_account_data.csv", "customer"): (1, 0, 9),
        ("sf_account_data.csv", "assignment"): (0, 0, 10),
        ("sf_contact_data.csv", "contact"): (3, 0, 1),
        ("sf_user_data.csv", "person"): (10, 0, 0),
        ("sf_opportunity_data.csv", "deal"): (0, 0, 10),
        ("sf_lead_data.csv", "lead"): (1, 0, 0),
        ("sf_task_data.csv", "touch"): (9, 0, 1),
        ("sf_event_data.csv", "touch"): (10, 0, 0),
    }
    assert seeds.aside == {}
    assert {each for found in seeds.left.values() for each in found} == {
        "9 rows are not read into customer: they are in the bin.",
        # Eric's Test, which is in no bin, has no created_date.
        "10 rows are not read into assignment: they are in the bin, or do not say since when they exist.",
        # 0033700000JmrFPAA has no account.
        "1 rows are not read into contact: they are in the bin, or of no account.",
        "10 rows are not read into deal: they are in the bin.",
        # 00T1G00003UffGjUAJ names a lead, 00Q1G00000nOMcPUAW, and no account.
        "1 rows are not read into touch: they are not done yet, of no account, or in the bin.",
    }


@needs_data
def test_an_account_keeps_fifteen_characters_of_its_id(seeds: Loaded) -> None:
    # 0015500000Xyy06AAB is 0015500000Xyy06 and three characters that only check it.
    assert seeds.rows("customer", "customer_id, name") == [("salesforce:0015500000Xyy06", "Eric's Test")]
    # Contact 0031G00000qAfq1QAC of 0011G00000eNyiXQAS: 18 characters each. 0031G00000q9jPQAQ has 17, which are kept.
    assert seeds.rows("contact", "contact_id, customer_id, name", "name LIKE 'J%' AND name NOT LIKE '%Powell'") == [
        ("salesforce:0031G00000q9jPQAQ", "salesforce:0011G00000eM9wv", "Janet Yellen"),
        ("salesforce:0031G00000qAfq1", "salesforce:0011G00000eNyiX", "Jerome"),
    ]


@needs_data
def test_calls_and_meetings_last_as_long_as_their_rows_say(seeds: Loaded) -> None:
    # Events by type: calls in rows 2, 3, 6, 7, 10, 11: 15 + 30 + 15 + 15 + 15 + 15 = 105 minutes; meetings in 4, 5, 8,
    # 9: 30 + 30 + 30 + 15 = 105 minutes. Nine tasks without a length.
    assert seeds.rows("touch", "kind, count(*), sum(minutes)", "true GROUP BY kind") == [
        ("call", 6, 105), ("meeting", 4, 105), ("other", 9, None),
    ]  # fmt: skip
    # Three of them are of 0011G00000qFChkQAG, in rows 6, 7 and 10 of the tasks.
    assert seeds.rows("touch", "count(*), min(person_id)", "customer_id = 'salesforce:0011G00000qFChk'") == [
        (3, "salesforce:0051G000005Mun4")
    ]


@needs_data
def test_a_lead_became_a_customer(seeds: Loaded) -> None:
    told = "lead_id, customer_id, qualified, converted_at"
    assert seeds.rows("lead", told) == [
        ("salesforce:00Q1G00000nDnM5", "salesforce:0011G00000tLWKn", True, "2019-11-11 17:23:34")
    ]


def test_deals_end_as_they_are_told_and_links_take_both_forms_of_an_id(tmp_path: Path) -> None:
    # 1,250.75 of the organisation's currency; 980 dollars; an open one of no amount, by an owner with 18 characters.
    loaded = load(
        write(
            tmp_path / "raw",
            sf_opportunity="""
                id,account_id,name,stage_name,amount,currency_iso_code,close_date,owner_id,is_won,is_closed,is_deleted,type
                0060000000AAAAAAA1,0010000000BBBBB,One,Won,1250.75,,2026-02-03,005000000000001AAA,true,true,false,New
                0060000000AAAAB,0010000000BBBBBAAX,Two,Lost,980,USD,2026-02-04,005000000000001,false,true,false,Renewal
                0060000000AAAAC,,Three,Talking,,,2026-06-30,005000000000001AAA,false,false,false,Upsell
                0060000000AAAAD,,Four,Talking,5,,2026-06-30,,false,false,true,
            """,
            sf_account="""
                id,name,owner_id,is_deleted,created_date,website,billing_country_code
                0010000000BBBBBAAX,Acme,005000000000001AAA,false,2026-01-01 09:00:00,www.acme.example,ES
            """,
            opportunity_history="""
                id,opportunity_id,stage_name,created_date,amount,probability,forecast_category
                h1,0060000000AAAAAAA1,Talking,2026-01-02 10:00:00,,10,Pipeline
                h2,0060000000AAAAAAA1,Closed Won,2026-02-03 15:00:00,,100,Closed
            """,
        ),
        tmp_path / "landing",
        [{"file": "sf_opportunity.csv", "currency": "EUR"}],
    )
    loaded.every_file_is_told()
    told = "deal_id, customer_id, person_id, outcome, kind, amount_cents, currency, closed_at, forecast_at"
    owner = "salesforce:005000000000001"
    assert loaded.rows("deal", told) == [
        (
            "salesforce:0060000000AAAAA", "salesforce:0010000000BBBBB", owner, "won", "new", 125075, "EUR",
            "2026-02-03 00:00:00", None,
        ),
        (
            "salesforce:0060000000AAAAB", "salesforce:0010000000BBBBB", owner, "lost", "renewal", 98000, "USD",
            "2026-02-04 00:00:00", None,
        ),
        ("salesforce:0060000000AAAAC", None, owner, "open", "expansion", None, "EUR", None, "2026-06-30 00:00:00"),
    ]  # fmt: skip
    assert loaded.rows("assignment", "customer_id, person_id, from_at") == [
        ("salesforce:0010000000BBBBB", owner, "2026-01-01 09:00:00")
    ]
    assert loaded.rows("deal_stage", 'deal_id, "at", stage') == [
        ("salesforce:0060000000AAAAA", "2026-01-02 10:00:00", "Talking"),
        ("salesforce:0060000000AAAAA", "2026-02-03 15:00:00", "Closed Won"),
    ]
