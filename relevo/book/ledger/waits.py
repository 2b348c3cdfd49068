"""Customers' waits and the replies that ended them: calendar seconds, business seconds, the person's own part."""

from relevo.book.ledger.hours import SHIFT
from relevo.book.ledger.stream import ASSIGNED, CUSTOMER, HUMAN, REOPENED, SETTLED

# Whose shifts are known.
WORKS = f"SELECT w.p, c.calendar AS shift FROM whom AS w JOIN calendar AS c ON c.calendar = '{SHIFT}' || w.name"

# When a person got a conversation that it replied to. Where nobody was ever assigned it is as good as at once; where
# others were, it is not known.
HELD = f"""
    SELECT n, i,
           CASE WHEN has_assigned THEN held_u ELSE 0 END AS held_u
    FROM (
        SELECT n, what, i,
               max(u) FILTER (what = {ASSIGNED}) OVER (
                   PARTITION BY n, p ORDER BY u, what ROWS UNBOUNDED PRECEDING) AS held_u,
               bool_or(what = {ASSIGNED}) OVER (PARTITION BY n) AS has_assigned
        FROM stream WHERE p IS NOT NULL AND what IN ({ASSIGNED}, {HUMAN})
    ) WHERE what = {HUMAN}
"""

# Messages of a customer that wait for the same reply. What comes after the last reply and is settled without another
# is a thank-you and no wait; what no human ever answered and was closed was given up.
_ASKED = f"""
    SELECT n, episode, humans_before, min(u) AS from_u, bool_or(is_again) AS is_again
    FROM stream WHERE what = {CUSTOMER} GROUP BY ALL
"""
_REPLIED = f"""
    SELECT s.n, s.episode, s.humans_before, s.u AS until_u, s.i, s.p, h.held_u
    FROM stream AS s LEFT JOIN held AS h ON h.n = s.n AND h.i = s.i
    WHERE s.what = {HUMAN}
"""
_SETTLED = f"""
    SELECT n, episode, max(u) FILTER (what = {SETTLED}) AS settled_u, max(u) FILTER (what = {REOPENED}) AS reopened_u,
           count(*) FILTER (what = {HUMAN}) AS humans
    FROM stream GROUP BY ALL
"""
WAIT = f"""
    SELECT n, episode, row_number() OVER (PARTITION BY n, episode ORDER BY from_u) AS number, from_u, until_u,
           CASE WHEN until_u IS NULL AND settled_u >= from_u THEN settled_u END AS given_up_u,
           i, p, held_u, is_again, humans_before
    FROM ({_ASKED}) LEFT JOIN ({_REPLIED}) USING (n, episode, humans_before) JOIN ({_SETTLED}) USING (n, episode)
    WHERE until_u IS NOT NULL OR humans = 0 OR NOT coalesce(settled_u >= from_u, false)
      AND (NOT is_again OR coalesce(reopened_u >= from_u - 60000000, false))
"""


def reading(alias: str, second: str) -> str:
    """SQL of the open seconds of a calendar up to an instant, from the span of `open_hours` found for it."""
    inside = f"{alias}.before_s + least({second}, {alias}.to_s) - {alias}.from_s"
    return f"coalesce({inside}, 0)"


def span(alias: str, calendar: str, second: str) -> str:
    """SQL that joins the last span of a calendar that began by an instant."""
    return f"ASOF LEFT JOIN open_hours AS {alias} ON {alias}.calendar = {calendar} AND {alias}.from_s <= {second}"


_TIMED = """
    SELECT w.*, w.from_u // 1000000 AS from_s, w.until_u // 1000000 AS until_s, t.calendar, t.calendar_version,
           s.shift,
           CASE WHEN held_u <= until_u THEN greatest(held_u, from_u) // 1000000 END AS mine_s
    FROM wait AS w JOIN talk AS t USING (n) LEFT JOIN works AS s USING (p)
"""
# Calendars that are not there give no reading; null is not 0.
READ = f"""
    SELECT x.*,
           CASE WHEN x.calendar IS NOT NULL THEN {reading("a", "x.from_s")} END AS from_reading_s,
           CASE WHEN x.calendar IS NOT NULL AND x.until_s IS NOT NULL THEN {reading("b", "x.until_s")} END
               AS until_reading_s,
           CASE WHEN x.shift IS NOT NULL AND x.mine_s IS NOT NULL
               THEN {reading("d", "x.until_s")} - {reading("c", "x.mine_s")} END AS reaction_s
    FROM ({_TIMED}) AS x
    {span("a", "x.calendar", "x.from_s")}
    {span("b", "x.calendar", "x.until_s")}
    {span("c", "x.shift", "x.mine_s")}
    {span("d", "x.shift", "x.until_s")}
"""

_CASE = "t.channel, t.category, t.tier, t.priority"
CUSTOMER_WAIT = f"""
    SELECT t.conversation_id, r.episode, r.number, t.customer_id, {_CASE},
           make_timestamp(r.from_u) AS from_at, make_timestamp(r.until_u) AS until_at,
           make_timestamp(r.given_up_u) AS given_up_at, l.message_id, w.name AS person_id,
           make_timestamp(nullif(r.held_u, 0)) AS held_from, r.until_s - r.from_s AS wait_s,
           r.until_reading_s - r.from_reading_s AS business_s, r.from_reading_s, t.calendar, t.calendar_version,
           r.reaction_s, r.number = 1 AND r.humans_before = b.humans_before AS is_first
    FROM read_wait AS r JOIN talk AS t USING (n) JOIN began AS b USING (n, episode)
    LEFT JOIN line AS l ON l.n = r.n AND l.i = r.i LEFT JOIN whom AS w ON w.p = r.p
"""

_WRITTEN = f"""
    SELECT s.n, s.episode, s.i, s.p, s.u, s.u // 1000000 AS at_s, s.seconds_spent,
           row_number() OVER (PARTITION BY s.n, s.episode ORDER BY s.u, s.i) AS nth, c.shift
    FROM stream AS s LEFT JOIN works AS c USING (p)
    WHERE s.what = {HUMAN}
"""
REPLY = f"""
    SELECT l.message_id, t.conversation_id, x.episode, x.nth, t.customer_id, p.name AS person_id,
           make_timestamp(x.u) AS "at",
           x.seconds_spent,
           CASE WHEN h.calendar IS NOT NULL THEN x.at_s < h.to_s
                WHEN coalesce(x.shift, t.calendar) IS NOT NULL THEN false END AS in_hours,
           w.until_s - w.from_s AS wait_s, w.until_reading_s - w.from_reading_s AS business_s, w.reaction_s, {_CASE}
    FROM ({_WRITTEN}) AS x JOIN talk AS t USING (n) JOIN line AS l ON l.n = x.n AND l.i = x.i
    LEFT JOIN whom AS p ON p.p = x.p LEFT JOIN read_wait AS w ON w.n = x.n AND w.i = x.i
    {span("h", "coalesce(x.shift, t.calendar)", "x.at_s")}
"""
