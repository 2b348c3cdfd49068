"""What the Desk writes down as rows of the book: those that the book does not have yet, a batch at a time.

A row's `recorded_at` is when the Desk last changed it, so that the book of an earlier moment shows the earlier row.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, Q, QuerySet

from relevo.book.landing_store import OWN_IDS as OWN
from relevo.desk.people.members import profile_of
from relevo.desk.relay.handoffs import MILLION
from relevo.desk.relay.models import DeclinedDeal, FitAnswer, HandOff, HandOffItem, Promise
from relevo.desk.relay.states import State

BATCH = 5_000
# In the middle of the day it is the same day in nearly every time zone.
_NOON = time(12, tzinfo=UTC)
_TEAMS = {
    "sales_lead": "sales", "seller": "sales", "success_lead": "success", "csm": "success", "support_lead": "support",
    "agent": "support", "finance": "finance", "product": "product",
}  # fmt: skip

Value = str | int | bool | date | datetime | None
Row = Mapping[str, Value]


@dataclass(frozen=True)
class Seen:
    """A row of the Desk as it was read: its model, its id, and the moments or number by which a change is noticed."""

    model: str
    id: int
    mark: Mapping[str, object]


@dataclass(frozen=True)
class News:
    """What the book does not have yet: rows by table; `gone` are ids whose rows no longer count; `seen` what was read.

    Falsy where there is nothing.
    """

    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    gone: Mapping[str, frozenset[str]] = field(default_factory=dict)
    seen: tuple[Seen, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.seen)


def has_news() -> bool:
    """Whether anything waits to be taken into the book."""
    waiting = (_new_handoffs(), _new_promises(), _new_answers(), _new_declined())
    return any(rows.exists() for rows in waiting)


def has_mirrored() -> bool:
    """Whether anything was taken into a book that stands still: without a load of it the landing was lost."""
    return (
        HandOff.objects.filter(is_new=False, given_at__isnull=False).exists()
        or Promise.objects.filter(is_new=False, withdrawn_at__isnull=True).exists()
        or FitAnswer.objects.filter(is_new=False).exists()
        or DeclinedDeal.objects.filter(is_new=False, withdrawn_at__isnull=True, deal_id="").exists()
    )


def news(currency: str, limit: int = BATCH) -> News:
    """The next rows that the book does not have, of each kind at most `limit`; `currency` where a row names none."""
    with transaction.atomic():
        handoffs, promises = list(_new_handoffs()[:limit]), list(_new_promises()[:limit])
        answers, declined = list(_new_answers()[:limit]), list(_new_declined()[:limit])
        rows = {
            "handoff": _handoff_rows(handoffs),
            "handoff_item": _item_rows(handoffs),
            "promise": [_promise_row(each) for each in _with_those_of(handoffs, promises)],
            "fit_answer": [_answer_row(each) for each in answers],
            "deal": [_deal_row(each, currency) for each in declined if each.withdrawn_at is None and not each.deal_id],
            "person": _persons(),
        }
        gone = {"promise": _withdrawn(promises), "deal": _withdrawn(declined)}
        return News(rows, gone, tuple(_seen(handoffs, promises, answers, declined)))


def rows_standing(table: str, ids: Collection[str], currency: str) -> list[Row]:
    """The rows of promises or declined deals with some ids of the book that were not withdrawn, in their order."""
    keys = [int(each.removeprefix(OWN)) for each in ids]
    if table == "promise":
        promises = Promise.objects.filter(pk__in=keys, withdrawn_at__isnull=True).select_related("handoff")
        return [_promise_row(each) for each in promises.order_by("pk")]
    declined = DeclinedDeal.objects.filter(pk__in=keys, withdrawn_at__isnull=True, deal_id="")
    return [_deal_row(each, currency) for each in declined.order_by("pk")]


def _new_handoffs() -> QuerySet[HandOff]:
    return HandOff.objects.filter(is_new=True, given_at__isnull=False).order_by("pk")


def _new_promises() -> QuerySet[Promise]:
    return Promise.objects.filter(is_new=True).select_related("handoff").order_by("pk")


def _new_answers() -> QuerySet[FitAnswer]:
    return FitAnswer.objects.filter(is_new=True).order_by("pk")


def _new_declined() -> QuerySet[DeclinedDeal]:
    return DeclinedDeal.objects.filter(is_new=True).order_by("pk")


def _seen(
    handoffs: Iterable[HandOff], promises: Iterable[Promise], answers: Iterable[FitAnswer],
    declined: Iterable[DeclinedDeal],
) -> Iterator[Seen]:  # fmt: skip
    for handoff in handoffs:
        yield Seen("handoff", handoff.pk, {"revision": handoff.revision, "changed_at": handoff.changed_at})
    for promise in promises:
        yield Seen("promise", promise.pk, {"revision": promise.revision, "changed_at": promise.changed_at})
    for answer in answers:
        yield Seen("fitanswer", answer.pk, {"answered_at": answer.answered_at})
    for each in declined:
        yield Seen("declineddeal", each.pk, {"withdrawn_at": each.withdrawn_at})


def _with_those_of(handoffs: Sequence[HandOff], promises: Iterable[Promise]) -> list[Promise]:
    """Promises that stand, and those that go with hand-offs that are new: they name them once they were given."""
    theirs = Promise.objects.filter(handoff__in=[each.pk for each in handoffs]).select_related("handoff")
    standing = {each.pk: each for each in (*promises, *theirs) if each.withdrawn_at is None}
    return [standing[key] for key in sorted(standing)]


def _handoff_rows(handoffs: Sequence[HandOff]) -> list[Row]:
    asked = HandOff.objects.filter(pk__in=[h.pk for h in handoffs]).annotate(
        asked=Count("reasks"), unfilled=Count("reasks", filter=Q(reasks__was_filled=False))
    )
    counts = {key: (every, unfilled) for key, every, unfilled in asked.values_list("pk", "asked", "unfilled")}
    return [_handoff_row(each, *counts[each.pk]) for each in handoffs]


def _handoff_row(row: HandOff, reasks: int, unfilled: int) -> Row:
    """One hand-off; a withdrawn one has no time at which anything happened, so that it counts nowhere."""
    happened = row.state != State.WITHDRAWN
    times = ("given_at", "returned_at", "accepted_at", "confirmed_at", "customer_confirmed_at")
    return {
        "handoff_id": f"{OWN}{row.pk}", "customer_id": row.customer_id, "deal_id": row.deal_id or None,
        "template": row.template, "from_role": row.from_role, "to_role": row.to_role,
        "from_person_id": row.from_person_id or None, "to_person_id": row.to_person_id or None,
        **{name: getattr(row, name) if happened else None for name in times},
        "completeness": _share(row.completeness), "accuracy": _share(row.accuracy), "items": len(row.items),
        "reasks": reasks, "reasks_unfilled": unfilled, "recorded_at": row.changed_at,
    }  # fmt: skip


def _item_rows(handoffs: Sequence[HandOff]) -> list[Row]:
    """Every item of every form as it was given; what is written anew after a return waits until it is given again."""
    written = HandOffItem.objects.filter(handoff__in=[h.pk for h in handoffs])
    held = {(each.handoff_id, each.item): each for each in written}
    return [
        _item_row(each, name, item)
        for each in handoffs
        for name in each.items
        for item in [held.get((each.pk, name))]
        if item is None or each.given_at is None or item.changed_at <= each.given_at
    ]


def _item_row(handoff: HandOff, name: str, item: HandOffItem | None) -> Row:
    row: Row = {"handoff_id": f"{OWN}{handoff.pk}", "item": name}
    if item is None:
        told: Row = {"value": None, "said_by": None, "at": None, "confirmed": None}
    else:
        at = datetime.combine(item.said_on, _NOON) if item.said_on else item.changed_at
        told = {"value": item.text or None, "said_by": item.said_by or None, "at": at, "confirmed": item.was_right}
    return {**row, **told, "recorded_at": handoff.changed_at}


def _promise_row(row: Promise) -> Row:
    """One promise; its hand-off is named once that was given, for then it is in the book."""
    handoff = row.handoff if row.handoff and row.handoff.given_at else None
    given_at = handoff.given_at if handoff and handoff.given_at else row.changed_at
    same = ("customer_id", "made_at", "text", "product_state", "due_on")
    ended = ("accepted_at", "refused_at", "kept_at", "broken_at")
    return {
        "promise_id": f"{OWN}{row.pk}", **{name: getattr(row, name) for name in same},
        **{name: getattr(row, name) or None for name in ("deal_id", "issue_id", "person_id")},
        "handoff_id": f"{OWN}{handoff.pk}" if handoff else None,
        **{name: getattr(row, name) for name in ended}, "recorded_at": max(row.changed_at, given_at),
    }  # fmt: skip


def _answer_row(row: FitAnswer) -> Row:
    return {
        "deal_id": row.deal_id, "question": row.question, "answer": row.answer, "answered_at": row.answered_at,
        "person_id": row.person_id or None, "recorded_at": row.answered_at,
    }  # fmt: skip


def _deal_row(row: DeclinedDeal, currency: str) -> Row:
    """A deal that no CRM knows, opened and closed on the day on which it was declined."""
    at = datetime.combine(row.declined_on, _NOON)
    return {
        "deal_id": f"{OWN}{row.pk}", "customer_id": row.customer_id or None, "name": row.name, "kind": "new",
        "person_id": row.person_id or None, "opened_at": at, "closed_at": at, "outcome": "declined",
        "lost_reason": row.reason, "amount_cents": row.amount_cents, "currency": row.currency or currency,
        "recorded_at": row.created_at,
    }  # fmt: skip


def _withdrawn(rows: Iterable[Promise | DeclinedDeal]) -> frozenset[str]:
    return frozenset(f"{OWN}{row.pk}" for row in rows if row.withdrawn_at is not None)


def _persons() -> list[Row]:
    """Who hands on, promises or answers here and is nobody of the book."""
    given = HandOff.objects.filter(given_at__isnull=False)
    named = {
        *_own(given, "from_person_id"), *_own(given, "to_person_id"), *_own(Promise.objects.all(), "person_id"),
        *_own(FitAnswer.objects.all(), "person_id"), *_own(DeclinedDeal.objects.all(), "person_id"),
    }  # fmt: skip
    users = User.objects.filter(username__in=[each.removeprefix(OWN) for each in named])
    return [person_row(each) for each in users.order_by("username")]


def _own(rows: QuerySet[HandOff] | QuerySet[Promise] | QuerySet[FitAnswer] | QuerySet[DeclinedDeal], column: str
         ) -> set[str]:  # fmt: skip
    return set(rows.filter(**{f"{column}__startswith": OWN}).values_list(column, flat=True).distinct())


def person_row(user: User) -> Row:
    """Who signs in here and is nobody of the book, as a person of it."""
    return {
        "person_id": f"{OWN}{user.username}", "name": user.get_full_name() or user.username,
        "email": user.email or None, "team": _TEAMS.get(profile_of(user).role, "other"),
        "started_on": user.date_joined.date(), "recorded_at": user.date_joined,
    }  # fmt: skip


def _share(millionths: int | None) -> str | None:
    return None if millionths is None else str(Decimal(millionths) / MILLION)
