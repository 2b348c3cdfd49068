"""The page of what hand-offs ask for: what is read, what is proposed for removal, and changing a template."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from relevo.desk.house.actions import save_rule
from relevo.desk.house.rules import rule_versions
from relevo.desk.relay.actions import NewHandOff, draft, give
from relevo.desk.relay.actions_items import ItemText, note_read
from relevo.desk.relay.handoffs import handoff_with
from relevo.desk.relay.templates import DEFAULTS, templates_with
from relevo.jobs.clock import now
from tests.promised_roles import ROLES
from tests.web.conftest import member, signed_in

ITEMS = "/hand-offs/items"
FORM: dict[str, object] = {
    "template": "sales_to_success", "item": ["objectives", "needs"], "new_item": "Go Live  risks", "line": ["read_all"],
    "new_line": "", "days": "5", "from_on": "2027-02-01", "reason": "Six was one too many",
}  # fmt: skip


def given(read: bool = True) -> None:
    """Five hand-offs of which the needs alone were read, where somebody read."""
    for i in range(5):
        known = {"needs": ItemText(f"Customer {i} needs {i} warehouses")}
        key = draft(NewHandOff(f"C{i:02}", DEFAULTS["sales_to_success"], "leo", "ana", known=known), "leo", now())
        found = handoff_with(key)
        assert found
        give(key, found.revision, "leo", now())
        if read:
            note_read(key, "needs", "ana", now())


def page(client: Client, status: int = 200) -> str:
    answer = client.get(ITEMS)
    assert answer.status_code == status
    return answer.content.decode()


def saved() -> object:
    return rule_versions("handoff_templates")[0].value


def test_before_anything_was_given_it_says_so(owner: Client) -> None:
    shown = page(owner)
    assert "nobody knows which fields are read" in shown
    assert 'id="unread"' not in shown
    for name in DEFAULTS:
        assert f'id="template-{name}"' in shown


def test_what_nobody_reads_is_proposed_and_taken_away(owner: Client) -> None:
    given()
    shown = page(owner)
    assert "5 fields were read by nobody in 90 days" in shown
    others = [item for item in DEFAULTS["sales_to_success"].items if item != "needs"]
    assert re.findall(r'name="drop" value="(\w+)"', shown) == others
    sent = owner.post(ITEMS, {"template": "sales_to_success", "drop": "calendar", "reason": "Nobody read it."})
    assert sent.status_code == 302
    shape = templates_with(saved())["sales_to_success"]
    assert shape.items == tuple(i for i in DEFAULTS["sales_to_success"].items if i != "calendar")
    assert (shape.days, shape.checklist) == (3, DEFAULTS["sales_to_success"].checklist)
    shown = page(owner)
    assert "4 fields were read by nobody" in shown
    assert "asked no more" in shown


def test_a_template_is_changed_from_a_day_on(owner: Client) -> None:
    sent = owner.post(ITEMS, FORM)
    assert sent["Location"] == f"{ITEMS}?done=2027-02-01#template-sales_to_success"
    shape = templates_with(saved())["sales_to_success"]
    assert (shape.items, shape.checklist, shape.days) == (
        ("objectives", "needs", "go_live_risks"), ("read_all",), 5
    )  # fmt: skip
    (version,) = rule_versions("handoff_templates")
    assert (str(version.from_on), version.reason) == ("2027-02-01", "Six was one too many")
    assert "Saved; it holds from 1 Feb 2027" in owner.get(sent["Location"]).content.decode()


def test_a_table_saved_for_a_later_day_gets_the_change_too(owner: Client) -> None:
    later = {"success_to_success": {"days": 9}}
    save_rule("handoff_templates", later, now().date() + timedelta(days=400), "ines", "Next year", now())
    owner.post(ITEMS, {**FORM, "from_on": ""})
    values = [version.value for version in rule_versions("handoff_templates")[:2]]
    assert all(templates_with(value)["sales_to_success"].days == 5 for value in values)
    assert {templates_with(value)["success_to_success"].days for value in values} == {3, 9}


def test_a_change_that_cannot_be_is_asked_again_with_what_was_typed(owner: Client) -> None:
    for wrong, words in (
        ({"days": "soon"}, "no number of days"), ({"days": "400"}, "no whole number"), ({"reason": " "}, "no reason"),
        ({"item": [], "new_item": ""}, "no role or no item"), ({"new_item": "risk!"}, "where a word belongs"),
        ({"from_on": "soon"}, "is not a day"), ({"new_item": "needs"}, "names an item twice"),
    ):  # fmt: skip
        answer = owner.post(ITEMS, {**FORM, **wrong})
        assert answer.status_code == 422, wrong
        told = answer.content.decode()
        assert words in told, wrong
        mine = told.split('id="template-sales_to_success"')[1].split("</section>")[0]
        assert '<details class="more-said" open>' in mine
        if "item" not in wrong:
            assert re.findall(r'name="item" value="(\w+)" checked', mine) == ["objectives", "needs"]
    assert owner.post(ITEMS, {**FORM, "template": "gone"}).status_code == 400
    assert rule_versions("handoff_templates") == ()


@pytest.mark.parametrize("role", ROLES)
def test_who_changes_rules_changes_templates_and_everybody_may_look(served: None, role: str) -> None:
    given()
    browser = signed_in(member(ROLES[role][0], role))
    may = role == "owner"
    shown = page(browser)
    assert ('name="drop"' in shown, 'name="days"' in shown) == (may, may)
    assert browser.post(ITEMS, FORM).status_code == (302 if may else 403)


def test_the_rule_of_the_house_leads_here(owner: Client) -> None:
    shown = owner.get("/settings/house/handoff_templates").content.decode()
    assert f'href="{ITEMS}"' in shown
