"""Who is written to in the morning, and who was today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User

from relevo.desk.people.members import profile_of
from relevo.desk.people.models import AuditEntry

# The audit's word for a mail of the morning that was sent.
NOTICES_SENT = "notices.sent"


@dataclass(frozen=True)
class Recipient:
    """Somebody who may sign in, has an address and wants the mail: the user name, address, role and language."""

    username: str
    email: str
    role: str
    language: str


def recipients() -> Iterable[Recipient]:
    """Everybody who is written to in the morning, by user name."""
    users = User.objects.filter(is_active=True).exclude(email="").select_related("member").order_by("username")
    for user in users:
        profile = profile_of(user)
        if profile.role and profile.morning_mail:
            yield Recipient(user.username, user.email, profile.role, profile.language or settings.LANGUAGE_CODE)


def written_to_since(moment: datetime) -> frozenset[str]:
    """The user names to whom the mail of the morning went since a moment."""
    sent = AuditEntry.objects.filter(action=NOTICES_SENT, at__gte=moment)
    return frozenset(sent.values_list("about", flat=True))
