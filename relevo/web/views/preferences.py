"""Language, theme and density of tables: in cookies of this browser; the language in the profile of who signed in."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from relevo.desk.people.actions_members import keep_preferences
from relevo.web.frame import DENSITIES, DENSITY_COOKIE, THEME_COOKIE, THEMES

YEAR_S = 365 * 24 * 3600


@login_not_required
@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Keep what was chosen and go back to the page.

    'system' forgets the theme and 'roomy' the density; unknown values change nothing.
    """
    response = HttpResponseRedirect(_back(request))
    asked = request.POST
    if asked.get("language") in dict(settings.LANGUAGES):
        _keep(response, settings.LANGUAGE_COOKIE_NAME, asked["language"])
        if isinstance(request.user, User):
            keep_preferences(request.user, language=asked["language"])
    _keep_or_forget(response, THEME_COOKIE, asked.get("theme", ""), THEMES, "system")
    _keep_or_forget(response, DENSITY_COOKIE, asked.get("density", ""), DENSITIES, "roomy")
    return response


def _keep_or_forget(response: HttpResponse, cookie: str, value: str, known: tuple[str, ...], usual: str) -> None:
    if value in known:
        _keep(response, cookie, value)
    elif value == usual:
        response.delete_cookie(cookie)


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "/")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours else "/"


def _keep(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name, value, max_age=YEAR_S, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
    )
