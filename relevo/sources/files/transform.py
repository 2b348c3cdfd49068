"""A mapping as SQL: from the columns of a staged file to canonical cells.

For each canonical column the relation gains "s.name", what the file says, and "m.name", the same after nulls, value
maps and capitals. Numbers, money and dates become canonical text from there, with a check for every way in which
they might not.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from relevo.base.money import exponent
from relevo.book.currencies import CURRENCIES
from relevo.book.engine import quoted
from relevo.book.table import Column, Kind
from relevo.book.tables import TABLES
from relevo.sources.files.canonical import optional_provenance
from relevo.sources.files.checks import DATE_HINT, HAS_ZONE, INSTANT, Cell, Check
from relevo.sources.files.lines import Broken, Dialect
from relevo.sources.files.mapping import ColumnMapping, Lookup, TableMapping
from relevo.sources.files.staging import Staged, stage
from relevo.sources.files.write import Note

NUMBER_HINT = "Say how the source writes numbers with decimal_comma and thousands."
MINOR_HINT = "Correct the amount: it has more decimals than its currency has, and nothing is rounded in silence."
LOCAL_HINT = "Clocks went forward over this local time. Correct it, or export the times in UTC."
AS_DAY_HINT = "Add as_day = true to take the day of the instant in the source's time zone."


def mapped_header_problem(mapping: TableMapping, header: Sequence[str]) -> Broken | None:
    """Why a header cannot be read with a mapping: a column that it names is missing, or stands twice."""
    wanted = [c.column for c in mapping.columns if c.column]
    wanted += [c.lookup.on for c in mapping.columns if c.lookup]
    missing = sorted({name for name in wanted if name not in header})
    if missing:
        named = ", ".join(repr(name) for name in missing)
        hint = f"Correct the mapping of {mapping.table} in relevo.toml; the file has {', '.join(header)[:300]}."
        return Broken(f"the header has no column {named}, which the mapping names", hint)
    twice = sorted({name for name in wanted if list(header).count(name) > 1})
    if twice:
        return Broken(f"the header names {twice[0]!r} twice", "Keep one column of that name.")
    return None


def prepare_lookups(
    mapping: TableMapping, files: Sequence[Path], connection: duckdb.DuckDBPyConnection, work: Path
) -> Broken | None:
    """Make a temporary table of each lookup: match, take, and how many different values a match has."""
    lookups = [(column.name, column.lookup) for column in mapping.columns if column.lookup]
    for (name, lookup), path in zip(lookups, files, strict=True):
        problem = _prepare_lookup(name, lookup, mapping.dialect, path, connection, work)
        if problem:
            return problem
    return None


def _prepare_lookup(
    name: str, lookup: Lookup, dialect: Dialect, path: Path, connection: duckdb.DuckDBPyConnection, work: Path
) -> Broken | None:
    if not path.exists():
        return Broken(f"{lookup.file}, from which {name} is looked up, is not there", "Put it beside the file.")

    def check(header: tuple[str, ...]) -> Broken | None:
        missing = [each for each in (lookup.match, lookup.take) if header.count(each) != 1]
        reason = f"{lookup.file} has not exactly one column {', '.join(missing)}"
        return Broken(reason, "Correct the lookup in relevo.toml.") if missing else None

    folder = work / f"lookup_{name}"
    folder.mkdir(exist_ok=True)
    staged = stage(path, dialect, check, folder, connection)
    if staged.broken:
        return Broken(f"{lookup.file} cannot be read: {staged.broken.reason}", staged.broken.hint)
    match, take = (f"CAST(c{staged.header.index(each)} AS VARCHAR)" for each in (lookup.match, lookup.take))
    connection.execute(
        f'CREATE OR REPLACE TEMP TABLE "lookup.{name}" AS '
        f"SELECT {match} AS match, min({take}) AS take, count(DISTINCT coalesce({take}, '')) AS answers "
        f"FROM ({staged.relation}) WHERE {match} <> '' GROUP BY 1"
    )
    return None


def mapped_cells(mapping: TableMapping, staged: Staged) -> tuple[str, tuple[Cell, ...], tuple[Note, ...]]:
    """The relation with the texts of a mapping, the cells over it, and what to count."""
    columns = {column.name: column for column in optional_provenance(TABLES[mapping.table])}
    place = {name: f"CAST(c{n} AS VARCHAR)" for n, name in enumerate(staged.header)}
    shown, texts, joins = [], [], []
    for each in mapping.columns:
        if each.lookup:
            on = f'"lookup.{each.name}".match = {place[each.lookup.on]}'
            joins.append(f'LEFT JOIN "lookup.{each.name}" ON {on}')
            shown.append(f'{place[each.lookup.on]} AS "on.{each.name}"')
            shown.append(f'"lookup.{each.name}".answers AS "answers.{each.name}"')
        shown.append(f'{_origin(each, place)} AS "s.{each.name}"')
        texts.append(f'{_text(each)} AS "m.{each.name}"')
    inner = f"SELECT staged.*, {', '.join(shown)} FROM ({staged.relation}) AS staged {' '.join(joins)}"
    cells = [_cell(mapping, columns[each.name], each) for each in mapping.columns]
    notes = [note for each in mapping.columns for note in _lookup_notes(columns[each.name], each)]
    if mapping.table == "deal" and "mrr_cents" not in {each.name for each in mapping.columns}:
        cells, notes = _with_mrr(mapping, columns["mrr_cents"], cells, notes)
    return f"SELECT *, {', '.join(texts)} FROM ({inner})", tuple(cells), tuple(notes)


def _origin(each: ColumnMapping, place: Mapping[str, str]) -> str:
    if each.lookup:
        return f'"lookup.{each.name}".take'
    return quoted(each.constant or "") if each.column is None else place[each.column]


def _text(each: ColumnMapping) -> str:
    text = f'"s.{each.name}"'
    if each.nulls:
        text = f"CASE WHEN {text} IN ({', '.join(quoted(n) for n in each.nulls)}) THEN NULL ELSE {text} END"
    if each.values:
        cases = " ".join(f"WHEN {quoted(a)} THEN {quoted(b)}" for a, b in each.values)
        text = f"CASE {text} {cases} ELSE {text} END"
    if each.upper:
        text = f"upper({text})"
    if each.lower:
        text = f"lower({text})"
    return f"NULLIF({text}, '')"


def _cell(mapping: TableMapping, column: Column, each: ColumnMapping) -> Cell:
    text, checks, zone = f'"m.{each.name}"', _lookup_checks(column, each), ""
    if each.constant is None:
        if column.kind in (Kind.INTEGER, Kind.DECIMAL):
            text, more = _number(mapping, column, each, text)
            checks += more
        elif column.kind in (Kind.DATE, Kind.TIMESTAMP):
            text, more = _time(mapping, column, each, text)
            checks += more
            zone = mapping.timezone if column.kind is Kind.TIMESTAMP else ""
    if each.default is not None:
        text = f"coalesce({text}, {quoted(each.default)})"
    shown = f'coalesce("s.{each.name}", "on.{each.name}")' if each.lookup else f'"s.{each.name}"'
    return Cell(column, text, shown, checks=tuple(checks), zone="" if zone == "UTC" else zone)


def _number(mapping: TableMapping, column: Column, each: ColumnMapping, text: str) -> tuple[str, list[Check]]:
    """Plain digits with a decimal point, from the way the source writes numbers."""
    checks = []
    number = text
    if mapping.decimal_comma or mapping.thousands:
        point = "," if mapping.decimal_comma else "."
        whole = "[0-9]+"
        if mapping.thousands:
            whole = f"([0-9]+|[0-9]{{1,3}}([{mapping.thousands}][0-9]{{3}})+)"
            number = f"replace({number}, {quoted(mapping.thousands)}, '')"
        number = f"replace({number}, '{point}', '.')"
        wrong = f"NOT regexp_full_match({text}, {quoted(f'-?{whole}([{point}][0-9]+)?')})"
        checks.append(Check(wrong, column.name, "it is not a number as the source writes numbers", NUMBER_HINT))
    if each.unit != "major":
        return number, checks
    money, more = _minor(each, number)
    return money, [*checks, *more]


def _minor(each: ColumnMapping, number: str) -> tuple[str, list[Check]]:
    """Minor units from major ones by moving the decimal point in the text: exact, or refused."""
    digits = str(exponent(each.currency)) if each.currency else _exponent_sql('"t.currency"')
    whole, part = f"split_part({number}, '.', 1)", f"rtrim(split_part({number}, '.', 2), '0')"
    checks = [
        Check(
            f"NOT regexp_full_match({number}, '-?[0-9]+([.][0-9]+)?')",
            each.name,
            "it is not a number",
            NUMBER_HINT,
        ),
        Check(f"length({part}) > {digits}", each.name, "it has more decimals than its currency", MINOR_HINT),
    ]
    if not each.currency:
        hint = "Fill the currency of the row: without it an amount has no minor unit."
        unknown = f'{number} IS NOT NULL AND "t.currency" IS NULL'
        checks.append(Check(unknown, each.name, "it is an amount without a currency", hint))
    return f"{whole} || rpad({part}, {digits}, '0')", checks


def cents_macro() -> str:
    """SQL that makes cents(amount, currency): exact minor units; null for no currency, or more decimals than it has."""
    worth = f"(amount * power(10, {_exponent_sql('currency')})::DECIMAL(4, 0))"
    known = f"currency IN ({', '.join(quoted(code) for code in sorted(CURRENCIES))})"
    exact = f"CASE WHEN {known} AND {worth} = round({worth}) THEN CAST({worth} AS BIGINT) END"
    return f"CREATE OR REPLACE TEMP MACRO cents(amount, currency) AS {exact}"


def rounded_cents_macro() -> str:
    """SQL that makes rounded_cents(amount, currency): minor units of an amount that was computed, half up."""
    worth = f"amount * power(10, {_exponent_sql('currency')})::DECIMAL(4, 0)"
    known = f"currency IN ({', '.join(quoted(code) for code in sorted(CURRENCIES))})"
    rounded = f"CASE WHEN {known} THEN CAST(round({worth}) AS BIGINT) END"
    return f"CREATE OR REPLACE TEMP MACRO rounded_cents(amount, currency) AS {rounded}"


def _exponent_sql(currency: str) -> str:
    by_digits: dict[int, list[str]] = {}
    for code in sorted(CURRENCIES):
        by_digits.setdefault(exponent(code), []).append(quoted(code))
    cases = " ".join(f"WHEN {currency} IN ({', '.join(codes)}) THEN {n}" for n, codes in by_digits.items() if n != 2)
    return f"CASE {cases} ELSE 2 END"


def _time(mapping: TableMapping, column: Column, each: ColumnMapping, text: str) -> tuple[str, list[Check]]:
    """An ISO 8601 day or instant as text, from the source's date formats and time zone."""
    checks = []
    instant = text
    if each.dates:
        parsed = f"try_strptime({text}, [{', '.join(quoted(f) for f in each.dates)}])"
        zone = "Z" if "%z" in each.dates[0] else ""
        instant = f"strftime(CAST({parsed} AS TIMESTAMP), '%Y-%m-%d %H:%M:%S.%f') || '{zone}'"
        hint = f"The mapping reads dates as {' or '.join(each.dates)}; correct the value or the format."
        wrong = f"{text} IS NOT NULL AND {parsed} IS NULL"
        checks.append(Check(wrong, column.name, "it is not a date in the format of the mapping", hint))
    if column.kind is Kind.DATE:
        day, more = _day(mapping, column, each, instant)
        return day, [*checks, *more]
    if mapping.timezone != "UTC":
        local, zone = f'TRY_CAST("t.{column.name}" AS TIMESTAMP)', quoted(mapping.timezone)
        skipped = f"timezone({zone}, timezone({zone}, {local})) <> {local}"
        no_zone = f"NOT regexp_matches(\"t.{column.name}\", '{HAS_ZONE}')"
        reason = f"this local time does not exist in {mapping.timezone}"
        checks.append(Check(f"{no_zone} AND {skipped}", column.name, reason, LOCAL_HINT))
    return instant, checks


def _day(mapping: TableMapping, column: Column, each: ColumnMapping, instant: str) -> tuple[str, list[Check]]:
    value = f"TRY_CAST({instant} AS TIMESTAMP)"
    local = f"timezone({quoted(mapping.timezone)}, TRY_CAST({instant} AS TIMESTAMPTZ))"
    if each.as_day:
        value = f"CASE WHEN regexp_matches({instant}, '{HAS_ZONE}') THEN {local} ELSE {value} END"
        day = f"CAST(CAST({value} AS DATE) AS VARCHAR)"
        return f"CASE WHEN regexp_full_match({instant}, '{INSTANT}') THEN {day} ELSE {instant} END", []
    if not each.dates:
        return instant, []
    lost = f"{value} <> date_trunc('day', {value})"
    check = Check(lost, column.name, "it is an instant, not a day", f"{AS_DAY_HINT} {DATE_HINT}")
    return f"CAST(CAST({value} AS DATE) AS VARCHAR)", [check]


def _lookup_checks(column: Column, each: ColumnMapping) -> list[Check]:
    if not each.lookup:
        return []
    name, on = each.name, each.lookup
    hint = f"Make {on.match} unique in {on.file}, or give its rows the same {on.take}."
    reason = f"{on.file} has more than one {on.take} where {on.match} is the {on.on} of the row"
    checks = [Check(f'"answers.{name}" > 1', name, reason, hint)]
    if not column.null and each.default is None:
        reason = f"{on.file} has no row where {on.match} is the {on.on} of the row"
        hint = f"Export {on.file} in full, or correct {on.on}."
        checks.append(Check(f'"on.{name}" IS NOT NULL AND "answers.{name}" IS NULL', name, reason, hint))
    return checks


def _lookup_notes(column: Column, each: ColumnMapping) -> list[Note]:
    if not each.lookup or not (column.null or each.default is not None):
        return []
    on = each.lookup
    told = f"{{count}} rows have no {each.name}: {on.file} has no row where {on.match} is their {on.on}."
    condition = f'"on.{each.name}" IS NOT NULL AND "answers.{each.name}" IS NULL'
    return [Note(condition, "lookup_missed", told, f"Export {on.file} in full, or leave it so.")]


def _with_mrr(
    mapping: TableMapping, column: Column, cells: list[Cell], notes: list[Note]
) -> tuple[list[Cell], list[Note]]:
    """The monthly amount of a deal from its amount and term, rounded half-up; null and counted where one is unknown."""
    value = "NULL::BIGINT"
    if {"amount_cents", "term_months"} <= {each.name for each in mapping.columns}:
        amount, term = '"v.amount_cents"::HUGEINT', '"v.term_months"::HUGEINT'
        rounded = f"sign({amount}) * ((2 * abs({amount}) + {term}) // (2 * {term}))"
        value = f'CASE WHEN "v.term_months" > 0 THEN CAST({rounded} AS BIGINT) END'
    told = "{count} deals have no mrr_cents: their amount or their term is not known."
    note = Note('"v.mrr_cents" IS NULL', "mrr_unknown", told, "Map amount_cents and term_months, or mrr_cents itself.")
    return [*cells, Cell(column, "NULL::VARCHAR", native=value)], [*notes, note]
