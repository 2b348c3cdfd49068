"""House rules become assumptions, and a value that cannot be one says which rule, what it is and what to do."""

from fractions import Fraction

import pytest

from relevo.base.errors import WrongUse
from relevo.measures.assumptions import RULES, Assumptions
from relevo.measures.rubric import DEFAULT, Criterion, rubric_as_rule, rubric_of


def test_rules_replace_the_defaults_and_others_are_not_looked_at() -> None:
    rules = {
        "gross_margin": 0.75, "ltv_horizon_months": 36, "ltv_discount_per_year": "0.12", "cac_lag_months": 2,
        "ltv_to_cac_line": "5/2", "payback_line_months": 18, "commission_months": 1.5,
        "commission_deferral_months": 3, "commission_by_cohort": True, "keep_books": 5,
        "response_promises": {"standard": 480, "premium": "60"},
        "review_rubric": [{"criterion": "accuracy", "points": 5, "weight": 2.5, "critical": True}],
        "stage_limits": [4, 10, 50, 200], "early_figures": " We are two teams. ",
    }  # fmt: skip
    assert Assumptions.of(rules) == Assumptions(
        Fraction(3, 4), 36, Fraction(3, 25), 2, Fraction(5, 2), 18, Fraction(3, 2), 3, commission_by_cohort=True,
        response_promises=(("premium", 60), ("standard", 480)),
        review_rubric=(Criterion("accuracy", 5, Fraction(5, 2), is_critical=True),),
        stage_limits=(4, 10, 50, 200), early_figures="We are two teams.",
    )  # fmt: skip
    assert Assumptions.of({}) == Assumptions()
    assert Assumptions.of({"cac_lag_months": None}).lag_months is None
    assert {rule.field for rule in RULES.values()} == set(Assumptions.__dataclass_fields__)


def test_reasons_are_compared_in_small_letters() -> None:
    found = Assumptions.of({"ratings_not_of_persons": ["Price", " a bug "]})
    assert found.ratings_not_of_persons == ("price", "a bug")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("gross_margin", "80 %"), ("gross_margin", 80), ("gross_margin", -0.1), ("gross_margin", None),
        ("gross_margin", True), ("gross_margin", "1/0"), ("gross_margin", float("nan")), ("gross_margin", [0.8]),
        ("ltv_horizon_months", 0), ("ltv_horizon_months", 12.5), ("ltv_horizon_months", 10**9),
        ("cac_lag_months", -1), ("commission_by_cohort", "yes"), ("commission_by_cohort", 1),
        ("stage_limits", [5, 20, 100]), ("stage_limits", [5, 20, 20, 100]), ("stage_limits", 5),
        ("early_figures", 5), ("early_figures", "x" * 201),
        ("response_promises", ["premium"]), ("response_promises", {"premium": 0}),
        ("response_promises", {"premium": "an hour"}), ("response_promises", {"premium": 1.5}),
        ("review_rubric", []), ("review_rubric", "accuracy"), ("review_rubric", [{"criterion": "a"}] * 2),
        ("review_rubric", [{"criterion": "a", "weight": 0}]), ("review_rubric", [{"criterion": "a b"}]),
        ("review_rubric", [{"criterion": "a", "weight": True}]), ("review_rubric", [{"criterion": "a", "points": 0}]),
        ("review_rubric", [{"criterion": "a", "critical": 1}]), ("review_rubric", ["accuracy"]),
        ("review_rubric", [{"criterion": "a", "pay": 100}]), ("review_rubric", [{"criterion": "a", "bonus": 1}]),
        ("ratings_not_of_persons", "price"), ("ratings_not_of_persons", ["price", "Price "]),
        ("ratings_not_of_persons", [""]), ("ratings_not_of_persons", [3]), ("ratings_not_of_persons", ["a"] * 51),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_read_is_told(key: str, value: object) -> None:
    with pytest.raises(WrongUse) as told:
        Assumptions.of({key: value})
    assert str(told.value).startswith(f"The house rule {key} is {value!r}, and must be {RULES[key].allowed}")
    assert f"Save {key} again" in told.value.hint


def test_a_rubric_is_written_as_it_is_read() -> None:
    told = [{"criterion": "tone", "points": 4, "weight": 0.5, "critical": True}]
    assert rubric_as_rule(rubric_of(told)) == told
    assert rubric_of(rubric_as_rule(DEFAULT)) == DEFAULT
