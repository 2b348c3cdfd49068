"""Definitions: the card of every measure, as everyone reads it."""

from dataclasses import dataclass

from relevo.answers.reading import Reading
from relevo.answers.stamp import Stamp, stamp
from relevo.measures.card import Card
from relevo.measures.catalog import MEASURES


@dataclass(frozen=True)
class DefinitionsPage:
    """All cards in the order of the catalog. `stamp` is None before the first book: cards need none."""

    stamp: Stamp | None
    cards: tuple[Card, ...]


def definitions_page(reading: Reading) -> DefinitionsPage:
    """The cards; they are the same for every viewer."""
    cards = tuple(measure.card for measure in MEASURES.values())
    return DefinitionsPage(stamp(reading) if reading.published else None, cards)
