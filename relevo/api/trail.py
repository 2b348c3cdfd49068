"""The trail: who took lists away as a whole, and who looked at figures by person."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest

from relevo.answers.measures import PERSON_COLUMNS, MeasureAnswer
from relevo.api.callers import caller_of
from relevo.desk.people.actions import log_audit
from relevo.jobs.clock import now


def note_export(request: HttpRequest, what: str, rows: int) -> None:
    """Write down that somebody took a whole list, or a figure without its partners."""
    _note(request, "exported", what, {"rows": rows})


def note_read_through(request: HttpRequest, what: str, page: Mapping[str, Any]) -> None:
    """Write down a list that was read to its end: whoever reads the last page has the whole of it."""
    if page["next"] is None and page["items"]:
        note_export(request, what, page["found"])


def note_person_level(
    request: HttpRequest, name: str, answers: Iterable[MeasureAnswer], asked: Mapping[str, Sequence[str]]
) -> None:
    """Write down that somebody was shown figures by person, as a cut, as a filter or as the rows themselves."""
    named = {column.name for answer in answers for column in answer.columns}
    named |= {condition.partition("=")[0] for condition in asked.get("where", ())}
    note_persons_of(request, name, named)


def note_persons_of(request: HttpRequest, name: str, columns: Iterable[str]) -> None:
    """Write down that somebody was shown what is cut or filtered by persons, where one of the columns is."""
    persons = sorted({each for each in columns if each.partition(":")[0] in PERSON_COLUMNS})
    if persons:
        _note(request, "person_level.seen", name, {"by": persons})


def _note(request: HttpRequest, action: str, about: str, details: Mapping[str, object]) -> None:
    caller = caller_of(request)
    through = {"key": caller.key.prefix} if caller.key else {}
    told = {**details, **through, "address": request.get_full_path()[:500]}
    log_audit(caller.user.username, action, about, now(), told)
