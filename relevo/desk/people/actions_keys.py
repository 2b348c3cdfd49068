"""Everything that writes API keys. The key is told once, when it is made; only its hash is kept."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction

from relevo.base.errors import RelevoError, WrongUse
from relevo.desk.people.actions import log_audit
from relevo.desk.people.keys import KEY_BEGIN, Holder, Key, KeyScope, hash_of, key_of
from relevo.desk.people.models import ApiKey

USUAL_DAYS = 90
MOST_DAYS = 365
MOST_KEYS = 50
LONGEST_NAME = 100
_SHOWN = 12
_NOTED_EVERY = timedelta(minutes=1)


class NoSuchKey(RelevoError):
    """There is no key with this number, or it is somebody else's."""


@dataclass(frozen=True)
class NewKey:
    """What a key is to be: its name, what it may ask, and for how many days."""

    name: str
    scopes: Collection[str]
    days: int = USUAL_DAYS


def create_key(user: User, new: NewKey, now: datetime, maker: Key | None = None) -> tuple[Key, str]:
    """A key of a user and its text, which is shown here and never again. Audited.

    With `maker`, the key that asks for another one: the new one may not do more and does not outlive it. WrongUse for
    a name, scope or number of days that cannot be.
    """
    scopes = _scopes(new.scopes, maker)
    expires_at = _expiry(new.days, now)
    token = KEY_BEGIN + secrets.token_urlsafe(32)
    with transaction.atomic():
        _refuse_too_many(user, now)
        row = ApiKey.objects.create(
            user=user, name=_name(new.name), prefix=token[:_SHOWN], key_hash=hash_of(token), scopes=scopes,
            created_at=now, expires_at=min(expires_at, maker.expires_at) if maker else expires_at,
        )  # fmt: skip
        told = {"id": row.pk, "scopes": scopes, "expires_at": row.expires_at.isoformat()}
        log_audit(user.username, "key.created", f"{row.name} ({row.prefix}…)", now, told)
    return key_of(row), token


def revoke_key(user: User, key_id: int, now: datetime) -> Key:
    """End a key at once; one that was revoked before stays as it is. NoSuchKey for a key of another. Audited."""
    with transaction.atomic():
        row = ApiKey.objects.filter(user=user, pk=key_id).first()
        if row is None:
            raise NoSuchKey(f"There is no key {key_id} of yours.", "List your keys.")
        if row.revoked_at is None:
            row.revoked_at = now
            row.save(update_fields=["revoked_at"])
            log_audit(user.username, "key.revoked", f"{row.name} ({row.prefix}…)", now, {"id": row.pk})
    return key_of(row)


def note_use(holder: Holder, now: datetime) -> None:
    """Keep when a key was used last, to the minute: a busy program must not write with every question."""
    used = holder.key.last_used_at
    if used is None or now - used >= _NOTED_EVERY:
        ApiKey.objects.filter(pk=holder.key.id).update(last_used_at=now)


def _scopes(asked: Collection[str], maker: Key | None) -> list[str]:
    unknown = sorted(set(asked) - set(KeyScope))
    if unknown or not asked:
        told = f"There is no scope {unknown[0][:40]!r}." if unknown else "A key needs a scope."
        raise WrongUse(told, f"Known: {', '.join(KeyScope)}.")
    more = sorted(set(asked) - set(maker.scopes)) if maker else []
    if more:
        raise WrongUse(f"A key cannot give more than it may: {more[0]}.", "Sign in to make such a key.")
    return [str(scope) for scope in KeyScope if scope in asked]


def _expiry(days: int, now: datetime) -> datetime:
    if not 1 <= days <= MOST_DAYS:
        raise WrongUse(f"A key cannot hold for {days} days.", f"Give 1 to {MOST_DAYS}; {USUAL_DAYS} is usual.")
    return now + timedelta(days=days)


def _name(name: str) -> str:
    kept = " ".join(name.split())
    if not kept or len(kept) > LONGEST_NAME or not kept.isprintable():
        raise WrongUse(f"{name[:40]!r} cannot be the name of a key.", f"Write 1 to {LONGEST_NAME} characters.")
    return kept


def _refuse_too_many(user: User, now: datetime) -> None:
    held = ApiKey.objects.filter(user=user, revoked_at__isnull=True, expires_at__gt=now).count()
    if held >= MOST_KEYS:
        raise WrongUse(f"You have {MOST_KEYS} keys, which is the most.", "Revoke one that is not used.")
