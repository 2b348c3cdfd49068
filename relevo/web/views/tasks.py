"""Add, finish, reopen and move tasks."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from relevo.answers.notes import customer_to_write_about
from relevo.answers.tasks import task_to_change
from relevo.base.periods import parse_day
from relevo.desk.work import actions
from relevo.jobs.clock import now
from relevo.web.reader import reading_of

# Where a form was sent from, as its field `from` says: only places of ours can be named.
TODAY, CALL_BACK = "today", "call-back"


@require_POST
def add_task(request: HttpRequest) -> HttpResponse:
    """Give somebody something to do, about a customer where one is named."""
    asked, customer_id = request.POST, ""
    if asked.get("customer"):
        customer_id = customer_to_write_about(reading_of(request), asked["customer"])
    new = actions.NewTask(
        asked.get("title", ""), parse_day(asked.get("due_on", "")), asked.get("owner", ""), customer_id
    )
    actions.add_task(new, request.user.get_username(), now())
    return _back(request, customer_id)


@require_POST
def finish_task(request: HttpRequest, key: int) -> HttpResponse:
    """Say that a task is done."""
    customer_id = task_to_change(reading_of(request), key)
    actions.finish_task(key, request.user.get_username(), now())
    return _back(request, customer_id)


@require_POST
def reopen_task(request: HttpRequest, key: int) -> HttpResponse:
    """Say that a task is not done after all."""
    customer_id = task_to_change(reading_of(request), key)
    actions.reopen_task(key, request.user.get_username(), now())
    return _back(request, customer_id)


@require_POST
def move_task(request: HttpRequest, key: int) -> HttpResponse:
    """Give a task another day."""
    customer_id = task_to_change(reading_of(request), key)
    actions.move_task(key, parse_day(request.POST.get("due_on", "")), request.user.get_username(), now())
    return _back(request, customer_id)


def _back(request: HttpRequest, customer_id: str) -> HttpResponse:
    if request.POST.get("from") == CALL_BACK:
        return HttpResponseRedirect(reverse("call-back"))
    if request.POST.get("from") == TODAY or not customer_id:
        return HttpResponseRedirect(reverse("today") + "#tasks")
    return HttpResponseRedirect(reverse("customer", args=[customer_id]) + "?tab=notes#tab")
