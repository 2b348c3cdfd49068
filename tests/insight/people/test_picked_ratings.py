"""Picks beside the ratings to be expected, and hard cases taken unasked: by hand, and against every pair."""

from datetime import timedelta
from math import erfc, sqrt
from random import Random
from typing import Any

import numpy as np
import pytest

from relevo.insight.people.picked_ratings import (
    Choosing,
    PickedRatings,
    expected_scores,
    of_rows,
    picked_ratings,
)
from relevo.measures.estimators.expected_votes import Method
from tests.insight.people.test_happiness_people import HP_08
from tests.measures.desks_in_memory import BEGIN, desk, rated

# Of easy and of hard cases as the table of HP-08 expects them: see test_happiness_people.
EASY, HARD = 86.3131, 26.4646


def test_who_takes_what_is_likelier_to_please() -> None:
    """A hundred easy and a hundred hard cases wait at ten; ana takes 20 and 80 of them, ben the others."""
    found = picked_ratings(desk(*HP_08))
    assert found.method is Method.TABLE
    ana, ben = found.people["ana"], found.people["ben"]
    assert ana.taste is not None
    assert ben.taste is not None
    beyond, error = 0.3 * (EASY - HARD), (EASY - HARD) / 2 / 10
    assert (ana.taste.n, ben.taste.n) == (100, 100)
    assert (ana.taste.difference, ben.taste.difference) == pytest.approx((-beyond, beyond), abs=1e-3)
    assert (ben.taste.low, ben.taste.high) == pytest.approx((beyond - 1.96 * error, beyond + 1.96 * error), abs=1e-2)
    assert ben.taste.p == pytest.approx(erfc(beyond / error / sqrt(2)), rel=1e-3)


def test_hard_cases_taken_unasked_are_told_from_those_that_were_given() -> None:
    """A lead gives ana ten of her 80 hard cases, a rule ten more; what she gives herself is her own choice."""
    given = [("lead", range(10)), (None, range(10, 20)), ("ana", range(20, 30))]
    events = [
        {"event_id": f"e{i}", "conversation_id": f"ana-hard-{i}", "at": BEGIN + timedelta(minutes=5),
         "kind": "assigned", "to_value": "ana", "by_id": by}
        for by, cases in given for i in cases
    ]  # fmt: skip
    found = picked_ratings(desk(*HP_08, conversation_event=events)).people
    assert (found["ana"].hard, found["ana"].unasked) == (80, 60)
    assert (found["ben"].hard, found["ben"].unasked) == (20, 20)
    assert found["ana"].taste is not None
    assert found["ana"].taste.n == 80


def test_who_was_only_given_cases_has_no_taste() -> None:
    event = {"event_id": "e", "conversation_id": "z", "at": BEGIN, "kind": "assigned", "to_value": "cat", "by_id": None}
    found = picked_ratings(desk(*HP_08, rated("z", "cat", None, category="hard"), conversation_event=[event]))
    assert found.people["cat"] == Choosing(None, 1, 0)


def test_without_enough_ratings_nothing_is_expected() -> None:
    assert picked_ratings(desk(rated("a", "ana", "great"), rated("b", "ben", "okay"))) == PickedRatings({}, Method.NONE)
    assert picked_ratings(desk()) == PickedRatings({}, Method.NONE)


def vote(draw: Random, who: str) -> dict[str, Any]:
    """Cells of votes that go worse the longer a customer had waited, and in one category."""
    waited, category = draw.choice(("below 1 h", "1 to 8 h", "8 to 48 h", "above 48 h")), draw.choice(("a", "b"))
    great = {"below 1 h": 8, "1 to 8 h": 6, "8 to 48 h": 4, "above 48 h": 1}[waited] - 2 * (category == "b") + 1
    return {
        "category": category, "channel": "mail", "tier": "-", "priority": "-", "language": "-", "waited": waited,
        "handlers": "0", "person": who, "fold": draw.randrange(5), "great": great * 10**6, "okay": 10**6,
        "not_good": (9 - great) * 10**6,
    }  # fmt: skip


def waiting(draw: Random) -> dict[str, Any]:
    begun = draw.randrange(0, 200_000)
    who = draw.choice(("ana", "ben", None))
    return {
        "category": draw.choice(("a", "b", "new")), "channel": "mail", "tier": "-", "priority": draw.choice("xy"),
        "language": "-", "fold": draw.randrange(5), "begun": begun,
        "left": begun + draw.choice((0, 3_599, 3_600, draw.randrange(300_000))), "picker": who,
        "taker": who or draw.choice(("cat", None)),
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(5))
def test_what_is_expected_changes_while_a_case_waits(seed: int) -> None:
    """Every pick beside everything that waited then, each as long as it had waited."""
    draw = Random(seed)  # noqa: S311 the same company on every machine
    votes = [vote(draw, who) for who in ("ana", "ben", "cat") for _ in range(40)]
    line = [waiting(draw) for _ in range(60)]
    found = of_rows(line, votes)
    assert found.method is Method.MODEL

    def stage(row: dict[str, Any], at: int) -> tuple[Any, ...]:
        waited = at - row["begun"]
        name = ("below 1 h", "1 to 8 h", "8 to 48 h", "above 48 h")[
            (waited >= 3_600) + (waited >= 28_800) + (waited >= 172_800)
        ]
        return (*(row[key] for key in ("category", "channel", "tier", "priority", "language")), name, row["fold"])

    beside = [
        (row, [each for each in line if each["priority"] == row["priority"]
               and each["begun"] <= row["left"] <= each["left"]])
        for row in line
    ]  # fmt: skip
    kinds = sorted({stage(each, row["left"]) for row, others in beside for each in others})
    points, _, hard = expected_scores(votes, kinds)
    score = dict(zip(kinds, points, strict=True))
    for who in ("ana", "ben"):
        gaps = []
        for row, others in beside:
            scores = [score[stage(each, row["left"])] for each in others]
            if row["picker"] == who and max(scores) - min(scores) > 1e-3:
                gaps.append(score[stage(row, row["left"])] - np.mean(scores))
        taste = found.people[who].taste
        assert taste is not None
        assert (taste.n, taste.difference) == (len(gaps), pytest.approx(np.mean(gaps), abs=1e-3))
    for who in ("ana", "ben", "cat"):
        mine = [row for row in line if row["taker"] == who and score[stage(row, row["left"])] <= hard]
        assert found.people[who].hard == len(mine)
        assert found.people[who].unasked == sum(row["picker"] == who for row in mine)
