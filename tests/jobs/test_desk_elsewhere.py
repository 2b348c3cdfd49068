"""A Desk in PostgreSQL is exported and looked at as one in a file of the home is.

Where the tests have a Desk file the address is a pretence: the home has none of its own, and the models are asked.
"""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection

from relevo.base.config import Home
from relevo.desk.running.models import Schedule, Worker
from relevo.jobs import doctor
from relevo.jobs.clock import now
from relevo.jobs.doctor import Check, State
from relevo.jobs.export import export
from tests.making import make, span


@pytest.fixture
def home(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch, db: None) -> Home:
    """A home with a book and without a Desk file, that names a PostgreSQL."""
    assert make(tmp_path, {"subscription_span": [span("A", "2026-01-01", None, 1000)]}, "2026-03-31").published
    home = Home(tmp_path / "home")
    settings.RELEVO_HOME = home.path
    monkeypatch.setenv("RELEVO_HOME", str(home.path))
    (home.path / "desk.address").write_text("postgresql://127.0.0.1/relevo")
    assert not home.desk_database.exists()
    return home


def running(home: Home) -> Check:
    (check,) = [check for check in doctor.examine(home) if check.name == "running"]
    return check


def fails(name: str, since: datetime) -> None:
    Schedule.objects.create(
        name=name, every_minutes=15, failing_since=since, last_text="No row can be used.", last_hint="Mend the file."
    )


def test_the_desk_is_exported(home: Home, tmp_path: Path) -> None:
    User.objects.create_user("ines", "ines@norte.example")
    done = export(home, tmp_path / "out")
    assert {"desk/user.jsonl", "desk/houserule.jsonl"} <= set(done.files)
    assert json.loads((tmp_path / "out" / "desk" / "user.jsonl").read_text())["username"] == "ines"


def test_the_doctor_tells_what_runs(home: Home) -> None:
    assert running(home).found == "No worker was started."
    at = now()
    Worker.objects.create(name="one", started_at=at, beat_at=at)
    assert running(home) == Check("running", State.GOOD, f"A worker was seen at {at:%Y-%m-%d %H:%M} UTC.")
    fails("refresh", at)
    told = f"refresh fails since {at:%Y-%m-%d %H:%M} UTC: No row can be used."
    assert running(home) == Check("running", State.BAD, told, "Mend the file.")


def test_a_silent_worker_is_odd_and_a_failing_job_is_worse(home: Home) -> None:
    at = now() - timedelta(minutes=6)
    Worker.objects.create(name="one", started_at=at, beat_at=at)
    assert (running(home).state, running(home).next) == (State.ODD, "Run relevo serve.")
    fails("refresh", at)
    assert (running(home).state, running(home).next) == (State.BAD, "Mend the file."), "the worse is told"


def test_a_desk_without_tables_runs_nothing(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection.introspection, "table_names", list)
    assert running(home).found == "Nothing runs by itself yet."
