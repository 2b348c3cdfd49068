"""Everything that writes who is a member, in which role, and how a member reads pages."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import available_timezones

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from relevo.base.errors import WrongUse
from relevo.desk.people.actions import create_link, log_audit
from relevo.desk.people.actions_doors import end_sessions
from relevo.desk.people.members import role_of
from relevo.desk.people.models import ApiKey, Member, SignInLink
from relevo.desk.people.roles import DEFAULTS

INVITATION_LASTS = timedelta(days=7)
LONGEST_NAME = 150


@dataclass(frozen=True)
class NewMember:
    """Who is to be let in: the user name, the mail address by which the book knows this person, and the role."""

    username: str
    email: str
    role: str
    name: str = ""


def ensure_member(new: NewMember, who: str, now: datetime) -> User:
    """The user with this name, created without a password if there is none; one that exists stays as it is."""
    _check_role(new.role)
    with transaction.atomic():
        user, is_new = User.objects.get_or_create(
            username=new.username, defaults={"email": new.email, "first_name": new.name[:150]}
        )
        if is_new:
            user.set_unusable_password()
            user.is_superuser = new.role == "owner"
            user.save()
            Member.objects.create(user=user, role=new.role)
            log_audit(who, "user.created", new.username, now, {"role": new.role})
    return user


def change_role(username: str, role: str, who: str, now: datetime) -> None:
    """Give a user another role. WrongUse for an unknown role or user, and where nobody would own this Relevo."""
    _check_role(role)
    with transaction.atomic():
        user = _known(username)
        before = role_of(user)
        if before == "owner" and role != "owner":
            _refuse_last_owner(user)
        Member.objects.update_or_create(user=user, defaults={"role": role})
        User.objects.filter(pk=user.pk).update(is_superuser=role == "owner")
        log_audit(who, "user.role_changed", username, now, {"from": before, "to": role})


def set_active(username: str, who: str, now: datetime, *, active: bool) -> None:
    """Let a user in again, or let no more in: sessions end, keys are revoked and links expire at once. Audited.

    WrongUse for an unknown user, and where nobody would own this Relevo.
    """
    with transaction.atomic():
        user = _known(username)
        if not active:
            if role_of(user) == "owner":
                _refuse_last_owner(user)
            _close_doors(user, who, now)
        User.objects.filter(pk=user.pk).update(is_active=active)
        log_audit(who, "user.activated" if active else "user.deactivated", username, now)


def _close_doors(user: User, who: str, now: datetime) -> None:
    end_sessions(user, who, now)
    ApiKey.objects.filter(user=user, revoked_at__isnull=True).update(revoked_at=now)
    SignInLink.objects.filter(user=user, used_at__isnull=True).delete()


def invite(new: NewMember, who: str, now: datetime) -> str:
    """Make a user and a token that signs this person in once within a week; shown here and never again. Audited.

    WrongUse for a name or an address that somebody has already.
    """
    if "@" not in new.email or len(new.email) > LONGEST_NAME:
        raise WrongUse(f"{new.email[:80]!r} is not a mail address.", "Write name@company.example.")
    if User.objects.filter(Q(username__iexact=new.username) | Q(email__iexact=new.email)).exists():
        raise WrongUse(f"{new.email} is known here already.", "Make a new link for this person instead.")
    with transaction.atomic():
        user = ensure_member(new, who, now)
        return create_link(user, now, INVITATION_LASTS, who)


def new_link(username: str, who: str, now: datetime) -> str:
    """A token that signs a known user in once within a week. Audited; WrongUse for an unknown or inactive user."""
    return create_link(_known(username), now, INVITATION_LASTS, who)


def set_password(user: User, password: str, now: datetime, keep: str) -> None:
    """Give a user another password; every session but `keep` ends. Audited. WrongUse for one that is too weak."""
    try:
        validate_password(password, user)
    except ValidationError as problem:
        raise WrongUse(" ".join(problem.messages), "Choose a longer phrase that nobody would guess.") from None
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        end_sessions(user, user.username, now, keep)
        log_audit(user.username, "password.changed", user.username, now)


def keep_preferences(
    user: User, *, language: str | None = None, timezone: str | None = None, morning_mail: bool | None = None
) -> None:
    """Keep a user's language, time zone, and whether the mail of the morning comes; None leaves what is kept.

    An empty text means the browser's and the company's. WrongUse for a language or zone that does not exist.
    """
    if language and language not in dict(settings.LANGUAGES):
        raise WrongUse(f"There is no language {language!r} here.", f"Known: {', '.join(dict(settings.LANGUAGES))}.")
    if timezone and timezone not in available_timezones():
        raise WrongUse(f"{timezone!r} is not a time zone.", "Write an IANA name such as Europe/Madrid.")
    chosen = {"language": language, "timezone": timezone, "morning_mail": morning_mail}
    kept: dict[str, object] = {name: value for name, value in chosen.items() if value is not None}
    Member.objects.update_or_create(user=user, defaults=kept, create_defaults={**kept, "role": role_of(user)})


def _known(username: str) -> User:
    user = User.objects.filter(username=username).first()
    if user is None:
        raise WrongUse(f"There is no user {username!r}.", "Look under Settings, People.")
    return user


def _refuse_last_owner(user: User) -> None:
    # Locked, so that of two owners who let each other go at the same moment one stays.
    owners = User.objects.select_for_update().filter(is_superuser=True, is_active=True).values_list("pk", flat=True)
    if not set(owners) - {user.pk}:
        raise WrongUse("This is the last owner.", "Make somebody else an owner first.")


def _check_role(role: str) -> None:
    if role not in DEFAULTS:
        raise WrongUse(f"There is no role {role!r}.", f"Known: {', '.join(DEFAULTS)}.")
