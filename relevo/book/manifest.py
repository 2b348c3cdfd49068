"""The manifest: what one book is made of, and how it came to be. A book is this value plus immutable files."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from relevo.base.config import Company
from relevo.base.findings import Finding, Severity
from relevo.book.landing_store import Load, fingerprint_of_all
from relevo.book.policy import Policy


@dataclass(frozen=True)
class Step:
    """One step of a build: what was made, how many rows, how long it took."""

    name: str
    rows: int
    seconds: float
    reused: bool = False


@dataclass(frozen=True)
class ClosedFile:
    """The evidence of a closed month: its month index, the file's name in the home's folder `closed`, its SHA-256."""

    month: int
    file: str
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """One book: identity, clocks, policy, its files, counts and findings.

    `parts` are the Parquet files of each table, `lost` the file that lists which of their rows do not count, where
    there is one. `base` is the book whose roll-ups hold for every customer that this one's do not name; None where
    it has them all. `recipe` is a hash of what decides roll-ups beside the rows and the day.
    `closed` are the months that were closed when it was made, in order. `definitions` maps every measure to a hash
    of its card and code (under '' of what all of them share), so that two books show what was defined otherwise.
    `landed` is a fingerprint of the loads that were there when its build began, empty in books of release 0.1.
    `decided` is one of what people had decided about who is one customer, empty where nothing was.
    """

    id: str
    built_at: datetime
    as_of: date
    known_at: datetime | None
    company: Company
    policy: Policy
    history_starts_on: date | None
    parts: Mapping[str, tuple[str, ...]]
    rows: Mapping[str, int]
    findings: tuple[Finding, ...]
    steps: tuple[Step, ...]
    closed: tuple[ClosedFile, ...] = ()
    definitions: Mapping[str, str] = field(default_factory=dict)
    lost: Mapping[str, str] = field(default_factory=dict)
    base: str | None = None
    recipe: str = ""
    landed: str = ""
    decided: str = ""

    @property
    def files(self) -> frozenset[str]:
        """The names of all Parquet files of the book."""
        return frozenset({*(file for files in self.parts.values() for file in files), *self.lost.values()})

    def has_all(self, loads: Iterable[Load]) -> bool:
        """Whether these are the loads it was made of; a book that does not name them is held to their times."""
        if self.landed:
            return self.landed == fingerprint_of_all(loads)
        return not any(load.table and load.at > self.built_at for load in loads)

    def to_json(self) -> str:
        """The manifest as it is stored beside the book."""
        return json.dumps(asdict(self), default=str, indent=1, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "Manifest":
        """The manifest of stored JSON."""
        raw: dict[str, Any] = json.loads(text)
        return cls(
            **{
                **raw,
                "built_at": datetime.fromisoformat(raw["built_at"]),
                "as_of": date.fromisoformat(raw["as_of"]),
                "known_at": datetime.fromisoformat(raw["known_at"]) if raw["known_at"] else None,
                "history_starts_on": (
                    date.fromisoformat(raw["history_starts_on"]) if raw["history_starts_on"] else None
                ),
                "parts": {name: _files(stored) for name, stored in raw["parts"].items()},
                "company": Company(**raw["company"]),
                "policy": Policy.of(raw["policy"]),
                "findings": tuple(Finding(**{**f, "severity": Severity(f["severity"])}) for f in raw["findings"]),
                "steps": tuple(Step(**s) for s in raw["steps"]),
                "closed": tuple(ClosedFile(**c) for c in raw.get("closed", ())),
            }
        )


def _files(stored: str | list[str]) -> tuple[str, ...]:
    """The files of a table; books of release 0.1 have one and write its name alone."""
    return (stored,) if isinstance(stored, str) else tuple(stored)
