"""Who comes in, how, and what a stranger sees."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from relevo.desk.people.actions import create_link, ensure_owner
from relevo.desk.people.models import AuditEntry
from tests.web.addresses import OPEN, address, patterns

PHRASE = "a long enough phrase"


def now() -> datetime:
    return datetime.now(UTC)


@pytest.mark.parametrize("name", sorted(set(patterns()) - OPEN))
def test_a_stranger_is_sent_to_the_door(served: None, name: str) -> None:
    response = Client().get(address(name))
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in?next=/")


def test_a_link_signs_in_once(served: None) -> None:
    token = create_link(ensure_owner("ines@norte.example", now()), now())
    browser, other = Client(), Client()
    assert browser.get(f"/enter/{token}").status_code == 302
    assert browser.get("/definitions").status_code == 200
    again = other.get(f"/enter/{token}")
    assert again.status_code == 410
    assert b"relevo link" in again.content
    assert other.get("/definitions").status_code == 302
    assert AuditEntry.objects.filter(action="session.started").count() == 1


def test_a_link_that_is_too_old_or_unknown_signs_nobody_in(served: None) -> None:
    old = create_link(ensure_owner("ines@norte.example", now()), now() - timedelta(days=3))
    for token in (old, "never-made"):
        assert Client().get(f"/enter/{token}").status_code == 410


def test_a_password_signs_in_and_a_wrong_one_does_not(served: None) -> None:
    User.objects.create_user("ana", password=PHRASE)
    browser = Client()
    wrong = browser.post("/sign-in", {"username": "ana", "password": "no"})
    assert b'role="alert"' in wrong.content
    right = browser.post("/sign-in?next=/money", {"username": "ana", "password": PHRASE, "next": "/money"})
    assert right["Location"] == "/money"


def test_signing_out_takes_a_post(owner: Client) -> None:
    assert owner.get("/sign-out").status_code == 405
    assert owner.post("/sign-out").status_code == 302
    assert owner.get("/definitions").status_code == 302


def test_forms_of_other_sites_are_refused(served: None) -> None:
    browser = Client(enforce_csrf_checks=True)
    assert browser.post("/preferences", {"theme": "dark"}).status_code == 403


def test_health_is_bad_before_the_first_book(settings: Any, db: None, tmp_path: Path) -> None:
    settings.RELEVO_HOME = tmp_path
    response = Client().get("/healthz")
    assert (response.status_code, response.json()["book"]) == (503, None)


def test_health_names_the_book(served: None) -> None:
    response = Client().get("/healthz")
    assert response.status_code == 200
    assert response.json()["book"]


def test_every_answer_carries_the_strict_policy(owner: Client) -> None:
    for wanted in ("/definitions", "/nope", "/measures/mrr.csv", "/static/relevo/relevo.css"):
        response = owner.get(wanted)
        policy = response["Content-Security-Policy"]
        b"".join(response)  # reads a file to its end, which closes it
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy


def test_language_and_theme_are_kept(served: None) -> None:
    browser = Client()
    browser.post("/preferences", {"language": "es", "theme": "dark", "next": "/sign-in"})
    page = browser.get("/sign-in").content.decode()
    assert '<html lang="es" data-theme="dark">' in page
    assert "Contraseña" in page
    browser.post("/preferences", {"language": "xx", "theme": "system"})
    assert '<html lang="es">' in browser.get("/sign-in").content.decode()


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_preferences_lead_back_to_our_pages_alone(served: None, wanted: str) -> None:
    assert Client().post("/preferences", {"next": wanted})["Location"] == "/"
