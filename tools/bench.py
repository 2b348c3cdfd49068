"""Measure what users wait for: making, loading and building a company, and answers over its book.

Prints seconds as medians of several runs; figures of one run are comparable with each other, not with other machines.
`python tools/bench.py [--customers 2000 20000] [--runs 3]`
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from relevo.base.config import Company, Config, Home, House
from relevo.book.book import Book
from relevo.book.build import Order, build
from relevo.book.landing import Landing
from relevo.book.store import Store
from relevo.jobs.clock import now
from relevo.measures.asking import ask
from relevo.measures.card import Ask
from relevo.measures.catalog import MEASURES
from relevo.sources.demo import write_demo
from relevo.sources.files.load import load_path

ENDS_ON = date(2026, 10, 31)
CONFIG = Config(Company("Norte Software", "EUR", "Europe/Madrid"), House())


def timed(action: Callable[[], object]) -> float:
    """Seconds one call takes."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def one_size(customers: int, runs: int) -> dict[str, float]:
    """Make, load and build one company; the build is repeated from nothing."""
    with tempfile.TemporaryDirectory() as folder:
        raw, home = Path(folder) / "raw", Home(Path(folder) / "home")
        figures = {
            "customers": customers,
            "make_s": timed(lambda: write_demo(raw, customers=customers, ends_on=ENDS_ON)),
        }
        figures["load_s"] = timed(lambda: load_path(raw, Landing(home.landing), CONFIG, now()))
        builds = [_build(home, Path(folder) / f"book-{i}") for i in range(runs)]
        figures["build_s"] = statistics.median(seconds for seconds, _ in builds)
        store = builds[-1][1]
        figures["rebuild_s"] = _build(home, store.path)[0]
        figures |= _answers(store, runs)
        figures["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return figures


def _build(home: Home, path: Path) -> tuple[float, Store]:
    store = Store(path)
    order = Order(ENDS_ON, now())
    seconds = timed(lambda: build(Landing(home.landing), store, CONFIG, order, lambda _step: None))
    return seconds, store


def _answers(store: Store, runs: int) -> dict[str, float]:
    book = Book.open(store.path)
    rows = book.manifest.rows
    figures: dict[str, float] = {f"{name}_rows": rows[name] for name in ("subscription_span", "conversation", "usage")}
    for name, measure in MEASURES.items():
        slices = [None, *(["segment"] if measure.card.can_slice else [])]
        for by in slices:
            key = f"{name}{'_by_' + by if by else ''}_ms"
            ask(book, name, Ask(by=by))
            figures[key] = 1000 * statistics.median(
                timed(lambda n=name, b=by: ask(book, n, Ask(by=b))) for _ in range(runs)
            )
    book.close()
    return figures


def main() -> None:
    """One process per size, so that the memory of one does not show in another."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, nargs="+", default=[2_000, 20_000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--here", action="store_true", help="measure in this process and print JSON")
    chosen = parser.parse_args()
    if chosen.here:
        print(json.dumps(one_size(chosen.customers[0], chosen.runs)))
        return
    for customers in chosen.customers:
        command = [sys.executable, __file__, "--here", "--customers", str(customers), "--runs", str(chosen.runs)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        for name, value in json.loads(done.stdout).items():
            print(f"{name:44} {value:14,.2f}")
        print()


if __name__ == "__main__":
    main()
