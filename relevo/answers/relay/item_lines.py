"""The templates of hand-offs with what becomes of their items, and what to save where one changes. As of now."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from relevo.answers.reading import Reading
from relevo.base.errors import WrongUse
from relevo.desk.house.rules import RuleInForce, rule_versions, rules_in_force
from relevo.desk.people.roles import Right
from relevo.desk.relay.item_use import FEWEST_GIVEN, UNREAD, ItemUse, item_uses
from relevo.desk.relay.templates import RULE, Template, templates_with

__all__ = ["FEWEST_GIVEN", "UNREAD", "ItemUse", "ItemsPage", "TemplateUse", "items_page", "rule_with", "template_named"]
_PARTS = ("from_role", "to_role", "items", "days", "checklist")


@dataclass(frozen=True)
class TemplateUse:
    """A template in force with its items in order, each with its use in 90 days; one that is asked no more follows."""

    shape: Template
    items: tuple[ItemUse, ...]
    given: int

    @property
    def seconds(self) -> float | None:
        """The median times of its items together; None where none is known."""
        known = [each.seconds for each in self.items if each.seconds is not None]
        return sum(known) if known else None


@dataclass(frozen=True)
class ItemsPage:
    """Every template, those used most first; `unread` are proposed for removal. `rule` is None by default."""

    templates: tuple[TemplateUse, ...]
    unread: tuple[ItemUse, ...]
    rule: RuleInForce | None
    may_change: bool


def items_page(reading: Reading, now: datetime, today: date) -> ItemsPage:
    """What is asked at hand-overs, and whether anybody reads it; figures of the whole company, for everybody."""
    rule = rules_in_force(today).get(RULE)
    found = {(use.template, use.item): use for use in item_uses(now)}
    shapes = templates_with(rule.value if rule else {})
    templates = tuple(sorted((_use(shape, found) for shape in shapes.values()),
                             key=lambda each: (-each.given, each.shape.name)))  # fmt: skip
    unread = tuple(use for each in templates for use in each.items if use.is_unread and use.item in each.shape.items)
    return ItemsPage(templates, unread, rule, Right.HOUSE in reading.viewer.rights)


def rule_with(reading: Reading, changed: Template, on: date) -> tuple[tuple[date, Mapping[str, Any]], ...]:
    """What to save so that a template holds from a day on: the table of that day, and each that begins later.

    A table that was saved for a later day takes the place of the one before it, and would bring the old template back.
    Refused without the right, WrongUse for a template that cannot be used.
    """
    reading.check_right(Right.HOUSE)
    later = {version.from_on for version in rule_versions(RULE) if version.from_on > on}
    told = {name: value for name, value in asdict(changed).items() if name in _PARTS}
    told = {name: list(value) if isinstance(value, tuple) else value for name, value in told.items()}
    versions = tuple((day, {**_table(day), changed.name: told}) for day in (on, *sorted(later)))
    for _day, table in versions:
        templates_with(table)
    return versions


def template_named(reading: Reading, name: str, on: date) -> Template:
    """A template in force on a day; WrongUse where there is none. Refused without the right to change it."""
    reading.check_right(Right.HOUSE)
    found = templates_with(_table(on)).get(name)
    if found is None:
        raise WrongUse(f"There is no template {name[:40]!r}.", "Open the page again.")
    return found


def _table(on: date) -> dict[str, Any]:
    rule = rules_in_force(on).get(RULE)
    return dict(rule.value) if rule and isinstance(rule.value, Mapping) else {}


def _use(shape: Template, found: Mapping[tuple[str, str], ItemUse]) -> TemplateUse:
    gone = [item for name, item in found if name == shape.name and item not in shape.items]
    lines = [found.get((shape.name, item), ItemUse(shape.name, item, 0, 0, 0, None)) for item in (*shape.items, *gone)]
    return TemplateUse(shape, tuple(lines), _most(lines))


def _most(lines: Sequence[ItemUse]) -> int:
    return max((line.given for line in lines), default=0)
