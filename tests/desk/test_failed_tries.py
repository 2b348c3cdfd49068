"""Ten failures in a quarter of an hour close a door."""

from datetime import UTC, datetime, timedelta

import pytest

from relevo.desk.people.actions_doors import TooMany, begin_try, forgive
from relevo.desk.people.models import FailedTry

NOON = datetime(2026, 10, 31, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def fail(times: int, address: str, name: str, at: datetime = NOON) -> None:
    for number in range(times):
        begin_try("password", address, name, at + number * timedelta(seconds=1))


@pytest.mark.django_db
def test_the_eleventh_try_waits_until_the_first_is_a_quarter_of_an_hour_old() -> None:
    fail(10, "10.0.0.1", "ana")
    with pytest.raises(TooMany) as problem:
        begin_try("password", "10.0.0.1", "ana", NOON + MINUTE)
    assert problem.value.until == NOON + 15 * MINUTE
    begin_try("password", "10.0.0.1", "ana", NOON + 15 * MINUTE)


@pytest.mark.django_db
def test_a_name_is_guarded_from_many_addresses_and_an_address_from_many_names() -> None:
    for number in range(10):
        begin_try("password", f"10.0.0.{number}", "Ana ", NOON)
        begin_try("password", "10.9.9.9", f"user{number}", NOON)
    for address, name in (("10.0.1.1", "ana"), ("10.9.9.9", "somebody")):
        with pytest.raises(TooMany):
            begin_try("password", address, name, NOON)
    begin_try("code", "10.9.9.9", "ana", NOON)


@pytest.mark.django_db
def test_a_name_in_other_letters_is_the_same_name() -> None:
    """The form reads full-width letters as plain ones, so the counter does."""
    for number, name in enumerate(("ana", "ａna", "aｎa", "anａ", "ＡＮＡ") * 2):
        begin_try("password", f"10.0.0.{number}", name, NOON)
    with pytest.raises(TooMany):
        begin_try("password", "10.0.1.1", "ana", NOON)


@pytest.mark.django_db
def test_a_try_that_did_not_fail_counts_no_more_but_others_of_the_address_do() -> None:
    fail(9, "10.0.0.1", "leo")
    forgive(begin_try("password", "10.0.0.1", "ana", NOON))
    assert FailedTry.objects.count() == 18
    fail(1, "10.0.0.1", "leo")
    with pytest.raises(TooMany):
        begin_try("password", "10.0.0.1", "ana", NOON)


@pytest.mark.django_db
def test_a_refused_try_does_not_prolong_the_wait() -> None:
    fail(10, "10.0.0.1", "ana")
    for _ in range(3):
        with pytest.raises(TooMany):
            begin_try("password", "10.0.0.1", "ana", NOON + MINUTE)
    assert FailedTry.objects.count() == 20


@pytest.mark.django_db
def test_what_was_typed_as_a_name_is_not_kept() -> None:
    begin_try("password", "10.0.0.1", "my secret phrase", NOON)
    assert "secret" not in str(list(FailedTry.objects.values()))
