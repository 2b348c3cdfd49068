"""OpenID Connect: allauth speaks the protocol; who comes in is decided here.

An identity signs in the one active user who has the same mail address, where the provider says that it verified the
address. It makes no user, connects nothing and keeps nothing.
"""

from typing import Any, NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from relevo.desk.people.actions import log_audit
from relevo.jobs.clock import now
from relevo.web.entering import let_in

# Why an identity does not sign in; the page has a sentence for each.
UNKNOWN, UNVERIFIED, FAILED, CANCELLED = "unknown", "unverified", "failed", "cancelled"


class KnownPeopleOnly(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Ends allauth's sign-in where an identity is proven: with a session of a known person, or a refusal."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002 - allauth's shape
        """Nobody signs up."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> NoReturn:
        """Let in whom the identity names, or refuse; allauth goes no further either way."""
        told = sociallogin.account.extra_data
        claims = told.get("userinfo") or told.get("id_token") or {}
        reason = _objection(told, claims)
        user = None if reason else _known(str(claims.get("email", "")))
        if user is None:
            raise ImmediateHttpResponse(refused(request, reason or UNKNOWN))
        raise ImmediateHttpResponse(let_in(request, user, "openid", sociallogin.state.get("next") or ""))

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,  # noqa: ARG002 - allauth's shape
        error: Any = None,
        exception: Any = None,  # noqa: ARG002
        extra_context: Any = None,  # noqa: ARG002
    ) -> NoReturn:
        """A sign-in that did not come to an identity: our page, not allauth's."""
        raise ImmediateHttpResponse(refused(request, CANCELLED if error == "cancelled" else FAILED))


def refused(request: HttpRequest, reason: str) -> HttpResponse:
    """The page of an identity that does not sign in, with the reason."""
    log_audit("openid", "sign_in.refused", reason, now())
    return render(request, "relevo/openid_refused.html", {"reason": reason}, status=403)


def _objection(told: dict[str, Any], claims: dict[str, Any]) -> str:
    """Why these claims name nobody; '' where they do."""
    token = told.get("id_token")
    if token is None or token.get("sub") != claims.get("sub"):
        return FAILED
    return "" if claims.get("email_verified") is True else UNVERIFIED


def _known(email: str) -> User | None:
    """The active user with this address; None where there is none, or more than one."""
    found = list(User.objects.filter(email__iexact=email, is_active=True)[:2]) if email else []
    return found[0] if len(found) == 1 else None
