"""HubSpot's objects as loaders land them: every property a column, links between objects in tables of their own.

A deal may be of several companies: it is taken for the one that came first. Stages are ids, which the tables of
pipelines explain; without them a deal that is closed cannot be told to be won or lost.
"""

from relevo.sources.raw.model import RawTable, Recipe, fields

_COMPANY = RawTable(
    "company",
    fields("""
        id!
        name! = property_name
        domain = property_domain | property_website
        created time = property_createdate
        industry = property_industry
        country = property_country
        employees whole = property_numberofemployees
        owner_id = property_hubspot_owner_id
        parent_id = property_hs_parent_company_id
        is_deleted flag
        revenue = property_annualrevenue
        description = property_description
        city = property_city
    """),
    files=("companies",),
    is_loader=True,
    key=("id",),
)
_CONTACT = RawTable(
    "contact",
    fields("""
        id!
        email! = property_email
        first_name = property_firstname
        last_name = property_lastname
        company_id = property_associatedcompanyid
        company = property_company
        title = property_jobtitle
        created time = property_createdate
        is_deleted flag = is_deleted | _fivetran_deleted
        merged = property_hs_merged_object_ids
    """),
    files=("contacts",),
    is_loader=True,
    key=("id",),
)
_DEAL = RawTable(
    "deal",
    fields("""
        deal_id!
        name! = property_dealname
        pipeline_id = deal_pipeline_id
        stage_id! = deal_pipeline_stage_id
        owner_id
        amount number = property_amount
        currency = property_deal_currency_code
        closed time = property_closedate
        created time = property_createdate
        type = property_dealtype
        source = property_hs_analytics_source
        lost_reason = property_closed_lost_reason
        is_deleted flag
        portal_id
        description = property_description
    """),
    files=("deals",),
    is_loader=True,
    key=("deal_id",),
)
_DEAL_COMPANY = RawTable(
    "deal_company",
    fields("""
        deal_id!
        company_id!
        type_id
        category
    """),
    is_loader=True,
    key=("deal_id",),
)
_MERGED_DEAL = RawTable(
    "merged_deal",
    fields("""
        deal_id!
        merged_deal_id!
    """),
    is_loader=True,
    key=("merged_deal_id",),
)
_MERGED_CONTACT = RawTable(
    "contact_merge_audit",
    fields("""
        canonical_vid!
        vid_to_merge!
        num_properties_moved
    """),
    is_loader=True,
    key=("vid_to_merge",),
)
_DEAL_STAGE = RawTable(
    "deal_pipeline_stage",
    fields("""
        stage_id!
        label!
        closed_won! flag
        is_closed flag
        probability number
        pipeline_id
        display_order
    """),
    is_loader=True,
    key=("stage_id",),
)
_STAGE_HISTORY = RawTable(
    "deal_stage",
    fields("""
        deal_id!
        date_entered! time
        value!
        source
        source_id
    """),
    is_loader=True,
    key=("deal_id", "date_entered"),
)
_OWNER = RawTable(
    "owner",
    fields("""
        owner_id!
        email!
        first_name
        last_name
        created_at time
        active_user_id
        portal_id
        type
    """),
    files=("owners",),
    is_loader=True,
    key=("owner_id",),
)
_OWNER_TEAM = RawTable(
    "owner_team",
    fields("""
        owner_id!
        team_id!
        is_team_primary! flag
    """),
    is_loader=True,
    key=("owner_id", "team_id"),
)
_TEAM = RawTable(
    "team",
    fields("""
        id!
        name!
    """),
    files=("teams",),
    is_loader=True,
    key=("id",),
)
_TICKET = RawTable(
    "ticket",
    fields("""
        id!
        created! time = property_createdate
        closed time = property_closed_date
        stage_id! = property_hs_pipeline_stage
        pipeline_id = property_hs_pipeline
        category = property_hs_ticket_category
        priority = property_hs_ticket_priority
        owner_id = property_hubspot_owner_id
        subject = property_subject
        source = property_source_type
        is_deleted flag
        replied time = property_first_agent_reply_date
        content = property_content
    """),
    files=("tickets",),
    is_loader=True,
    key=("id",),
)
_TICKET_COMPANY = RawTable(
    "ticket_company",
    fields("""
        ticket_id!
        company_id!
        category
    """),
    is_loader=True,
    key=("ticket_id",),
)
_TICKET_CONTACT = RawTable(
    "ticket_contact",
    fields("""
        ticket_id!
        contact_id!
        category
    """),
    is_loader=True,
    key=("ticket_id",),
)
_TICKET_STAGE = RawTable(
    "ticket_pipeline_stage",
    fields("""
        stage_id!
        label!
        ticket_state!
        is_closed flag
        pipeline_id
        display_order
    """),
    is_loader=True,
    key=("stage_id",),
)
_ENGAGEMENT_COMPANY = RawTable(
    "engagement_company",
    fields("""
        engagement_id!
        company_id!
        engagement_type
        type_id
        category
    """),
    is_loader=True,
    key=("engagement_id",),
)
_MEETING = RawTable(
    "engagement_meeting",
    fields("""
        engagement_id!
        start! time = start_time | property_hs_meeting_start_time
        end! time = end_time | property_hs_meeting_end_time
        owner_id = property_hubspot_owner_id
        title = title | property_hs_meeting_title
        outcome = meeting_outcome | property_hs_meeting_outcome
        body = body | property_hs_meeting_body
        web_conference_meeting_id
        source
    """),
    is_loader=True,
    key=("engagement_id",),
)


def _engagement(name: str, more: str = "") -> RawTable:
    told = f"""
        engagement_id!
        at time = property_hs_timestamp
        created time = property_hs_createdate
        owner_id = property_hubspot_owner_id
        team_id = property_hubspot_team_id
        type
        is_deleted flag = _fivetran_deleted
        {more.strip()}
    """
    return RawTable(name, fields(told), is_loader=True, key=("engagement_id",))


_CALL = _engagement("engagement_call", "minutes number = property_hs_call_duration")
_MAIL = _engagement("engagement_email", "subject! = property_hs_email_subject")
TABLES = (
    _COMPANY, _CONTACT, _MERGED_CONTACT, _DEAL, _MERGED_DEAL, _DEAL_COMPANY, _DEAL_STAGE, _STAGE_HISTORY, _OWNER,
    _OWNER_TEAM, _TEAM, _TICKET, _TICKET_COMPANY, _TICKET_CONTACT, _TICKET_STAGE, _ENGAGEMENT_COMPANY, _MEETING, _CALL,
    _MAIL,
)  # fmt: skip

_NOT_DELETED = "this.is_deleted IS NOT TRUE"
_DELETED = "they were deleted"
_KIND = """CASE WHEN lower(this.type) LIKE '%renew%' THEN 'renewal'
    WHEN regexp_matches(lower(this.type), 'exist|expan|upsell|upgrade|cross') THEN 'expansion' ELSE 'new' END"""
_WON = "coalesce(stage.closed_won, this.stage_id = 'closedwon')"
_CLOSED = "coalesce(stage.is_closed, stage.closed_won, this.stage_id IN ('closedwon', 'closedlost'))"
# The stages that every HubSpot has of its own, and in which a deal is open.
_OPEN = """(stage.stage_id IS NOT NULL OR this.stage_id IS NULL OR this.stage_id IN ('appointmentscheduled',
    'qualifiedtobuy', 'presentationscheduled', 'decisionmakerboughtin', 'contractsent'))"""


def _touch(of: str, kind: str, more: dict[str, str], at: str) -> Recipe:
    return Recipe(
        "touch",
        of,
        {
            "touch_id": "'hubspot:' || this.engagement_id",
            "customer_id": "'hubspot:' || whose.company_id",
            "person_id": "'hubspot:' || this.owner_id",
            "at": at,
            "kind": f"'{kind}'",
            **more,
        },
        joins="LEFT JOIN {engagement_company} whose ON whose.engagement_id = this.engagement_id",
        where="whose.company_id IS NOT NULL AND this.owner_id IS NOT NULL",
        rest="they are of no company, or nobody's",
    )


RECIPES = (
    Recipe(
        "customer",
        "company",
        {
            "customer_id": "'hubspot:' || this.id",
            "name": "coalesce(this.name, this.domain)",
            "parent_id": "'hubspot:' || this.parent_id",
            "domain": "domain_of(this.domain)",
            "created_at": "this.created",
            "country": "this.country",
            "industry": "this.industry",
        },
        where=_NOT_DELETED,
        rest=_DELETED,
    ),
    Recipe(
        "assignment",
        "company",
        {
            "customer_id": "'hubspot:' || this.id",
            "role": "'account_manager'",
            "person_id": "'hubspot:' || this.owner_id",
            "from_at": "this.created",
        },
        where=f"{_NOT_DELETED} AND this.owner_id IS NOT NULL AND this.created IS NOT NULL",
        rest="they were deleted, or have no owner",
    ),
    Recipe(
        "contact",
        "contact",
        {
            "contact_id": "'hubspot:' || this.id",
            "customer_id": "'hubspot:' || this.company_id",
            "name": "nullif(concat_ws(' ', this.first_name, this.last_name), '')",
            "email": "this.email",
            "title": "this.title",
        },
        joins="""LEFT JOIN {contact_merge_audit} gone ON gone.vid_to_merge = this.id
            LEFT JOIN (SELECT DISTINCT unnest(string_split(merged, ';')) AS id FROM {contact}) merged
                ON merged.id = this.id""",
        where=f"""{_NOT_DELETED} AND this.company_id IS NOT NULL AND gone.vid_to_merge IS NULL
            AND merged.id IS NULL""",
        rest="they were deleted, merged into another, or are of no company",
    ),
    Recipe(
        "person",
        "owner",
        {
            "person_id": "'hubspot:' || this.owner_id",
            "name": "coalesce(nullif(concat_ws(' ', this.first_name, this.last_name), ''), this.email)",
            "email": "this.email",
            "team": "team_of(team.name, 'sales')",
            "role": "team.name",
            "started_on": "CAST(this.created_at AS DATE)",
        },
        joins="""LEFT JOIN (SELECT owner_id, first(team_id ORDER BY is_team_primary DESC NULLS LAST, team_id) AS team_id
                FROM {owner_team} GROUP BY owner_id) member ON member.owner_id = this.owner_id
            LEFT JOIN {team} team ON team.id = member.team_id""",
    ),
    Recipe(
        "deal",
        "deal",
        {
            "deal_id": "'hubspot:' || this.deal_id",
            "customer_id": "'hubspot:' || whose.company_id",
            "name": "this.name",
            "kind": _KIND,
            "person_id": "'hubspot:' || this.owner_id",
            "channel": "this.source",
            "opened_at": "coalesce(this.created, this.closed)",
            "closed_at": f"CASE WHEN {_CLOSED} THEN this.closed END",
            "outcome": f"CASE WHEN {_WON} THEN 'won' WHEN {_CLOSED} THEN 'lost' WHEN {_OPEN} THEN 'open' END",
            "lost_reason": "this.lost_reason",
            "amount_cents": "cents(this.amount, upper(coalesce(this.currency, {currency})))",
            "currency": "upper(coalesce(this.currency, {currency}))",
            "forecast_at": f"CASE WHEN {_CLOSED} THEN NULL ELSE this.closed END",
        },
        joins="""LEFT JOIN {deal_company} whose ON whose.deal_id = this.deal_id
            LEFT JOIN {deal_pipeline_stage} stage ON stage.stage_id = this.stage_id
            LEFT JOIN {merged_deal} gone ON gone.merged_deal_id = this.deal_id""",
        where=f"{_NOT_DELETED} AND gone.merged_deal_id IS NULL",
        rest="they were deleted, or merged into another",
        missing={"outcome": "whether it is won is not known: the table deal_pipeline_stage does not have its stage"},
    ),
    Recipe(
        "deal_stage",
        "deal_stage",
        {
            "deal_id": "'hubspot:' || this.deal_id",
            "at": "this.date_entered",
            "stage": "coalesce(stage.label, this.value)",
        },
        joins="LEFT JOIN {deal_pipeline_stage} stage ON stage.stage_id = this.value",
    ),
    Recipe(
        "conversation",
        "ticket",
        {
            "conversation_id": "'hubspot:' || this.id",
            "customer_id": "'hubspot:' || coalesce(whose.company_id, asker.company_id)",
            "contact_id": "'hubspot:' || asked.contact_id",
            "channel": "coalesce(lower(this.source), 'other')",
            "category": "this.category",
            "priority": "lower(this.priority)",
            "subject": "this.subject",
            "opened_at": "this.created",
            "closed_at": """CASE WHEN coalesce(stage.is_closed, stage.ticket_state = 'CLOSED', true)
                THEN this.closed END""",
            "assignee_id": "'hubspot:' || this.owner_id",
        },
        joins="""LEFT JOIN {ticket_company} whose ON whose.ticket_id = this.id
            LEFT JOIN {ticket_contact} asked ON asked.ticket_id = this.id
            LEFT JOIN {contact} asker ON asker.id = asked.contact_id
            LEFT JOIN {ticket_pipeline_stage} stage ON stage.stage_id = this.stage_id""",
        where=_NOT_DELETED,
        rest=_DELETED,
    ),
    _touch(
        "engagement_meeting",
        "meeting",
        {
            "minutes": "CAST(date_diff('minute', this.start, this.\"end\") AS BIGINT)",
            "subject": "this.title",
            "body": "this.body",
        },
        "this.start",
    ),
    _touch("engagement_call", "call", {"minutes": "CAST(ceil(this.minutes / 60000) AS BIGINT)"}, "this.at"),
    _touch("engagement_email", "mail", {"subject": "this.subject"}, "this.at"),
)
IGNORED = (
    "company_property_history", "contact_form_submission", "contact_list", "contact_list_member",
    "contact_property_history", "deal_contact", "deal_pipeline", "deal_property_history",
    "email_campaign", "email_event", "email_event_bounce", "email_event_click", "email_event_deferred",
    "email_event_delivered", "email_event_dropped", "email_event_forward", "email_event_open", "email_event_print",
    "email_event_sent", "email_event_spam_report", "email_event_status_change", "engagement",
    "engagement_communication", "engagement_contact", "engagement_deal", "engagement_note", "engagement_task", "form",
    "property", "property_option", "role", "team_user", "ticket_deal", "ticket_engagement",
    "ticket_pipeline", "ticket_property_history", "users",
)  # fmt: skip
WITHOUT = {
    "deal_company": "whose a deal is stays unknown.",
    "deal_pipeline_stage": "whether a deal is won stays unknown where its stage has a name of the company's own.",
    "ticket_company": "whose a ticket is stays unknown where its contact does not tell.",
    "ticket_pipeline_stage": "whether a ticket is closed is told by its closing date alone.",
    "merged_deal": "deals that were merged into another are counted beside it.",
    "contact_merge_audit": "contacts that were merged into another stand beside it where it does not name them.",
    "engagement_company": "whose a touch is stays unknown.",
    "owner_team": "the team of an owner stays unknown, and is taken for sales.",
}
