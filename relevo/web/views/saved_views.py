"""Keep, change and forget saved views of a list."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from relevo.answers.reading import NotFound
from relevo.desk.work.actions_views import NoSuchView, ViewChange, change_view, delete_view, save_view
from relevo.jobs.clock import now
from relevo.web.list_place import PAGE, ask_of_query, query_text


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the question of the list under a name, and show it as that view."""
    view = save_view(
        request.user.get_username(),
        PAGE,
        request.POST.get("name", ""),
        _question(request),
        now(),
        is_shared=request.POST.get("shared") == "1",
    )
    return _shown(view.id)


@require_POST
def change(request: HttpRequest, view_id: int) -> HttpResponse:
    """Give one's own view another name, the question of the list, or share it or not. 404 for a view of others."""
    shared = request.POST.get("shared")
    wanted = ViewChange(
        name=request.POST.get("name"),
        query=_question(request) if "query" in request.POST else None,
        is_shared=None if shared is None else shared == "1",
    )
    _of_mine(lambda who: change_view(who, view_id, wanted, now()), request)
    return _shown(view_id)


@require_POST
def delete(request: HttpRequest, view_id: int) -> HttpResponse:
    """Forget one's own view. 404 for a view of others."""
    _of_mine(lambda who: delete_view(who, view_id, now()), request)
    return HttpResponseRedirect(reverse(PAGE))


def _of_mine(act: Callable[[str], object], request: HttpRequest) -> None:
    try:
        act(request.user.get_username())
    except NoSuchView as problem:
        raise NotFound(problem.message, problem.hint) from None


def _question(request: HttpRequest) -> str:
    """The question as the list writes it; what is none is refused before it is kept."""
    ask = ask_of_query(request.POST.get("query", ""))
    ask.check()
    return query_text(ask.parameters())


def _shown(view_id: int) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse(PAGE)}?view={view_id}")
