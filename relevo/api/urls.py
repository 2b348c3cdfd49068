"""Addresses of the API. Who may ask is decided by each endpoint, not by the pages' redirect to sign-in."""

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, path, re_path

from relevo.api.application import api
from relevo.api.docs import docs
from relevo.api.problems import no_such_address


def _open(pattern: URLPattern) -> URLPattern:
    pattern.callback = login_not_required(pattern.callback)
    return pattern


_endpoints, _app, _namespace = api.urls

urlpatterns = [
    path("v1/docs", docs, name="api-docs"),
    path("v1/", ([_open(each) for each in _endpoints if isinstance(each, URLPattern)], _app, _namespace)),
    re_path(r"^.*$", login_not_required(no_such_address), name="api-nowhere"),
]
