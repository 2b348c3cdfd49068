"""House rules and the publication log."""

from datetime import UTC, date, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from relevo.base.errors import WrongUse
from relevo.desk.house.actions import record_publication, save_rule, save_versions
from relevo.desk.house.models import HouseRule, Publication
from relevo.desk.house.rules import read_once, rules_in_force
from relevo.desk.people.models import AuditEntry

NOON = datetime(2026, 10, 31, 12, tzinfo=UTC)


@pytest.mark.django_db
def test_the_rule_that_began_last_holds() -> None:
    for value, day in ((3, date(2026, 1, 1)), (5, date(2026, 6, 1)), (9, date(2027, 1, 1))):
        save_rule("keep_books", value, day, "ines", "space", NOON)
    assert rules_in_force(date(2026, 10, 31))["keep_books"].value == 5
    assert rules_in_force(date(2026, 3, 1))["keep_books"].value == 3
    assert rules_in_force(date(2025, 3, 1)) == {}
    assert HouseRule.objects.count() == AuditEntry.objects.filter(action="rule.saved").count() == 3


@pytest.mark.django_db
def test_of_two_from_the_same_day_the_later_saved_holds() -> None:
    for value in (3, 4):
        save_rule("keep_books", value, date(2026, 1, 1), "ines", "space", NOON)
    rule = rules_in_force(date(2026, 10, 31))["keep_books"]
    assert (rule.value, rule.saved_by, rule.reason) == (4, "ines", "space")


@pytest.mark.django_db
def test_a_request_that_only_reads_asks_for_the_rules_of_a_day_once(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    save_rule("keep_books", 3, date(2026, 1, 1), "ines", "space", NOON)
    with django_assert_num_queries(2), read_once():
        for day in (date(2026, 3, 1), date(2026, 3, 1), date(2026, 4, 1)):
            assert rules_in_force(day)["keep_books"].value == 3
    with django_assert_num_queries(2):
        assert rules_in_force(date(2026, 3, 1)) == rules_in_force(date(2026, 3, 1))


@pytest.mark.django_db
def test_a_rule_needs_a_reason() -> None:
    with pytest.raises(WrongUse, match="reason"):
        save_rule("keep_books", 3, date(2026, 1, 1), "ines", "  ", NOON)


@pytest.mark.django_db
def test_versions_are_saved_together_or_not_at_all() -> None:
    good, bad = (date(2026, 1, 1), 3), (date(2026, 6, 1), "many")
    with pytest.raises(WrongUse, match="keep_books cannot be"):
        save_versions("keep_books", [good, bad], "ines", "space", NOON)
    assert (HouseRule.objects.count(), AuditEntry.objects.count()) == (0, 0)
    save_versions("keep_books", [good, (date(2026, 6, 1), 5)], "ines", "space", NOON)
    assert [rules_in_force(date(2026, month, 1))["keep_books"].value for month in (2, 7)] == [3, 5]


@pytest.mark.django_db
def test_a_book_is_logged_once() -> None:
    for rows in (10, 99):
        record_publication("b1", date(2026, 10, 31), rows, 2, NOON)
    assert [(p.book, p.rows) for p in Publication.objects.all()] == [("b1", 10)]
    assert str(Publication.objects.get()) == "b1 as of 2026-10-31"
