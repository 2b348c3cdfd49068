"""Settings, goals: what the company set out to reach, and targets that serve no customer who stays."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from relevo.answers.goals import (
    GOALS_RULE,
    RETENTION,
    Goal,
    GoalRefused,
    GoalsPage,
    Orphan,
    goals_page,
    lists_with_goal,
)
from relevo.answers.settings_house import check_may_see
from relevo.base.errors import WrongUse
from relevo.desk.house.actions import save_versions
from relevo.jobs.clock import now
from relevo.web import format as written
from relevo.web.parts import Cell, Grid, Head
from relevo.web.reader import reading_of
from relevo.web.views.settings.tabs import company_today, settings_page


@require_http_methods(["GET", "POST"])
def goals(request: HttpRequest) -> HttpResponse:
    """The goals and the orphans; a POST adds a goal, or takes the place of the one of that measure and month."""
    reading = reading_of(request)
    check_may_see(reading)
    if request.method == "GET":
        return _page(request)
    try:
        lists = lists_with_goal(reading, _goal(request), company_today())
        save_versions(GOALS_RULE, lists, reading.viewer.name, request.POST.get("reason", ""), now())
    except (WrongUse, GoalRefused) as problem:
        return _page(request, problem)
    return HttpResponseRedirect(reverse("goals") + "?done=saved")


def _goal(request: HttpRequest) -> Goal:
    asked = request.POST
    try:
        value = float(asked.get("value", "").replace(",", "."))
    except ValueError:
        raise WrongUse(f"{asked.get('value', '')[:40]!r} is not a number.", "Write it as 500 or 0.95.") from None
    named = {name: asked.get(name, "").strip()[:100] for name in ("measure", "until", "counter", "serves")}
    return Goal(value=value, **named)


def _page(request: HttpRequest, problem: WrongUse | GoalRefused | None = None) -> HttpResponse:
    page = goals_page(reading_of(request), company_today())
    share = None if page.orphan_share is None else written.rate(page.orphan_share)
    lines = _orphans(page)
    told = {
        "page": page,
        "count": len(lines.rows),
        "goals": _goals(page),
        "orphans": lines,
        "share": share,
        "retention": RETENTION,
    }
    return settings_page(request, "goals", told, problem=problem)


def _goals(page: GoalsPage) -> Grid:
    names = (_("Measure"), _("Until"), _("Serves"), _("Watched beside it"))
    heads = (*(Head(name) for name in names), Head(_("Goal"), is_number=True))
    rows = tuple(
        (
            Cell(g.measure),
            Cell(g.until),
            Cell(g.serves or g.measure),
            Cell(g.counter),
            Cell(_written(g.value), is_number=True),
        )
        for g in page.goals
    )
    return Grid(_("Goals"), heads, rows)


def _orphans(page: GoalsPage) -> Grid:
    """One line for each target of a segment, whose months follow on one another: a plan of three years is one."""
    names = (_("Measure"), _("Segment"), _("Stands in"), _("Months"))
    heads = (*(Head(name) for name in names), Head(_("Last target"), is_number=True))
    together: dict[tuple[str, str, str], list[Orphan]] = {}
    for each in page.orphans:
        together.setdefault((each.measure, each.segment or "", each.source), []).append(each)
    rows = tuple(_orphan(*key, sorted(lines, key=lambda o: o.until)) for key, lines in sorted(together.items()))
    return Grid(_("Orphan targets"), heads, rows)


def _orphan(measure: str, segment: str, source: str, lines: list[Orphan]) -> tuple[Cell, ...]:
    first, last = lines[0], lines[-1]
    months = written.month(last.until)
    if first is not last:
        months = _("%(first)s to %(last)s") % {"first": written.month(first.until), "last": months}
    value = Cell(_written(last.value), is_number=True)
    return (Cell(measure), Cell(segment or written.MISSING), Cell(source), Cell(months), value)


def _written(value: float) -> str:
    return written.number(value, 0 if float(value).is_integer() else 2)
