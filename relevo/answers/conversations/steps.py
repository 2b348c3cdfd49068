"""The change of contacts between two months as steps that add up, and what it is made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from relevo.answers.values import Sentence, count, month
from relevo.insight.talks.contacts import Change

PARTS = ("customers", "mix", "rate")


@dataclass(frozen=True)
class DriverRow:
    """What one topic's contacts changed by between two months, and how often 100 active customers wrote about it."""

    change: Change
    per_100_before: float | None
    per_100: float | None


@dataclass(frozen=True)
class Volume:
    """The change of all contacts between two months as whole steps that add up to it exactly.

    Steps are customers, mix, rate, and others: contacts of unknown senders and of customers that do not pay. Both ends
    and every border are rounded once, so that each step begins where the one before it ended.
    """

    since: str
    until: str
    before: int
    after: int
    steps: Mapping[str, int]
    drivers: tuple[DriverRow, ...]


def whole_steps(total: Change) -> dict[str, int]:
    """The parts of a change as whole numbers that add up to it: the borders between them are rounded, not the parts."""
    exact: list[tuple[str, Fraction]] = [(name, getattr(total, name)) for name in PARTS]
    exact.append(("others", Fraction(total.others)))
    found, level, border = {}, Fraction(total.before), total.before
    for name, part in exact:
        level += part
        found[name] = round(level) - border
        border = round(level)
    return found


def comparable(volume: Volume) -> Sentence:
    """What the change of contacts is made of."""
    largest = max(PARTS, key=lambda name: (abs(volume.steps[name]), name))
    values = {
        "since": month(volume.since), "until": month(volume.until), "n": count(abs(volume.after - volume.before)),
        "part": count(abs(volume.steps[largest])),
    }  # fmt: skip
    if volume.after == volume.before:
        return Sentence("volume.same", values)
    grew = "more" if volume.after > volume.before else "fewer"
    with_it = (volume.steps[largest] > 0) == (volume.after > volume.before)
    return Sentence(f"volume.{grew}_{largest}" if with_it else f"volume.{grew}", values)
