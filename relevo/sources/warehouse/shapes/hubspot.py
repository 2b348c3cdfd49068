"""HubSpot's objects: Airbyte keeps an object's properties together, dlt lays them beside its id.

Stages stand inside their pipelines, teams inside their owners, and links between objects inside either of them.
"""

from relevo.sources.warehouse.shape import Shape, Shapes, shape

_DEALS, _TICKETS = "deals | deal", "tickets | ticket"
_WON = "metadata.probability in 1.0, 1"
_HISTORY = "property | property_name"


def _object(fills: str, objects: str, told: str) -> Shape:
    return shape(fills, objects, told, inside="properties")


def _link(fills: str, objects: str, one: str, other: str, many: str) -> Shape:
    told = f"{one} = ^id\n{other} = {many}_id | id | ."
    return shape(fills, objects, told, unfold=f"{many} | associations.{many}.results")


def _engagement(kind: str, objects: str, told: str) -> tuple[Shape, Shape]:
    """What one kind of engagement tells, and whose it is."""
    own = f"engagement_id = id\nowner_id = hubspot_owner_id\n{told}"
    return (
        _object(kind, objects, own),
        _link("engagement_company", objects, "engagement_id", "company_id", "companies"),
    )


_TOUCH = """
    at = hs_timestamp
    created = hs_createdate | createdate | createdAt
    team_id = hubspot_team_id
    is_deleted = archived
"""
HUBSPOT = Shapes(
    "hubspot",
    (
        _object(
            "company",
            "companies | company",
            """
            id
            name
            domain = domain | website
            created = createdate | createdAt
            industry
            country
            employees = numberofemployees
            owner_id = hubspot_owner_id
            parent_id = hs_parent_company_id
            is_deleted = archived | is_deleted
            revenue = annualrevenue
            description
            city
            """,
        ),
        _object(
            "contact",
            "contacts | contact",
            """
            id
            email
            first_name = firstname
            last_name = lastname
            company_id = associatedcompanyid
            company
            title = jobtitle
            created = createdate | createdAt
            is_deleted = archived | is_deleted
            merged = hs_merged_object_ids
            """,
        ),
        _object(
            "deal",
            _DEALS,
            """
            deal_id = id
            name = dealname
            pipeline_id = pipeline
            stage_id = dealstage
            owner_id = hubspot_owner_id
            amount
            currency = deal_currency_code
            closed = closedate
            created = createdate | createdAt
            type = dealtype
            source = hs_analytics_source
            lost_reason = closed_lost_reason
            is_deleted = archived | is_deleted
            description
            """,
        ),
        _link("deal_company", _DEALS, "deal_id", "company_id", "companies"),
        shape(
            "deal_pipeline_stage",
            "deal_pipelines | pipelines_deals | pipelines_deal",
            f"""
            stage_id = stageId | id
            label
            closed_won = {_WON}
            is_closed = metadata.isClosed
            probability = metadata.probability
            pipeline_id = ^pipelineId | ^id
            display_order = displayOrder
            """,
            unfold="stages",
            same="pipelineId, id",
        ),
        shape(
            "deal_stage",
            "deals_property_history | deal_property_history",
            """
            deal_id = dealId | object_id | objectId
            date_entered = timestamp
            value
            source
            source_id = sourceId
            """,
            where={_HISTORY: ("dealstage",)},
            same="dealId, object_id, property, property_name, timestamp",
        ),
        shape(
            "deal_stage",
            "stages_timing_deals | stages_timing_deal",
            """
            deal_id = id
            date_entered = hs_date_entered | hs_date_enteredx
            value = stage
            """,
            same="id, stage",
            instead=True,
        ),
        shape(
            "owner",
            "owners | owner",
            """
            owner_id = id
            email
            first_name = firstName
            last_name = lastName
            created_at = createdAt
            active_user_id = userId
            type
            """,
        ),
        shape(
            "owner_team",
            "owners | owner",
            """
            owner_id = ^id
            team_id = id
            is_team_primary = primary
            """,
            unfold="teams",
        ),
        shape("team", "owners | owner", "id\nname", unfold="teams"),
        _object(
            "ticket",
            _TICKETS,
            """
            id
            created = createdate | createdAt
            closed = closed_date
            stage_id = hs_pipeline_stage
            pipeline_id = hs_pipeline
            category = hs_ticket_category
            priority = hs_ticket_priority
            owner_id = hubspot_owner_id
            subject
            source = source_type
            is_deleted = archived | is_deleted
            replied = first_agent_reply_date
            content
            """,
        ),
        _link("ticket_company", _TICKETS, "ticket_id", "company_id", "companies"),
        _link("ticket_contact", _TICKETS, "ticket_id", "contact_id", "contacts"),
        shape(
            "ticket_pipeline_stage",
            "ticket_pipelines | pipelines_tickets | pipelines_ticket",
            """
            stage_id = stageId | id
            label
            ticket_state = metadata.ticketState
            is_closed = metadata.isClosed
            pipeline_id = ^pipelineId | ^id
            display_order = displayOrder
            """,
            unfold="stages",
            same="pipelineId, id",
        ),
        *_engagement(
            "engagement_meeting",
            "engagements_meetings | meetings",
            """
            start = hs_meeting_start_time
            end = hs_meeting_end_time
            title = hs_meeting_title
            outcome = hs_meeting_outcome
            body = hs_meeting_body
            """,
        ),
        *_engagement("engagement_call", "engagements_calls | calls", _TOUCH + "minutes = hs_call_duration"),
        *_engagement("engagement_email", "engagements_emails | emails", _TOUCH + "subject = hs_email_subject"),
    ),
    needs=("company",),
)
