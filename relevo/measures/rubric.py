"""The rubric of peer reviews: what is judged, out of how many points, how much it weighs, and what fails an answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

_MOST_CRITERIA, _MOST_POINTS, _MOST_WEIGHT, _LONGEST_NAME = 12, 100, 100, 40
ALLOWED = (
    f"a list of 1 to {_MOST_CRITERIA} criteria, each with a name, points of at most {_MOST_POINTS}, a weight and "
    "whether it is critical"
)
_NAMES = frozenset({"criterion", "points", "weight", "critical"})


@dataclass(frozen=True)
class Criterion:
    """One line of a rubric: its name, the most points, its weight, and whether below half of them all is failed."""

    name: str
    points: int = 4
    weight: Fraction = Fraction(1)
    is_critical: bool = False


# What a review asks by default: was it right, was it clear, was it kind, does the customer know what comes next?
DEFAULT = tuple(Criterion(name) for name in ("accuracy", "clarity", "tone", "next_step"))
ACCURACY = "accuracy"


def rubric_of(value: object) -> tuple[Criterion, ...]:
    """The criteria of a house rule's list of tables; ValueError for what is none.

    Nothing else may stand in a line: a review is for learning, and no amount or pay can be tied to it.
    """
    if not isinstance(value, list) or not 1 <= len(value) <= _MOST_CRITERIA:
        raise ValueError(value)
    found = tuple(_criterion(each) for each in value)
    if len({each.name for each in found}) != len(found) or not any(each.weight for each in found):
        raise ValueError(value)
    return found


def rubric_as_rule(rubric: tuple[Criterion, ...]) -> list[dict[str, Any]]:
    """A rubric as the house rule holds it."""
    return [
        {
            "criterion": each.name,
            "points": each.points,
            "weight": int(each.weight) if each.weight.denominator == 1 else float(each.weight),
            "critical": each.is_critical,
        }
        for each in rubric
    ]


def _criterion(line: Any) -> Criterion:
    if not isinstance(line, Mapping) or not set(line) <= _NAMES:
        raise ValueError(line)
    name, points, weight, critical = (
        line.get("criterion"), line.get("points", 4), line.get("weight", 1), line.get("critical", False)
    )  # fmt: skip
    is_name = isinstance(name, str) and 0 < len(name) <= _LONGEST_NAME and name.isidentifier()
    is_number = isinstance(weight, int | float) and not isinstance(weight, bool) and 0 <= weight <= _MOST_WEIGHT
    if not (is_name and is_number and type(points) is int and 1 <= points <= _MOST_POINTS and type(critical) is bool):
        raise ValueError(line)
    return Criterion(str(name), points, Fraction(str(weight)), critical)
