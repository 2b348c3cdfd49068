"""Sections of the Money pages: the bridge and its owners, two methods of retention, survival by a dimension, breaks."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from relevo.answers.breaks import breaks
from relevo.answers.measures import show
from relevo.answers.money import KINDS, OWNERS_RULE, money_page
from relevo.answers.owners import owners_of
from relevo.answers.reading import Reading, Refused
from relevo.answers.retention import COHORT, METHODS, MOVEMENT, retention
from relevo.answers.survival import MOST_CURVES, survival
from relevo.base.errors import WrongUse
from relevo.book.policy import Policy
from relevo.desk.house.actions import save_rule
from relevo.measures.card import Ask
from tests.answers.company import LAST

NOW = datetime(2026, 11, 1, 6, tzinfo=UTC)


def test_the_lines_of_the_bridge_add_up_to_the_cent(everything: Reading) -> None:
    bridge = money_page(everything).bridge
    assert bridge is not None
    assert bridge.opening + sum(bridge.change(line) for line in bridge.lines) == bridge.closing
    assert set(KINDS) <= set(bridge.lines)
    assert bridge.change("churn") == -bridge.parts["churn"]


def test_each_month_of_the_bridge_adds_up_too(everything: Reading) -> None:
    for row in money_page(everything).movements.rows:
        gained = row["new_cents"] + row["reactivation_cents"] + row["expansion_cents"]
        lost = row["contraction_cents"] + row["churn_cents"]
        other = row["fx_cents"] + row["prior_period_adj_cents"] + row["identity_adj_cents"]
        assert row["opening_cents"] + gained - lost + other == row["closing_cents"]


@pytest.mark.django_db
def test_a_line_of_the_bridge_has_the_owner_of_the_day(everything: Reading) -> None:
    save_rule(OWNERS_RULE, {"new": "leo", "churn": "Success lead"}, date(2026, 1, 1), "ines", "Shared out.", NOW)
    save_rule(OWNERS_RULE, {"new": "mia"}, date(2027, 1, 1), "ines", "Next year.", NOW)
    owners = owners_of(everything, OWNERS_RULE)
    assert {line: owner.name for line, owner in owners.items()} == {"new": "Leo", "churn": "Success lead"}
    assert "expansion" not in owners


# Two methods of retention ----------------------------------------------------------------------------------


def test_the_methods_are_brought_together_to_the_cent(everything: Reading) -> None:
    gap = retention(everything).gap
    assert gap is not None
    assert gap.month == LAST
    assert [line.code for line in gap.lines] == [COHORT, "came_later", "made_good", "exchange", MOVEMENT]
    first, *between, last = gap.lines
    assert (first.net or 0) + sum(line.net or 0 for line in between) == last.net
    assert (first.gross or 0) + sum(line.gross or 0 for line in between) == last.gross


def test_each_method_says_what_the_measure_says_under_that_policy(everything: Reading) -> None:
    book = everything.company_book
    october = Ask(first=book.last_complete_month, last=book.last_complete_month)
    for method in METHODS:
        policy = replace(book.policy, nrr_method=method)
        other = replace(everything, published=book.at(policy=policy))
        for answer in (retention(everything, method).net, retention(everything, method).gross):
            assert answer.last() == show(other, answer.measure, october).last()
    gap = retention(everything).gap
    assert gap is not None
    assert gap.lines[0].net == retention(everything, COHORT).net.last()["kept_cents"]
    assert gap.lines[-1].gross == retention(everything, MOVEMENT).gross.last()["kept_cents"]


def test_what_those_that_came_later_did_is_told_apart(everything: Reading) -> None:
    """By hand: who began after October 2025 and left or grew by October 2026, from their movements."""
    gap = retention(everything).gap
    log = show(everything, "movement_log", Ask(first=2025 * 12 + 10, last=2026 * 12 + 9)).rows
    came = {r["customer_id"] for r in log if r["kind"] == "new"}
    # One that came back was there before, but not when the year opened; none did in this year.
    assert not [r for r in log if r["kind"] == "reactivation"]
    later = sum(r["base_cents"] for r in log if r["customer_id"] in came and r["kind"] != "new")
    lost = sum(r["base_cents"] for r in log if r["customer_id"] in came and r["kind"] in ("contraction", "churn"))
    assert gap is not None
    assert abs((gap.lines[1].net or 0) - later) <= len(came)
    assert later > 0
    assert gap.lines[1].gross == lost == 0


def test_a_method_that_is_none_is_refused(everything: Reading) -> None:
    with pytest.raises(WrongUse):
        retention(everything, "by_feeling")


# Survival by a dimension -----------------------------------------------------------------------------------


def test_survival_by_a_dimension_draws_what_is_enough_and_names_the_rest(everything: Reading) -> None:
    found = survival(everything, "segment")
    counted = {"smb": sum(1 for i in range(39) if i % 3), "mid": sum(1 for i in range(39) if not i % 3)}
    assert {c.value: c.customers for c in found.curves} == counted
    assert all(row["at_risk"] >= 10 for c in found.curves for row in c.rows)
    channels = survival(everything, "channel")
    assert "events" in channels.too_few
    assert "events" not in {c.value for c in channels.curves}
    assert len(channels.curves) <= MOST_CURVES


def test_customers_of_all_values_are_the_customers(everything: Reading) -> None:
    whole, cut = survival(everything), survival(everything, "segment")
    assert sum(c.customers for c in cut.curves) == whole.curves[0].customers
    assert sum(c.left for c in cut.curves) == whole.curves[0].left
    assert whole.chance is None
    assert cut.chance is not None
    assert 0 <= cut.chance <= 1


def test_a_difference_that_may_be_chance_is_called_so(everything: Reading) -> None:
    found = survival(everything, "segment")
    assert found.chance is not None
    expected = "survival.may_be_chance" if found.chance >= 0.05 else "survival.differs"
    assert found.title.code == expected


def test_survival_by_person_is_for_those_who_may_see_persons(anas: Reading) -> None:
    with pytest.raises(Refused):
        survival(anas, "seller")
    assert "seller" not in survival(anas).choices


def test_survival_of_few_is_withheld_from_those_who_do_not_see_all(anas: Reading) -> None:
    found = survival(anas, "channel")
    assert found.answer.hidden > 0
    assert "events" in found.too_few


# Breaks ----------------------------------------------------------------------------------------------------


def _policy(**changed: object) -> dict[str, object]:
    return {"name": "house", **changed}


@pytest.mark.django_db
def test_a_change_of_conventions_is_a_break_and_the_same_again_is_none(everything: Reading) -> None:
    assert breaks(everything) == ()
    save_rule("policy", _policy(), date(2026, 1, 1), "ines", "The defaults, accepted.", NOW)
    save_rule("policy", _policy(past_due_grace_days=60), date(2026, 4, 1), "ines", "Customers pay late.", NOW)
    save_rule("policy", _policy(past_due_grace_days=60), date(2026, 6, 1), "ines", "Confirmed.", NOW)
    save_rule("policy", _policy(), date(2027, 1, 1), "ines", "Later than the book.", NOW)
    (found,) = breaks(everything)
    assert (found.month, found.since, found.reason) == ("2026-04", date(2026, 4, 1), "Customers pay late.")
    assert found.conventions == ("past_due_grace_days",)


@pytest.mark.django_db
def test_of_one_day_the_conventions_saved_last_hold(everything: Reading) -> None:
    save_rule("policy", _policy(pause="keep"), date(2026, 4, 1), "ines", "A slip.", NOW)
    save_rule("policy", _policy(), date(2026, 4, 1), "ines", "Put right.", NOW)
    assert breaks(everything) == ()
    assert Policy.of(_policy()).hash != ""
