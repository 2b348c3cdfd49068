"""The `[[reading]]` entries of relevo.toml, and what the mapping page keeps: what was said about files that asked."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from types import MappingProxyType
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
# What changes in the name of an export from one time to the next: a run of four digits or more, parted or not, and
# the number that a browser puts behind a second file of one name.
_CHANGES = re.compile(r"\d(?:[-_.:T ]?\d){3,}Z?|(?<=\()\d+(?=\)\.)")
_GLOB = re.compile(r"[\[*?]")


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
    return tuple(read_reading(entry, f"[[reading]] {place}") for place, entry in enumerate(raw, 1))


def reading_for(file: str, readings: Sequence[Reading]) -> Reading:
    """What was said about a file: the last entry that means it; one that says nothing where there is none."""
    said = [each for each in readings if means(each.file, file)]
    return said[-1] if said else Reading(file)


def entry_of(reading: Reading) -> dict[str, Any]:
    """A reading as the entry that says it, without what it leaves open."""
    said = {
        "file": reading.file,
        "is": reading.is_,
        "dates": str(reading.order or ""),
        "decimals": str(reading.point or ""),
        "timezone": reading.timezone,
        "currency": reading.currency or "",
        "columns": dict(reading.columns),
    }
    return {name: value for name, value in said.items() if value}


def written_entry(entry: Mapping[str, Any], notes: Mapping[str, str] = MappingProxyType({})) -> str:
    """An entry as text for relevo.toml; `notes` are remarks behind its settings."""
    lines = ["[[reading]]"]
    for name, value in entry.items():
        note = f"  # {notes[name]}" if name in notes else ""
        lines.append(f"{name} = {_written(value)}{note}")
    return "\n".join(lines) + "\n"


def _written(value: Any) -> str:
    if not isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False)
    pairs = (f"{_written(name)} = {_written(each)}" for name, each in value.items())
    return f"{{ {', '.join(pairs)} }}"


def pattern_of(file: str) -> str:
    """The glob of files that are called as this one but for a date or a number: `deals-*.csv` of deals-2026-05-12.csv.

    Folders are left out, for the next file may lie elsewhere.
    """
    name = file.rsplit("/", 1)[-1]
    return "*".join(exactly(part) for part in _CHANGES.split(name))


def exactly(file: str) -> str:
    """The glob of one file alone."""
    return _GLOB.sub(lambda sign: f"[{sign[0]}]", file)


def means(pattern: str, file: str) -> bool:
    """Whether a glob means a file, by its path below the folder or by its name."""
    return fnmatchcase(file, pattern) or fnmatchcase(file.rsplit("/", 1)[-1], pattern)


def read_reading(entry: Mapping[str, Any], where: str) -> Reading:
    """One entry as a reading; `where` names it in the WrongUse of what is not allowed there."""
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
