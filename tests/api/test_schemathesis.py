"""The API keeps to its description, whatever is sent: schemathesis with every check, as owner, as seller, as nobody.

What is sent is the same in every run. A question that fits the description may still be one that a measure or page
cannot answer: that is 400, which the check for accepted data is told to expect beside the usual ones.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.contrib.auth.models import User
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig

from relevo.api.application import api
from relevo.api.plain import json_bytes
from relevo.desk.people.actions_keys import NewKey, create_key
from relevo.jobs.clock import now
from tests.answers import company
from tests.api.asking import EVERY, member

CONFIG = {
    "checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", "304", "400", "401", "403", "404", "409"]}},
    "generation": {"deterministic": True, "database": "none"},
}
# A reconciliation asks the book under every policy on the way, which takes a second per question.
BRIEF = {
    **CONFIG,
    "operations": [{"include-path": "/api/v1/pages/reconcile", "phases": {"coverage": {"enabled": False}}}],
}
# Least and greatest values, wrong types, absent and repeated parameters: dozens of questions per address.
WITHOUT_COVERAGE = {**CONFIG, "phases": {"coverage": {"enabled": False}}}
FEW, MANY = 3, 200
QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much]
CALLERS = {"owner": ("mia", "owner"), "seller": ("leo", "seller"), "nobody": None}


def _schema(settings: dict[str, Any]) -> Any:
    described = json.loads(json_bytes(api.get_openapi_schema()))
    found = schemathesis.openapi.from_dict(described, config=SchemathesisConfig.from_dict(settings))
    found.app = get_wsgi_application()
    found.location = "/api/v1/openapi.json"
    return found


schema, brief, briefer = _schema(CONFIG), _schema(BRIEF), _schema(WITHOUT_COVERAGE)


@pytest.fixture(autouse=True)
def connection_of_the_test() -> Iterator[None]:
    """Asked without Django's own client, the application would close the test's connection to the Desk."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def headers(caller: str, settings: Any, db: None) -> dict[str, str]:
    settings.RELEVO_HOME = company.home().path
    who = CALLERS[caller]
    # Schemathesis asks for compressed answers and does not unpack what an application answers in its own process.
    plain = {"Accept-Encoding": "identity"}
    return plain if who is None else plain | {"Authorization": f"Bearer {_token(member('fuzz', who[1], who[0]))}"}


def _token(user: User) -> str:
    return create_key(user, NewKey("fuzz", EVERY), now())[1]


@pytest.mark.parametrize("caller", ["owner"])
@brief.parametrize()
@settings(max_examples=FEW, suppress_health_check=QUIET)
def test_the_api_keeps_to_its_description(case: schemathesis.Case, caller: str, headers: dict[str, str]) -> None:
    case.call_and_validate(headers=headers)


@pytest.mark.parametrize("caller", ["seller", "nobody"])
@briefer.parametrize()
@settings(max_examples=FEW, suppress_health_check=QUIET)
def test_it_keeps_to_it_for_others(case: schemathesis.Case, caller: str, headers: dict[str, str]) -> None:
    case.call_and_validate(headers=headers)


@pytest.mark.nightly
@pytest.mark.parametrize("caller", CALLERS)
@schema.parametrize()
@settings(max_examples=MANY, suppress_health_check=QUIET)
def test_it_keeps_to_it_at_length(case: schemathesis.Case, caller: str, headers: dict[str, str]) -> None:
    case.call_and_validate(headers=headers)
