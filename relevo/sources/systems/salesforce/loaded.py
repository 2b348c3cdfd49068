"""Salesforce's objects as loaders land them, or as its data export writes them (`CreatedDate` for `created_date`).

An id has 15 characters or the same 15 and 3 more; both name one record. An organisation with one currency keeps none
with its amounts.
"""

from relevo.sources.raw.model import RawTable, Recipe, fields

_ACCOUNT = RawTable(
    "account",
    fields("""
        id! salesforce_id
        name!
        parent_id salesforce_id = parent_id | ParentId
        owner_id! salesforce_id = owner_id | OwnerId
        is_deleted flag = is_deleted | IsDeleted
        master_record_id salesforce_id = master_record_id | MasterRecordId
        created_date time = created_date | CreatedDate
        website
        industry
        type
        number_of_employees whole = number_of_employees | NumberOfEmployees
        billing_country_code = billing_country_code | BillingCountryCode
        billing_country = billing_country | BillingCountry
        account_source = account_source | AccountSource
        account_number = account_number | AccountNumber
        active flag = _fivetran_active
    """),
    files=("accounts",),
    is_loader=True,
    key=("id",),
)
_CONTACT = RawTable(
    "contact",
    fields("""
        id! salesforce_id
        account_id salesforce_id = account_id | AccountId
        name = name
        first_name = first_name | FirstName
        last_name! = last_name | LastName
        email
        title
        is_deleted flag = is_deleted | IsDeleted
        mailing_country = mailing_country | MailingCountry
        reports_to_id = reports_to_id | ReportsToId
        mobile_phone = mobile_phone | MobilePhone
    """),
    files=("contacts",),
    is_loader=True,
    key=("id",),
)
_OPPORTUNITY = RawTable(
    "opportunity",
    fields("""
        id! salesforce_id
        account_id salesforce_id = account_id | AccountId
        name
        stage_name! = stage_name | StageName
        amount number
        currency = currency_iso_code | CurrencyIsoCode
        close_date! time = close_date | CloseDate
        created_date time = created_date | CreatedDate
        owner_id salesforce_id = owner_id | OwnerId
        is_won! flag = is_won | IsWon
        is_closed! flag = is_closed | IsClosed
        is_deleted flag = is_deleted | IsDeleted
        type
        lead_source = lead_source | LeadSource
        probability
        forecast_category = forecast_category | ForecastCategory
    """),
    files=("opportunities",),
    is_loader=True,
    key=("id",),
)
_USER = RawTable(
    "user",
    fields("""
        id! salesforce_id
        name = name
        first_name = first_name | FirstName
        last_name! = last_name | LastName
        email!
        manager_id salesforce_id = manager_id | ManagerId
        is_active! flag = is_active | IsActive
        title
        department
        time_zone = time_zone_sid_key | TimeZoneSidKey
        user_role_id salesforce_id = user_role_id | UserRoleId
        username
        profile_id = profile_id | ProfileId
    """),
    files=("users",),
    is_loader=True,
    key=("id",),
)
_ROLE = RawTable(
    "user_role",
    fields("""
        id! salesforce_id
        name!
        parent_role_id! = parent_role_id | ParentRoleId
        opportunity_access_for_account_owner
        developer_name
    """),
    is_loader=True,
    key=("id",),
)
_LEAD = RawTable(
    "lead",
    fields("""
        id! salesforce_id
        created_date! time = created_date | CreatedDate
        converted_date time = converted_date | ConvertedDate
        converted_account_id salesforce_id = converted_account_id | ConvertedAccountId
        is_converted! flag = is_converted | IsConverted
        is_deleted flag = is_deleted | IsDeleted
        lead_source = lead_source | LeadSource
        owner_id salesforce_id = owner_id | OwnerId
        status
        company
        converted_contact_id = converted_contact_id | ConvertedContactId
    """),
    files=("leads",),
    is_loader=True,
    key=("id",),
)
_TASK = RawTable(
    "task",
    fields("""
        id! salesforce_id
        account_id salesforce_id = account_id | AccountId
        who_id salesforce_id = who_id | WhoId
        owner_id! salesforce_id = owner_id | OwnerId
        subject
        description
        completed time = completed_date_time | CompletedDateTime
        activity_date time = activity_date | ActivityDate
        created_date time = created_date | CreatedDate
        call_seconds whole = call_duration_in_seconds | CallDurationInSeconds
        status!
        task_subtype! = task_subtype | TaskSubtype
        type
        is_closed flag = is_closed | IsClosed
        is_deleted flag = is_deleted | IsDeleted
        is_high_priority = is_high_priority | IsHighPriority
    """),
    files=("tasks",),
    is_loader=True,
    key=("id",),
)
_EVENT = RawTable(
    "event",
    fields("""
        id! salesforce_id
        account_id salesforce_id = account_id | AccountId
        who_id salesforce_id = who_id | WhoId
        owner_id! salesforce_id = owner_id | OwnerId
        subject
        description
        start! time = start_date_time | StartDateTime | activity_date_time | ActivityDateTime
        minutes whole = duration_in_minutes | DurationInMinutes
        type
        is_deleted flag = is_deleted | IsDeleted
        is_group_event = is_group_event | IsGroupEvent
        show_as! = show_as | ShowAs
        location
    """),
    files=("events",),
    is_loader=True,
    key=("id",),
)
_HISTORY = RawTable(
    "opportunity_history",
    fields("""
        id!
        opportunity_id! salesforce_id = opportunity_id | OpportunityId
        stage_name! = stage_name | StageName
        created_date! time = created_date | CreatedDate
        amount
        probability
        forecast_category = forecast_category | ForecastCategory
    """),
    is_loader=True,
    key=("id",),
)
TABLES = (_ACCOUNT, _CONTACT, _OPPORTUNITY, _USER, _ROLE, _LEAD, _TASK, _EVENT, _HISTORY)
_NOT_DELETED = "this.is_deleted IS NOT TRUE"
_DELETED = "they are in the bin"
_TOUCHED = "LEFT JOIN {contact} who ON who.id = this.who_id"
RECIPES = (
    Recipe(
        "customer",
        "account",
        {
            "customer_id": "'salesforce:' || this.id",
            "name": "this.name",
            "parent_id": "'salesforce:' || this.parent_id",
            "domain": "domain_of(this.website)",
            "created_at": "this.created_date",
            "country": "coalesce(this.billing_country_code, this.billing_country)",
            "industry": "this.industry",
            "acquisition_channel": "this.account_source",
        },
        where=_NOT_DELETED,
        rest=_DELETED,
    ),
    Recipe(
        "assignment",
        "account",
        {
            "customer_id": "'salesforce:' || this.id",
            "role": "'account_manager'",
            "person_id": "'salesforce:' || this.owner_id",
            "from_at": "this.created_date",
        },
        where=f"{_NOT_DELETED} AND this.created_date IS NOT NULL AND this.owner_id IS NOT NULL",
        rest="they are in the bin, or do not say since when they exist",
    ),
    Recipe(
        "contact",
        "contact",
        {
            "contact_id": "'salesforce:' || this.id",
            "customer_id": "'salesforce:' || this.account_id",
            "name": "coalesce(this.name, nullif(concat_ws(' ', this.first_name, this.last_name), ''))",
            "email": "this.email",
            "title": "this.title",
        },
        where=f"{_NOT_DELETED} AND this.account_id IS NOT NULL",
        rest="they are in the bin, or of no account",
    ),
    Recipe(
        "person",
        "user",
        {
            "person_id": "'salesforce:' || this.id",
            "name": "coalesce(this.name, nullif(concat_ws(' ', this.first_name, this.last_name), ''))",
            "email": "this.email",
            "team": "team_of(coalesce(this.department, role.name, this.title), 'sales')",
            "role": "coalesce(role.name, this.title)",
            "manager_id": "'salesforce:' || this.manager_id",
            "timezone": "CASE WHEN this.time_zone LIKE '%/%' AND this.time_zone NOT LIKE '%=%' THEN this.time_zone END",
        },
        joins="LEFT JOIN {user_role} role ON role.id = this.user_role_id",
    ),
    Recipe(
        "deal",
        "opportunity",
        {
            "deal_id": "'salesforce:' || this.id",
            "customer_id": "'salesforce:' || this.account_id",
            "name": "this.name",
            "kind": """CASE WHEN lower(this.type) LIKE '%renew%' THEN 'renewal'
                WHEN regexp_matches(lower(this.type), 'exist|expan|upsell|upgrade|cross|add') THEN 'expansion'
                ELSE 'new' END""",
            "person_id": "'salesforce:' || this.owner_id",
            "channel": "this.lead_source",
            "opened_at": "coalesce(this.created_date, this.close_date)",
            "closed_at": "CASE WHEN this.is_closed THEN this.close_date END",
            "outcome": "CASE WHEN this.is_won THEN 'won' WHEN this.is_closed THEN 'lost' ELSE 'open' END",
            "amount_cents": "cents(this.amount, upper(coalesce(this.currency, {currency})))",
            "currency": "upper(coalesce(this.currency, {currency}))",
            "forecast_at": "CASE WHEN NOT this.is_closed THEN this.close_date END",
        },
        where=_NOT_DELETED,
        rest=_DELETED,
    ),
    Recipe(
        "deal_stage",
        "opportunity_history",
        {
            "deal_id": "'salesforce:' || this.opportunity_id",
            "at": "this.created_date",
            "stage": "this.stage_name",
        },
    ),
    Recipe(
        "lead",
        "lead",
        {
            "lead_id": "'salesforce:' || this.id",
            "created_at": "this.created_date",
            "channel": "this.lead_source",
            "qualified": """CASE WHEN this.is_converted THEN true
                WHEN lower(this.status) LIKE '%unqualified%' THEN false
                WHEN lower(this.status) LIKE '%qualified%' THEN true END""",
            "person_id": "'salesforce:' || this.owner_id",
            "customer_id": "'salesforce:' || this.converted_account_id",
            "converted_at": "this.converted_date",
        },
        where=_NOT_DELETED,
        rest=_DELETED,
    ),
    Recipe(
        "touch",
        "task",
        {
            "touch_id": "'salesforce:' || this.id",
            "customer_id": "'salesforce:' || coalesce(this.account_id, who.account_id)",
            "person_id": "'salesforce:' || this.owner_id",
            "contact_id": "'salesforce:' || who.id",
            "at": "coalesce(this.completed, this.activity_date, this.created_date)",
            "kind": """CASE lower(this.task_subtype) WHEN 'call' THEN 'call' WHEN 'email' THEN 'mail'
                WHEN 'listemail' THEN 'mail' ELSE 'other' END""",
            "minutes": "CAST(ceil(this.call_seconds / 60.0) AS BIGINT)",
            "subject": "this.subject",
            "body": "this.description",
        },
        joins=_TOUCHED,
        where=f"""{_NOT_DELETED} AND coalesce(this.is_closed, lower(this.status) = 'completed')
            AND coalesce(this.account_id, who.account_id) IS NOT NULL""",
        rest="they are not done yet, of no account, or in the bin",
    ),
    Recipe(
        "touch",
        "event",
        {
            "touch_id": "'salesforce:' || this.id",
            "customer_id": "'salesforce:' || coalesce(this.account_id, who.account_id)",
            "person_id": "'salesforce:' || this.owner_id",
            "contact_id": "'salesforce:' || who.id",
            "at": "this.start",
            "kind": "CASE WHEN lower(this.type) LIKE '%call%' THEN 'call' ELSE 'meeting' END",
            "minutes": "this.minutes",
            "subject": "this.subject",
            "body": "this.description",
        },
        joins=_TOUCHED,
        where=f"{_NOT_DELETED} AND coalesce(this.account_id, who.account_id) IS NOT NULL",
        rest="they are of no account, or in the bin",
    ),
)
IGNORED = ("opportunity_line_item", "order", "product_2")
WITHOUT = {
    "contact": "whose a touch is stays unknown where it names a contact alone.",
    "user_role": "the team of a user is taken from department and title alone.",
}
