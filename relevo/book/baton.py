"""The baton: in which order people hold a customer, and the active customers that nobody holds.

The measure `baton` tells the same of every customer (relevo.measures.success.baton). A build asks here, in DuckDB's
own SQL, because a book knows no measures; a test holds that both find the same customers.
"""

from datetime import date, datetime, timedelta

from relevo.base.periods import end_of_day_utc
from relevo.book.engine import quoted

# Whoever has an open assignment, in the order in which the roles are looked for.
HOLDERS = ("success", "account_manager", "implementation", "sales")
# Who receives a customer after the sale, in the order of the relay.
RECEIVERS = ("presales", "implementation", "success", "account_manager", "support")
# A customer is active so many days after a deal was won, whether it pays by then or not.
WON_DAYS = 90

# Without one of these the company does not say who holds whom, and a finding per customer would say nothing.
SAYS_WHO = """SELECT 1 WHERE EXISTS (SELECT 1 FROM assignment) OR EXISTS (SELECT 1 FROM handoff)
    OR EXISTS (SELECT 1 FROM deal WHERE outcome = 'won' AND customer_id IS NOT NULL)"""


def won_since(as_of: date, timezone: str) -> datetime:
    """From when on a won deal makes a customer active on a day: the 90 days that end with it. UTC, unsaid."""
    return end_of_day_utc(as_of - timedelta(days=WON_DAYS), timezone).replace(tzinfo=None)


def unheld(as_of: date, timezone: str) -> str:
    """A query for the active customers that nobody holds at the end of a day: DuckDB's SQL."""
    until = f"TIMESTAMP '{end_of_day_utc(as_of, timezone).replace(tzinfo=None)}'"
    won = f"FROM deal WHERE outcome = 'won' AND closed_at < {until} AND customer_id IS NOT NULL"
    return f"""
        SELECT customer_id FROM (
            SELECT customer_id FROM customer_start WHERE churn_day IS NULL
            UNION SELECT customer_id {won} AND closed_at >= TIMESTAMP '{won_since(as_of, timezone)}')
        ANTI JOIN (
            SELECT customer_id FROM ({_last_accepted(until)}) WHERE to_person_id IS NOT NULL
            UNION ALL
            SELECT customer_id FROM assignment WHERE role IN ({", ".join(map(quoted, HOLDERS))})
            AND from_at < {until} AND (to_at IS NULL OR to_at >= {until})
            UNION ALL
            SELECT customer_id FROM (
                SELECT customer_id, deal_id, person_id {won}
                QUALIFY row_number() OVER (PARTITION BY customer_id ORDER BY closed_at DESC, deal_id) = 1)
            WHERE person_id IS NOT NULL OR deal_id IN (SELECT deal_id FROM deal_role WHERE role = 'sold_by')
        ) USING (customer_id)"""


def _last_accepted(until: str) -> str:
    return f"""SELECT customer_id, to_person_id FROM handoff WHERE accepted_at < {until}
        QUALIFY row_number() OVER (PARTITION BY customer_id ORDER BY accepted_at DESC, handoff_id) = 1"""
