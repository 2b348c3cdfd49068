"""ChartMogul: its export of subscriptions, with amounts in cents that are worked out already.

A cancelled subscription keeps its last MRR; it counts until it ended. Of one that is past due nothing says since
when, and its MRR counts there as here. One customer has the ids of all its billing systems, joined by `|`.
"""

from relevo.sources.raw.model import RawTable, Recipe, System, fields

_SUBSCRIPTIONS = RawTable(
    "subscriptions",
    fields("""
        customer_uuid! = CUSTOMER_UUID
        external_ids = CUSTOMER_EXTERNAL_IDS
        name = CUSTOMER_NAME
        email = CUSTOMER_EMAIL | PRIMARY_CONTACT_EMAIL
        country = CUSTOMER_COUNTRY
        subscription_id! = CUSTOMER_SUBSCRIPTION_ID
        connector = BILLING_CONNECTOR_NAME
        billing_system = BILLING_SYSTEM
        plan_uuid = PLAN_UUID
        plan = PLAN_NAME
        quantity number = QUANTITY
        mrr! minor = MRR
        arr minor = ARR
        currency! = CURRENCY
        billing_currency = BILLING_CURRENCY
        interval_unit = INTERVAL_UNIT
        interval_count whole = INTERVAL_COUNT
        status! = STATUS
        start time = START_DATE | SUBSCRIPTION_START_DATE
        end time = END_DATE | SUBSCRIPTION_END_DATE
    """),
    key=("subscription_id",),
)
_CANCELLED = "lower(this.status) IN ('cancelled', 'canceled', 'inactive')"
CHARTMOGUL = System(
    "chartmogul",
    "ChartMogul",
    (_SUBSCRIPTIONS,),
    (
        Recipe(
            "customer",
            "subscriptions",
            {
                "customer_id": "'chartmogul:' || this.customer_uuid",
                "name": "coalesce(this.name, this.email, this.customer_uuid)",
                "country": "this.country",
            },
            joins="""LEFT JOIN (SELECT customer_uuid, min(subscription_id) AS subscription_id FROM {subscriptions}
                GROUP BY ALL) first ON first.customer_uuid = this.customer_uuid""",
            where="this.subscription_id = first.subscription_id",
            rest="another subscription tells of the same customer",
        ),
        Recipe(
            "subscription_span",
            "subscriptions",
            {
                "subscription_id": "'chartmogul:' || this.subscription_id",
                "item_id": "'mrr'",
                "customer_id": "'chartmogul:' || this.customer_uuid",
                "valid_from": "this.start",
                "valid_to": f'CASE WHEN {_CANCELLED} THEN this."end" END',
                "plan": "coalesce(this.plan, this.plan_uuid)",
                "unit_amount_cents": "this.mrr",
                "quantity": "1",
                "interval_unit": "'month'",
                "interval_count": "1",
                "currency": "upper(this.currency)",
                "status": "CASE WHEN this.status IS NOT NULL THEN 'active' END",
                "usage": "'licensed'",
            },
            where=f'({_CANCELLED}) IS NOT TRUE OR this."end" IS NOT NULL',
            rest="they are cancelled, and nothing says since when",
            tells_all_of=("subscription_id", "item_id"),
        ),
    ),
    {},
    retells=True,
)
