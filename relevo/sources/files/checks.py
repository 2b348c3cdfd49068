"""From text to typed values, as SQL: what does not fit is named with its reason, and nothing is changed silently.

Three layers over a staged file. `read` holds each canonical column as text ("t.name", null where empty) and as it was
written ("r.name"); `typed` its value ("v.name"); the last one the number of the first check that a row fails.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from relevo.book.currencies import CURRENCIES
from relevo.book.engine import quoted
from relevo.book.landing_store import OWN_IDS
from relevo.book.roles import ROLE_COLUMNS, canonical_role_sql
from relevo.book.table import Column, Kind, Table
from relevo.book.tables import TABLES

FIRST_YEAR, LAST_YEAR = 1970, 2200
TRUE_WORDS = ("true", "t", "yes", "1")
FALSE_WORDS = ("false", "f", "no", "0")
PAIRS = (
    ("valid_from", "valid_to"),
    ("from_at", "to_at"),
    ("from_on", "to_on"),
    ("period_from", "period_to"),
)
_PARTS_OF_ONE = frozenset(
    {
        ("deal_role", "share"),
        ("review", "probability"),
        ("handoff", "completeness"),
        ("handoff", "accuracy"),
    }
)
# What the Desk writes down itself, under ids of its own.
_OWN_ROWS = frozenset({"handoff", "handoff_item", "promise", "deal", "person"})
# No place on Earth is further from UTC than 14 hours; DuckDB would read +99:00 and move the instant by four days.
_ZONE = r" ?(Z|UTC|[+-](0\d|1[0-4])(:?[0-5]\d)?)"
INSTANT = r"\d{4}-\d{2}-\d{2}([T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6}0*)?)?(" + _ZONE + ")?)?"
HAS_ZONE = r"[T ]\d{2}:\d{2}.*" + _ZONE + "$"

MONEY_HINT = (
    "Amounts are whole numbers in the minor unit (12.50 EUR is 1250), without thousands signs or exponents. "
    'Map the file with unit = "major" where it has 12.50.'
)
NUMBER_HINT = "Write plain digits: no thousands sign, decimals, exponent or blank. A mapping can translate them."
DECIMAL_HINT = "Write digits with a decimal point and at most 18 decimals. A mapping can translate decimal commas."
DATE_HINT = "Write a day that exists as YYYY-MM-DD, or name the format in a mapping with dates."
INSTANT_HINT = "Write an instant that exists, such as 2026-03-31T14:05:00Z, or name the format in a mapping with dates."
RANGE_HINT = "Leave the value empty where it is open or unknown; years count from 1970 to 2200."


@dataclass(frozen=True)
class Check:
    """A condition that no good row meets, over the columns of the layers, and what to tell about a row that does."""

    condition: str
    column: str
    reason: str
    hint: str


@dataclass(frozen=True)
class Cell:
    """Where a canonical column comes from.

    `text` is SQL for its canonical text over the staged columns. `shown` is SQL for what the file says, where that
    differs. `native` is SQL for a value that is typed already. `zone` is where instants without a zone were written,
    UTC where empty. `checks` come before those of the type.
    """

    column: Column
    text: str
    shown: str = ""
    native: str = ""
    zone: str = ""
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True)
class Plan:
    """The SQL of one load: a relation with "v." columns and `_problem` (0 where the row is good), and its checks."""

    relation: str
    checks: tuple[Check, ...]
    cells: tuple[Cell, ...]


def plan(table: Table, staged: str, cells: Sequence[Cell], *, is_own: bool = False) -> Plan:
    """How the rows of `staged` (columns `_line` and those the cells use) become rows of a table.

    The checks of a row are made in the order of the columns; those that compare two columns come last. Unless `is_own`,
    ids of the Desk's own rows are refused, so that no file takes their place.
    """
    # An amount in major units needs the currency's text, and a SELECT sees only what stands before.
    currency_first = sorted(cells, key=lambda cell: cell.column.name != "currency")
    read = [f"NULLIF({_translated(table, cell)}, '') AS \"t.{cell.column.name}\"" for cell in currency_first]
    read += [f'{cell.shown or cell.text} AS "r.{cell.column.name}"' for cell in cells]
    typed = [f'{cell.native or typed_sql(cell.column, cell.zone)} AS "v.{cell.column.name}"' for cell in cells]
    checks = [check for cell in cells for check in (*cell.checks, *column_checks(table, cell))]
    checks += _pair_checks(cells)
    checks += [] if is_own else _foreign_checks(table, cells)
    cases = " ".join(f"WHEN {check.condition} THEN {place}" for place, check in enumerate(checks, 1))
    relation = f"""
        SELECT *, CASE {cases} ELSE 0 END AS _problem
        FROM (SELECT *, {", ".join(typed)} FROM (SELECT *, {", ".join(read)} FROM ({staged})))"""
    return Plan(relation, tuple(checks), tuple(cells))


def typed_sql(column: Column, zone: str = "") -> str:
    """SQL for the value of a column from its text; null where the text is none."""
    text = f'"t.{column.name}"'
    if column.kind is Kind.BOOLEAN:
        yes, no = _words(TRUE_WORDS), _words(FALSE_WORDS)
        return f"CASE WHEN lower({text}) IN {yes} THEN true WHEN lower({text}) IN {no} THEN false END"
    if column.kind.sql == "VARCHAR":
        return text
    if column.kind is not Kind.TIMESTAMP:
        return f"TRY_CAST({text} AS {column.kind.sql})"
    # A cast to TIMESTAMP would drop the offset of 10:00+02:00; the connection's zone is UTC.
    value = f"CAST(TRY_CAST({text} AS TIMESTAMPTZ) AS TIMESTAMP)"
    if zone:
        local = f"CAST(timezone({quoted(zone)}, {value}) AS TIMESTAMP)"
        return f"CASE WHEN regexp_matches({text}, '{HAS_ZONE}') THEN {value} ELSE {local} END"
    return value


def column_checks(table: Table, cell: Cell) -> list[Check]:
    """The checks of one column: present, of its kind, within its bounds."""
    column = cell.column
    text, value = f'"t.{column.name}"', f'"v.{column.name}"'
    checks = []
    if not column.null:
        blank = f"trim({text}) = ''" if column.kind is Kind.TEXT and not cell.native else "false"
        hint = f"{column.name} is required: {column.doc or 'fill it in'}"
        checks.append(Check(f"{text} IS NULL OR {blank}", column.name, "it is empty but required", hint))
    if not cell.native:
        checks += _kind_checks(table, column, text, value)
    if column.kind in (Kind.DATE, Kind.TIMESTAMP):
        # Compared as values, not by year(): the year of an infinite instant is null.
        outside = f"{value} < DATE '{FIRST_YEAR}-01-01' OR {value} >= DATE '{LAST_YEAR + 1}-01-01'"
        checks.append(Check(outside, column.name, "the year is outside 1970 to 2200", RANGE_HINT))
    return [*checks, *_bound_checks(table, column, value)]


def _kind_checks(table: Table, column: Column, text: str, value: str) -> list[Check]:
    """What the text of a kind must look like. A cast alone would round 12.5, and read 1e3 and 'epoch'."""
    name = column.name
    match column.kind:
        case Kind.INTEGER:
            hint = MONEY_HINT if name.endswith("_cents") else NUMBER_HINT
            exact = f"CAST({value} AS VARCHAR) = {text} OR regexp_full_match({text}, '-?[0-9]+')"
            return [_wrong(name, text, value, exact, "it is not a whole number", hint)]
        case Kind.DECIMAL:
            exact = f"regexp_full_match({text}, '-?[0-9]+([.][0-9]{{1,18}}0*)?')"
            return [_wrong(name, text, value, exact, "it is not a decimal number", DECIMAL_HINT)]
        case Kind.BOOLEAN:
            hint = "Write true or false; t, f, yes, no, 1 and 0 are understood too."
            return [_wrong(name, text, value, "true", "it is neither true nor false", hint)]
        case Kind.DATE:
            exact = f"CAST({value} AS VARCHAR) = {text}"
            return [_wrong(name, text, value, exact, "it is not a day as YYYY-MM-DD", DATE_HINT)]
        case Kind.TIMESTAMP:
            exact = f"regexp_full_match({text}, '{INSTANT}')"
            return [_wrong(name, text, value, exact, "it is not an ISO 8601 instant", INSTANT_HINT)]
        case Kind.CLOCK:
            exact = f"regexp_full_match({text}, '([01][0-9]|2[0-3]):[0-5][0-9]|24:00')"
            return [_wrong(name, text, value, exact, "it is not a time as HH:MM", "Write 09:00 or 17:30.")]
        case Kind.CHOICE:
            return _choice_checks(table, column, text)
    return _currency_checks(name, text)


def _wrong(name: str, text: str, value: str, exact: str, reason: str, hint: str) -> Check:
    return Check(f"{text} IS NOT NULL AND ({value} IS NULL OR NOT ({exact}))", name, reason, hint)


def _choice_checks(table: Table, column: Column, text: str) -> list[Check]:
    if is_role(table, column) and column.name != "team":
        return []
    allowed = f"{text} IN {_words(column.values)}"
    if column.is_open:
        allowed += f" OR regexp_full_match({text}, '[a-z][a-z0-9_]*')"
    words = ", ".join(column.values)
    more = ", or another word in lower_snake" if column.is_open else ""
    hint = f"Write one of {words}{more}. A mapping can translate with values = {{...}}."
    return [Check(f"NOT ({allowed})", column.name, "it is not one of the declared words", hint)]


def _currency_checks(name: str, text: str) -> list[Check]:
    if name != "currency":
        return []
    hint = "Write three capitals such as EUR; a mapping can translate with upper = true or values = {...}."
    unknown = f"{text} NOT IN {_words(sorted(CURRENCIES))}"
    return [Check(unknown, name, "it is not an ISO 4217 currency code", hint)]


def _bound_checks(table: Table, column: Column, value: str) -> list[Check]:
    checks = []
    if column.low is not None:
        hint = f"The least value that makes sense here is {column.low}."
        checks.append(Check(f"{value} < {column.low}", column.name, f"it is below {column.low}", hint))
    if (table.name, column.name) in _PARTS_OF_ONE:
        hint = "Write a part of one: 0.5 is a half. Divide per cent by 100."
        checks.append(Check(f"{value} NOT BETWEEN 0 AND 1", column.name, "it is not between 0 and 1", hint))
    return checks


def _pair_checks(cells: Sequence[Cell]) -> list[Check]:
    names = {cell.column.name for cell in cells}
    return [
        Check(
            f'"v.{end}" < "v.{start}"',
            end,
            f"it is before {start}",
            f"Correct {start} or {end}; leave {end} empty while it is open.",
        )
        for start, end in PAIRS
        if {start, end} <= names
    ]


def _foreign_checks(table: Table, cells: Sequence[Cell]) -> list[Check]:
    """The first part of a key names the row: where that is one of the Desk's, a file may not say what it is."""
    hint = "This row is kept in Relevo itself: change it there, or give yours an id that begins otherwise."
    return [
        Check(
            f'starts_with("t.{name}", {quoted(OWN_IDS)})', name, f"ids that begin with {OWN_IDS} are Relevo's own", hint
        )
        for name in (cell.column.name for cell in cells)
        if table.name in _OWN_ROWS and name == table.key[0]
    ]


def is_role(table: Table, column: Column) -> bool:
    """Whether the published synonyms of role words apply to a column."""
    return (table.name, column.name) in ROLE_COLUMNS


def _translated(table: Table, cell: Cell) -> str:
    if not is_role(table, cell.column):
        return cell.text
    words = cell.column.values
    if table.name == "handoff":
        words = TABLES["assignment"].column("role").values
    return canonical_role_sql(cell.text, words)


def _words(words: Iterable[str]) -> str:
    return "(" + ", ".join(quoted(word) for word in words) + ")"
