"""Fidelity, one person in the relay, and the relay of one customer: what they say, and to whom."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from relevo.desk.people.models import AuditEntry
from relevo.desk.relay.actions import NewHandOff, draft
from relevo.desk.relay.actions_promises import NewPromise, make_promise
from relevo.desk.relay.models import HandOff
from relevo.desk.relay.templates import DEFAULTS
from tests.answers import handed
from tests.promised_roles import ROLES
from tests.web.conftest import member, signed_in

NOON = datetime(2026, 10, 1, 12, tzinfo=UTC)
FIDELITY, PERSON = "/hand-offs/fidelity", "/hand-offs/people/"


@pytest.fixture(scope="module")
def relayed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return handed.home(tmp_path_factory.mktemp("handed")).path


@pytest.fixture
def served(settings: Any, db: None, relayed: Path) -> None:
    """The small company, in which customers were handed on."""
    settings.RELEVO_HOME = relayed


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def rows(shown: str, section: str) -> list[list[str]]:
    """The cells of the first table of a section."""
    table = shown.split(f'<section id="{section}">')[1].split("<tbody>")[1].split("</tbody>")[0]
    return [re.findall(r"<t[hd][^>]*>(?:<a[^>]*>)?([^<]*)", row) for row in table.split("</tr>")[:-1]]


def test_fidelity_is_told_with_its_parts_and_the_least_faithful_first(owner: Client) -> None:
    shown = page(owner, FIDELITY)
    # 0.25, 1, 0.8, 0.75, 1, 1 and 0.125 make 4.925 of 7.
    assert "70.4 % of what was known arrived with the next person, by 7 confirmed hand-offs" in _plain(shown)
    # 5.5 of 7 filled, 6.8 of 7 right, 2 times 3 of 6 items asked again.
    for name, value in (("Completeness", "78.6 %"), ("Accuracy", "97.1 %"), ("Re-asks", "14.3 %")):
        assert re.search(rf"<dt>{name}</dt><dd><strong>{value}", _plain(shown))
    listed = rows(_plain(shown), "hand-offs")
    assert [row[0] for row in listed[:3]] == ["Customer 03", "=Alto, Inc", "Customer 06"]
    assert listed[0][1:] == ["Leo", "Ben", "sales → success", "20 Jan 2026", "25 %", "100 %", "50 %", "12.5 %"]
    assert "/hand-offs/loaded/H-C03" in shown
    assert "not enough data: 93 more customers" in shown
    assert "Not enough data: 5 more receivers have to say" in shown
    assert "From 54" in _plain(shown) and "2026 Q1" in shown and "2026 Q4" in shown  # noqa: PT018


def _plain(shown: str) -> str:
    return shown.replace("\u202f", " ")


def test_what_receivers_say_was_known_and_not_written(owner: Client) -> None:
    for i, answer in enumerate((True, False, False, False, True, None)):
        _confirmed(f"C{i:02}", answer)
    shown = _plain(page(owner, FIDELITY))
    assert "In 40.0 % of the hand-offs more was known than was written" in shown
    assert "Receivers who answered" in shown


def _confirmed(customer: str, unwritten: bool | None) -> None:
    key = draft(NewHandOff(customer, DEFAULTS["sales_to_success"], "leo", "ana"), "leo", NOON)
    HandOff.objects.filter(pk=key).update(state="confirmed", confirmed_at=NOON, accepted_at=NOON, unwritten=unwritten)


def test_fidelity_by_person_is_for_who_sees_persons(owner: Client) -> None:
    assert "by who gave" in page(owner, FIDELITY)
    assert not AuditEntry.objects.filter(action="person_level.seen").exists()
    assert "Leo" in page(owner, f"{FIDELITY}?by=from_person").split("<section")[1]
    assert AuditEntry.objects.filter(action="person_level.seen", about=FIDELITY).count() == 1
    analyst = signed_in(member("eva", "analyst"))
    assert "by who gave" not in page(analyst, FIDELITY)
    for by, status in (("from_person", 403), ("to_person", 403), ("weather", 400)):
        assert analyst.get(f"{FIDELITY}?by={by}").status_code == status


def test_hand_offs_listed_are_those_of_ones_customers(ana: Client) -> None:
    found = rows(_plain(page(ana, FIDELITY)), "hand-offs")
    # Whose score it is tells those who may see the person: to Ana her own.
    assert {(row[1], row[2]) for row in found} == {("–", "Ana")}
    listed = {row[0] for row in found}
    assert listed == {"=Alto, Inc", "Customer 02", "Customer 04", "Customer 06", "Customer 08"}
    # The figure of the company is the same for everybody.
    assert "by 7 confirmed hand-offs" in page(ana, FIDELITY)


def test_a_person_with_what_was_given_promised_and_dropped(owner: Client) -> None:
    shown = _plain(page(owner, PERSON + "leo"))
    assert "70.4 % of what Leo knew arrived with the next person, by 7 confirmed hand-offs" in shown
    assert re.search(r"Promises late or broken</dt><dd><strong>50.0 %</strong> <small>2 promises, of 2 due", shown)
    assert "Single sign-on" in shown
    dropped = rows(shown, "dropped")
    # Nobody handed on what was sold to the others; who has left is not on the list.
    assert {"Customer 10", "Customer 12"} <= {row[0] for row in dropped}
    assert "Customer 14" not in {row[0] for row in dropped}
    assert not {"Customer 02", "Customer 04"} & {row[0] for row in dropped}
    taken = _plain(page(owner, PERSON + "ana"))
    assert "Nothing that Ana handed on has been confirmed yet" in taken
    # 0.25, 1, 0.8, 0.75 and 1.
    assert re.search(r"Fidelity of what was taken over</dt><dd><strong>76.0 %", taken)


def test_what_is_under_way_is_told_as_of_now(owner: Client) -> None:
    key = draft(NewHandOff("C10", DEFAULTS["sales_to_success"], "leo", "ana"), "leo", NOON)
    shown = page(owner, PERSON + "leo")
    assert f'href="/hand-offs/{key}">#{key}' in shown.split('id="open"')[1]


@pytest.mark.parametrize("role", ROLES)
def test_a_person_is_seen_by_the_person_and_by_who_leads_it(served: None, role: str) -> None:
    name = ROLES[role][0]
    browser = signed_in(member(name, role))
    assert browser.get(PERSON + name).status_code == 200
    led = {"owner": {"ana", "ben", "leo", "mia", "eva"}, "success_lead": {"ana", "ben", "mia"}}
    for other in ("ana", "ben", "leo", "mia", "eva", "nobody"):
        wanted = 200 if other == name or other in led.get(role, set()) else 404
        assert browser.get(PERSON + other).status_code == wanted, (role, other)


def test_looking_at_somebody_leaves_a_trail_and_at_oneself_does_not(ana: Client) -> None:
    page(ana, PERSON + "ana")
    assert not AuditEntry.objects.filter(action="person_level.seen").exists()
    page(signed_in(member("mia", "success_lead")), PERSON + "ana")
    assert AuditEntry.objects.filter(action="person_level.seen", who="mia", about=PERSON + "ana").count() == 1


def test_who_held_a_customer_stands_on_its_page(owner: Client) -> None:
    shown = _plain(page(owner, "/customers/C02"))
    assert re.search(r"Ana holds it since \d+ \w+ \d{4}; it changed hands", shown)
    strip = shown.split('<figure id="relay">')[1].split("</figure>")[0]
    assert 'role="img"' in strip
    told = re.findall(r"<t[hd][^>]*>(?:<a[^>]*>)?([^<]*)", strip.split("<tbody>")[1])
    assert told[:6] == ["Ana", "success", "3 Jan 2026", "today", "by a hand-off", "100.0 %"]
    assert "/hand-offs/loaded/H-C02" in strip
    assert PERSON + "ana" in strip
    # Who left is held by nobody.
    assert "held it last, until" in page(owner, "/customers/C14")


def test_the_tab_of_hand_offs_tells_desk_and_book_apart(ana: Client) -> None:
    key = draft(NewHandOff("C02", DEFAULTS["success_to_success"], "ana", "mia"), "ana", NOON)
    make_promise(NewPromise("C02", "A training in <May>", "exists", NOON, "ana"), "ana", NOON)
    shown = page(ana, "/customers/C02?tab=hand-offs")
    here, loaded = shown.split("Loaded from elsewhere")
    assert f'href="/hand-offs/{key}">#{key}' in here
    assert "/hand-offs/loaded/H-C02" in loaded
    assert "A training in &lt;May&gt;" in loaded
    sent = ana.get("/customers/C02?tab=hand-offs&as=csv").content.decode()
    assert [line.split(",")[0] for line in sent.splitlines()] == ["handoff_id", f"relevo:{key}", "H-C02"]
    assert ana.get("/customers/C01?tab=hand-offs").status_code == 404


def test_links_to_persons_are_for_who_may_open_them(ana: Client) -> None:
    strip = page(ana, "/customers/C02").split('<figure id="relay">')[1].split("</figure>")[0]
    assert set(re.findall(r"/hand-offs/people/(\w+)", strip)) == {"ana"}


def test_the_process_tells_how_often_customers_change_hands(owner: Client) -> None:
    shown = _plain(page(owner, "/hand-offs/process"))
    # Nobody had two teams in the first year: one assignment, and a hand-off into the same role.
    assert re.search(r"A customer has 0 hand-offs to another team in its first year \(median of \d\d\)", shown)
    assert "hand-offs to another person in its first year" in page(owner, "/hand-offs/process?by=person")
    assert owner.get("/hand-offs/process?by=weather").status_code == 400
    assert "Association, not proof" in shown
    assert "None went straight back." in shown
    assert "Every change of who holds a customer has a hand-off" in shown
