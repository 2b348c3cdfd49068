"""Which house rules hold on a day."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime

from relevo.desk.house.models import HouseRule


@dataclass(frozen=True)
class RuleInForce:
    """A rule's value on a day, and who set it why; `text` says so to a reader."""

    key: str
    value: object
    from_on: date
    saved_by: str
    reason: str


# The rules that a request which only reads has read already, by the day they were asked for.
_READ: ContextVar[dict[date, dict[str, RuleInForce]] | None] = ContextVar("rules read", default=None)


@contextmanager
def read_once() -> Iterator[None]:
    """Read the rules of a day once within this block, in which nobody changes them."""
    before = _READ.set({})
    try:
        yield
    finally:
        _READ.reset(before)


def rules_in_force(on: date) -> Mapping[str, RuleInForce]:
    """By key, the value saved last among those that began latest on or before `on`.

    These win over the same settings in `relevo.toml`.
    """
    kept = _READ.get()
    if kept is None:
        return _in_force(on)
    if on not in kept:
        kept[on] = _in_force(on)
    return kept[on]


def _in_force(on: date) -> dict[str, RuleInForce]:
    held = HouseRule.objects.filter(from_on__lte=on)  # ordered so that the last one per key is in force
    return {r.key: RuleInForce(r.key, r.value, r.from_on, r.saved_by, r.reason) for r in held}


def rule_history(key: str, until: date) -> tuple[RuleInForce, ...]:
    """The values that a rule has had up to a day, in the order of their days; the one saved last of each day."""
    held = HouseRule.objects.filter(key=key, from_on__lte=until)
    by_day = {r.from_on: RuleInForce(r.key, r.value, r.from_on, r.saved_by, r.reason) for r in held}
    return tuple(by_day[day] for day in sorted(by_day))


@dataclass(frozen=True)
class RuleVersion:
    """One value that a rule was given: from which day, by whom, when and why."""

    key: str
    value: object
    from_on: date
    saved_by: str
    saved_at: datetime
    reason: str


def rule_versions(key: str | None = None) -> tuple[RuleVersion, ...]:
    """Everything that was ever saved for a rule, or for all, the latest saved first."""
    found = HouseRule.objects.filter(key=key) if key else HouseRule.objects.all()
    names = ("key", "value", "from_on", "saved_by", "saved_at", "reason")
    return tuple(RuleVersion(*row) for row in found.order_by("-saved_at", "-id").values_list(*names))
