"""The declared tables as one page of Markdown: `docs/book.md`, which a test keeps equal to this text."""

from collections.abc import Iterable

from relevo.book.roles import ROLE_COLUMNS, SYNONYMS
from relevo.book.table import PROVENANCE, Column, Kind, Table
from relevo.book.tables import TABLES

_TITLES = {
    "people": "People of the company",
    "customers": "Customers",
    "selling": "Selling",
    "money": "Money",
    "conversations": "Conversations",
    "product": "Product",
    "relay": "Relay",
}

_INTRODUCTION = """# The book: canonical tables

<!-- Generated from relevo/book/tables by `make fix`. Change the declaration, not this page. -->

Every source is read into these tables, and every figure is computed from them. A CSV or Parquet file named
`<table>.csv` or `<table>.parquet`, plain or compressed as `.gz` or `.zst`, with these columns loads as it is.

- Ids are text. `*_at` is an instant in UTC, `*_on` a day, `month` the first day of a month.
- `*_cents` is an integer in the minor unit of its currency: 12.34 EUR is 1234, 100 JPY is 100.
- `currency` is an ISO 4217 code. Spans are half-open: the start belongs to them, the end does not.
- A choice takes one of the words listed; an *open* choice keeps other lower_snake words too.
- A column that is not required may be absent or empty. Empty means unknown, never 0.
- Two rows with the same key are two versions of one fact: the one recorded later counts.
- An optional table that is missing reduces what can be answered, and Relevo says so.
- *Personal* marks data about a natural person.
"""


def book_markdown() -> str:
    """The whole page: conventions, provenance, role words, then every table by group with every column."""
    parts = [_INTRODUCTION, _overview(), _provenance(), _role_words()]
    for group, title in _TITLES.items():
        parts.append(f"## {title}\n")
        parts.extend(_table(table) for table in TABLES.values() if table.group == group)
    return "\n".join(parts)


def _overview() -> str:
    lines = ["| table | a row is | key |", "|---|---|---|"]
    for table in TABLES.values():
        link = f"[{table.name}](#{table.name})"
        lines.append(f"| {link} | {table.grain.removeprefix('one row per ')} | {_key(table)} |")
    return "\n".join(lines) + "\n"


def _provenance() -> str:
    return f"## Every table also has\n\n{_columns(PROVENANCE, optional=True)}"


def _role_words() -> str:
    columns = ", ".join(f"`{table}.{column}`" for table, column in sorted(ROLE_COLUMNS))
    lines = [
        "## Role words\n",
        f"These words mean the same in {columns}; other words are kept as they are.\n",
        "| word | also read as it |",
        "|---|---|",
    ]
    lines += [f"| {word} | {', '.join(others)} |" for word, others in SYNONYMS.items()]
    return "\n".join(lines) + "\n"


def _table(table: Table) -> str:
    about = f"{table.doc} {table.grain.capitalize()}. Key: {_key(table)}."
    return f"### {table.name}\n\n{about}\n\n{_columns(table.columns)}"


def _key(table: Table) -> str:
    return ", ".join(f"`{name}`" for name in table.key)


def _columns(columns: Iterable[Column], *, optional: bool = False) -> str:
    lines = ["| column | type | required | meaning |", "|---|---|---|---|"]
    for column in columns:
        required = "" if column.null or optional else "yes"
        lines.append(f"| `{column.name}` | {_type(column)} | {required} | {_meaning(column)} |")
    return "\n".join(lines) + "\n"


def _type(column: Column) -> str:
    if column.kind is Kind.CHOICE:
        return "open choice" if column.is_open else "choice"
    return "time HH:MM" if column.kind is Kind.CLOCK else str(column.kind)


def _meaning(column: Column) -> str:
    notes = [column.doc]
    if column.values:
        notes.append(f"One of {', '.join(f'`{value}`' for value in column.values)}.")
    if column.low is not None:
        notes.append(f"At least {column.low}.")
    if column.personal:
        notes.append("*Personal.*")
    return " ".join(notes)
