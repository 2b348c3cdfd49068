"""The `[[reading]]` entries of relevo.toml, and what the mapping page keeps: what was said about files that asked."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from relevo.base.errors import WrongUse
from relevo.book.currencies import is_currency
from relevo.sources.files.mapping import check_keys, required
from relevo.sources.raw.facts import Facts, Order, Point

_KEYS: Mapping[str, type] = {
    "file": str,
    "is": str,
    "dates": str,
    "decimals": str,
    "timezone": str,
    "currency": str,
    "columns": dict,
}
IGNORE = "nothing"


@dataclass(frozen=True)
class Reading:
    """What somebody said about the files that `file` (a glob) means.

    `is_` names a raw table as system.table, or says that the file is to be left alone. `columns` gives the heading of
    a field where it was not recognised.
    """

    file: str
    is_: str = ""
    order: Order | None = None
    point: Point | None = None
    timezone: str = ""
    currency: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def facts(self) -> Facts:
        """How the file writes days and decimals, as said."""
        return Facts(self.order, self.point)

    @property
    def identity(self) -> str:
        """Text that changes with anything that was said."""
        said = (self.is_, self.order, self.point, self.timezone, self.currency, sorted(self.columns.items()))
        return json.dumps(said)


def read_readings(raw: Sequence[Mapping[str, Any]]) -> tuple[Reading, ...]:
    """The readings of a configuration; WrongUse names the entry and what is allowed there."""
    return tuple(_reading(entry, f"[[reading]] {place}") for place, entry in enumerate(raw, 1))


def reading_for(file: str, readings: Sequence[Reading]) -> Reading:
    """What was said about a file: the last entry that means it; one that says nothing where there is none."""
    name = file.rsplit("/", 1)[-1]
    said = [each for each in readings if fnmatchcase(file, each.file) or fnmatchcase(name, each.file)]
    return said[-1] if said else Reading(file)


def _reading(entry: Mapping[str, Any], where: str) -> Reading:
    check_keys(entry, _KEYS, where)
    currency = entry.get("currency")
    if currency is not None and not is_currency(currency):
        raise WrongUse(f"currency of {where} is {currency!r}.", "Write an ISO 4217 code such as EUR.")
    zone = entry.get("timezone", "")
    try:
        ZoneInfo(zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        raise WrongUse(f"timezone of {where} is {zone!r}.", "Write an IANA name such as Europe/Madrid.") from None
    order, point = entry.get("dates"), entry.get("decimals")
    if order not in (None, *Order) or point not in (None, *Point):
        raise WrongUse(f"{where} says dates {order!r}, decimals {point!r}.", 'Write "dmy" or "mdy"; "." or ",".')
    return Reading(
        required(entry, "file", where),
        entry.get("is", ""),
        Order(order) if order else None,
        Point(point) if point else None,
        zone,
        currency,
        {str(name): str(heading) for name, heading in entry.get("columns", {}).items()},
    )
