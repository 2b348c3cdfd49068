"""Goals: what the company set out to reach, each with a counter-measure and the retention that it serves.

A goal on one measure alone invites to reach it at the cost of everything else, so each names a second measure of
another kind. A target that serves nothing a customer stays for is an orphan until somebody links it.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from math import isfinite
from typing import Any

from relevo.answers.reading import Reading
from relevo.base.errors import RelevoError, WrongUse
from relevo.base.periods import month_of, month_text, parse_month
from relevo.desk.house.rules import rule_versions, rules_in_force
from relevo.desk.people.roles import Right
from relevo.measures.card import Kind
from relevo.measures.catalog import MEASURES

# The house rule that holds the goals; its value is a list of them.
GOALS_RULE = "targets"
# Measures of customers staying; a goal has to serve one of them.
RETENTION = (
    "net_revenue_retention",
    "gross_revenue_retention",
    "logo_churn",
    "gross_mrr_churn",
    "net_mrr_churn",
    "cohort_retention",
    "cohort_total",
    "survival",
    "renewal_rate",
    "expected_churn",
    "ltv",
)
MOST = 100


class GoalRefused(RelevoError):
    """A goal that may not stand: `code` is `single_metric` or `orphan_target`."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message, hint)
        self.code = code


@dataclass(frozen=True)
class Goal:
    """What a measure is to be by the end of a month, the measure to watch beside it, and the retention it serves.

    `measure` is one of the catalog or the company's own word for an activity, as `demos`; `counter` and `serves` are
    of the catalog and empty where they were not named. `value` is in the measure's own unit.
    """

    measure: str
    value: float
    until: str
    counter: str = ""
    serves: str = ""


@dataclass(frozen=True)
class Orphan:
    """A target that is linked to no measure of retention, where it stands, and how it is linked."""

    measure: str
    value: float
    until: str
    segment: str | None
    source: str


@dataclass(frozen=True)
class GoalsPage:
    """Goals in force and targets without a link. `orphan_share` is theirs of all; None where there is no target."""

    goals: tuple[Goal, ...]
    orphans: tuple[Orphan, ...]
    orphan_share: float | None
    may_change: bool


def goals_page(reading: Reading, on: date) -> GoalsPage:
    """The goals of the house on a day, and orphans among them and in the table `target`."""
    kept = _goals(on)
    linked = tuple(goal for goal in kept if _serves(goal))
    loose = [Orphan(g.measure, g.value, g.until, None, "house rule") for g in kept if not _serves(g)]
    names = {goal.measure for goal in linked}
    planned = _planned(reading)
    orphans = (*loose, *(each for each in planned if each.measure not in names and each.measure not in RETENTION))
    whole = len(kept) + len(planned)
    share = len(orphans) / whole if whole else None
    return GoalsPage(linked, orphans, share, _may_change(reading))


def lists_with_goal(reading: Reading, goal: Goal, on: date) -> tuple[tuple[date, list[dict[str, Any]]], ...]:
    """What to save so that a goal holds from a day on: the list of that day, and each that begins later.

    A list that was saved for a later day takes the place of the one before it, and would end a goal it lacks.
    """
    later = {version.from_on for version in rule_versions(GOALS_RULE) if version.from_on > on}
    return tuple((day, with_goal(reading, goal, day)) for day in (on, *sorted(later)))


def with_goal(reading: Reading, goal: Goal, on: date) -> list[dict[str, Any]]:
    """The goals in force on a day with this one among them, as the rule keeps them; it takes the place of its like.

    Refused for who may not change house rules, GoalRefused for a goal that may not stand, WrongUse for one that
    cannot be read.
    """
    if not _may_change(reading):
        reading.check_right(Right.HOUSE)
    _check(goal)
    linked = Goal(goal.measure, goal.value, goal.until, goal.counter, _serves(goal))
    others = [g for g in _goals(on) if (g.measure, g.until) != (goal.measure, goal.until)]
    if len(others) >= MOST:
        raise WrongUse(f"There are {MOST} goals, which is the most.", "Nobody can follow more: drop one first.")
    return [asdict(each) for each in (*others, linked)]


def _may_change(reading: Reading) -> bool:
    return bool({Right.HOUSE, Right.HOUSE_MONEY} & reading.viewer.rights)


def _check(goal: Goal) -> None:
    parse_month(goal.until)
    if not isfinite(goal.value):
        raise WrongUse(f"{goal.value} is no figure to reach.", "Write it as 500 or 0.95.")
    for name in (goal.counter, goal.serves):
        if name and name not in MEASURES:
            raise WrongUse(f"{name[:80]!r} is not a measure.", f"Known: {', '.join(MEASURES)}.")
    _check_counter(goal)
    if not _serves(goal):
        told = f"{goal.serves} is not about customers staying" if goal.serves else "it names none that it serves"
        raise GoalRefused(
            "orphan_target",
            f"The target on {goal.measure} is an orphan: {told}.",
            f"Name in `serves` the measure of retention that it helps, one of {', '.join(RETENTION)}.",
        )


def _check_counter(goal: Goal) -> None:
    kind = _kind(goal.measure)
    others = [name for name in MEASURES if _kind(name) is not kind]
    if not goal.counter or goal.counter == goal.measure:
        told = f"A goal on {goal.measure} alone would be reached at the cost of everything that it does not count."
    elif _kind(goal.counter) is kind:
        told = f"{goal.counter} is of the same kind as {goal.measure}, {kind}, so neither would hold the other back."
    else:
        return
    hint = f"Name in `counter` a measure of another kind, for example one of {', '.join(others[:8])}."
    raise GoalRefused("single_metric", told, hint)


def _kind(measure: str) -> Kind:
    """The kind of a measure; what the catalog does not know is an activity, and so an efficiency."""
    return MEASURES[measure].card.kind if measure in MEASURES else Kind.EFFICIENCY


def _serves(goal: Goal) -> str:
    """The measure of retention that a goal serves: a goal on one serves itself."""
    if goal.serves:
        return goal.serves if goal.serves in RETENTION else ""
    return goal.measure if goal.measure in RETENTION else ""


def _goals(on: date) -> list[Goal]:
    """The goals of the rule in force on a day. WrongUse for a value that is no list of goals."""
    rule = rules_in_force(on).get(GOALS_RULE)
    if rule is None:
        return []
    if not isinstance(rule.value, list):
        raise WrongUse(f"The rule {GOALS_RULE} is no list of goals.", "Set it through the goals of the API.")
    return [_goal(each) for each in rule.value]


def _goal(raw: Any) -> Goal:
    if not isinstance(raw, Mapping) or not isinstance(raw.get("value"), int | float):
        raise WrongUse(f"The rule {GOALS_RULE} holds what is no goal.", "Set it through the goals of the API.")
    named = {name: str(raw.get(name, "")) for name in ("measure", "until", "counter", "serves")}
    return Goal(value=raw["value"], **named)


def _planned(reading: Reading) -> tuple[Orphan, ...]:
    """The targets that were loaded, latest month first."""
    book = reading.company_book
    table = book.tables.target
    rows = book.run(table.select("measure", "value", "month", "segment")).rows
    found = [Orphan(str(m), float(v), month_text(month_of(on)), s, "table target") for m, v, on, s in rows]
    return tuple(sorted(found, key=lambda o: (o.until, o.measure, o.segment or ""), reverse=True))
