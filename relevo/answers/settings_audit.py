"""Settings, audit: who did and who saw what, when."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from relevo.answers.reading import Reading
from relevo.desk.people.models import AuditEntry
from relevo.desk.people.roles import Right

PAGE = 50
# A download is a file that somebody opens: more than this is asked for in parts.
MOST = 50_000


@dataclass(frozen=True)
class AuditAsk:
    """Which entries: of whom, which action, from and until which day (both included); '' and None ask for all."""

    who: str = ""
    action: str = ""
    since: date | None = None
    until: date | None = None
    offset: int = 0
    limit: int | None = PAGE


@dataclass(frozen=True)
class AuditLine:
    """One entry: when, who, what it was (a stable code), about what, and the details."""

    at: datetime
    who: str
    action: str
    about: str
    details: dict[str, Any]


@dataclass(frozen=True)
class AuditPage:
    """Entries, the latest first, how many there are in all, and whose and which actions can be asked for."""

    ask: AuditAsk
    lines: tuple[AuditLine, ...]
    found: int
    people: tuple[str, ...]
    actions: tuple[str, ...]

    @property
    def next_offset(self) -> int | None:
        """Where the next entries begin; None where there are no more."""
        shown = self.ask.offset + len(self.lines)
        return shown if self.lines and shown < self.found else None


def audit_page(reading: Reading, ask: AuditAsk, timezone: str = "UTC") -> AuditPage:
    """The audit; days are those of a time zone. Refused for who may not change people."""
    reading.check_right(Right.PEOPLE)
    found = _asked(ask, ZoneInfo(timezone))
    limit = MOST if ask.limit is None else ask.limit
    rows = found.values_list("at", "who", "action", "about", "details")[ask.offset : ask.offset + limit]
    everything = AuditEntry.objects.order_by()
    people, actions = (sorted(everything.values_list(c, flat=True).distinct()) for c in ("who", "action"))
    return AuditPage(ask, tuple(AuditLine(*row) for row in rows), found.count(), tuple(people), tuple(actions))


def _asked(ask: AuditAsk, zone: ZoneInfo) -> QuerySet[AuditEntry]:
    found = AuditEntry.objects.all()
    if ask.who:
        found = found.filter(who=ask.who)
    if ask.action:
        found = found.filter(action=ask.action)
    if ask.since:
        found = found.filter(at__gte=datetime.combine(ask.since, time(), zone))
    if ask.until:
        found = found.filter(at__lt=datetime.combine(ask.until + timedelta(days=1), time(), zone))
    return found
