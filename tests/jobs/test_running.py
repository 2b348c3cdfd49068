"""The clock and the worker, without processes: what is due is queued and run, what fails is noted."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django_tasks_db.models import DBTaskResult

from relevo.base.config import Home
from relevo.base.errors import WrongUse
from relevo.book.landing import Landing
from relevo.book.store import Store
from relevo.desk.running.models import JobLease, Run, Schedule
from relevo.desk.running.models import Worker as Seen
from relevo.jobs.registry import job_named
from relevo.jobs.running import reap, run_job, tick
from relevo.jobs.supervising import Pause
from relevo.jobs.worker import Worker
from tests.jobs.conftest import put, write_settings


def test_a_turn_queues_what_is_due_and_the_next_runs_it(home: Home) -> None:
    worker = Worker(home)
    while worker.turn():
        pass
    schedule = Schedule.objects.get(name="refresh")
    assert (schedule.last_result, schedule.last_code) == ("ok", "published")
    assert schedule.next_at is not None
    assert timedelta(minutes=14) < schedule.next_at - datetime.now(UTC) <= timedelta(minutes=15)
    assert Store(home.books).current() is not None
    assert {(r.name, r.result) for r in Run.objects.all()} == {
        ("refresh", "ok"),
        ("uploads", "ok"),
        ("mail_failures", "ok"),
        ("promises", "ok"),
        ("follow_ups", "ok"),
        ("reviews", "ok"),
        ("notices", "ok"),
        ("webhooks", "ok"),
    }
    assert JobLease.objects.count() == 0
    assert Seen.objects.get().name == worker.name
    assert {t.status for t in DBTaskResult.objects.all()} == {"SUCCESSFUL"}


def test_a_job_that_is_switched_off_is_not_queued(home: Home) -> None:
    write_settings(home, "[house]\npublish_every_minutes = 0\n")
    assert tick(home) == 7, "every job but one"
    assert tick(home) == 0
    assert Schedule.objects.get(name="refresh").next_at is None


def test_a_fault_is_noted_and_the_worker_goes_on(home: Home, caplog: pytest.LogCaptureFixture) -> None:
    home.settings_file.write_text("[company", "utf-8")
    assert run_job.call("refresh") == "wrong_use"
    schedule_less = Run.objects.get()
    assert schedule_less.result == "failed"
    assert "not valid TOML" in schedule_less.text

    home.settings_file.unlink()
    home.settings_file.mkdir()  # an error that nobody foresaw
    assert run_job.call("refresh") == "fault"
    assert Run.objects.first().text.startswith("IsADirectoryError")  # type: ignore[union-attr]
    assert "The job refresh failed" in caplog.text


def test_a_typing_error_in_the_settings_is_told_and_the_worker_goes_on(
    home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    right = home.settings_file.read_text("utf-8")
    home.settings_file.write_text("[company", "utf-8")
    worker = Worker(home)
    for _ in range(12):
        worker.turn()
    assert caplog.text.count("not valid TOML") == 1, "told once, not at each look at the clock"
    failed = Run.objects.get(name="refresh")
    assert (failed.result, failed.code) == ("failed", "wrong_use")
    assert str(home.settings_file) in failed.text

    home.settings_file.write_text(right, "utf-8")
    Schedule.objects.filter(name="refresh").update(next_at=datetime.now(UTC))
    for _ in range(6):
        worker.turn()
    assert Schedule.objects.get(name="refresh").last_code == "published"


def test_a_typing_error_leaves_a_job_off_that_is_switched_off(home: Home) -> None:
    write_settings(home, "[house]\npublish_every_minutes = 0\n")
    tick(home)
    home.settings_file.write_text("[company", "utf-8")
    Worker(home).turn()
    assert Schedule.objects.get(name="refresh").next_at is None


def test_a_load_by_hand_is_no_failure(home: Home) -> None:
    with Landing(home.landing).alone():
        assert run_job.call("refresh") == "put_off"
    assert Run.objects.get().result == "put_off"


def test_a_failure_is_mailed_about_at_once_and_not_at_the_next_turn(home: Home) -> None:
    tick(home)
    Schedule.objects.filter(name="mail_failures").update(next_at=datetime.now(UTC) + timedelta(hours=1))
    put(home, "subscription_span", [{"nonsense": 1}])
    assert run_job.call("refresh") == "refused"
    assert Schedule.objects.get(name="mail_failures").next_at <= datetime.now(UTC)  # type: ignore[operator]


def test_a_job_that_kills_its_worker_each_time_is_told_to_have_failed(home: Home) -> None:
    tick(home)
    long_ago = datetime.now(UTC) - timedelta(hours=1)
    DBTaskResult.objects.filter(args_kwargs__args=["refresh"]).update(
        status="RUNNING", started_at=long_ago, worker_ids=["a", "b", "c"]
    )
    Run.objects.create(name="refresh", started_at=long_ago)
    assert reap() == 1
    schedule = Schedule.objects.get(name="refresh")
    assert (schedule.last_result, schedule.last_code, schedule.failures_in_row) == ("failed", "killed", 1)
    assert "memory" in schedule.last_hint


def test_a_task_that_raises_does_not_end_the_worker(home: Home, caplog: pytest.LogCaptureFixture) -> None:
    run_job.enqueue("no such job")
    worker = Worker(home)
    while worker.turn():
        pass
    failed = DBTaskResult.objects.get(status="FAILED")
    assert failed.exception_class_path == "relevo.base.errors.WrongUse"
    assert "no such job" in caplog.text
    with pytest.raises(WrongUse, match="refresh"):
        job_named("no such job")


def test_pauses_grow_to_a_minute_and_begin_anew_after_a_long_life() -> None:
    pause = Pause()
    assert [pause.after(0.5) for _ in range(8)] == [1, 2, 4, 8, 16, 32, 60, 60]
    assert pause.after(3600) == 1


def test_a_watched_folder_may_be_named_from_the_home(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.settings_file.write_text('[watch]\nfolders = ["in", "/data/exports"]\n', "utf-8")
    assert home.watched_folders == (tmp_path / "in", Path("/data/exports"))
