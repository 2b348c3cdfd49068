"""`relevo serve` and `relevo worker` as processes, as a person starts and stops them."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from relevo.base.config import Home
from relevo.jobs.doctor import Check, State, examine
from tests.jobs.sink import mail_server
from tests.making import span, write_table

ROOT = Path(__file__).parents[2]
PATIENCE_S = 120


def command(home: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "relevo.cli.main", "--home", str(home), *words]


@contextmanager
def started(home: Path, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    with (home / "log.txt").open("ab") as log:
        process = subprocess.Popen(command(home, *words), cwd=ROOT, stdout=log, stderr=log)
        try:
            yield process
        finally:
            process.terminate()
            process.wait(PATIENCE_S)


def wait_for(look: Callable[[], Any], what: str) -> Any:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        if found := look():
            return found
        time.sleep(0.1)
    raise AssertionError(f"{what} did not happen within {PATIENCE_S} s")


def health(port: int) -> dict[str, Any]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return dict(json.load(answer))
    except (urllib.error.URLError, OSError):
        return {}


def asked(home: Path, sql: str) -> list[tuple[Any, ...]]:
    try:
        with closing(sqlite3.connect(home / "desk.sqlite3", timeout=20)) as desk, desk:
            return desk.execute(sql).fetchall()
    except sqlite3.OperationalError:  # its tables are not there yet
        return []


def runs(home: Path) -> int:
    found = asked(home, "SELECT count(*) FROM running_run WHERE name = 'refresh' AND ended_at IS NOT NULL")
    return int(found[0][0]) if found else 0


def processes(home: Path) -> dict[int, str]:
    """The processes that work for a home, by their command."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().decode().split("\0")
        except OSError:
            continue
        if str(home) in words and any(word.startswith("relevo.") for word in words):
            found[int(folder.name)] = " ".join(words)
    return found


def workers(home: Path) -> set[int]:
    return {number for number, words in processes(home).items() if "relevo.jobs.worker" in words}


def running_check(home: Path) -> Check:
    return next(check for check in examine(Home(home)) if check.name == "running")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def watching(tmp_path: Path, built_once: Path) -> Path:
    """The home of the three customers, which watches an empty folder."""
    home = tmp_path / "home"
    copytree(built_once, home)
    (tmp_path / "exports").mkdir()
    with (home / "relevo.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'\n[watch]\nfolders = ["{tmp_path / "exports"}"]\n')
    return home


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc")
def test_a_file_that_is_dropped_becomes_a_book_and_all_processes_stop(watching: Path) -> None:
    port = free_port()
    with started(watching, "serve", "--port", str(port)) as server:
        wait_for(lambda: runs(watching) == 1 and health(port), "the first run")
        assert server.poll() is None
        before = health(port)
        assert (before["status"], before["jobs"]) == ("ok", "ok")

        file = write_table(watching.parent / "exports", "subscription_span", [span("D", "2025-05-01", None, 700)])
        os.utime(file, (time.time(), time.time() - 60))
        with started(watching, "worker"):  # a second one, which must not do it twice
            wait_for(lambda: len(asked(watching, "SELECT * FROM running_worker")) == 2, "the second worker")
            # Due now, so that the turn after it is an interval away; of an old time it is the next quarter of an hour.
            asked(watching, "UPDATE running_schedule SET next_at = datetime('now') WHERE name = 'refresh'")
            after = wait_for(lambda: (h := health(port)).get("book") != before["book"] and h, "a new book")
            wait_for(lambda: runs(watching) == 2, "the end of the run")
        assert after["jobs"] == "ok"
        assert runs(watching) == 2, "two workers, one run"

        (first,) = workers(watching)
        os.kill(first, signal.SIGKILL)
        wait_for(lambda: (found := workers(watching)) and first not in found, "another worker")
        assert health(port)["status"] == "ok"
        server.send_signal(signal.SIGTERM)
        assert server.wait(PATIENCE_S) == 0
    assert processes(watching) == {}
    assert health(port) == {}

    asked(watching, "UPDATE running_schedule SET failing_since = last_ended_at, last_text = 'Full.'")
    asked(watching, "UPDATE running_worker SET beat_at = '2026-01-01 00:00:00'")
    assert running_check(watching).state is State.BAD
    asked(watching, "UPDATE running_schedule SET failing_since = NULL")
    assert running_check(watching).state is State.ODD


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc")
def test_nothing_outlives_a_server_that_was_killed(watching: Path) -> None:
    port = free_port()
    with started(watching, "serve", "--port", str(port)) as server:
        wait_for(lambda: health(port), "the server")
        server.kill()
        wait_for(lambda: processes(watching) == {}, "the end of what it had started")


def test_pages_alone(watching: Path) -> None:
    port = free_port()
    with started(watching, "serve", "--no-worker", "--port", str(port)):
        assert wait_for(lambda: health(port), "the server")["jobs"] == "off"
        assert workers(watching) == set()


def test_a_test_mail_from_the_command_line(watching: Path) -> None:
    def mail_test(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command(watching, "mail", "test", *words), cwd=ROOT, capture_output=True, text=True)

    with mail_server() as server:
        with (watching / "relevo.toml").open("a", encoding="utf-8") as settings:
            settings.write(f'[mail]\nhost = "127.0.0.1"\nport = {server.port}\nsecurity = "none"\n')
        done = mail_test("ines@norte.example")
        nobody = mail_test()
    assert (done.returncode, len(server.mails)) == (0, 1), done.stderr
    assert "took a test mail for ines@norte.example." in done.stderr
    assert (nobody.returncode, "No owner has an address." in nobody.stderr) == (2, True)
    gone = mail_test("ines@norte.example")
    assert gone.returncode == 1
    assert "does not answer" in gone.stderr
