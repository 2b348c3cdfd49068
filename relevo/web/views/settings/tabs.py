"""The tabs of Settings, each with an address of its own; who lacks the right does not see the tab."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from relevo.base.errors import RelevoError, WrongUse
from relevo.desk.people.roles import Right
from relevo.jobs.clock import today
from relevo.web.reader import home, reading_of

NOT_UNDERSTOOD = 422


@dataclass(frozen=True)
class Tab:
    """One tab: its route, its name, and the rights of which one opens it; none are needed for what is one's own."""

    route: str
    name: str | Promise
    rights: frozenset[Right] = frozenset()


_HOUSE = frozenset({Right.HOUSE, Right.HOUSE_MONEY})
_PEOPLE = frozenset({Right.PEOPLE})
TABS = (
    Tab("settings", _("Me")),
    Tab("sessions", _("Sessions")),
    Tab("keys", _("Keys")),
    Tab("people", _("People"), _PEOPLE),
    Tab("roles", _("Roles"), _PEOPLE),
    Tab("house", _("House rules"), _HOUSE),
    Tab("goals", _("Goals"), _HOUSE),
    Tab("running", _("Running"), frozenset({Right.HOUSE})),
    Tab("audit", _("Audit"), _PEOPLE),
)


def settings_page(
    request: HttpRequest, here: str, told: Mapping[str, Any], template: str = "", problem: RelevoError | None = None
) -> HttpResponse:
    """A page of Settings under its tabs; with a problem, the same page with what is wrong and what was typed."""
    rights = reading_of(request).viewer.rights
    tabs = [
        {"name": tab.name, "url": reverse(tab.route), "is_here": tab.route == here}
        for tab in TABS
        if not tab.rights or tab.rights & rights
    ]
    context = {**told, "tabs": tabs, "problem": problem, "typed": request.POST, "done": request.GET.get("done", "")}
    status = NOT_UNDERSTOOD if problem else 200
    return render(request, f"relevo/settings/{template or here}.html", context, status=status)


def user_of(request: HttpRequest) -> User:
    """The user who signed in, read again: what a page shows must not come from a form that failed."""
    return User.objects.get(username=request.user.get_username())


def company_today() -> date:
    """The day it is where the company is."""
    return today(home().config().company.timezone)


def day_of(text: str) -> date:
    """A day written YYYY-MM-DD; today where nothing is written. WrongUse for anything else."""
    if not text:
        return company_today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongUse(f"{text[:40]!r} is not a day.", "Write it as 2026-10-31.") from None
