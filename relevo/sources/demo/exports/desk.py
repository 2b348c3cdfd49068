"""Help desks: tickets line by line as views and reports show them, and conversations with their messages.

A view counts replies and shows no message; so who answered first, and when, only those tell that export messages.
"""

from relevo.sources.demo.exports.model import Export, Sheet
from relevo.sources.systems.freshdesk import FRESHDESK
from relevo.sources.systems.helpscout import HELPSCOUT
from relevo.sources.systems.hubspot import HUBSPOT
from relevo.sources.systems.intercom import INTERCOM
from relevo.sources.systems.zendesk import ZENDESK

_NUMBER = "number_of(conversation_id)"
_RATED = 'LEFT JOIN (SELECT conversation_id, mood, "at" AS rated_at FROM rating) USING (conversation_id)'
_NAMED = "'named:' || customer"
_VIEW = Sheet(
    "view_export",
    "view.csv",
    f"""SELECT {_NUMBER} AS id, contact AS requester, number_of(contact_id) AS requester_id, email, assignee, subject,
            CASE WHEN closed_at IS NOT NULL THEN 'Closed' WHEN resolved_at IS NOT NULL THEN 'Solved' ELSE 'Open' END
                AS status, priority, channel AS via, category AS type, opened_at AS created,
            coalesce(resolved_at, opened_at) AS updated, customer AS organization, resolved_at AS solved,
            CASE mood WHEN 1 THEN 'Good' WHEN -1 THEN 'Bad' ELSE 'Not Offered' END AS score
        FROM conversation {_RATED} ORDER BY opened_at DESC""",
    more=(
        "Summation column", "Requester external id", "Requester domain", "Submitter", "Group", "Tags", "Assigned at",
        "Due date", "Initially assigned at", "Resolution time", "Group stations", "Assignee stations", "Reopens",
        "Replies", "First reply time in minutes", "First reply time in minutes within business hours",
        "Full resolution time in minutes", "On hold time in minutes", "Product [list]",
    ),
)  # fmt: skip
ZENDESK_VIEW = Export(
    "zendesk",
    ZENDESK,
    (_VIEW,),
    {
        "customer": f"SELECT DISTINCT {_NAMED} AS customer_id, customer AS name FROM conversation",
        "contact": f"""SELECT DISTINCT number_of(contact_id) AS contact_id, {_NAMED} AS customer_id, contact AS name,
            email FROM conversation""",
        "conversation": f"""SELECT {_NUMBER} AS conversation_id, {_NAMED} AS customer_id,
            number_of(contact_id) AS contact_id, channel, category, priority, subject, opened_at, resolved_at,
            'named:' || assignee AS assignee_id FROM conversation""",
        "rating": f"""SELECT {_NUMBER} AS rating_id, 'csat' AS kind, greatest(mood, 0) AS score, 1 AS scale_max,
            {_NUMBER} AS conversation_id, 'named:' || name AS customer_id
            FROM rating JOIN customer USING (customer_id) WHERE mood <> 0""",
    },
)
_OURS = """SELECT assignee_id FROM conversation WHERE assignee_id IS NOT NULL
    UNION SELECT author_id FROM message WHERE author_kind = 'human'"""
# People of ours and of customers share one table and one row of ids.
_AGENT, _ASKER = "number_of({}) + 500000", "number_of({}) + 900000"
_TOLD = f"""{_NUMBER} AS conversation_id, number_of(customer_id) AS customer_id, {_ASKER.format("contact_id")}
        AS contact_id, opened_at, resolved_at, {_AGENT.format("assignee_id")} AS assignee_id"""
_AUTHOR = f"""CASE author_kind WHEN 'human' THEN {_AGENT.format("author_id")}
        WHEN 'customer' THEN {_ASKER.format("author_id")} ELSE -1 END"""
_SAID = f"""SELECT number_of(message_id) AS message_id, {_NUMBER} AS conversation_id, "at", is_public, body,
        CASE author_kind WHEN 'bot' THEN 'system' ELSE author_kind END AS author_kind, {_AUTHOR} AS author_id
    FROM message"""
ZENDESK_LOADED = Export(
    "zendesk_loaded",
    ZENDESK,
    (
        Sheet(
            "ticket",
            "ticket.csv",
            f"""SELECT {_NUMBER} AS id, opened_at AS created_at, number_of(customer_id) AS organization_id,
                {_ASKER.format("contact_id")} AS requester_id, {_AGENT.format("assignee_id")} AS assignee_id, subject,
                priority, CASE WHEN closed_at IS NOT NULL THEN 'closed' WHEN resolved_at IS NOT NULL THEN 'solved'
                ELSE 'open' END AS status, category AS type, channel AS via_channel FROM conversation""",
        ),
        Sheet(
            "user",
            "user.csv",
            f"""SELECT {_ASKER.format("contact_id")} AS id, name, email, 'end-user' AS role,
                    number_of(customer_id) AS organization_id, 'Madrid' AS time_zone, true AS active FROM contact
                UNION ALL SELECT {_AGENT.format("person_id")}, name, email, 'agent', NULL, 'Madrid', true FROM person
                    WHERE person_id IN ({_OURS})""",
        ),
        Sheet(
            "organization",
            "organization.csv",
            """SELECT number_of(customer_id) AS id, name, created_at, false AS shared_tickets, false AS shared_comments
                FROM customer""",
        ),
        Sheet(
            "domain_name",
            "domain_name.csv",
            "SELECT number_of(customer_id) AS organization_id, domain AS domain_name, 0 AS index FROM customer",
        ),
        Sheet(
            "ticket_comment",
            "ticket_comment.csv",
            f"""SELECT number_of(message_id) AS id, {_NUMBER} AS ticket_id, "at" AS created, {_AUTHOR} AS user_id,
                is_public AS public, body FROM message""",
        ),
        Sheet(
            "ticket_field_history",
            "ticket_field_history.csv",
            f"""SELECT {_NUMBER} AS ticket_id, 'status' AS field_name, seen.updated, seen.value, NULL AS user_id
                FROM conversation CROSS JOIN UNNEST([{{'updated': opened_at, 'value': 'new'}},
                    {{'updated': nullif(resolved_at, closed_at), 'value': 'solved'}},
                    {{'updated': closed_at, 'value': 'closed'}}])
                    AS each(seen) WHERE seen.updated IS NOT NULL""",
        ),
    ),
    {
        "customer": "SELECT number_of(customer_id) AS customer_id, name, domain, created_at FROM customer",
        "contact": f"""SELECT {_ASKER.format("contact_id")} AS contact_id, number_of(customer_id) AS customer_id, name,
            email FROM contact""",
        "person": f"""SELECT {_AGENT.format("person_id")} AS person_id, name, email, 'Europe/Madrid' AS timezone
            FROM person WHERE person_id IN ({_OURS})""",
        "conversation": f"SELECT {_TOLD}, closed_at, channel, category, priority, subject FROM conversation",
        "message": _SAID,
    },
    is_loaded=True,
)
_LISTED = Sheet(
    "messages_export",
    "messages.csv",
    f"""SELECT number_of(message_id) AS message_id, body, CASE WHEN is_public THEN 'comment' ELSE 'note' END AS type,
            m."at", CASE author_kind WHEN 'human' THEN 'admin' WHEN 'bot' THEN 'bot' ELSE 'user' END AS author_type,
            number_of(author_id) AS author_id, CASE author_kind WHEN 'customer' THEN v.email END AS author_email,
            CASE author_kind WHEN 'customer' THEN customer END AS companies, {_NUMBER} AS conversation_id,
            CASE WHEN resolved_at IS NULL THEN 'open' ELSE 'closed' END AS state, opened_at, resolved_at AS closed_at
        FROM message m JOIN conversation v USING (conversation_id) ORDER BY opened_at DESC, m."at" DESC""",
    more=("message_author_user_id", "message_author_name", "conversation_tags", "app_id", "app_name"),
)
INTERCOM_EXPORT = Export(
    "intercom",
    INTERCOM,
    (_LISTED,),
    {
        "conversation": f"""SELECT {_NUMBER} AS conversation_id, {_NAMED} AS customer_id, opened_at, resolved_at,
            number_of(contact_id) AS contact_id FROM conversation""",
        "message": f"""SELECT number_of(message_id) AS message_id, {_NUMBER} AS conversation_id, "at", author_kind,
            number_of(author_id) AS author_id, is_public, body FROM message""",
    },
)
# A conversation begins with its source, which is the first message; the others are parts, and so is its end.
_FIRST = "(SELECT min(message_id) FROM message GROUP BY conversation_id)"
_KIND = "CASE author_kind WHEN 'human' THEN 'admin' WHEN 'bot' THEN 'bot' ELSE 'user' END"
_STARS = "CASE mood WHEN 1 THEN 5 WHEN 0 THEN 3 ELSE 1 END"
INTERCOM_LOADED = Export(
    "intercom_loaded",
    INTERCOM,
    (
        Sheet(
            "admin",
            "admin.csv",
            f"""SELECT number_of(person_id) AS id, name, email, role AS job_title FROM person
                WHERE person_id IN ({_OURS})""",
        ),
        Sheet(
            "company_history",
            "company_history.csv",
            """SELECT number_of(customer_id) AS id, created_at AS updated_at, customer_id AS company_id, name,
                created_at, 'https://' || domain || '/' AS website, industry, 4 AS user_count FROM customer""",
        ),
        Sheet(
            "contact_history",
            "contact_history.csv",
            """SELECT number_of(contact_id) AS id, TIMESTAMP '2026-01-01' AS updated_at, 'user' AS role, email, name,
                title AS job_title, 'w1' AS workspace_id FROM contact""",
        ),
        Sheet(
            "contact_company_history",
            "contact_company_history.csv",
            """SELECT number_of(contact_id) AS contact_id, number_of(customer_id) AS company_id,
                TIMESTAMP '2026-01-01' AS contact_updated_at FROM contact""",
        ),
        Sheet(
            "conversation_history",
            "conversation_history.csv",
            f"""SELECT {_NUMBER} AS id, coalesce(resolved_at, opened_at) AS updated_at, opened_at AS created_at,
                CASE WHEN resolved_at IS NULL THEN 'open' ELSE 'closed' END AS state,
                number_of(assignee_id) AS assignee_id, 'admin' AS assignee_type,
                CASE WHEN mood IS NOT NULL THEN {_STARS} END AS rating, r."at" AS rated_at, r.comment AS remark,
                number_of(m.author_id) AS source_author_id,
                {_KIND} AS source_author_type, channel AS source_type, m.body AS source_body, subject AS source_subject
                FROM conversation LEFT JOIN (SELECT conversation_id, mood, "at", comment FROM rating) r
                    USING (conversation_id)
                JOIN message m USING (conversation_id) WHERE m.message_id IN {_FIRST}""",
        ),
        Sheet(
            "conversation_part_history",
            "conversation_part_history.csv",
            f"""SELECT number_of(message_id) AS id, "at" AS updated_at, "at" AS created_at,
                    {_NUMBER} AS conversation_id, CASE WHEN is_public THEN 'comment' ELSE 'note' END AS part_type,
                    number_of(author_id) AS author_id, {_KIND} AS author_type, body
                FROM message WHERE message_id NOT IN {_FIRST}
                UNION ALL SELECT 1000000 + {_NUMBER}, resolved_at, resolved_at, {_NUMBER}, 'close',
                    number_of(assignee_id), 'admin', NULL FROM conversation WHERE resolved_at IS NOT NULL""",
        ),
        Sheet(
            "conversation_contact_history",
            "conversation_contact_history.csv",
            f"""SELECT {_NUMBER} AS conversation_id, number_of(contact_id) AS contact_id,
                opened_at AS conversation_updated_at FROM conversation""",
        ),
    ),
    {
        "customer": "SELECT number_of(customer_id) AS customer_id, name, domain, created_at, industry FROM customer",
        "contact": """SELECT number_of(contact_id) AS contact_id, number_of(customer_id) AS customer_id, name, email,
            title FROM contact""",
        "person": f"""SELECT number_of(person_id) AS person_id, name, email, role FROM person
            WHERE person_id IN ({_OURS})""",
        "conversation": f"""SELECT {_NUMBER} AS conversation_id, number_of(customer_id) AS customer_id, channel,
            number_of(contact_id) AS contact_id, opened_at, resolved_at, number_of(assignee_id) AS assignee_id, subject
            FROM conversation""",
        "message": f"""SELECT CASE WHEN message_id IN {_FIRST} THEN 'source:' || {_NUMBER}
            ELSE CAST(number_of(message_id) AS VARCHAR) END AS message_id, {_NUMBER} AS conversation_id, "at",
            author_kind, number_of(author_id) AS author_id, is_public, body FROM message""",
        "rating": f"""SELECT {_NUMBER} AS rating_id, 'csat' AS kind, {_STARS} AS score, 5 AS scale_max, "at",
            number_of(customer_id) AS customer_id, number_of(contact_id) AS contact_id, {_NUMBER} AS conversation_id,
            number_of(assignee_id) AS person_id, comment FROM rating""",
    },
    is_loaded=True,
)
HELPSCOUT_EXPORT = Export(
    "helpscout",
    HELPSCOUT,
    (
        Sheet(
            "conversations",
            "conversations.csv",
            f"""SELECT 700000 + {_NUMBER} AS id, {_NUMBER} AS number, 'Help' AS mailbox, subject, channel AS type,
                CASE WHEN closed_at IS NULL THEN 'active' ELSE 'closed' END AS status, contact AS customer, email,
                customer AS company, assignee, opened_at AS created, closed_at AS closed
                FROM conversation ORDER BY number DESC""",
            said="""
                id = Conversation ID
                number = Conversation Number
                mailbox = Mailbox
                subject = Subject
                type = Type
                status = Status
                customer = Customer
                email = Customer Email
                company = Company
                assignee = Assigned To
                created = Created At
                closed = Closed At
            """,
            more=("Tags", "Threads"),
        ),
        Sheet(
            "ratings",
            "ratings.csv",
            f"""SELECT number_of(rating_id) AS id, {_NUMBER} AS conversation, CASE mood WHEN 1 THEN 'Great'
                WHEN 0 THEN 'Okay' ELSE 'Not Good' END AS rating, comment AS comments, "at", assignee AS "user"
                FROM rating""",
            said="""
                id = Rating ID
                conversation = Conversation Number
                rating = Rating
                comments = Comments
                at = Rated At
                user = User Name
            """,
        ),
    ),
    {
        "conversation": f"""SELECT 700000 + {_NUMBER} AS conversation_id, {_NAMED} AS customer_id, channel, subject,
            'mail:' || email AS contact_id, opened_at, closed_at AS resolved_at, closed_at,
            'named:' || assignee AS assignee_id FROM conversation""",
        "rating": f"""SELECT number_of(rating_id) AS rating_id, 'happiness' AS kind, mood AS score, "at",
            700000 + {_NUMBER} AS conversation_id, 'named:' || name AS customer_id, 'named:' || assignee AS person_id,
            comment FROM rating JOIN customer USING (customer_id)""",
    },
)
FRESHDESK_EXPORT = Export(
    "freshdesk",
    FRESHDESK,
    (
        Sheet(
            "tickets",
            "tickets.csv",
            f"""SELECT {_NUMBER} AS id, subject, CASE WHEN closed_at IS NOT NULL THEN 'Closed'
                    WHEN resolved_at IS NOT NULL THEN 'Resolved' ELSE 'Open' END AS status, priority,
                channel AS source, category AS type, coalesce(assignee, 'No Agent') AS agent, 'Help' AS "group",
                opened_at AS created, resolved_at AS resolved, closed_at AS closed,
                coalesce(closed_at, resolved_at, opened_at) AS updated, 5400 AS tracked,
                CAST(epoch(resolved_at - opened_at) AS BIGINT) AS resolution,
                CASE mood WHEN 1 THEN 'Extremely Happy' WHEN 0 THEN 'Neutral' WHEN -1 THEN 'Extremely Unhappy' END
                    AS survey, contact AS name, email, number_of(contact_id) AS contact_id, customer AS company
                FROM conversation {_RATED} ORDER BY created DESC""",
            said="""
                id = Ticket ID | ID del ticket | ID do ticket | 工单 ID
                subject = Subject | Asunto | Assunto | 主题
                status = Status | Estado | Status | 状态
                priority = Priority | Prioridad | Prioridade | 优先级
                source = Source | Origen | Origem | 来源
                type = Type | Tipo | Tipo | 类型
                agent = Agent | Agente | Agente | 客服
                group = Group | Grupo | Grupo | 群组
                created = Created time | Hora de creación | Hora de criação | 创建时间
                resolved = Resolved time | Hora de resolución | Hora de resolução | 解决时间
                closed = Closed time | Hora de cierre | Hora de fechamento | 关闭时间
                updated = Last update time | Última actualización | Última atualização
                survey = Survey results
                survey.Extremely Happy = Extremely Happy | Extremadamente feliz | Extremamente feliz | 非常满意
                survey.Neutral = Neutral | Neutral | Neutro | 中立
                survey.Extremely Unhappy = Extremely Unhappy | Extremadamente infeliz | Muito insatisfeito | 非常不满意
                name = Full name | Nombre completo | Nome completo | 全名
                email = Email | Correo electrónico | E-mail | 电子邮件
                company = Company Name | Nombre de la empresa | Nome da empresa | 公司名称
            """,
            more=("Due by Time", "Initial response time", "Agent interactions", "Resolution status", "Work phone"),
        ),
    ),
    {
        "customer": f"SELECT DISTINCT {_NAMED} AS customer_id, customer AS name FROM conversation",
        "contact": f"""SELECT DISTINCT number_of(contact_id) AS contact_id, {_NAMED} AS customer_id, contact AS name,
            email FROM conversation""",
        "conversation": f"""SELECT {_NUMBER} AS conversation_id, {_NAMED} AS customer_id, channel, category, priority,
            number_of(contact_id) AS contact_id, subject, opened_at, resolved_at, closed_at,
            'named:' || assignee AS assignee_id FROM conversation""",
        "rating": f"""SELECT {_NUMBER} AS rating_id, 'happiness' AS kind, mood AS score, {_NUMBER} AS conversation_id,
            'named:' || name AS customer_id, number_of(contact_id) AS contact_id
            FROM rating JOIN customer USING (customer_id)""",
    },
)
HUBSPOT_TICKETS = Export(
    "hubspot_tickets",
    HUBSPOT,
    (
        Sheet(
            "tickets_export",
            "hubspot-crm-exports-all-tickets.csv",
            f"""SELECT {_NUMBER} AS id, subject, CASE WHEN closed_at IS NULL THEN 'New' ELSE 'Closed' END AS status,
                'Support Pipeline' AS pipeline, opened_at AS created, closed_at AS closed, assignee AS owner, priority,
                category, channel AS source, number_of(customer_id) AS company_ids, customer AS company,
                number_of(contact_id) AS contact_ids FROM conversation ORDER BY created DESC""",
            said="""
                id = Ticket ID | ID de registro | ID do registro | 记录 ID
                subject = Ticket name | Nombre del ticket | Nome do ticket | 工单名称
                status = Ticket status | Estado del ticket | Status do ticket | 工单状态
                created = Create date | Fecha de creación | Data de criação | 创建日期
                closed = Close date | Fecha de cierre | Data de fechamento | 结束日期
                owner = Ticket owner | Propietario del ticket | Proprietário do ticket | 工单所有者
                priority = Priority | Prioridad | Prioridade | 优先级
                category = Category | Categoría | Categoria | 类别
                source = Source | Fuente | Fonte | 来源
                company_ids = Associated Company IDs | IDs de empresas asociadas | IDs de empresa associada
                company = Associated Company | Empresa asociada | Empresa associada | 关联公司
                contact_ids = Associated Contact IDs | IDs de contactos asociados
            """,
        ),
    ),
    {
        "conversation": f"""SELECT {_NUMBER} AS conversation_id, number_of(customer_id) AS customer_id, category,
            number_of(contact_id) AS contact_id, channel, priority, subject, opened_at, closed_at,
            'named:' || assignee AS assignee_id FROM conversation""",
    },
)
