"""API keys: told once, kept as a hash, narrower than their holder, ending."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User

from relevo.base.errors import WrongUse
from relevo.desk.people.actions_keys import NewKey, NoSuchKey, create_key, note_use, revoke_key
from relevo.desk.people.actions_members import NewMember, ensure_member
from relevo.desk.people.keys import KeyScope, holder_of, keys_of
from relevo.desk.people.models import ApiKey, AuditEntry

NOON = datetime(2026, 10, 31, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def ines() -> User:
    return ensure_member(NewMember("ines", "ines@norte.example", "owner"), "operator", NOON)


def test_a_key_is_told_once_and_kept_as_a_hash(ines: User) -> None:
    key, token = create_key(ines, NewKey("nightly", ["read:money", "read"]), NOON)
    assert token.startswith("rlv_")
    assert len(token) > 40
    assert (key.prefix, key.scopes) == (token[:12], ("read", "read:money"))
    assert key.expires_at == NOON + timedelta(days=90)
    assert token not in str(list(ApiKey.objects.values()))
    assert token not in str(list(AuditEntry.objects.values()))
    assert AuditEntry.objects.get(action="key.created").who == "ines"


def test_a_key_holds_until_it_expires_is_revoked_or_its_user_leaves(ines: User) -> None:
    key, token = create_key(ines, NewKey("a", ["read"], days=1), NOON)
    found = holder_of(token, NOON)
    assert found is not None
    assert (found.user, found.key) == (ines, key)
    assert holder_of(token, NOON + timedelta(days=1)) is None
    assert holder_of(token + "x", NOON) is None
    User.objects.filter(pk=ines.pk).update(is_active=False)
    assert holder_of(token, NOON) is None
    User.objects.filter(pk=ines.pk).update(is_active=True)
    assert revoke_key(ines, key.id, NOON).revoked_at == NOON
    assert revoke_key(ines, key.id, NOON + timedelta(hours=1)).revoked_at == NOON
    assert holder_of(token, NOON) is None
    assert AuditEntry.objects.filter(action="key.revoked").count() == 1


def test_a_key_is_its_holders_alone(ines: User) -> None:
    leo = ensure_member(NewMember("leo", "leo@norte.example", "seller"), "operator", NOON)
    key, _ = create_key(ines, NewKey("a", ["read"]), NOON)
    with pytest.raises(NoSuchKey):
        revoke_key(leo, key.id, NOON)
    assert keys_of("leo") == ()
    assert keys_of("ines") == (key,)


@pytest.mark.parametrize(
    ("name", "scopes", "days"),
    [
        ("", ["read"], 9), ("x" * 101, ["read"], 9), ("a\x00b", ["read"], 9), ("a", [], 9), ("a", ["all"], 9),
        ("a", ["read"], 0), ("a", ["read"], 366),
    ],
)  # fmt: skip
def test_what_cannot_be_a_key_is_refused(ines: User, name: str, scopes: list[str], days: int) -> None:
    with pytest.raises(WrongUse):
        create_key(ines, NewKey(name, scopes, days), NOON)
    assert ApiKey.objects.count() == 0


def test_a_key_made_by_a_key_does_no_more_and_lasts_no_longer(ines: User) -> None:
    maker, _ = create_key(ines, NewKey("maker", ["read", "admin"], days=10), NOON)
    made, _ = create_key(ines, NewKey("made", ["read"], days=200), NOON, maker)
    assert made.expires_at == maker.expires_at
    with pytest.raises(WrongUse, match="read:money"):
        create_key(ines, NewKey("more", ["read", "read:money"]), NOON, maker)


def test_there_are_at_most_fifty_keys(ines: User) -> None:
    for i in range(50):
        create_key(ines, NewKey(str(i), [KeyScope.READ], days=1), NOON)
    with pytest.raises(WrongUse, match="most"):
        create_key(ines, NewKey("more", ["read"]), NOON)
    create_key(ines, NewKey("later", ["read"]), NOON + timedelta(days=1))


def test_its_last_use_is_kept_to_the_minute(ines: User) -> None:
    _, token = create_key(ines, NewKey("a", ["read"]), NOON)
    for seconds, kept in ((0, 0), (59, 0), (60, 60), (61, 60)):
        moment = NOON + timedelta(seconds=seconds)
        holder = holder_of(token, moment)
        assert holder is not None
        note_use(holder, moment)
        assert keys_of("ines")[0].last_used_at == NOON + timedelta(seconds=kept)
