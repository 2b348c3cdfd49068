"""The trail of who looked at figures by person: written down, because it is about somebody."""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.http import HttpRequest

from relevo.answers.measures import PERSON_DIMENSIONS
from relevo.desk.people.actions import log_audit


def note_person_level(request: HttpRequest, dimensions: Iterable[str | None]) -> None:
    """Add an entry to the audit if any of the dimensions that were asked for is persons."""
    persons = sorted({d for d in dimensions if d in PERSON_DIMENSIONS})
    if persons:
        details = {"by": persons, "address": request.get_full_path()[:500]}
        log_audit(request.user.get_username(), "person_level.seen", request.path, datetime.now(UTC), details)
