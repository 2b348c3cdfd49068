"""Data."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relevo.answers.data import BookLine, DataPage, SourceTable, data_page
from relevo.answers.files import asked_files, file_lines, may_bring
from relevo.answers.freshness import SourceAge, source_ages
from relevo.answers.identity_review import identity_news
from relevo.answers.reading import Reading
from relevo.answers.running import running
from relevo.base.findings import Finding, Severity
from relevo.jobs.clock import now
from relevo.jobs.incoming import upload_limit_mb
from relevo.web import format as written
from relevo.web.building import build_news
from relevo.web.identity import news as identity_words
from relevo.web.labels import SEVERITIES, label
from relevo.web.numbers import offset_of
from relevo.web.parts import Cell, Grid, Head, More
from relevo.web.reader import home, reading_of
from relevo.web.running import running_grid, running_news
from relevo.web.said_words import aside_grid
from relevo.web.sentences import say


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """What was loaded, how fresh it is, what was put aside, what was found, which books there are."""
    table = request.GET.get("table") or None
    reading = reading_of(request)
    page, jobs = data_page(reading, home(), table, offset_of(request)), running(reading, now())
    told = {
        "page": page,
        **_bringing(reading),
        "jobs": running_grid(jobs),
        "running_news": running_news(jobs),
        "sentence": say(page.sentence),
        "build": build_news(page),
        "sources": _sources(page),
        "ages": _ages(source_ages(reading_of(request), home(), now())),
        "identity": identity_words(identity_news(reading)),
        "aside": _aside(page),
        "more": _more(page),
        "findings": [
            (label(SEVERITIES, str(f.severity)), str(f.severity), f) for f in sorted(page.findings, key=_weight)
        ],
        "books": _books(page),
    }
    part = request.headers.get("HX-Request")
    return render(request, "relevo/parts/aside_rows.html" if part else "relevo/data.html", told)


def _bringing(reading: Reading) -> dict[str, Any]:
    """What only those see who may bring files: the form, how many files ask, files with rows put aside."""
    if not may_bring(reading):
        return {"may_bring": False}
    lines = [line for line in file_lines(reading, home()) if line.quarantined]
    return {
        "may_bring": True,
        "limit_mb": upload_limit_mb(home()),
        "asked": len(asked_files(reading, home())),
        "aside_files": aside_grid(lines),
    }


def _weight(finding: Finding) -> int:
    return tuple(Severity).index(finding.severity)


def _more(page: DataPage) -> More | None:
    if page.next_offset is None:
        return None
    asked = {"offset": page.next_offset, **({"table": page.table} if page.table else {})}
    return More(f"{reverse('data')}?{urlencode(asked)}", page.next_offset, page.aside_found)


def _sources(page: DataPage) -> Grid:
    heads = (
        Head(_("Table")),
        Head(_("Source")),
        Head(_("Files"), is_number=True),
        Head(_("Rows read"), is_number=True),
        Head(_("Kept"), is_number=True),
        Head(_("Put aside"), is_number=True),
        Head(_("Loaded")),
    )
    total = (
        Cell(_("All")),
        Cell(""),
        _number(sum(s.files for s in page.sources)),
        _number(sum(s.rows_in for s in page.sources)),
        _number(sum(s.kept for s in page.sources)),
        _number(sum(s.quarantined for s in page.sources)),
        Cell(""),
    )
    return Grid(_("Sources"), heads, tuple(_source(s) for s in page.sources), total)


def _source(source: SourceTable) -> tuple[Cell, ...]:
    aside = f"{reverse('data')}?table={source.table}#aside" if source.quarantined else ""
    return (
        Cell(source.table),
        Cell(source.source),
        _number(source.files),
        _number(source.rows_in),
        _number(source.kept),
        Cell(written.count(source.quarantined), aside, is_number=True),
        Cell(written.moment(source.loaded_at)),
    )


def _ages(ages: tuple[SourceAge, ...]) -> Grid:
    heads = tuple(Head(name) for name in (_("Source"), _("Last loaded"), _("Age"), _("Usually every"), _("State")))
    return Grid(_("How fresh the sources are"), heads, tuple(_age(each) for each in ages))


def _age(each: SourceAge) -> tuple[Cell, ...]:
    allowed = _("given %(time)s") % {"time": written.span(each.allowed)}
    return (
        Cell(each.source, f"{reverse('loads')}?{urlencode({'source': each.source})}"),
        Cell(written.moment(each.loaded_at)),
        Cell(written.span(each.age)),
        Cell(written.span(each.usual) if each.usual else written.MISSING),
        Cell(_("stale") if each.is_stale else _("fresh"), small=allowed),
    )


def _number(value: int) -> Cell:
    return Cell(written.count(value), is_number=True)


def _aside(page: DataPage) -> Grid:
    heads = (
        Head(_("File")),
        Head(_("Line"), is_number=True),
        Head(_("Column")),
        Head(_("Value")),
        Head(_("Why")),
        Head(_("What to do")),
    )
    rows = tuple(
        (
            Cell(row.file),
            _number(row.line),
            Cell(row.column or ""),
            Cell((row.value or "")[:120]),
            Cell(row.reason),
            Cell(row.hint),
        )
        for row in page.aside
    )
    return Grid(_("Rows put aside"), heads, rows)


def _books(page: DataPage) -> Grid:
    heads = (
        Head(_("Book")),
        Head(_("As of")),
        Head(_("Published")),
        Head(_("Rows"), is_number=True),
        Head(_("Findings"), is_number=True),
        Head(_("State")),
    )
    return Grid(_("Books"), heads, tuple(_book(book) for book in page.books))


def _book(book: BookLine) -> tuple[Cell, ...]:
    state = _("read now") if book.is_current else _("kept") if book.kept else _("pruned")
    return (
        Cell(book.id),
        Cell(written.day(book.as_of)),
        Cell(written.moment(book.built_at)),
        _number(book.rows),
        _number(book.findings),
        Cell(state),
    )
