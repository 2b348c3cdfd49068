"""What a loader that lands objects of an API as they are makes of a raw table: where each field stands in the object.

Airbyte keeps what is inside an object as JSON, dlt as columns `plan__amount` and tables `subscriptions__items__data`.
Both are the same paths of the same object, so that a shape is declared once.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

ELEMENT, PLACE, PARENT = ".", "#", "^"


@dataclass(frozen=True)
class Shape:
    """One raw table, `fills`, out of the objects that a loader lands in one of the tables `objects`.

    `columns` gives the paths of each field, tried in turn: `plan.amount` inside the object; where `unfold` names an
    array, inside its element, with `^id` for the object around it, `.` for an element that is a plain value and `#`
    for its place from 0; `'text'` is that text; `path in a, b` is whether the value is one of those. Every path is
    looked for in `inside` first. Elements that do not have at each path of `where` one of its values (any, where it
    names none) are no rows. Of objects with the same values at the paths `same` the last that was landed counts. A
    shape `instead` is used where none before it can be.
    """

    fills: str
    objects: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    unfold: tuple[str, ...] = ()
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    same: tuple[str, ...] = ("id",)
    inside: str = ""
    instead: bool = False


@dataclass(frozen=True)
class Shapes:
    """The shapes of one system. Without the raw tables `needs` nothing of it is worth reading."""

    system: str
    shapes: tuple[Shape, ...]
    needs: tuple[str, ...]


def shape(
    fills: str,
    objects: str,
    told: str,
    *,
    unfold: str = "",
    where: Mapping[str, tuple[str, ...]] | None = None,
    same: str = "id",
    inside: str = "",
    instead: bool = False,
) -> Shape:
    """A shape, its fields one a line: `field = path | path`; a field alone stands at the path of its own name."""
    columns = dict(_column(line) for line in told.splitlines() if line.strip())
    return Shape(fills, _each(objects), columns, _each(unfold), where or {}, _each(same, ","), inside, instead)


def _column(line: str) -> tuple[str, tuple[str, ...]]:
    name, _, paths = line.partition("=")
    return name.strip(), _each(paths) or (name.strip(),)


def _each(text: str, sign: str = "|") -> tuple[str, ...]:
    return tuple(each.strip() for each in text.split(sign) if each.strip())


def squashed(name: str) -> str:
    """A name as all loaders and warehouses keep it: `CreatedDate`, `created_date` and `CREATED_DATE` are one."""
    return re.sub(r"[\W_]+", "", name.casefold())
