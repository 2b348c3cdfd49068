"""Channels: the audit and the decision sheet, by hand from `channelled`; for whom, and from which stage on."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from relevo.answers.conversations.channels import Audit, Sheet, SheetAsk, channels_page
from relevo.answers.reading import OPERATOR, Reading, Viewer
from relevo.base.scales import Tally
from relevo.book.book import Book
from relevo.desk.house.actions import save_rule
from relevo.measures.assumptions import Assumptions
from relevo.measures.intervals import wilson
from tests.answers import channelled, helped

pytestmark = pytest.mark.django_db
NOBODY = Viewer("eva@norte.example")
MIA = Viewer("mia@norte.example", persons=frozenset({"mia", "ana", "ben"}), me=frozenset({"mia"}))
BEN = Viewer("ben@norte.example", persons=frozenset({"ben"}), me=frozenset({"ben"}))
ASKED = SheetAsk("phone", "200", "12", ("mon", "tue"), "09:00", "17:00", "2")


def reading(employees: int = 300, viewer: Viewer = OPERATOR) -> Reading:
    return Reading(Book.open(channelled.home(employees).books), viewer)


@pytest.fixture(scope="module")
def large() -> Reading:
    return reading()


def audit_of(found: Reading) -> Audit:
    audit = channels_page(found).audit
    assert audit is not None
    return audit


def sheet_of(found: Reading, asked: SheetAsk | None = ASKED) -> Sheet:
    sheet = channels_page(found, asked).sheet
    assert sheet is not None
    return sheet


def test_demand_by_channel_with_failed_attempts_and_the_year_before(large: Reading) -> None:
    """Row S3-60: twenty of forty chats were given up, of all 153 attempts 13 %."""
    audit = audit_of(large)
    assert [(line.name, line.now and line.now.begun) for line in audit.lines] == [
        ("mail", channelled.MAILS), ("chat", channelled.CHATS), ("web_form", channelled.FORMS),
        ("phone", channelled.CALLS), ("fax", None),
    ]  # fmt: skip
    assert (audit.begun, audit.failed, audit.hidden) == (channelled.BEGUN, 20, 0)
    chat = audit.lines[1]
    assert chat.now is not None
    assert chat.before is not None
    assert (chat.now.given_up, chat.now.failed_share, chat.share) == (20, 0.5, 40 / 153)
    assert (chat.before.begun, chat.before.failed, chat.before.wait_s) == (10, 0, 2 * 3600)
    fax = audit.lines[4]
    assert (fax.share, fax.before and fax.before.begun, fax.stands_out) == (None, 5, False)
    assert (audit.first, audit.last, audit.is_whole, audit.has_before) == ("2025-11", "2026-10", True, True)
    assert (chat.now.ease, chat.now.easy_share, audit.ease_elsewhere) == (Tally(2, 0, 1), 2 / 3, Tally(2, 0, 0))


def test_what_fails_beyond_chance_is_the_finding(large: Reading) -> None:
    page = channels_page(large)
    assert page.sentence.code == "channels.worst"
    assert {name: value.amount for name, value in page.sentence.values.items()} == {
        "share": 20 / 153, "n": 153, "failed": 20, "channel": "chat", "part": 0.5,
    }  # fmt: skip
    assert [line.name for line in audit_of(large).lines if line.stands_out] == ["chat"]
    low, _ = wilson(20, 40)
    assert low is not None
    assert low > 20 / 153


def test_a_channel_of_few_customers_is_for_who_sees_every_customer(large: Reading) -> None:
    """Two called: their channel is withheld, and the next smallest with it, for it would be the rest."""
    audit = audit_of(replace(large, viewer=NOBODY))
    assert {line.name: line.now is not None for line in audit.lines} == {
        "mail": True, "chat": True, "web_form": False, "phone": False, "fax": False,
    }  # fmt: skip
    assert (audit.hidden, audit.begun) == (2, channelled.BEGUN)
    assert [line.share for line in audit.lines[2:]] == [None, None, None]
    # A year before, five customers used the fax: they are told of.
    assert [line.name for line in audit.lines if line.before] == ["mail", "chat", "fax"]


@pytest.mark.parametrize(("employees", "sheet", "audit"), [(300, True, True), (120, True, False), (15, False, False)])
def test_the_stage_decides(employees: int, sheet: bool, audit: bool) -> None:
    page = channels_page(reading(employees))
    assert (page.sheet is not None, page.audit is not None) == (sheet, audit)
    assert page.audit_lock is None if audit else page.audit_lock is not None
    if page.audit_lock:
        assert (page.audit_lock.stage, page.audit_lock.above) == ((5, 250) if sheet else (3, 20))
    assert page.sentence.code == {(True, True): "channels.worst", (True, False): "channels.choose"}.get(
        (sheet, audit), "channels.locked"
    )


def test_a_house_that_writes_down_why_audits_early() -> None:
    early = replace(reading(15), assumed=lambda: Assumptions(early_figures="Two offices."))
    assert audit_of(early).begun == channelled.BEGUN


def test_without_a_year_before_it_is_not_told() -> None:
    """The company of `helped` has conversations since September 2025: a whole year, and none before it."""
    audit = audit_of(Reading(Book.open(helped.home().books), OPERATOR))
    assert (audit.known_from, audit.is_whole, audit.has_before) == ("2025-09", True, False)
    assert [line.before for line in audit.lines] == [None]
    empty = channels_page(Reading(Book.open(helped.home(talks=False).books), OPERATOR))
    assert (empty.audit, empty.audit_lock, empty.sentence.code) == (None, None, "channels.choose")


def test_the_sheet_says_what_a_channel_takes(large: Reading) -> None:
    """Two days of eight hours with two people are 32 h a week: 8/7 people."""
    sheet = sheet_of(large)
    assert sheet.staffing is not None
    assert (sheet.staffing.hours, sheet.staffing.people, sheet.problems) == (32, Fraction(8, 7), {})
    assert sheet.questions == channelled.BEGUN
    # Everything but mail is asked on a Wednesday, Thursday or Friday; of mail the Mondays and Tuesdays count.
    months = [helped._weekday(month) for month in range(2, 14)]
    early = sum((9 if day < date(2026, 3, 1) else 10) - (0 if day >= date(2026, 3, 1) else 3)
                for day in months if day.weekday() < 2)  # fmt: skip
    assert sheet.within == pytest.approx(early / channelled.BEGUN)


def test_nothing_asked_is_nothing_worked_out(large: Reading) -> None:
    sheet = sheet_of(large, None)
    assert (sheet.is_asked, sheet.staffing, sheet.problems, sheet.questions, sheet.within) == (False, None, {}, 0, None)


NEEDED = {"days": "needed", "opens": "needed", "closes": "needed", "people": "needed"}


@pytest.mark.parametrize(
    ("change", "problems"),
    [
        ({"days": (), "opens": "", "closes": "", "people": ""}, NEEDED),
        ({"people": ""}, {"people": "needed"}),
        ({"channel": "mail", "days": (), "opens": "", "closes": ""},
         {"days": "needed", "opens": "needed", "closes": "needed"}),
        ({"channel": "pigeon"}, {"channel": "unknown"}),
        ({"days": ("mon", "someday")}, {"days": "unknown"}),
        ({"conversations": "", "minutes": "many"}, {"conversations": "missing", "minutes": "unreadable"}),
        ({"conversations": "0", "minutes": "0"}, {"conversations": "range", "minutes": "range"}),
        ({"conversations": "2.5"}, {"conversations": "range"}),
        ({"conversations": "9999999"}, {"conversations": "range"}),
        ({"people": "0"}, {"people": "range"}),
        ({"opens": "9 am", "closes": "25:00"}, {"opens": "unreadable", "closes": "unreadable"}),
        ({"opens": "24:00"}, {"opens": "unreadable"}),
        ({"closes": "09:00"}, {"closes": "same"}),
        ({"away": "96", "occupancy": "0", "paid_hours": ""},
         {"away": "range", "occupancy": "range", "paid_hours": "missing"}),
        ({"minutes": "-5"}, {"minutes": "unreadable"}),
        ({"minutes": "١٢"}, {"minutes": "unreadable"}),
    ],
)  # fmt: skip
def test_what_is_wrong_in_the_form_is_said_field_by_field(
    large: Reading, change: dict[str, Any], problems: dict[str, str]
) -> None:
    sheet = sheet_of(large, replace(ASKED, **change))
    assert sheet.problems == problems
    assert (sheet.staffing, sheet.cost_cents, sheet.within) == (None, None, None)


def test_a_whole_day_closes_at_midnight_and_a_comma_is_a_point(large: Reading) -> None:
    found = sheet_of(large, replace(ASKED, opens="00:00", closes="00:00", minutes="12,5")).staffing
    assert found is not None
    assert (found.cover_hours, found.proposal.minutes) == (2 * 24 * 2, Fraction(25, 2))


def test_what_is_answered_later_needs_no_plan(large: Reading) -> None:
    sheet = sheet_of(large, SheetAsk("mail", "200", "12"))
    assert sheet.staffing is not None
    assert (sheet.staffing.cover_hours, sheet.within, sheet.problems) == (None, None, {})


def test_the_cost_is_that_of_the_house_or_is_said_not_to_be_known(large: Reading) -> None:
    assert (sheet_of(large).cost_cents, sheet_of(large).no_cost) == (None, "unset")
    since = helped.NOW.date().replace(year=2025)
    save_rule("hourly_costs", {"support_agent": 3000, "engineer": 7000}, since, "ines", "Agreed.", helped.NOW)
    sheet = sheet_of(large, replace(ASKED, role="support_agent"))
    # 8/7 people of 40 hours for 1461/336 weeks at 30.00.
    assert sheet.cost_cents == round(8 / 7 * 40 * 1461 / 336 * 3000)
    assert (sheet.role, sheet.roles, sheet.currency, sheet.no_cost) == (
        "support_agent", ("engineer", "support_agent"), "EUR", "",
    )  # fmt: skip
    assert sheet_of(large, replace(ASKED, role="nobody")).role == "engineer"
    assert sheet_of(large, replace(ASKED, people="")).cost_cents is None


@pytest.mark.parametrize(("viewer", "is_told"), [(OPERATOR, True), (MIA, True), (BEN, False), (NOBODY, False)])
def test_what_an_hour_costs_is_told_to_who_leads_or_sees_all_amounts(
    large: Reading, viewer: Viewer, is_told: bool
) -> None:
    """Of a role that one person holds it is what that person costs."""
    since = helped.NOW.date().replace(year=2025)
    save_rule("hourly_costs", {"support_agent": 3000}, since, "ines", "Agreed.", helped.NOW)
    sheet = sheet_of(replace(large, viewer=viewer))
    assert (sheet.cost_cents is not None) == is_told
    assert (sheet.roles, sheet.no_cost) == ((("support_agent",), "") if is_told else ((), "not_yours"))
    assert sheet.staffing is not None
