"""What each episode of a conversation came to: its replies, its resolution, who held it, how often it was passed on."""

from relevo.book.ledger.stream import ASSIGNED, BOT, CUSTOMER, GROUPED, HUMAN, OPENED, SETTLED
from relevo.book.rollups.prepared import local_day, local_month

# The first line of each episode, and how many humans had replied before it in the conversation.
BEGAN = f"""
    SELECT n, episode, begun_u, last_u, humans_before, first_human_u,
           CASE WHEN episode = 1 AND coalesce(by_company, false) THEN 'company' ELSE 'customer' END AS begun_by,
           episode = max(episode) OVER (PARTITION BY n) AS is_last
    FROM (
        SELECT n, episode, min(u) FILTER (what IN ({OPENED}, {CUSTOMER}, {HUMAN}, {BOT})) AS begun_u, max(u) AS last_u,
               min(humans_before) AS humans_before, min(u) FILTER (what = {HUMAN}) AS first_human_u
        FROM stream GROUP BY ALL
    ) LEFT JOIN begin USING (n)
"""

# Who or which team it is passed to, once somebody has replied; several changes within a minute are one.
_PASSED = f"""
    SELECT n, episode, u, p, lag(p) OVER (PARTITION BY n, what ORDER BY u, p) AS was,
           row_number() OVER (PARTITION BY n, what, p ORDER BY u) > 1 AS is_return
    FROM stream WHERE what IN ({ASSIGNED}, {GROUPED})
"""
MOVED = f"""
    SELECT p.n, p.episode, count(DISTINCT p.u // 60000000) AS handoffs,
           count(DISTINCT p.u // 60000000) FILTER (is_return) AS bounces
    FROM ({_PASSED}) AS p JOIN began AS b USING (n, episode)
    WHERE p.was <> p.p AND p.u > b.first_human_u GROUP BY ALL
"""

# The answer that solved it is the last one before it was called solved; the call itself is not work.
SOLVED = f"""
    SELECT n, episode, max(u) FILTER (what = {HUMAN} AND u <= final_u) AS resolved_u,
           max(u) FILTER (what = {HUMAN} AND u <= early_u) AS first_resolved_u,
           any_value(final_u) AS final_u, any_value(early_u) AS early_u
    FROM (
        SELECT n, episode, what, u, max(u) FILTER (what = {SETTLED}) OVER whole AS final_u,
               min(u) FILTER (what = {SETTLED}) OVER whole AS early_u
        FROM stream WINDOW whole AS (PARTITION BY n, episode)
    ) GROUP BY ALL
"""

_COUNTED = f"""
    SELECT n, episode,
           CASE WHEN NOT bool_or(what = {OPENED}) THEN count(*) FILTER (what = {HUMAN}) END AS replies,
           count(DISTINCT p) FILTER (what = {HUMAN}) AS persons,
           count(*) FILTER (what = {CUSTOMER}) AS customer_messages, count(*) FILTER (what = {BOT}) AS bot_messages,
           sum(seconds_spent) FILTER (what = {HUMAN}) AS seconds_spent,
           count(seconds_spent) FILTER (what = {HUMAN}) AS measured_replies,
           arg_min_null(p, humans_before) FILTER (what = {HUMAN}) AS first_p,
           arg_max(p, u) FILTER (what = {ASSIGNED}) AS holder_p
    FROM stream GROUP BY ALL
"""
_FIRST_WAIT = """
    SELECT n, episode, until_s - from_s AS first_wait_s, until_reading_s - from_reading_s AS first_business_s
    FROM read_wait WHERE number = 1
"""
_REOPENED = "SELECT n, episode, count(*) AS reopens FROM wait WHERE is_again AND until_u IS NOT NULL GROUP BY ALL"

# An episode that somebody came back after was solved; the last one ended as the help desk says.
_OUTCOME = """
    CASE WHEN is_last AND coalesce(close_reason, 'solved') <> 'solved' THEN close_reason
         WHEN final_u IS NULL THEN 'open'
         WHEN replies = 0 THEN 'solved_no_reply' ELSE 'solved' END
"""
_IS_SOLVED = "outcome IN ('solved', 'solved_no_reply')"
_OFFERED = """
    SELECT t.n, max(b.episode) AS episode, true AS invited
    FROM survey_invite AS i JOIN talk AS t USING (conversation_id)
    JOIN began AS b ON b.n = t.n AND b.begun_u <= epoch_us(i."at")
    WHERE i.kind IN ('happiness', 'csat') GROUP BY t.n, i.invite_id
"""


def episode(timezone: str) -> str:
    """The SELECT of the table `episode`; days and months are those of the company's time zone."""
    begun = "make_timestamp(begun_u)"
    return f"""
        WITH whole AS (
            SELECT b.*, s.resolved_u, s.first_resolved_u, s.final_u, s.early_u, c.* EXCLUDE (n, episode),
                   t.* EXCLUDE (n), {_OUTCOME} AS outcome
            FROM began AS b JOIN talk AS t USING (n) JOIN solved AS s USING (n, episode)
            JOIN ({_COUNTED}) AS c USING (n, episode)
        )
        SELECT conversation_id, episode, customer_id, contact_id, channel, category, tier, priority, language,
               {begun} AS begun_at, begun_by, {local_month(begun, timezone)} AS begun_month,
               {local_day(begun, timezone)} AS begun_day,
               make_timestamp(first_human_u) AS first_human_at, f.name AS first_person_id,
               CASE WHEN begun_by = 'customer' THEN first_wait_s END AS first_wait_s,
               CASE WHEN begun_by = 'customer' THEN first_business_s END AS first_business_s,
               calendar, calendar_version, replies, persons, customer_messages, bot_messages,
               CAST(seconds_spent AS BIGINT) AS seconds_spent, measured_replies,
               CASE WHEN {_IS_SOLVED} THEN make_timestamp(coalesce(first_resolved_u, early_u)) END
                   AS first_resolved_at,
               CASE WHEN {_IS_SOLVED} THEN make_timestamp(coalesce(resolved_u, final_u)) END AS resolved_at,
               make_timestamp(final_u) AS closed_at, outcome, coalesce(reopens, 0) AS reopens,
               coalesce(handoffs, 0) AS handoffs, coalesce(bounces, 0) AS bounces, escalated,
               coalesce(h.name, CASE WHEN is_last THEN assignee_id END) AS holder_id,
               CASE WHEN invited THEN true WHEN is_last THEN csat_offered END AS offered
        FROM whole LEFT JOIN whom AS f ON f.p = first_p LEFT JOIN whom AS h ON h.p = holder_p
        LEFT JOIN moved USING (n, episode) LEFT JOIN ({_FIRST_WAIT}) USING (n, episode)
        LEFT JOIN ({_REOPENED}) USING (n, episode) LEFT JOIN (SELECT DISTINCT * FROM ({_OFFERED})) USING (n, episode)
    """
