"""A finding: a problem in the data, as a value."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class Severity(StrEnum):
    """Critical stops a publish; a warning is shown; information explains."""

    CRITICAL = "critical"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True)
class Finding:
    """One problem found in the data: a stable `code`, how bad, where, in words, and what to do next.

    A message that quotes the data has its `plain` form beside it, for those who may not see every row.
    """

    severity: Severity
    code: str
    where: str
    message: str
    hint: str = ""
    plain: str = ""

    def without_quotes(self) -> "Finding":
        """The same finding without what it quotes from the data."""
        return replace(self, message=self.plain, plain="") if self.plain else self

    def stored(self) -> dict[str, str]:
        """The finding as manifests keep it."""
        return {**self.as_dict(), "plain": self.plain}

    def as_dict(self) -> dict[str, str]:
        """The finding as the CLI and the API print it."""
        return {
            "code": self.code,
            "severity": str(self.severity),
            "where": self.where,
            "message": self.message,
            "hint": self.hint,
        }


def worst_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings in the order in which they want attention."""
    ranks = {severity: rank for rank, severity in enumerate(Severity)}
    return tuple(sorted(findings, key=lambda f: (ranks[f.severity], f.code, f.where, f.message)))


def is_critical(findings: Iterable[Finding]) -> bool:
    """Whether any finding stops the publish."""
    return any(f.severity is Severity.CRITICAL for f in findings)
