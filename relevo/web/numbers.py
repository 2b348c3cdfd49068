"""Numbers from addresses: bounded, or refused with a sentence."""

from django.http import HttpRequest

from relevo.base.errors import WrongUse


def number_of(request: HttpRequest, name: str) -> int | None:
    """A whole number of up to six digits from the address; None where it is absent, WrongUse for anything else."""
    text = request.GET.get(name, "")
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise WrongUse(f"{name} is {text[:40]!r}, which is not a whole number.", "Open the page again from its place.")
    return int(text)


def offset_of(request: HttpRequest) -> int:
    """Where a page of rows begins; 0 where the address does not say."""
    return number_of(request, "offset") or 0
