"""Search from anywhere: a page of its own, and the part that the dialog over every page asks for."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relevo.answers.customer_columns import HELD
from relevo.answers.customer_filters import Filter
from relevo.answers.definitions import definitions_page
from relevo.answers.search import Found, Hit
from relevo.answers.search import search as find
from relevo.web.addresses import customer_address
from relevo.web.list_place import query_text
from relevo.web.reader import reading_of


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What is found under `q`, in groups. Nobody's customers but the viewer's are found."""
    reading = reading_of(request)
    titles = {card.name: _(card.title) for card in definitions_page(reading).cards}
    found = find(reading, request.GET.get("q", "").strip(), titles)
    part = request.headers.get("HX-Request")
    told = {"found": found, "groups": _groups(found), "is_part": bool(part)}
    return render(request, "relevo/parts/search_found.html" if part else "relevo/search.html", told)


def _groups(found: Found) -> list[dict[str, Any]]:
    every = (
        (_("Customers"), [_customer(hit) for hit in found.customers]),
        (_("Contacts"), [_customer(hit) for hit in found.contacts]),
        (_("Deals"), [_customer(hit) for hit in found.deals]),
        (_("Colleagues, and whom they hold"), [_person(hit) for hit in found.people]),
        (_("Measures"), [_measure(hit) for hit in found.measures]),
    )
    return [{"name": name, "hits": hits} for name, hits in every if hits]


def _customer(hit: Hit) -> dict[str, str]:
    return {"name": hit.name, "beside": hit.beside, "href": customer_address(hit.key)}


def _person(hit: Hit) -> dict[str, str]:
    held = query_text([("f", str(Filter(HELD, "is", (hit.key,))))])
    return {"name": hit.name, "beside": "", "href": f"{reverse('customers')}?{held}"}


def _measure(hit: Hit) -> dict[str, str]:
    return {"name": hit.name, "beside": "", "href": f"{reverse('definitions')}#{hit.key}"}
