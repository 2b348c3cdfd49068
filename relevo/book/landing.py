"""The landing: what was loaded, which of it counts, and what was wrong with it. The reading side of `relevo load`."""

from relevo.book.landing_rows import kept_sql
from relevo.book.landing_status import (
    LandingStatus,
    QuarantinedRow,
    ReasonCount,
    TableCount,
    quarantine_reasons,
    quarantined_rows,
    status,
)
from relevo.book.landing_store import Landing, Load, fingerprint, fingerprint_of_all

__all__ = [
    "Landing",
    "LandingStatus",
    "Load",
    "QuarantinedRow",
    "ReasonCount",
    "TableCount",
    "fingerprint",
    "fingerprint_of_all",
    "kept_sql",
    "quarantine_reasons",
    "quarantined_rows",
    "status",
]
