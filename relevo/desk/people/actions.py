"""Everything that writes users, links and the audit."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from relevo.base.errors import RelevoError, WrongUse
from relevo.desk.people.models import AuditEntry, Member, SignInLink

LINK_LASTS = timedelta(hours=24)


class LinkRefused(RelevoError):
    """A link that is unknown, used or expired; the text is the same for all three, so nothing is learned."""


def ensure_owner(email: str, now: datetime) -> User:
    """The owner with this address, created without a password if there is none yet."""
    with transaction.atomic():
        owner, is_new = User.objects.get_or_create(
            username=email, defaults={"email": email, "is_superuser": True, "is_staff": True}
        )
        if is_new:
            owner.set_unusable_password()
            owner.save()
            Member.objects.create(user=owner, role="owner")
            log_audit("operator", "user.created", email, now, {"owner": True})
    return owner


def create_link(user: User, now: datetime, lasts: timedelta = LINK_LASTS, who: str = "operator") -> str:
    """A token that signs `user` in once until `now + lasts`; it is shown here and never again."""
    if not user.is_active:
        raise WrongUse(f"{user.username} is not active.", "Activate the user before you make a link.")
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        SignInLink.objects.create(token_hash=_hashed(token), user=user, created_at=now, expires_at=now + lasts)
        log_audit(who, "link.created", user.username, now, {"lasts_s": int(lasts.total_seconds())})
    return token


def redeem_link(token: str, now: datetime) -> User:
    """The user whom a link signs in; a second use, even at the same moment, is refused with LinkRefused."""
    with transaction.atomic():
        # The condition stands in the UPDATE itself: of two requests with one token exactly one changes the row. It
        # names no column of another table: for a join the database would look the rows up before it waits for them.
        used = SignInLink.objects.filter(
            token_hash=_hashed(token), used_at__isnull=True, expires_at__gt=now, user__in=_active()
        ).update(used_at=now)
        if used != 1:
            raise LinkRefused("This link was used before, has expired or never existed.", "Ask for a new one.")
        user = SignInLink.objects.select_related("user").get(token_hash=_hashed(token)).user
        log_audit(user.username, "link.used", "", now)
    return user


def log_audit(
    who: str, action: str, about: str, now: datetime, details: Mapping[str, object] | None = None
) -> AuditEntry:
    """Add one entry to the audit."""
    return AuditEntry.objects.create(at=now, who=who, action=action, about=about[:254], details=dict(details or {}))


def _active() -> QuerySet[User]:
    return User.objects.filter(is_active=True)


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
