"""Whether this process can answer."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from relevo.web.reader import published_book_id


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - Django's shape
    """503 until a book is published, then 200 with its id."""
    book = published_book_id()
    if book is None:
        return JsonResponse({"status": "no book", "book": None}, status=503)
    return JsonResponse({"status": "ok", "book": book})
