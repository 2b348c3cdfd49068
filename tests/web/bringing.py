"""A home that is written to by a test: files are uploaded into it and loaded by the job, as by a worker."""

from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from relevo.base.config import Company, Home
from relevo.desk.running.outcome import Outcome
from relevo.jobs.loading import start_home
from relevo.jobs.uploads import load_uploads


def new_home(folder: Path, settings: Any, monkeypatch: Any) -> Home:
    """A home of a company that reports in euros, whose Desk is that of the test."""
    home = Home(folder / "home")
    start_home(home, Company("Shop", "EUR", "UTC"))
    home.desk_database.touch()  # what is said on a Desk that is there counts
    settings.RELEVO_HOME = home.path
    monkeypatch.setenv("RELEVO_HOME", str(home.path))
    return home


def send(browser: Client, *files: tuple[str, str | bytes], **more: Any) -> HttpResponse:
    """Upload files, each a name with what it holds."""
    sent = [
        SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode(), content_type="text/csv")
        for name, text in files
    ]
    return browser.post("/data/upload", {"files": sent, **more})


def work(home: Home) -> Outcome:
    """What the worker does next."""
    return load_uploads(home, {})
