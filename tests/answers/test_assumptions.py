"""House rules of the Desk in the figures: the page and the command give the same one."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from relevo.answers.assumptions import assumptions_in_force, with_house_rules
from relevo.answers.measures import show
from relevo.answers.reading import Reading, Refused
from relevo.base.config import Home
from relevo.base.errors import WrongUse
from relevo.desk.house.actions import save_rule
from relevo.desk.house.models import HouseRule
from relevo.jobs.opening import operator_reading
from relevo.measures.assumptions import Assumptions
from relevo.measures.card import Ask
from tests.answers import company
from tests.desks import only_with_desk_files

NOON = datetime(2026, 10, 31, 12, tzinfo=UTC)


def rule(key: str, value: object, day: date = date(2026, 1, 1)) -> None:
    save_rule(key, value, day, "ines", "the auditors say so", NOON)


@pytest.mark.django_db
def test_a_rule_in_force_on_the_book_s_day_moves_the_figure_and_a_later_one_does_not(everything: Reading) -> None:
    rule("ltv_horizon_months", 12)
    rule("ltv_horizon_months", 24, date(2030, 1, 1))
    ruled = show(with_house_rules(everything), "ltv", Ask()).last()
    plain = show(everything, "ltv", Ask()).last()
    assert (ruled["horizon_months"], plain["horizon_months"]) == (12, 60)
    assert ruled["ltv_cents"] < plain["ltv_cents"]
    assert assumptions_in_force(everything) == Assumptions(horizon_months=12)


@pytest.mark.django_db
def test_a_rule_that_cannot_be_read_stops_the_figures_that_need_it_and_no_other(everything: Reading) -> None:
    told = {"saved_at": NOON, "saved_by": "ines", "reason": "a release that did not look"}
    HouseRule.objects.create(key="gross_margin", value="four fifths", from_on=date(2026, 1, 1), **told)
    reading = with_house_rules(everything)
    with pytest.raises(WrongUse, match="gross_margin is 'four fifths'"):
        show(reading, "ltv", Ask())
    assert show(reading, "mrr", Ask()).rows


def test_what_is_asked_outright_wins(everything: Reading) -> None:
    row = show(everything, "ltv", Ask(assumptions=Assumptions(horizon_months=6))).last()
    assert row["horizon_months"] == 6


@only_with_desk_files
@pytest.mark.django_db
def test_the_command_reads_the_desk_of_its_home(monkeypatch: pytest.MonkeyPatch) -> None:
    home = company.home()
    assert show(operator_reading(home), "ltv", Ask()).last()["horizon_months"] == 60
    rule("ltv_horizon_months", 12)
    prepared: list[Path] = []
    monkeypatch.setattr("relevo.jobs.opening.prepare", lambda one: prepared.append(one.path))
    monkeypatch.setattr(Home, "has_desk", True)
    reading = operator_reading(home)
    assert (show(reading, "mrr", Ask()).rows != (), prepared) == (True, [])
    assert show(reading, "ltv", Ask()).last()["horizon_months"] == 12
    assert prepared == [home.path]


def test_what_is_the_company_s_is_not_cut_down_to_somebodys_customers(anas: Reading, everything: Reading) -> None:
    for name in ("cac", "ltv", "cac_payback", "ltv_to_cac", "payback_curve"):
        assert show(anas, name, Ask()).scope.is_company
        with pytest.raises(Refused, match="figure of the whole company"):
            show(anas, name, Ask(by="industry"))
    assert not show(anas, "customer_value", Ask()).scope.is_company
    mine = {r["customer_id"] for r in show(anas, "customer_value", Ask()).rows}
    assert mine < {r["customer_id"] for r in show(everything, "customer_value", Ask()).rows}


def test_small_segments_are_hidden_below_all_though_nobody_asked_for_them(anas: Reading, everything: Reading) -> None:
    full = show(everything, "ltv", Ask(by="channel")).rows
    shown = {r["channel"]: r for r in show(anas, "ltv", Ask(by="channel")).rows}
    small = {r["channel"] for r in full if r["n"] < 5}
    assert small
    assert all(shown[name]["ltv_cents"] is None for name in small)
    answer = show(everything, "ltv", Ask(by="channel"))
    assert [c.name for c in answer.columns][:2] == ["channel", "ltv_cents"]
