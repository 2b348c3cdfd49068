"""Measure reading a help desk's tables: recognise, judge, map and land conversations and messages from CSV.

The tables are a loader's of Zendesk, made up and written by DuckDB: tickets, their comments, users, organisations and
the history of states. Loading is a process of its own, so that its memory is its own.
`python tools/bench_load.py [--conversations 1000000] [--messages 5] [--runs 3]` prints JSON and the rows for
docs/benchmarks.md.
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
from pathlib import Path
from typing import Any

import duckdb

from relevo.base.config import Company, Config, House
from relevo.book.landing import Landing
from relevo.jobs.clock import now
from relevo.sources.load import load_path

CONFIG = Config(Company("Norte Software", "EUR", "Europe/Madrid"), House())
GOAL_SECONDS, GOAL_MB = 90, 2_048
_WORDS = "The export stops at the second page, and nobody here can close the month; we tried twice."
_ORGANIZATION = "SELECT i AS id, 'Company ' || i AS name, {at} AS created_at, false AS shared_tickets"
_USER = """SELECT i AS id, 'Person ' || i AS name, 'p' || i || '@c' || i % {firms} || '.example' AS email,
    CASE WHEN i < 40 THEN 'agent' ELSE 'end-user' END AS role,
    CASE WHEN i >= 40 THEN i % {firms} END AS organization_id, true AS active"""
_TICKET = """SELECT i AS id, {at} AS created_at, (i % {users}) % {firms} AS organization_id,
    40 + (i * 7) % ({users} - 40) AS requester_id, i % 40 AS assignee_id, 'Question ' || i AS subject,
    CASE WHEN i % 9 = 0 THEN 'urgent' ELSE 'normal' END AS priority,
    CASE WHEN i % 5 = 0 THEN 'open' ELSE 'closed' END AS status, 'email' AS via_channel"""
_COMMENT = """SELECT i AS id, i // {messages} AS ticket_id, {at} AS created,
    CASE WHEN i % 2 = 0 THEN 40 + (i * 7) % ({users} - 40) ELSE i % 40 END AS user_id,
    i % 11 <> 0 AS public, '{words} ' || i AS body"""
_HISTORY = """SELECT i AS ticket_id, 'status' AS field_name, {at} AS updated,
    CASE WHEN i % 5 = 0 THEN 'open' ELSE 'closed' END AS value, i % 40 AS user_id"""
_AT = "strftime(TIMESTAMP '2025-01-01' + to_seconds((i * 37) % 40000000), '%Y-%m-%d %H:%M:%S')"


def tables(conversations: int, messages: int) -> dict[str, str]:
    """A SELECT for each raw table: one asker in three conversations, twenty askers to an organisation."""
    users, firms = conversations // 3, conversations // 60
    rows = {
        "organization": (_ORGANIZATION, firms),
        "user": (_USER, users),
        "ticket": (_TICKET, conversations),
        "ticket_comment": (_COMMENT, conversations * messages),
        "ticket_field_history": (_HISTORY, conversations),
    }
    known = {"users": users, "firms": firms, "messages": messages, "words": _WORDS, "at": _AT}
    return {name: f"{sql.format(**known)} FROM range({count}) t(i)" for name, (sql, count) in rows.items()}


def write(folder: Path, conversations: int, messages: int) -> int:
    """Write the tables as CSV; how many bytes they have."""
    folder.mkdir(parents=True)
    with duckdb.connect() as connection:
        for name, select in tables(conversations, messages).items():
            connection.execute(f"COPY ({select}) TO '{folder / name}.csv' (HEADER)")
    return sum(each.stat().st_size for each in folder.iterdir())


def load(folder: str, landing: str) -> dict[str, Any]:
    """Load a folder in this process: seconds, processor seconds, memory, rows and how often progress was told."""
    told: list[str] = []
    began = time.perf_counter()
    report = load_path(Path(folder), Landing(Path(landing)), CONFIG, now(), lambda file, _rows: told.append(file))
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "seconds": round(time.perf_counter() - began, 1),
        "cpu": round(used.ru_utime + used.ru_stime, 1),
        "mb": used.ru_maxrss // 1024,
        "kept": {each.load.table: each.load.kept for each in report.loads},
        "lost": report.quarantined,
        "told": len(told),
    }


def main() -> None:
    """Make the tables, load them a few times, print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conversations", type=int, default=1_000_000)
    parser.add_argument("--messages", type=int, default=5)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--step", nargs=2, help="load FOLDER into LANDING in this process and print JSON")
    asked = parser.parse_args()
    if asked.step:
        print(json.dumps(load(*asked.step)))
        return
    with tempfile.TemporaryDirectory() as folder:
        size = write(Path(folder) / "raw", asked.conversations, asked.messages)
        runs = [_run(folder, str(n)) for n in range(asked.runs)]
    middle = {key: statistics.median(run[key] for run in runs) for key in ("seconds", "cpu", "mb")}
    told = {"goal": {"seconds": GOAL_SECONDS, "mb": GOAL_MB}, "bytes": size, **middle, "runs": runs}
    print(json.dumps({**told, "load_average": round(os.getloadavg()[0], 1)}, indent=1))


def _run(folder: str, place: str) -> dict[str, Any]:
    command = [sys.executable, __file__, "--step", f"{folder}/raw", f"{folder}/landing{place}"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    main()
