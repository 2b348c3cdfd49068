"""Goals: a counter-measure of another kind, a measure of retention that is served, and orphans among the targets."""

from datetime import date
from pathlib import Path

import pytest

from relevo.answers.goals import RETENTION, Goal, GoalRefused, Orphan, goals_page, lists_with_goal, with_goal
from relevo.answers.reading import OPERATOR, Reading, Refused, Viewer
from relevo.base.errors import NotReady, WrongUse
from relevo.desk.house.actions import save_rule
from relevo.desk.house.models import HouseRule
from relevo.measures.catalog import MEASURES
from tests.making import NOW, make_book, span

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
DEMOS = Goal("demos", 500, "2026-12", "gross_revenue_retention", "logo_churn")


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    """A book with two targets: 500 demos in December, and a logo churn of 2 per cent."""
    targets = [
        {"month": "2026-12-01", "measure": "demos", "segment": None, "value": "500"},
        {"month": "2026-12-01", "measure": "logo_churn", "segment": "smb", "value": "0.02"},
    ]
    book = make_book(tmp_path, {"subscription_span": [span("A", "2026-01-01", None, 1000)], "target": targets})
    return Reading(book, OPERATOR)


def keep(goals: object) -> None:
    save_rule("targets", goals, date(2026, 1, 1), "ines", "we agreed", NOW)


def test_a_target_is_an_orphan_until_it_is_linked(reading: Reading) -> None:
    page = goals_page(reading, TODAY)
    assert page.orphans == (Orphan("demos", 500.0, "2026-12", None, "table target"),)
    assert (page.goals, page.orphan_share) == ((), 0.5)
    keep(with_goal(reading, DEMOS, TODAY))
    page = goals_page(reading, TODAY)
    assert (page.goals, page.orphans, page.orphan_share) == ((DEMOS,), (), 0)


def test_a_goal_of_the_rule_without_a_link_is_an_orphan_too(reading: Reading) -> None:
    keep([{"measure": "mrr", "value": 9, "until": "2026-12"}])
    page = goals_page(reading, TODAY)
    assert [(o.measure, o.source) for o in page.orphans] == [("mrr", "house rule"), ("demos", "table target")]
    assert page.orphan_share == 2 / 3


@pytest.mark.parametrize(
    ("goal", "code"),
    [
        (Goal("mrr", 1, "2026-12"), "single_metric"),
        (Goal("mrr", 1, "2026-12", "mrr", "logo_churn"), "single_metric"),
        (Goal("mrr", 1, "2026-12", "arr", "logo_churn"), "single_metric"),
        (Goal("demos", 1, "2026-12", "cac", "logo_churn"), "single_metric"),
        (Goal("mrr", 1, "2026-12", "cac"), "orphan_target"),
        (Goal("happiness", 60, "2026-12"), "single_metric"),
        (Goal("happiness", 60, "2026-12", "happiness", "logo_churn"), "single_metric"),
        (Goal("happiness", 60, "2026-12", "gross_revenue_retention", "logo_churn"), "single_metric"),
        (Goal("mrr", 1, "2026-12", "cac", "arr"), "orphan_target"),
    ],
)
def test_a_goal_that_may_not_stand_says_why(reading: Reading, goal: Goal, code: str) -> None:
    with pytest.raises(GoalRefused) as refused:
        with_goal(reading, goal, TODAY)
    assert refused.value.code == code
    assert refused.value.hint.startswith("Name in `")


def test_a_goal_on_retention_serves_itself(reading: Reading) -> None:
    kept = with_goal(reading, Goal("net_revenue_retention", 1.1, "2026-12", "cac"), TODAY)
    assert kept[0]["serves"] == "net_revenue_retention"


def test_a_goal_stays_in_the_lists_that_begin_later(reading: Reading) -> None:
    """Each list is of a day: one that was saved for the new year would end what is set for today."""
    retained = Goal("net_revenue_retention", 1.1, "2027-12", "cac", "net_revenue_retention")
    new_year = date(2027, 1, 1)
    for goal, on in ((DEMOS, new_year), (retained, TODAY)):
        for day, goals in lists_with_goal(reading, goal, on):
            save_rule("targets", goals, day, "ines", "we agreed", NOW)
    assert goals_page(reading, TODAY).goals == (retained,)
    assert goals_page(reading, new_year).goals == (DEMOS, retained)


def test_what_cannot_be_read_is_refused(reading: Reading) -> None:
    for goal in (Goal("mrr", 1, "soon", "cac", "ltv"), Goal("mrr", 1, "2026-12", "cacc", "ltv")):
        with pytest.raises(WrongUse):
            with_goal(reading, goal, TODAY)
    for value in ({"a": 1}, ["mrr"], [{"measure": "mrr"}]):
        with pytest.raises(WrongUse, match="targets"):
            keep(value)
        # One may be left from an earlier release.
        HouseRule.objects.create(
            key="targets", value=value, from_on="2026-01-01", saved_at=NOW, saved_by="ines", reason="before"
        )
        with pytest.raises(WrongUse, match="targets"):
            goals_page(reading, TODAY)


def test_goals_are_set_by_who_may_change_house_rules(reading: Reading) -> None:
    with pytest.raises(Refused):
        with_goal(Reading(reading.published, Viewer("ana")), DEMOS, TODAY)
    assert goals_page(Reading(reading.published, Viewer("ana")), TODAY).may_change is False
    with pytest.raises(NotReady):
        goals_page(Reading(None, OPERATOR), TODAY)


def test_there_are_at_most_a_hundred_goals(reading: Reading) -> None:
    keep([{"measure": f"m{i}", "value": 1, "until": "2026-12"} for i in range(100)])
    with pytest.raises(WrongUse, match="most"):
        with_goal(reading, DEMOS, TODAY)
    assert len(with_goal(reading, Goal("m7", 2, "2026-12", "ltv", "ltv"), TODAY)) == 100


def test_what_is_served_is_in_the_catalog() -> None:
    assert set(RETENTION) <= set(MEASURES)
