"""Templates, scores, questions about fit: what a house rule may say, and what texts and answers count."""

from fractions import Fraction
from typing import Any

import pytest

from relevo.base.errors import WrongUse
from relevo.desk.house.known import check_rule
from relevo.desk.relay.fit_questions import DEFAULTS as QUESTIONS
from relevo.desk.relay.fit_questions import Fit, fit_of, questions_with
from relevo.desk.relay.scoring import completeness, folded, score
from relevo.desk.relay.states import Act, NotNow, State, check, possible
from relevo.desk.relay.templates import DEFAULTS, DISCOVERY, for_stage, templates_with

HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    ("item", "text", "counts"),
    [
        ("objectives", "Plan a week in an hour", 1),
        ("objectives", "", 0),
        ("objectives", None, 0),
        ("objectives", " -- ", 0),
        ("objectives", "TBD", 0),
        ("objectives", "t.b.d.", 0),
        ("objectives", "N/A", 0),
        ("objectives", "No aplica.", 0),
        ("objectives", "não se aplica", 0),
        ("objectives", "待定", 0),
        ("objectives", "N/A until March, then two warehouses", 1),
        ("objectives", "两个仓库", 1),
        ("expected_value", "Faster planning", HALF),
        ("expected_value", "Planning from 12 to 4 hours a week", 1),
        ("expected_value", "từ ٣ giờ", 1),
        ("needs", "no number here", 1),
    ],
)
def test_a_text_counts_by_what_it_says(item: str, text: str | None, counts: Fraction | int) -> None:
    assert score(item, text) == counts


def test_a_text_of_another_customer_counts_nothing() -> None:
    assert score("needs", "Two Warehouses!", {folded("two warehouses")}) == 0
    assert score("needs", "Three warehouses", {folded("two warehouses")}) == 1


def test_completeness_is_the_mean_over_the_items_asked_for() -> None:
    scores = {"objectives": Fraction(1), "expected_value": HALF, "not_asked": Fraction(1)}
    assert completeness(scores, DISCOVERY) == Fraction(1, 4)
    assert completeness(scores, ()) == 0


def test_a_rule_changes_adds_and_takes_away_templates() -> None:
    found = templates_with({
        "sales_to_success": {"items": ["objectives"], "days": 5},
        "sales_to_partner": {"from_role": "sales", "to_role": "partner"},
        "success_to_support": None,
    })  # fmt: skip
    assert (found["sales_to_success"].items, found["sales_to_success"].days) == (("objectives",), 5)
    assert found["sales_to_success"].to_role == "success"
    assert found["sales_to_partner"].items == DISCOVERY
    assert set(DEFAULTS) - set(found) == {"success_to_support"}
    assert templates_with({}) == DEFAULTS


@pytest.mark.parametrize(
    "rule",
    [
        [],
        {"x": 3},
        {"x": {"items": ["a"]}},
        {"sales_to_success": {"colour": "red"}},
        {"sales_to_success": {"items": []}},
        {"sales_to_success": {"items": "objectives"}},
        {"sales_to_success": {"items": ["a", "a"]}},
        {"sales_to_success": {"items": [f"i{n}" for n in range(13)]}},
        {"sales_to_success": {"items": ["<b>"]}},
        {"sales_to_success": {"to_role": ""}},
        {"sales_to_success": {"days": 0}},
        {"sales_to_success": {"days": True}},
        {"sales_to_success": {"days": "3"}},
    ],
)
def test_a_template_that_cannot_be_used_is_refused(rule: Any) -> None:
    with pytest.raises(WrongUse):
        templates_with(rule)
    with pytest.raises(WrongUse, match="handoff_templates cannot be"):
        check_rule("handoff_templates", rule)


@pytest.mark.parametrize(("stage", "items"), [(1, 1), (2, 1), (3, 6), (5, 6), (None, 6)])
def test_a_small_company_gets_one_box_of_text(stage: int | None, items: int) -> None:
    assert len(for_stage(DEFAULTS["sales_to_success"], stage).items) == items


def test_fit_is_points_over_all_and_unanswered_is_not_no() -> None:
    yes = dict.fromkeys((q.key for q in QUESTIONS), "Yes")
    assert fit_of(QUESTIONS, yes) == Fit(Fraction(1), 5, 5)
    assert fit_of(QUESTIONS, {}) == Fit(None, 0, 5)
    some = fit_of(QUESTIONS, {"owner_named": "no", "uses_what_exists": "PARTLY ", "value_in_numbers": "perhaps"})
    assert some == Fit(Fraction(1, 10), 2, 5)
    assert (some.completeness, Fit(None, 0, 0).completeness) == (Fraction(2, 5), 0)


@pytest.mark.parametrize(
    ("fit", "passes"),
    [
        (Fit(Fraction(6, 10), 5, 5), True),
        (Fit(Fraction(59, 100), 5, 5), False),
        (Fit(Fraction(1), 4, 5), False),
        (Fit(None, 0, 5), False),
    ],
)
def test_a_deal_passes_with_all_questions_answered_well_enough(fit: Fit, passes: bool) -> None:
    assert fit.passes(Fraction(6, 10)) is passes


@pytest.mark.parametrize(
    "rule",
    [
        {"key": "x"},
        "abc",
        [{"key": "a"}],
        [{"key": "a b", "text": "x", "answers": {"yes": 1}}],
        [{"key": "a", "text": " ", "answers": {"yes": 1}}],
        [{"key": "a", "text": "x", "answers": {"yes": 0}}],
        [{"key": "a", "text": "x", "answers": {"yes": -1, "no": 1}}],
        [{"key": "a", "text": "x", "answers": []}],
        [{"key": "a", "text": "x", "answers": {"yes": 1}}] * 2,
        [{"key": f"a{n}", "text": "x", "answers": {"yes": 1}} for n in range(13)],
    ],
)
def test_questions_that_cannot_be_asked_are_refused(rule: Any) -> None:
    with pytest.raises(WrongUse):
        questions_with(rule)


def test_questions_of_the_house_take_the_place_of_ours() -> None:
    (mine,) = questions_with([{"key": "size", "text": "How many?", "answers": {"many": 3, "few": 1}}])
    assert (mine.most, mine.points("FEW"), mine.points("none")) == (3, 1, None)
    assert questions_with([]) == QUESTIONS


@pytest.mark.parametrize("value", [-0.1, 1.1, True, "x"])
def test_the_gate_is_a_share(value: Any) -> None:
    with pytest.raises(WrongUse, match="fit_gate cannot be"):
        check_rule("fit_gate", value)
    check_rule("fit_gate", 0.75)


def test_what_is_possible_depends_on_the_state() -> None:
    assert possible(State.GIVEN) == (Act.RETURN, Act.ACCEPT, Act.WITHDRAW)
    assert possible(State.CONFIRMED) == possible(State.WITHDRAWN) == ()
    with pytest.raises(NotNow, match="confirmed cannot take: give") as caught:
        check(Act.GIVE, State.CONFIRMED)
    assert "nothing more" in str(caught.value.hint)
