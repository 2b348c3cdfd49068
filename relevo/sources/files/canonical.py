"""A canonical file as cells: its columns are the table's own, by name; Parquet values keep the type they have."""

import re
from collections import Counter
from collections.abc import Sequence

from relevo.base.findings import Finding, Severity
from relevo.book.landing_store import landed_columns
from relevo.book.table import PROVENANCE, Column, Kind, Table
from relevo.sources.files.checks import DATE_HINT, INSTANT_HINT, MONEY_HINT, NUMBER_HINT, Cell, Check
from relevo.sources.files.lines import Broken

SOURCE_NAME = "files"
_WHOLE = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT")
_FLOATS = ("FLOAT", "DOUBLE")
_PLAIN = re.compile(r"VARCHAR|ENUM\(.*\)|BOOLEAN|DATE|TIME|TIMESTAMP.*|DECIMAL\(.*\)|UUID|JSON")
ID_HINT = "Store identifiers as text: as floating point numbers they lose digits and gain '.0'."


def header_problem(table: Table, header: Sequence[str]) -> Broken | None:
    """Why a header cannot be read as a table: a name twice, or a required column missing."""
    twice = sorted(name for name, count in Counter(header).items() if count > 1)
    if twice:
        return Broken(f"the header names {twice[0]!r} twice", "Keep one column of that name.")
    missing = [column.name for column in table.columns if not column.null and column.name not in header]
    if not missing:
        return None
    reason = f"the header has no column {', '.join(missing)}"
    if len(header) == 1 and (found := re.search(r"[;\t|]", header[0])):
        hint = f"The fields seem to be separated by {found[0]!r}: map the file with delimiter = {found[0]!r}."
    else:
        hint = f"Add it, or map the file: {table.name} needs {', '.join(c.name for c in table.columns if not c.null)}."
    return Broken(reason, hint)


def unknown_columns(table: Table, header: Sequence[str], where: str) -> tuple[Finding, ...]:
    """A warning that names the columns of a file that the table does not have."""
    known = {column.name for column in landed_columns(table)}
    unknown = [name for name in header if name not in known]
    if not unknown:
        return ()
    named = ", ".join(repr(name) for name in unknown)
    hint = "Their values are not read. Correct the names, or map the file to say what they are."
    return (
        Finding(Severity.WARNING, "unknown_columns", where, f"Columns that {table.name} does not have: {named}.", hint),
    )


def canonical_cells(table: Table, header: Sequence[str], types: Sequence[str]) -> tuple[Cell, ...]:
    """The cells of the columns that both the file and the table have, in the table's order."""
    place = {name: n for n, name in enumerate(header)}
    return tuple(
        _cell(column, f"c{place[column.name]}", types[place[column.name]])
        for column in optional_provenance(table)
        if column.name in place
    )


def optional_provenance(table: Table) -> tuple[Column, ...]:
    """The columns of a landed row, where provenance may be left out: loading fills it in."""
    own = set(table.column_names)
    filled = {c.name for c in PROVENANCE if c.name not in own}
    return tuple(Column(c.name, c.kind, c.doc, null=True) if c.name in filled else c for c in landed_columns(table))


def _cell(column: Column, name: str, kind: str) -> Cell:
    text = f"CAST({name} AS VARCHAR)"
    if kind == "VARCHAR":
        return Cell(column, name)
    if kind not in (*_WHOLE, *_FLOATS) and not _PLAIN.fullmatch(kind):
        reason = f"the column has the type {kind}"
        return Cell(column, text, checks=(_check(column, f"{name} IS NOT NULL", reason, "Write it as text."),))
    if column.kind.sql == "VARCHAR" and kind in _FLOATS:
        return Cell(
            column, text, checks=(_check(column, f"{name} IS NOT NULL", "it is a floating point number", ID_HINT),)
        )
    return _native(column, name, kind, text) or Cell(column, text)


def _native(column: Column, name: str, kind: str, text: str) -> Cell | None:
    """A cell that takes a typed value as it is, with a check that nothing is lost; None where text must be parsed."""
    value = f'"v.{column.name}"'
    if column.kind is Kind.BOOLEAN and kind == "BOOLEAN":
        return Cell(column, text, native=name)
    if column.kind is Kind.INTEGER and (kind in (*_WHOLE, *_FLOATS) or kind.startswith("DECIMAL")):
        hint = MONEY_HINT if column.name.endswith("_cents") else NUMBER_HINT
        lost = f"{name} IS NOT NULL AND ({value} IS NULL OR {value} <> {name})"
        return _typed(column, name, text, lost, "it is not a whole number", hint)
    if column.kind is Kind.DATE and (kind == "DATE" or kind.startswith("TIMESTAMP")):
        lost = f"{name} IS NOT NULL AND ({value} IS NULL OR CAST({value} AS TIMESTAMP) <> CAST({name} AS TIMESTAMP))"
        return _typed(column, name, text, lost, "it is an instant, not a day", DATE_HINT)
    if column.kind is Kind.TIMESTAMP and (kind == "DATE" or kind.startswith("TIMESTAMP")):
        lost = f"{name} IS NOT NULL AND {value} IS NULL"
        return _typed(column, name, text, lost, "it is not an instant", INSTANT_HINT)
    return None


def _typed(column: Column, name: str, text: str, lost: str, reason: str, hint: str) -> Cell:
    native = f"TRY_CAST({name} AS {column.kind.sql})"
    return Cell(column, text, native=native, checks=(_check(column, lost, reason, hint),))


def _check(column: Column, condition: str, reason: str, hint: str) -> Check:
    return Check(condition, column.name, reason, hint)
