"""The head of a page: one star and three guardrails, each with its partner, and never efficiency alone."""

import pytest

from relevo.answers.header import BUDGET, header
from relevo.answers.money import money_page
from relevo.answers.reading import Reading
from relevo.answers.today import today_page
from relevo.answers.values import Figure, Tile, count, months_of, rate
from relevo.base.errors import WrongUse
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
