"""Salesforce's reports of opportunities: labels for columns, names for links, and a footer below the rows.

A report with several currencies has a column "... Currency" before each amount.
"""

from relevo.sources.raw.model import RawTable, Recipe, fields

_OPPORTUNITIES = RawTable(
    "opportunity_report",
    fields("""
        id salesforce_id = Opportunity ID | 18 Digit Opportunity ID | ID de oportunidad | ID da oportunidade
        account_id salesforce_id = Account ID | 18 Digit Account ID | ID de cuenta | ID da conta
        account! = Account Name | Nombre de la cuenta | Nome da conta | 客户名
        name! = Opportunity Name | Nombre de la oportunidad | Nome da oportunidade | 业务机会名称
        owner = Opportunity Owner | Propietario de la oportunidad | Proprietário da oportunidade | 业务机会所有人
        stage! = Stage | Etapa | Fase | 阶段
        currency = Amount Currency | Total Amount Currency | Opportunity Currency | Importe Divisa
        amount major = Amount | Total Amount | Importe | Valor | 金额
        close_date! day = Close Date | Fecha de cierre | Data de fechamento | 结束日期
        created_date day = Created Date | Fecha de creación | Data de criação | 创建日期
        changed_at = Last Stage Change Date
        closed flag = Closed | Cerrada | Fechada | 已结束
        won flag = Won | Ganada | Ganha | 成功
        type = Type | Tipo | 类型
        source = Lead Source | Origen del prospecto | Origem do lead | 潜在客户来源
        category = Forecast Category | Forecast category
    """),
    has_footer=True,
)
TABLES = (_OPPORTUNITIES,)
_STAGE = "lower(this.stage)"
_WON = f"coalesce(this.won, regexp_matches({_STAGE}, '^closed won|^cerrada ganada|^fechad[oa] (e )?ganh[oa]|成功'))"
_WORDS_LOST = "^closed lost|^cerrada perdida|^fechad[oa] (e )?perdid[oa]|失败"
_LOST = f"(this.closed AND NOT this.won OR regexp_matches({_STAGE}, '{_WORDS_LOST}'))"
_MORE = "exist|expan|upsell|upgrade|cross|add|现有|扩展|增购"
RECIPES = (
    Recipe(
        "deal",
        "opportunity_report",
        {
            "deal_id": "'salesforce:' || coalesce(this.id, 'named:' || this.account || '/' || this.name)",
            "customer_id": "'salesforce:' || coalesce(this.account_id, account.id, 'named:' || this.account)",
            "name": "this.name",
            "kind": f"""CASE WHEN regexp_matches(lower(this.type), 'renew|renov|续') THEN 'renewal'
                WHEN regexp_matches(lower(this.type), '{_MORE}') THEN 'expansion' ELSE 'new' END""",
            "person_id": "'salesforce:' || coalesce(owner.id, 'named:' || this.owner)",
            "channel": "this.source",
            "opened_at": "CAST(coalesce(this.created_date, this.close_date) AS TIMESTAMP)",
            "closed_at": f"CASE WHEN {_WON} OR {_LOST} THEN CAST(this.close_date AS TIMESTAMP) END",
            "outcome": f"CASE WHEN {_WON} THEN 'won' WHEN {_LOST} THEN 'lost' ELSE 'open' END",
            "amount_cents": "cents(this.amount, upper(coalesce(this.currency, {currency})))",
            "currency": "upper(coalesce(this.currency, {currency}))",
            "forecast_at": f"CASE WHEN NOT ({_WON} OR {_LOST}) THEN CAST(this.close_date AS TIMESTAMP) END",
        },
        joins="""
            LEFT JOIN (SELECT name, min(id) AS id FROM {account} WHERE is_deleted IS NOT TRUE GROUP BY name
                HAVING count(*) = 1) account ON account.name = this.account
            LEFT JOIN (SELECT name, min(id) AS id FROM {user} GROUP BY name HAVING count(*) = 1) owner
                ON owner.name = this.owner""",
    ),
)
