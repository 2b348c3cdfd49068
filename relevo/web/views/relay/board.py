"""The board of hand-offs, one of its columns as a list, and what was dropped."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from relevo.answers.relay.acting import takes_part
from relevo.answers.relay.board import PAGE, board_list, dropped_list
from relevo.answers.relay.board import board as ask_board
from relevo.jobs.clock import now
from relevo.web.numbers import number_of, offset_of
from relevo.web.reader import MINE, reading_of
from relevo.web.relay import board as words

DROPPED = "dropped"


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Dropped batons, then hand-offs by state."""
    reading, mine = reading_of(request), is_mine(request)
    found = ask_board(reading, now(), mine)
    columns = [words.column_view(c, mine) for c in found.columns]
    told = {
        "sentence": words.sentence(found),
        "waiting": words.waiting(found),
        "dropped": [words.dropped_view(b) for b in found.dropped],
        "dropped_left": found.dropped_found - len(found.dropped),
        "dropped_href": f"{reverse('hand-offs-list')}?state={DROPPED}" + ("&scope=mine" if mine else ""),
        "columns": columns,
        "is_empty": not found.dropped_found and not any(c.found for c in found.columns),
        "as_of": found.as_of,
        "takes_part": takes_part(reading),
    }
    return render(request, "relevo/relay/board.html", told)


@require_safe
def board_column(request: HttpRequest) -> HttpResponse:
    """One state as a list, or the dropped batons: `?state=`, fifty at a time."""
    reading, mine, state = reading_of(request), is_mine(request), request.GET.get("state", DROPPED)
    if state == DROPPED:
        return _dropped(request)
    found = board_list(reading, state, now(), mine, request.GET.get("after", ""))
    shown = number_of(request, "shown") or 0
    told = {"column": words.column_view(found, mine, shown), "is_whole": not request.GET.get("after")}
    return render(request, _template(request, "list"), told)


def is_mine(request: HttpRequest) -> bool:
    """Whether one's own are asked for, not those of the team."""
    return request.GET.get("scope") == MINE


def _dropped(request: HttpRequest) -> HttpResponse:
    reading, offset = reading_of(request), offset_of(request)
    shown, found = dropped_list(reading, offset)
    end = offset + PAGE
    scope = "&scope=mine" if is_mine(request) else ""
    told = {
        "dropped": [words.dropped_view(b) for b in shown],
        "found": found,
        "more_href": f"{reverse('hand-offs-list')}?state={DROPPED}&offset={end}{scope}" if end < found else "",
        "left": max(found - end, 0),
        "takes_part": takes_part(reading),
    }
    return render(request, _template(request, "dropped"), told)


def _template(request: HttpRequest, name: str) -> str:
    part = "_more" if "HX-Request" in request.headers else ""
    return f"relevo/relay/{name}{part}.html"
