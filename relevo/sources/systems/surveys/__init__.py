"""Surveys: answers with a score from 0 to 10 and an address, as Delighted and others export them."""

from relevo.sources.raw.model import RawTable, Recipe, System, fields

_NPS = RawTable(
    "nps",
    fields("""
        id = ID | Response ID | Survey Response ID | id
        score! whole = Score | NPS Score | NPS | Rating | score | Puntuación | Pontuação | 评分
        email! = Email | Person Email | Customer Email | Email Address | email | person_email
            | Correo electrónico | E-mail | 电子邮件
        name = Name | Person Name | Customer Name | name | person_name | Nombre | Nome | 姓名
        comment! = Comment | Answer | Feedback | Reason | comment | Comentario | Comentário | 评论
        at! time = Created at | Date | Responded At | Response Date | Survey Date | Submitted At | created_at
            | responded_at | Fecha | Data | 日期
        type = Survey type | Type | survey_type
        company = Company | Customer | Organization | company | Empresa | 公司
        permalink = Permalink
        person_id = Person ID
        delivered time = Sent at | Delivered at | Survey Sent At | sent_at
        status = Status
        tags = Tags
    """),
)
_ID = "'surveys:' || coalesce(this.id, lower(this.email) || ':' || epoch_ms(this.at))"
_WHOSE = "'surveys:' || coalesce('named:' || this.company, 'mail:' || lower(this.email))"
SURVEYS = System(
    "surveys",
    "Surveys",
    (_NPS,),
    (
        Recipe(
            "rating",
            "nps",
            {
                "rating_id": _ID,
                "kind": """CASE lower(this.type) WHEN 'csat' THEN 'csat' WHEN 'ces' THEN 'ces' ELSE 'nps' END""",
                "score": "this.score",
                "scale_max": "CASE WHEN coalesce(lower(this.type), 'nps') LIKE 'nps%' THEN 10 ELSE 5 END",
                "at": "this.at",
                "customer_id": _WHOSE,
                "contact_id": "'surveys:mail:' || lower(this.email)",
                "comment": "this.comment",
            },
            where="this.score IS NOT NULL",
            rest="they were not answered",
        ),
        Recipe(
            "survey_invite",
            "nps",
            {
                "invite_id": _ID,
                "kind": """CASE lower(this.type) WHEN 'csat' THEN 'csat' WHEN 'ces' THEN 'ces' ELSE 'nps' END""",
                "at": "this.delivered",
                "contact_id": "'surveys:mail:' || lower(this.email)",
                "customer_id": _WHOSE,
            },
            where="this.delivered IS NOT NULL",
            rest="nothing says when they were asked",
        ),
    ),
    {},
)
