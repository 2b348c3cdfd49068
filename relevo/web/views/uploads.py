"""Upload files, and see what became of them."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from relevo.answers.files import check_may_bring, upload_page
from relevo.answers.running import Health, health
from relevo.base.errors import WrongUse
from relevo.jobs.clock import now
from relevo.jobs.incoming import Incoming, check_room, open_incoming
from relevo.jobs.uploads import bring
from relevo.web.reader import home, reading_of
from relevo.web.upload_words import upload_told


class Receiving(FileUploadHandler):
    """Writes what comes in straight to where uploads wait; a form keeps none of it in memory."""

    def __init__(self, incoming: Incoming) -> None:
        super().__init__()
        self._incoming = incoming

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins."""
        super().new_file(*args, **kwargs)
        self._incoming.begin(self.file_name or "")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 - Django's shape
        """A part of it."""
        self._incoming.write(raw_data)

    def file_complete(self, file_size: int) -> None:  # noqa: ARG002
        """All of it; nothing else needs to see it."""
        self._incoming.end()


@csrf_exempt  # the body is read, and the token in it checked, only once it is known who sends it and how large it is
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Take files for whoever may bring them, and lead to the page that tells what became of them."""
    check_may_bring(reading_of(request))
    try:
        check_room(home(), int(request.META.get("CONTENT_LENGTH") or 0))
        return _taken(request)
    except WrongUse as problem:
        if not request.headers.get("HX-Request"):
            raise
        return HttpResponse(f"{problem.message} {problem.hint}", content_type="text/plain; charset=utf-8", status=422)


def _taken(request: HttpRequest) -> HttpResponse:
    incoming = open_incoming(home())
    request.upload_handlers = [Receiving(incoming)]
    is_kept = False
    try:
        response = _receive(request, incoming)
        is_kept = response.status_code < 400
    finally:
        if not is_kept:
            incoming.drop()
    return response


@csrf_protect
def _receive(request: HttpRequest, incoming: Incoming) -> HttpResponse:
    paths = request.POST.getlist("path")
    if not incoming.names:
        raise WrongUse(_("No file was chosen."), _("Choose files or a folder, then upload."))
    key = bring(home(), incoming, paths, request.user.get_username())
    address = reverse("upload-result", args=[key])
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


@require_safe
def upload_result(request: HttpRequest, key: int) -> HttpResponse:
    """How far an upload is, and what became of it; asked again and again by its own page until it has ended."""
    reading = reading_of(request)
    page = upload_page(reading, home(), key)
    is_idle = health(reading, now()) in (Health.OFF, Health.STALE)
    told = {"page": page, "upload": page.upload, **upload_told(page, is_idle=is_idle)}
    part = request.headers.get("HX-Request")
    return render(request, "relevo/parts/upload.html" if part else "relevo/data/upload.html", told)
