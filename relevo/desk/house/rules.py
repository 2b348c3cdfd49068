"""Which house rules hold on a day."""

from dataclasses import dataclass
from datetime import date

from relevo.desk.house.models import HouseRule


@dataclass(frozen=True)
class RuleInForce:
    """A rule's value on a day, and who set it why; `text` says so to a reader."""

    key: str
    value: object
    from_on: date
    saved_by: str
    reason: str


def rules_in_force(on: date) -> dict[str, RuleInForce]:
    """By key, the value saved last among those that began latest on or before `on`.

    These win over the same settings in `relevo.toml`.
    """
    held = HouseRule.objects.filter(from_on__lte=on)  # ordered so that the last one per key is in force
    return {r.key: RuleInForce(r.key, r.value, r.from_on, r.saved_by, r.reason) for r in held}
