"""Headers that keep a page to itself: nothing is fetched from, framed by or told to another host."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
UPLOAD = "/data/upload"
PERMISSIONS = (
    "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), "
    "magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=()"
)


def strict_headers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: every answer, static files too, carries the same policy without inline script or style."""

    def with_headers(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
        response["Permissions-Policy"] = PERMISSIONS
        response["X-Frame-Options"] = "DENY"
        # Pages hold a company's figures: a shared cache must not keep them.
        response.setdefault("Cache-Control", "private, no-store")
        return response

    return with_headers


def bounded_body(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a request whose body is larger than any form of ours is refused before any of it is read.

    Files are uploaded at one address, whose view refuses what the house does not allow before it reads any of it.
    """

    def bounded(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if request.path_info == UPLOAD and length.isdigit():
            return get_response(request)
        if not length.isdigit() or int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            request.user = AnonymousUser()
            return render(request, "relevo/errors/413.html", status=413)
        return get_response(request)

    return bounded
