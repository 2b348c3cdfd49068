"""Templates of hand-offs: for each transition its items, its time and the receiver's checklist. Pure.

The six discovery items are those that an article on friction between teams found lost at hand-overs (rows S1-14 to
S1-19). A company changes them by the house rule `handoff_templates`; the rule is dated, so a hand-off knows by its
`template_from` which version it was written with. Stages 1 and 2 get one box of text (row S3-20, tension T25).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from relevo.base.errors import WrongUse

RULE = "handoff_templates"
SUMMARY = "summary"
# What a hand-off can be returned for beside its items.
PROMISES = "promises"
DISCOVERY = ("objectives", "needs", "wanted_solution", "expected_value", "calendar", "value_events")
# The items that are read by their numbers: without one they score a half.
WITH_NUMBER = frozenset({"expected_value"})
CHECKLIST = ("read_all", "promises_checked", "introduced", "meeting_held")
ROLES = ("sales", "presales", "implementation", "success", "account_manager", "support")
USUAL_DAYS = 3
CONFIRM_AFTER_DAYS = 30
SMALL_STAGES = (1, 2)
_MOST_ITEMS, _LONGEST_NAME = 12, 40


@dataclass(frozen=True)
class Template:
    """What is handed on from one role to the next: items, days to accept, and the receiver's checklist."""

    name: str
    from_role: str
    to_role: str
    items: tuple[str, ...] = DISCOVERY
    days: int = USUAL_DAYS
    checklist: tuple[str, ...] = CHECKLIST


DEFAULTS: Mapping[str, Template] = {
    each.name: each
    for each in (
        Template("sales_to_presales", "sales", "presales"),
        Template("sales_to_implementation", "sales", "implementation"),
        Template("sales_to_success", "sales", "success"),
        Template("presales_to_implementation", "presales", "implementation"),
        Template("implementation_to_success", "implementation", "success"),
        Template("success_to_support", "success", "support"),
        Template("success_to_success", "success", "success"),
    )
}


def templates_with(rule: object) -> Mapping[str, Template]:
    """The templates with a house rule's in the place of the defaults; WrongUse for one that cannot be used.

    The rule is a table by name: `{"sales_to_success": {"from_role", "to_role", "items", "days", "checklist"}}`. An
    empty table leaves the defaults; a template that is null is taken away.
    """
    if not isinstance(rule, Mapping):
        raise WrongUse("The templates are no table.", 'Write them as {"sales_to_success": {"items": ["objectives"]}}.')
    found = dict(DEFAULTS)
    for name, told in rule.items():
        if told is None:
            found.pop(name, None)
        else:
            found[name] = _template(str(name), told)
    return found


def for_stage(template: Template, stage: int | None) -> Template:
    """The template as a company of this stage uses it: one box of text for the smallest two."""
    return replace(template, items=(SUMMARY,), checklist=()) if stage in SMALL_STAGES else template


def _template(name: str, told: Any) -> Template:
    known = DEFAULTS.get(name)
    if not isinstance(told, Mapping) or not set(told) <= {"from_role", "to_role", "items", "days", "checklist"}:
        raise WrongUse(f"The template {name[:80]!r} is no table of roles, items, days and checklist.", "See how-to.")
    if known is None and not {"from_role", "to_role"} <= set(told):
        raise WrongUse(f"The template {name[:80]!r} does not say from_role and to_role.", "Name both.")
    made = replace(known or Template(name, "", ""), **{k: _part(name, k, v) for k, v in told.items()})
    if not made.from_role or not made.to_role or not made.items:
        raise WrongUse(f"The template {name[:80]!r} has no role or no item.", "Name two roles and an item at least.")
    return made


def _part(name: str, key: str, value: Any) -> Any:
    if key == "days":
        if type(value) is not int or not 1 <= value <= 365:
            raise WrongUse(f"The days of {name[:80]!r} are no whole number.", "Write 1 to 365.")
        return value
    if key in {"items", "checklist"}:
        return _names(name, value)
    return _word(name, value)


def _names(name: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, Iterable) or isinstance(value, str):
        raise WrongUse(f"The items of {name[:80]!r} are no list.", 'Write ["objectives", "needs"].')
    words = tuple(_word(name, each) for each in value)
    if len(set(words)) != len(words) or len(words) > _MOST_ITEMS:
        raise WrongUse(f"{name[:80]!r} names an item twice, or more than {_MOST_ITEMS}.", "Ask little.")
    return words


def _word(name: str, value: Any) -> str:
    if not isinstance(value, str) or not value.replace("_", "").isalnum() or len(value) > _LONGEST_NAME:
        raise WrongUse(f"{name[:80]!r} has {str(value)[:40]!r} where a word belongs.", "Write lower_snake words.")
    return value
