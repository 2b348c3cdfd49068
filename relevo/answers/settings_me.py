"""Settings, what is one's own: the profile, the doors one uses, open sessions, keys."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User

from relevo.answers.reading import NotFound, Reading
from relevo.desk.people.keys import Key, keys_of
from relevo.desk.people.members import profile_of
from relevo.desk.people.models import OpenSession
from relevo.desk.people.second import SecondFactor, second_of


@dataclass(frozen=True)
class MePage:
    """Who somebody is here; `language` and `timezone` are '' where nothing was chosen."""

    username: str
    name: str
    email: str
    role: str
    language: str
    timezone: str
    morning_mail: bool
    has_password: bool
    second: SecondFactor


@dataclass(frozen=True)
class SessionLine:
    """One open session; `is_here` says that it is the one that asks."""

    id: int
    browser: str
    address: str
    door: str
    began_at: datetime
    last_used_at: datetime
    is_here: bool


@dataclass(frozen=True)
class KeyLine:
    """One key of mine and whether it still holds."""

    key: Key
    holds: bool


def me_page(reading: Reading) -> MePage:
    """What is known of the viewer. NotFound for one who is no user, such as the operator."""
    user = _user(reading)
    profile = profile_of(user)
    return MePage(
        user.username, user.get_full_name(), user.email, profile.role, profile.language, profile.timezone,
        profile.morning_mail, user.has_usable_password(), second_of(user),
    )  # fmt: skip


def my_sessions(reading: Reading, here: str) -> tuple[SessionLine, ...]:
    """The viewer's open sessions, the one used last first; `here` is the key of the one that asks."""
    found = OpenSession.objects.filter(user=_user(reading))
    return tuple(
        SessionLine(s.pk, s.browser, s.address, s.door, s.began_at, s.last_used_at, s.session_key == here)
        for s in found
    )


def my_keys(reading: Reading, now: datetime) -> tuple[KeyLine, ...]:
    """The viewer's keys, newest first, expired and revoked ones too."""
    held = keys_of(reading.viewer.name)
    return tuple(KeyLine(key, key.revoked_at is None and key.expires_at > now) for key in held)


def _user(reading: Reading) -> User:
    user = User.objects.filter(username=reading.viewer.name).first()
    if user is None:
        raise NotFound("Nobody is signed in under this name.", "Sign in first.")
    return user
