"""Whether this process can answer, how old its book is, and whether what runs by itself is well."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from relevo.answers.reading import Reading
from relevo.answers.running import check_may_see_runs, health, running
from relevo.jobs.clock import now
from relevo.web.reader import reading_of


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """503 until a book is published or while the Desk cannot be read, else 200; what fails otherwise is said.

    With `?detail=1`, for who has signed in and sees all, also every job with its last run.
    """
    try:
        reading, at = reading_of(request), now()
        told = _told(reading, at)
        if request.GET.get("detail"):
            check_may_see_runs(reading)
            told["detail"] = _detail(reading, at)
    except DatabaseError:
        return JsonResponse({"status": "no desk", "book": None, "jobs": None}, status=503)
    return JsonResponse(told, status=200 if told["book"] else 503)


def _told(reading: Reading, at: datetime) -> dict[str, Any]:
    book = reading.published
    return {
        "status": "ok" if book else "no book",
        "book": book.id if book else None,
        "age_s": int((at - book.manifest.built_at).total_seconds()) if book else None,
        "jobs": str(health(reading, at)),
    }


def _detail(reading: Reading, at: datetime) -> dict[str, Any]:
    told = running(reading, at)
    return {"worker_seen_at": told.seen_at, "jobs": [asdict(each) for each in told.jobs]}
