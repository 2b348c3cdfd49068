"""HubSpot as a loader lands it: nothing of the raw tables is lost unsaid, and figures are those of the raw rows."""

from pathlib import Path

import pytest

from relevo.insight.relay.field_fill import field_fill
from tests.sources.systems.loading import Loaded, load, needs_data, seeds_of, write

EUROS = [{"file": "deal_data*.csv", "currency": "EUR"}]


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return load(seeds_of("hubspot"), tmp_path_factory.mktemp("hubspot") / "landing", EUROS)


@needs_data
def test_deals_without_a_currency_are_asked_about(tmp_path_factory: pytest.TempPathFactory) -> None:
    asked = load(seeds_of("hubspot"), tmp_path_factory.mktemp("asked") / "landing")
    asked.every_file_is_told()
    assert asked.report.asked == ("deal_data.csv",)
    assert asked.why_unused["deal_data.csv"] == "It leaves open: in which currency its amounts are. It was not read."


@needs_data
def test_every_file_of_the_seeds_is_told(seeds: Loaded) -> None:
    seeds.every_file_is_told()
    assert seeds.report.asked == ()
    assert seeds.report.looked_up == (
        "contact_merge_audit_data.csv", "deal_company_data.csv", "deal_pipeline_stage_data.csv",
        "engagement_company_data.csv", "merged_deal_data.csv", "owner_team_data.csv", "team_data.csv",
        "ticket_company_data.csv", "ticket_contact_data.csv", "ticket_pipeline_stage_data.csv",
    )  # fmt: skip
    nothing = {file for file, why in seeds.why_unused.items() if "takes nothing from this table of HubSpot" in why}
    assert nothing == {
        f"{name}_data.csv"
        for name in (
            "company_property_history", "contact_form_submission", "contact_list", "contact_list_member",
            "contact_property_history", "deal_contact", "deal_pipeline", "deal_property_history", "email_campaign",
            "email_event", "email_event_bounce", "email_event_click", "email_event_deferred", "email_event_delivered",
            "email_event_dropped", "email_event_forward", "email_event_open", "email_event_print", "email_event_sent",
            "email_event_spam_report", "email_event_status_change", "engagement", "engagement_communication",
            "engagement_contact", "engagement_deal", "engagement_note", "engagement_task", "form", "property",
            "property_option", "role", "team_user", "ticket_deal", "ticket_engagement", "ticket_pipeline",
            "ticket_property_history", "users",
        )
    }  # fmt: skip
    twins = [why for file, why in seeds.why_unused.items() if file not in nothing]
    assert len(twins) == 7
    assert all("The same table for another warehouse as" in why for why in twins)


@needs_data
def test_every_row_of_the_seeds_is_told(seeds: Loaded) -> None:
    seeds.every_row_is_told(cuts={})
    assert seeds.counts == {
        ("company_data.csv", "customer"): (24, 0, 0),
        ("company_data.csv", "assignment"): (0, 0, 24),
        ("contact_data.csv", "contact"): (0, 0, 22),
        ("owner_data.csv", "person"): (100, 0, 0),
        ("deal_data.csv", "deal"): (44, 0, 0),
        ("deal_stage_data.csv", "deal_stage"): (14, 0, 0),
        ("ticket_data.csv", "conversation"): (25, 0, 0),
        ("engagement_meeting_data.csv", "touch"): (0, 0, 100),
        ("engagement_call_data.csv", "touch"): (0, 0, 1),
        ("engagement_email_data.csv", "touch"): (0, 0, 1),
    }
    assert seeds.aside == {}
    # The seeds have no column of a company's owner or of a contact's company, and no meeting is of a company.
    assert {each for found in seeds.left.values() for each in found} == {
        "24 rows are not read into assignment: they were deleted, or have no owner.",
        "22 rows are not read into contact: they were deleted, merged into another, or are of no company.",
        "100 rows are not read into touch: they are of no company, or nobody's.",
        "1 rows are not read into touch: they are of no company, or nobody's.",
    }


@needs_data
def test_deals_are_of_their_owners(seeds: Loaded) -> None:
    # Rows 2 to 23 have no owner: 22; rows 24 to 42 are of 35252170: 19; 43 is of 37790786; 44 and 45 are of 40706000.
    assert seeds.rows("deal", "person_id, count(*)", "true GROUP BY person_id") == [
        ("hubspot:35252170", 19), ("hubspot:37790786", 1), ("hubspot:40706000", 2), (None, 22),
    ]  # fmt: skip
    # No deal says its stage or its amount.
    assert seeds.rows("deal", "outcome, count(*), count(amount_cents), min(currency)", "true GROUP BY outcome") == [
        ("open", 44, 0, "EUR")
    ]
    assert seeds.rows("deal", "opened_at", "deal_id = 'hubspot:1244495215'") == [("2019-12-04 12:48:22",)]


@needs_data
def test_stages_are_entered_when_the_rows_say(seeds: Loaded) -> None:
    # By value: f66ca9bc in rows 2, 7, 9, 12, 13, 15; 09a969da in 3, 4, 5, 6, 8, 10, 14; 6e81db22 in 11.
    assert seeds.rows("deal_stage", "left(stage, 8) AS begin, count(*)", "true GROUP BY begin") == [
        ("09a969da", 7), ("6e81db22", 1), ("f66ca9bc", 6),
    ]  # fmt: skip
    assert seeds.rows("deal_stage", '"at"', "deal_id = 'hubspot:3954699413'") == [("2021-01-07 06:49:18",)]


@needs_data
def test_a_ticket_is_closed_by_its_date_unless_its_stage_is_open(seeds: Loaded) -> None:
    # Of 25 tickets 293370454 and 297600437 have no closing date; 350123456 has one, and is in a stage that is open.
    assert seeds.rows("conversation", "count(*), count(closed_at)") == [(25, 22)]
    assert seeds.rows("conversation", "conversation_id", "closed_at IS NULL") == [
        ("hubspot:293370454",), ("hubspot:297600437",), ("hubspot:350123456",),
    ]  # fmt: skip


@needs_data
def test_owners_are_of_their_first_team(seeds: Loaded) -> None:
    # 35252170 is of team_01; 40706000 is of team_02, its primary, and of team_03.
    told = "person_id, role, team, started_on"
    assert seeds.rows("person", told, "role IS NOT NULL") == [
        ("hubspot:35252170", "team_01", "sales", "2019-02-18"),
        ("hubspot:40706000", "team_02", "sales", "2019-11-27"),
    ]
    # Of 24 companies those with the ids 2258956513 and 1755751861 are in the United Kingdom.
    assert seeds.rows("customer", "country, count(*)", "true GROUP BY country") == [
        ("United Kingdom", 2), ("United States", 22),
    ]  # fmt: skip


MADE = {
    "company": """
        id,property_name,property_domain,property_createdate,property_hubspot_owner_id,is_deleted
        1,Acme,https://www.acme.example/about,2026-01-02 09:00:00,10,false
        2,Bolt,bolt.example,2026-01-03 09:00:00,,false
        3,Gone,gone.example,2026-01-03 09:00:00,10,true
    """,
    "contact": """
        id,property_email,property_firstname,property_lastname,property_associatedcompanyid,property_hs_merged_object_ids
        21,ann@acme.example,Ann,Ames,1,22
        22,a.ames@acme.example,Ann,Ames,1,
        23,bo@bolt.example,Bo,,2,
        24,cy@acme.example,Cy,Cole,1,
    """,
    "contact_merge_audit": """
        canonical_vid,contact_id,vid_to_merge,num_properties_moved
        23,23,24,2
    """,
    "deal": """
        deal_id,property_dealname,deal_pipeline_stage_id,property_amount,{code},property_closedate,property_dealtype
        31,First,s_won,12500.50,eur,2026-02-10 12:00:00,newbusiness
        32,Second,s_lost,3000,jpy,2026-02-11 12:00:00,existingbusiness
        33,Third,s_talk,99.99,usd,2026-12-01 12:00:00,
        34,Fourth,s_new,10,eur,2026-12-01 12:00:00,
        35,Double,s_won,12500.50,eur,2026-02-10 12:00:00,
        36,Default,closedlost,7,eur,2026-03-01 12:00:00,
    """.replace("{code}", "property_deal_currency_code"),
    "merged_deal": "deal_id,merged_deal_id\n31,35",
    "deal_company": "deal_id,company_id,type_id\n31,1,5\n32,2,5",
    "deal_pipeline_stage": """
        stage_id,label,pipeline_id,closed_won,is_closed,probability
        s_won,Signed,p,true,true,1
        s_lost,Not now,p,false,true,0
        s_talk,Talking,p,false,false,0.4
    """,
    "ticket": """
        id,property_createdate,property_closed_date,property_hs_pipeline_stage,property_subject,property_source_type,is_deleted
        41,2026-03-01 08:00:00,2026-03-02 08:00:00,4,Late,EMAIL,false
        42,2026-03-01 09:00:00,,1,Later,,false
    """,
    "ticket_company": "ticket_id,company_id\n41,1",
    "ticket_contact": "ticket_id,contact_id\n42,23",
    "ticket_pipeline_stage": """
        stage_id,label,pipeline_id,ticket_state,is_closed
        1,New,0,OPEN,false
        4,Closed,0,CLOSED,true
    """,
    "engagement_meeting": """
        engagement_id,start_time,end_time,property_hubspot_owner_id,title
        51,2026-02-01 10:00:00,2026-02-01 10:45:00,10,Kick-off
    """,
    "engagement_call": """
        engagement_id,property_hs_timestamp,property_hubspot_owner_id,property_hs_call_duration,type
        52,2026-02-02 10:00:00,10,90000,CALL
    """,
    "engagement_company": "engagement_id,company_id,engagement_type\n51,1,MEETING\n52,2,CALL",
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    folder = write(tmp_path_factory.mktemp("raw"), **MADE)
    return load(folder, tmp_path_factory.mktemp("made") / "landing", [{"file": "deal.csv", "currency": "EUR"}])


def test_every_row_of_what_was_made_is_told(made: Loaded) -> None:
    made.every_file_is_told()
    made.every_row_is_told(cuts={})
    # Deal 34 is in a stage that the pipelines do not have.
    reason = "whether it is won is not known: the table deal_pipeline_stage does not have its stage"
    assert made.aside == {("deal.csv", "deal", "outcome", reason): 1}


def test_a_deal_ends_as_its_stage_says(made: Loaded) -> None:
    # 12500.50 EUR are 1250050 cents; the yen has no smaller unit; 35 was merged into 31; closedlost is HubSpot's own.
    told = "deal_id, customer_id, outcome, amount_cents, currency, closed_at, forecast_at, kind"
    assert made.rows("deal", told) == [
        ("hubspot:31", "hubspot:1", "won", 1250050, "EUR", "2026-02-10 12:00:00", None, "new"),
        ("hubspot:32", "hubspot:2", "lost", 3000, "JPY", "2026-02-11 12:00:00", None, "expansion"),
        ("hubspot:33", None, "open", 9999, "USD", None, "2026-12-01 12:00:00", "new"),
        ("hubspot:36", None, "lost", 700, "EUR", "2026-03-01 12:00:00", None, "new"),
    ]


def test_contacts_are_of_their_companies_and_merged_ones_are_none(made: Loaded) -> None:
    # 22 was merged into 21, which says so; 24 into 23, which the audit says.
    assert made.rows("contact", "contact_id, customer_id, email, name") == [
        ("hubspot:21", "hubspot:1", "ann@acme.example", "Ann Ames"),
        ("hubspot:23", "hubspot:2", "bo@bolt.example", "Bo"),
    ]
    assert made.rows("customer", "customer_id, domain") == [
        ("hubspot:1", "acme.example"),
        ("hubspot:2", "bolt.example"),
    ]
    # Bolt has no owner, and Gone was deleted.
    assert made.rows("assignment", "customer_id, person_id, from_at") == [
        ("hubspot:1", "hubspot:10", "2026-01-02 09:00:00")
    ]


def test_a_ticket_is_of_a_company_or_of_its_contacts_company(made: Loaded) -> None:
    told = "conversation_id, customer_id, contact_id, channel, closed_at"
    assert made.rows("conversation", told) == [
        ("hubspot:41", "hubspot:1", None, "email", "2026-03-02 08:00:00"),
        ("hubspot:42", "hubspot:2", "hubspot:23", "other", None),
    ]


def test_touches_last_whole_minutes(made: Loaded) -> None:
    # From 10:00 to 10:45; 90000 milliseconds are a minute and a half.
    assert made.rows("touch", "customer_id, kind, minutes") == [
        ("hubspot:1", "meeting", 45),
        ("hubspot:2", "call", 2),
    ]


@needs_data
def test_how_full_its_fields_are_needs_no_set_up(seeds: Loaded, tmp_path: Path) -> None:
    """Counted again with SQL of its own over the rows that were landed."""
    found = {(f.need.table, f.need.column): f for f in field_fill(seeds.book(tmp_path, "2026-10-31"))}
    for column in ("industry", "country", "size_band"):
        ((rows, filled),) = seeds.rows("customer", f"count(*), count(nullif(trim({column}), ''))")
        assert (found["customer", column].rows, found["customer", column].filled) == (rows, filled)
    assert (found["customer", "industry"].share, found["contact", "email"].share) == (1.0, None)
