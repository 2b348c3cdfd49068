"""HubSpot, Salesforce and Pipedrive: deals, of companies and owners that an export names and a loader numbers.

A report of Salesforce knows days, not times: those of the company.
"""

from relevo.sources.demo.exports.model import Export, Sheet
from relevo.sources.systems.hubspot import HUBSPOT
from relevo.sources.systems.pipedrive import PIPEDRIVE
from relevo.sources.systems.salesforce import SALESFORCE

_CLOSES = "coalesce(closed_at, forecast_at)"
_COMPANIES = Sheet(
    "companies_export",
    "hubspot-crm-exports-all-companies.csv",
    """SELECT number_of(customer_id) AS id, name, domain, industry, created_at AS created, country, owner
        FROM customer LEFT JOIN (SELECT customer_id, arg_max(owner, opened_at) AS owner FROM deal GROUP BY ALL)
            USING (customer_id) ORDER BY name""",
    said="""
        id = Record ID | ID de registro | ID do registro | 记录 ID
        name = Company name | Nombre de la empresa | Nome da empresa | 公司名称
        domain = Company Domain Name | Nombre de dominio | Nome do domínio | 公司域名
        owner = Company owner | Propietario de la empresa | Proprietário da empresa | 公司所有者
        industry = Industry | Sector | Setor | 行业
        created = Create Date | Fecha de creación | Data de criação | 创建日期
        country = Country/Region | País/Región | País/Região | 国家/地区
    """,
    more=("Last Activity Date",),
)
_DEALS = Sheet(
    "deals_export",
    "hubspot-crm-exports-all-deals.csv",
    f"""SELECT number_of(deal_id) AS id, name, CASE outcome WHEN 'won' THEN 'Closed Won' WHEN 'lost' THEN 'Closed Lost'
                ELSE 'Qualified' END AS stage, 'Sales' AS pipeline, {_CLOSES} AS closed, owner,
            amount_cents AS amount, currency, opened_at AS created, customer AS company,
            CASE WHEN number_of(deal_id) % 2 = 0 THEN number_of(customer_id) END AS company_ids,
            CASE kind WHEN 'new' THEN 'New Business' WHEN 'expansion' THEN 'Existing Business' ELSE 'Renewal' END
                AS type, channel AS source, lost_reason
        FROM deal ORDER BY closed DESC, deal_id""",
    said="""
        id = Record ID | ID de registro | ID do registro | 记录 ID
        name = Deal Name | Nombre del negocio | Nome do negócio | 交易名称
        stage = Deal Stage | Etapa del negocio | Etapa do negócio | 交易阶段
        stage.Closed Won = Closed Won | Cierre ganado | Negócio fechado ganho | 成功
        stage.Closed Lost = Closed Lost | Cierre perdido | Negócio fechado perdido | 失败
        closed = Close Date | Fecha de cierre | Data de fechamento | 结束日期
        owner = Deal owner | Propietario del negocio | Proprietário do negócio | 交易所有者
        amount = Amount | Cantidad | Valor | 金额
        currency = Currency | Moneda | Moeda | 币种
        created = Create Date | Fecha de creación | Data de criação | 创建日期
        company = Associated Company | Empresa asociada | Empresa associada | 关联公司
        company_ids = Associated Company IDs | IDs de empresas asociadas | IDs de empresa associada
        type = Deal Type | Tipo de negocio | Tipo de negócio | 交易类型
        type.New Business = New Business | Negocio nuevo | Negócio novo | 新业务
        type.Existing Business = Existing Business | Negocio existente | Negócio existente | 现有业务
        type.Renewal = Renewal | Renovación | Renovação | 续约
        source = Original Source | Fuente original | Fonte original
        lost_reason = Closed Lost Reason
    """,
    more=("Last Activity Date", "Associated Contact IDs", "Date entered current stage"),
)
_CONTACTS = Sheet(
    "contacts_export",
    "hubspot-crm-exports-all-contacts.csv",
    """SELECT number_of(contact_id) AS id, first_name, last_name, k.email, title, c.name AS company,
            number_of(customer_id) AS company_ids
        FROM contact k JOIN customer c USING (customer_id) ORDER BY k.email""",
    said="""
        id = Record ID | ID de registro | ID do registro | 记录 ID
        first_name = First Name | Nombre | Nome | 名字
        last_name = Last Name | Apellidos | Sobrenome | 姓氏
        email = Email | Correo | E-mail | 电子邮件
        title = Job Title | Cargo | Cargo | 职务
        company = Associated Company | Empresa asociada | Empresa associada | 公司名称
        company_ids = Associated Company IDs | IDs de empresas asociadas | IDs de empresa associada
    """,
    more=("Phone Number", "Lifecycle Stage", "Lead Status"),
)
_DEAL = "kind, opened_at, closed_at, outcome, amount_cents, currency, forecast_at, name, channel"
_HUBSPOT_DEAL = f"""SELECT number_of(deal_id) AS deal_id, number_of(customer_id) AS customer_id, lost_reason,
        {_DEAL}"""
_HUBSPOT_TELLS = {
    "customer": "SELECT number_of(customer_id) AS customer_id, name, domain, created_at, country, industry "
    "FROM customer",
    "contact": """SELECT number_of(contact_id) AS contact_id, number_of(customer_id) AS customer_id, name, email, title
        FROM contact""",
}
HUBSPOT_EXPORTS = Export(
    "hubspot",
    HUBSPOT,
    (_COMPANIES, _CONTACTS, _DEALS),
    {**_HUBSPOT_TELLS, "deal": f"{_HUBSPOT_DEAL}, 'named:' || owner AS person_id FROM deal"},
)
HUBSPOT_LOADED = Export(
    "hubspot_loaded",
    HUBSPOT,
    (
        Sheet(
            "company",
            "company.csv",
            """SELECT number_of(customer_id) AS id, name, domain, created_at AS created, industry, country,
                false AS is_deleted FROM customer""",
        ),
        Sheet(
            "contact",
            "contact.csv",
            """SELECT number_of(contact_id) AS id, email, first_name, last_name, title,
                number_of(customer_id) AS company_id, false AS is_deleted FROM contact""",
        ),
        Sheet(
            "deal",
            "deal.csv",
            f"""SELECT number_of(deal_id) AS deal_id, name, 'default' AS pipeline_id,
                CASE outcome WHEN 'won' THEN '901' WHEN 'lost' THEN '902' ELSE '900' END AS stage_id,
                number_of(person_id) AS owner_id, major(amount_cents, currency) AS amount, currency,
                {_CLOSES} AS closed, opened_at AS created, CASE kind WHEN 'new' THEN 'newbusiness'
                    WHEN 'expansion' THEN 'existingbusiness' ELSE 'renewal' END AS type, channel AS source,
                lost_reason, false AS is_deleted FROM deal""",
        ),
        Sheet(
            "deal_company",
            "deal_company.csv",
            """SELECT number_of(deal_id) AS deal_id, number_of(customer_id) AS company_id, 5 AS type_id FROM deal
                WHERE customer_id IS NOT NULL""",
        ),
        Sheet(
            "deal_pipeline_stage",
            "deal_pipeline_stage.csv",
            """SELECT * FROM (VALUES ('900', 'Talking', false, false), ('901', 'Signed', true, true),
                ('902', 'Gone', false, true)) AS stages(stage_id, label, closed_won, is_closed)""",
        ),
        Sheet(
            "owner",
            "owner.csv",
            "SELECT number_of(person_id) AS owner_id, email, first_name, last_name FROM person",
        ),
    ),
    {
        **_HUBSPOT_TELLS,
        "deal": f"{_HUBSPOT_DEAL}, number_of(person_id) AS person_id FROM deal",
        "person": "SELECT number_of(person_id) AS person_id, name, email FROM person",
    },
    is_loaded=True,
)


def _id(prefix: str, column: str) -> str:
    """An id of Salesforce of 15 characters."""
    return f"'{prefix}5f00000' || lpad(CAST(number_of({column}) AS VARCHAR), 5, '0')"


def _long(prefix: str, column: str) -> str:
    """The same id of 18 characters; the last three tell which of the others are capitals, here none."""
    return f"{_id(prefix, column)} || 'AAA'"


# A report shows days; what it shows of a time is the day of the company.
_SHOWN = "CAST({} AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Madrid' AS DATE)"
_OPENED, _CLOSED = _SHOWN.format("opened_at"), _SHOWN.format(_CLOSES)
_MIDNIGHT = "CAST({} AS TIMESTAMP)"
_ENDED = f"""CASE WHEN closed_at IS NOT NULL THEN {_MIDNIGHT.format(_CLOSED)} END AS closed_at,
    CASE WHEN closed_at IS NULL THEN {_MIDNIGHT.format(_CLOSED)} END AS forecast_at"""
_KINDS = "CASE kind WHEN 'new' THEN 'New Business' WHEN 'expansion' THEN 'Add-On Business' ELSE 'Renewal' END"
_STAGES = "CASE outcome WHEN 'won' THEN 'Closed Won' WHEN 'lost' THEN 'Closed Lost' ELSE 'Negotiation' END"
_REPORT = Sheet(
    "opportunity_report",
    "report.csv",
    f"""SELECT owner, customer AS account, {_id("006", "deal_id")} AS id, name, {_STAGES} AS stage, currency,
            amount_cents AS amount, {_CLOSED} AS close_date, {_OPENED} AS created_date,
            outcome <> 'open' AS closed, outcome = 'won' AS won, {_KINDS} AS type, channel AS source
        FROM deal ORDER BY owner, close_date""",
    said="""
        owner = Opportunity Owner | Propietario de la oportunidad | Proprietário da oportunidade | 业务机会所有人
        account = Account Name | Nombre de la cuenta | Nome da conta | 客户名
        id = Opportunity ID | ID de oportunidad | ID da oportunidade
        name = Opportunity Name | Nombre de la oportunidad | Nome da oportunidade | 业务机会名称
        stage = Stage | Etapa | Fase | 阶段
        stage.Closed Won = Closed Won | Cerrada ganada | Fechado e ganho | 成功关闭
        stage.Closed Lost = Closed Lost | Cerrada perdida | Fechado e perdido | 失败关闭
        currency = Total Amount Currency | Importe Divisa | Amount Currency
        amount = Total Amount | Importe | Valor | 金额
        close_date = Close Date | Fecha de cierre | Data de fechamento | 结束日期
        created_date = Created Date | Fecha de creación | Data de criação | 创建日期
        closed = Closed | Cerrada | Fechada | 已结束
        won = Won | Ganada | Ganha | 成功
        type = Type | Tipo | Tipo | 类型
        type.New Business = New Business | Nuevo negocio | Novos negócios | 新业务
        type.Add-On Business = Add-On Business | Expansión | Expansão | 扩展业务
        type.Renewal = Renewal | Renovación | Renovação | 续约
        source = Lead Source | Origen del prospecto | Origem do lead | 潜在客户来源
    """,
    footer=("", '"Won and lost"', '"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."',
            '"Confidential Information - Do Not Distribute"', '"Generated By:  Marta Vidal  01/10/2026 9:00"',
            '"Norte Software"'),
)  # fmt: skip
SALESFORCE_REPORT = Export(
    "salesforce",
    SALESFORCE,
    (_REPORT,),
    {
        "deal": f"""SELECT {_id("006", "deal_id")} AS deal_id, 'named:' || customer AS customer_id, name, kind,
            'named:' || owner AS person_id, channel, {_MIDNIGHT.format(_OPENED)} AS opened_at, outcome,
            {_ENDED}, amount_cents, currency FROM deal""",
    },
)
SALESFORCE_LOADED = Export(
    "salesforce_loaded",
    SALESFORCE,
    (
        Sheet(
            "account",
            "account.csv",
            f"""SELECT {_long("001", "customer_id")} AS id, name, 'https://www.' || domain AS website, industry,
                country AS billing_country_code, created_at AS created_date, {_long("005", "'p0001'")} AS owner_id,
                false AS is_deleted FROM customer""",
        ),
        Sheet(
            "contact",
            "contact.csv",
            f"""SELECT {_long("003", "contact_id")} AS id, {_id("001", "customer_id")} AS account_id, name, first_name,
                last_name, email, title, false AS is_deleted FROM contact""",
        ),
        Sheet(
            "user",
            "user.csv",
            f"""SELECT {_long("005", "person_id")} AS id, name, first_name, last_name, email, true AS is_active,
                role AS title FROM person""",
        ),
        Sheet(
            "opportunity",
            "opportunity.csv",
            f"""SELECT {_long("006", "deal_id")} AS id, {_long("001", "customer_id")} AS account_id, name,
                {_STAGES} AS stage_name, major(amount_cents, currency) AS amount, currency,
                {_MIDNIGHT.format(_CLOSED)} AS close_date, opened_at AS created_date,
                {_id("005", "person_id")} AS owner_id,
                outcome = 'won' AS is_won, outcome <> 'open' AS is_closed, false AS is_deleted, {_KINDS} AS type,
                channel AS lead_source FROM deal""",
        ),
    ),
    {
        "customer": f"SELECT {_id('001', 'customer_id')} AS customer_id, name, domain, created_at, country, industry "
        "FROM customer",
        "contact": f"""SELECT {_id("003", "contact_id")} AS contact_id, {_id("001", "customer_id")} AS customer_id,
            name, email, title FROM contact""",
        "person": f"SELECT {_id('005', 'person_id')} AS person_id, name, email, role FROM person",
        "deal": f"""SELECT {_id("006", "deal_id")} AS deal_id, {_id("001", "customer_id")} AS customer_id,
            {_id("005", "person_id")} AS person_id, name, kind, channel, opened_at, outcome, {_ENDED}, amount_cents,
            currency FROM deal""",
    },
    is_loaded=True,
)
_PIPEDRIVE = Sheet(
    "deals",
    "deals.csv",
    """SELECT number_of(deal_id) AS id, name AS title, amount_cents AS value, currency, 'Sales' AS pipeline,
            'Contact made' AS stage, CASE outcome WHEN 'won' THEN 'Won' WHEN 'lost' THEN 'Lost' ELSE 'Open' END
                AS status, owner, customer AS organization, opened_at AS created,
            CASE outcome WHEN 'won' THEN closed_at END AS won, CASE outcome WHEN 'lost' THEN closed_at END AS lost,
            closed_at AS closed, forecast_at AS expected, lost_reason,
            CASE kind WHEN 'new' THEN NULL WHEN 'expansion' THEN 'Upsell' ELSE 'Renewal' END AS label, channel AS source
        FROM deal ORDER BY created DESC, id""",
    said="""
        id = Deal - ID | Trato - ID | Negócio - ID | 交易 - ID
        title = Deal - Title | Trato - Título | Negócio - Título | 交易 - 标题
        value = Deal - Value | Trato - Valor | Negócio - Valor | 交易 - 价值
        currency = Deal - Currency of value | Trato - Moneda de Valor | Negócio - Moeda | 交易 - 货币
        pipeline = Deal - Pipeline | Trato - Embudo | Negócio - Funil
        stage = Deal - Stage | Trato - Etapa | Negócio - Etapa | 交易 - 阶段
        status = Deal - Status | Trato - Estado | Negócio - Status | 交易 - 状态
        status.Won = Won | Ganado | Ganho | 赢得
        status.Lost = Lost | Perdido | Perdido | 失去
        status.Open = Open | Abierto | Aberto | 进行中
        owner = Deal - Owner | Trato - Propietario | Negócio - Proprietário | 交易 - 所有者
        organization = Deal - Organization | Trato - Organización | Negócio - Organização | 交易 - 组织
        created = Deal - Deal created | Trato - Trato creado | Negócio - Negócio criado em | 交易 - 交易创建时间
        won = Deal - Won time | Trato - Fecha de ganado | Negócio - Data de ganho | 交易 - 赢得时间
        lost = Deal - Lost time | Trato - Fecha de perdido | Negócio - Data de perda | 交易 - 失去时间
        closed = Deal - Deal closed on | Trato - Cerrado el | Negócio - Fechado em | Deal - Closed on
        expected = Deal - Expected close date | Trato - Fecha prevista de cierre
        lost_reason = Deal - Lost reason | Trato - Motivo de la pérdida | Negócio - Motivo da perda | 交易 - 失去原因
        label = Deal - Label
        label.Renewal = Renewal | Renovación | Renovação | 续约
        label.Upsell = Upsell | Expansión | Expansão | 扩展
        source = Deal - Source channel
    """,
    more=("Deal - Probability", "Deal - Last stage change"),
    serial_in=("es-ES",),
)
PIPEDRIVE_EXPORTS = Export(
    "pipedrive",
    PIPEDRIVE,
    (_PIPEDRIVE,),
    {
        "customer": "SELECT DISTINCT 'named:' || customer AS customer_id, customer AS name FROM deal "
        "WHERE customer IS NOT NULL",
        "deal": f"""SELECT number_of(deal_id) AS deal_id, 'named:' || customer AS customer_id,
            'named:' || owner AS person_id, lost_reason, {_DEAL} FROM deal""",
    },
)
