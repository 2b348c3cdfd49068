"""Scales of others in three steps, and what is counted of them: the cases HP-03, HP-05, HP-06 and HP-07."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from relevo.base.scales import (
    HAPPINESS,
    STATED,
    Answer,
    Tally,
    answer_of,
    percent_between,
    points_between,
    response_percent,
    scale_of,
)

CASES = Path(__file__).parents[1] / "cases" / "support.json"


def case(name: str) -> tuple[dict[str, Any], dict[str, Any], float]:
    found = json.loads(CASES.read_text("utf-8"))
    one = next(c for c in (found if isinstance(found, list) else found["cases"]) if c["id"] == name)
    return one["input"], one["expected"], one["tolerance"]


def test_hp_03_shares_change_in_points_and_counts_in_percent() -> None:
    given, wanted, within = case("HP-03")
    now, before = Tally(**given["current"]), Tally(**given["previous"])
    points = points_between(now, before)
    assert points is not None
    assert float(points[Answer.OKAY]) == pytest.approx(wanted["okay"], abs=within)
    assert float(points[Answer.GREAT]) == pytest.approx(wanted["great"], abs=within)
    assert sum(points.values()) == 0
    assert float(percent_between(now.okay, before.okay) or 0) == pytest.approx(wanted["okay_count"], abs=within)


def test_hp_05_who_was_asked_and_said_nothing_is_not_in_the_score() -> None:
    given, wanted, _ = case("HP-05")
    told = Tally(given["good"], 0, given["bad"])
    assert told.satisfied == wanted["csat_percent"]
    # 10 of 30 answered.
    assert response_percent(told.n, given["offered"]) == Fraction(100, 3)


def test_hp_06_scales_are_read_by_the_stated_table() -> None:
    given, wanted, _ = case("HP-06")
    five, three = scale_of("csat", 5), scale_of("csat", 3)
    assert five
    assert three
    assert [s for s in given["scale_1_5"] if five.answer(s) is Answer.GREAT] == wanted["good_1_5"]
    assert [s for s in given["scale_1_3"] if three.answer(s) is Answer.GREAT] == wanted["good_1_3"]
    assert (five.scores(Answer.OKAY), five.scores(Answer.NOT_GOOD)) == ((3,), (1, 2))
    assert (three.scores(Answer.OKAY), three.scores(Answer.NOT_GOOD)) == ((2,), (1,))


def test_hp_07_satisfied_of_those_who_answered_and_answered_of_those_who_were_asked() -> None:
    given, wanted, _ = case("HP-07")
    said = {a: sum(n for s, n in given["ratings"].items() if answer_of("csat", int(s), 5) is a) for a in Answer}
    told = Tally(said[Answer.GREAT], said[Answer.OKAY], said[Answer.NOT_GOOD])
    assert told == Tally(15, 2, 3)
    assert told.satisfied == wanted["satisfaction_percent"]
    assert response_percent(told.n, given["sent"]) == wanted["response_rate_percent"]


def test_happiness_of_the_talk() -> None:
    """S0-48: 41 great, 34 okay and 35 not good of 110 are 37.27, 30.91 and 31.82 %, and a score of 5.45."""
    told = Tally(41, 34, 35)
    assert round(float(told.satisfied or 0), 2) == 37.27
    assert round(float(told.happiness or 0), 2) == 5.45


def test_of_nobody_nothing_is_said() -> None:
    nobody = Tally(0, 0, 0)
    assert (nobody.satisfied, nobody.happiness) == (None, None)
    assert points_between(nobody, Tally(1, 0, 0)) is points_between(Tally(1, 0, 0), nobody) is None
    assert percent_between(3, 0) is response_percent(0, 0) is None


@pytest.mark.parametrize(
    ("kind", "score", "scale_max", "wanted"),
    [
        ("happiness", 1, None, "great"), ("happiness", 0, 5, "okay"), ("happiness", -1, None, "not_good"),
        ("happiness", 2, None, None),
        ("nps", 10, 10, "great"), ("nps", 9, None, "great"), ("nps", 8, 10, "okay"), ("nps", 7, 10, "okay"),
        ("nps", 6, 10, "not_good"), ("nps", 0, 10, "not_good"), ("nps", 11, 10, None),
        ("csat", 1, 1, "great"), ("csat", 0, 1, "not_good"), ("csat", 2, 2, "great"), ("csat", 1, 2, "not_good"),
        ("csat", 0, 5, None), ("csat", 4, 4, "great"), ("csat", 3, 4, "okay"), ("csat", 8, 10, "great"),
        ("csat", 6, 6, None), ("csat", 5, None, "great"), ("csat", 2, None, "not_good"),
        ("ces", 7, 7, "great"), ("ces", 4, 7, "okay"), ("ces", 3, 7, "not_good"), ("ces", 3, 5, "okay"),
        ("ces", 3, None, None),
        ("mood", 1, 1, None),
    ],
)  # fmt: skip
def test_what_a_score_says(kind: str, score: int, scale_max: int | None, wanted: str | None) -> None:
    assert answer_of(kind, score, scale_max) == wanted


def test_every_score_of_a_stated_scale_says_one_thing_and_more_is_never_worse() -> None:
    order = [Answer.NOT_GOOD, Answer.OKAY, Answer.GREAT]
    for scale in STATED.values():
        said = [scale.answer(score) for score in range(scale.low, scale.high + 1)]
        assert None not in said
        places = [order.index(each) for each in said if each]
        assert places == sorted(places)
        assert {scale.answer(scale.low), scale.answer(scale.high)} == {Answer.NOT_GOOD, Answer.GREAT}
        assert sum(len(scale.scores(each)) for each in order) == scale.high - scale.low + 1
    assert [answer_of("happiness", HAPPINESS[each], None) for each in order] == order
