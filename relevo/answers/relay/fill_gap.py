"""How much fuller records are where reports look than where the next person looks: of all deals, or by seller."""

from dataclasses import dataclass
from typing import Literal

from relevo.answers.people import names_of_people
from relevo.answers.reading import Reading, Refused
from relevo.base.errors import WrongUse
from relevo.book.remembering import Remembered
from relevo.insight.relay.field_fill_sellers import FEWEST_DEALS, METHOD, Fills, SellerFill, fills

__all__ = ["FEWEST_DEALS", "METHOD", "FillGap", "FillLine", "SellerFill", "fill_gap"]
By = Literal["", "seller"]
CUTS: tuple[By, ...] = ("", "seller")
_KEPT: Remembered[Fills] = Remembered(2)


@dataclass(frozen=True)
class FillLine:
    """A seller with a name, and the fill rates of the seller's deals."""

    name: str
    fill: SellerFill


@dataclass(frozen=True)
class FillGap:
    """Everybody's rates, None without a deal; by seller those of persons in sight, the widest gap first.

    `few` sellers have too few deals to be told alone; it is counted for who sees every person. `cuts` are those that
    the viewer may ask for.
    """

    by: By
    cuts: tuple[By, ...]
    whole: SellerFill | None
    lines: tuple[FillLine, ...]
    few: int


def fill_gap(reading: Reading, by: str = "") -> FillGap:
    """The gap of the whole company, the same for everybody, or by seller.

    WrongUse for another cut; Refused by seller for who sees no persons.
    """
    cut = next((each for each in CUTS if each == by), None)
    if cut is None:
        raise WrongUse(f"Fill rates are not compared by {by[:40]!r}.", "Known: seller.")
    viewer = reading.viewer
    if cut and not viewer.can_see_person_level:
        raise Refused("Figures by person are not shown to you.", "Look at all deals together.")
    book = reading.company_book
    found = _KEPT.get(book, "fills", lambda: fills(book))
    told = [s for s in found.sellers if cut and (viewer.persons is None or s.person_id in viewer.persons)]
    return FillGap(
        cut, CUTS if viewer.can_see_person_level else CUTS[:1], found.whole, _named(reading, told),
        found.few if cut and viewer.persons is None else 0,
    )  # fmt: skip


def _named(reading: Reading, told: list[SellerFill]) -> tuple[FillLine, ...]:
    names = names_of_people(reading)
    lines = [FillLine(names.get(s.person_id or "", s.person_id or ""), s) for s in told]
    return tuple(sorted(lines, key=lambda line: (-line.fill.gap, line.name)))
