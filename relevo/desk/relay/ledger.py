"""The promises of the Desk as a ledger: those that a question finds, counted and by the page."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Q, QuerySet

from relevo.desk.among import among
from relevo.desk.relay.models import Promise
from relevo.desk.relay.promises import KeptPromise, ProductState, Standing, is_standing, kept_promise, not_withdrawn

# An open promise with nothing behind it is told of when its day is as near as this.
SOON = timedelta(days=30)
# More keys than this are not put into one question to the database.
_MOST_NAMED = 1_000


@dataclass(frozen=True)
class Wanted:
    """Which promises on a day, where the company is. '' and None ask for all.

    `customers` are ids as they were written down; with `also_by` those by these persons are found as well, whomever
    they were made to.
    """

    today: date
    standing: Standing | None = None
    product_state: str = ""
    person_id: str = ""
    about: Collection[str] | None = None
    due_from: date | None = None
    due_to: date | None = None
    customers: Collection[str] | None = None
    also_by: Collection[str] = ()


def count_both(wanted: Wanted, standing: Standing) -> tuple[int, int]:
    """How many promises are found, and how many of them stand so."""
    these = Count("id", filter=is_standing(standing, wanted.today))
    found = _found(wanted).aggregate(every=Count("id"), these=these)
    return found["every"], found["these"]


def newest(wanted: Wanted, limit: int | None) -> tuple[tuple[datetime, int], ...]:
    """When the newest of them were made, with their keys, newest first; None is no limit."""
    rows = _found(wanted).order_by("-made_at", "-id")
    return tuple(rows.values_list("made_at", "id")[:limit])


def with_keys(keys: frozenset[int]) -> dict[int, KeptPromise]:
    """Promises by their keys."""
    if len(keys) > _MOST_NAMED:
        return {row.pk: kept_promise(row) for row in not_withdrawn().order_by() if row.pk in keys}
    # In no order, and without an index of all promises: they would be walked through for the few that are named.
    found = Promise.objects.filter(pk__in=list(keys)).exclude(withdrawn_at__isnull=False)
    return {row.pk: kept_promise(row) for row in found.order_by()}


def last_due(wanted: Wanted, limit: int) -> tuple[KeptPromise, ...]:
    """Those whose day was last, first; those without a day by when they were said to be broken."""
    rows = _found(wanted, by_key=True)
    dated = rows.filter(due_on__isnull=False).order_by("-due_on", "-id")  # read off the index of days, from its end
    keys = list(dated.values_list("id", flat=True)[:limit])
    if len(keys) < limit:
        others = rows.filter(due_on__isnull=True).order_by(F("broken_at").desc(nulls_last=True), "-id")
        keys += others.values_list("id", flat=True)[: limit - len(keys)]
    found = with_keys(frozenset(keys))
    return tuple(found[key] for key in keys)


def red_soon(wanted: Wanted, limit: int) -> tuple[KeptPromise, ...]:
    """Open promises with nothing behind them whose day comes within 30 days, the nearest first."""
    rows = _found(wanted).filter(
        product_state=ProductState.ABSENT, link="", due_on__gte=wanted.today, due_on__lte=wanted.today + SOON,
        kept_at__isnull=True, broken_at__isnull=True,
    )  # fmt: skip
    # Most promises have no issue: that is no key by which to look for them.
    bare = rows.exclude(issue_id__gt="")
    return tuple(kept_promise(row) for row in bare.order_by("due_on", "id")[:limit])


def promisers(of: Collection[str] | None = None) -> frozenset[str]:
    """Everybody who promised anything, what was taken back too; of some persons, where some are named."""
    rows = Promise.objects.all() if of is None else Promise.objects.filter(person_id__in=list(of))
    return frozenset(rows.order_by().values_list("person_id", flat=True).distinct()) - {""}


def _found(wanted: Wanted, by_key: bool = False) -> QuerySet[Promise]:
    """What is asked for; `by_key` where the question is read off an index of its own."""
    is_few = wanted.about is not None or (wanted.customers is not None and len(wanted.customers) <= _MOST_NAMED)
    # The second is the same, said so that SQLite does not take it for a key of the index of all promises: those of some
    # customers and persons are found faster by theirs.
    rows = Promise.objects.exclude(withdrawn_at__isnull=False) if is_few or by_key else not_withdrawn()
    if wanted.customers is not None:
        rows = rows.filter(Q(customer_id__in=among(wanted.customers)) | Q(person_id__in=list(wanted.also_by)))
    if wanted.about is not None:
        rows = rows.filter(customer_id__in=among(wanted.about))
    if wanted.standing is not None:
        rows = rows.filter(is_standing(wanted.standing, wanted.today))
    named = {"product_state": wanted.product_state, "person_id": wanted.person_id,
             "due_on__gte": wanted.due_from, "due_on__lte": wanted.due_to}  # fmt: skip
    return rows.filter(**{name: value for name, value in named.items() if value})
