"""The pages of hand-offs: the board, a draft that is filled with what is known, giving, returning, accepting."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client

from relevo.desk.relay.handoffs import KeptHandOff, handoff_with, items_of
from relevo.desk.relay.states import State
from tests.web.conftest import member, signed_in

DAY = timedelta(days=1)


@pytest.fixture
def leo(served: None) -> Client:
    """A browser of the seller of every deal."""
    return signed_in(member("leo", "seller"))


@pytest.fixture
def csm(served: None) -> Client:
    """A browser of Ana, who holds the even customers and leads nobody."""
    return signed_in(member("ana", "csm"))


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return unescape(answer.content.decode())


def sent(client: Client, address: str, status: int = 302, **fields: Any) -> str:
    answer = client.post(address, fields)
    assert answer.status_code == status, (address, answer.status_code, answer.content.decode()[:3000])
    return answer.get("Location", "") or unescape(answer.content.decode())


def begun(client: Client, customer: str = "C02", **more: str) -> int:
    fields = {"customer": customer, "deal": f"D{int(customer[1:])}", "template": "sales_to_success", "to": "ana"}
    return int(sent(client, "/hand-offs/new", **fields | more).rsplit("/", 1)[1])


def form(client: Client, key: int) -> dict[str, str]:
    """What the browser would send back of the form of a draft: every field as it stands."""
    shown = client.get(f"/hand-offs/{key}").content.decode()
    body = shown[shown.index('id="handing"') : shown.index('id="history"')]
    fields = {}
    for tag in re.findall(r"<input [^>]*>", body):
        named, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if named:
            fields[named[1]] = unescape(value[1]) if value else ""
    for name, text in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>(.*?)</textarea>', body, re.S):
        fields[name] = unescape(text)
    for name, options in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', body, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
        fields[name] = chosen[1] if chosen else ""
    return fields


def write(client: Client, key: int, status: int = 302, do: str = "save", **typed: str) -> str:
    """Type something into the form of a draft, and press a button. Dots of names are written as two underscores."""
    named = {name.replace("__", "."): value for name, value in typed.items()}
    return sent(client, f"/hand-offs/{key}/write", status, **form(client, key) | named | {"do": do})


def handoff(key: int) -> KeptHandOff:
    found = handoff_with(key)
    assert found is not None
    return found


def act(client: Client, key: int, name: str, status: int = 302, **fields: Any) -> str:
    return sent(client, f"/hand-offs/{key}/do/{name}", status, **{"seen": str(handoff(key).revision), **fields})


def test_a_dropped_baton_becomes_a_hand_off_that_is_given_returned_and_accepted(leo: Client, csm: Client) -> None:
    shown = page(leo, "/hand-offs")
    assert "/hand-offs/new?customer=C02&deal=D2" not in shown  # Ana holds it, who is not its seller
    key = begun(leo)
    assert (handoff(key).from_person_id, handoff(key).to_person_id, handoff(key).state) == ("leo", "ana", "draft")
    assert f"/hand-offs/{key}" in page(leo, "/hand-offs")
    write(leo, key, text__needs="Two warehouses", said_by__needs="Rosa", text__objectives="A week in an hour")
    assert {i: k.text for i, k in items_of(key).items()} == {
        "objectives": "A week in an hour", "needs": "Two warehouses", "wanted_solution": "€\u202f1\u202f200.00",
    }  # fmt: skip
    assert write(leo, key, do="give", text__calendar="Go-live 1 December") == f"/hand-offs/{key}"
    assert handoff(key).state is State.GIVEN
    taken = page(csm, f"/hand-offs/{key}")
    assert "Ana is asked to take Customer 02 over" in taken
    assert "Two warehouses" not in taken
    act(csm, key, "return", gap=["expected_value", "promises"], reason="Which number?")
    back = page(leo, f"/hand-offs/{key}")
    assert "Which number?" in back
    write(leo, key, do="give", text__expected_value="Hours from 12 to 4")
    act(csm, key, "accept")
    assert (handoff(key).state, handoff(key).to_person_id) == (State.ACCEPTED, "ana")
