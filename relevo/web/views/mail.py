"""A test of the mail server, asked for by an owner."""

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from relevo.answers.running import check_may_try_mail
from relevo.base.errors import RelevoError
from relevo.desk.running.actions import note_mail_test
from relevo.jobs.clock import now
from relevo.jobs.mail import send_test
from relevo.web.reader import home, reading_of


@require_POST
def mail_test(request: HttpRequest) -> HttpResponse:
    """Send a test mail to the owner who asks, and say in words what the server answered; five an hour at most."""
    check_may_try_mail(reading_of(request))
    to = request.user.email if isinstance(request.user, User) else ""
    told: dict[str, object] = {"to": to, "problem": None}
    try:
        note_mail_test(request.user.get_username(), to, now())
        send_test(home(), to, get_language() or "en")
    except RelevoError as problem:
        told["problem"] = problem
    part = request.headers.get("HX-Request")
    return render(request, "relevo/parts/mail_tested.html" if part else "relevo/mail_tested.html", told)
