"""The published words: role synonyms and currency codes."""

import pytest

from relevo.base.money import exponent
from relevo.book.currencies import CURRENCIES, is_currency
from relevo.book.engine import connect
from relevo.book.roles import ROLE_COLUMNS, SYNONYMS, canonical_role, canonical_role_sql
from relevo.book.tables import TABLES

DEAL_ROLES = TABLES["deal_role"].column("role").values
ASSIGNMENT_ROLES = TABLES["assignment"].column("role").values


@pytest.mark.parametrize(
    ("word", "words", "canonical"),
    [
        ("ae", (), "sales"),
        ("AE", DEAL_ROLES, "sold_by"),
        ("sales", DEAL_ROLES, "sold_by"),
        ("sold_by", ASSIGNMENT_ROLES, "sales"),
        ("Account Executive", ASSIGNMENT_ROLES, "sales"),
        ("customer-success_manager", ASSIGNMENT_ROLES, "success"),
        (" CSM ", (), "success"),
        ("am", ASSIGNMENT_ROLES, "account_manager"),
        ("SDR", DEAL_ROLES, "sourced_by"),
        ("Implementation", ASSIGNMENT_ROLES, "implementation"),
        ("Chief Wizard", DEAL_ROLES, "Chief Wizard"),
        ("", (), ""),
    ],
)
def test_a_role_word_has_one_meaning_and_sql_agrees(word, words, canonical):
    assert canonical_role(word, words) == canonical
    with connect() as connection:
        sql = canonical_role_sql("word", words)
        assert connection.execute(f"SELECT {sql} FROM (SELECT ? AS word)", [word]).fetchall() == [(canonical,)]


def test_no_word_has_two_meanings():
    words = [word for name, others in SYNONYMS.items() for word in (name, *others)]
    assert len(words) == len(set(words))


def test_role_columns_are_columns_of_the_book():
    for table, column in ROLE_COLUMNS:
        assert TABLES[table].column(column)


def test_the_words_of_deals_and_assignments_stay_themselves():
    assert [canonical_role(word, DEAL_ROLES) for word in DEAL_ROLES] == list(DEAL_ROLES)
    assert [canonical_role(word, ASSIGNMENT_ROLES) for word in ASSIGNMENT_ROLES] == list(ASSIGNMENT_ROLES)


def test_currencies_are_three_capitals_and_know_the_usual_ones():
    assert all(len(code) == 3 and code.isascii() and code.isupper() for code in CURRENCIES)
    assert is_currency("EUR")
    assert is_currency("JPY")
    assert not is_currency("eur")
    assert not is_currency("XXX")
    assert len(CURRENCIES) > 170


def test_every_currency_with_an_odd_minor_unit_is_known():
    assert {code for code in CURRENCIES if exponent(code) != 2} >= {"JPY", "KWD", "CLF"}
