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
_ANSWER = "coalesce({0}id, lower({0}email) || ':' || epoch_ms({0}\"at\"))"
_ID = f"'surveys:' || {_ANSWER.format('this.')}"
# Several answers tell of one company and of one person: the first of them is read.
_FIRST = f"""LEFT JOIN (SELECT company, min({_ANSWER.format("")}) AS answer FROM {{nps}} GROUP BY ALL) first
    ON first.company = this.company"""
_ASKED = f"""LEFT JOIN (SELECT lower(email) AS email, min({_ANSWER.format("")}) AS answer FROM {{nps}}
    WHERE company IS NOT NULL GROUP BY ALL) asked ON asked.email = lower(this.email)"""
_WHOSE = "'surveys:' || coalesce('named:' || this.company, 'mail:' || lower(this.email))"
SURVEYS = System(
    "surveys",
    "Surveys",
    (_NPS,),
    (
        Recipe(
            "customer",
            "nps",
            {"customer_id": "'surveys:named:' || this.company", "name": "this.company"},
            joins=_FIRST,
            where=f"{_ANSWER.format('this.')} = first.answer",
            rest="they name no company, or one that another answer names",
        ),
        Recipe(
            "contact",
            "nps",
            {
                "contact_id": "'surveys:mail:' || lower(this.email)",
                "customer_id": "'surveys:named:' || this.company",
                "name": "this.name",
                "email": "this.email",
            },
            joins=_ASKED,
            where=f"this.company IS NOT NULL AND {_ANSWER.format('this.')} = asked.answer",
            rest="they name no company, or another answer tells of the same person",
        ),
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
