"""What holds for every run of the tests: the examples of hypothesis, and where coverage looks away."""

import gc
import importlib
import pkgutil
import sys
from collections.abc import Callable
from pathlib import Path
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

# Tests of what stands on the book are followed by coverage there alone: what they ask of the book and the measures is
# followed by the tests of those, which reach every line and branch without them.
ABOVE = ("answers", "api", "cli", "desk", "hardening", "jobs", "web")
BELOW = (
    "relevo.measures.asking._rows",
    "relevo.book.book.Book.open",
    "relevo.book.book.Book.run",
    "relevo.book.build._make",
)


@pytest.fixture(autouse=True)
def followed_above(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Coverage makes all Python a third slower, so it looks away where others follow."""
    if sys.gettrace() is not None and request.path.relative_to(Path(__file__).parent).parts[0] in ABOVE:
        for name in BELOW:
            monkeypatch.setattr(name, _untraced(pkgutil.resolve_name(name)))


def pytest_itemcollected(item: pytest.Item) -> None:
    """Nor does it follow laws: they ask of many companies what the tests of each measure ask of one."""
    if "laws" in item.path.stem:
        item.add_marker(pytest.mark.no_cover)


@pytest.fixture(scope="session", autouse=True)
def untraced_translation() -> None:
    """Coverage follows what Ibis and sqlglot run, too, only to forget it: it looks away while they translate."""
    ibis.to_sql = _untraced(ibis.to_sql)


@pytest.fixture(scope="session", autouse=True)
def shared_translations(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Books in memory, which belong to no home, find what other processes of the run translated."""
    compiling = importlib.import_module("relevo.book.compiling")  # late: coverage has to see it being read
    compiling.keep_in(tmp_path_factory.getbasetemp() / "sql")


def _untraced(function: Callable[..., Any]) -> Callable[..., Any]:
    def run(*arguments: Any, **named: Any) -> Any:
        tracer = sys.gettrace()
        sys.settrace(None)
        try:
            return function(*arguments, **named)
        finally:
            sys.settrace(tracer)

    return run
