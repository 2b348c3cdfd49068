"""The declared tables: complete, documented, and the same as the contract they implement."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from relevo.book.table import PROVENANCE, Kind, Table
from relevo.book.tables import TABLES

CONTRACT = Path(__file__).parents[3] / "shared" / "book.yaml"
SOURCED = pytest.mark.skipif(
    not CONTRACT.exists(), reason="the contract ../shared/book.yaml is not beside this checkout"
)

EVERY_TABLE = pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
COLUMNS = [(table, column) for table in TABLES.values() for column in table.columns]
OPEN_CHOICES = {"contact.role", "deal_role.role", "assignment.role", "milestone.kind"}

PERSONAL = {
    "person.hourly_cost_cents",
    "person.name",
    "person.email",
    "absence.kind",
    "customer.tax_id",
    "contact.name",
    "contact.email",
    "contact.title",
    "fit_answer.answer",
    "cancellation.comment",
    "conversation.subject",
    "message.body",
    "rating.comment",
    "touch.subject",
    "touch.body",
    "handoff_item.value",
    "handoff_item.said_by",
    "promise.text",
}


# Documented -----------------------------------------------------------------------------------------------


def test_the_book_has_its_tables_and_columns() -> None:
    assert len(TABLES) == 43
    assert len(COLUMNS) == 323


@EVERY_TABLE
def test_a_table_says_what_a_row_is(table: Table) -> None:
    assert table.grain.startswith("one row per ")
    assert not table.grain.endswith(".")
    assert table.doc.endswith(".")
    assert table.group


@EVERY_TABLE
def test_a_column_has_exactly_one_sentence(table: Table) -> None:
    for column in table.columns:
        assert column.doc.endswith("."), column.name
        assert column.doc[0].isupper(), column.name
        assert not re.search(r"[.!?] [A-Z]", column.doc), f"{column.name} has more than one sentence"


@EVERY_TABLE
def test_an_amount_and_an_instant_say_their_unit(table: Table) -> None:
    for column in table.columns:
        if column.name.endswith("_cents"):
            assert "minor units" in column.doc, column.name
        if column.kind is Kind.TIMESTAMP:
            assert "UTC" in column.doc, column.name


@EVERY_TABLE
def test_an_amount_has_a_currency(table: Table) -> None:
    amounts = [name for name in table.column_names if name.endswith("_cents")]
    assert not amounts or "currency" in table.column_names or table.name == "invoice_line"


# Well formed ----------------------------------------------------------------------------------------------


@EVERY_TABLE
def test_names_are_unique_and_lower_snake(table: Table) -> None:
    assert len(set(table.column_names)) == len(table.column_names)
    assert all(re.fullmatch(r"[a-z][a-z_]*", name) for name in (table.name, *table.column_names))


@EVERY_TABLE
def test_a_key_is_made_of_own_columns(table: Table) -> None:
    assert table.key
    assert len(set(table.key)) == len(table.key)
    assert set(table.key) <= set(table.column_names)


@EVERY_TABLE
def test_a_choice_and_only_a_choice_has_words(table: Table) -> None:
    for column in table.columns:
        assert bool(column.values) == (column.kind is Kind.CHOICE), column.name
        assert len(set(column.values)) == len(column.values), column.name


def test_only_numbers_have_a_least_value() -> None:
    assert {c.kind for _, c in COLUMNS if c.low is not None} == {Kind.INTEGER, Kind.DECIMAL}


def test_only_role_words_and_milestones_are_open() -> None:
    assert {f"{t.name}.{c.name}" for t, c in COLUMNS if c.is_open} == OPEN_CHOICES


def test_every_row_carries_its_provenance() -> None:
    assert [c.name for c in PROVENANCE] == ["recorded_at", "source", "url"]
    assert all(c.doc.endswith(".") for c in PROVENANCE)


# Personal data --------------------------------------------------------------------------------------------


def test_personal_data_are_marked() -> None:
    assert {f"{t.name}.{c.name}" for t, c in COLUMNS if c.personal} == PERSONAL


def test_what_people_write_is_personal() -> None:
    written = {"comment", "body", "subject", "email", "answer"}
    assert all(column.personal for _, column in COLUMNS if column.name in written)


@EVERY_TABLE
def test_a_key_is_never_personal(table: Table) -> None:
    assert not [name for name in table.key if table.column(name).personal]


# The contract ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Declared:
    """A column as the contract writes it."""

    kind: str
    null: bool
    values: tuple[str, ...]


TABLE_LINE = re.compile(r"^  (\w+):\s*\{key: \[(.*?)\], columns: \{(.*)\}\}", re.MULTILINE)
COLUMN = re.compile(r'(\w+): (?:"([^"]*)"|([^,]+))(?:, |$)')
KINDS = {
    "string": Kind.TEXT,
    "int": Kind.INTEGER,
    "decimal": Kind.DECIMAL,
    "decimal 0..1": Kind.DECIMAL,
    "bool": Kind.BOOLEAN,
    "date": Kind.DATE,
    "timestamp": Kind.TIMESTAMP,
    "HH:MM": Kind.CLOCK,
    "mon..sun": Kind.CHOICE,
}


def declared(word: str) -> Declared:
    null = word.endswith("?")
    bare = word.removesuffix("?").strip()
    if "|" in bare:
        words = tuple(part.strip() for part in bare.split("|"))
        return Declared(Kind.CHOICE, null, tuple(w for w in words if w != "..."))
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun") if bare == "mon..sun" else ()
    return Declared(KINDS[bare], null, days)


def read_contract(text: str) -> dict[str, tuple[tuple[str, ...], dict[str, Declared]]]:
    return {
        name: (
            tuple(part.strip() for part in key.split(",")),
            {column: declared(quoted or bare.strip()) for column, quoted, bare in COLUMN.findall(columns)},
        )
        for name, key, columns in TABLE_LINE.findall(text)
    }


def test_the_reader_of_the_contract_sees_a_difference() -> None:
    text = '  pet:  {key: [pet_id, at], columns: {pet_id: string, at: "date?", kind: "cat | dog | ... ?"}}  # x'
    key, columns = read_contract(text)["pet"]
    assert key == ("pet_id", "at")
    assert columns["at"] == Declared(Kind.DATE, null=True, values=())
    assert columns["kind"] == Declared(Kind.CHOICE, null=True, values=("cat", "dog"))


@SOURCED
def test_the_tables_are_those_of_the_contract() -> None:
    assert list(read_contract(CONTRACT.read_text("utf-8"))) == list(TABLES)


@SOURCED
@EVERY_TABLE
def test_keys_types_and_nulls_are_those_of_the_contract(table: Table) -> None:
    key, columns = read_contract(CONTRACT.read_text("utf-8"))[table.name]
    assert table.key == key
    assert {c.name: Declared(c.kind, c.null, c.values) for c in table.columns} == columns
