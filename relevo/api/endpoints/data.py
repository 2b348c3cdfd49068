"""Data: loads, sources, rows put aside, findings and books, each as a list."""

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from relevo.answers.data import BookLine, DataPage, SourceTable, data_page
from relevo.answers.files import AskedFile, FileLine, asked_files, file_lines
from relevo.answers.loads import LoadLine, loads
from relevo.api.callers import reading_of
from relevo.api.paging import Page, Place
from relevo.api.said import said
from relevo.api.shapes import listed, responses, shape
from relevo.jobs.served import home

router = Router(tags=["data"])
Loads, Sources = listed(shape(LoadLine), "Loads"), listed(shape(SourceTable), "Sources")
Files, Asked = listed(shape(FileLine), "Files"), listed(shape(AskedFile), "AskedFiles")
Books = listed(shape(BookLine), "Books")


class FindingSaid(Schema):
    """One problem found in the data: a stable code, how bad, where, in words, and what to do next."""

    code: str
    severity: str
    where: str
    message: str
    hint: str


class AsideCount(Schema):
    """How many rows of one source and table were put aside, of how many."""

    source: str
    table: str
    rows_in: int
    quarantined: int


class FindingsQuestion(Page):
    """Which findings."""

    severity: str | None = Field(None, max_length=20, description="Keep these.", examples=["warning"])


@router.get("/data/loads", response=responses(Loads), summary="List loads")
def list_loads(request: HttpRequest, page: Query[Page]) -> HttpResponse:
    """Every file that was read, newest first, and what became of its rows."""
    return said(request, Place(request, page).cut(loads(reading_of(request), home())))


@router.get("/data/sources", response=responses(Sources), summary="List sources")
def list_sources(request: HttpRequest, page: Query[Page]) -> HttpResponse:
    """Per source and table: files, rows read, kept and put aside, and when the last file came in."""
    return said(request, Place(request, page).cut(_data(request).sources))


@router.get("/data/quarantine", response=responses(listed(AsideCount, "AsideCounts")), summary="Count rows put aside")
def list_quarantine(request: HttpRequest, page: Query[Page]) -> HttpResponse:
    """Per source and table with rows put aside: how many, of how many. The rows stand on the page Data."""
    counts = [
        {"source": s.source, "table": s.table, "rows_in": s.rows_in, "quarantined": s.quarantined}
        for s in _data(request).sources
        if s.quarantined
    ]
    return said(request, Place(request, page).cut(counts))


@router.get("/data/files", response=responses(Files), summary="List files")
def list_files(request: HttpRequest, page: Query[Page]) -> HttpResponse:
    """Every file as it was read last, by name: its source, the tables it fills, and what became of its rows."""
    return said(request, Place(request, page).cut(file_lines(reading_of(request), home())))


@router.get("/data/asked", response=responses(Asked), summary="List files that ask")
def list_asked(request: HttpRequest, page: Query[Page]) -> HttpResponse:
    """Files that wait for an answer, the latest first. They are answered on the page Data, or in relevo.toml."""
    return said(request, Place(request, page).cut(asked_files(reading_of(request), home())))


@router.get("/data/findings", response=responses(listed(FindingSaid, "Findings")), summary="List findings")
def list_findings(request: HttpRequest, ask: Query[FindingsQuestion]) -> HttpResponse:
    """What the build of the book in force found; before the first book, what the loads found."""
    found = [each.as_dict() for each in _data(request).findings if ask.severity in (None, str(each.severity))]
    return said(request, Place(request, ask).cut(found))


@router.get("/data/books", response=responses(Books), summary="List books")
def list_books(request: HttpRequest, page: Query[Page]) -> HttpResponse:
    """Books that are kept or remembered, newest first."""
    return said(request, Place(request, page).cut(_data(request).books))


def _data(request: HttpRequest) -> DataPage:
    return data_page(reading_of(request), home())
