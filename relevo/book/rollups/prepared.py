"""Handwritten DuckDB SQL that brings canonical rows into integer days and minor units.

Time zones and ICU live here only; everything after this step counts in whole days and runs on any engine.
"""

from collections.abc import Sequence
from datetime import date

from relevo.base.config import Company
from relevo.base.money import RATE_SCALE, exponent
from relevo.base.periods import day_number, month_of
from relevo.book.engine import quoted
from relevo.book.schema import OPEN

_LOCAL_DAY = "CAST(timezone({zone}, timezone('UTC', {column})) AS DATE) - DATE '1970-01-01'"


def local_day(column: str, timezone: str) -> str:
    """SQL for the day number of a UTC timestamp column in a time zone."""
    if timezone == "UTC":
        return f"CAST(CAST({column} AS DATE) - DATE '1970-01-01' AS BIGINT)"
    return f"CAST({_LOCAL_DAY.format(zone=quoted(timezone), column=column)} AS BIGINT)"


def calendar_day(first: date, last: date) -> str:
    """One row per day of the book's history: day number, month index, date."""
    return f"""
        SELECT CAST(on_date - DATE '1970-01-01' AS BIGINT) AS day,
               CAST(year(on_date) * 12 + month(on_date) - 1 AS BIGINT) AS month,
               on_date
        FROM (SELECT CAST(unnest(generate_series(DATE '{first}', DATE '{last}', INTERVAL 1 DAY)) AS DATE) AS on_date)
    """


def calendar_month(first: date, as_of: date) -> str:
    """One row per month of the book's history; `last_day` of the open month is the as-of day."""
    return f"""
        SELECT CAST(m AS BIGINT) AS month,
               CAST(make_date(m // 12, m % 12 + 1, 1) - DATE '1970-01-01' AS BIGINT) AS first_day,
               least(CAST(last_day(make_date(m // 12, m % 12 + 1, 1)) - DATE '1970-01-01' AS BIGINT),
                     {day_number(as_of)}) AS last_day
        FROM (SELECT unnest(generate_series({month_of(first)}, {month_of(as_of)})) AS m)
    """


def fx_day(company: Company, currencies: Sequence[str], as_of: date) -> str:
    """Rates as validity intervals of days: base minor units per native minor unit, times 10^10.

    A day before a currency's first rate takes the first one (a finding says so); the book's currency is 1.
    """
    factors = ", ".join(
        f"({quoted(c)}, CAST('{10.0 ** (exponent(company.currency) - exponent(c)):.6f}' AS DECIMAL(18,6)))"
        for c in (*currencies, company.currency)
    )
    return f"""
        WITH factor(currency, minor) AS (VALUES {factors}),
        known AS (
            SELECT r.currency, CAST(r.on_date - DATE '1970-01-01' AS BIGINT) AS day,
                   CAST(round(CAST(r.rate AS DECIMAL(28,14)) * f.minor * {RATE_SCALE}, 0) AS BIGINT) AS rate_e10
            FROM fx_rate r JOIN factor f USING (currency)
            WHERE r.currency <> {quoted(company.currency)}
            QUALIFY r.on_date <= DATE '{as_of}' OR row_number() OVER (PARTITION BY r.currency ORDER BY r.on_date) = 1
        )
        SELECT currency,
               CASE WHEN lag(day) OVER w IS NULL THEN -{OPEN} ELSE day END AS from_day,
               coalesce(lead(day) OVER w, {OPEN}) AS to_day,
               rate_e10
        FROM known WINDOW w AS (PARTITION BY currency ORDER BY day)
        UNION ALL
        SELECT {quoted(company.currency)}, -{OPEN}, {OPEN}, {RATE_SCALE}
    """


FX_MONTH = """
    SELECT f.currency, m.month, f.rate_e10
    FROM calendar_month m JOIN fx_day f ON m.last_day >= f.from_day AND m.last_day < f.to_day
"""

# The head of a customer's group; UNION ends where parents lead back, and whoever has no head stands alone.
CUSTOMER_ROOT = """
    WITH RECURSIVE child AS (SELECT customer_id, parent_id FROM customer WHERE parent_id <> customer_id),
    up(customer_id, root_id) AS (
        SELECT customer_id, customer_id FROM customer
        UNION
        SELECT up.customer_id, c.parent_id FROM up JOIN child c ON c.customer_id = up.root_id
    ),
    head AS (SELECT customer_id, root_id FROM up WHERE root_id NOT IN (SELECT customer_id FROM child))
    SELECT customer_id, coalesce(root_id, customer_id) AS root_id
    FROM customer LEFT JOIN head USING (customer_id)
"""


def billing_span(timezone: str) -> str:
    """Subscription spans in local days; spans that begin and end on one day never show at a day's end."""
    return f"""
        WITH days AS (
            SELECT *, {local_day("valid_from", timezone)} AS from_day, {local_day("valid_to", timezone)} AS to_day
            FROM subscription_span
        )
        SELECT customer_id, subscription_id, item_id, from_day, to_day, plan,
               unit_amount_cents AS unit_amount,
               CAST(round(quantity * 1000000, 0) AS BIGINT) AS quantity_e6,
               interval_unit, interval_count,
               coalesce(discount_cents, 0) AS discount, discount_kind, currency, status, usage, cause, collection,
               term_end_on, auto_renew
        FROM days
        WHERE to_day IS NULL OR to_day > from_day
    """


def attribute_start(timezone: str) -> str:
    """Attributes with the local day and month from which they hold; 0 where the source gives no date."""
    return f"""
        WITH days AS (SELECT *, coalesce({local_day("from_at", timezone)}, 0) AS from_day FROM customer_attribute)
        SELECT customer_id, name, value, from_day,
               CASE WHEN from_at IS NULL THEN 0
                    ELSE CAST(year(DATE '1970-01-01' + CAST(from_day AS INTEGER)) * 12
                         + month(DATE '1970-01-01' + CAST(from_day AS INTEGER)) - 1 AS BIGINT) END AS from_month
        FROM days
    """
