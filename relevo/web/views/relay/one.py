"""One hand-off, and a loaded one."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from relevo.answers.reading import NotFound
from relevo.answers.relay.loaded_one import loaded_handoff
from relevo.answers.relay.one import handoff_read_by, item_view
from relevo.desk.relay.actions_items import note_read
from relevo.jobs.clock import now
from relevo.web.reader import reading_of
from relevo.web.relay.loaded import loaded_parts
from relevo.web.relay.one import ALL
from relevo.web.relay.page import Shown, handoff_page, opened_item


@require_safe
def handoff(request: HttpRequest, key: int) -> HttpResponse:
    """A hand-off as it stands. `?open=` names items that are opened, `all` every one; opening is noted."""
    opened = request.GET.getlist("open")
    for item in handoff_read_by(reading_of(request), key, opened, ALL) if opened else ():
        note_read(key, item, request.user.get_username(), now())
    return handoff_page(request, key, Shown(opened=opened))


def open_item(request: HttpRequest, key: int, item: str) -> HttpResponse:
    """One item, opened in its place; without a script the page with this item open."""
    if "HX-Request" not in request.headers:
        return HttpResponseRedirect(f"{reverse('hand-off', args=[key])}?open={item}#item-{item}")
    reading = reading_of(request)
    found = item_view(reading, key, item)
    if found is None:
        raise NotFound(f"Hand-off {key} has no item {item[:40]!r} for you.", "Open the hand-off again.")
    for each in handoff_read_by(reading, key, [item], ALL):
        note_read(key, each, request.user.get_username(), now())
    return render(request, "relevo/relay/item_opened.html", opened_item(request, key, found))


@require_safe
def loaded(request: HttpRequest, handoff_id: str) -> HttpResponse:
    """A hand-off kept elsewhere, read-only, as of the book."""
    found = loaded_handoff(reading_of(request), handoff_id)
    return render(request, "relevo/relay/loaded.html", loaded_parts(found))
