"""The pages of absence and departure: what is proposed, what a plan makes, who may, and what stays typed."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from relevo.desk.people.models import AuditEntry
from relevo.desk.relay.actions import NewHandOff, accept, draft, give
from relevo.desk.relay.actions_items import ItemText
from relevo.desk.relay.handoffs import handoff_with, items_of
from relevo.desk.relay.models import HandOff, Plan
from relevo.desk.relay.templates import DEFAULTS
from relevo.jobs.clock import now
from tests.promised_roles import ROLES
from tests.web.conftest import member, signed_in

PLANS = "/hand-offs/plans"
# Ana holds the even customers that pay: twenty, without C14 and C24, which have left.
HELD = [f"C{i:02}" for i in range(0, 40, 2) if i not in (14, 24)]
ASKED = {"person": "ana", "kind": "absence", "from": "2027-01-11", "until": "2027-01-22", "overlap": "3",
         "to": ["ben", "eva"], "reason": "Leave"}  # fmt: skip


def page(client: Client, address: str, status: int = 200, **asked: object) -> str:
    answer = client.get(address, asked)
    assert answer.status_code == status, address
    return answer.content.decode()


def chosen(**changed: str) -> dict[str, object]:
    return {**ASKED, **{f"to:{key}": "ben" for key in HELD}, **changed}


def accepted_lately(customer: str) -> int:
    """A hand-off to Ana within her role, ten days ago."""
    at = now() - timedelta(days=10)
    known = {"needs": ItemText("Two warehouses on one screen", "Rosa")}
    key = draft(NewHandOff(customer, DEFAULTS["success_to_success"], "mia", "ana", known=known), "mia", at)
    for act in (lambda n: give(key, n, "mia", at), lambda n: accept(key, "", {}, n, "ana", at)):
        found = handoff_with(key)
        assert found
        act(found.revision)
    return key


def test_before_any_plan_the_page_says_so_and_asks(ana: Client) -> None:
    shown = page(ana, PLANS)
    assert "No book of customers is being handed over" in shown
    assert re.search(r'<option value="ana" selected>', shown)
    whose, takers = (re.findall(r'<option value="([\w:]+)"', part) for part in shown.split('id="to"'))
    assert whose == ["ana"]
    # Everybody once, also who signs in and is somebody of the book.
    assert takers == ["ben", "eva", "leo", "mia"]


def test_each_customer_gets_a_receiver_in_turn(ana: Client) -> None:
    shown = page(ana, PLANS, **ASKED)
    assert f"Ana holds {len(HELD)} customers; of 6 nothing was written down" in shown
    # Six were never handed on; then those of which half was filled in, then the others.
    blank, half = ["C00", "C02", "C04", "C06", "C34", "C36"], ["C12", "C18", "C30"]
    rows = re.findall(r'name="to:(C\d\d)".*?</select>', shown, re.DOTALL)
    assert rows == [*blank, *half, *(key for key in HELD if key not in blank + half)]
    picked = re.findall(r'<option value="(\w+)" selected', shown.split('<section id="begin">')[0])
    assert (picked.count("ben"), picked.count("eva")) == (9, 9)
    assert not AuditEntry.objects.filter(action="person_level.seen").exists()


def test_a_plan_makes_drafts_which_are_given_at_once(ana: Client) -> None:
    sent = ana.post(PLANS, chosen(**{"to:C00": "eva", "to:C02": ""}))
    plan = Plan.objects.get()
    assert sent["Location"] == f"{PLANS}/{plan.pk}"
    assert HandOff.objects.filter(plan=plan).count() == len(HELD) - 1
    first = HandOff.objects.get(customer_id="C00")
    assert (first.to_person_id, str(first.overlap_until), first.template) == ("eva", "2027-01-10", "success_to_success")
    shown = page(ana, sent["Location"])
    assert f"0 of {len(HELD) - 1} customers of Ana have been taken over" in shown
    assert "away from 11 Jan 2027 to 22 Jan 2027; then the customers come back" in shown
    assert f"Give all {len(HELD) - 1} drafts" in shown
    assert "10 Jan 2027" in shown
    assert ana.post(f"{PLANS}/{plan.pk}/give").status_code == 302
    assert "Give all" not in page(ana, sent["Location"])
    assert set(HandOff.objects.values_list("state", flat=True)) == {"given"}
    assert f"{len(HELD) - 1} customers of plans have not been taken over yet" in page(ana, PLANS)


def test_drafts_take_along_what_was_written_before_and_a_second_change_needs_a_reason(ana: Client) -> None:
    accepted_lately("C06")
    shown = page(ana, PLANS, **ASKED)
    row = shown.split('name="to:C06"')[1].split("</tr>")[0]
    assert "changed hands on" in row
    assert "selected" not in row.split("</select>")[0]
    refused = ana.post(PLANS, chosen())
    assert refused.status_code == 422
    assert "Customer 06" in refused.content.decode()
    assert Plan.objects.count() == 0
    # What was chosen stays chosen.
    assert refused.content.decode().count('<option value="ben" selected>') >= len(HELD)
    ana.post(PLANS, chosen(**{"why:C06": "Ana is ill"}))
    made = HandOff.objects.get(customer_id="C06", plan__isnull=False)
    assert made.override_reason == "Ana is ill"
    assert items_of(made.pk)["needs"].text == "Two warehouses on one screen"
    assert ana.post(f"{PLANS}/{made.plan_id}/give").status_code == 302


def test_what_is_under_way_cannot_be_planned_twice(ana: Client) -> None:
    key = draft(NewHandOff("C08", DEFAULTS["success_to_success"], "ana", "ben"), "ana", now())
    shown = page(ana, PLANS, **ASKED)
    assert 'name="to:C08"' not in shown
    assert f'href="/hand-offs/{key}">a hand-off is under way' in shown
    assert ana.post(PLANS, chosen()).status_code == 302
    assert not HandOff.objects.filter(customer_id="C08", plan__isnull=False).exists()


def test_days_that_make_no_sense_are_asked_again(ana: Client) -> None:
    for wrong in ({"until": "2027-01-01"}, {"from": "soon"}, {"overlap": "x"}, {"overlap": "999"}, {"kind": "trip"},
                  {"until": ""}):  # fmt: skip
        answer = ana.post(PLANS, chosen(**wrong))
        assert answer.status_code == 422, wrong
        assert 'role="alert"' in answer.content.decode()
    assert ana.post(PLANS, {**ASKED, **{f"to:{key}": "leo" for key in HELD}}).status_code == 422
    assert Plan.objects.count() == 0


def test_an_absence_ends_and_a_departure_does_not(ana: Client) -> None:
    ana.post(PLANS, chosen())
    plan = Plan.objects.get()
    ana.post(f"{PLANS}/{plan.pk}/give")
    taken = HandOff.objects.get(customer_id="C00")
    accept(taken.pk, "", {}, taken.revision, "ben", now())
    assert "Ana is back" in page(ana, f"{PLANS}/{plan.pk}")
    assert ana.post(f"{PLANS}/{plan.pk}/end")["Location"] == f"{PLANS}/{plan.pk}#back"
    shown = page(ana, f"{PLANS}/{plan.pk}")
    assert "The way back" in shown
    assert "Ana is back" not in shown
    assert HandOff.objects.filter(to_person_id="ana", from_person_id="ben", state="draft").count() == 1
    assert ana.post(f"{PLANS}/{plan.pk}/end").status_code == 422
    ana.post(PLANS, {**chosen(), "kind": "departure", "to:C00": ""})
    gone = Plan.objects.exclude(pk=plan.pk).get()
    assert gone.until_on is None
    shown = page(ana, f"{PLANS}/{gone.pk}")
    assert "gone from 11 Jan 2027 on" in shown
    assert "is back" not in shown


def test_others_customers_are_handed_over_by_who_leads_them(ana: Client) -> None:
    assert ana.get(PLANS, {**ASKED, "person": "ben"}).status_code == 403
    assert ana.post(PLANS, {**chosen(), "person": "ben"}).status_code == 403
    assert ana.get(PLANS, {**ASKED, "to": ["nobody"]}).status_code == 404
    lead = signed_in(member("mia", "success_lead"))
    assert "Ana holds" in page(lead, PLANS, **ASKED)
    assert AuditEntry.objects.filter(action="person_level.seen", who="mia").exists()
    assert lead.post(PLANS, chosen()).status_code == 302


def test_a_plan_is_seen_by_who_goes_who_takes_over_and_who_leads_them(ana: Client) -> None:
    ana.post(PLANS, {**ASKED, "to:C00": "ben"})
    plan = Plan.objects.get()
    ben, leo = signed_in(member("ben", "csm")), signed_in(member("leo", "seller"))
    shown = page(ben, f"{PLANS}/{plan.pk}")
    assert "plan-give" not in shown
    assert "Give" not in shown.split('id="away"')[1]
    assert "Ana" in page(ben, PLANS)
    for act in ("give", "end"):
        assert ben.post(f"{PLANS}/{plan.pk}/{act}").status_code == 403
        assert leo.post(f"{PLANS}/{plan.pk}/{act}").status_code == 404
        assert ana.get(f"{PLANS}/{plan.pk}/{act}").status_code == 405
    assert leo.get(f"{PLANS}/{plan.pk}").status_code == 404
    assert 'id="plans"' not in page(leo, PLANS)


@pytest.mark.parametrize("role", ROLES)
def test_roles_that_see_no_persons_look_on(served: None, role: str) -> None:
    name = ROLES[role][0]
    browser = signed_in(member(name, role))
    shown = page(browser, PLANS)
    takes_part = ROLES[role][3] is not None
    assert ('id="begin"' in shown) == takes_part
    # Of these persons Ana and Ben hold customers; Ben can take over from Ana, and not from himself.
    wanted = (302 if name == "ana" else 422) if takes_part else 403
    assert browser.post(PLANS, {**chosen(), "person": name}).status_code == wanted
