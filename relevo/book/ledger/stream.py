"""What happened in conversations, in one order: messages, assignments, resolutions; and the episodes they make.

Instants are microseconds since 1970 (`u`); conversations are numbers (`n`), so are persons and teams (`p`) and messages
(`i`): there may be tens of millions of rows to sort. At one instant the order is that of `what`, then of `i`.
"""

from relevo.book.ledger.hours import EVERYBODY

AGAIN_DAYS = 7
_DAY = 86_400_000_000
# The order of what happens at one instant; a line is what a customer could read or write. A conversation without any
# line is there by its opening alone.
OPENED, CUSTOMER, ASSIGNED, GROUPED, HUMAN, BOT, SETTLED, REOPENED = range(8)
SETTLED_WORDS = ("solved", "resolved", "closed", "done", "completed")

# Later retagging by who works on it must not move what was to be expected of the conversation: the first value counts.
_FIRST = """
    SELECT conversation_id,
           arg_min(coalesce(from_value, to_value), ("at", event_id)) FILTER (kind = 'category') AS category,
           arg_min(coalesce(from_value, to_value), ("at", event_id)) FILTER (kind = 'priority') AS priority,
           arg_min(to_value, ("at", event_id)) FILTER (kind = 'group') AS team
    FROM conversation_event WHERE kind IN ('category', 'priority', 'group') GROUP BY ALL
"""

# A calendar is chosen by who was promised what: the tier's, else that of the team it came to, else whoever is there.
TALK = f"""
    SELECT row_number() OVER () AS n, c.conversation_id, c.customer_id, c.contact_id, c.channel,
           coalesce(f.category, c.category) AS category, c.tier, coalesce(f.priority, c.priority) AS priority,
           c.language, c.close_reason, c.escalated, c.csat_offered, c.assignee_id, f.team,
           epoch_us(c.opened_at) AS opened_u, epoch_us(c.resolved_at) AS resolved_u, epoch_us(c.closed_at) AS closed_u,
           coalesce(of_tier.calendar, of_team.calendar, everybody.calendar) AS calendar,
           coalesce(of_tier.version, of_team.version, everybody.version) AS calendar_version
    FROM conversation AS c
    LEFT JOIN ({_FIRST}) AS f USING (conversation_id)
    LEFT JOIN calendar AS of_tier ON of_tier.calendar = c.tier
    LEFT JOIN calendar AS of_team ON of_team.calendar = f.team
    LEFT JOIN calendar AS everybody ON everybody.calendar = '{EVERYBODY}'
"""

WHOM = """
    SELECT row_number() OVER () AS p, name FROM (
        SELECT author_id AS name FROM message WHERE author_kind = 'human'
        UNION SELECT to_value FROM conversation_event WHERE kind IN ('assigned', 'group')
    ) WHERE name IS NOT NULL
"""

LINE = f"""
    SELECT t.n, epoch_us(m."at") AS u, hash(m.message_id) AS i, m.message_id, m.seconds_spent,
           CASE m.author_kind WHEN 'customer' THEN {CUSTOMER} WHEN 'human' THEN {HUMAN} ELSE {BOT} END AS what, w.p
    FROM message AS m JOIN talk AS t USING (conversation_id)
    LEFT JOIN whom AS w ON m.author_kind = 'human' AND w.name = m.author_id
    WHERE m.is_public OR m.author_kind = 'customer'
"""

# Who began: us, where our message is there when the conversation opens; else a customer, whose opening may be missing
# (a call, a form). A conversation without any message says nothing of waits.
BEGIN = f"""
    SELECT n, opened_u, person_first AND human_u <= opened_u + 1000000 AS by_company,
           person_first AND human_u > opened_u + 1000000 OR customer_u IS NULL AND human_u IS NULL AS is_missing
    FROM (
        SELECT n, min(u) FILTER (what = {CUSTOMER}) AS customer_u, min(u) FILTER (what = {HUMAN}) AS human_u,
               coalesce(human_u < coalesce(customer_u, human_u + 1), false) AS person_first
        FROM line GROUP BY n
    ) JOIN talk USING (n)
"""

_EVENTS = f"""
    SELECT t.n, epoch_us(e."at") AS u,
           CASE e.kind WHEN 'assigned' THEN {ASSIGNED} WHEN 'group' THEN {GROUPED} WHEN 'reopened' THEN {REOPENED}
                       ELSE {SETTLED} END AS what, w.p
    FROM conversation_event AS e JOIN talk AS t USING (conversation_id)
    LEFT JOIN whom AS w ON e.kind IN ('assigned', 'group') AND w.name = e.to_value
    WHERE (e.kind IN ('assigned', 'group') AND e.to_value IS NOT NULL) OR e.kind IN ('reopened', 'closed')
       OR (e.kind = 'status' AND lower(e.to_value) IN {SETTLED_WORDS!r})
"""

_ALL = f"""
    SELECT n, u, what, i, p, seconds_spent FROM line
    UNION ALL SELECT n, opened_u, {CUSTOMER}, 0, NULL, NULL FROM begin WHERE is_missing
    UNION ALL SELECT n, opened_u, {OPENED}, NULL, NULL, NULL FROM talk ANTI JOIN line USING (n)
    UNION ALL SELECT n, u, what, NULL, p, NULL FROM ({_EVENTS})
    UNION ALL SELECT n, resolved_u, {SETTLED}, NULL, NULL, NULL FROM talk WHERE resolved_u IS NOT NULL
    UNION ALL SELECT n, closed_u, {SETTLED}, NULL, NULL, NULL FROM talk WHERE closed_u IS NOT NULL
"""

# A customer who writes after a resolution comes back; a week or more after it that is another episode.
_TURNS = f"""
    SELECT *, count(*) FILTER (what = {HUMAN}) OVER before AS humans_before,
           what = {CUSTOMER} AND coalesce(
               max(u) FILTER (what = {SETTLED}) OVER before
               >= max(u) FILTER (what IN ({CUSTOMER}, {HUMAN}, {BOT})) OVER before, false) AS is_back,
           u - max(u) FILTER (what = {SETTLED}) OVER before AS since_u
    FROM ({_ALL})
    WINDOW before AS (PARTITION BY n ORDER BY u, what, i ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
"""

STREAM = f"""
    SELECT n, u, what, i, p, seconds_spent, humans_before,
           1 + count(*) FILTER (is_back AND since_u >= {AGAIN_DAYS * _DAY}) OVER so_far AS episode,
           is_back AND since_u < {AGAIN_DAYS * _DAY} AS is_again
    FROM ({_TURNS})
    WINDOW so_far AS (PARTITION BY n ORDER BY u, what, i ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
"""
