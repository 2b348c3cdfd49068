"""Checks: functions from a book in the making to findings. A critical one stops the publish.

Each check is a query that returns the offending rows in the shape (where, message detail); the sentence and the hint
stand beside it, so that one glance shows what is looked for and why.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import duckdb

from relevo.base.findings import Finding, Severity
from relevo.book.engine import quoted
from relevo.book.references import FUTURE_ALLOWED, REFERENCES
from relevo.book.rollups.all import Setting
from relevo.book.rollups.traits import DERIVED
from relevo.book.table import Kind
from relevo.book.tables import TABLES

EXAMPLES = 3


@dataclass(frozen=True)
class Check:
    """A question to the book: `query` returns (name of the offender) rows; any row is a finding."""

    code: str
    severity: Severity
    where: str
    query: str
    message: str
    hint: str


def check_book(
    connection: duckdb.DuckDBPyConnection, setting: Setting, today: date, *, before: bool
) -> Iterator[Finding]:
    """Findings of the canonical rows (`before` the roll-ups are made) or of the roll-ups (after)."""
    for check in _canonical_checks(setting, today) if before else _rollup_checks():
        yield from _ask(connection, check)


def _ask(connection: duckdb.DuckDBPyConnection, check: Check) -> Iterator[Finding]:
    found = connection.execute(
        f"SELECT count(*), list(CAST(offender AS VARCHAR) ORDER BY offender)[1:{EXAMPLES}]"
        f" FROM ({check.query}) AS found(offender)"
    ).fetchone()
    if found and found[0]:
        examples = ", ".join(found[1])
        yield Finding(
            check.severity, check.code, check.where,
            check.message.format(n=found[0], examples=examples), check.hint,
        )  # fmt: skip


def _canonical_checks(setting: Setting, today: date) -> Iterator[Check]:
    yield from _critical_checks(setting)
    yield from _rate_checks(setting)
    yield from _grain_checks()
    yield from _reference_checks()
    yield from _future_checks(today)
    yield from _odd_checks()
    yield from _name_checks()


def _critical_checks(setting: Setting) -> Iterator[Check]:
    yield Check(
        "no_customer", Severity.CRITICAL, "customer",
        "SELECT 'customer' WHERE NOT EXISTS (SELECT 1 FROM customer)",
        "The book has no customer at all.",
        "Load a customer table or subscription spans: `relevo load FOLDER`.",
    )  # fmt: skip
    yield Check(
        "span_overlap", Severity.CRITICAL, "subscription_span",
        """SELECT subscription_id || ' / ' || item_id || ' from ' || strftime(valid_from, '%Y-%m-%d') FROM (
               SELECT *, lag(coalesce(valid_to, TIMESTAMP '9999-01-01'))
                         OVER (PARTITION BY subscription_id, item_id ORDER BY valid_from) AS before
               FROM subscription_span) WHERE before > valid_from""",
        "{n} spans begin before the one before them of the same item has ended: {examples}.",
        "One item has one price at a time: end the earlier span where the later one begins, or give each its item_id.",
    )  # fmt: skip
    base = quoted(setting.company.currency)
    yield Check(
        "currency_without_rate", Severity.CRITICAL, "fx_rate",
        f"""SELECT DISTINCT currency FROM subscription_span WHERE currency <> {base}
            AND currency NOT IN (SELECT currency FROM fx_rate)""",
        f"{{n}} currencies of subscriptions have no rate to {setting.company.currency}: {{examples}}.",
        "Load fx_rate rows (currency, on_date, rate): one unit of the currency in the book's currency.",
    )  # fmt: skip


def _rate_checks(setting: Setting) -> Iterator[Check]:
    base = quoted(setting.company.currency)
    yield Check(
        "rate_starts_late", Severity.WARNING, "fx_rate",
        f"""SELECT s.currency || ' before ' || min(r.first_on) FROM subscription_span s
            JOIN (SELECT currency, min(on_date) AS first_on FROM fx_rate GROUP BY currency) r USING (currency)
            WHERE s.currency <> {base} AND CAST(s.valid_from AS DATE) < r.first_on GROUP BY s.currency""",
        "{n} currencies are needed before their first rate, which is used for the days before it: {examples}.",
        "Load earlier rates for exact history.",
    )  # fmt: skip
    yield Check(
        "rate_of_own_currency", Severity.WARNING, "fx_rate",
        f"SELECT CAST(on_date AS VARCHAR) FROM fx_rate WHERE currency = {base} AND rate <> 1",
        f"{{n}} rates of {setting.company.currency} to itself are not 1 and are not used: {{examples}}.",
        "Rates give one unit of a foreign currency in the book's currency.",
    )  # fmt: skip
    yield Check(
        "rate_not_positive", Severity.CRITICAL, "fx_rate",
        "SELECT currency || ' on ' || on_date FROM fx_rate WHERE rate <= 0",
        "{n} rates are zero or negative: {examples}.",
        "A rate is the price of one unit of the currency; correct it or remove the row.",
    )  # fmt: skip


def _grain_checks() -> Iterator[Check]:
    """Two rows of one grain can only come from two customers that became one."""
    for table in TABLES.values():
        if "customer_id" in table.key and table.name != "customer":
            keys = ", ".join(f"coalesce(CAST(\"{k}\" AS VARCHAR), '')" for k in table.key)
            yield Check(
                "grain_not_unique", Severity.WARNING, table.name,
                f"SELECT concat_ws(' / ', {keys}) FROM {table.name}"
                " WHERE customer_id IN (SELECT customer_id FROM identity_match) GROUP BY ALL HAVING count(*) > 1",
                f"{{n}} rows of {table.name} share a key since their customers are one: {{examples}}.",
                "Both rows count. If they say the same, remove one of them at its source.",
            )  # fmt: skip


def _reference_checks() -> Iterator[Check]:
    """References to rows that are not there; a table that was not loaded at all is not a finding per row."""
    for table, column, target in REFERENCES:
        key = TABLES[target].key[0]
        yield Check(
            "orphan_key", Severity.WARNING, f"{table}.{column}",
            f"""SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL
                AND EXISTS (SELECT 1 FROM {target})
                AND {column} NOT IN (SELECT {key} FROM {target})""",
            f"{{n}} values of {table}.{column} are not in {target}: {{examples}}.",
            f"Load the missing rows of {target}; until then these rows count, but without what {target} knows.",
        )  # fmt: skip
    yield Check(
        "customer_without_row", Severity.WARNING, "customer",
        "SELECT customer_id FROM customer WHERE customer_id IN (SELECT customer_id FROM subscription_span)"
        " AND customer_id NOT IN (SELECT customer_id FROM own_customer)"
        " AND customer_id NOT IN (SELECT m.customer_id FROM identity_match m"
        " JOIN own_customer o ON o.customer_id = m.external_id)",
        "{n} customers are known from billing only and carry their id as their name: {examples}.",
        "Load their customer rows, or an alias where they have another id elsewhere.",
    )  # fmt: skip


def _future_checks(today: date) -> Iterator[Check]:
    """Things that have happened cannot be later than today; plans, terms and promises can."""
    for table in TABLES.values():
        for column in table.columns:
            if column.kind in (Kind.DATE, Kind.TIMESTAMP) and (table.name, column.name) not in FUTURE_ALLOWED:
                yield Check(
                    "in_the_future", Severity.WARNING, f"{table.name}.{column.name}",
                    f'SELECT "{column.name}" FROM {table.name}'
                    f' WHERE CAST("{column.name}" AS DATE) > DATE \'{today}\' + 1',
                    f"{{n}} rows of {table.name} say that {column.name} is in the future: {{examples}}.",
                    "Check the date format and time zone of the export; the rows count from that day on.",
                )  # fmt: skip


def _odd_checks() -> Iterator[Check]:
    yield Check(
        "quantity_too_fine", Severity.WARNING, "subscription_span.quantity",
        "SELECT subscription_id || ' / ' || item_id FROM subscription_span WHERE quantity <> round(quantity, 6)",
        "{n} quantities have more than six decimals and are rounded to six: {examples}.",
        "Give quantities with at most six decimals.",
    )  # fmt: skip
    yield Check(
        "discount_over_price", Severity.WARNING, "subscription_span.discount_cents",
        """SELECT subscription_id || ' / ' || item_id FROM subscription_span
           WHERE discount_cents > quantity * unit_amount_cents AND unit_amount_cents >= 0""",
        "{n} discounts are larger than what they are taken off; the item counts 0: {examples}.",
        "discount_cents is taken off the whole item once per interval.",
    )  # fmt: skip


def _name_checks() -> Iterator[Check]:
    yield Check(
        "attribute_name_taken", Severity.WARNING, "customer_attribute.name",
        f"SELECT DISTINCT name FROM customer_attribute WHERE name IN ({', '.join(map(quoted, DERIVED))})",
        "{n} attributes have the name of a dimension that Relevo works out itself and are not used: {examples}.",
        "Give the attribute another name; plan, seller and cohort are read off the other tables.",
    )  # fmt: skip


def _rollup_checks() -> Iterator[Check]:
    yield Check(
        "parent_loop", Severity.WARNING, "customer.parent_id",
        """SELECT c.customer_id FROM customer c JOIN customer_root r ON r.customer_id = c.customer_id
           WHERE c.parent_id IS NOT NULL AND r.root_id = c.customer_id""",
        "{n} customers have parents that lead back to themselves and are taken as their own head: {examples}.",
        "Clear parent_id of the one that is the head.",
    )  # fmt: skip
    yield Check(
        "negative_mrr", Severity.WARNING, "subscription_span",
        "SELECT customer_id FROM mrr_level WHERE arr_e6 < 0 GROUP BY customer_id",
        "{n} customers have a negative MRR at some month end: {examples}.",
        "Look for credits entered as subscriptions; a credit is a discount or an invoice line.",
    )  # fmt: skip
