"""Below `relevo.jobs` time is an argument: nothing reads a clock."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

RELEVO = Path(__file__).parents[2] / "relevo"
LAYERS = ("base", "book", "sources", "measures", "insight", "incentives", "planning", "desk", "answers")
CLOCKS = {"now", "today", "utcnow", "localtime", "gmtime", "time_ns"}
CLOCK_MODULES = {"datetime", "date", "time", "timezone", "ibis"}
SQL_CLOCK = re.compile(r"\b(?:now|today|get_current_timestamp)\(\)|\bcurrent_(?:date|time|timestamp)\b", re.IGNORECASE)


def clock_reads(source: str) -> list[int]:
    """Lines that read the clock in Python, hand a clock on as a default, or let SQL read it."""
    tree = ast.parse(source)
    prose = set(docstrings(tree))
    return sorted({node.lineno for node in ast.walk(tree) if node not in prose and reads_clock(node)})


def reads_clock(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in CLOCKS:
            return True
        case ast.Attribute(value=ast.Name(id=holder), attr=name) if holder in CLOCK_MODULES and name in CLOCKS:
            return True
        case ast.Attribute(value=ast.Name(id="time"), attr="time"):
            return True
        case ast.ImportFrom(module="time", names=names):
            return any(alias.name in CLOCKS | {"time"} for alias in names)
        case ast.Constant(value=str(text)):
            return SQL_CLOCK.search(text) is not None
    return False


def docstrings(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


def test_nothing_below_jobs_reads_a_clock() -> None:
    files = [path for layer in LAYERS for path in (RELEVO / layer).rglob("*.py")]
    found = [f"{p.relative_to(RELEVO)}:{line}" for p in files for line in clock_reads(p.read_text("utf-8"))]
    assert found == [], "take the time as an argument; relevo.jobs and the surfaces read the clock"


@pytest.mark.parametrize(
    "line",
    [
        "datetime.now(UTC)",
        "date.today()",
        "datetime.datetime.utcnow()",
        "time.time()",
        "from time import time",
        "models.DateTimeField(default=timezone.now)",
        "now()",
        "ibis.now()",
        "sql = 'select now()'",
        "sql = f'select current_date - {days}'",
    ],
)
def test_a_clock_is_noticed(line: str) -> None:
    assert clock_reads(line) == [1]


@pytest.mark.parametrize(
    "line",
    [
        '"""What is known now() and today()."""',
        "time.perf_counter()",
        "order.now.date()",
        "book.as_of",
    ],
)
def test_what_is_no_clock_is_accepted(line: str) -> None:
    assert clock_reads(line) == []
