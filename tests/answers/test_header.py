"""The head of a page: one star and three guardrails, each with its partner, and never efficiency alone."""

from collections.abc import Callable

import pytest

from relevo.answers.ahead import ahead_page
from relevo.answers.header import BUDGET, header
from relevo.answers.measures import show
from relevo.answers.money import money_page
from relevo.answers.north_star import NorthStar, possible_stars, star_figure
from relevo.answers.reading import Reading
from relevo.answers.today import today_page
from relevo.answers.unit_economics import economics_page
from relevo.answers.values import Figure, Tile, count, months_of, rate
from relevo.base.errors import WrongUse
from relevo.desk.house.known import known_rule
from relevo.measures.card import Ask
from relevo.measures.catalog import MEASURES
from relevo.measures.headlines import HEADLINES
from tests.answers import company


def figure(measure: str, code: str = "") -> Figure:
    return Figure(measure, code or measure, count(1))


def tile(measure: str, partner: str = "gross_revenue_retention") -> Tile:
    return Tile(figure(measure), figure(partner, f"{partner}_beside"))


FOUR = ("mrr", "net_revenue_retention", "logo_churn", "arpa")


def test_a_page_has_one_star_and_three_guardrails() -> None:
    tiles = tuple(tile(name) for name in FOUR)
    assert BUDGET == 4
    assert header(tiles) == tiles
    assert header(iter(tiles[:1])) == tiles[:1]


def test_a_fifth_tile_takes_the_place_of_another() -> None:
    with pytest.raises(WrongUse) as refused:
        header([tile(name) for name in (*FOUR, "arr")])
    assert "4 figures, and here are 5" in refused.value.message
    assert refused.value.hint == "To add one, remove one of mrr, net_revenue_retention, logo_churn, arpa, arr."
    assert len(header([tile(name) for name in (*FOUR[:3], "arr")])) == BUDGET


def test_a_figure_stands_on_a_page_once() -> None:
    with pytest.raises(WrongUse, match="twice"):
        header([tile("mrr"), tile("mrr", "arpa")])


def test_three_figures_of_efficiency_are_refused() -> None:
    fast = [
        Tile(figure("cac", "a"), figure("cac_payback", "b")),
        Tile(figure("cac_payback", "c"), figure("cac", "d")),
        Tile(figure("cac", "e"), figure("cac_payback", "f")),
    ]
    with pytest.raises(WrongUse, match="Efficiency alone") as refused:
        header(fast)
    assert refused.value.message.endswith("a, b, c, d, e, f.")
    assert "outcome" in refused.value.hint


def test_context_beside_efficiency_is_not_an_outcome() -> None:
    with pytest.raises(WrongUse, match="Efficiency alone"):
        header([tile("cac", "renewals_due")])


def test_one_outcome_anywhere_on_the_page_is_enough() -> None:
    assert len(header([tile("cac", "cac_payback"), tile("logo_churn", "renewals_due")])) == 2
    assert len(header([tile("cac", "net_revenue_retention")])) == 1


def test_a_figure_is_not_its_own_partner() -> None:
    with pytest.raises(WrongUse, match="own partner"):
        Tile(figure("mrr"), figure("mrr"))
    with pytest.raises(TypeError):
        Tile(figure("mrr"))  # type: ignore[call-arg]


def test_a_gap_in_the_line_of_a_tile_stays_a_gap() -> None:
    rows = [{"rate": 0.5}, {"rate": None}, {}, {"rate": 0}]
    assert months_of(rows, "rate") == (0.5, None, None, 0.0)
    assert months_of(rows, "rate", last=2) == (None, 0.0)


def test_tiles_end_with_the_figure_they_show(everything: Reading) -> None:
    tiles = (*today_page(everything).tiles, *money_page(everything).tiles)
    lines = [t for t in tiles if t.spark]
    assert len(lines) == 7  # renewals lie ahead: they have no past
    for t in lines:
        assert len(t.spark) == 13
        assert t.spark[-1] == t.figure.value.amount
        assert t.month == company.LAST


def test_a_share_of_customers_comes_with_its_interval(everything: Reading) -> None:
    lost = next(t for t in money_page(everything).tiles if t.figure.code == "logo_churn")
    assert lost.low
    assert lost.high
    assert lost.n
    assert lost.low.amount < lost.figure.value.amount < lost.high.amount  # type: ignore[operator]
    assert lost.low.unit is rate(None).unit


@pytest.mark.parametrize("name", HEADLINES)
def test_every_possible_star_shows_its_own_column(
    everything: Reading, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Not the first column of its unit: ARPA is not MRR."""
    monkeypatch.setattr("relevo.answers.north_star.north_star", lambda _: NorthStar(name))
    figure = star_figure(everything)
    last = everything.company_book.last_complete_month
    assert figure is not None
    assert figure.value.amount == show(everything, name, Ask(first=last, last=last)).last()[HEADLINES[name]]
    assert str(MEASURES[name].card.kind) == "outcome"
    assert name in dict(possible_stars(everything))


def test_what_has_no_figure_of_a_month_cannot_be_the_star() -> None:
    for name in ("ltv", "mrr_movements", "cohort_retention", "cac"):
        with pytest.raises(WrongUse, match=name):
            known_rule("north_star").check(name)


@pytest.mark.parametrize(
    ("module", "page"),
    [("today", today_page), ("money", money_page), ("ahead", ahead_page), ("unit_economics", economics_page)],
)
def test_every_page_with_figures_keeps_the_budget(
    everything: Reading, monkeypatch: pytest.MonkeyPatch, module: str, page: Callable[[Reading], object]
) -> None:
    """The page fails where its tiles break the law: it asks `header`, which here allows none."""
    monkeypatch.setattr("relevo.answers.header.BUDGET", 0)
    with pytest.raises(WrongUse, match="three guardrails"):
        page(everything)
