"""Pipedrive: its export of deals, which names organisations, people and owners and has no ids for them."""

from relevo.sources.raw.model import RawTable, Recipe, System, fields

_DEALS = RawTable(
    "deals",
    fields("""
        id! = Deal - ID | Deal - Pipedrive System ID | Trato - ID | Negócio - ID | 交易 - ID
        title! = Deal - Title | Trato - Título | Negócio - Título | 交易 - 标题
        value major = Deal - Value | Trato - Valor | Negócio - Valor | 交易 - 价值
        currency = Deal - Currency | Deal - Currency of value | Deal - Currency of Value | Trato - Moneda
            | Trato - Moneda de Valor | Negócio - Moeda | 交易 - 货币
        pipeline = Deal - Pipeline | Trato - Embudo | Negócio - Funil
        stage = Deal - Stage | Trato - Etapa | Negócio - Etapa | 交易 - 阶段
        status! = Deal - Status | Deal - Status (Open/Won/Lost) | Trato - Estado | Negócio - Status | 交易 - 状态
        owner = Deal - Owner | Trato - Propietario | Negócio - Proprietário | 交易 - 所有者
        organization = Deal - Organization | Organization - Name | Trato - Organización | Negócio - Organização
            | 交易 - 组织
        person = Deal - Contact person | Person - Name | Trato - Persona de contacto
            | Negócio - Pessoa de contato | 交易 - 联系人
        created time = Deal - Deal created | Deal - Creation date | Trato - Trato creado | Trato - Creado el
            | Negócio - Negócio criado em | 交易 - 交易创建时间
        won time = Deal - Won time | Trato - Fecha de ganado | Negócio - Data de ganho | 交易 - 赢得时间
        lost time = Deal - Lost time | Trato - Fecha de perdido | Negócio - Data de perda | 交易 - 失去时间
        closed time = Deal - Closed on | Deal - Deal closed on | Trato - Cerrado el | Negócio - Fechado em
        expected time = Deal - Expected close date | Trato - Fecha prevista de cierre
            | Negócio - Data de fechamento esperada
        lost_reason = Deal - Lost reason | Trato - Motivo de la pérdida | Negócio - Motivo da perda | 交易 - 失去原因
        label = Deal - Label
        probability = Deal - Probability
        source = Deal - Source channel | Deal - Source origin
    """),
    key=("id",),
)
_WON = "regexp_matches(lower(this.status), '^(won|ganad|ganh|赢)')"
_LOST = "regexp_matches(lower(this.status), '^(lost|perd|失|输)')"
PIPEDRIVE = System(
    "pipedrive",
    "Pipedrive",
    (_DEALS,),
    (
        Recipe(
            "customer",
            "deals",
            {
                "customer_id": "'pipedrive:named:' || this.organization",
                "name": "this.organization",
            },
            joins="""LEFT JOIN (SELECT organization, min(id) AS id FROM {deals} GROUP BY ALL) first
                ON first.organization = this.organization""",
            where="this.id = first.id",
            rest="they name no organisation, or one that another deal names",
        ),
        Recipe(
            "deal",
            "deals",
            {
                "deal_id": "'pipedrive:' || this.id",
                "customer_id": "'pipedrive:named:' || this.organization",
                "name": "this.title",
                "kind": """CASE WHEN regexp_matches(lower(this.label), 'renew|renov|续') THEN 'renewal'
                    WHEN regexp_matches(lower(this.label), 'expan|upsell|upgrade|cross|现有|扩展|增购') THEN 'expansion'
                    ELSE 'new' END""",
                "person_id": "'pipedrive:named:' || this.owner",
                "channel": "this.source",
                "opened_at": "coalesce(this.created, this.won, this.lost, this.closed)",
                "closed_at": f"CASE WHEN {_WON} THEN coalesce(this.won, this.closed) "
                f"WHEN {_LOST} THEN coalesce(this.lost, this.closed) END",
                "outcome": f"CASE WHEN {_WON} THEN 'won' WHEN {_LOST} THEN 'lost' "
                "WHEN this.status IS NOT NULL THEN 'open' END",
                "lost_reason": "this.lost_reason",
                "amount_cents": "cents(this.value, upper(coalesce(this.currency, {currency})))",
                "currency": "upper(coalesce(this.currency, {currency}))",
                "forecast_at": f"CASE WHEN NOT ({_WON} OR {_LOST}) THEN this.expected END",
            },
            where="coalesce(lower(this.status), '') NOT LIKE 'delet%'",
            rest="they were deleted",
        ),
    ),
    {},
)
