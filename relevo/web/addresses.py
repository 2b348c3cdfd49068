"""Addresses of what a page links to."""

from urllib.parse import urlencode

from django.urls import reverse

from relevo.answers.values import RowsAsk


def rows_address(ask: RowsAsk) -> str:
    """Where the rows behind a figure are listed."""
    parameters = urlencode(ask.parameters())
    return reverse("rows", args=[ask.measure]) + (f"?{parameters}" if parameters else "")
