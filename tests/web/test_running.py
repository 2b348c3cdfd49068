"""What runs by itself, on pages and at /healthz: said to everybody in a word, in detail to who sees all."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from relevo.base.config import Company, Home
from relevo.desk.people.models import AuditEntry
from relevo.desk.running import actions, actions_queue
from relevo.desk.running.outcome import Outcome, Result
from relevo.jobs.loading import start_home
from tests.jobs.conftest import write_settings
from tests.jobs.sink import mail_server
from tests.web.conftest import signed_in

BAD = Outcome(Result.FAILED, "refused", "customer.csv: no row of Alto can be used.", "Mend the file.")
GOOD = Outcome(Result.OK, "published", "The book b2 was published.")


def at(minutes: int = 0) -> datetime:
    return datetime.now(UTC) - timedelta(minutes=minutes)


def run(outcome: Outcome, minutes: int = 1) -> None:
    actions.keep_schedule("refresh", 15, at(minutes))
    actions.end_run(actions.begin_run("refresh", at(minutes)), outcome, at(minutes))


def jobs() -> str:
    answer = Client().get("/healthz")
    assert answer.status_code == 200
    return str(answer.json()["jobs"])


def test_health_says_in_a_word_whether_the_jobs_are_well(served: None) -> None:
    assert jobs() == "off", "no worker was ever started"
    actions_queue.beat("one", None, at())
    assert jobs() == "ok"
    run(GOOD)
    assert jobs() == "ok"
    run(BAD)
    assert jobs() == "failing"
    run(GOOD)
    assert jobs() == "ok"


def test_a_worker_that_is_silent_for_five_minutes_is_stale(served: None) -> None:
    actions_queue.beat("one", None, at(4))
    assert jobs() == "ok"
    actions_queue.beat("one", None, at(6))
    assert jobs() == "stale"


def test_a_run_that_hangs_for_an_hour_is_stale(served: None) -> None:
    actions_queue.beat("one", None, at())
    actions.keep_schedule("refresh", 15, at(61))
    actions.begin_run("refresh", at(59))
    assert jobs() == "ok"
    actions.begin_run("refresh", at(61))
    assert jobs() == "stale"


def test_health_is_public_and_tells_no_more_than_a_word(served: None) -> None:
    actions_queue.beat("one", None, at())
    run(BAD)
    told = Client().get("/healthz").json()
    assert set(told) == {"status", "book", "age_s", "jobs"}
    assert told["age_s"] > 0
    assert Client().get("/healthz?detail=1").status_code == 403


def test_health_without_a_book_is_bad_and_still_tells_of_the_jobs(settings: Any, db: None, tmp_path: Any) -> None:
    settings.RELEVO_HOME = tmp_path
    answer = Client().get("/healthz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "no book", "book": None, "age_s": None, "jobs": "off"}


def test_the_detail_is_for_who_sees_all(owner: Client, ana: Client) -> None:
    run(BAD)
    (job,) = owner.get("/healthz?detail=1").json()["detail"]["jobs"]
    assert (job["name"], job["state"], job["result"]) == ("refresh", "failing", "failed")
    assert (job["text"], job["hint"]) == (BAD.text, BAD.hint)
    assert ana.get("/healthz?detail=1").status_code == 403


def test_today_says_what_fails_to_who_sees_all(owner: Client, ana: Client) -> None:
    actions_queue.beat("one", None, at())
    assert b"fails since" not in owner.get("/").content
    run(BAD)
    page = owner.get("/").content.decode()
    assert "Reading folders and publishing the book fails since" in page
    assert "a critical finding forbids the book" in page
    assert "is still read." in page
    assert "the next run reads it" in page
    assert BAD.text in page
    assert "fails since" not in ana.get("/").content.decode()


def test_today_says_when_everything_stands_still(owner: Client) -> None:
    actions_queue.beat("one", None, at(30))
    assert "has stood still since" in owner.get("/").content.decode()


def test_data_lists_what_runs_by_itself(owner: Client, ana: Client) -> None:
    actions_queue.beat("one", None, at())
    run(GOOD)
    actions.keep_schedule("mail_failures", 0, at())
    page = owner.get("/data").content.decode()
    assert "What runs by itself" in page
    assert "a new book was published" in page
    assert "15 minutes" in page
    assert "switched off" in page
    run(BAD)
    seen = ana.get("/data").content.decode()
    assert "Reading folders and publishing the book fails since" in seen
    assert "Alto" not in seen.split('id="running"')[1], "why it fails may name customers of others"


@pytest.fixture
def mailing(settings: Any, db: None, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Home:
    home = Home(tmp_path / "home")
    start_home(home, Company("Shop", "EUR", "UTC"))
    settings.RELEVO_HOME = home.path
    monkeypatch.setenv("RELEVO_HOME", str(home.path))
    return home


def test_an_owner_has_a_test_mail_sent(mailing: Home) -> None:
    browser = signed_in(User.objects.create_user("ines", "ines@norte.example", is_superuser=True))
    assert browser.get("/settings/mail/test").status_code == 405
    assert "No mail server is set up." in browser.post("/settings/mail/test").content.decode()
    with mail_server() as server:
        write_settings(mailing, f'[mail]\nhost = "127.0.0.1"\nport = {server.port}\nsecurity = "none"\n')
        page = browser.post("/settings/mail/test").content.decode()
        part = browser.post("/settings/mail/test", headers={"HX-Request": "true"}).content.decode()
    assert "took a test mail for ines@norte.example." in page
    assert part.startswith("<p id=")
    assert len(server.mails) == 2
    assert AuditEntry.objects.filter(action="mail.test", who="ines").count() == 3


def test_test_mails_are_few(mailing: Home) -> None:
    browser = signed_in(User.objects.create_user("ines", "ines@norte.example", is_superuser=True))
    for _ in range(actions.TESTS_PER_HOUR):
        browser.post("/settings/mail/test")
    assert "within an hour" in browser.post("/settings/mail/test").content.decode()


def test_nobody_but_an_owner_has_mails_sent(mailing: Home, ana: Client) -> None:
    assert ana.post("/settings/mail/test").status_code == 403
    assert AuditEntry.objects.filter(action="mail.test").count() == 0
