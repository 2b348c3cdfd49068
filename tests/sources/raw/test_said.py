"""What is said about files: patterns of names, entries as text, columns that are another field or none."""

import tomllib

import pytest

from relevo.base.config import parse_config
from relevo.sources.guess import columns_said
from relevo.sources.raw.facts import Order, Point
from relevo.sources.raw.said import (
    Reading,
    entry_of,
    exactly,
    means,
    pattern_of,
    read_reading,
    read_readings,
    written_entry,
)

FULL = Reading(
    'deals "new"-*.csv', "hubspot.deals_export", Order.DAY_FIRST, Point.COMMA, "Europe/Madrid", "EUR",
    {"amount": 'Importe, "neto"', "owner": ""},
)  # fmt: skip


@pytest.mark.parametrize(
    ("file", "pattern"),
    [
        ("deals.csv", "deals.csv"),
        ("deals-2026-05-12.csv", "deals-*.csv"),
        ("crm/deals_20260512.csv", "deals_*.csv"),
        ("export_2026.05.12T10:11:12Z_all.csv", "export_*_all.csv"),
        ("subscriptions 12-05-2026 101112.csv", "subscriptions *.csv"),
        ("deals (3).csv", "deals (*).csv"),
        ("q1.csv", "q1.csv"),
        ("v2_deals_2026-05.csv", "v2_deals_*.csv"),
        ("a[1]-2026-05-12.csv", "a[[]1]-*.csv"),
    ],
)
def test_a_pattern_keeps_the_name_and_leaves_out_what_changes(file: str, pattern: str) -> None:
    assert pattern_of(file) == pattern
    assert means(pattern, file)
    assert not means(pattern, "something else.csv")


@pytest.mark.parametrize("file", ["a[1].csv", "what?.csv", "all*.csv", "x/y.csv"])
def test_exactly_one_file_is_meant_by_its_own_glob(file: str) -> None:
    assert means(exactly(file), file)
    assert not means(exactly(file), file.replace("a", "b", 1).replace("x", "z", 1).replace("?", "!"))


def test_an_entry_is_read_back_as_it_was_said() -> None:
    text = written_entry(entry_of(FULL), {"dates": 'or "mdy"'})
    assert read_readings(tomllib.loads(text)["reading"]) == (FULL,)
    assert read_readings(parse_config(text, "a file").readings) == (FULL,)
    assert '# or "mdy"' in text
    assert entry_of(Reading("a.csv")) == {"file": "a.csv"}
    assert read_reading(entry_of(FULL), "here") == FULL


def test_only_columns_that_are_not_what_their_heading_says_are_said() -> None:
    headings = ["Record ID", "Deal Name", "Deal Stage", "Net", "Amount", "Deal owner"]
    usual = ["id", "name", "stage", "", "amount", "owner"]
    assert columns_said("hubspot.deals_export", headings, usual) == {}
    other = ["id", "name", "stage", "amount", "", ""]
    assert columns_said("hubspot.deals_export", headings, other) == {"amount": "Net", "owner": ""}
