"""Which fields of hand-offs are filled in and read, and how long filling them takes (tension T25)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import Count, Min, QuerySet

from relevo.desk.relay.models import HandOff, HandOffItem, ItemRead, RelayEvent

# What nobody read in so long, of so many hand-offs given, is proposed for removal.
UNREAD = timedelta(days=90)
FEWEST_GIVEN = 5
# A longer pause between two saves is a break, not work.
PAUSE = timedelta(minutes=5)
# All is told from so many hand-offs at most, the last ones given, and time from fewer of them.
_MOST, _TIMED = 1_000, 300


@dataclass(frozen=True)
class Saved:
    """That somebody saved an item of a hand-off at a moment."""

    item: str
    who: str
    at: datetime


@dataclass(frozen=True)
class ItemUse:
    """An item of a template over the last 90 days: in hand-offs given, those with a text, those in which it was read.

    Where more than a thousand were given it is told from the last thousand.

    `read_of_any` counts hand-offs given earlier too. `seconds` is the median time of filling it in, None where nobody's
    time is known.
    """

    template: str
    item: str
    given: int
    filled: int
    read: int
    seconds: float | None
    read_of_any: int = 0

    @property
    def is_unread(self) -> bool:
        """Whether it is asked of many and read by nobody."""
        return self.given >= FEWEST_GIVEN and not self.read_of_any


def item_uses(now: datetime) -> tuple[ItemUse, ...]:
    """What became of every item that was asked for in hand-offs given in the last 90 days."""
    since = now - UNREAD
    rows = HandOff.objects.filter(given_at__gte=since, given_at__lte=now).exclude(state="withdrawn")
    last = tuple(rows.order_by("-given_at", "-id").values_list("id", "template", "items")[:_MOST])
    asked: dict[tuple[str, str], int] = defaultdict(int)
    for _key, template, items in last:
        for item in items:
            asked[template, item] += 1
    keys = [key for key, _template, _items in last]
    filled = _counts(HandOffItem.objects.filter(handoff_id__in=keys).exclude(text=""))
    reads = ItemRead.objects.filter(at__gte=since, at__lte=now)
    read, of_any = _counts(reads.filter(handoff_id__in=keys)), _counts(reads)
    took = _medians({key: template for key, template, _items in last[:_TIMED]})
    return tuple(
        ItemUse(*key, given, filled.get(key, 0), read.get(key, 0), took.get(key), of_any.get(key, 0))
        for key, given in sorted(asked.items())
    )  # fmt: skip


def fill_times(saves: Iterable[Saved]) -> Mapping[str, float]:
    """Seconds spent on each item: the pause before a save of it, where its writer saved something not long before.

    The first save of a writer tells nothing, and neither does one after a pause longer than five minutes. Their sum is
    the time of the whole hand-off.
    """
    last: dict[str, datetime] = {}
    spent: dict[str, float] = defaultdict(float)
    for each in sorted(saves, key=lambda save: save.at):
        before = last.get(each.who)
        if before is not None and each.at - before <= PAUSE:
            spent[each.item] += (each.at - before).total_seconds()
        last[each.who] = each.at
    return dict(spent)


def _counts(rows: QuerySet[HandOffItem] | QuerySet[ItemRead]) -> dict[tuple[str, str], int]:
    """Hand-offs by template and item."""
    counted = rows.values_list("handoff__template", "item").annotate(n=Count("handoff_id", distinct=True))
    return {(template, item): n for template, item, n in counted.order_by()}


def _medians(templates: Mapping[int, str]) -> dict[tuple[str, str], float]:
    """The median over hand-offs of the time that an item took before its hand-off was given first."""
    events = RelayEvent.objects.filter(handoff_id__in=list(templates))
    given = dict(events.filter(kind="given").values_list("handoff_id").annotate(first=Min("at")).order_by())
    saves: dict[int, list[Saved]] = defaultdict(list)
    for key, item, who, at in events.filter(kind="item.saved").values_list("handoff_id", "item", "who", "at"):
        if key in given and at <= given[key]:
            saves[key].append(Saved(item, who, at))
    times: dict[tuple[str, str], list[float]] = defaultdict(list)
    for key, written in saves.items():
        for item, seconds in fill_times(written).items():
            times[templates[key], item].append(seconds)
    return {name: median(found) for name, found in times.items()}
