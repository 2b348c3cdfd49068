"""Signing in by link, password or OpenID Connect, the code after it, and signing out."""

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.openid_connect import views as openid
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView, LogoutView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods
from requests import RequestException

from relevo.desk.people.actions import LinkRefused, log_audit, redeem_link
from relevo.desk.people.actions_doors import TooMany, Try, begin_try, forget_session, forgive
from relevo.desk.people.actions_second import check_code
from relevo.jobs.clock import now
from relevo.web.entering import begin, let_in, ours, too_many, waiting
from relevo.web.openid import FAILED, refused
from relevo.web.visitors import address_of


def provider_name() -> str:
    """The name of the OpenID Connect provider; '' where none is set up."""
    return settings.OIDC_NAME if settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] else ""


@login_not_required
@never_cache
@require_GET
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in by a link, once. A link that is used or too old says so, with a way to get another."""
    try:
        begun = begin_try("link", address_of(request), "", now())
        user = redeem_link(token, now())
    except TooMany as problem:
        return too_many(request, problem)
    except LinkRefused:
        return render(request, "relevo/link_refused.html", status=410)
    forgive(begun)
    return let_in(request, user, "link")


@method_decorator([login_not_required, sensitive_post_parameters("password")], name="dispatch")
class SignIn(LoginView):
    """Sign in with a password; also says how to get a link."""

    template_name = "relevo/sign_in.html"
    redirect_authenticated_user = True
    extra_context = {"provider": provider_name}  # noqa: RUF012 - Django's shape
    begun: Try

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Count the try, then look at the password."""
        try:
            self.begun = begin_try("password", address_of(request), request.POST.get("username", "")[:254], now())
        except TooMany as problem:
            return too_many(request, problem)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Let this person in, or ask for a code."""
        forgive(self.begun)
        return let_in(self.request, form.get_user(), "password", self.get_redirect_url())


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """The code of the second factor, or a recovery code, of somebody who came through a door."""
    awaited = waiting(request)
    if awaited is None:
        return redirect("sign-in")
    if request.method == "GET":
        return render(request, "relevo/sign_in_code.html")
    user, door, wanted = awaited
    try:
        begun = begin_try("code", "", str(user.pk), now())
    except TooMany as problem:
        return too_many(request, problem)
    if not check_code(user, request.POST.get("code", "")[:40], now()):
        return render(request, "relevo/sign_in_code.html", {"is_wrong": True}, status=422)
    forgive(begun)
    return begin(request, user, f"{door}+code", wanted)


@login_not_required
@never_cache
@require_GET
def openid_start(request: HttpRequest) -> HttpResponse:
    """Go to the provider. A plain link, not a form: the policy of our pages lets forms lead to our own pages alone."""
    if not provider_name():
        raise Http404
    try:
        provider = get_adapter(request).get_provider(request, provider=settings.OIDC_PROVIDER)
        # Not what the address says: scopes and parameters are ours to choose.
        answer: HttpResponse = provider.redirect(request, "login", next_url=ours(request, request.GET.get("next", "")))
    except (RequestException, KeyError, ValueError):
        return refused(request, FAILED)
    return answer


@login_not_required
@never_cache
@require_GET
def openid_callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Come back from the provider; what it answers is read by allauth, and who comes in is decided by our adapter."""
    if not provider_name():
        raise Http404
    try:
        answer: HttpResponse = openid.callback(request, provider_id)
    except (RequestException, KeyError, ValueError):
        return refused(request, FAILED)
    return answer


class SignOut(LogoutView):
    """Sign out; only by POST, so that no address can do it."""

    next_page = "sign-in"

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Note it, then end the session."""
        if isinstance(request.user, User):
            log_audit(request.user.username, "session.ended", "", now())
            forget_session(request.session.session_key or "")
        return super().post(request, *args, **kwargs)
