"""The page of closed months: who may close, what it says, and that every writing is a person's and audited."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from relevo.desk.house.models import PeriodClose
from relevo.desk.people.models import AuditEntry
from tests.answers import company
from tests.web.conftest import signed_in

FIRST, LAST = "2023-11", "2026-10"


@pytest.fixture
def own_home(settings: Any, db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small company in a home of its own, for closing leaves files; its Desk is the tests' database."""
    shutil.copytree(company.home().path, tmp_path / "home")
    for module in ("closing", "desk"):
        monkeypatch.setattr(f"relevo.jobs.{module}.prepare", lambda _home: None)
    settings.RELEVO_HOME = tmp_path / "home"
    return tmp_path / "home"


@pytest.fixture
def ines(own_home: Path) -> Client:
    """The owner."""
    return signed_in(User.objects.create_user("ines", "ines@norte.example", is_superuser=True))


def page(client: Client, status: int = 200) -> str:
    answer = client.get("/data/closing")
    assert answer.status_code == status
    return answer.content.decode()


def first_month(client: Client) -> str:
    return str(client.get("/measures/mrr.json").json()["rows"][0]["month"])


def test_the_owner_closes_and_reopens(ines: Client, own_home: Path) -> None:
    before = page(ines)
    assert "No month is closed yet" in before
    assert 'action="/data/closing/close"' in before
    assert 'action="/data/closing/reopen"' not in before
    month = first_month(ines)
    sent = ines.post("/data/closing/close", {"month": month, "reason": "signed"})
    assert (sent.status_code, sent.headers["Location"]) == (302, "/data/closing")
    assert PeriodClose.objects.get().closed_by == "ines"
    after = page(ines)
    assert "Closed through" in after
    assert "The book says of every closed month what was reported." in after
    assert "with the next build" in after
    assert "signed" in after
    PeriodClose.objects.update(figures={"closing_cents": 1})
    assert "Closed months that the book now knows otherwise: 1." in page(ines)
    assert ines.post("/data/closing/reopen", {"month": month}).status_code == 400, "a reason is required"
    assert ines.post("/data/closing/reopen", {"month": month, "reason": "rates"}).status_code == 302
    assert "reopened" in page(ines)
    assert {(e.who, e.action) for e in AuditEntry.objects.all()} >= {
        ("ines", "period.closed"), ("ines", "period.reopened"),
    }  # fmt: skip


def test_a_month_out_of_order_is_refused(ines: Client) -> None:
    assert (
        "are open, and months are closed in order" in ines.post("/data/closing/close", {"month": LAST}).content.decode()
    )
    assert ines.post("/data/closing/close", {"month": "soon"}).status_code == 400
    assert PeriodClose.objects.count() == 0


def test_who_does_not_see_all_reads_and_does_not_write(ana: Client) -> None:
    shown = page(ana)
    assert "/data/closing/close" not in shown
    for verb in ("close", "reopen"):
        assert ana.post(f"/data/closing/{verb}", {"month": LAST, "reason": "x"}).status_code == 403
        assert ana.get(f"/data/closing/{verb}").status_code == 405
    assert PeriodClose.objects.count() == 0
    assert not (company.home().path / "closed").exists()


def test_who_is_not_signed_in_sees_nothing(served: None) -> None:
    for address in ("/data/closing", "/data/closing/close", "/data/closing/reopen"):
        assert Client().post(address).status_code == 302
    assert Client().get("/data/closing").headers["Location"].startswith("/sign-in")


def test_the_policy_of_the_book_is_told(owner: Client) -> None:
    shown = page(owner)
    assert "Policy in force" in shown
    assert "relevo policy preview" in shown
    assert 'href="/data/closing"' in owner.get("/data").content.decode()


@pytest.mark.parametrize("language", ["es", "pt-br", "zh-hans"])
def test_the_page_speaks_every_language(owner: Client, language: str) -> None:
    owner.cookies["relevo-language"] = language
    assert "No month is closed yet" not in page(owner)
