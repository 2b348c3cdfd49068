"""Doors that ask twice and doors that close: codes after password and link, and too many failures."""

import base64
import hashlib
import hmac
import struct
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from relevo.desk.people.actions import create_link
from relevo.desk.people.actions_second import switch_on_codes
from relevo.desk.people.models import OpenSession
from tests.web.conftest import member

PHRASE = "a long enough phrase"
SHARED = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


def code_at(moment: datetime, secret: str = SHARED) -> str:
    """RFC 6238 written down once more."""
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", int(moment.timestamp()) // 30), hashlib.sha1).digest()
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place : place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def ana(served: None) -> User:
    """Ana has a password and gives codes."""
    user = member("ana", "success_lead")
    user.set_password(PHRASE)
    user.save()
    before = now() - timedelta(minutes=10)
    switch_on_codes(user, SHARED, code_at(before), before)
    return user


def password(browser: Client, **more: str) -> Any:
    return browser.post("/sign-in", {"username": "ana", "password": PHRASE, **more})


def test_a_code_is_asked_after_the_password(ana: User) -> None:
    browser = Client()
    assert password(browser, next="/money")["Location"] == "/sign-in/code"
    assert browser.get("/definitions").status_code == 302, "the password alone opens nothing"
    wrong = browser.post("/sign-in/code", {"code": "000000"})
    assert (wrong.status_code, b'role="alert"' in wrong.content) == (422, True)
    assert browser.post("/sign-in/code", {"code": code_at(now())})["Location"] == "/money"
    assert browser.get("/definitions").status_code == 200
    assert OpenSession.objects.get(user=ana).door == "password+code"


def test_a_code_is_asked_after_a_link(ana: User) -> None:
    browser = Client()
    assert browser.get(f"/enter/{create_link(ana, now())}")["Location"] == "/sign-in/code"
    assert browser.get("/definitions").status_code == 302
    assert browser.post("/sign-in/code", {"code": code_at(now())})["Location"] == "/"


def test_a_code_without_a_door_before_it_opens_nothing(ana: User) -> None:
    browser = Client()
    assert browser.get("/sign-in/code")["Location"] == "/sign-in"
    assert browser.post("/sign-in/code", {"code": code_at(now())})["Location"] == "/sign-in"


def test_the_code_does_not_lead_away(ana: User) -> None:
    browser = Client()
    password(browser, next="https://evil.example/")
    assert browser.post("/sign-in/code", {"code": code_at(now())})["Location"] == "/"


def test_whoever_left_meanwhile_does_not_come_in(ana: User) -> None:
    browser = Client()
    password(browser)
    User.objects.filter(pk=ana.pk).update(is_active=False)
    assert browser.post("/sign-in/code", {"code": code_at(now())})["Location"] == "/sign-in"


def test_the_session_gets_a_new_key_at_every_step(ana: User) -> None:
    browser = Client()
    browser.get("/sign-in")
    password(browser)
    first = browser.cookies["relevo-session"].value
    browser.post("/sign-in/code", {"code": code_at(now())})
    assert browser.cookies["relevo-session"].value != first


def test_codes_cannot_be_tried_out(ana: User) -> None:
    browser = Client()
    password(browser)
    for _ in range(10):
        assert browser.post("/sign-in/code", {"code": "000000"}).status_code == 422
    page = browser.post("/sign-in/code", {"code": code_at(now())})
    assert page.status_code == 429
    other = Client()
    password(other)
    assert other.post("/sign-in/code", {"code": code_at(now())}).status_code == 429, "another browser is no other door"


def test_passwords_cannot_be_tried_out(ana: User) -> None:
    browser = Client()
    for _ in range(10):
        assert browser.post("/sign-in", {"username": "ana", "password": "no"}).status_code == 200
    page = browser.post("/sign-in", {"username": "ana", "password": PHRASE})
    assert page.status_code == 429
    assert 0 < int(page["Retry-After"]) <= 900
    assert "Try again after" in page.content.decode()
    from_elsewhere = Client(REMOTE_ADDR="10.1.1.1")
    assert from_elsewhere.post("/sign-in", {"username": "ANA", "password": PHRASE}).status_code == 429
    assert from_elsewhere.post("/sign-in", {"username": "leo", "password": "no"}).status_code == 200


def test_links_cannot_be_tried_out(ana: User) -> None:
    browser = Client()
    for number in range(10):
        assert browser.get(f"/enter/guess-{number}").status_code == 410
    assert browser.get(f"/enter/{create_link(ana, now())}").status_code == 429
    assert Client(REMOTE_ADDR="10.1.1.1").get(f"/enter/{create_link(ana, now())}").status_code == 302


def test_an_address_is_believed_from_our_own_proxies_alone(ana: User, settings: Any) -> None:
    def tries(first: str) -> list[int]:
        made = (
            Client().get(f"/enter/guess-{n}", headers={"X-Forwarded-For": f"{first}{n}, 10.2.2.2"}) for n in range(11)
        )
        return [response.status_code for response in made]

    assert tries("10.0.0.")[-1] == 429, "without a proxy the header is not looked at"
    settings.RELEVO_PROXIES = 1
    assert tries("10.0.1.")[-1] == 429, "what stands before the proxy's own word may be made up"
    settings.RELEVO_PROXIES = 2
    assert tries("10.0.2.")[-1] == 410


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_leads_to_our_pages_alone(served: None, wanted: str) -> None:
    User.objects.create_user("leo", password=PHRASE)
    sent = Client().post(f"/sign-in?next={wanted}", {"username": "leo", "password": PHRASE, "next": wanted})
    assert sent["Location"] == "/"


def test_a_body_that_is_too_large_is_refused_unread(served: None, settings: Any) -> None:
    large = "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    page = Client().post("/sign-in", {"username": large, "password": "no"})
    assert (page.status_code, b"too large" in page.content) == (413, True)
    many = {f"field-{n}": "" for n in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}
    assert Client().post("/sign-in", many).status_code == 400
