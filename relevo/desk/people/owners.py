"""Who owns this Relevo: whom it writes to when something fails."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import User

from relevo.desk.people.members import profile_of


@dataclass(frozen=True)
class Owner:
    """An owner who can be written to: the user name, the address, the language of the mails."""

    username: str
    email: str
    language: str


def owners() -> tuple[Owner, ...]:
    """The active owners with an address, by user name."""
    found = User.objects.filter(is_superuser=True, is_active=True).exclude(email="").order_by("username")
    return tuple(Owner(u.username, u.email, profile_of(u).language or settings.LANGUAGE_CODE) for u in found)
