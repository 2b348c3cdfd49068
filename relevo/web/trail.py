"""The trail of who looked at figures by person, for they are about somebody, and of who took which file away."""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.http import HttpRequest

from relevo.answers.customer_columns import HELD
from relevo.answers.measures import PERSON_DIMENSIONS
from relevo.desk.people.actions import log_audit

_HOLDERS = (HELD, "owner")


def note_person_level(request: HttpRequest, dimensions: Iterable[str | None]) -> None:
    """Add an entry to the audit if any of the dimensions, or columns of a list, that were asked for is persons."""
    persons = sorted({d for d in dimensions if d and (d in PERSON_DIMENSIONS or d.partition(":")[0] in _HOLDERS)})
    if persons:
        details = {"by": persons, "address": request.get_full_path()[:500]}
        log_audit(request.user.get_username(), "person_level.seen", request.path, datetime.now(UTC), details)


def note_export(request: HttpRequest, rows: int) -> None:
    """Add an entry to the audit that somebody took rows away as a file."""
    details = {"rows": rows, "address": request.get_full_path()[:500]}
    log_audit(request.user.get_username(), "exported", request.path, datetime.now(UTC), details)
