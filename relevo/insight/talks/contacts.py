"""How often customers write, about what, and why that changed: more customers, other customers, or a higher rate.

A change in the number of contacts is told apart into three effects that add up to it: as if only the number of active
customers had moved, only their mix of segments, only how often customers of a segment write. Each effect is the mean
over all orders in which the three can move (Shapley 1953), so that none depends on which is taken first.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import permutations

NOBODY = Fraction(0)
# The factors whose product is a driver's contacts from one segment.
_FACTORS = ("customers", "mix", "rate")


@dataclass(frozen=True)
class Contacts:
    """One month: active customers by segment, their contacts by driver and segment, and contacts of anybody else."""

    customers: Mapping[str, int]
    contacts: Mapping[tuple[str, str], int]
    others: Mapping[str, int] = field(default_factory=dict)

    @property
    def active(self) -> int:
        """Active customers of all segments."""
        return sum(self.customers.values())

    @property
    def drivers(self) -> tuple[str, ...]:
        """What was written about, the most frequent first."""
        return tuple(sorted({d for d, _ in self.contacts} | set(self.others), key=lambda d: (-self.count(d), d)))

    def count(self, driver: str) -> int:
        """Contacts about it, of everybody."""
        return self.others.get(driver, 0) + sum(n for (d, _), n in self.contacts.items() if d == driver)

    def per_100(self, driver: str) -> float | None:
        """Contacts of active customers about it per 100 of them; None without one."""
        known = sum(n for (d, _), n in self.contacts.items() if d == driver)
        return 100 * known / self.active if self.active else None


@dataclass(frozen=True)
class Change:
    """How many contacts about one driver there were more, by what; the four parts add up to it exactly.

    `others` are contacts of unknown senders and of customers that are not active, which no customer explains.
    """

    driver: str
    before: int
    after: int
    customers: Fraction
    mix: Fraction
    rate: Fraction
    others: int

    @property
    def total(self) -> int:
        """The whole change."""
        return self.after - self.before


def change(before: Contacts, after: Contacts) -> tuple[Change, ...]:
    """The change between two months by driver, the largest first."""
    names = dict.fromkeys((*after.drivers, *before.drivers))
    found = [_of_driver(name, before, after) for name in names]
    return tuple(sorted(found, key=lambda each: (-abs(each.total), each.driver)))


def whole(parts: Iterable[Change]) -> Change:
    """The change of all drivers together."""
    known = tuple(parts)
    return Change(
        driver="",
        before=sum(each.before for each in known),
        after=sum(each.after for each in known),
        customers=sum((each.customers for each in known), NOBODY),
        mix=sum((each.mix for each in known), NOBODY),
        rate=sum((each.rate for each in known), NOBODY),
        others=sum(each.others for each in known),
    )


def _of_driver(name: str, before: Contacts, after: Contacts) -> Change:
    effects = dict.fromkeys(_FACTORS, NOBODY)
    for segment in sorted({*before.customers, *after.customers}):
        for factor, effect in _shares(_at(before, after, name, segment), _at(after, before, name, segment)).items():
            effects[factor] += effect
    others = after.others.get(name, 0) - before.others.get(name, 0)
    return Change(name, before.count(name), after.count(name), **effects, others=others)


def _at(month: Contacts, other: Contacts, driver: str, segment: str) -> Mapping[str, Fraction]:
    """The factors of one segment in a month; a share or a rate that nobody defines is that of the other month."""
    active = month.active or other.active
    mix = month.customers.get(segment, 0) if month.active else other.customers.get(segment, 0)
    there = month if month.customers.get(segment, 0) else other
    size = there.customers.get(segment, 0)
    return {
        "customers": Fraction(month.active),
        "mix": Fraction(mix, active) if active else NOBODY,
        "rate": Fraction(there.contacts.get((driver, segment), 0), size) if size else NOBODY,
    }


def _shares(before: Mapping[str, Fraction], after: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """The mean effect of each factor over the orders in which they move from their first to their second value."""
    effects = dict.fromkeys(_FACTORS, NOBODY)
    orders = list(permutations(_FACTORS))
    for order in orders:
        now = dict(before)
        for factor in order:
            was = _product(now)
            now[factor] = after[factor]
            effects[factor] += (_product(now) - was) / len(orders)
    return effects


def _product(factors: Mapping[str, Fraction]) -> Fraction:
    return factors["customers"] * factors["mix"] * factors["rate"]
