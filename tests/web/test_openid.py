"""OpenID Connect through the real protocol, against a provider in this process."""

import base64
import hashlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from relevo.desk.people.models import AuditEntry
from tests.web.conftest import member
from tests.web.provider import CLIENT, CLIENT_SECRET, CODE, Provider, running

MAIL = "ana@norte.example"


@pytest.fixture
def provider(served: None, settings: Any) -> Iterator[Provider]:
    with running() as provider:
        app = {
            "provider_id": "company",
            "name": "Norte ID",
            "client_id": CLIENT,
            "secret": CLIENT_SECRET,
            "settings": {"server_url": provider.address, "oauth_pkce_enabled": True},
        }
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
        settings.OIDC_NAME = "Norte ID"
        provider.says(email=MAIL, email_verified=True)
        yield provider


def go(browser: Client, start: str = "/sign-in/openid", **answer: str) -> HttpResponse:
    """The whole way: to the provider, and back with what it answers."""
    sent = browser.get(start)
    assert sent.status_code == 302
    asked = parse_qs(urlsplit(sent["Location"]).query)
    told = {"code": CODE, "state": asked["state"][0], **answer}
    return browser.get("/sign-in/openid/callback", {name: value for name, value in told.items() if value})


def test_a_known_person_comes_in(provider: Provider) -> None:
    member("ana", "success_lead")
    browser = Client()
    assert "Sign in with Norte ID" in browser.get("/sign-in").content.decode()
    assert go(browser)["Location"] == "/"
    assert browser.get("/definitions").status_code == 200
    assert AuditEntry.objects.filter(action="session.started", about="openid", who="ana").count() == 1


def test_the_way_to_the_provider_is_guarded(provider: Provider) -> None:
    """State, PKCE, our own scopes whatever the address says, and the secret only between the machines."""
    member("ana", "success_lead")
    browser = Client()
    sent = browser.get("/sign-in/openid?scope=admin&auth_params=prompt%3Dnone&process=connect")
    asked = parse_qs(urlsplit(sent["Location"]).query)
    assert sent["Location"].startswith(f"{provider.address}/authorize?")
    assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}
    assert "prompt" not in asked
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == ["http://testserver/sign-in/openid/callback"]
    assert CLIENT_SECRET not in sent["Location"]
    browser.get("/sign-in/openid/callback", {"code": CODE, "state": asked["state"][0]})
    (form,) = provider.asked
    challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
    assert (form["code"], form["client_secret"], challenge) == (CODE, CLIENT_SECRET, asked["code_challenge"][0])


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ({"email": "stranger@norte.example", "email_verified": True}, "Nobody with your mail address"),
        ({"email": MAIL, "email_verified": False}, "does not say that it verified"),
        ({"email": MAIL}, "does not say that it verified"),
        ({"email": MAIL, "email_verified": "false"}, "does not say that it verified"),
        ({"email_verified": True}, "Nobody with your mail address"),
    ],
)
def test_others_are_refused_and_no_account_is_made(provider: Provider, claims: dict[str, Any], words: str) -> None:
    member("ana", "success_lead")
    provider.says(**claims)
    browser = Client()
    page = go(browser)
    assert page.status_code == 403
    assert words in page.content.decode()
    assert browser.get("/definitions").status_code == 302
    assert User.objects.count() == 1


def test_somebody_who_left_is_refused(provider: Provider) -> None:
    user = member("ana", "success_lead")
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert go(Client()).status_code == 403


def test_an_address_of_two_people_names_nobody(provider: Provider) -> None:
    member("ana", "success_lead")
    User.objects.create(username="other", email=MAIL.upper())
    assert go(Client()).status_code == 403


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"state": "made-up"}, "was not to be trusted"),
        ({"state": ""}, "was not to be trusted"),
        ({"code": "", "error": "access_denied"}, "was cancelled"),
        ({"code": "", "error": "server_error"}, "was not to be trusted"),
    ],
)
def test_an_answer_that_was_not_asked_for_is_refused(provider: Provider, answer: dict[str, str], words: str) -> None:
    member("ana", "success_lead")
    browser = Client()
    page = go(browser, **answer)
    assert (page.status_code, words in page.content.decode()) == (403, True)
    assert browser.get("/definitions").status_code == 302


@pytest.mark.parametrize(
    "token", [{"sub": "somebody else"}, {"aud": "another-client"}, {"iss": "https://evil.example"}, {"exp": 1}]
)
def test_a_token_for_another_is_refused(provider: Provider, token: dict[str, Any]) -> None:
    member("ana", "success_lead")
    provider.token_claims = token
    assert go(Client()).status_code == 403


def test_a_state_counts_once(provider: Provider) -> None:
    member("ana", "success_lead")
    browser = Client()
    asked = parse_qs(urlsplit(browser.get("/sign-in/openid")["Location"]).query)
    answer = {"code": CODE, "state": asked["state"][0]}
    assert browser.get("/sign-in/openid/callback", answer).status_code == 302
    assert browser.get("/sign-in/openid/callback", answer).status_code == 403


def test_a_provider_that_fails_is_said(provider: Provider) -> None:
    member("ana", "success_lead")
    provider.token_status = 500
    assert go(Client()).status_code == 403


def test_a_provider_that_is_away_is_said(provider: Provider, settings: Any) -> None:
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"]["server_url"] = "http://127.0.0.1:9"
    page = Client().get("/sign-in/openid")
    assert page.status_code == 403
    assert "could not be asked" in page.content.decode()


@pytest.mark.parametrize(
    ("wanted", "leads"), [("/money", "/money"), ("https://evil.example/", "/"), ("//evil.example", "/")]
)
def test_it_leads_to_our_pages_alone(provider: Provider, wanted: str, leads: str) -> None:
    member("ana", "success_lead")
    assert go(Client(), f"/sign-in/openid?next={wanted}")["Location"] == leads


def test_without_a_provider_there_is_no_such_door(served: None) -> None:
    assert "openid" not in Client().get("/sign-in").content.decode()
    for address in ("/sign-in/openid", "/sign-in/openid/callback"):
        assert Client().get(address).status_code == 404


def test_no_page_of_allauth_is_served(served: None) -> None:
    for address in ("/accounts/signup/", "/accounts/login/", "/signup/", "/2fa/", "/social/signup/"):
        assert Client().get(address).status_code in (302, 404)
        assert "/sign-in?next=" in Client().get(address).headers.get("Location", "/sign-in?next=")
