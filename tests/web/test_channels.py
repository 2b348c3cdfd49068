"""The page of channels: the audit, the form of the decision sheet, and what each says when it cannot answer."""

import re
from typing import Any

import pytest
from django.utils import translation

from relevo.answers.conversations.channel_sheet import PLAN
from relevo.desk.house.actions import save_rule
from relevo.web.conversations.channel_sheet import PLAN_NAMES, WRONG
from relevo.web.sentences import WORDINGS
from tests.answers import channelled, helped
from tests.web.test_conversations import browser, rows, shown

PAGE = "/conversations/channels"
ASKED = f"{PAGE}?channel=phone&conversations=200&minutes=12"
PLANNED = f"{ASKED}&day=mon&day=tue&opens=09:00&closes=17:00&people=2"


@pytest.fixture
def large(settings: Any, db: None) -> None:
    settings.RELEVO_HOME = channelled.home().path


def facts(page: str) -> dict[str, str]:
    answer = page.split('<section id="answer">')[1].split("</dl>")[0]
    return dict(re.findall(r"<dt>([^<]*)</dt><dd>([^<]*)</dd>", answer))


def test_the_audit_lists_demand_with_failed_attempts_and_what_failed_most(large: None) -> None:
    page = shown(browser(), PAGE)
    told = "50.0 % of what customers began by “Chat” came to nothing; of all 153 conversations of twelve months it was"
    assert f"{told} 13.1 %" in page
    assert "20 of 153 attempts came to nothing, clearly more on: Chat" in page
    demand = {row[0]: row[1:] for row in rows(page, '<section id="demand">')}
    assert list(demand) == ["Mail", "Chat", "Web form", "Phone", "Fax"]
    assert demand["Fax"] == ["–", "–", "–", "", "–", "–", "–", "–", "–"]
    assert "was 5" in page
    # Begun, share, came to nothing, its interval, no answer, given up, gone silent, bot alone, still open.
    assert demand["Chat"] == ["40", "26.1 %", "50.0 %", "35.2–64.8 %", "0", "20", "0", "0", "0"]
    assert "was 10" in page
    service = {row[0]: row[1:] for row in rows(page, '<section id="service">')}
    assert service["Chat"][1:5] == ["0.0 %", "2 h 0 min", "2 h 0 min", "0.50"]
    assert {row[0]: row[1] for row in rows(page, '<section id="said">')} == {
        "Mail": "–", "Chat": "66.7 %", "Web form": "–", "Phone": "–", "Fax": "–",
    }  # fmt: skip
    assert "2 answers about effort name no conversation" in page
    assert "A channel that you do not have is not in these rows" in page


def test_the_picture_says_what_its_table_says(large: None) -> None:
    page = shown(browser(), PAGE)
    table = {row[0]: row[1:] for row in rows(page, '<figure id="failed"')}
    assert table["Chat"] == ["40", "50.0 %", "35.2–64.8 %"]
    for name, (n, share, _interval) in table.items():
        assert re.search(rf"{name}: {re.escape(share)} \(.*?\), n {n}", page)


def test_small_channels_are_withheld_from_who_sees_a_part(large: None) -> None:
    page = shown(browser("agent", "ben"), PAGE)
    demand = {row[0]: row[1:] for row in rows(page, '<section id="demand">')}
    assert set(demand["Phone"]) == {"–", ""}
    assert set(demand["Web form"]) == {"–", ""}
    assert demand["Mail"][0] == str(channelled.MAILS)
    assert "2 channels are withheld" in page


def test_phone_without_a_plan_is_refused_and_says_what_is_missing(large: None) -> None:
    """Row S3-27: adding phone requires a filled coverage plan."""
    client = browser()
    page = shown(client, ASKED)
    assert (
        "Phone answers at once, so it cannot be worked out without a filled coverage plan. Missing: the days, from "
        "when, until when, how many people at once." in page
    )
    assert 'id="answer"' not in page
    assert page.count("The coverage plan is not filled in here.") == 4
    for field in ("opens", "closes", "people"):
        assert re.search(rf'<input id="{field}"[^>]*aria-invalid="true" aria-describedby="{field}-error', page)
    part = shown(client, f"{ASKED}&day=mon&opens=09:00&closes=17:00")
    assert "Missing: how many people at once." in part
    mail = shown(client, f"{ASKED.replace('phone', 'mail')}&day=mon")
    assert "The coverage plan is begun and not filled. Missing: from when, until when" in mail
    wrong = shown(client, PLANNED.replace("minutes=12", "minutes=x"))
    assert "some fields below cannot be used as they are" in wrong
    assert 'id="minutes-error">This cannot be read.' in wrong


def test_a_filled_plan_is_worked_out_and_stays_in_the_form(large: None) -> None:
    page = shown(browser(), PLANNED)
    assert "Phone takes 32.0 hours a week: 1.1 people, so 2" in page
    told = facts(page)
    assert told["To be there, hours a week"] == "32.0"
    assert told["For the work, hours a week"] == "10.8 (9.2 of work; nobody is busy in every minute)"
    assert told["What decides"] == "being there"
    assert told["One person is there for customers"] == "28.0 hours a week: 40.0 paid, 30 % of them away from customers"
    assert told["Cost a month"] == "not known: no hourly cost is set"
    assert told["Questions of the last year in these hours"].endswith("of 153, on the channels that there were")
    assert "Leaving a channel is harder than adding one" in page
    form = page.split('class="plan-form"')[1].split("</form>")[0]
    assert re.findall(r'name="day" value="(\w+)" checked', form) == ["mon", "tue"]
    values = dict(re.findall(r'name="(\w+)"[^>]*? value="([^"]*)"', form))
    assert {name: values[name] for name in ("conversations", "minutes", "opens", "closes", "people", "away")} == {
        "conversations": "200", "minutes": "12", "opens": "09:00", "closes": "17:00", "people": "2", "away": "30",
    }  # fmt: skip
    assert '<option value="phone" selected>' in form
    assert "method=" not in form


def test_where_the_work_takes_more_the_plan_is_told_to_be_too_thin(large: None) -> None:
    told = facts(shown(browser(), PLANNED.replace("conversations=200", "conversations=2000")))
    assert told["What decides"] == "the work"
    assert told["For the work, hours a week"].endswith("it needs 7 at once, the plan has 2")


def test_the_cost_is_by_the_role_that_is_chosen_for_who_may_know_it(large: None) -> None:
    day = helped.NOW.date().replace(year=2025)
    save_rule("hourly_costs", {"support_agent": 3000, "engineer": 7000}, day, "ines", "Agreed.", helped.NOW)
    chosen = f"{PLANNED}&role=support_agent"
    owner, lead, agent = browser("owner", "ines"), browser("support_lead", "mia"), browser("agent", "ben")
    for client in (owner, lead):
        page = shown(client, chosen)
        assert facts(page)["Cost a month"] == "€ 5 963, by the hourly cost of support agent"
        assert '<option value="support_agent" selected>' in page
    assert facts(shown(agent, chosen))["Cost a month"].startswith("not shown to you")
    assert 'name="role"' not in shown(agent, chosen)


@pytest.mark.parametrize(("employees", "has_form"), [(120, True), (15, False)])
def test_before_its_stage_the_audit_says_from_when_it_is_shown(
    settings: Any, db: None, employees: int, has_form: bool
) -> None:
    settings.RELEVO_HOME = channelled.home(employees).path
    page = shown(browser(), PLANNED)
    assert ("Phone takes 32.0 hours a week" in page) == has_form
    assert 'href="/settings/house/early_figures"' in page
    assert "<figure" not in page
    assert ("Shown from stage 5 on" if has_form else "Shown from stage 3 on") in page
    assert f"the book counts {employees}, which is stage {4 if has_form else 2}" in page
    assert "a figure of one colleague" not in page


def test_whatever_is_sent_is_answered(large: None) -> None:
    client = browser()
    for sent in ("channel=%3Cb%3E&day=x", "channel=phone&opens=%00&people=-1", f"channel=mail&minutes={'9' * 5000}"):
        page = shown(client, f"{PAGE}?{sent}")
        assert "<b>" not in page.split('id="sheet"')[1].split("</main>")[0]
        assert 'id="answer"' not in page
    assert client.post(PAGE).status_code == 405


@pytest.mark.parametrize("language", ["es", "pt-br", "zh-hans"])
def test_the_answer_stands_in_every_language(large: None, language: str) -> None:
    client = browser()
    client.cookies["relevo-language"] = language
    with translation.override("en"):
        for address in (PLANNED, ASKED):
            assert "%(" not in shown(client, address)


def test_every_problem_and_every_finding_has_its_words() -> None:
    assert set(WRONG) == {"missing", "needed", "unreadable", "range", "unknown", "same"}
    assert set(PLAN_NAMES) == set(PLAN)
    assert {f"channels.{code}" for code in ("locked", "choose", "good", "even", "worst")} <= set(WORDINGS)
