"""What the pages say, as values: the same answers, before anybody words or draws them."""

from dataclasses import fields
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from relevo.answers import reconcile as reconciling
from relevo.answers.ahead import AheadPage, ahead_page
from relevo.answers.books_compared import USUAL, Compared, ComparePage, compare_page, compared
from relevo.answers.closing import ClosingPage, closing_page
from relevo.answers.data import DataPage, data_page
from relevo.answers.forecasts import ScoredForecasts, scored_forecasts
from relevo.answers.money import MoneyPage, money_page
from relevo.answers.review import ReviewPage, review_page
from relevo.answers.today import TodayPage, today_page
from relevo.answers.today_lists import TodayLists, today_lists
from relevo.answers.unit_economics import EconomicsPage, economics_page
from relevo.api.callers import reading_of
from relevo.api.endpoints.measures import Month
from relevo.api.paging import Asked
from relevo.api.said import said, said_of_book
from relevo.api.shapes import responses, shape
from relevo.jobs.clock import now
from relevo.jobs.served import home

router = Router(tags=["pages"])

ReconciledCustomer = shape(reconciling.CustomerRow, "ReconciledCustomer")
Behind = shape(reconciling.CustomersBehind, rows=list[ReconciledCustomer])  # type: ignore[valid-type]
Reconciled = shape(reconciling.ReconcilePage, behind=Behind | None)


Today = shape(TodayPage, "Today", lists=TodayLists)


class BooksCompared(Schema):
    """The kept books and the two that are asked for; `compared` is null while fewer than two are kept."""

    page: ComparePage
    compared: Compared | None


class CompareQuestion(Asked):
    """Which two books, by their ids, and which measure."""

    one: str = Field("", max_length=60, description="The book before the one that is read, by default.")
    two: str = Field("", max_length=60, description="The book that is read, by default.")
    measure: str = Field(USUAL, max_length=80, description="One of `page.measures`.", examples=["mrr"])


class MoneyQuestion(Asked):
    """How the page is cut."""

    by: str = Field("channel", min_length=1, max_length=80, description="Dimension of the table.", examples=["segment"])
    method: str = Field("", max_length=40, description="How retention is counted; as the house does by default.")
    survival_by: str = Field("", max_length=80, description="Dimension of survival; all customers by default.")


class EconomicsQuestion(Asked):
    """How unit economics are cut."""

    by: str = Field("segment", min_length=1, max_length=80, description="The dimension.", examples=["channel"])
    part: str = Field("", max_length=200, description="The value whose bridge is shown; the total by default.")


class ReviewQuestion(Asked):
    """Which quarter."""

    quarter: str | None = Field(
        None, pattern=r"^(19|20)[0-9]{2}-Q[1-4]$", description="The last complete one by default.", examples=["2026-Q3"]
    )


class ReconcileQuestion(Asked):
    """Whose figure is put beside ours."""

    tool: str = Field("stripe", max_length=40, description="Whose conventions.", examples=["chartmogul"])
    month: Month = Field(None, description="The month; the last complete one by default.")
    theirs: Annotated[str, Field(max_length=40)] = Field(
        "", description="What the tool's own screen says, in major units of the currency.", examples=["12345.67"]
    )
    cause: str | None = Field(None, max_length=60, description="With the customers behind this cause.")


@router.get("/pages/today", response=responses(Today), summary="Read Today")
def today(request: HttpRequest) -> HttpResponse:
    """What changed in the company, which renewals come, and in `lists` what needs the caller."""
    reading = reading_of(request)
    page = today_page(reading)
    told = {each.name: getattr(page, each.name) for each in fields(page)}
    return said(request, {**told, "lists": today_lists(reading, home(), now())})


@router.get("/pages/money", response=responses(shape(MoneyPage, "Money")), summary="Read Money")
def money(request: HttpRequest, ask: Query[MoneyQuestion]) -> HttpResponse:
    """How much revenue was kept, what moved it and who stays how long; figures of the company."""
    return said(request, money_page(reading_of(request), ask.by, ask.method, ask.survival_by))


@router.get("/pages/unit-economics", response=responses(shape(EconomicsPage, "Economics")), summary="Read economics")
def economics(request: HttpRequest, ask: Query[EconomicsQuestion]) -> HttpResponse:
    """What a customer costs and brings, by a dimension; figures of the company."""
    page = economics_page(reading_of(request), ask.by, *([ask.part] if ask.part else []))
    return said(request, page)


@router.get("/pages/ahead", response=responses(shape(AheadPage, "Ahead")), summary="Read what is ahead")
def ahead(request: HttpRequest) -> HttpResponse:
    """What the next twelve months hold."""
    return said(request, ahead_page(reading_of(request)))


@router.get("/pages/review", response=responses(shape(ReviewPage, "Review")), summary="Read a review")
def review(request: HttpRequest, ask: Query[ReviewQuestion]) -> HttpResponse:
    """The pack of a quarter, the same for everybody."""
    return said(request, review_page(reading_of(request), ask.quarter))


@router.get("/pages/data", response=responses(shape(DataPage, "Data")), summary="Read Data")
def data(request: HttpRequest) -> HttpResponse:
    """What was loaded, what was put aside, what the build found and which books there are; also before the first."""
    return said(request, data_page(reading_of(request), home()))


@router.get("/pages/closing", response=responses(shape(ClosingPage, "Closing")), summary="Read closed months")
def closing(request: HttpRequest) -> HttpResponse:
    """Every month that is over: open, closed or reopened, as reported and as restated."""
    return said(request, closing_page(reading_of(request)))


@router.get("/pages/reconcile", response=responses(Reconciled), summary="Read a reconciliation")
def reconcile(request: HttpRequest, ask: Query[ReconcileQuestion]) -> HttpResponse:
    """Another tool's MRR beside ours, bridged cause by cause; with `cause` down to the caller's customers."""
    reading = reading_of(request)
    return said_of_book(
        request, reading, lambda: reconciling.reconcile_page(reading, ask.tool, ask.month, ask.theirs, ask.cause)
    )


@router.get("/pages/compare", response=responses(BooksCompared, 404), summary="Compare two books")
def compare_books(request: HttpRequest, ask: Query[CompareQuestion]) -> HttpResponse:
    """Which figures differ between two kept books, for which of the caller's customers, and why."""
    reading = reading_of(request)
    page = compare_page(reading, home(), ask.one, ask.two, ask.measure)
    return said(request, {"page": page, "compared": compared(reading, home(), page) if page.one else None})


@router.get("/pages/forecasts", response=responses(shape(ScoredForecasts, "Forecasts")), summary="Read forecasts")
def forecasts(request: HttpRequest) -> HttpResponse:
    """Forecasts of churn as they were frozen, and as they would be made again, with what happened since."""
    return said(request, scored_forecasts(reading_of(request)))
