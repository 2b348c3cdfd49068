"""Signing in by link or password, and signing out."""

from datetime import UTC, datetime

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from relevo.desk.people.actions import LinkRefused, log_audit, redeem_link


@login_not_required
@never_cache
@require_GET
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in by a link, once. A link that is used or too old says so, with a way to get another."""
    try:
        user = redeem_link(token, datetime.now(UTC))
    except LinkRefused:
        return render(request, "relevo/link_refused.html", status=410)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("today")


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    """Sign in with a password; also says how to get a link."""

    template_name = "relevo/sign_in.html"
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponseRedirect:
        """Sign in and note it."""
        log_audit(form.get_user().get_username(), "session.started", "password", datetime.now(UTC))
        login(self.request, form.get_user())
        return HttpResponseRedirect(self.get_success_url())


class SignOut(LogoutView):
    """Sign out; only by POST, so that no address can do it."""

    next_page = "sign-in"

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Note it, then end the session."""
        if isinstance(request.user, User):
            log_audit(request.user.username, "session.ended", "", datetime.now(UTC))
        return super().post(request, *args, **kwargs)
