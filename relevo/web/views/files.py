"""Files and how they are read: what asks, what was said, one file with its columns, questions and rows."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from relevo.answers.files import check_may_bring, files_page, known_file
from relevo.answers.mapping import Answers, MappingPage, check_pattern, mapping_page
from relevo.base.errors import WrongUse
from relevo.desk.files.actions import keep_reading, take_back_reading
from relevo.jobs.clock import now
from relevo.jobs.incoming import upload_limit_mb
from relevo.jobs.uploads import read_again
from relevo.web.mapping_words import mapping_told
from relevo.web.reader import home, reading_of
from relevo.web.said_words import aside_grid, history_grid, said_lines
from relevo.web.upload_words import file_address, uploads_grid

LEAVE = "nothing"


@require_safe
def files(request: HttpRequest) -> HttpResponse:
    """The files that ask, those with rows put aside, everything that was said, and the last uploads."""
    page = files_page(reading_of(request), home())
    told = {
        "page": page,
        "asked": [(each, file_address(each.file)) for each in page.asked],
        "aside": aside_grid(page.aside),
        "said": said_lines(page.said),
        "history": history_grid(page.history),
        "uploads": uploads_grid(page.uploads),
        "limit_mb": upload_limit_mb(home()),
    }
    return render(request, "relevo/data/files.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
def file(request: HttpRequest, file: str) -> HttpResponse:
    """How one file is read. A POST shows what an answer would change, keeps it, or lets the file alone."""
    reading = reading_of(request)
    if request.method != "POST":
        return _page(request, mapping_page(reading, home(), file))
    check_may_bring(reading)
    try:
        return _done(request, file)
    except WrongUse as problem:
        return _page(request, mapping_page(reading, home(), file), problem)


@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    """Let what was said about the files of a name hold no more: they ask again."""
    check_may_bring(reading_of(request))
    take_back_reading(request.POST.get("file", ""), request.user.get_username(), now())
    return HttpResponseRedirect(reverse("files"))


@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """Read a file again that is there, with what is said about it now."""
    file = known_file(reading_of(request), home(), request.POST.get("file", ""))
    key = read_again(file, request.user.get_username())
    return HttpResponseRedirect(reverse("upload-result", args=[key]))


def _done(request: HttpRequest, file: str) -> HttpResponse:
    """What was asked of the form: show, load, leave alone, ask again."""
    who, asked, do = request.user.get_username(), request.POST, request.POST.get("do", "show")
    if do == "ask":
        take_back_reading(asked.get("held", ""), who, now())
        return HttpResponseRedirect(file_address(file))
    if do == "leave":
        keep_reading(_pattern(request, file), {"is": LEAVE}, who, now())
        return HttpResponseRedirect(reverse("upload-result", args=[read_again(file, who)]))
    answers = _answers(request)
    page = mapping_page(reading_of(request), home(), file, answers)
    if do != "load":
        return _page(request, page, answers=answers)
    if page.is_open:
        problem = WrongUse(_("Something is still open."), _("Answer what is asked below, then load it."))
        return _page(request, page, problem, answers)
    keep_reading(_pattern(request, file), answers.entry, who, now())
    return HttpResponseRedirect(reverse("upload-result", args=[read_again(file, who)]))


def _pattern(request: HttpRequest, file: str) -> str:
    return check_pattern(reading_of(request), file, request.POST.get("pattern", "").strip())


def _answers(request: HttpRequest) -> Answers:
    asked = request.POST
    names = ("dates", "decimals", "timezone", "currency", "of")
    headings = tuple(asked.getlist("heading"))
    return Answers(
        table=asked.get("is", ""),
        headings=headings,
        fields=tuple(asked.get(f"field-{place}", "") for place in range(len(headings))),
        **{name: asked.get(name, "") for name in names},
    )


def _page(
    request: HttpRequest, page: MappingPage, problem: WrongUse | None = None, answers: Answers | None = None
) -> HttpResponse:
    told: dict[str, Any] = {"page": page, "problem": problem, **mapping_told(page, answers)}
    told["pattern"] = request.POST.get("pattern", page.pattern)
    part = request.headers.get("HX-Request")
    status = 422 if problem and not part else 200
    return render(request, "relevo/parts/mapping.html" if part else "relevo/data/file.html", told, status=status)
