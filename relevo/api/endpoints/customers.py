"""Customers: the list, one of them, and search."""

from dataclasses import replace
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Path, Query, Router

from relevo.answers.customer import CustomerPage, customer_page
from relevo.answers.customer_columns import Column
from relevo.answers.customers import CustomerRow, CustomersAsk, CustomersPage, Status, customers_page
from relevo.answers.search import Found, search
from relevo.api.callers import reading_of
from relevo.api.paging import Asked, Page, Place
from relevo.api.said import said, said_of_book
from relevo.api.shapes import responses, shape
from relevo.api.trail import note_persons_of, note_read_through

router = Router(tags=["customers"])

Id = Annotated[str, Path(max_length=254, examples=["C00"])]
Word = Annotated[str, Field(max_length=300)]
ListColumn = shape(Column, "ListColumn", kind=str)
# The question is the caller's own, rows stand in `items`, and words are those of filters on a page.
_NOT_SAID = ("ask", "rows", "words")
CustomersSaid = shape(
    CustomersPage, "Customers", _NOT_SAID, columns=list[ListColumn],  # type: ignore[valid-type]
    items=list[CustomerRow], next=str | None,
)  # fmt: skip
CustomerSaid = shape(CustomerPage, "Customer")


class CustomersQuestion(Page):
    """Which customers, in which order."""

    q: str = Field("", max_length=200, description="Part of a name, domain or id.", examples=["alto"])
    f: list[Word] = Field(
        [], max_length=40, description="A filter `column:operator:values`; repeatable.", examples=[["segment:is:smb"]]
    )
    status: Status | None = Field(None, description="Whether it pays now, has left, or never paid.")
    segment: str | None = Field(None, max_length=200)
    channel: str | None = Field(None, max_length=200)
    plan: str | None = Field(None, max_length=200)
    country: str | None = Field(None, max_length=200)
    columns: str | None = Field(
        None, max_length=1000, description="More columns, by comma; their values are in `cells`.", examples=["tenure"]
    )
    sort: str = Field("mrr", min_length=1, max_length=100, description="A column.", examples=["name"])
    order: Literal["asc", "desc"] | None = Field(None, description="desc for numbers and days, else asc, by default.")

    def ask(self) -> CustomersAsk:
        """The question to the list."""
        one = {k: v for k, v in self.dict(exclude={"f", "limit", "cursor"}).items() if v not in (None, "")}
        told = {name: (str(getattr(value, "value", value)),) for name, value in one.items()}
        return CustomersAsk.from_parameters({**told, "f": tuple(self.f)})


class SearchQuestion(Asked):
    """What is looked for."""

    q: str = Field("", max_length=200, description="Words, whatever their case and accents.", examples=["al"])


@router.get("/customers", response=responses(CustomersSaid), summary="List customers")
def list_customers(request: HttpRequest, ask: Query[CustomersQuestion]) -> HttpResponse:
    """The customers that the caller may see, filtered and sorted; amounts that are not for the caller are null.

    `found`, `paying`, `mrr_cents` and `sums` cover all that was asked for. `mrr_cents` is null where the amounts of
    some customer found are hidden: a sum would tell of them.
    """
    reading = reading_of(request)
    place, asked = Place(request, ask, reading), ask.ask()
    page = customers_page(reading, _placed(asked, place))
    told = _listed(place, page)
    note_persons_of(request, "customers", [each.column for each in asked.filters])
    note_read_through(request, "customers", told)
    return said_of_book(request, reading, lambda: told)


@router.get("/customers/{path:customer_id}", response=responses(CustomerSaid, 404), summary="Read a customer")
def get_customer(request: HttpRequest, customer_id: Id) -> HttpResponse:
    """One customer: what it pays and paid, who holds it and what is due. Its parts have addresses of their own."""
    return said(request, customer_page(reading_of(request), customer_id))


@router.get("/search", response=responses(shape(Found, "SearchFound")), summary="Search")
def find(request: HttpRequest, ask: Query[SearchQuestion]) -> HttpResponse:
    """Customers, contacts and deals that the caller may see, colleagues and measures, by a few letters."""
    return said(request, search(reading_of(request), ask.q))


def _placed(asked: CustomersAsk, place: Place) -> CustomersAsk:
    return replace(asked, limit=place.limit, offset=place.offset)


def _listed(place: Place, page: CustomersPage) -> dict[str, Any]:
    kept = {name: getattr(page, name) for name in CustomersPage.__dataclass_fields__ if name not in _NOT_SAID}
    return {**kept, **place.page(page.rows, page.found)}
