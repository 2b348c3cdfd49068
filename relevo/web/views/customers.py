"""The list of customers."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from relevo.answers.customer_offers import columns_offered, filter_offered
from relevo.answers.customers import CustomersPage, customers_page
from relevo.answers.customers_ask import Filter
from relevo.answers.reading import Reading
from relevo.answers.saved_views import Views
from relevo.answers.values import Sentence, count, money
from relevo.web.list_file import customers_file, file_columns
from relevo.web.list_parts import (
    chips,
    column_choices,
    column_names,
    filter_form,
    grid,
    more,
    view_groups,
    view_name,
)
from relevo.web.list_place import Place, place_of
from relevo.web.reader import reading_of
from relevo.web.sentences import say
from relevo.web.trail import note_person_level


@require_safe
def customers(request: HttpRequest) -> HttpResponse:
    """Customers found, filtered and sorted; the whole question stands in the address.

    `add`, `op` and `value` add a filter and `choose` chooses columns: both lead on to the address that says so.
    """
    reading = reading_of(request)
    place, views = place_of(request, reading)
    if "add" in request.GET or "choose" in request.GET:
        return HttpResponseRedirect(_changed(request, place).href())
    if request.headers.get("HX-Target") == "adding":
        return render(request, "relevo/parts/list_adding.html", _adding(request, reading, place))
    page = customers_page(reading, place.ask)
    _note_persons(request, place)
    told = _told(page, place)
    if not request.headers.get("HX-Request"):
        return render(request, "relevo/customers.html", told | _around(request, reading, place, views))
    if place.ask.offset:
        return render(request, "relevo/parts/grid_rows.html", told)
    return render(request, "relevo/parts/customers_found.html", told | _around(request, reading, place, views))


@require_safe
def customers_download(request: HttpRequest, form: str) -> HttpResponse:
    """Everything that the list's question finds, not only the page that is shown, as CSV or XLSX."""
    reading = reading_of(request)
    place, _views = place_of(request, reading)
    columns = file_columns(place.ask.columns)
    page = customers_page(reading, replace(place.ask, limit=None, offset=0, columns=columns))
    _note_persons(request, place)
    return customers_file(request, page, form)


def _told(page: CustomersPage, place: Place) -> dict[str, Any]:
    return {
        "page": page,
        "ask": place.ask,
        "chips": chips(page, place),
        "grid": grid(page, place),
        "more": more(page, place),
        "sentence": _sentence(page),
        "csv_href": place.href("customers-csv"),
        "xlsx_href": place.href("customers-xlsx"),
        "is_filtered": bool(place.ask.text or place.ask.filters),
        "clear_href": place.asking(replace(place.ask, text="", filters=())).href(),
    }


def _around(request: HttpRequest, reading: Reading, place: Place, views: Views) -> dict[str, Any]:
    """What stands above the table: views, chips, the forms for columns and filters."""
    return {
        "place": place,
        "kept": [(name, value) for name, value in place.parameters() if name != "q"],
        "kept_but_columns": [(name, value) for name, value in place.parameters() if name != "columns"],
        "column_choices": column_choices(columns_offered(reading), place),
        "view_groups": view_groups(views, place),
        "view_name": view_name(place.view),
        "can_update": place.view is not None and place.view.is_mine and place.differs,
        **_adding(request, reading, place),
    }


def _adding(request: HttpRequest, reading: Reading, place: Place) -> dict[str, Any]:
    """The two steps of adding a filter: which column, then how."""
    name = request.GET.get("adding", "")
    return {
        "adding": filter_form(filter_offered(reading, name), place) if name else None,
        "filter_columns": column_names(columns_offered(reading)),
        "kept_all": place.parameters(),
    }


def _changed(request: HttpRequest, place: Place) -> Place:
    """The place with the filter that was added, or with the columns that its parameters name."""
    if "add" not in request.GET:
        return place
    values = tuple(value.strip() for value in request.GET.getlist("value") if value.strip())
    return place.with_filter(Filter(request.GET["add"], request.GET.get("op", "is"), values))


def _note_persons(request: HttpRequest, place: Place) -> None:
    """A list of one seller's customers adds up to a figure of the seller."""
    note_person_level(request, [each.column for each in place.ask.filters])


def _sentence(page: CustomersPage) -> str:
    values = {
        "found": count(page.found),
        "paying": count(page.paying),
        "mrr": money(page.mrr_cents, page.stamp.currency),
    }
    return say(Sentence(f"customers.{_code(page)}", values))


def _code(page: CustomersPage) -> str:
    if not page.found:
        return "none"
    if page.is_by_person:
        return "found_by_person"
    return "found_unsaid" if page.mrr_cents is None else "found"
