"""Definitions: every measure says what it is for, what it may bring people to do, and what it stands on."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlglot
from sqlglot import exp

from relevo.answers.definitions import COMPOSED, definition_page, definitions_page
from relevo.answers.owners import owners_of
from relevo.answers.pages import PAGES, Shown
from relevo.answers.purposes import PURPOSES
from relevo.answers.reading import OPERATOR, NotFound, Reading
from relevo.base.errors import WrongUse
from relevo.book.policy import profile
from relevo.desk.house.actions import save_rule
from relevo.desk.house.models import HouseRule
from relevo.measures.asking import ask
from relevo.measures.card import Ask, Composite
from relevo.measures.catalog import MEASURES
from relevo.measures.definitions import definitions

NOW = datetime(2026, 11, 1, 6, tzinfo=UTC)


def test_no_measure_lacks_why_or_what_it_may_bring_people_to_do() -> None:
    assert list(PURPOSES.keys() ^ MEASURES.keys()) == []
    lacking = [name for name, told in PURPOSES.items() if not all(text.strip() for text in vars(told).values())]
    assert lacking == []
    same = [name for name, told in PURPOSES.items() if len({told.why, told.wanted, told.risked}) < 3]
    assert same == []


def test_words_of_purpose_are_sentences() -> None:
    for told in PURPOSES.values():
        for words in (told.why, told.wanted, told.risked):
            assert words[0].isupper(), words
            assert words.endswith("."), words


@dataclass
class Listening:
    """An engine that passes everything on and keeps the SQL it was given."""

    engine: Any
    heard: list[str] = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.engine, name)

    def run(self, sql: str, schema: str) -> Any:
        self.heard.append(sql)
        return self.engine.run(sql, schema)

    def tables(self) -> set[str]:
        trees = [sqlglot.parse_one(sql, dialect="duckdb") for sql in self.heard]
        made = {each.alias for tree in trees for each in tree.find_all(exp.CTE)}
        return {table.name for tree in trees for table in tree.find_all(exp.Table)} - made


@pytest.mark.parametrize("name", [name for name, m in MEASURES.items() if isinstance(m, Composite)])
def test_what_a_measure_reads_by_asking_others_is_what_is_said(everything: Reading, name: str) -> None:
    engine = Listening(everything.company_book.engine)
    book = replace(everything.company_book, engine=engine)
    ask(book, name, Ask(theirs=profile("stripe")) if name == "reconcile" else Ask())
    assert engine.tables() <= set(COMPOSED[name])


def test_what_a_measure_reads_is_in_its_expressions() -> None:
    assert definition_page(Reading(None, OPERATOR), "survival").reads == ("customer_start",)
    assert definition_page(Reading(None, OPERATOR), "cac").reads == ("deal", "fx_month", "movement", "spend")


@pytest.mark.django_db
def test_the_version_is_the_one_the_book_was_built_with(everything: Reading) -> None:
    book = everything.company_book
    built = replace(book, manifest=replace(book.manifest, definitions={"mrr": "0123456789ab"}))
    assert definition_page(Reading(built, OPERATOR), "mrr").version == "0123456789ab"
    assert definition_page(Reading(None, OPERATOR), "mrr").version == definitions()["mrr"]


@pytest.mark.django_db
def test_an_owner_is_a_colleague_or_a_role_from_a_day_on(everything: Reading) -> None:
    save_rule("measure_owners", {"mrr": "ana", "arr": "Head of finance"}, date(2026, 10, 1), "ines", "Named.", NOW)
    save_rule("measure_owners", {"mrr": "ben"}, date(2026, 12, 1), "ines", "Changes hands.", NOW)
    page = {each.card.name: each for each in definitions_page(everything).definitions}
    mrr, arr = page["mrr"].owner, page["arr"].owner
    assert mrr is not None
    assert arr is not None
    assert (mrr.name, mrr.person_id, mrr.since) == ("Ana", "ana", date(2026, 10, 1))
    assert (arr.name, arr.person_id) == ("Head of finance", None)
    assert page["arpa"].owner is None
    assert definitions_page(everything).without_owner == len(MEASURES) - 2


@pytest.mark.django_db
def test_a_rule_that_is_no_list_of_owners_names_nobody(everything: Reading) -> None:
    # No action writes such a rule; one may be left from an earlier release.
    HouseRule.objects.create(
        key="measure_owners", value=["ana"], from_on="2026-10-01", saved_at=NOW, saved_by="ines", reason="Wrong form."
    )
    assert owners_of(everything, "measure_owners") == {}


def test_a_name_that_is_no_measure_is_not_found(everything: Reading) -> None:
    with pytest.raises(NotFound):
        definition_page(everything, "happiness_of_all")


def test_where_a_measure_is_shown_is_where_pages_say_so() -> None:
    assert definition_page(Reading(None, OPERATOR), "payback_curve").shown_on == ("unit-economics",)
    assert definition_page(Reading(None, OPERATOR), "support_tiers").shown_on == ()


# The law of pages ------------------------------------------------------------------------------------------


def test_a_page_of_efficiency_alone_cannot_be_made() -> None:
    with pytest.raises(WrongUse, match="efficiency alone"):
        Shown("fast", ("cac", "cac_payback"))
    assert Shown("fast", ("cac", "cac_payback"), ("logo_churn",)).measures == ("cac", "cac_payback", "logo_churn")


def test_a_fifth_tile_takes_the_place_of_another() -> None:
    with pytest.raises(WrongUse, match="5 tiles"):
        Shown("full", ("mrr", "arr", "arpa", "logo_churn", "quick_ratio"))


def test_pages_name_measures_that_exist() -> None:
    assert all(name in MEASURES for page in PAGES.values() for name in page.measures)
    with pytest.raises(WrongUse):
        Shown("odd", ("feelings",))
