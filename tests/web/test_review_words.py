"""The words of the page Reviews, from an answer made by hand: what is told where little or nothing is known."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from relevo.answers.reading import COMPANY
from relevo.answers.reviews.team import Leads, ReviewsPage
from relevo.answers.stamp import Stamp
from relevo.desk.reviews.kept import KeptSample
from relevo.web.conversations import reviews as words

NOTHING: dict[str, Any] = dict.fromkeys(("score", "low", "high", "severity_adjusted", "spread", "worst"))
STAMP = Stamp("b", "Norte", "EUR", date(2026, 10, 31), None, "relevo", COMPANY, 0)  # type: ignore[arg-type]
EMPTY = ReviewsPage(
    STAMP, {"n": 0, **NOTHING}, (), "person_id", (), (), (), (), (), Leads(0, 0, 0, 0), None, None, {"ana": "Ana"}
)


def row(person: str, score: float, low: float | None, high: float | None, spread: float | None = 9.0) -> dict[str, Any]:
    return {"person_id": person, "n": 7, "score": score, "low": low, "high": high, "severity_adjusted": score,
            "spread": spread}  # fmt: skip


@pytest.mark.parametrize(
    ("groups", "title"),
    [
        ((), "Too few reviews to tell anybody’s score"),
        ((row("ana", 80, None, None, None),), "Too few reviews to tell anybody’s score"),
        ((row("ana", 80, 70, 90),), "Ana: 80.0"),
        ((row("ana", 80, 70, 90), row("ben", 75, 65, 85)), "The intervals overlap: no ranking"),
        ((row("ana", 80, 75, 85), row("ben", 60, 50, 70)), "Some intervals lie apart: look for the cause first"),
    ],
)
def test_persons_are_never_ranked(groups: tuple[dict[str, Any], ...], title: str) -> None:
    chart = words.groups_chart(replace(EMPTY, groups=groups))
    assert chart is not None
    assert chart.title == title
    assert len(chart.grid.rows) == len(groups)


def test_two_with_one_mean_differ_by_their_spread() -> None:
    """S2-37."""
    told = words.steady_chart(replace(EMPTY, groups=(row("ana", 80, 70, 90, 3.0), row("ben", 80, 60, 100, 30.0))))
    assert told is not None
    assert told.title == "Ana varies by 3.0 points, ben by 30.0"
    assert words.steady_chart(replace(EMPTY, by=None)) is None
    assert words.groups_chart(replace(EMPTY, by=None)) is None


@pytest.mark.parametrize(
    ("months", "title"),
    [
        ((), "Too few months have reviews for a trend"),
        (((60, 50, 70), (64, 55, 73)), "From 60.0 in May 2026 to 64.0 in Jun 2026: it may be chance"),
        (((60, 55, 65), (80, 75, 85)), "From 60.0 in May 2026 to 80.0 in Jun 2026"),
    ],
)
def test_a_trend_that_may_be_chance_says_so(months: tuple[tuple[int, int, int], ...], title: str) -> None:
    rows = [{**row("", *each), "month": f"2026-0{5 + place}"} for place, each in enumerate(months)]
    assert words.trend_chart(replace(EMPTY, trend=rows)).title == title


def test_agreement_is_told_with_prevalence_and_without_a_kappa_that_is_none() -> None:
    pair = {"criterion": "our_own", "n": 1, "raw": 1.0, "kappa": None, "weighted_kappa": None, "alpha": None,
            "usual_mark": 4, "prevalence": 1.0}  # fmt: skip
    page = replace(EMPTY, agreement=[pair])
    assert words.agreement(page).startswith("Our own: two who judged the same answers blind gave the same mark in 100")
    assert "a weighted kappa of –, where the usual mark, 4, is given 100" in words.agreement(page)
    assert words.agreement(EMPTY) == ""
    assert len(words.agreement_grid(page).rows) == 1


def test_who_was_not_coached_stands_first() -> None:
    def agent(key: str, last: date | None, is_covered: bool) -> dict[str, Any]:
        return {"person_id": key, "last_on": last, "is_covered": is_covered, "talks": 0, "reviews": 0}

    coached = (agent("ana", date(2026, 10, 30), True), agent("ben", None, False), agent("cyd", date(2026, 1, 1), False))
    page = replace(EMPTY, coaching=coached)
    assert [cells[0].text for cells in words.coaching_grid(page).rows] == ["ben", "cyd", "Ana"]
    assert words.coaching_sentence(page) == "1 of 3 agents were coached in the last 30 days."
    carried = words.coaching_sentence(replace(page, leads=Leads(4, 3, 0, 0)))
    assert "Leads made – of the reviews and held 75" in carried
    assert words.coaching_sentence(EMPTY) == ""


def test_the_last_sample_and_what_is_needed() -> None:
    assert words.sample_sentence(EMPTY) == ""
    assert words.needed(EMPTY) == ""
    page = replace(EMPTY, sample=KeptSample(date(2026, 10, 19), 1, 2, "b", 40, 6, 4), needed=62)
    assert words.sample_sentence(page).endswith("6 of 40 answers to conversations were drawn; 4 are reviewed.")
    assert words.needed(page).startswith("It takes 62 reviews of one person")
    assert words.sentence(EMPTY) == "No conversation that was drawn at random has been reviewed yet"
    assert (words.channel(None), words.channel("web_form")) == ("(none)", "Web form")
