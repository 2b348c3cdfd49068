"""The parts of one customer: all that happened, people, deals, conversations, use, money, traits, notes and tasks."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router

from relevo.answers.customer_money import CustomerMoney, TermRow, customer_money
from relevo.answers.customer_parts import (
    ContactRow,
    DealRow,
    Traits,
    customer_contacts,
    customer_deals,
    customer_traits,
)
from relevo.answers.customer_talks import TalkRow, customer_talks
from relevo.answers.customer_timeline import Line, TimelineAsk, customer_timeline
from relevo.answers.customer_usage import UsageMonth, customer_usage
from relevo.answers.notes import NoteLine, customer_notes
from relevo.answers.tasks import TaskLine, customer_tasks
from relevo.api.callers import reading_of
from relevo.api.endpoints.customers import Id
from relevo.api.paging import Page, Place
from relevo.api.said import said
from relevo.api.shapes import listed, responses, shape
from relevo.jobs.clock import today

router = Router(tags=["customers"])

Timeline, Talks = listed(shape(Line), "Timeline"), listed(shape(TalkRow), "Conversations")
Contacts, Deals = listed(shape(ContactRow), "Contacts"), listed(shape(DealRow), "Deals")
Usage, Notes, Tasks = (
    listed(shape(UsageMonth), "Usage"), listed(shape(NoteLine), "Notes"), listed(shape(TaskLine), "Tasks"),
)  # fmt: skip
Term = shape(TermRow, "Term", quantity=float)
MoneySaid = shape(CustomerMoney, "MoneyOfCustomer", terms=list[Term])  # type: ignore[valid-type]
OF = "/customers/{path:customer_id}"


class TimelineQuestion(Page):
    """Which lines."""

    kind: list[Annotated[str, Field(max_length=40)]] = Field(
        [], max_length=20, description="Keep lines of these kinds; repeatable.", examples=[["money"]]
    )
    person: str = Field("", max_length=200, description="Keep lines that name this colleague.")
    q: str = Field("", max_length=200, description="Keep lines with these words.")


@router.get(f"{OF}/timeline", response=responses(Timeline, 404), summary="Read a timeline")
def read_timeline(request: HttpRequest, customer_id: Id, ask: Query[TimelineQuestion]) -> HttpResponse:
    """Everything known to have happened with a customer, latest first, with the name of the colleague it names."""
    place = Place(request, ask, reading := reading_of(request))
    wanted = TimelineAsk(tuple(ask.kind), ask.person, ask.q, place.offset, place.limit)
    found = customer_timeline(reading, customer_id, wanted)
    return said(request, place.page(found.lines, found.found))


@router.get(f"{OF}/contacts", response=responses(Contacts, 404), summary="List contacts")
def list_contacts(request: HttpRequest, customer_id: Id, page: Query[Page]) -> HttpResponse:
    """The people at a customer, those who are there first."""
    reading = reading_of(request)
    return said(request, Place(request, page, reading).cut(customer_contacts(reading, customer_id)))


@router.get(f"{OF}/deals", response=responses(Deals, 404), summary="List deals")
def list_deals(request: HttpRequest, customer_id: Id, page: Query[Page]) -> HttpResponse:
    """The deals with a customer, latest first, with everybody's part in them."""
    reading = reading_of(request)
    return said(request, Place(request, page, reading).cut(customer_deals(reading, customer_id)))


@router.get(f"{OF}/conversations", response=responses(Talks, 404), summary="List conversations")
def list_conversations(request: HttpRequest, customer_id: Id, page: Query[Page]) -> HttpResponse:
    """The conversations with a customer; what was said is for who may read it."""
    place = Place(request, page, reading := reading_of(request))
    found = customer_talks(reading, customer_id, place.offset, place.limit)
    return said(request, place.page(found.rows, found.found))


@router.get(f"{OF}/usage", response=responses(Usage, 404), summary="Read usage")
def read_usage(request: HttpRequest, customer_id: Id, page: Query[Page]) -> HttpResponse:
    """Every month from the first use to the book's, oldest first; a month without use counts 0."""
    reading = reading_of(request)
    return said(request, Place(request, page, reading).cut(customer_usage(reading, customer_id)))


@router.get(f"{OF}/money", response=responses(MoneySaid, 404), summary="Read the money of a customer")
def read_money(request: HttpRequest, customer_id: Id) -> HttpResponse:
    """Terms in force, invoices and payments, all of them; empty where the amounts are not for the caller."""
    return said(request, customer_money(reading_of(request), customer_id, None))


@router.get(f"{OF}/traits", response=responses(shape(Traits), 404), summary="Read traits")
def read_traits(request: HttpRequest, customer_id: Id) -> HttpResponse:
    """What is known of a customer, and how other systems call it."""
    return said(request, customer_traits(reading_of(request), customer_id))


@router.get(f"{OF}/notes", response=responses(Notes, 404), summary="List notes")
def list_notes(request: HttpRequest, customer_id: Id, page: Query[Page]) -> HttpResponse:
    """The notes about a customer, newest first; who may not read its conversations is told their own notes alone."""
    return said(request, Place(request, page).cut(customer_notes(reading_of(request), customer_id)))


@router.get(f"{OF}/tasks", response=responses(Tasks, 404), summary="List tasks")
def list_tasks(request: HttpRequest, customer_id: Id, page: Query[Page]) -> HttpResponse:
    """The tasks about a customer: open ones first, by their day."""
    reading = reading_of(request)
    day = today(reading.company_book.company.timezone)
    return said(request, Place(request, page).cut(customer_tasks(reading, customer_id, day)))
