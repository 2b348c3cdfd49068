"""The manifest: what one book is made of, and how it came to be. A book is this value plus immutable files."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from relevo.base.config import Company
from relevo.base.findings import Finding, Severity
from relevo.book.policy import Policy


@dataclass(frozen=True)
class Step:
    """One step of a build: what was made, how many rows, how long it took."""

    name: str
    rows: int
    seconds: float
    reused: bool = False


@dataclass(frozen=True)
class Manifest:
    """One book: identity, clocks, policy, its files (`parts`: table to Parquet name), counts and findings."""

    id: str
    built_at: datetime
    as_of: date
    known_at: datetime | None
    company: Company
    policy: Policy
    history_starts_on: date | None
    parts: Mapping[str, str]
    rows: Mapping[str, int]
    findings: tuple[Finding, ...]
    steps: tuple[Step, ...]

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
                "company": Company(**raw["company"]),
                "policy": Policy(**raw["policy"]),
                "findings": tuple(Finding(**{**f, "severity": Severity(f["severity"])}) for f in raw["findings"]),
                "steps": tuple(Step(**s) for s in raw["steps"]),
            }
        )
