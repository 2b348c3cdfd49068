"""The figures at the head of a page: one star and at most three guardrails, each read with its partner.

Every page registers its tiles here, so the budget and the pairing hold wherever figures are shown.
"""

from collections.abc import Iterable

from relevo.answers.values import Figure, Tile
from relevo.base.errors import WrongUse
from relevo.measures.card import Kind
from relevo.measures.catalog import find

BUDGET = 4


def header(tiles: Iterable[Tile]) -> tuple[Tile, ...]:
    """The tiles of a page in their order, the star first.

    WrongUse for a fifth tile, for a figure that is shown twice, and for efficiency without an outcome beside it.
    """
    told = tuple(tiles)
    _check_budget(told)
    _check_twice(told)
    _check_outcome(told)
    return told


def _check_budget(tiles: tuple[Tile, ...]) -> None:
    if len(tiles) > BUDGET:
        names = ", ".join(tile.figure.code for tile in tiles)
        raise WrongUse(
            f"A page shows one star and three guardrails: {BUDGET} figures, and here are {len(tiles)}.",
            f"To add one, remove one of {names}.",
        )


def _check_twice(tiles: tuple[Tile, ...]) -> None:
    shown = [(tile.figure.measure, tile.figure.code) for tile in tiles]
    twice = next((code for i, (measure, code) in enumerate(shown) if (measure, code) in shown[:i]), None)
    if twice:
        raise WrongUse(f"The figure {twice} stands on the page twice.", "Remove one of them.")


def _check_outcome(tiles: tuple[Tile, ...]) -> None:
    figures = [figure for tile in tiles for figure in (tile.figure, tile.partner)]
    kinds = {_kind(figure) for figure in figures}
    if Kind.EFFICIENCY in kinds and Kind.OUTCOME not in kinds:
        fast = ", ".join(f.code for f in figures if _kind(f) is Kind.EFFICIENCY)
        raise WrongUse(
            f"Efficiency alone says nothing about customers: {fast}.",
            "Put an outcome beside it, such as net_revenue_retention.",
        )


def _kind(figure: Figure) -> Kind:
    return find(figure.measure).card.kind
