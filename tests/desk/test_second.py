"""One-time codes: the published values of RFC 6238, each code once, recovery codes."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.models import User

from relevo.base.errors import WrongUse
from relevo.desk.people.actions_second import check_code, new_recovery_codes, switch_off_codes, switch_on_codes
from relevo.desk.people.models import AuditEntry
from relevo.desk.people.second import asks_for_codes, fresh_secret, second_of, secret_address

# RFC 6238, appendix B: the secret is the text 12345678901234567890, the codes there have eight digits.
SHARED = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
BEGIN = datetime.fromtimestamp(59, UTC)
LATER = datetime.fromtimestamp(1111111109, UTC)
CODES = {BEGIN: "287082", LATER: "081804"}


@pytest.fixture
def ana(db: None) -> User:
    return User.objects.create(username="ana", email="ana@norte.example")


def test_codes_are_those_of_the_standard(ana: User) -> None:
    spare = switch_on_codes(ana, SHARED, CODES[BEGIN], BEGIN)
    assert len(set(spare)) == len(spare) == 10
    assert asks_for_codes(ana)
    assert check_code(ana, "081 804", LATER)


def test_a_code_counts_once(ana: User) -> None:
    switch_on_codes(ana, SHARED, CODES[BEGIN], BEGIN)
    assert not check_code(ana, CODES[BEGIN], BEGIN), "it switched the codes on"
    assert check_code(ana, CODES[LATER], LATER)
    assert not check_code(ana, CODES[LATER], LATER + timedelta(seconds=20))


def test_a_code_of_the_half_minute_before_is_taken_and_an_older_one_is_not(ana: User) -> None:
    switch_on_codes(ana, SHARED, CODES[BEGIN], BEGIN)
    assert not check_code(ana, CODES[LATER], LATER + timedelta(seconds=60))
    assert check_code(ana, CODES[LATER], LATER + timedelta(seconds=30))


@pytest.mark.parametrize("code", ["", "000000", "28708", "２８７０８２"])
def test_a_wrong_code_switches_nothing_on(ana: User, code: str) -> None:
    with pytest.raises(WrongUse):
        switch_on_codes(ana, SHARED, code, BEGIN)
    assert not asks_for_codes(ana)
    assert not check_code(ana, code, BEGIN)


def test_codes_that_are_on_are_not_replaced_without_one_of_them(ana: User) -> None:
    """Neither by another secret nor by none at all, whose codes everybody can reckon."""
    switch_on_codes(ana, SHARED, CODES[BEGIN], BEGIN)
    for secret in ("", fresh_secret()):
        code = format_hotp_value(hotp_value(secret, int(BEGIN.timestamp()) // 30))
        with pytest.raises(WrongUse):
            switch_on_codes(ana, secret, code, BEGIN)
    assert check_code(ana, CODES[LATER], LATER)


def test_no_secret_has_no_code(ana: User) -> None:
    with pytest.raises(WrongUse):
        switch_on_codes(ana, "", format_hotp_value(hotp_value("", int(BEGIN.timestamp()) // 30)), BEGIN)
    assert not asks_for_codes(ana)


def test_a_recovery_code_counts_once_and_is_audited(ana: User) -> None:
    first, *rest = switch_on_codes(ana, SHARED, CODES[BEGIN], BEGIN)
    assert check_code(ana, first, LATER)
    assert not check_code(ana, first, LATER)
    assert second_of(ana).recovery_left == len(rest) == 9
    assert AuditEntry.objects.filter(action="recovery_code.used", who="ana").count() == 1
    fresh = new_recovery_codes(ana, LATER)
    assert not check_code(ana, rest[0], LATER)
    assert check_code(ana, fresh[0], LATER)


def test_the_database_alone_gives_no_secret_away(ana: User) -> None:
    spare = switch_on_codes(ana, SHARED, CODES[BEGIN], BEGIN)
    kept = str(list(Authenticator.objects.values_list("data")))
    assert SHARED not in kept
    assert not any(code in kept for code in spare)
    assert secret_address(ana, SHARED).startswith("otpauth://totp/ana%40norte.example?secret=" + SHARED)


def test_switched_off_nothing_is_asked(ana: User) -> None:
    switch_on_codes(ana, SHARED, CODES[BEGIN], BEGIN)
    switch_off_codes(ana, "ines", LATER)
    assert not asks_for_codes(ana)
    assert not check_code(ana, CODES[LATER], LATER)
    assert AuditEntry.objects.filter(action="codes.switched_off", who="ines", about="ana").exists()
