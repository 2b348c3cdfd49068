"""Delighted: answers with a score from 0 to 10, by the address of who answered."""

from relevo.sources.demo.exports.model import Export, Sheet
from relevo.sources.systems.surveys import SURVEYS

DELIGHTED = Export(
    "surveys",
    SURVEYS,
    (
        Sheet(
            "nps",
            "delighted.csv",
            """SELECT number_of(rating_id) AS id, score, email, name, comment, "at", 'NPS' AS type, customer AS company,
                asked_at AS delivered FROM answer ORDER BY "at" DESC""",
            said="""
                id = ID
                score = Score | Puntuación | Pontuação | 评分
                email = Email | Correo electrónico | E-mail | 电子邮件
                name = Name | Nombre | Nome | 姓名
                comment = Comment | Comentario | Comentário | 评论
                at = Created at | Fecha | Data | 日期
                type = Survey type
                company = Company | Empresa | Empresa | 公司
                delivered = Sent at
            """,
            more=("Permalink", "Person ID"),
        ),
    ),
    {
        "rating": """SELECT number_of(rating_id) AS rating_id, 'nps' AS kind, score, 10 AS scale_max, "at", comment,
            'named:' || customer AS customer_id, 'mail:' || email AS contact_id FROM answer""",
        "survey_invite": """SELECT number_of(rating_id) AS invite_id, 'nps' AS kind, asked_at AS at,
            'named:' || customer AS customer_id, 'mail:' || email AS contact_id FROM answer""",
    },
)
