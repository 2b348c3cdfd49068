"""API keys as they are read: what a key may ask, whose it is, and the keys of a user. The key itself is never kept."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.contrib.auth.models import User

from relevo.desk.people.models import ApiKey

# Every key begins with it, so that one that lies where it should not is recognised.
KEY_BEGIN = "rlv_"


class KeyScope(StrEnum):
    """What a key may ask or do, never more than its holder.

    `read` is what stands in no other scope; the others add amounts of customers, figures of persons and words of
    customers, writing of saved views, of house rules, of who is one customer, of hand-offs, promises and fit, and of
    peer reviews, asking for ratings; and people, keys and audit.
    """

    READ = "read"
    READ_MONEY = "read:money"
    READ_PERSONS = "read:persons"
    READ_CONVERSATIONS = "read:conversations"
    WRITE_VIEWS = "write:views"
    WRITE_HOUSE = "write:house"
    WRITE_IDENTITY = "write:identity"
    WRITE_RELAY = "write:relay"
    WRITE_VOICES = "write:voices"
    WRITE_REVIEWS = "write:reviews"
    ADMIN = "admin"


@dataclass(frozen=True)
class Key:
    """A key as its holder sees it; `prefix` is how it begins."""

    id: int
    name: str
    prefix: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True)
class Holder:
    """The user behind a key that holds now."""

    user: User
    key: Key


def holder_of(token: str, now: datetime) -> Holder | None:
    """Who asks with this key; None where it is unknown, expired or revoked, or its user is no longer active."""
    found = ApiKey.objects.select_related("user").filter(
        key_hash=hash_of(token), revoked_at__isnull=True, expires_at__gt=now, user__is_active=True
    )
    row = found.first()
    return Holder(row.user, key_of(row)) if row else None


def keys_of(username: str) -> tuple[Key, ...]:
    """Every key of a user, newest first, expired and revoked ones too."""
    return tuple(key_of(row) for row in ApiKey.objects.filter(user__username=username))


def key_of(row: ApiKey) -> Key:
    """A row as a value; a scope that this release does not know is left out."""
    scopes = tuple(s for s in row.scopes if s in set(KeyScope))
    return Key(row.pk, row.name, row.prefix, scopes, row.created_at, row.expires_at, row.last_used_at, row.revoked_at)


def hash_of(token: str) -> str:
    """What is kept of a key. Keys are random and long, so that no slower hash is needed."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
