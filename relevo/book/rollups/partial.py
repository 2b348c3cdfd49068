"""Roll-ups made again for the customers that changed; everybody else's stay those of an earlier book, the base.

A roll-up of one customer depends on that customer's rows, on the spans of its subscriptions, on the rates of its
days and on the as-of day. So the customers to be made again are those whose rows were added, removed or corrected,
those for whom something begins or ends between both as-of days, those who moved on a day whose rate changed, those
whose head changed, and those who share a subscription with one of them. The same SQL as for a whole book then runs
over their rows alone. `tests/book/test_incremental.py` holds that the result equals a whole build.
"""

import hashlib
import inspect
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import duckdb

from relevo.base.periods import day_number
from relevo.book.changes import Changes, Since
from relevo.book.engine import quoted
from relevo.book.policy import Policy
from relevo.book.rollups import prepared
from relevo.book.rollups.all import OnStep, Setting, expressions_sql, history_start, make
from relevo.book.schema import KEPT
from relevo.book.tables import TABLES

# Roll-ups whose rows belong to one customer each; the others are small and made whole.
BY_CUSTOMER = (
    "customer_root", "attribute_start", "run_rate", "mrr_change", "movement", "mrr_level",
    "customer_start", "customer_trait",
)  # fmt: skip
CHANGED = "changed_customer"
SPANS = "changed_span"
# Beyond this share of all customers a whole build is as quick, and starts over with nothing in between.
MOST_CHANGED = 0.2
# Conventions under which a customer's roll-ups depend on more than the module's first lines say.
_ALONE = ("refunds", "new_recognition", "cancel_recognition", "fx", "level", "net_window_minutes")
_MOST_RATES = 500


def recipe(setting: Setting) -> str:
    """A hash of all that decides roll-ups beside rows and day: conventions, company and the code itself."""
    expressions = expressions_sql(setting.policy)
    text = "\n".join([repr(setting.company), setting.policy.hash, inspect.getsource(prepared), *expressions.values()])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def can_be_partial(policy: Policy) -> bool:
    """Whether a customer's roll-ups depend under the policy only on what this module knows of."""
    return all(getattr(policy, name) == getattr(Policy(), name) for name in _ALONE)


def whole_sql(name: str, base: str, own: str) -> str:
    """A SELECT of all rows of a roll-up: the base's without the changed customers', and theirs."""
    if name not in BY_CUSTOMER or base == own:
        return f"SELECT * FROM {own}.main.{name}"
    changed = f"ANTI JOIN {own}.main.{CHANGED} AS changed ON changed.customer_id = kept.customer_id"
    return f"SELECT kept.* FROM {base}.main.{name} AS kept {changed} UNION ALL SELECT * FROM {own}.main.{name}"


def write_whole(connection: duckdb.DuckDBPyConnection, own: Path, base: Path, out: Path) -> None:
    """Write a database with all that a book's own has and with the roll-ups of everybody: it needs no base then."""
    for name, file, mode in (("own", own, " (READ_ONLY)"), ("base", base, " (READ_ONLY)"), ("whole", out, "")):
        connection.execute(f"ATTACH {quoted(file)} AS {name}{mode}")
    try:
        found = connection.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'own'").fetchall()
        for (name,) in found:
            rows = whole_sql(name, "base", "own") if name in BY_CUSTOMER else f"SELECT * FROM own.main.{name}"
            connection.execute(f"CREATE TABLE whole.main.{name} AS {rows}")
        connection.execute("DROP TABLE whole.main." + CHANGED)
    finally:
        for name in ("own", "base", "whole"):
            connection.execute(f"DETACH {name}")


def make_changed(
    connection: duckdb.DuckDBPyConnection, setting: Setting, since: Since, on_step: OnStep
) -> Mapping[str, int] | None:
    """Make the roll-ups of the changed customers in the connection's database and show whole ones as views.

    Rows per whole roll-up; None, with nothing made, where so many changed that a whole build does it.
    """
    find_changed(connection, setting, since)
    if _is_too_much(connection, since):
        connection.execute(f"DROP TABLE {CHANGED}")
        connection.execute(f"DROP TABLE {SPANS}")
        return None
    on_step("changed customers", _count(connection, CHANGED))
    with connection.cursor() as cursor:
        _show_changed(cursor, since.changes)
        make(cursor, setting, lambda _name, _rows: None, history_start(connection, setting), "every_customer")
    connection.execute(f"DROP TABLE {SPANS}")
    on_step("changed roll-ups", _count(connection, CHANGED))
    _keep_earlier(connection, since)
    own = '"' + str(connection.execute("SELECT current_database()").fetchall()[0][0]) + '"'
    for name in KEPT:
        connection.execute(f"CREATE TEMP VIEW {name} AS {whole_sql(name, since.base, own)}")
    return {name: _count(connection, name) for name in KEPT}


def find_changed(connection: duckdb.DuckDBPyConnection, setting: Setting, since: Since) -> None:
    """Create the table of customers whose roll-ups may differ from the earlier book's."""
    found = [*_by_rows(since.changes), _by_day(setting, since.as_of), *_by_rates(connection, setting, since)]
    found += _by_head(connection, since.changes)
    connection.execute(
        f"CREATE TABLE {CHANGED} AS SELECT DISTINCT customer_id FROM ({' UNION ALL '.join(found)}) "
        "WHERE customer_id IS NOT NULL"
    )
    ids = since.changes.either("subscription_span", ["subscription_id"])
    connection.execute(f"CREATE OR REPLACE TEMP TABLE changed_subscription AS {ids}")
    while _add_sharers(connection):
        pass


def _by_rows(changes: Changes) -> list[str]:
    """Whose rows differ."""
    named = ("customer", "subscription_span", "customer_attribute", "deal")
    found = [changes.either(name, ["customer_id"]) for name in named if changes.touch(name)]
    if changes.touch("deal_role"):
        found.append(f"SELECT customer_id FROM deal WHERE deal_id IN ({changes.either('deal_role', ['deal_id'])})")
    return found


def _by_day(setting: Setting, was: date) -> str:
    """For whom a span begins, ends or passes its grace after one as-of day and by the other."""
    first, last = sorted((was, setting.as_of))
    zone, grace = setting.company.timezone, setting.policy.past_due_grace_days
    ends = [("valid_from", 0), ("valid_to", 0), *([("valid_from", grace)] if grace else [])]
    between = " OR ".join(
        # A day of room for the time zone lets most rows be told apart without it.
        f"({column} >= TIMESTAMP '{first - timedelta(days + 1)}'"
        f" AND {column} < TIMESTAMP '{last + timedelta(3 - days)}'"
        f" AND {prepared.local_day(column, zone)} + {days} > {day_number(first)}"
        f" AND {prepared.local_day(column, zone)} + {days} <= {day_number(last)})"
        for column, days in ends
    )
    return f"SELECT customer_id FROM subscription_span WHERE {between}"


def _by_rates(connection: duckdb.DuckDBPyConnection, setting: Setting, since: Since) -> list[str]:
    """Who moved in a currency on a day whose rate is another one now; everybody, where that is most days."""
    currencies = [row[0] for row in connection.execute("SELECT DISTINCT currency FROM fx_rate ORDER BY 1").fetchall()]
    now = prepared.fx_day(setting.company, currencies, setting.as_of)
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE changed_rate AS
        SELECT n.currency, greatest(n.from_day, o.from_day) AS from_day, least(n.to_day, o.to_day) AS to_day
        FROM ({now}) n JOIN {since.own}.main.fx_day o USING (currency)
        WHERE n.from_day < o.to_day AND o.from_day < n.to_day AND n.rate_e10 <> o.rate_e10""")
    count, first = connection.execute("SELECT count(*), min(from_day) FROM changed_rate").fetchall()[0]
    if not count:
        return []
    moved = f"(SELECT * FROM ({whole_sql('mrr_change', since.base, since.own)}) WHERE day >= {first}) AS c"
    if count > _MOST_RATES:
        return [f"SELECT customer_id FROM {moved} WHERE currency IN (SELECT currency FROM changed_rate)"]
    return [
        f"SELECT c.customer_id FROM {moved} JOIN changed_rate r "
        "ON c.currency = r.currency AND c.day >= r.from_day AND c.day < r.to_day"
    ]


def _by_head(connection: duckdb.DuckDBPyConnection, changes: Changes) -> list[str]:
    """Whose head is another one now."""
    if not changes.touch("customer"):
        return []
    pairs = changes.either("customer", ["customer_id", "parent_id"])
    if not connection.execute(f"SELECT 1 FROM ({pairs}) WHERE parent_id IS NOT NULL LIMIT 1").fetchall():
        return []
    old, new = (prepared.heads(f"({sql})") for sql in (changes.before("customer"), changes.after("customer")))
    return [f"SELECT customer_id FROM (({old} EXCEPT {new}) UNION ALL ({new} EXCEPT {old}))"]


def _add_sharers(connection: duckdb.DuckDBPyConnection) -> int:
    """Add who has spans of a subscription that changed or that a changed customer has; how many were added.

    The spans of the changed customers stay at hand in the table `changed_span`.
    """
    connection.execute(
        f"CREATE OR REPLACE TABLE {SPANS} AS "
        f"SELECT * FROM subscription_span WHERE customer_id IN (SELECT customer_id FROM {CHANGED})"
    )
    added = connection.execute(f"""
        INSERT INTO {CHANGED} SELECT DISTINCT sharer.customer_id
        FROM subscription_span AS sharer SEMI JOIN (
            SELECT subscription_id FROM {SPANS} UNION SELECT subscription_id FROM changed_subscription
        ) AS shared USING (subscription_id)
        ANTI JOIN {CHANGED} AS known ON known.customer_id = sharer.customer_id""").fetchall()
    return int(added[0][0])


def _is_too_much(connection: duckdb.DuckDBPyConnection, since: Since) -> bool:
    """Whether the customers made again since the base are too many."""
    changed = f"SELECT customer_id FROM {CHANGED}"
    if not since.is_base:
        changed += f" UNION SELECT customer_id FROM {since.own}.main.{CHANGED}"
    again = _count(connection, f"({changed})")
    return again > MOST_CHANGED * max(_count(connection, "customer"), 1)


def _show_changed(cursor: duckdb.DuckDBPyConnection, changes: Changes) -> None:
    """Show in a cursor the canonical tables with the rows of the changed customers alone."""
    cursor.execute(f"CREATE TEMP VIEW subscription_span AS SELECT * FROM main.{SPANS}")
    narrowed = ("customer", "customer_attribute", "deal")
    for name in TABLES:
        if name == "subscription_span":
            continue
        if name in narrowed:
            rows = (
                f"SELECT * FROM ({changes.after(name)}) WHERE customer_id IN (SELECT customer_id FROM main.{CHANGED})"
            )
            cursor.execute(f"CREATE TEMP TABLE {name} AS {rows}")
        else:
            cursor.execute(f"CREATE TEMP VIEW {name} AS {changes.after(name)}")
    cursor.execute(f"CREATE TEMP VIEW every_customer AS {changes.after('customer')}")


def _keep_earlier(connection: duckdb.DuckDBPyConnection, since: Since) -> None:
    """Take over what the earlier book had made again since the base and what did not change since."""
    if since.is_base:
        return
    changed = f"SELECT customer_id FROM main.{CHANGED}"
    for name in (*BY_CUSTOMER, CHANGED):
        connection.execute(
            f"INSERT INTO main.{name} SELECT * FROM {since.own}.main.{name} WHERE customer_id NOT IN ({changed})"
        )


def _count(connection: duckdb.DuckDBPyConnection, name: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0])
