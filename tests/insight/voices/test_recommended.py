"""NPS of the company by hand: whose answer counts, who was asked, and how wide a handful is."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from relevo.insight.voices.recommended import recommended
from tests.measures.desks_in_memory import desk

DAY = datetime(2026, 6, 1, 12)  # noqa: DTZ001 the book holds UTC without saying so


def said(name: str, score: int, day: int = 0, **more: Any) -> dict[str, Any]:
    return {"rating_id": name, "kind": "nps", "score": score, "scale_max": 10, "at": DAY + timedelta(days=day), **more}


def sent(name: str, day: int = 0, **more: Any) -> dict[str, Any]:
    return {"invite_id": name, "kind": "nps", "at": DAY + timedelta(days=day), **more}


def test_promoters_less_detractors_of_each_ones_latest_answer() -> None:
    """Six promoters, two passives and two detractors of ten: 40. One detractor said 9 before."""
    answers = [said(f"p{i}", 9 + i % 2, contact_id=f"p{i}") for i in range(6)]
    answers += [said("m1", 7, customer_id="m1"), said("m2", 8)]
    answers += [said("d0", 9, contact_id="d"), said("d1", 6, 1, contact_id="d"), said("e", 0, customer_id="e")]
    others = [
        said("old", 10, -200, contact_id="old"), said("later", 10, 40, contact_id="later"), said("odd", 11),
        {**said("csat", 5), "kind": "csat"},
    ]  # fmt: skip
    found = recommended(desk(rating=[*answers, *others]))
    assert (found.promoters, found.passives, found.detractors, found.n) == (6, 2, 2, 10)
    assert found.score.value == pytest.approx(40)
    assert (found.asked, found.response_rate) == (None, None)
    assert recommended(desk(rating=[*answers, *others]), 12).n == 11


def test_who_was_asked_is_one_contact_however_often_and_answers_by_contact_or_customer() -> None:
    """Five were asked: k1 twice, k2, k3, the customer c4 and somebody unknown. k1, k2's customer, c4 answered."""
    asked = [
        sent("i1", contact_id="k1", customer_id="c1"), sent("i2", 1, contact_id="k1", customer_id="c1"),
        sent("i3", contact_id="k2", customer_id="c2"), sent("i4", contact_id="k3", customer_id="c1"),
        sent("i5", customer_id="c4"), sent("i6"), sent("old", -300, contact_id="k9"),
        {**sent("csat", contact_id="k8"), "kind": "csat"},
    ]  # fmt: skip
    answers = [
        said("a", 9, 2, contact_id="k1", customer_id="c1"), said("b", 9, 2, customer_id="c2"),
        said("c", 3, 2, contact_id="k4", customer_id="c4"), said("d", 3, contact_id="unasked"),
    ]  # fmt: skip
    found = recommended(desk(rating=answers, survey_invite=asked))
    assert (found.n, found.asked, found.answered) == (4, 5, 3)
    assert found.response_rate == pytest.approx(0.6)


def test_two_answers_have_a_wide_interval_and_nobody_none() -> None:
    """Wilson's ends of 2 of 2 and of 0 of 2 lie 3.8415 / 5.8415 = 0.6576 away: 100 less 93.0 (Newcombe)."""
    two = recommended(desk(rating=[said("a", 9), said("b", 10)])).score
    assert (two.value, two.high) == (100, 100)
    assert two.low == pytest.approx(100 - 100 * 2**0.5 * 0.65762, abs=0.01)
    nobody = recommended(desk())
    assert (nobody.n, nobody.score.value, nobody.asked) == (0, None, None)
