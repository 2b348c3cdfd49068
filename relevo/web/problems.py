"""Problems as pages: what happened, and what to do next, in the frame of every other page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from relevo.answers.reading import NotFound, Refused
from relevo.base.errors import NotReady, RelevoError
from relevo.web.reader import reading_of

_STATUS: dict[type[RelevoError], int] = {NotFound: 404, Refused: 403}


class SayProblems:
    """Middleware: an error that finishes its sentence becomes a page; any other is the server's and stays a 500.

    Before the first book a page is an empty state with the next step, not an error.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """The page of a problem that Relevo raised; None leaves others to Django."""
        if not isinstance(problem, RelevoError):
            return None
        if isinstance(problem, NotReady) and reading_of(request).published is None:
            return render(request, "relevo/empty.html")
        status = _STATUS.get(type(problem), 400)
        return render(request, f"relevo/errors/{status}.html", {"problem": problem}, status=status)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """No such address."""
    return render(request, "relevo/errors/404.html", status=404)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Not for this person."""
    return render(request, "relevo/errors/403.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """A request that cannot be understood."""
    return render(request, "relevo/errors/400.html", status=400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form that was not sent from a page of ours, or from one that is too old."""
    return render(request, "relevo/errors/403.html", {"stale": True}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """A fault of ours. Its page needs neither the Desk nor the book, for one of them may be the fault."""
    return HttpResponse(render_to_string("relevo/errors/500.html"), status=500)
