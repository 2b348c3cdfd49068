"""Handwritten DuckDB SQL that brings canonical rows into integer days and minor units.

Time zones and ICU live here only; everything after this step counts in whole days and runs on any engine.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache, partial
from math import ceil, floor
from zoneinfo import ZoneInfo

from relevo.base.config import Company
from relevo.base.money import RATE_SCALE, exponent
from relevo.base.periods import day_number, month_of
from relevo.book.engine import quoted
from relevo.book.schema import OPEN

_HOUR = 3_600_000_000
_EARLY = 4_000_000
_LOCAL_DAY = "CAST(timezone({zone}, timezone('UTC', {column})) AS DATE) - DATE '1970-01-01'"


def local_day(column: str, timezone: str) -> str:
    """SQL for the day number of a UTC timestamp column in a time zone."""
    if timezone == "UTC":
        return f"CAST(CAST({column} AS DATE) - DATE '1970-01-01' AS BIGINT)"
    # Away from midnight every offset that the zone ever had gives the same day; only the others need the calendar.
    # Hours are counted from a day so early that none is negative: a division of integers rounds towards zero.
    hours = f"(epoch_us({column}) // {_HOUR} + {24 * _EARLY})"
    first, last = (f"({hours} + {offset}) // 24" for offset in _offsets(timezone))
    slow = _LOCAL_DAY.format(zone=quoted(timezone), column=column)
    return f"CASE WHEN {first} = {last} THEN {first} - {_EARLY} ELSE CAST({slow} AS BIGINT) END"


def local_month(column: str, timezone: str) -> str:
    """SQL for the month index of a UTC timestamp column in a time zone."""
    on_date = f"(DATE '1970-01-01' + CAST({local_day(column, timezone)} AS INTEGER))"
    return f"CAST(year({on_date}) * 12 + month({on_date}) - 1 AS BIGINT)"


@lru_cache(maxsize=64)
def _offsets(timezone: str) -> tuple[int, int]:
    """Whole hours below and above every offset from UTC that a time zone has had since 1900, with an hour of room."""
    zone = ZoneInfo(timezone)
    moments = (datetime(year, month, 1, tzinfo=zone) for year in range(1900, 2101) for month in range(1, 13))
    hours = [offset / timedelta(hours=1) for moment in moments if (offset := moment.utcoffset()) is not None]
    return floor(min(hours)) - 1, ceil(max(hours)) + 1


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
               rate_e10,
               false AS is_base
        FROM known WINDOW w AS (PARTITION BY currency ORDER BY day)
        UNION ALL
        SELECT {quoted(company.currency)}, -{OPEN}, {OPEN}, {RATE_SCALE}, true
    """


FX_MONTH = """
    SELECT f.currency, m.month, f.rate_e10
    FROM calendar_month m JOIN fx_day f ON m.last_day >= f.from_day AND m.last_day < f.to_day
"""


def heads(customers: str) -> str:
    """The head of the group of every customer that has a parent; none where parents lead back to themselves."""
    return f"""
        SELECT * FROM (
            WITH RECURSIVE child AS (SELECT customer_id, parent_id FROM {customers} WHERE parent_id <> customer_id),
            up(customer_id, root_id) AS (
                SELECT customer_id, parent_id FROM child
                UNION
                SELECT up.customer_id, c.parent_id FROM up JOIN child c ON c.customer_id = up.root_id
            )
            SELECT customer_id, root_id FROM up WHERE root_id NOT IN (SELECT customer_id FROM child)
        )
    """


def customer_root(every_customer: str) -> str:
    """Who heads the group of each customer, among every customer; who has no head stands alone."""
    return f"""
        SELECT customer_id, coalesce(root_id, customer_id) AS root_id
        FROM customer LEFT JOIN ({heads(every_customer)}) AS head USING (customer_id)
    """


# Moments are minutes since this many days before the as-of day, so that they stay below `OPEN`; older ones are
# negative.
MOMENT_DAYS = 18 * 365


def local_minute(column: str, timezone: str, as_of: date) -> str:
    """SQL for the moment of a UTC timestamp column in a time zone."""
    local = f"timezone({quoted(timezone)}, timezone('UTC', {column}))"
    return f"CAST(date_diff('minute', TIMESTAMP '{as_of - timedelta(days=MOMENT_DAYS)}', {local}) AS BIGINT)"


def billing_span(timezone: str) -> str:
    """Subscription spans in local days; spans that begin and end on one day never show at a day's end."""
    return _spans(timezone, local_day, "true")


def handoff_day(timezone: str) -> str:
    """Hand-offs with the local month in which they were given and the local day on which they were confirmed."""
    return f"""
        SELECT customer_id, handoff_id, from_person_id, to_person_id, template,
               {local_month("given_at", timezone)} AS given_month,
               {local_day("confirmed_at", timezone)} AS confirmed_day,
               completeness, accuracy, items, reasks_unfilled
        FROM handoff
    """


def promise_day(timezone: str) -> str:
    """Promises in local days; `kept_after_broken` where one was kept once it had been called broken."""
    return f"""
        SELECT customer_id, promise_id, deal_id, person_id, product_state,
               {local_day("made_at", timezone)} AS made_day, {local_month("made_at", timezone)} AS made_month,
               CAST(due_on - DATE '1970-01-01' AS BIGINT) AS due_day,
               {local_day("kept_at", timezone)} AS kept_day, {local_day("broken_at", timezone)} AS broken_day,
               coalesce(kept_at > broken_at, false) AS kept_after_broken
        FROM promise
    """


def minute_span(timezone: str, as_of: date, *, wanted: bool) -> str:
    """The same in local moments, where the policy nets movements by minutes; else no rows."""
    return _spans(timezone, partial(local_minute, as_of=as_of), "true" if wanted else "false")


def _spans(timezone: str, local: Callable[[str, str], str], condition: str) -> str:
    return f"""
        WITH days AS (
            SELECT *, {local("valid_from", timezone)} AS from_day, {local("valid_to", timezone)} AS to_day,
                   {local("cancel_requested_at", timezone)} AS requested_day
            FROM subscription_span WHERE {condition}
        )
        SELECT customer_id, subscription_id, item_id, from_day, to_day, plan,
               unit_amount_cents AS unit_amount,
               CAST(quantity * 1000000 AS BIGINT) AS quantity_e6,
               interval_unit, interval_count,
               coalesce(discount_cents, 0) AS discount, discount_kind, currency, status, usage, cause, collection,
               term_end_on, auto_renew, requested_day
        FROM days
        WHERE to_day IS NULL OR to_day > from_day
    """


# When a subscription's first invoice was issued and paid: for policies under which MRR begins there. A day is null
# where that has not happened.
FIRST_INVOICE = """
    SELECT subscription_id, any_value(customer_id) AS customer_id,
           CAST(min(issued_on) - DATE '1970-01-01' AS BIGINT) AS issued_day,
           CAST(min_by(coalesce(paid_on, DATE '9999-01-01'), (issued_on, invoice_id)) - DATE '1970-01-01' AS BIGINT)
               AS paid_day
    FROM invoice WHERE subscription_id IS NOT NULL AND amount_cents > 0
    GROUP BY subscription_id
"""


def refund_span(timezone: str) -> str:
    """Refunds of recurring charges from their day to their month's end: for policies that take them off MRR.

    A refund whose invoice bills nothing recurring is left out.
    """
    return f"""
        WITH days AS (
            SELECT p.customer_id, p.payment_id, p.currency, p.amount_cents AS amount,
                   {local_day('p."at"', timezone)} AS from_day
            FROM payment p
            WHERE p.status = 'refunded' AND (
                NOT EXISTS (SELECT 1 FROM invoice_line l WHERE l.invoice_id = p.invoice_id)
                OR EXISTS (SELECT 1 FROM invoice_line l WHERE l.invoice_id = p.invoice_id AND l.kind = 'recurring')
            )
        )
        SELECT *, CAST(last_day(DATE '1970-01-01' + CAST(from_day AS INTEGER)) - DATE '1970-01-01' AS BIGINT) + 1
                      AS to_day
        FROM days
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


# What every book shows as views over its canonical rows, by name: SQL for the time zone of the company.
SHOWN: Mapping[str, Callable[[str], str]] = {
    "billing_span": billing_span,
    "handoff_day": handoff_day,
    "promise_day": promise_day,
}
