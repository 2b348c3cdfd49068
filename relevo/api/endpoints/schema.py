"""The description of the API itself."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from relevo.api.callers import reading_of
from relevo.api.said import said
from relevo.api.shapes import responses

router = Router(tags=["description"])


@router.get("/openapi.json", response=responses(dict[str, Any]), summary="Read this description")
def read_openapi(request: HttpRequest) -> HttpResponse:
    """Every address with its parameters, answers and errors, as OpenAPI 3.1."""
    from relevo.api.application import api  # late: the application has this module among its endpoints

    reading_of(request)
    return said(request, api.get_openapi_schema())
