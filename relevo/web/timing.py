"""How long an answer took on the server, said in a header that browsers show to whoever looks for it."""

from collections.abc import Callable
from time import perf_counter

from django.http import HttpRequest, HttpResponse


def server_timing(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: `Server-Timing: app;dur=MILLISECONDS` of making an answer, without the time to send it."""

    def timed(request: HttpRequest) -> HttpResponse:
        began = perf_counter()
        response = get_response(request)
        response["Server-Timing"] = f"app;dur={(perf_counter() - began) * 1000:.1f}"
        return response

    return timed
