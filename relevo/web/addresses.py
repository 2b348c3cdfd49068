"""Addresses of what a page links to."""

from functools import lru_cache
from urllib.parse import urlencode

from django.urls import reverse

from relevo.answers.values import RowsAsk


@lru_cache(4096)
def customer_address(customer_id: str) -> str:
    """The page of a customer; lists name fifty of them."""
    return reverse("customer", args=[customer_id])


def rows_address(ask: RowsAsk) -> str:
    """Where the rows behind a figure are listed."""
    parameters = urlencode(ask.parameters())
    return reverse("rows", args=[ask.measure]) + (f"?{parameters}" if parameters else "")
