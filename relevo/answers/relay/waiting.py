"""What waits for the viewer: hand-offs to take over, to mend or to confirm, dropped batons, promises that are due.

For Today and for the mail of the morning. The Desk is as of now, dropped batons as of the book.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from relevo.answers.customers import names_of_customers
from relevo.answers.identity import current_id
from relevo.answers.reading import Reading
from relevo.answers.relay.acting import person_names, reads_promise, sees, takes_part
from relevo.answers.relay.dropped import dropped_batons
from relevo.desk.relay.handoffs import KeptHandOff
from relevo.desk.relay.promises import KeptPromise
from relevo.desk.relay.templates import CONFIRM_AFTER_DAYS
from relevo.desk.relay.waiting import broken_between, due_between, to_accept, to_confirm, to_mend

AHEAD = timedelta(days=7)
# Of each kind so many are named; how many there are is told.
SHOWN = 10
_DAY = timedelta(days=1)
# Which of the hand-offs that name no receiver wait for whom.
_RECEIVES: Mapping[str, tuple[str, ...]] = {
    "sales_lead": ("sales",), "seller": ("sales",), "success_lead": ("success", "account_manager"),
    "csm": ("success", "account_manager"), "support_lead": ("support",), "agent": ("support",),
}  # fmt: skip


class Waits(StrEnum):
    """What waits, in the order in which it is told."""

    TO_ACCEPT = "to_accept"
    RETURNED = "returned"
    TO_CONFIRM = "to_confirm"
    DROPPED = "dropped"
    PROMISE_BROKEN = "promise_broken"
    PROMISE_DUE = "promise_due"


@dataclass(frozen=True)
class WaitingLine:
    """One thing that waits. `key` is the id of the hand-off or promise, 0 for a dropped baton, which has a deal.

    `customer` is its name, or its id where the viewer may not see it. `who` is whose hand it comes from. `since` is
    when it began to wait, `due_on` the day by which it is due, where the company is. `text` is what was promised, ''
    where the viewer reads it through a key that reads no words.
    """

    kind: Waits
    key: int
    customer_id: str
    customer: str
    since: date
    due_on: date | None = None
    is_late: bool = False
    who: str = ""
    text: str = ""
    deal_id: str = ""


@dataclass(frozen=True)
class Waiting:
    """What waits for the viewer: the first of each kind, and how many there are of it."""

    lines: tuple[WaitingLine, ...]
    found: Mapping[Waits, int]

    @property
    def left(self) -> int:
        """How many are not among the lines."""
        return sum(self.found.values()) - len(self.lines)


def waiting(reading: Reading, now: datetime) -> Waiting:
    """What waits for the viewer now; nothing for one who takes part in nothing. NotReady before the first book."""
    zone = ZoneInfo(reading.company_book.company.timezone)
    if not takes_part(reading):
        return Waiting((), {})
    asked = _Asked(reading, now.astimezone(zone).date(), zone)
    kinds = {
        Waits.TO_ACCEPT: asked.to_accept(),
        Waits.RETURNED: asked.returned(),
        Waits.TO_CONFIRM: asked.to_confirm(now),
        Waits.DROPPED: asked.dropped(),
        Waits.PROMISE_BROKEN: asked.broken(),
        Waits.PROMISE_DUE: asked.due(),
    }
    lines = tuple(line for found in kinds.values() for line in found[:SHOWN])
    return Waiting(lines, {kind: len(found) for kind, found in kinds.items() if found})


class _Asked:
    """One look at what waits, with the names that its lines need."""

    def __init__(self, reading: Reading, today: date, zone: ZoneInfo) -> None:
        self._reading, self._today, self._zone = reading, today, zone
        self._me = reading.viewer.me
        self._names, self._people = names_of_customers(reading), person_names(reading)

    def to_accept(self) -> list[WaitingLine]:
        roles = _RECEIVES.get(self._reading.viewer.role, ())
        seen = (h for h in to_accept(self._me, roles) if h.to_person_id or sees(self._reading, h))
        return [self._handoff(Waits.TO_ACCEPT, h, h.given_at, h.from_person_id, h.due_at) for h in seen]

    def returned(self) -> list[WaitingLine]:
        return [self._handoff(Waits.RETURNED, h, h.returned_at, h.to_person_id) for h in to_mend(self._me)]

    def to_confirm(self, now: datetime) -> list[WaitingLine]:
        after = timedelta(days=CONFIRM_AFTER_DAYS)
        found = to_confirm(self._me, now - after)
        return [self._handoff(Waits.TO_CONFIRM, h, h.accepted_at, h.from_person_id) for h in found]

    def dropped(self) -> list[WaitingLine]:
        return [
            WaitingLine(Waits.DROPPED, 0, each.customer_id, each.customer, self._day(each.closed_at), is_late=True,
                        deal_id=each.deal_id)
            for each in dropped_batons(self._reading)
            if each.owner_id in self._me
        ]  # fmt: skip

    def broken(self) -> list[WaitingLine]:
        yesterday = self._today - _DAY
        since, until = (datetime.combine(day, time(), self._zone) for day in (yesterday, self._today))
        found = broken_between(self._me, yesterday, since, until)
        return self._promises(Waits.PROMISE_BROKEN, found, is_late=True)

    def due(self) -> list[WaitingLine]:
        return self._promises(Waits.PROMISE_DUE, due_between(self._me, self._today, self._today + AHEAD), is_late=False)

    def _handoff(
        self, kind: Waits, kept: KeptHandOff, since: datetime | None, other: str, due_at: datetime | None = None
    ) -> WaitingLine:
        known = current_id(self._reading, kept.customer_id)
        due_on = self._day(due_at) if due_at else None
        return WaitingLine(
            kind, kept.id, known, self._name(known), self._day(since or kept.changed_at), due_on,
            is_late=due_on is not None and due_on < self._today, who=self._people.get(other, other),
            deal_id=kept.deal_id,
        )  # fmt: skip

    def _promises(self, kind: Waits, found: Iterable[KeptPromise], *, is_late: bool) -> list[WaitingLine]:
        return [
            WaitingLine(kind, p.id, known, self._name(known), self._day(p.made_at), p.due_on, is_late,
                        text=p.text if reads_promise(self._reading, p) else "", deal_id=p.deal_id)
            for p in found
            for known in [current_id(self._reading, p.customer_id)]
        ]  # fmt: skip

    def _name(self, customer_id: str) -> str:
        return self._names.get(customer_id) or customer_id

    def _day(self, at: datetime) -> date:
        return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo("UTC"))).astimezone(self._zone).date()
