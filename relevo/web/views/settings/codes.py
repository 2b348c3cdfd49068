"""Settings, one-time codes: switch them on and off, and recovery codes."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from relevo.answers.reading import NotFound
from relevo.answers.settings_me import me_page
from relevo.base.errors import WrongUse
from relevo.desk.people.actions_doors import TooMany, begin_try, forgive
from relevo.desk.people.actions_second import check_code, new_recovery_codes, switch_off_codes, switch_on_codes
from relevo.desk.people.second import fresh_secret, secret_picture
from relevo.jobs.clock import now
from relevo.web.entering import too_many
from relevo.web.reader import reading_of
from relevo.web.views.settings.tabs import settings_page, user_of

# The secret that is offered stays in the session until a code proves that a program took it over.
_OFFERED = "relevo-offered-secret"


@never_cache
@require_http_methods(["GET", "POST"])
def codes(request: HttpRequest) -> HttpResponse:
    """Whether codes are asked for; a POST switches them on, off, or makes recovery codes, each with a code as proof."""
    if request.method == "GET":
        return _page(request)
    try:
        shown = _done(request)
    except TooMany as problem:
        return too_many(request, problem)
    except WrongUse as problem:
        return _page(request, problem=problem)
    return _page(request, shown) if shown else HttpResponseRedirect(reverse("settings") + "?done=codes-off")


@never_cache
@require_safe
def codes_picture(request: HttpRequest) -> HttpResponse:
    """The offered secret as a picture that a program for codes reads."""
    secret = request.session.get(_OFFERED)
    if not secret:
        raise NotFound("No secret is offered now.", "Open Settings, One-time codes.")
    return HttpResponse(secret_picture(user_of(request), secret), content_type="image/svg+xml")


def _done(request: HttpRequest) -> tuple[str, ...]:
    """Do what was asked; the recovery codes to be shown once, none where codes were switched off."""
    user, code, wanted = user_of(request), request.POST.get("code", "")[:40], request.POST.get("do", "")
    begun = begin_try("code", "", str(user.pk), now())
    if wanted == "on":
        shown = switch_on_codes(user, request.session.get(_OFFERED, ""), code, now())
        request.session.pop(_OFFERED, None)
    elif not check_code(user, code, now()):
        raise WrongUse("This code is not right, or was used before.", "Wait for the next one.")
    elif wanted == "off":
        switch_off_codes(user, user.username, now())
        shown = ()
    else:
        shown = new_recovery_codes(user, now())
    forgive(begun)
    return shown


def _page(request: HttpRequest, shown: tuple[str, ...] = (), problem: WrongUse | None = None) -> HttpResponse:
    page, secret = me_page(reading_of(request)), ""
    if page.second.since is None:
        secret = request.session.setdefault(_OFFERED, fresh_secret())
    groups = " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))
    return settings_page(request, "settings", {"page": page, "secret": groups, "shown": shown}, "codes", problem)
