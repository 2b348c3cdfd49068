"""Votes and who is credited with them: the author of the rated reply, else whoever had replied by then, in equal parts.

Credit is fixed at the time of the vote: what is reassigned, retagged or closed afterwards moves nothing.
"""

from relevo.base.scales import STATED, UNSAID, Scale
from relevo.book.ledger.stream import ASSIGNED, HUMAN

KINDS = ("happiness", "csat")


def _reading(kind: str, highest: int | None, scale: Scale) -> str:
    """The branch of a stated scale: what its scores say, and nothing for a score that it does not have."""
    unsaid = UNSAID.get(kind)
    said = f"coalesce(scale_max, {unsaid})" if unsaid else "scale_max"
    is_it = f"kind = '{kind}'" + ("" if highest is None else f" AND {said} = {highest}")
    return (
        f"WHEN {is_it} THEN CASE WHEN score NOT BETWEEN {scale.low} AND {scale.high} THEN NULL "
        f"WHEN score <= {scale.bad} THEN 'not_good' WHEN score >= {scale.good} THEN 'great' ELSE 'okay' END"
    )


# The table of scales that relevo.base.scales states. A rating on another scale is no vote.
_ANSWER = " ".join(
    ("CASE", *(_reading(kind, highest, scale) for (kind, highest), scale in STATED.items() if kind in KINDS), "END")
)
_RATED = f"""
    SELECT r.rating_id, r.kind, coalesce(r.customer_id, t.customer_id) AS customer_id, r.contact_id,
           hash(r.message_id) AS i, r.reason, r."at", epoch_us(r."at") AS u, t.n, {_ANSWER} AS answer
    FROM rating AS r JOIN talk AS t USING (conversation_id) WHERE answer IS NOT NULL
"""
RATED = f"""
    SELECT r.*, b.episode,
           row_number() OVER (
               PARTITION BY r.n, b.episode, coalesce(r.customer_id, r.contact_id) ORDER BY r.u DESC, r.rating_id DESC
           ) = 1 AS is_latest
    FROM ({_RATED}) AS r ASOF JOIN began AS b ON b.n = r.n AND b.begun_u <= r.u
"""

# Of each person in an episode: its replies up to the vote, when it got the case, how many had replied before it.
_WROTE = f"""
    SELECT r.rating_id, s.p, count(*) AS part, min(s.humans_before) AS place, bool_or(s.i = r.i) AS is_it
    FROM rated AS r JOIN stream AS s ON s.n = r.n AND s.episode = r.episode AND s.u <= r.u
    WHERE s.what = {HUMAN} AND s.p IS NOT NULL GROUP BY ALL
"""
_CREDITED = f"""
    SELECT *, sum(part) OVER (PARTITION BY rating_id) AS parts
    FROM (
        SELECT *, row_number() OVER (PARTITION BY rating_id ORDER BY place) - 1 AS handlers_before,
               bool_or(coalesce(is_it, false)) OVER (PARTITION BY rating_id) AS is_named
        FROM ({_WROTE})
    ) WHERE NOT is_named OR is_it
"""
_GOT = f"""
    SELECT n, episode, p, min(u) AS got_u
    FROM stream WHERE what IN ({ASSIGNED}, {HUMAN}) AND p IS NOT NULL AND n IN (SELECT n FROM rated) GROUP BY ALL
"""
VOTE = f"""
    SELECT r.rating_id, r.kind, t.conversation_id, r.episode, r.customer_id,
           r.contact_id, r."at", r.answer, w.name AS person_id,
           CASE WHEN c.is_named THEN 1 ELSE coalesce(c.part, 1) END AS part,
           CASE WHEN c.is_named THEN 1 ELSE coalesce(CAST(c.parts AS BIGINT), 1) END AS parts,
           r.is_latest, r.reason, t.channel, t.category, t.tier, t.priority, t.language,
           greatest(g.got_u - b.begun_u, 0) // 1000000 AS waited_before_s, c.handlers_before
    FROM rated AS r JOIN talk AS t USING (n) JOIN began AS b USING (n, episode)
    LEFT JOIN ({_CREDITED}) AS c USING (rating_id)
    LEFT JOIN whom AS w ON w.p = c.p
    LEFT JOIN ({_GOT}) AS g ON g.n = r.n AND g.episode = r.episode AND g.p = c.p
"""
