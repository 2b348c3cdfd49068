"""The API of version 1: its endpoints, who may call them, and its description as OpenAPI."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from pydantic import BaseModel

from relevo import __version__
from relevo.api import problems
from relevo.api.callers import ApiKey, Session
from relevo.api.describing import described
from relevo.api.endpoints import (
    company,
    customer_parts,
    customers,
    data,
    desk,
    fit,
    handoff_acts,
    handoffs,
    identity,
    measures,
    pages,
    promises,
    reviews,
    voices,
)
from relevo.api.endpoints.schema import router as schema_router
from relevo.api.paging import Asked
from relevo.base.errors import RelevoError, WrongUse

_ABOUT = (
    "The answers of the pages as JSON, with the same permissions. Send a key as `Authorization: Bearer rlv_…`. "
    "Money is in minor units of the currency beside it, months are YYYY-MM, instants UTC; null is unknown and not 0. "
    "Lists come in pages: send `next` back as `cursor`. Send an `ETag` back as `If-None-Match` to learn with 304 that "
    "nothing changed."
)


class Described(OpenAPISchema):
    """The description, in which two shapes never share a name."""

    def add_schema_definitions(self, definitions: dict[str, Any]) -> None:
        """Add shapes; ValueError where a name stands for another shape already."""
        for name, shape in definitions.items():
            if self.schemas.setdefault(name, shape) != shape:
                raise ValueError(f"two shapes of the API are named {name}")


class Api(NinjaAPI):
    """django-ninja with our names of operations and our description."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The name of the function: it is unique and reads well in a generated client."""
        return operation.view_func.__name__

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: Any = None) -> OpenAPISchema:
        """The whole description."""
        return described(Described(self, path_prefix or self.get_root_path(path_params or {})))


def refuse_unknown(endpoint: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A parameter that nobody reads is refused: a filter that is misspelt must not give the whole list."""

    @wraps(endpoint)
    def strict(request: HttpRequest, **values: Any) -> HttpResponse:
        known = {name for value in values.values() if isinstance(value, Asked) for name in _names(value)}
        unknown = sorted(set(request.GET) - known)
        if unknown:
            hint = f"It takes {', '.join(sorted(known))}." if known else "It takes none."
            raise WrongUse(f"This address takes no parameter {unknown[0][:80]!r}.", hint)
        return endpoint(request, **values)

    return strict


def _names(asked: BaseModel) -> set[str]:
    return {each.alias or name for name, each in type(asked).model_fields.items()}


def make_api() -> Api:
    """The API with every endpoint."""
    api = Api(
        title="Relevo", version=__version__, description=_ABOUT, openapi_url=None, docs_url=None,
        urls_namespace="api-v1", auth=[ApiKey(), Session()],
    )  # fmt: skip
    api.add_decorator(refuse_unknown)
    handlers: dict[type[Exception], Any] = {
        RelevoError: problems.of_relevo,
        ValidationError: problems.of_validation,
        HttpError: problems.of_http,
        Http404: problems.of_nothing,
        Exception: problems.of_fault,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)
    relay = (handoffs, handoff_acts, promises, fit, voices, reviews)
    for module in (company, measures, customer_parts, identity, customers, pages, data, desk, *relay):
        api.add_router("", module.router)
    api.add_router("", schema_router)
    return api


api = make_api()
