"""The parts of the list of customers as values for templates: table, chips, chooser of columns, forms of filters."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from relevo.answers.customer_columns import WORDS, Column, Kind
from relevo.answers.customer_filters import STRETCHES as STRETCH_NAMES
from relevo.answers.customer_filters import Filter
from relevo.answers.customer_offers import FilterOffer
from relevo.answers.customers import CustomerRow, CustomersPage, Status
from relevo.answers.saved_views import ViewChoice, Views
from relevo.web import format as written
from relevo.web.addresses import customer_address
from relevo.web.labels import NONE, STATUSES, label
from relevo.web.list_place import Place
from relevo.web.list_words import OPERATORS, STRETCHES, VIEWS, choice_words, column_words, filter_words
from relevo.web.parts import Cell, Grid, Head, More
from relevo.web.reader import MINE

_NUMBERS = frozenset({Kind.MONEY, Kind.COUNT, Kind.MONTHS, Kind.RATE})
# Which operators share a field in which form, and what sort of field it is.
_FIELDS = (
    ("choices", ("is", "not")),
    ("text", ("has",)),
    ("number", ("min", "max")),
    ("date", ("before", "from")),
    ("days", ("next", "last", "over")),
    ("stretch", ("in",)),
)


@dataclass(frozen=True)
class Way:
    """One way to filter a column: a form with operators to choose from and one kind of field."""

    field: str
    operators: tuple[tuple[str, str], ...]
    choices: tuple[tuple[str, str, bool], ...] = ()


def grid(page: CustomersPage, place: Place) -> Grid:
    """The rows of a page, with the sums of everything found in a last row."""
    heads = tuple(_head(place, column) for column in page.columns)
    rows = tuple(
        tuple(_cell(column, cells, row, page, place) for column in page.columns)
        for row, cells in zip(page.rows, page.cells, strict=True)
    )
    return Grid(_("Customers"), heads, rows, tuple(_foot(page)))


def more(page: CustomersPage, place: Place) -> More | None:
    """The way to the next rows; None on the last page."""
    if page.next_offset is None:
        return None
    return More(place.href(offset=str(page.next_offset)), page.next_offset, page.found)


def chips(page: CustomersPage, place: Place) -> list[dict[str, str]]:
    """The filters in words, each with the address of the list without it."""
    return [
        {"words": filter_words(each, page), "href": place.without_filter(each).href(), "column": each.column}
        for each in place.ask.filters
    ]


def column_choices(offered: Iterable[Column], place: Place) -> list[dict[str, Any]]:
    """The columns to choose from: those shown first, in their order."""
    shown = place.ask.columns
    rest = [column.name for column in offered if column.name not in shown]
    every = [*(name for name in shown if name != "name"), *(name for name in rest if name != "name")]
    return [{"name": name, "words": column_words(name), "on": name in shown} for name in every]


def column_names(offered: Iterable[Column]) -> list[dict[str, str]]:
    """The columns by which one may filter, in the order of their words."""
    named = [{"name": column.name, "words": column_words(column.name)} for column in offered]
    return sorted(named, key=lambda each: each["words"].casefold())


def filter_form(offer: FilterOffer, place: Place) -> dict[str, Any]:
    """The forms with which one column is filtered, and the address that asks for customers without a value."""
    name = offer.column.name
    nothing = Filter(name, "is", ("(none)",))
    is_words = offer.column.kind in WORDS
    return {
        "column": name,
        "words": column_words(name),
        "ways": _ways(offer, place),
        "none_href": place.with_filter(nothing).href() if offer.has_none and not is_words else "",
    }


def view_groups(views: Views, place: Place) -> list[dict[str, Any]]:
    """The views to choose from in three groups; those of others say whose they are."""
    named = ((_("Always there"), views.given), (_("Mine"), views.mine), (_("Shared by others"), views.shared))
    return [{"name": name, "views": [_view(choice, place) for choice in choices]} for name, choices in named if choices]


def view_name(choice: ViewChoice | None) -> str:
    """The name of a view; that of the list itself where no view was chosen."""
    return _("Views") if choice is None else choice.name or label(VIEWS, choice.key)


def _view(choice: ViewChoice, place: Place) -> dict[str, Any]:
    scope = f"&scope={MINE}" if place.is_mine else ""
    return {
        "name": view_name(choice),
        "href": f"{reverse('customers')}?view={choice.key}{scope}",
        "on": place.view == choice,
        "small": choice.owner if not choice.is_mine and choice.owner else _("shared") if choice.is_shared else "",
    }


def _ways(offer: FilterOffer, place: Place) -> tuple[Way, ...]:
    found = []
    for field, operators in _FIELDS:
        known = tuple((op, label(OPERATORS, op)) for op in operators if op in offer.operators)
        choices = _choices(offer, field, place)
        if known and (choices or field not in ("choices", "stretch")):
            found.append(Way(field, known, choices))
    return tuple(found)


def _choices(offer: FilterOffer, field: str, place: Place) -> tuple[tuple[str, str, bool], ...]:
    if field == "stretch":
        return tuple((word, label(STRETCHES, word), False) for word in STRETCH_NAMES)
    if field != "choices" or offer.column.kind not in WORDS:
        return ()
    on = {v for f in place.ask.filters if f.column == offer.column.name and f.operator == "is" for v in f.values}
    words = [(value, choice_words(offer.column, value, shown)) for value, shown in offer.choices]
    none = [("(none)", str(NONE))] if offer.has_none and words else []
    return tuple((value, shown, value in on) for value, shown in (*words, *none))


def _head(place: Place, column: Column) -> Head:
    ask = place.ask
    is_sorted = ask.sort == column.name
    descending = not ask.descending if is_sorted else column.kind not in WORDS
    direction = "descending" if ask.descending else "ascending"
    return Head(
        column_words(column.name),
        column.kind in _NUMBERS,
        place.asking(replace(ask, sort=column.name, descending=descending)).href(),
        direction if is_sorted else "none",
    )


def _cell(column: Column, cells: Mapping[str, Any], row: CustomerRow, page: CustomersPage, place: Place) -> Cell:
    value = cells[column.name]
    if column.name == "name":
        return _name_cell(row, page, place)
    if column.kind is Kind.MONEY and row.mrr_cents is None:
        return Cell(_("not for you"), is_number=True)
    small = _("n %(count)s") % {"count": cells["ratings"]} if column.name == "happiness" and cells["ratings"] else ""
    return Cell(_written(column, value, page.stamp.currency), is_number=column.kind in _NUMBERS, small=small)


def _name_cell(row: CustomerRow, page: CustomersPage, place: Place) -> Cell:
    says_status = any(column.name == "status" for column in page.columns)
    gone = "" if row.status is Status.PAYING or says_status else label(STATUSES, row.status.value)
    scope = f"?scope={MINE}" if place.is_mine else ""
    return Cell(row.name, customer_address(row.customer_id) + scope, small=gone)


def _written(column: Column, value: Any, currency: str) -> str:
    if value is None:
        return _("nobody") if column.name == "owner" else written.MISSING
    if column.name == "mrr_change":
        return written.signed(written.money, value, currency)
    if column.kind is Kind.MONEY:
        return written.money(value, currency)
    return _WRITERS.get(column.kind, str)(value)


_WRITERS: Mapping[Kind, Callable[[Any], str]] = {
    Kind.RATE: lambda value: written.signed(written.rate, value, 0),
    Kind.DAY: written.day,
    Kind.STATUS: lambda value: label(STATUSES, value),
    Kind.YES_NO: written.yes_or_no,
    Kind.COUNT: written.count,
    Kind.MONTHS: written.count,
}


def _foot(page: CustomersPage) -> Iterable[Cell]:
    currency = page.stamp.currency
    for column in page.columns:
        if column.name == "name":
            yield Cell(_("All found"), small=written.count(page.found))
        elif column.name not in page.sums:
            yield Cell("", is_number=column.kind in _NUMBERS)
        elif page.sums[column.name] is None:
            yield Cell(_("not for you"), is_number=True)
        else:
            yield Cell(_written(column, page.sums[column.name], currency), is_number=True)
