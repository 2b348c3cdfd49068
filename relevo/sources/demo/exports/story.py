"""The company of the exports: the demo company, told within what every system can say.

A system keeps a price, not its past, so each change of terms is the end of one subscription and the beginning of the
next. There are no add-ons, and discounts only in tables of loaders; who is paused or does not pay has no subscription
meanwhile. Prices divide by the months that they cover. Times are whole minutes that no clock shows twice. One customer
in ten pays in yen, which have no decimals, and one in ten in Kuwaiti dinars, which have three.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from relevo.book.engine import connect, quoted
from relevo.sources.demo.exports.ways import WAYS
from relevo.sources.demo.write import write_demo

TABLES = (
    "customer", "contact", "person", "subscription_span", "invoice", "payment", "cancellation", "deal", "deal_stage",
    "conversation", "message", "rating", "survey_invite", "fx_rate",
)  # fmt: skip
# The tables of the canonical folder that says the same as all exports together.
TRUTH = ("customer", "subscription_span", "invoice", "payment", "cancellation", "fx_rate")

_REDUCED = """SELECT * EXCLUDE (from_at, to_at, amount, cuts), CASE WHEN discount_cents IS NOT NULL THEN 'repeating' END
        AS discount_kind FROM reduced_span"""


@contextmanager
def story(customers: int, ends_on: date, seed: int = 20260101) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with the tables of the story, drawn from a demo company of so many customers."""
    with TemporaryDirectory() as folder, connect() as connection:
        write_demo(Path(folder), customers=customers, seed=seed, ends_on=ends_on, tables=TABLES)
        for name in TABLES:
            file = quoted(Path(folder) / f"{name}.parquet")
            connection.execute(f"CREATE TABLE drawn_{name} AS SELECT * FROM read_parquet({file})")
        connection.execute(f"CREATE MACRO ends() AS TIMESTAMP '{ends_on} 00:00:00' + INTERVAL 1 DAY")
        for statement in (*_MACROS, *_MONEY, *_SELLING, *_SERVICE):
            connection.execute(statement)
        yield connection


def write_truth(connection: duckdb.DuckDBPyConnection, folder: Path, *, is_reduced: bool = False) -> None:
    """Write the story's money as a canonical folder; `is_reduced` with the discounts that only loaders tell."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in TRUTH:
        said = _REDUCED if is_reduced and name == "subscription_span" else f"SELECT * FROM {name}"
        connection.execute(f"COPY ({said}) TO {quoted(folder / f'{name}.csv')} (HEADER)")


def _shown(zone: str, at: str) -> str:
    return f"(({at}) AT TIME ZONE 'UTC' AT TIME ZONE '{zone}')"


def _is_repeated(at: str) -> str:
    """Whether a clock of some way shows a time twice."""
    zones = {way.zone for way in WAYS}
    near = [(zone, f"{at} {sign} INTERVAL 1 HOUR") for zone in sorted(zones) for sign in "+-"]
    return " OR ".join(f"coalesce({_shown(zone, at)} = {_shown(zone, other)}, false)" for zone, other in near)


_MACROS = (
    "CREATE MACRO floored(t) AS date_trunc('minute', t)",
    f"CREATE MACRO is_repeated(t) AS ({_is_repeated('t')})",
    "CREATE MACRO is_due(t) AS coalesce(t < ends(), true)",
    "CREATE MACRO number_of(id) AS CAST(nullif(regexp_extract(id, '\\d+'), '') AS BIGINT)",
    """CREATE MACRO paid_in(id, currency) AS CASE number_of(id) % 10 WHEN 3 THEN 'JPY' WHEN 7 THEN 'KWD'
        ELSE currency END""",
    # Fils of a customer in dinars are ten times the cents there were, so that the last digit says nothing new.
    "CREATE MACRO amount_in(id, amount) AS CASE WHEN number_of(id) % 10 = 7 THEN amount * 10 ELSE amount END",
    """CREATE MACRO major(amount, currency) AS CASE currency WHEN 'JPY' THEN CAST(amount AS VARCHAR)
        WHEN 'KWD' THEN CAST(CAST(amount / 1000 AS DECIMAL(18, 3)) AS VARCHAR)
        ELSE CAST(CAST(amount / 100 AS DECIMAL(18, 2)) AS VARCHAR) END""",
    "CREATE MACRO midday(day) AS CAST(day AS TIMESTAMP) + INTERVAL 12 HOUR",
)

_MONEY = (
    """CREATE TABLE customer AS SELECT customer_id, name, domain, tax_id, CASE WHEN is_repeated(floored(created_at))
            THEN midday(CAST(created_at AS DATE)) ELSE floored(created_at) END AS created_at, country,
            industry, 'billing@' || domain AS email
        FROM drawn_customer""",
    """CREATE TABLE terms AS SELECT customer_id, plan, quantity, interval_unit, interval_count, status,
            paid_in(customer_id, currency) AS currency, floored(valid_from) AS valid_from,
            floored(valid_to) AS valid_to, amount_in(customer_id, unit_amount_cents - unit_amount_cents
                % CASE interval_unit WHEN 'year' THEN 12 ELSE interval_count END) AS unit_amount_cents
        FROM drawn_subscription_span
        WHERE item_id LIKE '%-seats' AND status IN ('trialing', 'active', 'past_due') AND valid_from < ends()""",
    # Rows that touch and cost the same are one subscription.
    """CREATE TABLE runs AS SELECT *, sum(is_new) OVER (PARTITION BY customer_id ORDER BY valid_from) AS place FROM (
        SELECT *, CASE WHEN lag(valid_to) OVER w = valid_from AND lag(unit_amount_cents) OVER w = unit_amount_cents
            AND lag(quantity) OVER w = quantity AND lag(plan) OVER w = plan AND status <> 'trialing'
            AND lag(interval_unit) OVER w = interval_unit AND lag(interval_count) OVER w = interval_count
            THEN 0 ELSE 1 END AS is_new
        FROM terms WINDOW w AS (PARTITION BY customer_id ORDER BY valid_from))""",
    """CREATE TABLE sub AS SELECT *, ended IS NOT NULL AS is_over,
            CASE WHEN ended IS NOT NULL THEN 'canceled' WHEN trouble_at IS NOT NULL THEN 'past_due'
                WHEN paid_from IS NULL THEN 'trialing' ELSE 'active' END AS status,
            greatest(coalesce(trouble_at, start), coalesce(paid_from, start)) AS period_start,
            coalesce(ended, greatest(coalesce(trouble_at, start), coalesce(paid_from, start))
                + to_months(CAST(months AS INTEGER))) AS period_end,
            CASE WHEN ended IS NOT NULL THEN greatest(start, ended - INTERVAL 2 DAY) END AS asked_at,
            ended = left_at AND NOT chose AS is_unpaid
        FROM (SELECT 'su' || lpad(CAST(number_of(customer_id) AS VARCHAR), 4, '0') || 'n' || place AS sub_id,
                customer_id, place, any_value(plan) AS plan, any_value(unit_amount_cents) AS unit_amount_cents,
                CAST(any_value(quantity) AS BIGINT) AS quantity, any_value(interval_unit) AS interval_unit,
                any_value(interval_count) AS interval_count, any_value(currency) AS currency,
                CASE any_value(interval_unit) WHEN 'year' THEN 12 ELSE any_value(interval_count) END AS months,
                min(valid_from) AS start,
                CASE WHEN bool_or(valid_to IS NULL) THEN NULL ELSE max(valid_to) END AS ended,
                max(valid_to) FILTER (status = 'trialing') AS trial_end,
                min(valid_from) FILTER (status <> 'trialing') AS paid_from,
                max(valid_from) FILTER (status = 'past_due' AND valid_to IS NULL) AS trouble_at
            FROM runs GROUP BY customer_id, place)
        LEFT JOIN (SELECT customer_id AS left_id, floored("at") AS left_at, voluntary AS chose
            FROM drawn_cancellation) gone ON left_id = customer_id AND left_at = ended""",
    """CREATE TABLE stretch AS
        SELECT sub_id, start AS valid_from, coalesce(paid_from, ended) AS valid_to, 'trialing' AS status FROM sub
            WHERE trial_end IS NOT NULL
        UNION ALL SELECT sub_id, paid_from, coalesce(trouble_at, ended), 'active' FROM sub
            WHERE paid_from IS NOT NULL AND paid_from IS DISTINCT FROM trouble_at
        UNION ALL SELECT sub_id, trouble_at, NULL, 'past_due' FROM sub WHERE trouble_at IS NOT NULL""",
    """CREATE TABLE subscription_span AS SELECT sub_id AS subscription_id, plan AS item_id, customer_id,
            stretch.valid_from, stretch.valid_to, plan, unit_amount_cents, quantity, interval_unit, interval_count,
            currency, stretch.status, 'licensed' AS usage, CAST(period_end AS DATE) AS term_end_on,
            asked_at AS cancel_requested_at
        FROM stretch JOIN sub USING (sub_id)""",
    # Every fourth customer pays a tenth less for its first ninety days, and every fourth for as long as it stays.
    """CREATE TABLE reduction AS SELECT sub_id, customer_id, currency, paid_from AS from_at,
            CASE WHEN number_of(customer_id) % 4 = 3 THEN ended
                ELSE least(paid_from + INTERVAL 90 DAY, ended) END AS to_at,
            unit_amount_cents * quantity // 100 * 10 AS amount
        FROM sub WHERE paid_from IS NOT NULL AND number_of(customer_id) % 4 >= 2""",
    """CREATE TABLE reduced_span AS SELECT s.* EXCLUDE (valid_from, valid_to), part[1] AS valid_from,
            part[2] AS valid_to, CASE WHEN part[1] >= from_at AND (to_at IS NULL OR part[1] < to_at)
                THEN amount END AS discount_cents
        FROM (SELECT s.*, from_at, to_at, amount, list_filter([from_at, to_at],
                lambda t: t > s.valid_from AND (s.valid_to IS NULL OR t < s.valid_to)) AS cuts
            FROM subscription_span s LEFT JOIN reduction ON reduction.sub_id = s.subscription_id) s
        CROSS JOIN UNNEST(list_zip(list_concat([valid_from], cuts), list_concat(cuts, [valid_to]))) AS each(part)""",
    """CREATE TABLE cancellation AS SELECT customer_id, ended AS at, asked_at AS requested_at,
            is_unpaid IS NOT TRUE AS voluntary FROM sub WHERE is_over""",
    """CREATE TABLE invoice AS SELECT invoice_id, i.customer_id, s.sub_id AS subscription_id, issued_on, due_on,
            paid_on, amount_in(i.customer_id, amount_cents) AS amount_cents,
            amount_in(i.customer_id, tax_cents) AS tax_cents, paid_in(i.customer_id, i.currency) AS currency
        FROM drawn_invoice i
        ASOF LEFT JOIN (SELECT customer_id, sub_id, start FROM sub) s
            ON i.customer_id = s.customer_id AND midday(i.issued_on) + INTERVAL 12 HOUR > s.start""",
    """CREATE TABLE attempt AS SELECT payment_id, invoice_id, customer_id, floored("at") AS at,
            amount_in(customer_id, amount_cents) AS amount_cents, paid_in(customer_id, currency) AS currency, status,
            status = 'succeeded' AND number_of(payment_id) % 40 = 0 AND "at" + INTERVAL 9 DAY < ends() AS is_refunded,
            status = 'succeeded' AND number_of(payment_id) % 60 = 1 AND "at" + INTERVAL 21 DAY < ends() AS is_disputed
        FROM drawn_payment WHERE status IN ('succeeded', 'failed')""",
    """CREATE TABLE back AS
        SELECT payment_id || ':refund' AS payment_id, payment_id AS attempt_id, invoice_id, customer_id,
            "at" + INTERVAL 9 DAY AS at, CASE currency WHEN 'KWD' THEN amount_cents // 20 * 10
                ELSE amount_cents // 2 END AS amount_cents, currency, 'refunded' AS status
            FROM attempt WHERE is_refunded
        UNION ALL SELECT payment_id || ':dispute', payment_id, invoice_id, customer_id, "at" + INTERVAL 21 DAY,
            amount_cents, currency, 'disputed' FROM attempt WHERE is_disputed""",
    """CREATE TABLE payment AS SELECT * EXCLUDE (is_refunded, is_disputed) FROM attempt
        UNION ALL SELECT * EXCLUDE (attempt_id) FROM back""",
    # What a dinar is worth is made up: some dollars.
    """CREATE TABLE fx_rate AS SELECT currency, on_date, rate FROM drawn_fx_rate
        UNION ALL SELECT 'KWD', on_date, 3 + rate FROM drawn_fx_rate WHERE currency = 'USD'""",
)

_SELLING = (
    """CREATE TABLE person AS SELECT person_id, name, email, role, split_part(name, ' ', 1) AS first_name,
            trim(substr(name, 1 + length(split_part(name, ' ', 1)))) AS last_name
        FROM drawn_person""",
    """CREATE TABLE contact AS SELECT contact_id, customer_id, name, email, title,
            split_part(name, ' ', 1) AS first_name,
            trim(substr(name, 1 + length(split_part(name, ' ', 1)))) AS last_name
        FROM drawn_contact QUALIFY row_number() OVER (PARTITION BY lower(email) ORDER BY contact_id) = 1""",
    """CREATE TABLE deal AS SELECT deal_id, d.customer_id, coalesce(d.name, 'Deal ' || deal_id) AS name, kind,
            person_id, d.channel, floored(opened_at) AS opened_at, floored(closed_at) AS closed_at,
            CASE outcome WHEN 'declined' THEN 'lost' ELSE outcome END AS outcome, d.lost_reason,
            amount_in(deal_id, amount_cents) AS amount_cents, paid_in(deal_id, d.currency) AS currency,
            CASE WHEN outcome = 'open' THEN floored(forecast_at) END AS forecast_at,
            c.name AS customer, p.name AS owner
        FROM drawn_deal d LEFT JOIN customer c USING (customer_id) LEFT JOIN person p USING (person_id)
        WHERE NOT (is_repeated(floored(opened_at)) OR is_repeated(floored(closed_at))
            OR is_repeated(floored(forecast_at)))""",
)

_SERVICE = (
    """CREATE TABLE conversation AS SELECT conversation_id, v.customer_id, v.contact_id, channel, category, priority,
            subject, floored(opened_at) AS opened_at, floored(resolved_at) AS resolved_at,
            CASE WHEN resolved_at IS NOT NULL THEN floored(closed_at) END AS closed_at, assignee_id,
            c.name AS customer, k.email, k.name AS contact, p.name AS assignee
        FROM drawn_conversation v JOIN customer c USING (customer_id) JOIN contact k ON k.contact_id = v.contact_id
        LEFT JOIN person p ON p.person_id = assignee_id
        WHERE number_of(conversation_id) % 16 = 0 AND k.customer_id = v.customer_id
            AND NOT (is_repeated(floored(opened_at)) OR is_repeated(floored(resolved_at))
                OR is_repeated(floored(closed_at)))""",
    """CREATE TABLE message AS SELECT message_id, conversation_id, floored("at") AS at, author_kind,
            CASE author_kind WHEN 'bot' THEN 'bot' ELSE author_id END AS author_id, is_public,
            'What ' || message_id || ' says.' AS body
        FROM drawn_message JOIN conversation USING (conversation_id)
        WHERE NOT is_repeated(floored("at"))""",
    """CREATE TABLE rating AS SELECT rating_id, conversation_id, v.customer_id, v.contact_id,
            CASE WHEN kind = 'happiness' THEN score WHEN score >= 4 THEN 1 WHEN score = 3 THEN 0 ELSE -1 END AS mood,
            floored("at") AS at, r.comment, v.email, v.assignee, v.assignee_id
        FROM drawn_rating r JOIN conversation v USING (conversation_id)
        WHERE kind IN ('happiness', 'csat') AND resolved_at IS NOT NULL AND NOT is_repeated(floored("at"))
        QUALIFY row_number() OVER (PARTITION BY conversation_id ORDER BY "at", rating_id) = 1""",
    """CREATE TABLE answer AS SELECT rating_id, score, floored("at") AS at, k.email, k.name, c.name AS customer,
            r.comment, floored("at") - INTERVAL 1 DAY AS asked_at
        FROM drawn_rating r JOIN contact k USING (contact_id) JOIN customer c ON c.customer_id = k.customer_id
        WHERE kind = 'nps' AND NOT is_repeated(floored("at")) AND NOT is_repeated(floored("at") - INTERVAL 1 DAY)""",
)
