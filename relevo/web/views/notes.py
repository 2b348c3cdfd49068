"""File and withdraw notes about a customer."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from relevo.answers.notes import customer_to_write_about, note_to_withdraw
from relevo.base.errors import WrongUse
from relevo.desk.work.actions import NewNote
from relevo.desk.work.actions import file_note as keep_note
from relevo.desk.work.actions import withdraw_note as withdraw
from relevo.jobs.clock import now
from relevo.web.reader import clock, reading_of


@require_POST
def file_note(request: HttpRequest) -> HttpResponse:
    """File a call, a mail, a meeting or a note; NotFound for a customer whom the viewer may not see."""
    asked, reading = request.POST, reading_of(request)
    customer_id = customer_to_write_about(reading, asked.get("customer", ""))
    new = NewNote(customer_id, asked.get("kind", ""), asked.get("text", ""), _when(asked.get("when", "")))
    keep_note(new, request.user.get_username(), now())
    return _back(customer_id)


@require_POST
def withdraw_note(request: HttpRequest, key: int) -> HttpResponse:
    """Withdraw a note that one filed oneself."""
    customer_id = note_to_withdraw(reading_of(request), key)
    withdraw(key, request.user.get_username(), now())
    return _back(customer_id)


def _back(customer_id: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("customer", args=[customer_id]) + "?tab=notes#tab")


def _when(text: str) -> datetime:
    """The moment of the form, on the clock of who wrote it; now where it was left empty."""
    if not text:
        return now()
    try:
        at = datetime.fromisoformat(text)
        return at if at.tzinfo else at.replace(tzinfo=clock())
    except ValueError:
        raise WrongUse(f"{text[:40]!r} is not a moment.", "Write it as 2026-10-31T14:30.") from None
