"""Measure conversations: the ledger and every measure of it over a million conversations with five million messages.

A help desk is made up in one DuckDB file, then a process of its own makes the ledger and asks the measures, with two
threads and so little memory for the database that the whole process stays under 2 GB. Happiness is asked by
person, which is where its model is. Seconds by the clock and of all threads stand beside each other. Writes
docs/benchmarks_talks.json and the table between the marks in docs/benchmarks.md.
`python tools/bench_talks.py [--conversations 1000000] [--runs 3]`
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from relevo.base.config import Company
from relevo.book.book import Book
from relevo.book.engine import DuckEngine, connect
from relevo.book.ledger.make import make_ledger
from relevo.book.manifest import Manifest
from relevo.book.policy import Policy
from relevo.book.rollups.all import Setting, make, show
from relevo.book.store import Store
from relevo.book.tables import TABLES
from relevo.jobs.clock import now
from relevo.measures.asking import ask
from relevo.measures.card import Ask

DOCS = Path(__file__).parents[1] / "docs"
BEGIN, END = "<!-- talks: written by tools/bench_talks.py -->", "<!-- end of talks -->"
COMPANY, AS_OF = Company("Made up", "EUR", "Europe/Madrid"), date(2026, 6, 30)
CUSTOMERS, PEOPLE, LINES, DAYS = 20_000, 60, 5, 1_080
ASKED = {
    "waits": None, "waits_compat": None, "happiness": "person", "load": None, "work_types": None,
    "avoidance": None, "support_map": None, "retention_after_contact": None, "cover": None,
}  # fmt: skip
LEDGER = "ledger"
# What the process takes beside the database's own memory is some 300 MB at most.
DATABASE_MEMORY = "1600MB"

# Everything follows from the number of a conversation, so that two runs measure the same rows.
_HASH = "hash({} * 1000003 + {})"


def _pick(names: tuple[str, ...], of: str, salt: int) -> str:
    listed = ", ".join(f"'{name}'" for name in names)
    return f"[{listed}][1 + CAST({_HASH.format(of, salt)} % {len(names)} AS INTEGER)]"


def rows_of(conversations: int) -> dict[str, str]:
    """SQL of the rows of each table."""
    who = f"'p' || ({_HASH.format('i', 3)} % {PEOPLE})"
    opened = f"TIMESTAMP '2023-07-17' + to_seconds({_HASH.format('i', 1)} % {DAYS * 86_400})"
    many, people = f"range({conversations}) AS r(i)", f"range({PEOPLE}) AS r(i)"
    return {
        "customer": f"SELECT 'c' || i AS customer_id, 'C' || i AS name FROM range({CUSTOMERS}) AS r(i)",
        "subscription_span": f"""
            SELECT 'c' || i AS customer_id, 's' || i AS subscription_id, 'i' || i AS item_id, 'pro' AS plan,
                   TIMESTAMP '2023-06-01' AS valid_from, 10000 AS unit_amount_cents, 1 AS quantity,
                   CASE WHEN i % 5 = 0 THEN TIMESTAMP '2023-08-01' + to_days(CAST({_HASH.format('i', 9)} % 1000 AS INT))
                   END AS valid_to, 'month' AS interval_unit, 1 AS interval_count, 'EUR' AS currency,
                   'active' AS status
            FROM range({CUSTOMERS}) AS r(i)""",
        "person": f"SELECT 'p' || i AS person_id, 'P' || i AS name, 'support' AS team FROM {people}",
        "schedule": "SELECT 'office' AS schedule_id, 'Europe/Madrid' AS timezone, day AS weekday, '09:00' AS opens, "
                    "'18:00' AS closes FROM (SELECT unnest(['mon', 'tue', 'wed', 'thu', 'fri']) AS day)",
        "shift": f"""
            SELECT 'p' || i AS person_id, TIMESTAMP '2023-07-17 07:00:00' + to_days(CAST(d AS INT)) AS from_at,
                   TIMESTAMP '2023-07-17 16:00:00' + to_days(CAST(d AS INT)) AS to_at
            FROM {people}, range({DAYS}) AS days(d) WHERE d % 7 < 5""",
        "conversation": f"""
            SELECT 'v' || i AS conversation_id, 'c' || ({_HASH.format('i', 2)} % {CUSTOMERS}) AS customer_id,
                   {_pick(('email', 'chat', 'phone'), 'i', 4)} AS channel,
                   {_pick(('how_to', 'bug', 'billing', 'access', 'data', 'api', 'mobile'), 'i', 5)} AS category,
                   {_pick(('standard', 'premium'), 'i', 6)} AS tier, {_pick(('normal', 'high'), 'i', 7)} AS priority,
                   {opened} AS opened_at, {opened} + INTERVAL 30 HOUR AS resolved_at,
                   {opened} + INTERVAL 40 HOUR AS closed_at, 'solved' AS close_reason, {who} AS assignee_id,
                   true AS csat_offered
            FROM {many}""",
        "message": f"""
            SELECT 'm' || i || '-' || j AS message_id, 'v' || i AS conversation_id,
                   {opened} + to_seconds(j * (600 + {_HASH.format('i', 8)} % 14400)) AS "at",
                   CASE WHEN j % 2 = 0 THEN 'customer' ELSE 'human' END AS author_kind,
                   CASE WHEN j % 2 = 1 THEN {who} END AS author_id, true AS is_public,
                   CASE WHEN j % 2 = 1 THEN CAST(60 + {_HASH.format('i', 10)} % 900 AS INT) END AS seconds_spent
            FROM {many}, range({LINES}) AS lines(j)""",
        "conversation_event": f"""
            SELECT 'e' || i || '-' || j AS event_id, 'v' || i AS conversation_id,
                   {opened} + CASE j WHEN 0 THEN INTERVAL 5 MINUTE ELSE INTERVAL 40 HOUR END AS "at",
                   CASE j WHEN 0 THEN 'assigned' ELSE 'closed' END AS kind,
                   CASE j WHEN 0 THEN {who} ELSE 'solved' END AS to_value, CASE j WHEN 0 THEN {who} END AS by_id
            FROM {many}, range(2) AS events(j)""",
        "rating": f"""
            SELECT 'r' || i AS rating_id, 'happiness' AS kind, CAST({_HASH.format('i', 11)} % 3 AS INT) - 1 AS score,
                   {opened} + INTERVAL 41 HOUR AS "at", 'v' || i AS conversation_id,
                   'c' || ({_HASH.format('i', 2)} % {CUSTOMERS}) AS customer_id
            FROM {many} WHERE i % 7 = 0""",
    }  # fmt: skip


def make_up(file: Path, conversations: int) -> None:
    """The canonical tables of the made-up company, as tables of a DuckDB file."""
    connection = connect(file)
    for table in TABLES.values():
        typed = ", ".join(f'"{c.name}" {c.kind.sql}' for c in table.stored_columns)
        connection.execute(f"CREATE TABLE {table.name} ({typed})")
    for name, sql in rows_of(conversations).items():
        connection.execute(f"INSERT INTO {name} BY NAME {sql}")
    make(connection, Setting(COMPANY, Policy(), AS_OF), lambda _name, _rows: None)
    connection.close()


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock and of all threads."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return round(time.perf_counter() - wall, 2), round(time.process_time() - cpu, 2)


def measure(file: Path) -> dict[str, Any]:
    """What one process took to make the ledger and to ask each measure once; its greatest memory."""
    connection = connect(file, memory_limit=DATABASE_MEMORY, threads=2)
    show(connection, COMPANY)
    found = {LEDGER: timed(lambda: make_ledger(connection, COMPANY))}
    manifest = Manifest("bench", now(), AS_OF, None, COMPANY, Policy(), None, {}, {}, (), ())
    book = Book(manifest, DuckEngine(connection), Store(Path("nowhere")), AS_OF, Policy())
    for name, by in ASKED.items():
        found[name] = timed(lambda name=name, by=by: ask(book, name, Ask(by=by)))  # type: ignore[misc]
    return {"seconds": found, "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}


def run(conversations: int, runs: int) -> dict[str, Any]:
    """Medians of several processes, each on a company without a ledger."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "talks.duckdb"
        make_up(file, conversations)
        told = [_in_a_process(file, Path(folder) / f"run{i}.duckdb") for i in range(runs)]
    names = told[0]["seconds"]
    seconds = {n: [statistics.median(t["seconds"][n][k] for t in told) for k in (0, 1)] for n in names}
    return {
        "at": f"{now():%Y-%m-%d %H:%M} UTC", "conversations": conversations, "messages": conversations * LINES,
        "runs": runs, "cores": os.cpu_count(), "duckdb": duckdb.__version__, "seconds": seconds,
        "peak_mb": max(t["peak_mb"] for t in told),
    }  # fmt: skip


def _in_a_process(made: Path, copy: Path) -> dict[str, Any]:
    copy.write_bytes(made.read_bytes())
    answer = subprocess.run(
        [sys.executable, __file__, "--inner", str(copy)], stdout=subprocess.PIPE, text=True, check=True
    )
    copy.unlink()
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


def table_of(told: dict[str, Any]) -> str:
    """The figures as a table of the documentation."""
    head = (
        f"{told['at']}. {told['conversations']:,} conversations, {told['messages']:,} messages, cores {told['cores']}, "
        f"duckdb {told['duckdb']}, threads 2, database memory "
        f"{DATABASE_MEMORY}. Wall seconds / CPU seconds, medians of {told['runs']}."
    )
    rows = [f"| {name} | {wall} / {cpu} |" for name, (wall, cpu) in told["seconds"].items()]
    whole = sum(wall for wall, _ in told["seconds"].values())
    rows += [f"| **all of it** | {whole:.1f} |", f"| peak memory, MB | {told['peak_mb']:,} |"]
    return "\n".join((head, "", "| step | seconds |", "|---|---|", *rows))


def write(told: dict[str, Any]) -> None:
    """Keep the figures, and put the table into docs/benchmarks.md."""
    (DOCS / "benchmarks_talks.json").write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    page = DOCS / "benchmarks.md"
    before, rest = page.read_text("utf-8").split(BEGIN)
    page.write_text(f"{before}{BEGIN}\n\n{table_of(told)}\n\n{END}{rest.split(END)[1]}", "utf-8")


def main() -> None:
    """Measure and write; with --inner, one process of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conversations", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--inner", type=Path)
    asked = parser.parse_args()
    if asked.inner:
        print(json.dumps(measure(asked.inner)))
    else:
        write(run(asked.conversations, asked.runs))


if __name__ == "__main__":
    main()
