"""What holds for every run of the tests: the examples of hypothesis, and where coverage looks away."""

import gc
import sys
from collections.abc import Callable
from typing import Any

import ibis
import pytest
from hypothesis import HealthCheck, settings

# The same examples each time, without a deadline per example.
settings.register_profile(
    "ci",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("ci")
# An expression is many small objects that refer to each other: looking for circles among them after every 700 takes a
# fifth of their time.
gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session", autouse=True)
def untraced_translation() -> None:
    """Coverage follows what Ibis and sqlglot run, too, only to forget it: it looks away while they translate."""
    ibis.to_sql = _untraced(ibis.to_sql)


def _untraced(function: Callable[..., Any]) -> Callable[..., Any]:
    def run(*arguments: Any, **named: Any) -> Any:
        tracer = sys.gettrace()
        sys.settrace(None)
        try:
            return function(*arguments, **named)
        finally:
            sys.settrace(tracer)

    return run
