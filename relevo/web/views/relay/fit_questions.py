"""What is asked before a sale, and what each answer counts: a rule of the house, from a day on and with a reason."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from relevo.base.errors import WrongUse
from relevo.desk.house.actions import save_rule
from relevo.desk.house.rules import rule_versions, rules_in_force
from relevo.desk.people.roles import Right
from relevo.desk.relay.fit_questions import RULE, Question, questions_with
from relevo.jobs.clock import now
from relevo.web import format as written
from relevo.web.parts import Cell, Grid, Head
from relevo.web.reader import clock, reading_of
from relevo.web.views.settings.tabs import company_today, day_of

NOT_UNDERSTOOD = 422
# How many empty places a form has beside the questions there are, and how many it reads at most.
_MORE, _MOST = 2, 14


@require_http_methods(["GET", "POST"])
def questions(request: HttpRequest) -> HttpResponse:
    """The questions of today; a POST lets others hold from a day on."""
    reading = reading_of(request)
    reading.check_right(Right.HOUSE)
    if request.method == "GET":
        return _page(request)
    asked = request.POST
    try:
        value = _typed(asked)
        questions_with(value)
        day = day_of(asked.get("from_on", ""))
        save_rule(RULE, value, day, reading.viewer.name, asked.get("reason", ""), now())
    except WrongUse as problem:
        return _page(request, problem)
    return HttpResponseRedirect(f"{reverse('fit-questions')}?done=saved&from={day.isoformat()}")


def _page(request: HttpRequest, problem: WrongUse | None = None) -> HttpResponse:
    held = rules_in_force(company_today()).get(RULE)
    asked = questions_with(held.value if held else [])
    told: dict[str, Any] = {
        "questions": asked,
        "held": held,
        "places": _places(asked, request.POST if problem else None),
        "history": _history(),
        "today": company_today().isoformat(),
        "problem": problem,
        "typed": request.POST,
        "done": request.GET.get("done", ""),
        "from_on": request.GET.get("from", ""),
    }
    return render(request, "relevo/relay/fit_questions.html", told, status=NOT_UNDERSTOOD if problem else 200)


def _places(asked: tuple[Question, ...], typed: QueryDict | None) -> list[dict[str, str]]:
    """The rows of the form: what was typed, else the questions that hold, and some empty ones."""
    if typed is not None:
        return [{name: typed.get(f"{name}_{i}", "") for name in ("key", "text", "answers")} | {"i": str(i)}
                for i in range(_MOST) if f"key_{i}" in typed]  # fmt: skip
    rows = [{"key": q.key, "text": q.text, "answers": _answers(q)} for q in asked]
    empty = [{"key": "", "text": "", "answers": ""}] * _MORE
    return [{**row, "i": str(i)} for i, row in enumerate([*rows, *empty])]


def _answers(question: Question) -> str:
    return ", ".join(f"{text}={points}" for text, points in question.answers)


def _typed(asked: QueryDict) -> list[dict[str, Any]]:
    """The rule that a form writes; rows without a key and a text are left out."""
    found = []
    for i in range(_MOST):
        key, text = asked.get(f"key_{i}", "").strip(), asked.get(f"text_{i}", "").strip()
        if key or text:
            found.append({"key": key, "text": text, "answers": _points(key, asked.get(f"answers_{i}", ""))})
    return found


def _points(key: str, text: str) -> dict[str, int]:
    """Answers with their points, written yes=2, partly=1, no=0."""
    found = {}
    for part in filter(str.strip, text.split(",")):
        answer, _is, points = part.rpartition("=")
        if not answer.strip() or not points.strip().isascii() or not points.strip().isdigit() or len(points) > 6:
            raise WrongUse(f"The answers of {key[:40]!r} have no points.", "Write yes=2, partly=1, no=0.")
        found[answer.strip()] = int(points)
    return found


def _history() -> Grid:
    rows = tuple(
        (Cell(written.day(v.from_on)), Cell(", ".join(q.key for q in questions_with(v.value))), Cell(v.saved_by),
         Cell(written.minute(v.saved_at.astimezone(clock()))), Cell(v.reason))
        for v in rule_versions(RULE)
    )  # fmt: skip
    heads = tuple(Head(name) for name in (_("From"), _("Questions"), _("By whom"), _("Saved"), _("Why")))
    return Grid(_("History"), heads, rows)
