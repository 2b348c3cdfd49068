"""A home whose book changes in a way that is easy to tell: each load adds one customer who pays one euro a month."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from relevo.base.config import Home, parse_config
from relevo.book.book import Book
from relevo.book.landing import Landing
from relevo.measures.asking import ask
from relevo.sources.load import load_path
from tests.making import span, write_table

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
CUSTOMERS = 200
CENTS = 100
SETTINGS = '[company]\nname = "Shop"\ncurrency = "EUR"\ntimezone = "UTC"\n'


@dataclass
class Shop:
    """A home and how many customers were loaded into it."""

    home: Home
    raw: Path
    loaded: int = 0

    def open(self) -> None:
        """Load the first customers."""
        self.settings()
        (self.home.path / "format").write_text("2\n")
        self._load(CUSTOMERS)

    def settings(self, house: str = "") -> None:
        """Write the settings, with house rules where given."""
        self.home.path.mkdir(parents=True, exist_ok=True)
        self.home.settings_file.write_text(SETTINGS + house)

    def one_more(self) -> None:
        """Load one more customer."""
        self._load(1)

    @property
    def cents(self) -> int:
        """What the book says when it knows everything that was loaded."""
        return CENTS * self.loaded

    def _load(self, count: int) -> None:
        shutil.rmtree(self.raw, ignore_errors=True)
        names = [f"C{n:05}" for n in range(self.loaded, self.loaded + count)]
        write_table(self.raw, "subscription_span", [span(name, "2025-01-01", None, CENTS) for name in names])
        write_table(self.raw, "touch", [_touch(name) for name in names])
        load_path(self.raw, Landing(self.home.landing), parse_config(SETTINGS, "shop"), datetime.now(UTC))
        self.loaded += count


def _touch(name: str) -> dict[str, object]:
    """A call with notes, so that a part has some weight."""
    notes = " ".join(f"{name}-{n}" for n in range(60))
    return {
        "touch_id": f"t-{name}", "customer_id": name, "person_id": "p1", "at": "2025-02-01T10:00:00Z",
        "kind": "call", "body": notes,
    }  # fmt: skip


def served_cents(home: Home) -> int:
    """What the published book says, read to its last row."""
    book = Book.open(home.books, threads=1)
    try:
        for name, rows in book.manifest.rows.items():
            assert book.run_sql(f"SELECT count(*), max(hash(COLUMNS(*))) FROM {name}").rows[0][0] == rows, name
        cents: int = ask(book, "mrr").rows[-1]["mrr_cents"]
    finally:
        book.close()
    return cents


class Builder:
    """A process that builds a home in children, one at a time."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def build(self, *, kill_after: float | None = None, **wanted: int) -> tuple[int, float]:
        """Build once, killing it after some seconds where asked: exit code (minus the signal) and seconds."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(wanted) + "\n")
        self._process.stdin.flush()
        child, start = os.pidfd_open(int(self._process.stdout.readline())), time.perf_counter()
        if kill_after is not None:
            time.sleep(kill_after)
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(child, signal.SIGKILL)
        os.close(child)
        return int(self._process.stdout.readline()), time.perf_counter() - start


@contextmanager
def builder(home: Home) -> Iterator[Builder]:
    """A builder of a home, ended with the block."""
    command = [sys.executable, "-m", "tests.hardening.builder", str(home.path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Builder(process)
        assert process.stdin
        process.stdin.close()
