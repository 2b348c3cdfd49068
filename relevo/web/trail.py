"""The trail of who looked at figures by person, for they are about somebody, and of who took which file away."""

from collections.abc import Iterable

from django.http import HttpRequest

from relevo.answers.measures import PERSON_COLUMNS
from relevo.desk.people.actions import log_audit
from relevo.jobs.clock import now


def note_person_level(request: HttpRequest, dimensions: Iterable[str | None]) -> None:
    """Add an entry to the audit if any of the dimensions, or columns of a list, that were asked for is persons."""
    persons = sorted({d for d in dimensions if d and d.partition(":")[0] in PERSON_COLUMNS})
    if persons:
        details = {"by": persons, "address": request.get_full_path()[:500]}
        log_audit(request.user.get_username(), "person_level.seen", request.path, now(), details)


def note_export(request: HttpRequest, rows: int) -> None:
    """Add an entry to the audit that somebody took rows away as a file."""
    details = {"rows": rows, "address": request.get_full_path()[:500]}
    log_audit(request.user.get_username(), "exported", request.path, now(), details)
