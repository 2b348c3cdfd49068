"""The picture of three figures: circles by area, rings for the mix, and names that do not lie on each other."""

from typing import Any

import pytest

from relevo.web.charts.bubbles import HEIGHT, WIDTH, Bubble, bubbles_picture
from relevo.web.charts.intervals import Share, shares_picture
from relevo.web.charts.svg import draw


def circle(name: str, x: float, y: float, size: float = 1.0, **more: Any) -> Bubble:
    return Bubble(name, x, y, size, f"{name} is here", **more)


def values(spec: dict[str, Any]) -> list[dict[str, Any]]:
    return list(spec["data"]["values"])


def test_the_area_follows_the_figure() -> None:
    spec = bubbles_picture([circle("a", 10, 10, 3.0), circle("b", 50, 50, 1.5)], "x", "y")
    areas = {row["name"]: row["area"] for row in values(spec)}
    assert areas["a"] == 2 * areas["b"]


def test_a_name_that_would_lie_on_another_is_left_to_the_tip() -> None:
    crowd = [circle("Ana Gallego", 100, 50, 3.0), circle("Ben Ortiz", 101, 50.2, 2.0), circle("Eva", 400, 10, 1.0)]
    spec = bubbles_picture(crowd, "x", "y")
    assert {row["note"] for row in values(spec)} == {"Ana Gallego", "", "Eva"}
    assert str(draw(spec, "t")).count("data-tip") == 3


def test_rings_stand_only_where_the_mix_is_known_and_asked_for() -> None:
    both = [circle("a", 1, 5, expected_y=4.0, expected_size=2.0), circle("b", 2, 5)]
    assert str(draw(bubbles_picture(both, "x", "y"), "t")).count("data-tip") == 2
    assert str(draw(bubbles_picture(both, "x", "y", with_rings=True), "t")).count("data-tip") == 3
    assert str(draw(bubbles_picture(both[1:], "x", "y", with_rings=True), "t")).count("data-tip") == 1


@pytest.mark.parametrize("name", ["ñ" * 80, "公司" * 30])
def test_a_long_name_is_cut_and_the_tip_keeps_it(name: str) -> None:
    spec = bubbles_picture([circle(name, 1, 1)], "x", "y")
    assert len(values(spec)[0]["note"]) == 22
    assert name in str(draw(spec, "t"))
    assert (spec["width"], spec["height"]) == (WIDTH, HEIGHT)


def test_names_that_are_cut_alike_keep_a_line_each() -> None:
    names = ("Ana", "Ana", "x" * 30 + "a", "x" * 30 + "b", "Ben")
    rows = values(shares_picture([Share(name, 0.5, 0.4, 0.6, 9) for name in names], "x"))
    told = [row["name"] for row in rows]
    assert len(set(told)) == 5
    assert [name.replace("\u200b", "") for name in told] == ["Ana", "Ana", "x" * 25 + "…", "x" * 25 + "…", "Ben"]
    assert told[4] == "Ben"
