"""Settings, me: language and time zone, password."""

from functools import lru_cache
from zoneinfo import available_timezones

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from relevo.answers.settings_me import me_page
from relevo.base.errors import WrongUse
from relevo.desk.people.actions_doors import TooMany, begin_try, forgive, move_session
from relevo.desk.people.actions_members import keep_preferences, set_password
from relevo.jobs.clock import now
from relevo.web.entering import too_many
from relevo.web.labels import label
from relevo.web.reader import home, reading_of
from relevo.web.role_words import ROLE_NAMES
from relevo.web.views.settings.tabs import settings_page, user_of

# Zones by place; the others are old names of the same.
_PLACES = ("Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")


@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """Who I am here, and how I read pages."""
    return _page(request)


@require_POST
def save_profile(request: HttpRequest) -> HttpResponse:
    """Keep my language and time zone, and whether I am written to in the morning."""
    asked = request.POST
    try:
        mail = {"on": True, "off": False}.get(asked.get("morning_mail", ""))
        language, timezone = asked.get("language", ""), asked.get("timezone", "")
        keep_preferences(user_of(request), language=language, timezone=timezone, morning_mail=mail)
    except WrongUse as problem:
        return _page(request, problem)
    return HttpResponseRedirect(reverse("settings") + "?done=profile")


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Choose a password, or another one; the old one is asked, and other sessions end."""
    if request.method == "GET":
        return settings_page(request, "settings", {"page": me_page(reading_of(request))}, "password")
    try:
        _change_password(request)
    except TooMany as problem:
        return too_many(request, problem)
    except WrongUse as problem:
        return settings_page(request, "settings", {"page": me_page(reading_of(request))}, "password", problem)
    return HttpResponseRedirect(reverse("settings") + "?done=password")


def _change_password(request: HttpRequest) -> None:
    user, asked = user_of(request), request.POST
    if user.has_usable_password():
        begun = begin_try("password", "", user.username, now())
        if not user.check_password(asked.get("old", "")):
            raise WrongUse("This is not your password.", "Type the one with which you sign in now.")
        forgive(begun)
    if asked.get("new", "") != asked.get("again", ""):
        raise WrongUse("The two new passwords differ.", "Type the same one twice.")
    before = request.session.session_key or ""
    set_password(user, asked.get("new", ""), now(), keep=before)
    update_session_auth_hash(request, user)
    move_session(before, request.session.session_key or "")


def _page(request: HttpRequest, problem: WrongUse | None = None) -> HttpResponse:
    page = me_page(reading_of(request))
    told = {
        "page": page,
        "role": label(ROLE_NAMES, page.role),
        "all_languages": settings.LANGUAGES,
        "zones": _zones(),
        "company_zone": home().config().company.timezone,
    }
    return settings_page(request, "settings", told, "me", problem)


@lru_cache(maxsize=1)
def _zones() -> tuple[str, ...]:
    return ("UTC", *sorted(zone for zone in available_timezones() if zone.startswith(_PLACES)))
