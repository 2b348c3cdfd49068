"""HubSpot's exports: headings in the language of who exported, links as ids or as names, several joined by `;`."""

from relevo.sources.raw.model import RawTable, Recipe, fields

_COMPANIES = RawTable(
    "companies_export",
    fields("""
        id! = Record ID | ID de registro | ID do registro | 记录 ID
        name! = Company name | Nombre de la empresa | Nome da empresa | 公司名称
        domain = Company Domain Name | Domain | Website URL | Nombre de dominio | Nome do domínio | 公司域名
        owner = Company owner | Propietario de la empresa | Proprietário da empresa | 公司所有者
        industry = Industry | Sector | Setor | 行业
        created time = Create Date | Fecha de creación | Data de criação | 创建日期
        country = Country/Region | País/Región | País/Região | 国家/地区
        active_at = Last Activity Date | Fecha de la última actividad | Data da última atividade
        parent = Parent Company
        city = City | Ciudad | Cidade
        employees = Number of Employees | Número de empleados | Número de funcionários
        lifecycle = Lifecycle Stage | Etapa del ciclo de vida | Fase do ciclo de vida
    """),
    files=("hubspot_crm_exports_all_companies",),
    key=("id",),
)
_CONTACTS = RawTable(
    "contacts_export",
    fields("""
        id! = Record ID | ID de registro | ID do registro | 记录 ID
        first_name! = First Name | Nombre | Nome | 名字
        last_name! = Last Name | Apellidos | Sobrenome | 姓氏
        email! = Email | Correo | E-mail | 电子邮件
        company_ids = Associated Company IDs | IDs de empresas asociadas | IDs de empresa associada
        company = Associated Company | Company Name | Empresa asociada | Empresa associada | 公司名称
        title = Job Title | Cargo | 职务
        owner = Contact owner | Propietario del contacto | Proprietário do contato | 联系人所有者
        created time = Create Date | Fecha de creación | Data de criação | 创建日期
        phone = Phone Number
        lifecycle = Lifecycle Stage | Etapa del ciclo de vida | Fase do ciclo de vida
        status = Lead Status
    """),
    files=("hubspot_crm_exports_all_contacts",),
    key=("id",),
)
_DEALS = RawTable(
    "deals_export",
    fields("""
        id! = Record ID | ID de registro | ID do registro | 记录 ID
        name! = Deal Name | Nombre del negocio | Nome do negócio | 交易名称
        stage! = Deal Stage | Etapa del negocio | Etapa do negócio | 交易阶段
        pipeline = Pipeline | Pipeline de negocios
        closed time = Close Date | Fecha de cierre | Data de fechamento | 结束日期
        owner = Deal owner | Propietario del negocio | Proprietário do negócio | 交易所有者
        amount major = Amount | Cantidad | Valor | Importe | 金额
        currency = Currency | Moneda | Moeda | 币种
        created time = Create Date | Fecha de creación | Data de criação | 创建日期
        company = Associated Company | Empresa asociada | Empresa associada | 关联公司
        company_ids = Associated Company IDs | IDs de empresas asociadas | IDs de empresa associada
        type = Deal Type | Tipo de negocio | Tipo de negócio | 交易类型
        source = Lead source | Original Source | Fuente original | Fonte original
        lost_reason = Closed Lost Reason
        won flag = Is Closed Won
        is_closed flag = Is Deal Closed? | Is deal closed
        contacts = Associated Contact IDs
    """),
    files=("hubspot_crm_exports_all_deals",),
    key=("id",),
)
_TICKETS = RawTable(
    "tickets_export",
    fields("""
        id! = Ticket ID | Record ID | ID de registro | ID do registro | 记录 ID
        subject! = Ticket name | Nombre del ticket | Nome do ticket | 工单名称
        status! = Ticket status | Estado del ticket | Status do ticket | 工单状态
        pipeline = Pipeline
        created! time = Create date | Fecha de creación | Data de criação | 创建日期
        closed time = Close date | Fecha de cierre | Data de fechamento | 结束日期
        owner = Ticket owner | Propietario del ticket | Proprietário do ticket | 工单所有者
        priority = Priority | Prioridad | Prioridade | 优先级
        category = Category | Categoría | Categoria | 类别
        source = Source | Fuente | Fonte | 来源
        company_ids = Associated Company IDs | IDs de empresas asociadas | IDs de empresa associada
        company = Associated Company | Empresa asociada | Empresa associada | 关联公司
        contact_ids = Associated Contact IDs | IDs de contactos asociados
    """),
    files=("hubspot_crm_exports_all_tickets",),
    key=("id",),
)
TABLES = (_COMPANIES, _CONTACTS, _DEALS, _TICKETS)

# Links are ids where the export has them, else the name of one company alone.
_NAMED = """LEFT JOIN (SELECT name, min(id) AS id FROM {companies_export} GROUP BY name HAVING count(*) = 1) named
    ON named.name = this.company"""
_COMPANY = """'hubspot:' || coalesce(nullif(trim(split_part(this.company_ids, ';', 1)), ''), named.id,
    'named:' || this.company)"""
_OWNER = "'hubspot:' || 'named:' || this.owner"
_STAGE = "lower(this.stage)"
_MORE = "exist|expan|upsell|upgrade|cross|现有|扩展|增购"
_WON = f"""coalesce(this.won, regexp_matches({_STAGE}, 'closed ?won|^won|ganad[oa]|ganh[oa]|成功|赢'), false)"""
_CLOSED = f"""({_WON} OR coalesce(this.is_closed, false)
    OR regexp_matches({_STAGE}, 'closed ?lost|^lost|perdid[oa]|失败|输'))"""
RECIPES = (
    Recipe(
        "customer",
        "companies_export",
        {
            "customer_id": "'hubspot:' || this.id",
            "name": "coalesce(this.name, this.domain)",
            "domain": "domain_of(this.domain)",
            "created_at": "this.created",
            "country": "this.country",
            "industry": "this.industry",
        },
    ),
    Recipe(
        "assignment",
        "companies_export",
        {
            "customer_id": "'hubspot:' || this.id",
            "role": "'account_manager'",
            "person_id": _OWNER,
            "from_at": "this.created",
        },
        where="this.owner IS NOT NULL AND this.created IS NOT NULL",
        rest="they have no owner",
    ),
    Recipe(
        "contact",
        "contacts_export",
        {
            "contact_id": "'hubspot:' || this.id",
            "customer_id": _COMPANY,
            "name": "nullif(concat_ws(' ', this.first_name, this.last_name), '')",
            "email": "this.email",
            "title": "this.title",
        },
        joins=_NAMED,
        where="this.company_ids IS NOT NULL OR this.company IS NOT NULL",
        rest="they are of no company",
    ),
    Recipe(
        "deal",
        "deals_export",
        {
            "deal_id": "'hubspot:' || this.id",
            "customer_id": _COMPANY,
            "name": "this.name",
            "kind": f"""CASE WHEN regexp_matches(lower(this.type), 'renew|renov|续') THEN 'renewal'
                WHEN regexp_matches(lower(this.type), '{_MORE}') THEN 'expansion' ELSE 'new' END""",
            "person_id": _OWNER,
            "channel": "this.source",
            "opened_at": "coalesce(this.created, this.closed)",
            "closed_at": f"CASE WHEN {_CLOSED} THEN this.closed END",
            "outcome": f"CASE WHEN {_WON} THEN 'won' WHEN {_CLOSED} THEN 'lost' ELSE 'open' END",
            "lost_reason": "this.lost_reason",
            "amount_cents": "cents(this.amount, upper(coalesce(this.currency, {currency})))",
            "currency": "upper(coalesce(this.currency, {currency}))",
            "forecast_at": f"CASE WHEN {_CLOSED} THEN NULL ELSE this.closed END",
        },
        joins=_NAMED,
    ),
    Recipe(
        "conversation",
        "tickets_export",
        {
            "conversation_id": "'hubspot:' || this.id",
            "customer_id": _COMPANY,
            "contact_id": "'hubspot:' || nullif(trim(split_part(this.contact_ids, ';', 1)), '')",
            "channel": "coalesce(lower(this.source), 'other')",
            "category": "this.category",
            "priority": "lower(this.priority)",
            "subject": "this.subject",
            "opened_at": "this.created",
            "closed_at": "this.closed",
            "assignee_id": _OWNER,
        },
        joins=_NAMED,
    ),
)
