"""One customer. Every tab has an address of its own; htmx asks for the tab alone, or for its next lines."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from relevo.answers.customer import CustomerPage, customer_page
from relevo.answers.customers import TRAITS
from relevo.answers.notes import customer_to_write_about
from relevo.answers.relay.strip import relay_strip
from relevo.web.customer.head import facts, holders
from relevo.web.customer.history import history_chart, movements_grid
from relevo.web.customer.notes import capture
from relevo.web.customer.relay import baton_facts, strip_chart
from relevo.web.customer.tabs import FIRST, TABS, records_of, tab_named
from relevo.web.customer.timeline import empty_words
from relevo.web.downloads import csv_file
from relevo.web.labels import TABS as NAMES
from relevo.web.labels import label
from relevo.web.reader import reading_of
from relevo.web.sentences import say
from relevo.web.trail import note_export


@require_safe
def customer(request: HttpRequest, customer_id: str) -> HttpResponse:
    """What a customer pays and paid, who holds it, how it is doing, and one tab of everything else."""
    reading = reading_of(request)
    known = customer_to_write_about(reading, customer_id)
    if known != customer_id:
        return HttpResponseRedirect(reverse("customer", args=[known]))
    name = request.GET.get("tab") or FIRST
    if request.GET.get("as") == "csv":
        columns, rows = records_of(name)(request, reading, customer_id)
        note_export(request, len(rows))
        return csv_file(f"{name}-{_plain(customer_id)}", columns, rows)
    tab = tab_named(name)
    told = {
        "more": None,
        **tab.told(request, reading, customer_id),
        "tab": name,
        "tab_template": f"relevo/customer/{tab.template}.html",
        "tab_name": label(NAMES, name),
        "tabs": [{"code": code, "name": label(NAMES, code), "on": code == name} for code in TABS],
        "customer_id": customer_id,
        "base": reverse("customer", args=[customer_id]),
    }
    if "timeline" in told:
        told["empty"] = empty_words(told["timeline"])
    if is_part(request):
        return render(request, _part(request), told)
    page, strip = customer_page(reading, customer_id), relay_strip(reading, customer_id)
    told["relay"], told["holders"] = strip_chart(reading, strip), [*baton_facts(strip), *holders(page)]
    return render(request, "relevo/customer.html", {**told, **_head(page)})


def is_part(request: HttpRequest) -> bool:
    """Whether htmx wants a part of the page; going back in the browser wants all of it."""
    return "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers


def _part(request: HttpRequest) -> str:
    """The template of what htmx puts where: rows of a table, lines of the timeline, or a whole tab."""
    wanted = request.headers.get("HX-Target", "")
    if wanted in ("lines", "more-lines"):
        return "relevo/customer/lines.html"
    if wanted == "tab":
        return "relevo/customer/tab.html"
    return "relevo/parts/grid_rows.html"


def _head(page: CustomerPage) -> dict[str, object]:
    return {
        "page": page,
        "sentence": say(page.sentence),
        "traits_said": [getattr(page.card, name) for name in TRAITS if getattr(page.card, name)],
        "facts": facts(page),
        "history": history_chart(page),
        "movements": movements_grid(page),
        **capture(),
    }


def _plain(text: str) -> str:
    """An id as part of a file's name."""
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in text)
