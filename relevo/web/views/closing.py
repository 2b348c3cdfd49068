"""Closed months: what was reported of each, what the book says now; closing and reopening them."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from relevo.answers.closing import ClosingPage, MonthLine, State, check_may_close, closing_page
from relevo.jobs import closing as job
from relevo.web import format as written
from relevo.web.parts import Cell, Grid, Head
from relevo.web.reader import home, reading_of


@require_safe
def closing(request: HttpRequest) -> HttpResponse:
    """The months with their state, and the policy in force."""
    page = closing_page(reading_of(request))
    told = {"page": page, "sentence": _sentence(page), "months": _months(page), "conventions": _conventions(page)}
    return render(request, "relevo/closing.html", told)


@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Close a month, with the open ones before it where that was ticked; Refused for who does not see all."""
    check_may_close(reading_of(request))
    asked = request.POST
    who, reason = request.user.get_username(), asked.get("reason", "")
    job.close(home(), asked.get("month", ""), who=who, reason=reason, with_earlier="earlier" in asked)
    return HttpResponseRedirect(reverse("closing"))


@require_POST
def reopen(request: HttpRequest) -> HttpResponse:
    """Open the last closed month again, with a reason; Refused for who does not see all."""
    check_may_close(reading_of(request))
    asked = request.POST
    job.reopen(home(), asked.get("month", ""), who=request.user.get_username(), reason=asked.get("reason", ""))
    return HttpResponseRedirect(reverse("closing"))


def _sentence(page: ClosingPage) -> str:
    if page.last_closed is None:
        return _("No month is closed yet: every figure is as the book knows it now.")
    moved = [m for m in page.months if m.difference_cents]
    closed = _("Closed through %(month)s.") % {"month": written.month(page.last_closed)}
    if not moved:
        return closed + " " + _("The book says of every closed month what was reported.")
    return (
        closed
        + " "
        + _("Closed months that the book now knows otherwise: %(count)s.") % {"count": written.count(len(moved))}
    )


def _months(page: ClosingPage) -> Grid:
    heads = (
        Head(_("Month")),
        Head(_("State")),
        Head(_("MRR as reported"), is_number=True),
        Head(_("MRR restated"), is_number=True),
        Head(_("Difference"), is_number=True),
        Head(_("By whom")),
        Head(_("When")),
        Head(_("Why")),
        Head(_("Policy")),
    )
    return Grid(_("Months"), heads, tuple(_line(m, page.currency) for m in page.months))


def _line(line: MonthLine, currency: str) -> tuple[Cell, ...]:
    return (
        Cell(written.month(line.month)),
        Cell(_state(line), small="" if line.in_book or line.state is State.OPEN else _("with the next build")),
        _money(line.reported_cents, currency),
        _money(line.restated_cents, currency),
        _money(line.difference_cents, currency),
        Cell(line.who),
        Cell(written.minute(line.at) if line.at else ""),
        Cell(line.reason),
        Cell(line.policy, small=line.policy_hash),
    )


def _state(line: MonthLine) -> str:
    return {State.OPEN: _("open"), State.CLOSED: _("closed"), State.REOPENED: _("reopened")}[line.state]


def _money(minor: int | None, currency: str) -> Cell:
    return Cell("" if minor is None else written.money(minor, currency), is_number=True)


def _conventions(page: ClosingPage) -> Grid:
    heads = (Head(_("Convention")), Head(_("Usually")), Head(_("Here")))
    return Grid(_("Conventions"), heads, tuple((Cell(n), Cell(u), Cell(h)) for n, u, h in page.policy.differs))
