"""What stands on the Desk beside the book: members, one's keys and saved views, the audit. Each to whom it concerns."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from relevo.answers.reading import Reading
from relevo.desk.people.keys import Key, keys_of
from relevo.desk.people.members import MemberLine, members
from relevo.desk.people.models import AuditEntry
from relevo.desk.people.roles import Right
from relevo.desk.work.views import View, views_for


@dataclass(frozen=True)
class AuditLine:
    """One thing somebody did or looked at."""

    id: int
    at: datetime
    who: str
    action: str
    about: str
    details: Mapping[str, Any]


@dataclass(frozen=True)
class AuditPage:
    """Some entries; `found` counts all that match, `has_more` says whether older ones follow."""

    lines: tuple[AuditLine, ...]
    found: int
    has_more: bool


def member_list(reading: Reading) -> tuple[MemberLine, ...]:
    """Everybody who may sign in, by user name. Refused without the right to change people."""
    reading.check_right(Right.PEOPLE)
    return members()


def my_keys(reading: Reading) -> tuple[Key, ...]:
    """The viewer's own keys, newest first."""
    return keys_of(reading.viewer.name)


def my_views(reading: Reading, page: str | None = None) -> tuple[View, ...]:
    """The viewer's own saved views and those that others share, by name; of one page or of all."""
    return views_for(reading.viewer.name, page)


def audit(
    reading: Reading, limit: int, before: int | None = None, who: str | None = None, action: str | None = None
) -> AuditPage:
    """Entries of the audit, newest first, from before an entry on. Refused for who may not change people."""
    reading.check_right(Right.PEOPLE)
    asked = {"who": who, "action": action}
    every = AuditEntry.objects.order_by("-id").filter(**{name: v for name, v in asked.items() if v is not None})
    rows = list((every.filter(pk__lt=before) if before else every)[: limit + 1])
    lines = tuple(AuditLine(e.pk, e.at, e.who, e.action, e.about, e.details) for e in rows[:limit])
    return AuditPage(lines, every.count(), len(rows) > limit)
