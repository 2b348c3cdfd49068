"""Acme and Beta in HubSpot: a deal of 900.00 EUR that was won and one of 100.00 that is open, a ticket, and touches.

Airbyte keeps properties together and companies as a list of ids; dlt lays properties beside the id, and companies as
pairs of ids.
"""

from typing import Any

from tests.sources.warehouse.landers import Objects, Row

SYSTEM = "hubspot"
FIGURES = {
    "SELECT sum(amount_cents) FROM deal WHERE outcome = 'won'": 90000,
    "SELECT sum(amount_cents) FROM deal WHERE outcome = 'open'": 10000,
    "SELECT customer_id FROM deal WHERE outcome = 'won'": "hubspot:1",
    "SELECT string_agg(stage, ', ' ORDER BY deal_stage.at) FROM deal_stage": "Talks, Won by us",
    "SELECT closed_at IS NOT NULL FROM conversation": True,
    # A call of 90,000 ms is two minutes that began, a meeting of half an hour, a mail of none.
    "SELECT sum(minutes) FROM touch": 32,
    "SELECT count(*) FROM touch": 3,
    "SELECT team FROM person": "sales",
}


def _at(day: str, clock: str = "10:00:00") -> str:
    return f"{day}T{clock}.000Z"


def _object(id_: str, companies: list[str] | None = None, contacts: list[str] | None = None, **more: Any) -> Row:
    return {"id": id_, "archived": False, "properties": more, "companies": companies, "contacts": contacts}


COMPANIES = [
    _object(id_, name=name, domain=f"{name.lower()}.example", createdate=_at("2024-01-01"), country="Spain",
            industry="RETAIL", numberofemployees="12", hubspot_owner_id="7")
    for id_, name in (("1", "Acme"), ("2", "Beta"))
]  # fmt: skip
CONTACTS = [
    _object("11", email="ana@acme.example", firstname="Ana", lastname="Gil", associatedcompanyid="1", jobtitle="CFO",
            createdate=_at("2024-01-02"))
]  # fmt: skip
DEALS = [
    _object("21", companies=["1", "2"], dealname="Big", pipeline="p", dealstage="s2", amount="900",
            deal_currency_code="EUR", closedate=_at("2024-03-01"), createdate=_at("2024-02-01"),
            hubspot_owner_id="7", dealtype="newbusiness", hs_analytics_source="DIRECT"),
    _object("22", companies=["2"], dealname="Small", pipeline="p", dealstage="s1", amount="100",
            deal_currency_code="EUR", closedate=_at("2024-04-01"), createdate=_at("2024-02-02"),
            hubspot_owner_id="7", dealtype="existingbusiness"),
]  # fmt: skip
STAGES = [
    {"id": "s1", "label": "Talks", "displayOrder": 0, "metadata": {"isClosed": "false", "probability": "0.4"}},
    {"id": "s2", "label": "Won by us", "displayOrder": 1, "metadata": {"isClosed": "true", "probability": "1.0"}},
]
TICKET_STAGES = [
    {"id": "t1", "label": "Done", "displayOrder": 0, "metadata": {"isClosed": "true", "ticketState": "CLOSED"}}
]
MOVES = [("21", "s1", _at("2024-02-01")), ("21", "s2", _at("2024-03-01"))]
TICKETS = [
    _object("31", contacts=["11"], subject="Broken", createdate=_at("2024-02-10"), closed_date=_at("2024-02-11"),
            hs_pipeline="tp", hs_pipeline_stage="t1", hs_ticket_priority="HIGH", hubspot_owner_id="7",
            source_type="EMAIL", hs_ticket_category="BUG")
]  # fmt: skip
OWNERS = [
    {"id": "7", "email": "sam@us.example", "firstName": "Sam", "lastName": "Sales", "createdAt": _at("2023-01-01"),
     "userId": 70, "type": "PERSON", "archived": False, "teams": [{"id": "9", "name": "Sales EMEA", "primary": True}]}
]  # fmt: skip
MEETINGS = [
    _object("41", companies=["1"], hs_meeting_start_time=_at("2024-02-03"), hubspot_owner_id="7",
            hs_meeting_end_time=_at("2024-02-03", "10:30:00"), hs_meeting_title="Demo", hs_meeting_body="Slides")
]  # fmt: skip
CALLS = [_object("42", companies=["1"], hs_timestamp=_at("2024-02-04"), hubspot_owner_id="7", hs_call_duration="90000")]
MAILS = [_object("43", companies=["2"], hs_timestamp=_at("2024-02-05"), hubspot_owner_id="7", hs_email_subject="Hi")]

AIRBYTE: Objects = {
    "companies": COMPANIES, "contacts": CONTACTS, "deals": DEALS, "tickets": TICKETS, "owners": OWNERS,
    "deal_pipelines": [{"pipelineId": "p", "label": "Sales", "stages": STAGES}],
    "ticket_pipelines": [{"pipelineId": "tp", "label": "Support", "stages": TICKET_STAGES}],
    "deals_property_history": [
        *({"dealId": id_, "property": "dealstage", "value": s, "timestamp": at} for id_, s, at in MOVES),
        {"dealId": "21", "property": "amount", "value": "900", "timestamp": _at("2024-02-02")},
    ],
    "engagements_meetings": MEETINGS, "engagements_calls": CALLS, "engagements_emails": MAILS,
}  # fmt: skip


def _laid(row: Row) -> Row:
    """An object as dlt's source yields it."""
    links = {
        many: [{"value": row["id"], f"{many}_id": other} for other in row[many]]
        for many in ("companies", "contacts")
        if row[many]
    }
    return {"id": row["id"], "is_deleted": False, **row["properties"], **links}


DLT: Objects = {
    **{
        name: [_laid(row) for row in rows]
        for name, rows in {
            "companies": COMPANIES, "contacts": CONTACTS, "deals": DEALS, "tickets": TICKETS, "meetings": MEETINGS,
            "calls": CALLS, "emails": MAILS,
        }.items()
    },
    "owners": OWNERS,
    "pipelines_deals": [{"id": "p", "label": "Sales", "stages": STAGES}],
    "pipelines_tickets": [{"id": "tp", "label": "Support", "stages": TICKET_STAGES}],
    "deals_property_history": [
        {"object_id": id_, "property_name": "dealstage", "value": s, "timestamp": at} for id_, s, at in MOVES
    ],
}  # fmt: skip


def _row(row: Row, key: str = "id", before: str = "property_", **more: Any) -> Row:
    return {key: row["id"], **{f"{before}{name}": value for name, value in row["properties"].items()}, **more}


FIVETRAN: Objects = {
    "company": [_row(c, is_deleted=False) for c in COMPANIES],
    "contact": [_row(c) for c in CONTACTS],
    "deal": [
        _row(d, "deal_id", deal_pipeline_id=d["properties"]["pipeline"],
             deal_pipeline_stage_id=d["properties"]["dealstage"], owner_id="7", is_deleted=False)
        for d in DEALS
    ],
    "deal_company": [{"deal_id": "21", "company_id": "1", "type_id": 5}, {"deal_id": "22", "company_id": "2"}],
    "deal_pipeline_stage": [
        {"stage_id": s["id"], "label": s["label"], "closed_won": s["id"] == "s2", "is_closed": s["id"] == "s2",
         "pipeline_id": "p", "display_order": s["displayOrder"]}
        for s in STAGES
    ],
    "deal_stage": [{"deal_id": id_, "date_entered": at, "value": s} for id_, s, at in MOVES],
    "owner": [
        {"owner_id": "7", "email": "sam@us.example", "first_name": "Sam", "last_name": "Sales",
         "created_at": OWNERS[0]["createdAt"], "type": "PERSON"}
    ],
    "owner_team": [{"owner_id": "7", "team_id": "9", "is_team_primary": True}],
    "team": [{"id": "9", "name": "Sales EMEA"}],
    "ticket": [_row(t, is_deleted=False) for t in TICKETS],
    "ticket_contact": [{"ticket_id": "31", "contact_id": "11"}],
    "ticket_pipeline_stage": [
        {"stage_id": "t1", "label": "Done", "ticket_state": "CLOSED", "is_closed": True, "pipeline_id": "tp"}
    ],
    "engagement_company": [
        {"engagement_id": "41", "company_id": "1"}, {"engagement_id": "42", "company_id": "1"},
        {"engagement_id": "43", "company_id": "2"},
    ],
    "engagement_meeting": [_row(m, "engagement_id") for m in MEETINGS],
    "engagement_call": [_row(c, "engagement_id") for c in CALLS],
    "engagement_email": [_row(m, "engagement_id") for m in MAILS],
}  # fmt: skip
