"""What a role may see and do. The defaults are a table here; house rules change single cells of it.

A sight says of which customers or persons: none, one's own, those of everybody one leads, or all. Figures of the
company are for every role and stand in no column.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from relevo.base.errors import WrongUse

# The house rule that changes the table: {"seller": {"money": "none"}, ...}.
ROLES_RULE = "roles"


class Sight(StrEnum):
    """How far somebody sees."""

    NONE = "none"
    OWN = "own"
    TEAM = "team"
    ALL = "all"


class Right(StrEnum):
    """What somebody may change for everybody: people and roles, house rules, those of money, the data, who is one.

    Who may change the data uploads files and says how they are read; `identity` says which customers are one.
    """

    PEOPLE = "people"
    DATA = "data"
    HOUSE = "house"
    HOUSE_MONEY = "house_money"
    IDENTITY = "identity"


@dataclass(frozen=True)
class Role:
    """A row of the table: how far its holder sees, per kind of row, and what it may change."""

    customers: Sight = Sight.NONE
    money: Sight = Sight.NONE
    persons: Sight = Sight.NONE
    conversations: Sight = Sight.NONE
    rights: frozenset[Right] = frozenset()


_OWNER = Role(Sight.ALL, Sight.ALL, Sight.ALL, Sight.ALL, frozenset(Right))
_LEAD = Role(Sight.TEAM, Sight.TEAM, Sight.TEAM, Sight.TEAM)
_MEMBER = Role(Sight.OWN, Sight.OWN, Sight.OWN, Sight.OWN)
DEFAULTS: Mapping[str, Role] = {
    "owner": _OWNER,
    "sales_lead": _LEAD,
    "success_lead": _LEAD,
    "support_lead": _LEAD,
    "seller": _MEMBER,
    "csm": _MEMBER,
    "agent": _MEMBER,
    "finance": Role(Sight.ALL, Sight.ALL, rights=frozenset({Right.HOUSE_MONEY, Right.IDENTITY})),
    "product": Role(customers=Sight.ALL, conversations=Sight.ALL),
    "analyst": Role(Sight.ALL, Sight.ALL),
}
# Who has no role sees the figures of the company and nobody's rows.
NO_ROLE = Role()
SIGHTS = ("customers", "money", "persons", "conversations")


def roles_with(rule: object) -> Mapping[str, Role]:
    """The table with a house rule's changes in it; WrongUse for a role, a column or a sight that does not exist."""
    roles = dict(DEFAULTS)
    if not isinstance(rule, Mapping):
        raise WrongUse(f"The rule {ROLES_RULE} is no table.", 'Write it as {"seller": {"money": "none"}}.')
    for name, cells in rule.items():
        roles[name] = _changed(name, cells)
    return roles


def _changed(name: str, cells: Any) -> Role:
    if name not in DEFAULTS:
        raise WrongUse(f"There is no role {name!r}.", f"Known: {', '.join(DEFAULTS)}.")
    if name == "owner":
        raise WrongUse("The role owner cannot be changed.", "Somebody has to see all; give people another role.")
    if not isinstance(cells, Mapping) or not set(cells) <= set(SIGHTS):
        raise WrongUse(f"The rule of {name} names what does not exist.", f"Known: {', '.join(SIGHTS)}.")
    if not {str(v) for v in cells.values()} <= set(Sight):
        raise WrongUse(f"The rule of {name} has a sight that does not exist.", f"Known: {', '.join(Sight)}.")
    sights: dict[str, Any] = {column: Sight(sight) for column, sight in cells.items()}
    return replace(DEFAULTS[name], **sights)
