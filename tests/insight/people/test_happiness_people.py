"""Happiness person by person: the plain sentence, who is compared, what would erase it, the shield, the warning."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from relevo.book.book import Book
from relevo.insight.people.happiness_people import HappinessPeople, Happy, happiness_people, parts
from relevo.measures.asking import ask
from relevo.measures.assumptions import Assumptions
from relevo.measures.card import Ask
from relevo.measures.estimators.expected_votes import Method
from tests.measures.desks_in_memory import BEGIN, desk, many, rated

CASES = {
    case["id"]: case
    for case in json.loads((Path(__file__).parents[2] / "cases" / "support.json").read_text("utf-8"))["cases"]
}
HP_08 = (
    *many("ana", "easy", {"great": 18, "okay": 2}),
    *many("ana", "hard", {"great": 42, "okay": 22, "not_good": 16}),
    *many("ben", "easy", {"great": 71, "okay": 6, "not_good": 3}),
    *many("ben", "hard", {"great": 9, "okay": 5, "not_good": 6}),
)


def people(book: Book, **more: Any) -> dict[str, Happy]:
    return {each.person_id: each for each in happiness_people(book, **more).persons}


def test_hp_08_the_plain_sentence() -> None:
    """44 raw, 37 expected, +6.6 in context."""
    told = CASES["HP-08"]["expected"]
    a, b = (parts(told[who]["raw"], told[who]["expected"], told[who]["in_context"]) for who in ("agent_A", "agent_B"))
    assert (a.raw, a.expected, a.in_context) == (44, 37, 6.6)
    assert (b.raw, b.expected, b.in_context) == (71, 75, -3.6)
    assert parts(None, None, None) == parts(None, None, None)
    assert parts(50.0, 50.0, -0.01).in_context == 0


def test_both_figures_stand_together_and_under_the_gate_only_raw_and_expected_are_said() -> None:
    found = people(desk(*HP_08))
    ana, ben = found["ana"], found["ben"]
    assert (ana.parts.raw, ana.parts.expected, ana.parts.in_context) == (44, 38, None)
    assert (ben.parts.raw, ben.parts.expected, ben.parts.in_context) == (71, 74, None)
    assert (ana.judged.difference or 0) > 0 > (ben.judged.difference or 0)
    assert ana.judged.hard_share == pytest.approx(0.8)
    assert ana.harder == pytest.approx(56.389 - 38.434, abs=1e-2)
    assert ana.erased_by is None


def test_the_figures_are_those_of_the_measure() -> None:
    book = desk(*HP_08, rated("z", "cat", "great"), rated("y", "dan", None))
    rows = {row["person"]: row for row in ask(book, "happiness", Ask(by="person")).rows}
    found = people(book)
    assert set(found) == set(rows) == {"ana", "ben", "cat", "dan"}
    for name, row in rows.items():
        one = found[name]
        assert (one.n, one.responses, one.offered) == (row["n"], row["responses"], row["offered"])
        assert (one.judged.raw.value or 0) == pytest.approx(row["raw"] or 0, abs=1e-6)
        assert (one.judged.expected or 0) == pytest.approx(row["expected"] or 0, abs=1e-3)
        assert one.judged.shown == row["shown"]


def test_who_replied_and_was_not_rated_is_listed_without_figures() -> None:
    only = people(desk(rated("y", "dan", None)))["dan"]
    assert (only.n, only.responses, only.offered, only.judged.raw.value, only.counted) == (0, 0, 1, None, None)
    assert happiness_people(desk()) == HappinessPeople((), (), Method.NONE)


def test_with_few_votes_there_is_no_funnel_and_nothing_expected() -> None:
    found = happiness_people(desk(rated("a", "ana", "great"), rated("b", "ben", "okay")))
    assert (found.limits, found.method) == ((), Method.NONE)
    assert [(each.n, each.harder, each.not_good) for each in found.persons] == [(1, None, None), (1, None, None)]


def test_a_figure_that_is_shown_says_what_would_erase_it_and_who_needs_how_many_more() -> None:
    shares = {"ana": 90, "ben": 70, "cat": 50, "dan": 30}
    talks = [c for who, great in shares.items() for c in many(who, "x", {"great": great, "not_good": 100 - great})]
    book = desk(*talks, *many("eve", "x", {"great": 2}))
    found = people(book)
    ana = found["ana"].judged
    assert found["ana"].erased_by == ana.low
    assert found["dan"].erased_by == -(found["dan"].judged.high or 0)
    assert found["ana"].parts.in_context == round(ana.pooled or 0, 1)
    more = found["eve"].judged.more
    assert not found["eve"].judged.shown
    assert more is not None
    assert 2 <= more <= 40


def test_bad_votes_are_counted_beside_what_was_expected_and_the_count_that_is_too_many() -> None:
    found = people(desk(*HP_08))["ana"].not_good
    assert found is not None
    assert found.observed == 16
    assert found.expected == pytest.approx(19.374, abs=1e-3)
    assert found.too_many_from == 29
    assert found.low is not None
    assert found.high is not None
    assert found.low < 1 < found.high
    calm = [*many("ana", "x", {"great": 20}), *many("ben", "x", {"great": 20})]
    never = people(desk(*calm))["ana"].not_good
    assert never is not None
    assert (never.expected, never.low, never.high) == (0, None, None)


def test_at_everybodys_mix_the_shares_of_great_can_be_compared() -> None:
    """A hundred easy and a hundred hard: ana 18/20 and 42/80, so 0.7125; ben 71/80 and 9/20, so 0.66875."""
    found = people(desk(*HP_08))
    ana, ben = found["ana"].equal_mix, found["ben"].equal_mix
    assert ana is not None
    assert ben is not None
    assert (ana.mine, ana.others) == pytest.approx((0.7125, 0.66875))
    assert (ben.mine, ben.others) == pytest.approx((0.66875, 0.7125))
    assert ana.low < ana.difference < ana.high
    assert ana.low == pytest.approx(-ben.high)


def test_with_fewer_than_ten_of_a_category_nothing_is_compared() -> None:
    rare = many("ben", "rare", {"great": 12})
    assert people(desk(*HP_08, *rare, *many("ana", "rare", {"okay": 10})))["ana"].equal_mix is not None
    assert people(desk(*HP_08, *rare, *many("ana", "rare", {"okay": 9})))["ana"].equal_mix is None


def test_the_shield_counts_shortfalls_on_hard_cases_for_coaching_and_not_for_pay() -> None:
    """Expected of hard 26.4646: 42 great are 0.735354 each beyond, 22 okay and 16 not good below. Of easy 86.3131."""
    counted = people(desk(*HP_08))["ana"].counted
    assert counted is not None
    easy = 18 * (1 - 0.863131) + 2 * (0 - 0.863131)
    assert counted.pay == pytest.approx(easy + 42 * (1 - 0.264646), abs=1e-3)
    assert counted.measured == pytest.approx(100 * 0.44 - 38.4343, abs=1e-3)


def test_the_funnel_narrows_to_who_has_most_votes() -> None:
    limits = happiness_people(desk(*HP_08)).limits
    assert (limits[0].votes, limits[-1].votes) == (5, 100)
    widths = [each.high - each.low for each in limits]
    assert widths == sorted(widths, reverse=True)
    assert all(each.low998 < each.low < 0 < each.high < each.high998 for each in limits)


def test_the_house_says_whose_ratings_are_not_a_persons() -> None:
    book = desk(rated("a", "ana", "great"), rated("b", "ana", "not_good", rating={"reason": "outage"}))
    assert people(book)["ana"].n == 2
    assert people(book, assumptions=Assumptions(ratings_not_of_persons=("outage",)))["ana"].n == 1
    assert people(book, months=1) == {}


def test_hidden_difficulty_is_warned_of_where_a_sign_tells_of_it() -> None:
    """Ana's cases of the same category were passed on far more often, and those go worse whoever has them."""
    rng = np.random.default_rng(1)
    talks = []
    for person, passed in (("ana", 0.7), ("ben", 0.2), ("cat", 0.2)):
        for i in range(120):
            hard = bool(rng.random() < passed)
            great = rng.random() < (0.35 if hard else 0.9)
            opened = BEGIN + timedelta(minutes=i)
            talks.append(rated(f"{person}{i}", person, "great" if great else "not_good", opened=opened, escalated=hard))
    found = people(desk(*talks))
    warned = found["ana"].hidden
    assert warned is not None
    assert warned.sign == "escalated"
    assert warned.excess > 0.2
    assert warned.points < -15
