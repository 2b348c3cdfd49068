"""What is known of a user as a member: the role, and how this person reads pages."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User


@dataclass(frozen=True)
class Profile:
    """A member's role, language and time zone, '' where nothing was chosen; whether the mail of the morning comes."""

    role: str = ""
    language: str = ""
    timezone: str = ""
    morning_mail: bool = True


def profile_of(user: User) -> Profile:
    """The profile of a user. Whoever owned a home of an earlier release owns it still."""
    member = getattr(user, "member", None)  # a request asks for its user's profile several times, and reads it once
    if member is None:
        return Profile("owner" if user.is_superuser else "")
    return Profile(member.role, member.language, member.timezone, member.morning_mail)


def role_of(user: User) -> str:
    """The role of a user; '' where there is none."""
    return profile_of(user).role


@dataclass(frozen=True)
class MemberLine:
    """Somebody who may sign in, or might once; `role` is '' where there is none."""

    username: str
    name: str
    email: str
    role: str
    is_active: bool
    last_login: datetime | None


def members() -> tuple[MemberLine, ...]:
    """Everybody with a user name, in the order of the names."""
    users = User.objects.select_related("member").order_by("username")
    return tuple(MemberLine(u.username, u.get_full_name(), u.email, _role(u), u.is_active, u.last_login) for u in users)


def _role(user: User) -> str:
    member = getattr(user, "member", None)
    return member.role if member else "owner" if user.is_superuser else ""
