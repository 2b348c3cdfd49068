"""A measure as a file: the same answer as `relevo show`."""

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from relevo.answers.measures import MeasureAnswer, show_asked
from relevo.answers.values import Unit
from relevo.base.errors import WrongUse
from relevo.web.downloads import csv_file, json_default
from relevo.web.parts import column_name
from relevo.web.reader import reading_of
from relevo.web.spreadsheets import SheetColumn, xlsx_file
from relevo.web.trail import note_export, note_person_level

HAPPINESS, PERSON = "happiness", "person"


@require_safe
def measure(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """The rows of a measure as CSV, XLSX or JSON, asked by `by`, `from`, `to`, `months`, `grain` and `where`."""
    asked = {key: request.GET.getlist(key) for key in request.GET}
    _refuse_satisfaction_alone(name, asked)
    answer = show_asked(reading_of(request), name, asked)
    filtered = (condition.partition("=")[0] for condition in asked.get("where", ()))
    note_person_level(request, (*(column.name for column in answer.columns), *filtered))
    note_export(request, len(answer.rows))
    if form == "csv":
        return csv_file(name, _columns(answer), answer.rows)
    if form == "xlsx":
        return xlsx_file(name, _sheet(answer), answer.rows, answer.currency)
    if form == "json":
        text = json.dumps(answer.as_dict(), default=json_default, ensure_ascii=False)
        return HttpResponse(text, content_type="application/json")
    raise Http404


def _refuse_satisfaction_alone(name: str, asked: dict[str, list[str]]) -> None:
    """Happiness of one person is no file of its own: taken away it would pass for an appraisal (row S2-35)."""
    persons = [value for dimension, _is, value in (each.partition("=") for each in asked.get("where", ()))
               if dimension == PERSON]  # fmt: skip
    if name == HAPPINESS and persons:
        raise WrongUse(
            "What customers say of one person is not given as a file by itself: it is one of four angles.",
            f"Take all of them from {reverse('appraisal', args=[persons[0]])}, or all persons with by={PERSON}.",
        )


def _sheet(answer: MeasureAnswer) -> list[SheetColumn]:
    units = {column.name: column.unit for column in answer.columns}
    return [SheetColumn(name, column_name(name), units.get(name, Unit.TEXT)) for name in _columns(answer)]


def _columns(answer: MeasureAnswer) -> list[str]:
    """The columns of the card, then whatever else the rows carry."""
    named = [column.name for column in answer.columns]
    found = dict.fromkeys(key for row in answer.rows for key in row)
    return [name for name in named if name in found or not found] + [key for key in found if key not in named]
