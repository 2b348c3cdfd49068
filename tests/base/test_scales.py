"""The stated scales, and who answered of those who were asked: the cases HP-05 and HP-07.

What a score says is read by SQL: tests/book/ledger/test_ledger.py, and the case HP-06 in tests/measures.
"""

import json
from fractions import Fraction
from pathlib import Path

from relevo.base.scales import HAPPINESS, STATED, UNSAID, Answer, Tally, response_percent

FILE = Path(__file__).parents[1] / "cases" / "support.json"
CASES = {case["id"]: case for case in json.loads(FILE.read_text("utf-8"))["cases"]}


def test_hp_05_and_07_answered_of_those_who_were_asked() -> None:
    """10 of 30, and 20 of 80."""
    offered, sent = CASES["HP-05"]["input"], CASES["HP-07"]["input"]
    assert response_percent(offered["good"] + offered["bad"], offered["offered"]) == Fraction(100, 3)
    answered = sum(sent["ratings"].values())
    assert response_percent(answered, sent["sent"]) == CASES["HP-07"]["expected"]["response_rate_percent"]
    assert response_percent(0, 0) is None


def test_every_stated_scale_has_scores_that_are_great_and_others_that_are_not_good() -> None:
    for (_kind, highest), scale in STATED.items():
        assert scale.low <= scale.bad < scale.good <= scale.high
        assert highest in (scale.high, None)
    assert all((kind, highest) in STATED for kind, highest in UNSAID.items())


def test_the_scores_that_are_kept_for_the_three_answers_are_of_the_stated_scale() -> None:
    scale = STATED["happiness", None]
    assert HAPPINESS[Answer.NOT_GOOD] == scale.bad < HAPPINESS[Answer.OKAY] < HAPPINESS[Answer.GREAT] == scale.good


def test_of_seven_steps_of_effort_five_and_more_are_easy() -> None:
    said = [STATED["ces", 7].answer(score) for score in range(9)]
    bad, okay, great = Answer.NOT_GOOD, Answer.OKAY, Answer.GREAT
    assert said == [None, bad, bad, bad, okay, great, great, great, None]
    assert Tally(3, 1, 3).n == 7
