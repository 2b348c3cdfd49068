"""Settings, roles: the table in words, changed cell by cell with a day and a reason."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from relevo.answers.settings_people import RoleLine, RolesPage, roles_page, roles_with_cell
from relevo.base.errors import WrongUse
from relevo.desk.house.actions import save_rule
from relevo.desk.people.roles import DEFAULTS, ROLES_RULE, Sight
from relevo.desk.people.roles import SIGHTS as COLUMNS
from relevo.jobs.clock import now
from relevo.web import format as written
from relevo.web.labels import label
from relevo.web.parts import Cell, Grid, Head
from relevo.web.reader import reading_of
from relevo.web.role_words import RIGHTS, ROLE_NAMES, SIGHT_COLUMNS, SIGHTS
from relevo.web.views.settings.tabs import company_today, day_of, settings_page


@require_http_methods(["GET", "POST"])
def roles(request: HttpRequest) -> HttpResponse:
    """What each role sees; `?role=&column=` opens a cell, a POST changes it from a day on."""
    page = roles_page(reading_of(request), company_today())
    if request.method == "GET":
        return _page(request, page)
    asked = request.POST
    try:
        day = day_of(asked.get("from_on", ""))
        rule = roles_with_cell(
            reading_of(request), asked.get("role", ""), asked.get("column", ""), asked.get("sight", ""), day
        )
        save_rule(ROLES_RULE, rule, day, reading_of(request).viewer.name, asked.get("reason", ""), now())
    except WrongUse as problem:
        return _page(request, page, problem)
    return HttpResponseRedirect(f"{reverse('roles')}?done=saved&from={day.isoformat()}")


def _page(request: HttpRequest, page: RolesPage, problem: WrongUse | None = None) -> HttpResponse:
    told = {
        "grid": _grid(page),
        "rule": page.rule,
        "cell": _cell_form(request, page),
        "today": company_today(),
        "from_on": request.GET.get("from", ""),
    }
    return settings_page(request, "roles", told, problem=problem)


def _cell_form(request: HttpRequest, page: RolesPage) -> dict[str, Any] | None:
    """The cell that is open; None where none is, or where it is the owner's."""
    asked = request.POST or request.GET
    role, column = asked.get("role", ""), asked.get("column", "")
    if role not in DEFAULTS or role == "owner" or column not in COLUMNS:
        return None
    line = next(line for line in page.lines if line.role == role)
    cell = next(cell for cell in line.cells if cell.column == column)
    chosen = asked.get("sight") or cell.now
    return {
        "role": role,
        "role_name": label(ROLE_NAMES, role),
        "column": column,
        "column_name": label(SIGHT_COLUMNS, column),
        "default": label(SIGHTS, cell.default),
        "sights": [(s.value, label(SIGHTS, s.value), s == chosen) for s in Sight],
    }


def _grid(page: RolesPage) -> Grid:
    heads = (_("Role"), *(label(SIGHT_COLUMNS, name) for name in COLUMNS), _("May change"))
    rows = tuple(_row(line) for line in page.lines)
    return Grid(_("Roles"), (*(Head(name) for name in heads), Head(_("People"), is_number=True)), rows)


def _row(line: RoleLine) -> tuple[Cell, ...]:
    cells = tuple(
        Cell(
            label(SIGHTS, cell.now),
            "" if line.is_fixed else f"{reverse('roles')}?role={line.role}&column={cell.column}#cell",
            small=_("by default %(sight)s") % {"sight": label(SIGHTS, cell.default)} if cell.is_changed else "",
        )
        for cell in line.cells
    )
    rights = ", ".join(label(RIGHTS, right.value) for right in sorted(line.rights)) or written.MISSING
    return (Cell(label(ROLE_NAMES, line.role)), *cells, Cell(rights), Cell(written.count(line.people), is_number=True))
