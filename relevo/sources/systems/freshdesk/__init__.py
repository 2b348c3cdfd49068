"""Freshdesk: its export of tickets with the contact and the company beside them. Durations are no messages."""

from relevo.sources.raw.model import RawTable, Recipe, System, fields

_TICKETS = RawTable(
    "tickets",
    fields("""
        id! = Ticket ID | Ticket Id | ID del ticket | ID do ticket | 工单 ID
        subject! = Subject | Asunto | Assunto | 主题
        status! = Status | Estado | 状态
        priority = Priority | Prioridad | Prioridade | 优先级
        source! = Source | Origen | Fuente | Origem | 来源
        type = Type | Tipo | 类型
        agent! = Agent | Agente | 客服
        group = Group | Grupo | 群组
        created! time = Created time | Created Time | Hora de creación | Hora de criação | 创建时间
        resolved time = Resolved time | Resolved Time | Hora de resolución | Hora de resolução | 解决时间
        closed time = Closed time | Closed Time | Hora de cierre | Hora de fechamento | 关闭时间
        updated time = Last update time | Last Updated Time | Última actualización | Última atualização
        first_reply time = Initial response time | Initial Response Time
        tracked spell = Time tracked | Time Tracked
        first_response spell = First response time (in hrs) | First Response Time (in Hrs)
        resolution spell = Resolution time (in hrs) | Resolution Time (in Hrs)
        due = Due by Time
        survey = Survey results | Survey Result
        product = Product | Producto | Produto
        tags = Tags | Etiquetas
        name = Full name | Nombre completo | Nome completo | 全名
        email = Email | Correo electrónico | E-mail | 电子邮件
        contact_id = Contact ID
        external_id = Unique External ID
        company = Company Name | Nombre de la empresa | Nome da empresa | 公司名称
        domains = Company Domains
        agent_interactions whole = Agent interactions
        customer_interactions whole = Customer interactions
        resolution_status = Resolution status
        response_status = First response status
    """),
    key=("id",),
)
_WHOSE = "'freshdesk:' || coalesce('named:' || this.company, 'mail:' || lower(this.email))"
_CONTACT = "'freshdesk:' || coalesce(this.contact_id, 'mail:' || lower(this.email))"
_FIRST = """LEFT JOIN (SELECT company, min(id) AS id FROM {tickets} GROUP BY ALL) first
    ON first.company = this.company"""
_ASKED = """LEFT JOIN (SELECT coalesce(contact_id, lower(email)) AS who, min(id) AS id FROM {tickets} GROUP BY ALL)
    asker ON asker.who = coalesce(this.contact_id, lower(this.email))"""
_UNHAPPY = "unhapp|unsatisf|dissatisf|insatisf|infeli[zc]|descontent|不满|不开心"
# An answer in other words has no score, and its row is set aside: none is worse than a wrong one.
_SCORES = f"""CASE WHEN regexp_matches(lower(this.survey), '{_UNHAPPY}') THEN -1
    WHEN regexp_matches(lower(this.survey), 'neutr|中立|一般') THEN 0
    WHEN regexp_matches(lower(this.survey), 'happy|satisf|feli[zc]|content|awesome|满意|开心') THEN 1 END"""
FRESHDESK = System(
    "freshdesk",
    "Freshdesk",
    (_TICKETS,),
    (
        Recipe(
            "customer",
            "tickets",
            {
                "customer_id": "'freshdesk:named:' || this.company",
                "name": "this.company",
                "domain": "domain_of(split_part(this.domains, ',', 1))",
            },
            joins=_FIRST,
            where="this.id = first.id",
            rest="they name no company, or one that another ticket names",
        ),
        Recipe(
            "contact",
            "tickets",
            {
                "contact_id": _CONTACT,
                "customer_id": _WHOSE,
                "name": "this.name",
                "email": "this.email",
            },
            joins=_ASKED,
            where="this.id = asker.id",
            rest="another ticket tells of who asked, or none does",
        ),
        Recipe(
            "conversation",
            "tickets",
            {
                "conversation_id": "'freshdesk:' || this.id",
                "customer_id": _WHOSE,
                "contact_id": _CONTACT,
                "channel": "lower(this.source)",
                "category": "this.type",
                "product_area": "this.product",
                "priority": "lower(this.priority)",
                "subject": "this.subject",
                "opened_at": "this.created",
                "resolved_at": "coalesce(this.resolved, this.closed)",
                "closed_at": "this.closed",
                "assignee_id": "'freshdesk:named:' || nullif(this.agent, 'No Agent')",
            },
        ),
        Recipe(
            "rating",
            "tickets",
            {
                "rating_id": "'freshdesk:' || this.id",
                "kind": "'happiness'",
                "score": _SCORES,
                "at": "coalesce(this.resolved, this.closed, this.updated)",
                "customer_id": _WHOSE,
                "contact_id": _CONTACT,
                "conversation_id": "'freshdesk:' || this.id",
            },
            where="this.survey IS NOT NULL",
            rest="they were not rated",
        ),
    ),
    {},
)
