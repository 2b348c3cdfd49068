"""Checks: functions from a book in the making to findings. A critical one stops the publish.

Each check is a query that returns the offending rows in the shape (where, message detail); the sentence and the hint
stand beside it, so that one glance shows what is looked for and why.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

import duckdb

from relevo.base.business_time import unreadable
from relevo.base.findings import Finding, Severity
from relevo.book import baton, offenders
from relevo.book.changes import Since
from relevo.book.engine import quoted
from relevo.book.offenders import Counted
from relevo.book.references import FUTURE_ALLOWED, REFERENCES
from relevo.book.rollups.all import Setting
from relevo.book.rollups.traits import DERIVED
from relevo.book.table import Kind
from relevo.book.tables import TABLES

EXAMPLES = 3


@dataclass(frozen=True)
class Check:
    """A question to the book: `query` returns (name of the offender) rows; any row is a finding.

    Where `only_if` has no row, which is quicker to see, the query has none either.
    """

    code: str
    severity: Severity
    where: str
    query: str
    message: str
    hint: str
    only_if: str | None = None


@dataclass(frozen=True)
class RowCheck:
    """A condition on single rows: each offender is a finding's row, or each label where `by_label`."""

    counted: Counted
    severity: Severity
    message: str
    hint: str
    by_label: bool = False


def check_book(
    connection: duckdb.DuckDBPyConnection, setting: Setting, today: date, *, before: bool, since: Since | None = None
) -> Iterator[Finding]:
    """Findings of the canonical rows (`before` the roll-ups are made) or of the roll-ups (after).

    With `since`, rows that were checked for the earlier, published book are not checked again.
    """
    if before:
        offenders.create(connection)
    filled = [name for name in TABLES if connection.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchall()]
    canonical = chain(_canonical_checks(setting, today, since, filled), _hours_checks(connection))
    for check in canonical if before else _rollup_checks(setting):
        if isinstance(check, Check):
            yield from _ask(connection, check)
        else:
            offenders.count(connection, check.counted, since)
            yield from _tell(connection, check)
    offenders.forget_keys(connection)


def _tell(connection: duckdb.DuckDBPyConnection, check: "RowCheck") -> Iterator[Finding]:
    rows, labels, examples = offenders.found(connection, check.counted, EXAMPLES)
    if rows:
        n, shown = (labels, list(dict.fromkeys(examples))) if check.by_label else (rows, examples)
        told = check.message.format(n=n, examples=", ".join(shown[:EXAMPLES]))
        yield Finding(check.severity, check.counted.code, check.counted.where, told, check.hint)


def _ask(connection: duckdb.DuckDBPyConnection, check: Check) -> Iterator[Finding]:
    if check.only_if and not connection.execute(check.only_if).fetchall():
        return
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


def _canonical_checks(
    setting: Setting, today: date, since: Since | None, filled: Sequence[str]
) -> Iterator[Check | RowCheck]:
    """Every check of canonical rows; `filled` are the tables that have any."""
    yield from _critical_checks(setting, since)
    yield from _rate_checks(setting)
    yield from _grain_checks(filled)
    yield from _reference_checks(filled)
    yield from _future_checks(today, filled)
    yield from _odd_checks()
    yield from _name_checks()


def _critical_checks(setting: Setting, since: Since | None) -> Iterator[Check]:
    yield Check(
        "no_customer", Severity.CRITICAL, "customer",
        "SELECT 'customer' WHERE NOT EXISTS (SELECT 1 FROM customer)",
        "The book has no customer at all.",
        "Load a customer table or subscription spans: `relevo load FOLDER`.",
    )  # fmt: skip
    yield Check(
        "span_overlap", Severity.CRITICAL, "subscription_span",
        f"""SELECT subscription_id || ' / ' || item_id || ' from ' || strftime(valid_from, '%Y-%m-%d') FROM (
                SELECT *, lag(coalesce(valid_to, TIMESTAMP '9999-01-01'))
                          OVER (PARTITION BY subscription_id, item_id ORDER BY valid_from) AS before
                FROM ({_spans_to_check(since)})) WHERE before > valid_from""",
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


def _spans_to_check(since: Since | None) -> str:
    """The spans of subscriptions that have a new row: a published book has no overlap among the others."""
    columns = "SELECT subscription_id, item_id, valid_from, valid_to FROM subscription_span"
    if since is None:
        return columns
    added = since.changes.added("subscription_span")
    return f"{columns} WHERE subscription_id IN (SELECT subscription_id FROM ({added}))"


def _rate_checks(setting: Setting) -> Iterator[Check]:
    base = quoted(setting.company.currency)
    yield Check(
        "rate_starts_late", Severity.WARNING, "fx_rate",
        f"""SELECT s.currency || ' before ' || r.first_on
            FROM (SELECT currency, min(valid_from) AS valid_from FROM subscription_span GROUP BY currency) s
            JOIN (SELECT currency, min(on_date) AS first_on FROM fx_rate GROUP BY currency) r USING (currency)
            WHERE s.currency <> {base} AND CAST(s.valid_from AS DATE) < r.first_on""",
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


def _grain_checks(filled: Sequence[str]) -> Iterator[Check]:
    """Two rows of one grain can only come from two customers that became one."""
    for table in (TABLES[name] for name in filled):
        if "customer_id" in table.key and table.name != "customer":
            keys = ", ".join(f"coalesce(CAST(\"{k}\" AS VARCHAR), '')" for k in table.key)
            yield Check(
                "grain_not_unique", Severity.WARNING, table.name,
                f"SELECT concat_ws(' / ', {keys}) FROM {table.name}"
                " WHERE customer_id IN (SELECT customer_id FROM identity_match) GROUP BY ALL HAVING count(*) > 1",
                f"{{n}} rows of {table.name} share a key since their customers are one: {{examples}}.",
                "Both rows count. If they say the same, remove one of them at its source.",
            )  # fmt: skip


def _reference_checks(filled: Sequence[str]) -> Iterator[Check | RowCheck]:
    """References to rows that are not there; a table that was not loaded at all is not a finding per row."""
    for table, column, target in (each for each in REFERENCES if each[0] in filled):
        yield RowCheck(
            Counted("orphan_key", f"{table}.{column}", table, column, f"{column} IS NOT NULL", target),
            Severity.WARNING,
            f"{{n}} values of {table}.{column} are not in {target}: {{examples}}.",
            f"Load the missing rows of {target}; until then these rows count, but without what {target} knows.",
            by_label=True,
        )
    yield Check(
        "customer_without_row", Severity.WARNING, "customer",
        "SELECT customer_id FROM customer WHERE customer_id IN (SELECT customer_id FROM subscription_span)"
        " AND customer_id NOT IN (SELECT customer_id FROM own_customer)"
        " AND customer_id NOT IN (SELECT m.customer_id FROM identity_match m"
        " JOIN own_customer o ON o.customer_id = m.external_id)",
        "{n} customers are known from billing only and carry their id as their name: {examples}.",
        "Load their customer rows, or an alias where they have another id elsewhere.",
        "SELECT 1 FROM customer ANTI JOIN own_customer USING (customer_id) LIMIT 1",
    )  # fmt: skip


def _future_checks(today: date, filled: Sequence[str]) -> Iterator[Check]:
    """Things that have happened cannot be later than today; plans, terms and promises can.

    The columns stand bare in the condition, so that the bounds of a part tell that none of its rows fits.
    """
    for table in (TABLES[name] for name in filled):
        for column in table.columns:
            if column.kind in (Kind.DATE, Kind.TIMESTAMP) and (table.name, column.name) not in FUTURE_ALLOWED:
                yield Check(
                    "in_the_future", Severity.WARNING, f"{table.name}.{column.name}",
                    f'SELECT "{column.name}" FROM {table.name}'
                    f' WHERE "{column.name}" >= {column.kind.sql} \'{today + timedelta(2)}\'',
                    f"{{n}} rows of {table.name} say that {column.name} is in the future: {{examples}}.",
                    "Check the date format and time zone of the export; the rows count from that day on.",
                )  # fmt: skip


_ITEM = "subscription_id || ' / ' || item_id"


def _odd_checks() -> Iterator[RowCheck]:
    yield RowCheck(
        Counted(
            "quantity_too_fine", "subscription_span.quantity", "subscription_span", _ITEM,
            "quantity % 0.000001 <> 0",
        ),
        Severity.WARNING,
        "{n} quantities have more than six decimals and are rounded to six: {examples}.",
        "Give quantities with at most six decimals.",
    )  # fmt: skip
    yield RowCheck(
        Counted(
            "discount_over_price", "subscription_span.discount_cents", "subscription_span", _ITEM,
            "discount_cents IS NOT NULL AND discount_cents > quantity * unit_amount_cents AND unit_amount_cents >= 0",
        ),
        Severity.WARNING,
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


def _hours_checks(connection: duckdb.DuckDBPyConnection) -> Iterator[Check]:
    """Opening hours of which nobody can tell when they are, or where."""
    rows = connection.execute("SELECT DISTINCT schedule_id, timezone, opens, closes FROM schedule").fetchall()
    wrong = {f"{schedule}: {why[:-1]}" for schedule, *hours in rows if (why := unreadable(*hours))}
    if wrong:
        yield Check(
            "hours_unreadable", Severity.WARNING, "schedule",
            f"VALUES {', '.join(f'({quoted(each)})' for each in wrong)}",
            "{n} kinds of opening hours cannot be read, and no time is counted in them: {examples}.",
            "Name an IANA time zone such as Europe/Madrid, and write hours as 09:00 to 17:30; a whole day is 00:00 to"
            " 24:00.",
        )  # fmt: skip
    yield Check(
        "hours_in_two_zones", Severity.WARNING, "schedule.timezone",
        "SELECT schedule_id FROM schedule GROUP BY schedule_id HAVING count(DISTINCT timezone) > 1",
        "{n} schedules have hours in several time zones, so their days off fall on several days: {examples}.",
        "Give the hours of each zone a schedule_id of their own.",
    )  # fmt: skip


def _rollup_checks(setting: Setting) -> Iterator[Check]:
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
    yield Check(
        "baton_unheld", Severity.WARNING, "assignment",
        baton.unheld(setting.as_of, setting.company.timezone),
        "{n} active customers are held by nobody: no accepted hand-off, no open assignment and no seller names a"
        " person: {examples}.",
        "Assign each to a person or give a hand-off; `relevo show baton` lists them with the reason nobody.",
        baton.SAYS_WHO,
    )  # fmt: skip
