"""Rating links for programs: who may make them, for what, and when nobody is asked again."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from relevo.desk.voices.models import Invitation
from relevo.desk.voices.votes import votes_since
from relevo.jobs.clock import now
from tests.api.asking import Program, member, program


def ask(asking: Program, expect: int = 201, **body: Any) -> Any:
    return asking.send("POST", "/rating-links", body, expect)


@pytest.fixture
def desk(served: None) -> Program:
    """A help desk's program: it may make links and read nothing."""
    return program(member("bot", "owner"), "read", "write:voices")


def test_three_addresses_that_a_customer_can_open(desk: Program) -> None:
    told = ask(desk, conversation_id="V1", message_id="M1")
    assert sorted(told["links"]) == ["great", "not_good", "okay"]
    address = told["links"]["great"].removeprefix("http://testserver")
    customer = Client()
    assert b'value="great" required checked' in customer.get(address).content
    customer.post(address, {"answer": "great"})
    (kept,) = votes_since(now() - timedelta(days=1))
    # V1 is a conversation of C00 in the book.
    assert (kept.answer, kept.conversation_id, kept.message_id, kept.customer_id) == ("great", "V1", "M1", "C00")
    again = ask(desk, conversation_id="V1", message_id="M1")
    assert (again["id"], again["links"], again["is_made_now"]) == (told["id"], told["links"], False)


def test_addresses_are_those_that_customers_reach(desk: Program, settings: Any) -> None:
    settings.CSRF_TRUSTED_ORIGINS = ["https://relevo.example.com"]
    assert ask(desk, conversation_id="V1")["links"]["okay"].startswith("https://relevo.example.com/r/")


def test_a_conversation_that_is_newer_than_the_book(desk: Program) -> None:
    ask(desk, conversation_id="zendesk:1", customer_id="C02", contact_id="K9", language="es")
    row = Invitation.objects.get()
    assert (row.customer_id, row.contact_id, row.language, row.made_by) == ("C02", "K9", "es", "bot")
    ask(desk, conversation_id="zendesk:2")
    ask(desk, 404, conversation_id="zendesk:3", customer_id="nobody")


def test_nobody_is_asked_again_within_the_pause(desk: Program) -> None:
    ask(desk, conversation_id="zendesk:1", contact_id="K9", customer_id="C02")
    ask(desk, conversation_id="zendesk:1", message_id="2", contact_id="K9", customer_id="C02")
    refused = ask(desk, 409, conversation_id="zendesk:2", contact_id="K9", customer_id="C02")["error"]
    assert refused["code"] == "asked_lately"
    assert "survey_pause_days" in refused["hint"]
    assert Invitation.objects.count() == 2


def test_a_role_asks_its_own_customers_alone(served: None) -> None:
    ana, ben = program(member("ana", "csm")), program(member("ben", "agent"))
    ask(ana, conversation_id="V1")
    ask(ben, 404, conversation_id="V1", message_id="M1")
    ask(ben, 404, conversation_id="zendesk:1")
    ask(ben, 404, conversation_id="zendesk:1", customer_id="C02")
    # K1 is a contact of C00: whether and when she is asked is not Ben's to learn, or to put off.
    ask(ben, 404, conversation_id="zendesk:1", customer_id="C03", contact_id="K1")
    ask(ana, conversation_id="zendesk:9", customer_id="C00", contact_id="K1")
    ask(ben, conversation_id="zendesk:1", customer_id="C03", contact_id="K9")
    ask(program(member("eva", "finance")), 403, conversation_id="V1")


def test_what_cannot_be_asked_is_refused(desk: Program) -> None:
    for body in ({}, {"conversation_id": ""}, {"conversation_id": "a\nb"}, {"conversation_id": "V1", "language": "<"}):
        ask(desk, 422, **body)
    ask(desk, 400, conversation_id="  ")
    assert not Invitation.objects.exists()
